"""How a question may be read in a conversation: as typed, with names for its pronouns, as the last question of another.

`Antecedents` says whom and what words stand for.

`readings` makes a short list of them, which is scored in one product; `settle` says which of them counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from bot.reply import Context
from knowledge.case.model import Case, Fact, Status
from knowledge.language.attribution import Attributed, Attribution
from knowledge.language.questions import Part, Splitter, Words
from knowledge.language.reading import Language, Question, Word, texts
from knowledge.matching.claims import Spoken
from knowledge.matching.search import MOVE, Candidate, Query, Row, Search
from knowledge.matching.verdict import Outcome, Tuning, Verdict, judge

ITS = frozenset(("it", "its"))
COUNTED = {"first": 0, "second": 1, "third": 2}
"""The words that count the people of an answer."""
COUNTING = frozenset((*COUNTED, "the", "one"))
"""The words of a message that does nothing but count: "the second one"."""


class Antecedents:
    """Finds whom or what a word of a message stands for. Holds nothing of any conversation."""

    def __init__(self, case: Case, language: Language) -> None:
        self._case = case
        self._language = language
        self._happening = language.english.words("happening")
        self._after_count = language.english.words("after-count")
        self._names = {
            id_: language.wording(entity.name if entity.is_named or not entity.aliases else entity.aliases[0])
            for id_, entity in case.entities.items()
        }
        self._things = {id_: language.wording(fact.it) for id_, fact in case.facts.items() if fact.it}
        self._it = language.wording(case.it)

    def meant(
        self, question: Question, words: Sequence[str], context: Context, likely: Sequence[str]
    ) -> dict[str, tuple[str, ...]]:
        """Return the words that each pronoun of a question stands for: of the first likely person whom it fits, or a thing."""
        said = set(words)
        told = () if said & self._happening else self.thing(context)
        thing = told or (self._it if context.facts else ())
        meant = dict.fromkeys(said & ITS, thing) if thing else {}
        meant.update({form: self._names[id_] for form, id_ in self.whom(question, words, likely).items()})
        return meant

    def whom(self, question: Question, words: Sequence[str], likely: Sequence[str]) -> dict[str, str]:
        """Return the entity that each pronoun of a question stands for: the first of the likely ones whom it fits."""
        said = set(words)
        meant: dict[str, str] = {}
        for pronoun in ("he", "she", "they"):
            fits = [id_ for id_ in likely if pronoun in self._case.entities[id_].pronouns]
            named = any(pronoun in self._case.entities[id_].pronouns for id_ in question.entities)
            if fits and not named:
                forms = said & set(self._case.entities[fits[0]].pronouns) - ITS
                meant.update(dict.fromkeys(forms, fits[0]))
        return meant

    def thing(self, context: Context) -> tuple[str, ...]:
        """Return the words for what "it" means: what the last fact says of it, or else one before."""
        return next((self._things[id_] for id_ in context.facts if id_ in self._things), ())

    def spoken(self, context: Context) -> tuple[frozenset[str], frozenset[str]]:
        """Return those of whom the last turn spoke, named or told of, and those of whom the turns before it did."""
        told = self._case.facts[context.facts[0]].about if context.facts else ()
        latest = max((at for at, id_ in enumerate(context.people, 1) if id_ in told), default=len(context.people))
        return frozenset(context.people[:latest]), frozenset(context.people[latest:])

    def topics(self, fact: Fact, context: Context) -> tuple[tuple[str, ...], ...]:
        """Return what a bare "when?" may ask about once a fact was told, likeliest first: whom else was named since."""
        since = [self._names[id_] for id_ in context.people[:1] if id_ not in fact.about]
        own = self._things.get(fact.id) or self._names[fact.about[0]]
        return tuple(dict.fromkeys(filter(None, (*since, own, self.thing(context)))))

    def counted(self, words: Sequence[str], context: Context) -> str:
        """Return whom "the first one" means among the people of the last fact told that is about several, if anybody."""
        after = dict(pairwise((*words, "one")))
        place = next((COUNTED[word] for word in words if word in COUNTED and after[word] in self._after_count), None)
        if place is None:
            return ""
        told = (self._case.facts[id_].about for id_ in context.facts)
        named = ([id_ for id_ in about if self._case.entities[id_].is_named] for about in told)
        several = next((people for people in named if len(people) > 1), [])
        return several[place] if place < len(several) else ""

    def named(self, words: tuple[str, ...], context: Context) -> str:
        """Return the entity that the words do nothing but name, by a pronoun too; empty where they do more."""
        aliases = self._language.aliases
        owned = (*words[:-1], words[-1].removesuffix("s")) if words else words
        entity = aliases.get(words) or aliases.get(owned)
        if entity:
            return entity
        if words and COUNTING.issuperset(words):
            return self.counted(words, context)
        if len(words) != 1:
            return ""
        likely = (*context.people, *self._case.entities) if context.facts else ()
        return next((id_ for id_ in likely if words[0] in self._case.entities[id_].pronouns), "")

    def said_in_full(self, words: Words, meant: Mapping[str, tuple[str, ...]]) -> Words:
        """Return the words with names in place of pronouns, but for those that are part of a name: "her son"."""
        said = texts(words)
        within = {at for _, start, end in self._language.mentions(said) for at in range(start, end)}
        return tuple(
            new
            for at, word in enumerate(words)
            for new in (
                map(Word, meant[word.text], meant[word.text]) if word.text in meant and at not in within else (word,)
            )
        )

    def name(self, entity: str) -> tuple[str, ...]:
        """Return an entity's name as people write it, in words."""
        return self._names[entity]


