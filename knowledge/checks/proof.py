"""Rules for proof: what a fact says stands in the passages that are shown with it, and in the mouth of who said it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from knowledge.case.load import Loaded, paragraphs, plain
from knowledge.case.model import Case, Status
from knowledge.case.problems import Problem
from knowledge.checks.facts import POSSESSIVE
from knowledge.checks.shown import DATE, MONTHS, WEEKDAYS, Day, Shown, day_in
from knowledge.checks.wordings import QUOTED
from knowledge.language.dates import day_of
from knowledge.language.english import Language
from knowledge.language.text import tokenise

WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b")
SENTENCE = re.compile(r"(?<=[.;?!])\s+")
NAME = re.compile(r"(?<![\w'’])[A-Z][\w'’]*(?:[ -](?:& )?[A-Z][\w'’]*)*")
"""Words with a capital, one after the other."""
TEN = 10
DIGITS = re.compile(r"\d+")


def proved(loaded: Loaded, articles: Mapping[str, str]) -> Iterator[Problem]:
    """What a fact says is held by its passages: names, numbers, dates, weekdays, quoted words, and whose words they are.

    Compared are `answer`, `short` and `moment`, with the quotations of the fact's passages; with `articles`, whole
    texts by source id, with the paragraphs. The sources' publishers and headlines count too, and a report's date where
    the sentence says that it is a report's. What stands under `follows` is not compared. Passes: `Ada Finch was 61.`
    over "Ada Finch, 61". Fails: `Ada Finch was 16.` over the same.
    """
    judge = Judge(loaded.case)
    texts = {id_: paragraphs(text) for id_, text in articles.items()}
    for fact in loaded.case.facts.values():
        shown = Shown.of(loaded.case, fact, texts)
        for key, message, mend in judge.faults(shown):
            yield Problem(loaded.at(f"fact:{fact.id}", key), "proof", f"{fact.id}: {message}", mend)


Fault = tuple[str, str, str]
"""(the field that it is in, what is wrong, the mend)"""


class Judge:
    """Compares facts with what is shown of them, by the words of one case."""

    def __init__(self, case: Case) -> None:
        self._case = case
        right = {id_: entity._replace(misspelt=()) for id_, entity in case.entities.items()}
        self._language = Language.of(case._replace(entities=right))
        self._tens = {word: value * TEN for value, word in enumerate(case.english.lists["tens"], 2)}
        self._cardinals = {word: value for value, word in enumerate(case.english.lists["cardinals"], 1)} | self._tens
        self._words = lru_cache(maxsize=4096)(_words)
        self._common = case.english.common | self._language.layer
        self._publishers = sorted(
            {name for source in case.sources.values() for name in (source.publisher, source.counts_as) if name},
            key=lambda name: (-len(name), name),
        )

    def faults(self, shown: Shown) -> Iterator[Fault]:
        """Yield what a fact says and its passages don't."""
        fact = shown.fact
        texts = {"answer": fact.answer, "moment": fact.moment}
        if fact.short != fact.answer:
            texts["short"] = fact.short
        for key, text in texts.items():
            for message, mend in self._of_text(shown, text):
                yield key, message, mend
        yield from self._speaker(shown)
        yield from self._fields(shown)
        yield from _standing(shown, self._case)

    def _of_text(self, shown: Shown, text: str) -> Iterator[tuple[str, str]]:
        yield from self._weekdays_fit(text)
        yield from self._quoted(shown, text)
        for phrase in shown.fact.follows:
            text = text.replace(phrase, " ")
        own = QUOTED.sub(_ended, text)
        yield from self._dates(shown, own)
        yield from self._weekdays(shown, own)
        yield from self._publisher(shown, own)
        if shown.is_whole:
            yield from self._numbers(shown, own)
        yield from self._names(shown, own)

    def _weekdays_fit(self, text: str) -> Iterator[tuple[str, str]]:
        """A weekday before a date is that date's."""
        for found in re.finditer(rf"({'|'.join(WEEKDAYS)}),? {DATE.pattern}", text):
            month, day = day_in(found.groups()[1:])
            spans = day_of(int(found[6] or self._case.year), month, day)
            weekday = spans[0].first.weekday() if spans else None
            if weekday != WEEKDAYS[found[1]]:
                right = "there is no such day" if weekday is None else f"it is a {list(WEEKDAYS)[weekday]}"
                yield f"{found[0]!r} is in no calendar", right

    def _dates(self, shown: Shown, text: str) -> Iterator[tuple[str, str]]:
        """A date is one that is shown, or a report's own where the sentence speaks of a report."""
        held = {day_in(found.groups()[:4]) for found in DATE.finditer(shown.text)}
        years = {self._case.year, *(source.published.year for source in shown.sources if source.published)}
        for sentence in SENTENCE.split(text):
            reports = not self._language.english.words("reporting").isdisjoint(self._words(sentence))
            able = held | shown.published if reports else held
            for found in DATE.finditer(sentence):
                if found[5] and int(found[5]) not in years:
                    yield (
                        f"no {shown.where} or date of its sources has the year of {found[0]}",
                        "give the year reported",
                    )
                elif day_in(found.groups()[:4]) not in able:
                    is_report = day_in(found.groups()[:4]) in shown.published
                    yield (
                        f"no {shown.where} holds {found[0]}",
                        "it is the report's date: say that it was reported then"
                        if is_report
                        else f"give the date that the {shown.where} has",
                    )

    def _weekdays(self, shown: Shown, text: str) -> Iterator[tuple[str, str]]:
        """A weekday is shown, or stands before a date, which is looked at for itself."""
        held = set(WEEKDAY.findall(shown.text))
        for found in WEEKDAY.finditer(text):
            if found[1] not in held and shown.is_whole and not DATE.match(text, found.end() + 1):
                yield f"no {shown.where} holds {found[1]}", f"give the day that the {shown.where} has"

    def _numbers(self, shown: Shown, text: str) -> Iterator[tuple[str, str]]:
        held = {number for one in shown.texts for number in self._counted(DATE.sub(" ", one))}
        years = {self._case.year, *(source.published.year for source in shown.sources if source.published)}
        for number in sorted(self._counted(DATE.sub(" ", text)) - held - years):
            yield f"no {shown.where} holds {number}", "give the number reported, or cite the passage that has it"

    def _counted(self, text: str) -> set[int]:
        """The numbers of a text, in figures and in words; "one" is as often no number."""
        words = self._words(text)
        found = {int(digits) for word in words for digits in DIGITS.findall(word)}
        before = 0
        for word in words:
            value = self._cardinals.get(word, 0)
            if before and 0 < value < TEN:
                found = found - {before} | {before + value}
            elif value > 1:
                found.add(value)
            before = self._tens.get(word, 0)
        return found

    def _publisher(self, shown: Shown, text: str) -> Iterator[tuple[str, str]]:
        """A publisher is named where a passage of its is shown, or speaks of it."""
        able = {name for source in shown.sources for name in (source.publisher, source.counts_as)}
        able |= {name for name in self._publishers if name in shown.text}
        able |= {self._case.entities[id_].name for id_ in shown.fact.about if id_ in self._case.entities}
        for name in self._publishers:
            if name in text and name not in able and shown.is_whole:
                yield f"no passage of it is from {name}", f"cite a passage of {name}, or name who published it"
            text = text.replace(name, " ")

    def _names(self, shown: Shown, text: str) -> Iterator[tuple[str, str]]:
        """Whoever and whatever is written with a capital is named in the passages too."""
        if not shown.is_whole:
            return
        able, held = self._able(shown), self._held_words(shown)
        text = self._without(text, able)
        starts = {found.end() for found in re.finditer(r"(?:^|[.;:?!])\s*", text)}
        for found in NAME.finditer(text):
            words = self._words(found[0])
            taken: set[int] = set()
            for id_, start, end in self._language.mentions(words):
                taken.update(range(start, end))
                if id_ not in able:
                    name = self._case.entities[id_].name
                    yield f"no {shown.where} speaks of {name}", "name whom it speaks of, or cite the passage that does"
            for place, word in enumerate(words):
                is_start = place == 0 and found.start() in starts and word in self._common
                if (
                    place not in taken
                    and word not in held
                    and not is_start
                    and shown.fact.status is not Status.UNREPORTED
                ):
                    yield (
                        f"no {shown.where} holds {word!r}",
                        "write what the report has, or cite the passage that has it",
                    )

    def _able(self, shown: Shown) -> set[str]:
        """Who may be named: whom the passages name or quote, whom the whole case is about, its places.

        Whoever the fact is about may be named for a pronoun of theirs; where only quotations are at hand, in any case.
        """
        fact = shown.fact
        able = {id_ for text in (*shown.texts, self._case.place) for id_ in self._mentions(text)}
        able |= {passage.speaker for passage in shown.passages} | {*self._case.central}
        words = {word for text in shown.texts for word in self._words(text)}
        for id_ in fact.about:
            is_meant = words.intersection(self._case.entities[id_].pronouns) if id_ in self._case.entities else True
            if is_meant or not shown.has_articles or fact.status is Status.UNREPORTED:
                able.add(id_)
        return able

    def _without(self, text: str, able: set[str]) -> str:
        """The text without its publishers, and without the names of organisations and places that may be named."""
        entities = [self._case.entities[id_] for id_ in able if id_ in self._case.entities]
        names = [name for one in entities if one.kind != "person" for name in (one.name, *one.aliases)]
        names = sorted({*names, *self._publishers}, key=lambda name: (-len(name), name))
        return re.sub(rf"\b(?:{'|'.join(map(re.escape, names))})\b", "·", text, flags=re.IGNORECASE) if names else text

    def _held_words(self, shown: Shown) -> set[str]:
        """The words that a name may be made of: of passages and headlines shown, the case's title, contacts shown or printed."""
        case = self._case
        able, printing = {*shown.fact.contacts}, {source.id for source in shown.sources}
        cards = [
            card.name
            for card in case.helplines.values()
            if card.id in able or any(card.id in case.sources[one].helplines for one in printing)
        ]
        headlines = [source.headline or "" for source in shown.sources]
        texts = (*shown.texts, *cards, *headlines, case.title, case.place, " ".join((*MONTHS, *WEEKDAYS)))
        return {word for text in texts for word in self._words(text)}

    def _mentions(self, text: str) -> Iterator[str]:
        words = self._words(text)
        yield from (entity for entity, _, _ in self._language.mentions(words))

    def _quoted(self, shown: Shown, text: str) -> Iterator[tuple[str, str]]:
        """Words between quote marks stand in a passage, and whoever said them is named before them."""
        for found in QUOTED.finditer(text):
            words = plain(found[0]).strip('"').rstrip(".,?").casefold()
            holders = [one for one, held in zip(shown.passages, shown.texts, strict=True) if words in held.casefold()]
            if not holders and shown.is_whole:
                yield f"no {shown.where} has the words {found[0]}", "quote word for word, or tell it in your own words"
            speakers = {one.speaker for one in holders}
            if holders and "" not in speakers and not self._is_named(shown, text[: found.start()], speakers):
                names = " or ".join(
                    sorted(self._case.entities[id_].name for id_ in speakers if id_ in self._case.entities)
                )
                yield f"{found[0]} are the words of {names}", "say before them who said them"

    def _is_named(self, shown: Shown, before: str, speakers: set[str]) -> bool:
        """Whether one of the speakers is named before a quotation: in its sentence, where it names anybody who speaks."""
        if not before.strip():
            return not speakers.isdisjoint(shown.fact.speakers)
        able = {passage.speaker for passage in shown.passages} | {*shown.fact.speakers}
        others = {id_ for id_, entity in self._case.entities.items() if entity.is_named} - {*self._case.central}
        sentence = {*self._mentions(SENTENCE.split(before)[-1])}
        near = sentence & (able | others)
        return bool(speakers & (near or {*self._mentions(before)}))

    def _speaker(self, shown: Shown) -> Iterator[Fault]:
        """Each of a fact's speakers is named in its answer or under `who_said`, and speaks in one of its passages."""
        fact, able = shown.fact, {passage.speaker for passage in shown.passages} - {""}
        named = {*self._mentions(fact.answer), *self._mentions(fact.who_said)}
        for id_ in fact.speakers:
            if id_ not in self._case.entities:
                continue
            name, is_group = self._case.entities[id_].name, "they" in self._case.entities[id_].pronouns
            if id_ not in named and not (is_group and able):
                message, mend = f"the answer doesn't name {name}, its speaker", "name the speaker, or change `speaker:`"
                yield "speaker", message, mend
            if able and id_ not in able and not is_group:
                message, mend = (
                    f"in none of its passages {name} speaks",
                    f"its passages are the words of {_listed(able)}",
                )
                yield "speaker", message, mend

    def _fields(self, shown: Shown) -> Iterator[Fault]:
        """`values` stand in the answer; `when` is a date that is shown, or a report's where the moment says so."""
        fact = shown.fact
        counted = self._counted(fact.answer)
        for value in fact.values:
            if value not in counted:
                yield "values", f"the answer doesn't give {value}", "give `values:` the number of the answer"
        whole = f"{fact.answer} {fact.short} {fact.moment}"
        for phrase in fact.follows:
            if phrase not in whole:
                yield "follows", f"it doesn't say {phrase!r}", "write under `follows:` the words of the answer"
        if fact.when and (fact.when.month, fact.when.day) not in self._days(shown):
            mend = f"give the date that the {shown.where} has; of a report's date the moment says that it was reported"
            yield "when", f"no {shown.where} holds {fact.when}", mend

    def _days(self, shown: Shown) -> set[Day]:
        texts = (*shown.texts, *shown.fact.follows)
        days = {day_in(found.groups()[:4]) for text in texts for found in DATE.finditer(text)}
        reports = self._language.english.words("reporting").intersection(self._words(shown.fact.moment))
        return days | shown.published if reports or not shown.fact.moment else days


def _standing(shown: Shown, case: Case) -> Iterator[Fault]:
    """What is established is shown from two publishers, or as the words of an official."""
    if shown.fact.status is not Status.ESTABLISHED:
        return
    publishers = {source.counts_as for source in shown.sources}
    officials = {id_ for id_, entity in case.entities.items() if entity.official}
    if len(publishers) == 1 and officials.isdisjoint(passage.speaker for passage in shown.passages):
        mend = "cite a passage of another publisher or of an official, or make its status reported"
        yield "status", f"it is established, and all its passages are from {publishers.pop()}", mend


def _words(text: str) -> tuple[str, ...]:
    """The words of a text, a possessive as the name in it."""
    return tokenise(POSSESSIVE.sub("", text))


def _ended(quoted: re.Match[str]) -> str:
    """What is left of quoted words: the sign that ended a sentence within them."""
    return f" {quoted[0][-2]}" if quoted[0][-2] in ".?!" else " "


def _listed(ids: set[str]) -> str:
    return ", ".join(sorted(ids))
