"""How a question may be read in a conversation: as typed, with names for its pronouns, as the last question of another.

`readings` makes a short list of them, which is scored in one product; the finder says which of them counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from bot.antecedents import Antecedents
from bot.readings import Attempt, Leaning, Readings
from bot.reply import Context
from knowledge.case.model import Case, Fact
from knowledge.language.asides import Markers
from knowledge.language.attribution import Attributed, Attribution
from knowledge.language.english import Language, Question
from knowledge.language.questions import Part, Splitter, Words
from knowledge.language.reading import Word, texts
from knowledge.language.text import COMMA, Phrases
from knowledge.matching.finding import Spoken
from knowledge.matching.search import MOVE, Query, moves_of

LEAD_IN = "lead-in"
EXACT = ("pick", LEAD_IN)
"""Moves that no likeness finds: what takes up a choice, and the words before a bare name."""

LEANING_MOVES = (
    "who-said", "which-paper", "report-date", "more", "sure", "why-that", "when-that", "where-that", "who-that",
    "how-that", "outcome-that", "other-one", "again", "in-short",
)  # fmt: skip
"""Moves that mean something only after something was told."""

COURTESIES = ("hello", "thanks", "bye", "okay")
"""Moves that a longer message may begin or end with, but which are not what it is about."""

_WORDS = frozenset({"quote", "opinion"})
"""The kinds of answer that hold what somebody said."""
SHORT = 8
"""The most words of a message that is a move and nothing else."""
MOST_TRIED = 6
"""How many wordings of the last fact are asked again of somebody else."""


class Followup:
    """Reads questions in the light of a context. Holds nothing of any conversation."""

    def __init__(self, case: Case, language: Language, splitter: Splitter) -> None:
        self._case = case
        self._language = language
        self._splitter = splitter
        self._antecedents = Antecedents(case, language)
        self._leanings = Leanings(case.facts, language)
        self._markers = Markers(language)
        english = language.english
        self._attribution = Attribution(case, language)
        self._only_asking, self._pointers = english.words("only-asking"), english.words("pointers")
        self._echo = english.words("echo")
        self._said_about = tuple(tuple(text.split()) for text in english.lists["said-about"])
        self._topics, self._asking, self._fillers = (english.words(name) for name in ("topics", "asking", "fillers"))
        self._contents, self._lead_outs, self._corrections, self._not_meant, self._otherwise = (
            Phrases.of(english.lists[name])
            for name in ("contents", "lead-outs", "corrections", "denials-of-topic", "otherwise")
        )
        self._moves = moves_of(case)
        self._exact = frozenset(MOVE + move for move in EXACT)
        self._leaning = self._exact | {MOVE + move for move in LEANING_MOVES}
        self._courtesies = frozenset(MOVE + move for move in COURTESIES)
        self._long = self._leaning | self._courtesies
        self._thanks, self._lead_ins = (
            Phrases(language.wording(text) for text, move in case.moves if move == wanted)
            for wanted in ("thanks", LEAD_IN)
        )

    def thanks(self, words: Words) -> bool:
        """Tell whether a message that asks nothing begins or ends with thanks."""
        said = texts(words)
        ends = self._thanks.opening(said) or self._thanks.closing(said)
        return bool(ends) and not self._splitter.question_in(words)

    def put_to(self, words: Words, first: Attempt, context: Context) -> Attributed | None:
        """Return the report to which the last question is put again: "does LBC say the same?".

        What asks for all that a report holds is another question: "what is in the LBC article?". `first` is how the
        first question of a message was read.
        """
        if not context.facts:
            return None
        attributed = first.put if first.words == words else self._put(words)
        if attributed is None:
            return None
        left = self._splitter.untagged(self._splitter.unfilled(attributed.words))
        return attributed if self._echo.issuperset(self._otherwise.left(texts(left))) else None

    def of_another_report(self, put: Attributed, context: Context) -> Fact | None:
        """Return the fact that says of a report what the last one said of another: "and the Gazette one?"."""
        last = self.last(context)
        if last is None or not self._antecedents.is_of_a_report(last):
            return None
        of_it = [
            fact
            for fact in self._case.facts.values()
            if put.publication in fact.about and self._antecedents.is_of_a_report(fact) and fact.id != last.id
        ]
        kind = next((kind for kind in last.gives if any(kind in fact.gives for fact in of_it)), None)
        alike = sorted((fact for fact in of_it if kind in fact.gives), key=lambda fact: fact.gives.index(kind))
        own = (fact for fact in alike if {one.source for one in self._case.shown_passages(fact)} == put.sources)
        return next(own, next(iter(alike), None))

    def _put(self, words: Words) -> Attributed | None:
        """The report that a question is put to, none where it begins by asking for all that a report holds."""
        return None if self._contents.opening(texts(words)) else self._attribution.read(words)

    def readings(self, part: Part, context: Context) -> Readings:
        """Return how one question may be read."""
        words = self._markers.without(part.words)
        corrected = bool(context.facts) and self._corrections.opening(texts(words[:-1])) > 0
        if context.facts and (meant := self._what_is_meant(words)) != words:
            words, corrected = meant, True
        said = texts(words)
        question = self._language.question(said)
        without = self._not_competing(said, part.story, context)
        plain = Attempt("as typed", words, without=without, story=part.story, put=self._put(words))
        leant = self._leant(plain, context)
        of_reports = bool(self._antecedents.report(context))
        leaning = self._leanings.of(texts(leant.words if leant else words), context, of_reports=of_reports)
        leaning = leaning and leaning._replace(corrected=corrected)
        plain = plain._replace(leaning=leaning)
        counted = self._antecedents.counted(said, context)
        named = self._antecedents.named(self._after_lead_in(said), context)
        again = self._again(said, context)
        if counted and not named:
            asked = self._as_words(self._antecedents.counted_by_name(said, counted))
            return Readings(question, plain, Attempt("of the one counted", asked, without=self._moves))
        if named:
            name = self._as_words(self._antecedents.name(named))
            return Readings(question, plain, Attempt("names somebody", name, without=self._moves), (), *again)
        bare = self._bare(question, said, context)
        return Readings(question, plain, None, bare, *again, leant and leant._replace(leaning=leaning))

    def _what_is_meant(self, words: Words) -> Words:
        """The words behind those that say what isn't meant: "no not his age, his name"."""
        opening = self._not_meant.opening(texts(words))
        ends = (at + 1 for at, word in enumerate(words[:-1]) if at >= opening and word.mark == COMMA)
        return words[next(ends, 0) :] if opening else words

    def _not_competing(self, said: Sequence[str], story: Words, context: Context) -> frozenset[str]:
        """The moves that a question can't be: those that lean on what wasn't told, and where more is said, courtesies."""
        if len(said) > SHORT:
            return self._long
        courtesies = self._courtesies if len(said) + len(story) > SHORT else frozenset[str]()
        return courtesies | (self._exact if context.facts else self._leaning)

    def _leant(self, plain: Attempt, context: Context) -> Attempt | None:
        """The question with names for its pronouns, as far as somebody was spoken of whom they fit, beside it or before."""
        said = texts(plain.words)
        beside = self._language.entities(texts(plain.story))
        meant = self._antecedents.meant(said, context, (*beside, *context.people))
        if not meant:
            return None
        words = self._antecedents.said_in_full(plain.words, meant)
        # What the sentence beside it was told for is then in the question itself.
        story = () if {*self._antecedents.whom(said, beside).values()} else plain.story
        return plain._replace(why="with names", words=words, story=story, put=self._put(words))

    def _bare(self, question: Question, said: Sequence[str], context: Context) -> tuple[Attempt, ...]:
        """What a bare "how many?" or "and when?" asks of what was told last."""
        last = self.last(context)
        if last is None or not question.wants or not self._only_asking.issuperset(said):
            return ()
        asked = [word for word in said if word not in self._pointers]
        topics = self._antecedents.topics(last, question.wants, context)
        return tuple(
            Attempt("of what was told", self._as_words((*asked, *topic)), without=self._moves) for topic in topics
        )

    def _again(self, said: tuple[str, ...], context: Context) -> tuple[tuple[Attempt, ...], str]:
        """The last question asked of a newly named person: "and her son?", "no, I meant the driver"."""
        last = self.last(context)
        named = self._antecedents.named(self._after_lead_in(self._without_lead_out(said)), context) if last else ""
        if last is None or not named:
            return (), ""
        if self._names_a_topic(said):
            asked: Iterable[tuple[str, ...]] = self._said_of(named, last)
        else:
            asked = self._asked_of_another(last, named)
        attempts = (
            Attempt("the last question of another", self._as_words(words)) for words in islice(asked, MOST_TRIED)
        )
        return tuple(attempts), named

    def _asked_of_another(self, fact: Fact, named: str) -> Iterator[tuple[str, ...]]:
        """The wordings of a fact with one of those whom it asks about replaced by another, each of them in turn."""
        for wording in fact.ask:
            words = self._language.wording(wording)
            for entity, start, end in self._language.mentions(words):
                if entity in fact.about:
                    yield (*words[:start], *self._antecedents.name(named), *words[end:])

    def _said_of(self, topic: str, fact: Fact) -> Iterator[tuple[str, ...]]:
        """What those whom a fact quotes say of another."""
        before, behind = self._said_about
        for speaker in (*fact.speakers, fact.about[0]) if _WORDS & {*fact.gives} else ():
            yield (*before, *self._antecedents.name(speaker), *behind, *self._antecedents.name(topic))

    def _names_a_topic(self, said: tuple[str, ...]) -> bool:
        """Whether a message names that of which something is said: "and about the police?", but not "what about the police?"."""
        topic = self._after_lead_in(said)
        before = said[: len(said) - len(topic)]
        return bool(before) and before[-1] in self._topics and self._asking.isdisjoint(before)

    def _after_lead_in(self, said: tuple[str, ...]) -> tuple[str, ...]:
        said = said[next((at for at, word in enumerate(said[:-1]) if word not in self._fillers), 0) :]
        return said[self._lead_ins.opening(said[:-1]) :]

    def _without_lead_out(self, said: tuple[str, ...]) -> tuple[str, ...]:
        return said[: len(said) - self._lead_outs.closing(said[1:])]

    def meant(self, words: Words, context: Context) -> tuple[str, ...]:
        """Return whom the pronouns of a question mean, of those who were spoken of."""
        return tuple(dict.fromkeys(self._antecedents.whom(texts(words), context.people).values()))

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
        giving = (fact for fact in (*around, last) if set(kinds) & set(fact.gives))
        return next(giving, None)

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


class Leanings:
    """Says what a question leans on. Holds nothing of any conversation."""

    def __init__(self, facts: Mapping[str, Fact], language: Language) -> None:
        asking = language.english.words("asking")
        self._asked = {
            id_: tuple(word for word in language.wording(fact.question) if word not in asking)
            for id_, fact in facts.items()
        }
        near: dict[str, set[str]] = {id_: set() for id_ in facts}
        for id_, fact in facts.items():
            for other in filter(None, (*fact.related, fact.nearest)):
                near[id_].add(other)
                near[other].add(id_)
        self._near = {id_: frozenset(others) for id_, others in near.items()}

    def of(self, said: Sequence[str], context: Context, *, of_reports: bool) -> Leaning | None:
        """Return what a question leans on, names in the place of its pronouns; None where nothing was told."""
        if not context.facts:
            return None
        last = context.facts[0]
        beside = (word for word in self._asked[last] if word not in said)
        return Leaning(Query((*said, *beside)), last, self._near[last], of_reports)