LEAD_IN = "lead-in"
OFF_TOPIC = MOVE + "off-topic"
EXACT = ("pick", LEAD_IN)
"""Moves that no likeness finds: what takes up a choice, and the words before a bare name."""

LEANING_MOVES = (
    "who-said", "which-paper", "report-date", "more", "sure", "why-that", "when-that", "where-that", "who-that",
    "how-that", "other-one",
)  # fmt: skip
"""Moves that mean something only after something was told."""

COURTESIES = ("hello", "thanks", "bye", "okay")
"""Moves that a longer message may begin or end with, but which are not what it is about."""

_SUMMARY = frozenset({"summary"})
_OF_A_REPORT = frozenset({"summary", "source"})
"""The kinds of answer that facts about a report give."""
_WRITTEN = frozenset({"person", "date"})
"""The kinds of answer by which somebody asks who wrote a report, and when."""

SHORT = 8
"""The most words of a message that is a move and nothing else."""
MOST_TRIED = 6
"""How many wordings of the last fact are asked again of somebody else."""

Rows = Mapping[Query, Row]


class Attempt(NamedTuple):
    """One reading of a question. `why` says which; moves in `without` don't compete.

    Where it names a report, `put` is what is left without it.
    """

    why: str
    words: Words
    entities: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    story: Words = ()
    put: Attributed | None = None

    @property
    def query(self) -> Query:
        """Return what is scored of it."""
        return Query(texts(self.words), self.entities)


class Found(NamedTuple):
    """What a reading found. `attributed` is set where it was put to one of the reports."""

    attempt: Attempt
    question: Question
    verdict: Verdict
    attributed: Attributed | None = None

    @property
    def is_answer(self) -> bool:
        """Tell whether it is good enough to answer from."""
        return self.verdict.outcome is Outcome.ANSWER

    def telling(self, id_: str, why: str) -> Found:
        """Return it with a fact that is known to answer first."""
        first = next((one for one in self.verdict.candidates if one.id == id_), Candidate(id_, 1.0, ""))
        others = (one for one in self.verdict.candidates if one.id != id_)
        return self._replace(verdict=Verdict(Outcome.ANSWER, (first, *others), why))


class Readings(NamedTuple):
    """The readings of one question. `instead`: it only counts people, or names somebody.

    `bare` ask of what was told last, `again` ask the last question of somebody else, `leant` has names for pronouns.
    """

    plain: Attempt
    instead: Attempt | None = None
    bare: tuple[Attempt, ...] = ()
    again: tuple[Attempt, ...] = ()
    another: str = ""
    leant: Attempt | None = None

    def queries(self) -> Iterator[Query]:
        """Yield all that is to be scored."""
        for attempt in filter(None, (self.plain, self.instead, *self.bare, *self.again, self.leant)):
            yield attempt.query
            if attempt.put and attempt.put.words:
                yield Query(texts(attempt.put.words), attempt.entities)
            if attempt.story:
                yield Query(texts(attempt.story))


