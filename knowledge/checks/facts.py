"""Rules for facts: what they refer to, what their status asks of them, whom they name, whose claim they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from knowledge.case.load import Loaded
from knowledge.case.model import Case, Fact, Status
from knowledge.case.problems import Problem, meant
from knowledge.checks.wordings import QUOTED, words_of
from knowledge.language.english import Language
from knowledge.language.text import tokenise

MOST_CHARACTERS = 440
"""The most characters of one answer, so that two of them fit into a reply."""


def references(loaded: Loaded) -> Iterator[Problem]:
    """Every id that a fact names exists.

    Passes: `related: [date]` where a fact `date` exists. Fails: `related: [dat]`.
    """
    case = loaded.case
    passages = {id_ for source in case.sources.values() for id_ in source.passages}
    for fact in case.facts.values():
        yield from _known(loaded, fact, "passages", fact.passages, passages)
        yield from _known(loaded, fact, "related", fact.related, case.facts)
        yield from _known(loaded, fact, "about", fact.about, case.entities)
        yield from _known(loaded, fact, "contacts", fact.contacts, case.helplines)
        yield from _known(loaded, fact, "nearest", (fact.nearest,) if fact.nearest else (), case.facts)
        yield from _known(loaded, fact, "reported", (fact.reported,) if fact.reported else (), passages)
        yield from _known(loaded, fact, "basis", fact.basis.passages, passages)
        yield from _known(loaded, fact, "after", fact.after, case.facts)
        yield from _known(loaded, fact, "after", fact.after.values(), passages)
        yield from _known(loaded, fact, "between", fact.between, case.facts)
        yield from _known(loaded, fact, "responsible", (fact.responsible,) if fact.responsible else (), case.entities)
        yield from _known(loaded, fact, "speaker", fact.speakers, case.entities)
        yield from _known(loaded, fact, "also", fact.also, passages)
        yield from _known(loaded, fact, "silent", fact.silent, case.sources)
        for difference in fact.differs:
            yield from _known(loaded, fact, "differs", difference.passages, passages)


def themes(loaded: Loaded) -> Iterator[Problem]:
    """Every theme of case.yaml is a file of facts, and its title is no wording: typed, it brings the theme.

    Passes: `driver: The driver` where there is a file facts/driver.yaml. Fails: `drivr: The driver`.
    """
    case = loaded.case
    wordings = {words_of(wording.text) for wording in loaded.wordings}
    for key, mark in loaded.marks.items():
        kind, _, id_ = key.partition(":")
        if kind != "theme":
            continue
        theme = case.themes.get(id_)
        if theme is None:
            mend = meant(id_, case.themes, "create it, or remove it here")
            yield Problem(mark, "reference", f"themes names {id_}, and there is no facts/{id_}.yaml", mend)
        elif tokenise(theme.title) in wordings:
            message = f"{theme.title!r} stands as a wording too"
            yield Problem(mark, "same-wording", message, "give the theme another title")


def _known(loaded: Loaded, fact: Fact, key: str, ids: Iterable[str], known: Collection[str]) -> Iterator[Problem]:
    for id_ in ids:
        if id_ not in known:
            mend = meant(id_, known, "create it, or remove it here")
            yield Problem(
                loaded.at(f"fact:{fact.id}", key, id_), "reference", f"{key} names {id_}, which doesn't exist", mend
            )


def statuses(loaded: Loaded) -> Iterator[Problem]:
    """A fact has what its status asks for: passages, a speaker, differences, or the nearest fact.

    Passes: `status: claimed` with a `speaker`. Fails: `status: disputed` without `differs`, `status: unreported` with
    passages of its own or with no `nearest`.
    """
    for fact in loaded.case.facts.values():
        unreported = fact.status is Status.UNREPORTED
        wrong = []
        if unreported and (fact.passages or not fact.nearest):
            wrong.append(
                ("an unreported fact has no passages, and a nearest one", "give it `nearest:` and no passages")
            )
        if not unreported and not fact.passages:
            message, mend = f"{fact.id}: no passage stands behind it", "add `passages:`, or make its status unreported"
            yield Problem(loaded.at(f"fact:{fact.id}", "passages"), "status", message, mend)
        if fact.status is Status.CLAIMED and not fact.speakers:
            wrong.append(("a claim needs its speaker", "add `speaker:` with the id of who said it"))
        if fact.status is Status.CLAIMED and fact.responsible:
            wrong.append(("whose the responsibility is stands in no claim", "take `responsible:` out"))
        if fact.status is Status.DISPUTED and not fact.differs:
            wrong.append(("a disputed fact tells how reports differ", "add `differs:` with passages and a note"))
        for message, mend in wrong:
            yield Problem(loaded.at(f"fact:{fact.id}", "status"), "status", f"{fact.id}: {message}", mend)


def shape(loaded: Loaded) -> Iterator[Problem]:
    """An answer is short, its date lies within the time that the reports cover, and it has one value at the most.

    Passes: an answer of two to four sentences. Fails: one of more than 440 characters, `when:` after `as_of`, `values:
    [9, 10]`.
    """
    case = loaded.case
    for fact in case.facts.values():
        if len(fact.answer) > MOST_CHARACTERS:
            message = f"{fact.id}: the answer has {len(fact.answer)} characters, more than {MOST_CHARACTERS}"
            yield Problem(
                loaded.at(f"fact:{fact.id}", "answer"),
                "answer-length",
                message,
                "say it in two to four short sentences",
            )
        if len(fact.values) > 1:
            mend = "keep the only number that is right, or none"
            yield Problem(
                loaded.at(f"fact:{fact.id}", "values"), "values", f"{fact.id}: several values settle nothing", mend
            )
        if fact.when and (fact.when > case.as_of or fact.when.year < case.year - 1):
            message = f"{fact.id}: {fact.when} lies outside the time of the reports"
            mend = f"give a date in {case.year - 1} or later, and not after {case.as_of}"
            yield Problem(loaded.at(f"fact:{fact.id}", "when"), "date", message, mend)


TOPIC_WORDS = 6
"""The most words of what an answer begins with that may not be the one that was asked for."""


def topics(loaded: Loaded) -> Iterator[Problem]:
    """A topic says in a few words what a fact is about, as no other does.

    Passes: `topic: Ada Finch's age`. Fails: more than six words, a colon, or the topic of another fact.
    """
    taken: dict[str, str] = {}
    for fact in loaded.case.facts.values():
        mark = loaded.at(f"fact:{fact.id}", "topic")
        if len(fact.topic.split()) > TOPIC_WORDS or ":" in fact.topic:
            mend = f"say in {TOPIC_WORDS} words at most what it is about, without a colon"
            yield Problem(mark, "topic", f"{fact.topic!r} is no topic", mend)
        first = taken.setdefault(fact.topic, fact.id) if fact.topic else fact.id
        if first != fact.id:
            yield Problem(mark, "topic", f"{fact.topic!r} is the topic of {first} as well", "tell the two apart")


def events(loaded: Loaded) -> Iterator[Problem]:
    """An event has its day once, or the report that tells of it; no event came before itself.

    Passes: `event: the fire` in several facts, and in one of them `when:` or `reported:`. Fails: `when:` without an
    event or beside `reported:`, a day in two facts of one event, `after:` in a ring.
    """
    facts = loaded.case.facts
    dated: dict[str, str] = {}
    for fact in facts.values():
        for message, mend in _of_event(loaded.case, fact, dated):
            yield Problem(loaded.at(f"fact:{fact.id}", "event"), "event", f"{fact.id}: {message}", mend)
        if fact.event and fact.is_dated:
            dated.setdefault(fact.event, fact.id)


def _of_event(case: Case, fact: Fact, dated: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with a fact's event and its day, each with the mend."""
    named = [case.facts[id_] for id_ in (*fact.after, *fact.between) if id_ in case.facts]
    if (fact.is_dated or fact.basis.note or fact.after) and not fact.event:
        yield "a day needs its event", "say what happened then under `event:`"
    if fact.when and fact.reported:
        yield "both its day and its report are given", "keep `when:` where the day itself is known"
    if fact.is_dated and fact.event in dated:
        yield f"{dated[fact.event]} has a day for {fact.event!r} too", "keep one of the two"
    if fact.moment and not fact.is_dated:
        yield "a moment needs its day", "give `when:`, or `reported:` with the passage that tells of it"
    if any(not other.event for other in named):
        yield "it comes after a fact of no event", "give that one an `event:`"
    if len(fact.between) not in {0, len(("one", "other"))}:
        yield "it needs two events to lie between", "name two facts"
    if fact.event and fact.event in _before(case.facts, fact):
        yield f"{fact.event!r} would come before itself", "take one `after:` of the ring out"