class Followup:
    """Reads questions in the light of a context. Holds nothing of any conversation."""

    def __init__(self, case: Case, language: Language, search: Search, splitter: Splitter, tuning: Tuning) -> None:
        self._case = case
        self._language = language
        self._search = search
        self._splitter = splitter
        self._tuning = tuning
        self._antecedents = Antecedents(case, language)
        english = language.english
        self._attribution = Attribution(case, language)
        self._only_asking, self._pointers = english.words("only-asking"), english.words("pointers")
        self._echo, self._mentioning = english.words("echo"), english.words("mentioning")
        self._empty = english.words("asking") | english.words("subjects") | english.words("fillers")
        self._things = {
            id_: tuple(word for word in language.wording(fact.it) if word not in self._mentioning)
            for id_, fact in case.facts.items()
            if fact.it and fact.passages and fact.status is not Status.UNREPORTED
        }
        self._contents = tuple(tuple(text.split()) for text in english.lists["contents"])
        self._lead_outs = sorted((tuple(text.split()) for text in english.lists["lead-outs"]), key=len, reverse=True)
        self._moves = frozenset(MOVE + move for _, move in case.moves)
        self._exact = frozenset(MOVE + move for move in EXACT)
        self._leaning = self._exact | {MOVE + move for move in LEANING_MOVES}
        self._long = self._leaning | {MOVE + move for move in COURTESIES}
        self._thanks = [language.wording(text) for text, move in case.moves if move == "thanks"]
        lead_ins = (language.wording(text) for text, move in case.moves if move == LEAD_IN)
        self._lead_ins = sorted(lead_ins, key=len, reverse=True)

    def thanks(self, words: Words) -> bool:
        """Tell whether a message that asks nothing begins or ends with thanks."""
        said = texts(words)
        ends = any(thanks in (said[: len(thanks)], said[-len(thanks) :]) for thanks in self._thanks)
        return ends and not self._splitter.question_in(words)

    def put_to(self, words: Words, context: Context) -> Attributed | None:
        """Return the report to which the last question is put again: "does LBC say the same?".

        What asks for all that a report holds is another question: "what is in the LBC article?".
        """
        attributed = self._attribution.read(words) if context.facts and not self._of_all(words) else None
        echoes = attributed is not None and self._echo.issuperset(texts(attributed.words))
        return attributed if echoes else None

    def _of_all(self, words: Words) -> bool:
        """Tell whether a message asks for all that a report holds, by how it begins."""
        return any(texts(words[: len(one)]) == one for one in self._contents)

    def readings(self, part: Part, context: Context) -> Readings:
        """Return how one question may be read."""
        words, said = part.words, texts(part.words)
        without = self._not_competing(said, context)
        plain = Attempt("as typed", words, without=without, story=part.story, put=self._attribution.read(words))
        counted = self._antecedents.counted(said, context)
        named = self._antecedents.named(self._after_lead_in(said), context)
        again = self._again(said, context)
        if counted:
            return Readings(
                plain, plain._replace(why="of the one counted", entities=frozenset((counted,)), without=self._moves)
            )
        if named:
            name = self._as_words(self._antecedents.name(named))
            return Readings(plain, Attempt("names somebody", name, without=self._moves), (), *again)
        question = self._language.question(said)
        bare = self._bare(question, said, context)
        return Readings(plain, None, bare, *again, self._leant(question, plain, context))

    def _not_competing(self, said: Sequence[str], context: Context) -> frozenset[str]:
        """The moves that a message can't be: those that lean on something where nothing was told, and, in a longer one, courtesies."""
        if len(said) > SHORT:
            return self._long
        return self._exact if context.facts else self._leaning

    def _leant(self, question: Question, plain: Attempt, context: Context) -> Attempt | None:
        """The question with names for its pronouns, as far as somebody was spoken of whom they fit, beside it or before."""
        said = texts(plain.words)
        beside = self._language.entities(texts(plain.story))
        meant = self._antecedents.meant(question, said, context, (*beside, *context.people))
        if not meant:
            return None
        words = self._antecedents.said_in_full(plain.words, meant)
        # What the sentence beside it was told for is then in the question itself.
        story = () if {*self._antecedents.whom(question, said, beside).values()} else plain.story
        return plain._replace(why="with names", words=words, story=story, put=self._attribution.read(words))

    def _bare(self, question: Question, said: Sequence[str], context: Context) -> tuple[Attempt, ...]:
        """What a bare "how many?" or "and when?" asks of what was told last."""
        last = self.last(context)
        if last is None or not question.wants or not self._only_asking.issuperset(said):
            return ()
        asked = [word for word in said if word not in self._pointers]
        topics = self._antecedents.topics(last, context)
        return tuple(
            Attempt("of what was told", self._as_words((*asked, *topic)), without=self._moves) for topic in topics
        )

    def _again(self, said: tuple[str, ...], context: Context) -> tuple[tuple[Attempt, ...], str]:
        """The last question asked of a newly named person: "and her son?", "no, I meant the driver"."""
        last = self.last(context)
        named = self._antecedents.named(self._after_lead_in(self._without_lead_out(said)), context) if last else ""
        if last is None or not named:
            return (), ""
        about = frozenset(last.about)
        asked = (words for wording in last.ask for words in self._of_another(wording, about, named))
        attempts = (
            Attempt("the last question of another", self._as_words(words)) for words in islice(asked, MOST_TRIED)
        )
        return tuple(attempts), named

    def _of_another(self, wording: str, about: frozenset[str], named: str) -> Iterator[tuple[str, ...]]:
        """A wording with one of those whom it asks about replaced by another, each of them in turn."""
        words = self._language.wording(wording)
        for entity, start, end in self._language.mentions(words):
            if entity in about:
                yield (*words[:start], *self._antecedents.name(named), *words[end:])

    def settle(self, readings: Readings, rows: Rows) -> Found:
        """Return what the reading found that counts."""
        again = [found for attempt in readings.again if (found := self.look(attempt, rows)).is_answer]
        fitting = [found for found in again if readings.another in self._about(found)]
        if fitting:
            return max(fitting, key=lambda found: found.verdict.score)
        if readings.instead is not None:
            return self.look(readings.instead, rows)
        for attempt in readings.bare:
            found = self._giving(self._language.question(texts(readings.plain.words)).wants, self.look(attempt, rows))
            gives = self._case.facts[found.verdict.best.id].gives if found.verdict.best else ()
            if found.verdict.score >= self._tuning.threshold and (not gives or found.question.wants & {*gives}):
                return found._replace(verdict=found.verdict._replace(outcome=Outcome.ANSWER))
        plain = self.look(readings.plain, rows)
        if readings.leant is None:
            return plain
        leant = self.look(readings.leant, rows)
        if plain.is_answer and not leant.is_answer:
            return plain
        return plain if plain.verdict.score > leant.verdict.score else leant

    def _giving(self, wants: frozenset[str], found: Found) -> Found:
        """A find of facts that give what is wanted, where there are any: of a bare question little else is known."""
        facts, candidates = self._case.facts, found.verdict.candidates
        giving = tuple(one for one in candidates if one.id in facts and wants & {*facts[one.id].gives})
        verdict = judge(facts, giving, self._tuning) if giving and giving[0] != candidates[0] else found.verdict
        return found._replace(question=found.question._replace(wants=wants), verdict=verdict)

    def look(self, attempt: Attempt, rows: Rows) -> Found:
        """Judge one reading. One that names a report is read as about it and as put to it.

        The better reading counts; a report that tells what it finds has its passages first all the same.
        """
        question = self._language.question(texts(attempt.words))
        found = Found(attempt, question, self._judge(attempt, question, attempt.query, rows))
        if attempt.put is None or not attempt.put.words or self._of_all(attempt.words):
            return found
        words = attempt.put.words
        asked = self._language.question(texts(words))
        verdict = self._of_the_report(
            self._judge(attempt, asked, Query(texts(words), attempt.entities), rows), attempt.put
        )
        found = found._replace(verdict=self._without_summaries(found.verdict, asked, texts(words), verdict))
        if found.is_answer and verdict.best and verdict.best.id == OFF_TOPIC:
            return found
        if not attempt.put.publication and verdict.best and self._is_unreported(verdict.best):
            return found  # of all the reports is asked what one of them may say
        is_put = self._is_same(found.verdict, verdict) or self._is_told(found, attempt.put)
        names_only = texts(words) in self._language.aliases
        if found.verdict.score > verdict.score and (is_put or not names_only):
            return found._replace(attributed=attempt.put if is_put else None)
        return Found(attempt._replace(words=words), asked, verdict, attempt.put)

    def _is_unreported(self, one: Candidate) -> bool:
        fact = self._case.facts.get(one.id)
        return fact is not None and fact.status is Status.UNREPORTED

    def _without_summaries(self, verdict: Verdict, asked: Question, said: Sequence[str], put: Verdict) -> Verdict:
        """A verdict without what sums up a whole report, where it is asked about somebody or something that it holds.

        `said` are the words for that, `put` is what is found of it alone.
        """
        facts, about = self._case.facts, {*asked.entities}
        best = facts.get(put.best.id) if put.best and put.outcome is Outcome.ANSWER else None
        is_of_something = best is not None and not _OF_A_REPORT & {*best.gives} and not self._empty.issuperset(said)
        dropped = _OF_A_REPORT if is_of_something and not _WRITTEN & asked.wants else _SUMMARY
        kept = tuple(
            one
            for one in verdict.candidates
            if one.id not in facts
            or not dropped & {*facts[one.id].gives}
            or (not is_of_something and about <= {*facts[one.id].about})
        )
        return verdict if len(kept) == len(verdict.candidates) else judge(facts, kept, self._tuning)

    def _of_the_report(self, verdict: Verdict, put: Attributed) -> Verdict:
        """A verdict of what the report has about whom a question does nothing but name: "what does LBC say about the aunt?".

        Where nothing likely is in that report: of what it says of who that was, or else of what the others say.
        """
        facts, about = self._case.facts, self._of_topic(texts(put.words))
        told = {id_: fact for id_, fact in about.items() if self._case.passages_from(fact, put.sources)} or about
        own = judge(facts, tuple(one for one in verdict.candidates if one.id in told), self._tuning)
        if own.outcome is Outcome.ANSWER or not told:
            return own if told else verdict
        who = max(told, key=lambda id_: "person" in told[id_].gives)
        return judge(facts, (Candidate(who, 1.0, facts[who].question),), self._tuning)

    def _of_topic(self, said: tuple[str, ...]) -> dict[str, Fact]:
        """The facts about whom or what words do nothing but name: "is there anything on the alarm"."""
        start = next((at for at, word in enumerate(said) if word not in self._mentioning), len(said))
        topic = said[start:]
        entity = self._language.aliases.get(said) or self._language.aliases.get(topic, "")
        named = {id_: fact for id_, fact in self._case.facts.items() if fact.passages and fact.about[0] == entity}
        things = (id_ for id_, it in self._things.items() if topic and it == topic)
        return named or {id_: self._case.facts[id_] for id_ in things}

    def _is_told(self, found: Found, attributed: Attributed) -> bool:
        """Tell whether a report has a passage of what was found."""
        best = found.verdict.best
        fact = self._case.facts.get(best.id) if best else None
        return bool(fact and self._case.passages_from(fact, attributed.sources))

    @staticmethod
    def _is_same(one: Verdict, other: Verdict) -> bool:
        """Tell whether two verdicts find the same."""
        return bool(one.best and other.best and one.best.id == other.best.id)

    def _judge(self, attempt: Attempt, question: Question, query: Query, rows: Rows) -> Verdict:
        candidates = self._search.candidates(rows[query], attempt.without)
        if attempt.story:
            told = self._search.candidates(rows[Query(texts(attempt.story))], self._moves)
            candidates = _beside(candidates, told, self._tuning.story)
        candidates = self._of_the_one_named(question, candidates)
        return judge(self._case.facts, candidates, self._tuning)

    def _of_the_one_named(self, question: Question, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """The candidates with, for the best, the fact that has the same kind of value for the only person named."""
        named = [id_ for id_ in question.entities if self._case.entities[id_].kind == "person"]
        fact = self._case.facts.get(candidates[0].id) if candidates else None
        if fact is None or fact.values or len(named) != 1 or named[0] in fact.about:
            return candidates
        same = (other for other in self._case.facts.values() if other.values and other.gives[:1] == fact.gives[:1])
        own = next((other.id for other in same if other.about[:1] == tuple(named)), fact.id)
        return (candidates[0]._replace(id=own), *(one for one in candidates[1:] if one.id != own))

    def _about(self, found: Found) -> tuple[str, ...]:
        best = found.verdict.best
        return self._case.facts[best.id].about if best and best.id in self._case.facts else ()

    def _after_lead_in(self, said: tuple[str, ...]) -> tuple[str, ...]:
        lead_in = next((one for one in self._lead_ins if said[: len(one)] == one and len(said) > len(one)), ())
        return said[len(lead_in) :]

    def _without_lead_out(self, said: tuple[str, ...]) -> tuple[str, ...]:
        lead_out = next((one for one in self._lead_outs if said[-len(one) :] == one and len(said) > len(one)), ())
        return said[: len(said) - len(lead_out)]

    def meant(self, words: Words, context: Context) -> tuple[str, ...]:
        """Return whom the pronouns of a question mean, of those who were spoken of."""
        said = texts(words)
        return tuple(
            dict.fromkeys(self._antecedents.whom(self._language.question(said), said, context.people).values())
        )

    def spoken(self, context: Context) -> Spoken:
        """Return who and what was spoken of, as far as a yes or no may lean on it."""
        it = " ".join(self._antecedents.thing(context)) or self._case.it
        last = context.facts[0] if context.facts else ""
        return Spoken(self._antecedents.spoken(context), it if last else "", last=last)

    def near(self, context: Context, kinds: Sequence[str]) -> Fact | None:
        """Return the fact next to the last one told that gives one of these kinds of answer."""
        last = self.last(context)
        if last is None:
            return None
        around = [self._case.facts[id_] for id_ in (*last.related, last.nearest) if id_ and id_ not in context.facts]
        giving = [fact for fact in (*around, last) if set(kinds) & set(fact.gives)]
        return next(iter(giving or (around if "reason" in kinds else ())), last)

    def next(self, context: Context) -> Fact | None:
        """Return the next fact near to what was told that hasn't been told yet, and that the reports tell."""
        told = [self._case.facts[id_] for id_ in context.facts]
        around = (self._case.facts[id_] for fact in told for id_ in (fact.nearest, *fact.related) if id_)
        fresh = (fact for fact in around if fact.id not in context.facts and fact.is_offered)
        return next(fresh, None)

    def other(self, context: Context) -> Fact | None:
        """Return the fact near the last one told that is about another whom the same pronoun, or "they", fits: "the other one"."""
        last = self.last(context)
        if last is None:
            return None
        fitting = {*self._case.entities[last.about[0]].pronouns, "they"}
        around = (self._case.facts[id_] for id_ in (*last.related, last.nearest) if id_)
        others = ((fact, self._case.entities[fact.about[0]]) for fact in around if fact.about[0] not in last.about)
        people = (fact for fact, entity in others if entity.kind == "person" and fitting & {*entity.pronouns})
        return next(people, None)

    def last(self, context: Context) -> Fact | None:
        """Return the last fact told."""
        return self._case.facts[context.facts[0]] if context.facts else None

    @staticmethod
    def _as_words(said: Sequence[str]) -> Words:
        return tuple(Word(text, text) for text in said)


def _beside(asked: Sequence[Candidate], told: Sequence[Candidate], share: float) -> tuple[Candidate, ...]:
    """The candidates of a question with a share of the scores of what the sentence beside it is about."""
    story = {candidate.id: candidate for candidate in told}
    both = [
        candidate._replace(score=min(1.0, candidate.score + share * story[candidate.id].score))
        if candidate.id in story
        else candidate
        for candidate in asked
    ]
    ids = {candidate.id for candidate in asked}
    only = [candidate._replace(score=share * candidate.score) for candidate in told if candidate.id not in ids]
    return tuple(sorted([*both, *only], key=lambda candidate: (-candidate.score, candidate.id)))