def _before(facts: Mapping[str, Fact], fact: Fact) -> set[str]:
    """The events that came before the one of a fact."""
    ids = [id_ for id_ in fact.after if id_ in facts]
    for id_ in ids:
        same = (one for one in facts.values() if one.event == facts[id_].event)
        ids += [further for one in same for further in one.after if further in facts and further not in ids]
    return {facts[id_].event for id_ in ids}


FORMS = {
    "he": frozenset(("he", "him", "his", "himself")),
    "she": frozenset(("she", "her", "hers", "herself")),
    "they": frozenset(("they", "them", "their", "theirs", "themselves")),
}
TEXTS = frozenset(("reports", "articles"))
"""What "they" can stand for where it begins a clause: "The reports don't say why. They do say when."."""
CLAUSE = re.compile(r"[.;:?!]\s")
POSSESSIVE = re.compile(r"['’]s\b")


def named(loaded: Loaded, language: Language) -> Iterator[Problem]:
    """In an answer and in a short, whomever a pronoun stands for is named before it, by name or by a plain noun.

    "Her elder son" is a name where the case has it as an alias; a pronoun within quote marks is the speaker's own.
    Passes: `Ada Finch said that she was 61.`, `A woman said that she saw it.` Fails: `She was 61.`, or `He praised
    her.` where nobody stands before.
    """
    for fact in loaded.case.facts.values():
        for key, text in (("answer", fact.answer), ("short", fact.short)):
            mark = loaded.marks.get(f"fact:{fact.id}.{key}")
            word = _unnamed(loaded.case, language, text) if mark else ""
            if mark and word:
                message = f"{fact.id}: nobody for whom {word!r} can stand is named before it"
                yield Problem(mark, "unnamed", message, "name the person: this can follow any question")


def _unnamed(case: Case, language: Language, text: str) -> str:
    """The first pronoun of a text that stands for nobody before it; empty where there is none."""
    english = case.english
    nouns = {form: english.words(f"nouns-{form}") | english.words("nouns-anybody") for form in FORMS}
    people: set[str] = set()
    able: set[str] = set()
    before: set[str] = set()
    for clause in CLAUSE.split(POSSESSIVE.sub("", QUOTED.sub(" ", text))):
        words = tokenise(clause)
        starts = {start: (entity, end) for entity, start, end in language.mentions(words)}
        place = 0
        while place < len(words):
            entity, end = starts.get(place, ("", place + 1))
            if entity:
                people |= {entity} if case.entities[entity].kind == "person" else set()
                able |= {form for form, of in FORMS.items() if of & set(case.entities[entity].pronouns)}
                able |= {"they"} if len(people) > 1 else set()
            else:
                form = next((form for form, of in FORMS.items() if words[place] in of), "")
                if form and form not in able and not (form == "they" and place == 0 and before & TEXTS):
                    return words[place]
                able |= {form for form in FORMS if words[place] in nouns[form]}
            before.update(words[place:end])
            place = end
    return ""


def claims(loaded: Loaded, language: Language) -> Iterator[Problem]:
    """What a speaker claimed is told as the speaker's: the short is what was said, and no wording leads it as a fact.

    A short names the speaker, quotes, or begins with "That". A wording may stand under `yes` or `no` where it asks what
    was said: it names the speaker, or has a word of saying. Passes: `yes: [Did somebody say that it smelt?]`, `short:
    That it smelt of smoke.` Fails: `yes: [Was there smoke?]`, `short: The reports don't say.`
    """
    for fact in loaded.case.facts.values():
        if fact.status is not Status.CLAIMED or not fact.speakers:
            continue
        short = loaded.marks.get(f"fact:{fact.id}.short")
        speaks = QUOTED.search(fact.short) or fact.short.startswith("That ")
        named = language.entities(tokenise(POSSESSIVE.sub("", fact.short)))
        if short and not speaks and not {*fact.speakers} & {*named}:
            message = f"{fact.id}: the short isn't what {' or '.join(fact.speakers)} said"
            yield Problem(short, "claim", message, "say whose claim it is")
        for wording in (*fact.yes, *fact.no):
            words = tokenise(wording)
            names = not {*fact.speakers}.isdisjoint(language.entities(words))
            if not names and language.english.words("saying").isdisjoint(words):
                mark = loaded.at(f"fact:{fact.id}", "wording", wording)
                message = f"{wording!r} asks whether it is so, and {fact.id} is what somebody said"
                yield Problem(mark, "claim", message, "move it to `ask`, or ask what the speaker said")


SPEAK = frozenset(("person", "organisation"))
"""The kinds of entity that can say something."""


def speakers(loaded: Loaded, language: Language) -> Iterator[Problem]:
    """Speakers are people or organisations, and where there are several, `who_said` tells what each of them said.

    Passes: `speaker: finch`, and `speaker: [finch, club]` with `who_said: Ada Finch told The Marsh Gazette of the
    smoke, and the club counted the boats.` Fails: `speaker: boathouse`, a place, and a `who_said` that leaves one of
    them out.
    """
    entities = loaded.case.entities
    for fact in loaded.case.facts.values():
        mark = loaded.marks.get(f"fact:{fact.id}.speaker")
        if mark is None:
            continue
        for id_ in fact.speakers:
            if id_ in entities and entities[id_].kind not in SPEAK:
                message = f"{fact.id}: {id_} is a {entities[id_].kind} and says nothing"
                yield Problem(mark, "speaker", message, "name the person or the organisation that said it")
        named = language.entities(tokenise(fact.who_said)) if fact.who_said else fact.speakers[:1]
        for id_ in fact.speakers:
            if id_ in entities and id_ not in named:
                message = f"{fact.id}: nothing says what {id_} said"
                yield Problem(
                    mark, "speaker", message, "name each of the speakers under `who_said:`, with what is theirs"
                )


def also(loaded: Loaded) -> Iterator[Problem]:
    """A passage that is shown only when its report is asked for is not shown anyway.

    Passes: `also: [courier/boats]` beside `passages: [gazette/boats]`. Fails: one passage under both.
    """
    for fact in loaded.case.facts.values():
        for id_ in fact.also:
            if id_ in fact.passages:
                mark = loaded.marks[f"fact:{fact.id}.also.{id_}"]
                yield Problem(mark, "also", f"{fact.id}: {id_} is shown already", "keep it under one of the two")
