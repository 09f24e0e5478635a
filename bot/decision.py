"""What to do with a message in its context: support, then a choice taken up, then an answer, a question back, or nothing.

A message is read once; a short list of ways to read it is scored in one product; one value carries what was decided, and
all that `casebook explain` shows of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from bot.events import Events, Reckoned
from bot.finder import OFF_TOPIC, Attempt, Finder, Found, Readings, Rows
from bot.followup import Followup
from bot.lead import Leads, deciding
from bot.reply import NOTHING, Context, after
from bot.typed import Typed
from knowledge.care.hearing import ABOUT_ME, ACUTE, CONTACTS, FAMILY, Cry, Hearing
from knowledge.care.pieces import Piece
from knowledge.care.signals import Signals
from knowledge.care.turning import CLOSE
from knowledge.case.model import Case, Fact
from knowledge.language.asides import Asides
from knowledge.language.assertion import AssertionReader
from knowledge.language.attribution import Attributed
from knowledge.language.day_questions import Asked, Want
from knowledge.language.questions import MOST_PARTS, Part, Splitter, Words
from knowledge.language.reading import Language, Reader, Reading, texts
from knowledge.language.sense import Senses
from knowledge.matching.claims import Claims
from knowledge.matching.compiled import Compiled
from knowledge.matching.finding import Finding, Spoken
from knowledge.matching.index import Index
from knowledge.matching.learning import wordings_of
from knowledge.matching.search import MOVE, Candidate, Query, Search
from knowledge.matching.sureness import Sureness
from knowledge.matching.thin import Thin
from knowledge.matching.verdict import Outcome, Tuning, among, judge

BESIDE = frozenset({"own", "past", "family", "bereaved", "witness", "upset", CLOSE})
"""Concerns that give way, where they are only a little likely, to a question that is plainly about the case."""
COURTESIES = frozenset(MOVE + move for move in ("hello", "thanks", "bye"))
"""Moves that say nothing where anything is asked beside them: "hi who was she"."""
NO_ROWS: Rows = MappingProxyType({})


class Act(StrEnum):
    """What is done with a message."""

    EMPTY = "empty"
    CHOOSE = "choose"
    BEYOND = "beyond"
    """A number that no choice of the last list has."""
    SUPPORT = "support"
    REJOINDER = "rejoinder"
    """Something said of the contacts that were given."""
    PUT = "put"
    """The last question put to one report."""
    TELL = "tell"
    """Facts told, and what was reckoned from days."""
    MOVE = "move"
    ASK = "ask"
    THANKS = "thanks"
    NOTHING = "nothing"


class Answer(NamedTuple):
    """A fact that answers a question, and what found it. `named` are those whom the question is about.

    `lead` is how the answer begins: `yes`, `no`, `said`, `said_not`, `else`, `undated` or nothing.
    """

    fact: Fact
    found: Found
    named: tuple[str, ...] = ()
    lead: str = ""
    finding: Finding | None = None
    """The claim that says so, where one does"""


class Decision(NamedTuple):
    """What was decided of a message, and why.

    `choice` is the id of a choice taken up, or of a rejoinder; `cry` what care heard (where it isn't answered, no more
    than a hint), or for a rejoinder the contacts that fit; `put` the report that the last question is put to.
    `answers` are told, in their order, and behind them `reckoned`; `found` is the best reading where none is. `beside`
    is the fact that answers a question beside a cry. `pieces` and `rows` are what was heard and scored, `tried` the
    readings that were looked at.
    """

    act: Act
    reading: Reading
    choice: str = ""
    cry: Cry | None = None
    put: Attributed | None = None
    answers: tuple[Answer, ...] = ()
    reckoned: tuple[Reckoned, ...] = ()
    found: Found | None = None
    beside: Fact | None = None
    pieces: tuple[Piece, ...] = ()
    rows: Rows = NO_ROWS
    tried: tuple[Found, ...] = ()


class Decider:
    """Decides. Holds nothing of any conversation."""

    def __init__(self, case: Case, index: Index, tuning: Tuning, claims: Compiled | None) -> None:
        self._case = case
        self._tuning = tuning
        self._language = Language.of(case)
        self._splitter = Splitter(case.english)
        self._senses = Senses(case, self._language, self._splitter)
        self._assertions = AssertionReader(case, self._language, self._splitter, self._senses)
        compiled = claims or Compiled.of(case, self._language, self._assertions)
        self._claims = Claims(case, self._assertions, compiled)
        signals = Signals(case)
        self._reader = Reader(self._language, index.vocabulary, signals.reader.vocabulary, compiled.words)
        self._search = Search(wordings_of(case), self._reader, index, tuning.fuzzy, Thin.of(case, self._reader, index))
        self._sureness = Sureness(case.facts, self._search, self._reader, index)
        self._hearing = Hearing(case, signals, self._reader, self._splitter, self._search, tuning)
        self._followup = Followup(case, self._language, self._splitter)
        self._finder = Finder(case, self._language, self._search, self._sureness, tuning)
        self._leads = Leads(case, self._senses)
        self._asides = Asides(self._language)
        self._typed = Typed(case)
        self.events = Events(case, self._language, self._search, self._sureness, tuning)
        self._moves = frozenset(MOVE + move for _, move in case.moves)
        self.search, self.sureness = self._search, self._sureness

    @property
    def followup(self) -> Followup:
        """Return what knows what lies near to what was told."""
        return self._followup

    def decide(self, message: str, context: Context = NOTHING) -> Decision:
        """Decide what to do with a message."""
        reading = self._reader.read(message)
        if not reading.words:
            return Decision(Act.EMPTY, reading)
        chosen = self._chosen(reading, context)
        if chosen:
            return Decision(Act.CHOOSE, reading, choice=chosen)
        if self._typed.is_beyond(_typed(reading), context.offered):
            return Decision(Act.BEYOND, reading)
        foreign = self._hearing.language(reading)
        if foreign is not None:
            return Decision(Act.SUPPORT, reading, cry=foreign)
        return self._scored(reading, context)

    def candidate(self, query: Query, label: str) -> Candidate:
        """Return a fact or a move as the candidate that it would be for a query, however far behind."""
        (row,) = self._search.rows([query])
        others = [one for one in self._search.candidates(row) if one.id != label]
        ranked = self._sureness.ranked(row, [*others, self._search.candidate(query, label)])
        return next(one for one in ranked if one.id == label)

    def looks_like_help(self, message: str) -> bool:
        """Tell whether a message would be answered with support contacts; what it asks of the case is seldom looked at."""
        reading = self._reader.read(message)
        chosen = self._chosen(reading, NOTHING)
        if chosen:
            return chosen.startswith(("need:", "contact:"))
        if self._hearing.language(reading) is not None:
            return True
        pieces = self._hearing.pieces(reading)
        rows = self._rows(piece.query for piece in pieces)
        cry = self._hearing.hear(pieces, rows)
        if cry is not None and not self._is_weak(cry):
            return True
        may = cry is not None or self._hearing.is_own_life(reading, pieces, rows)
        return may and self.decide(message).act is Act.SUPPORT

    def ranked(self, message: str) -> tuple[Fact, ...]:
        """Return the facts that answer a message, the best first; none where nothing fits."""
        words = self._reader.read(message).words
        attempt = Attempt("as typed", words)
        found = self._finder.look(attempt, self._rows([attempt.query])) if words else None
        if found is not None:
            asked = self.events.asked(words)
            found, _ = self._with_days(Part(words), asked, found, self.events.find(asked, NOTHING, self._rows))
        if found is None or found.verdict.outcome is Outcome.NOTHING:
            return ()
        return tuple(self._case.facts[one.id] for one in found.verdict.candidates if one.id in self._case.facts)

    def asked(self, fact: Fact) -> Answer | None:
        """Return the answer to the question that offers a fact, None where the question finds another."""
        decision = self._scored(self._reader.read(fact.question), NOTHING)
        told = decision.answers[0] if decision.answers else None
        return told if told and told.fact.id == fact.id else None

    def _chosen(self, reading: Reading, context: Context) -> str:
        """The id of the choice that a message takes up, "" where it takes up none."""
        chosen = self._typed.chosen(_typed(reading), context.offered)
        return "" if chosen and self.events.is_of_days(reading.words) else chosen

    def _rows(self, queries: Iterable[Query], known: Rows = NO_ROWS) -> Rows:
        """Score queries in one product, but for those that are known."""
        wanted = [query for query in dict.fromkeys(queries) if query not in known]
        return {**known, **dict(zip(wanted, self._search.rows(wanted), strict=True))}

    def _scored(self, reading: Reading, context: Context) -> Decision:
        """Decide by what the readings of a message score: those that nearly every message needs in one product."""
        words = reading.words
        pieces = self._hearing.pieces(reading)
        parts = (Part(words),) if self.events.is_of_days(words) else self._splitter.split(words)
        first = self._followup.readings(parts[0], context)
        rows = self._rows([*(piece.query for piece in pieces), *first.queries()])
        seen = Decision(Act.NOTHING, reading, pieces=pieces, rows=rows)
        cry = self._hearing.hear(pieces, rows, following=bool(context.facts))
        if context.concern:
            rejoinder, told = self._rejoinder(reading, pieces, rows, cry, context)
            if rejoinder:
                return seen._replace(act=Act.REJOINDER, choice=rejoinder, cry=told)
        if cry is not None:
            beside = self._beside(words, context)
            if not self._is_rather_asked(cry, beside):
                return seen._replace(act=Act.SUPPORT, cry=cry, beside=beside and self._fact(beside))
            seen = seen._replace(cry=cry)
        put = self._followup.put_to(words, first.plain, context)
        if put is not None:
            other = self._followup.of_another_report(put, context)
            return (
                seen._replace(act=Act.CHOOSE, choice=f"fact:{other.id}")
                if other
                else seen._replace(act=Act.PUT, put=put)
            )
        return self._answered(seen, context, parts, first)

    def _rejoinder(
        self, reading: Reading, pieces: Sequence[Piece], rows: Rows, cry: Cry | None, context: Context
    ) -> tuple[str, Cry | None]:
        """What a message says of the contacts that were given, or of whoever writes, with those that fit; "" where nothing."""
        query = Query(reading.texts)
        rejoinder, likeness = self._hearing.rejoinder(self._rows([query], rows)[query])
        asks = self._splitter.question_in(reading.words)
        told = None if asks else self._hearing.told_beside(pieces, context.concern)
        disclosed = cry is not None and cry.sureness == 1.0 and cry.concern not in {CONTACTS, FAMILY}
        if cry is not None and (likeness < self._needed(cry) or (disclosed and rejoinder.startswith(ABOUT_ME))):
            is_told = told is not None and self._hearing.is_only_told(cry, pieces)
            return (ABOUT_ME, told) if is_told else ("", None)
        if cry is not None or rejoinder not in {"", ABOUT_ME}:
            return rejoinder, None
        return (ABOUT_ME if told else rejoinder), told

    def _needed(self, cry: Cry) -> float:
        """How like others of its kind a message has to be to be read as said of the contacts, and not as a cry."""
        if cry.concern in ACUTE:
            return cry.sureness
        return self._tuning.soft if cry.concern == CONTACTS else min(cry.sureness, self._tuning.beside)

    def _found(self, part: Part, context: Context) -> Found:
        """What one question finds by itself."""
        readings = self._followup.readings(part, context)
        return self._finder.settle(readings, self._rows(readings.queries()))

    def _beside(self, words: Words, context: Context) -> Found | None:
        """What a question beside a cry finds, None where nothing is asked."""
        asked = self._splitter.question_in(words)
        return self._found(Part(asked), context if asked == words else NOTHING) if asked else None

    def _is_weak(self, cry: Cry) -> bool:
        """Whether a message is only a little like a cry of the kinds that give way to a question."""
        return cry.sureness < self._tuning.beside and cry.concern in BESIDE

    def _is_rather_asked(self, cry: Cry, beside: Found | None) -> bool:
        """Whether what is only a little like a cry stands beside a question about the case that is plainly one.

        It is answered then, with a line on who can be reached.
        """
        return (
            self._is_weak(cry)
            and beside is not None
            and self._fact(beside) is not None
            and beside.verdict.sureness >= self._tuning.plainly
        )

    def _answered(self, seen: Decision, context: Context, parts: Sequence[Part], first: Readings) -> Decision:
        """Decide what is told, once nothing was heard."""
        answers: list[Answer] = []
        reckoned: list[Reckoned] = []
        running = context
        tried: list[Found] = []
        for part in parts:
            asked = self.events.asked(part.words)
            days = self.events.find(asked, running, self._rows)
            found = self._finder.settle(first, seen.rows) if part is parts[0] else self._found(part, running)
            tried.append(found)
            if days is None and not found.is_answer and len(parts) == 1:
                found = self._wider(found, part, seen, context, tried)
            found = self._beside_courtesy(found, part, running, tried)
            found, days = self._with_days(part, asked, found, days)
            told = self._told(part, seen, found, days, running)
            if isinstance(told, Reckoned):
                reckoned.append(told)
                running = after(self._case, running, self.events.told(told), ())
            elif told is not None:
                answers.append(told)
                running = after(self._case, running, [told.fact], told.named)
        if answers or reckoned:
            most = tuple(answers[:MOST_PARTS])
            return seen._replace(act=Act.TELL, answers=most, reckoned=tuple(reckoned), tried=tuple(tried))
        seen = seen._replace(tried=tuple(tried))
        return self._untold(seen, self._found(Part(seen.reading.words), context) if len(parts) > 1 else found)

    def _told(
        self, part: Part, seen: Decision, found: Found, days: Reckoned | None, context: Context
    ) -> Answer | Reckoned | None:
        """What is told of one question: what was reckoned from days, or the fact that was found or that a claim speaks for.

        A statement of what happened on a day is held against the claims first.
        """
        if days is not None and days.asked.want is not Want.ON:
            return days
        fact = self._fact(found)
        spoken = self._spoken(part, seen.reading.words, context)
        said = self._asides.without(part.words)
        unframed = self._senses.unframed(said)
        lead = self._lead(fact, unframed, spoken) if fact is not None else ""
        finding = None if lead else self._finding(found, said, unframed, spoken)
        if days is not None and (finding is None or finding.asking):
            return days
        if finding is not None:
            fact, found = finding.fact, found.telling(finding.fact.id, "a claim says so")
            lead = "" if finding.asking and finding.lead != "else" else finding.lead
        elif fact is not None and not lead and self.events.is_undated(part.words, fact):
            lead = "undated"
        if fact is None:
            return None
        named = (*found.question.entities, *self._followup.meant(part.words, context))
        return Answer(fact, found, named, lead, finding)

    def _with_days(
        self, part: Part, asked: Asked | None, found: Found, days: Reckoned | None
    ) -> tuple[Found, Reckoned | None]:
        """What was found as days leave it, and what is to be reckoned from them.

        How long lay between two events is told to nobody who asks how long lay between others.
        """
        if days is None and asked is not None and asked.want is Want.INTERVAL:
            found = self._without(found, frozenset(fact.id for fact in self._case.facts.values() if fact.between))
        days = days or self.events.when(part.words, self._fact(found))
        if days is not None and days.fact is not None:
            return found.telling(days.fact.id, "a question about days"), None
        return found, days

    def _without(self, found: Found, facts: frozenset[str]) -> Found:
        """What was found but for some facts, and but for moves."""
        kept = tuple(one for one in found.verdict.candidates if one.id not in facts | self._moves)
        if len(kept) == len(found.verdict.candidates):
            return found
        return found._replace(verdict=judge(self._case.facts, among(found.verdict.candidates, kept), self._tuning))

    def _wider(self, found: Found, part: Part, seen: Decision, context: Context, tried: list[Found]) -> Found:
        """What the whole message finds, or else a piece of it, where its question alone finds nothing sure."""
        words = seen.reading.words
        if part != Part(words):
            wider = self._found(Part(words), context)
            tried.append(wider)
            if wider.is_answer:
                return wider
        inside = [
            Attempt("inside the message", piece.words, without=self._moves, story=piece.story)
            for piece in self._splitter.pieces(words)
        ]
        rows = self._rows((query for attempt in inside for query in attempt.queries()), seen.rows)
        looked = [self._finder.look(attempt, rows) for attempt in inside]
        tried += looked
        best = max(looked, key=lambda one: one.verdict.score, default=found)
        return best if best.is_answer else found

    def _beside_courtesy(self, found: Found, part: Part, context: Context, tried: list[Found]) -> Found:
        """What is asked beside a greeting or a word of thanks, where no more than that was found."""
        best = found.verdict.best
        asked = self._hearing.without_manners(part.words) if best and best.id in COURTESIES else ()
        if asked == part.words or not self._splitter.question_in(asked):
            return found
        without = self._found(part._replace(words=asked), context)
        tried.append(without)
        return without if self._fact(without) else found

    def _untold(self, seen: Decision, found: Found) -> Decision:
        """Decide what is said where no fact is told."""
        seen = seen._replace(found=found)
        thanks = self._followup.thanks(seen.reading.words)
        best, outcome = found.verdict.best, found.verdict.outcome
        moves = best is not None and best.id.startswith(MOVE) and outcome is not Outcome.NOTHING
        unsure = outcome is Outcome.ASK and best is not None and best.id == OFF_TOPIC
        if (thanks or unsure or not moves) and self._hearing.is_own_life(seen.reading, seen.pieces, seen.rows):
            cry = Cry(CLOSE, why="a statement about the writer's own life")
            return seen._replace(act=Act.SUPPORT, cry=self._hearing.fitted(cry, seen.pieces))
        if thanks:
            return seen._replace(act=Act.THANKS)
        if best is not None and moves:
            return seen._replace(act=Act.MOVE, choice=best.id.removeprefix(MOVE))
        return seen._replace(act=Act.ASK if outcome is Outcome.ASK else Act.NOTHING)

    def _fact(self, found: Found) -> Fact | None:
        best = found.verdict.best
        return self._case.facts.get(best.id) if best and found.is_answer else None

    def _spoken(self, part: Part, message: Words, context: Context) -> Spoken:
        """Who and what was spoken of before a question; those whom the rest of the message names come first."""
        own = frozenset(self._language.entities(texts(part.words)))
        whole = own if part.words == message else frozenset(self._language.entities(texts(message)))
        story = not self._splitter.is_filler(part.story) and not self._asides.tell_nobody(part.story)
        spoken = self._followup.spoken(context)
        people = (whole - own, *(() if story else spoken.people))
        return spoken._replace(people=people, story=story)

    def _lead(self, fact: Fact, unframed: tuple[str, ...], spoken: Spoken) -> str:
        """How the answer to one question begins, by a wording that says the same or a number."""
        if not (fact.yes or fact.no or fact.values):
            return ""
        return self._leads.lead(self._senses.read(unframed), fact, spoken)

    def _finding(self, found: Found, said: Words, unframed: tuple[str, ...], spoken: Spoken) -> Finding | None:
        """The claim that says whether what was asked is so, None where none does or they don't agree."""
        fact = self._fact(found)
        own = fact is not None and {*found.question.entities} <= {*fact.about}
        if own and self._assertions.asks_openly(said):
            return None  # nothing that it takes for granted could be of anybody else
        likeliest = {*self._case.central, *found.question.entities, *(fact.about if fact is not None else ())}
        findings = [
            one
            for one in self._claims.findings(self._assertions.read(said, unframed), spoken)
            # Nobody calls somebody "she" first whom the case is not about, unless the fact that was found is.
            if not (one.is_open and self._case.central) or not likeliest.isdisjoint(one.fact.about)
        ]
        return deciding(findings, [one.id for one in found.verdict.candidates], told=found.is_answer)


def _typed(reading: Reading) -> tuple[str, ...]:
    """The words of a message as they were typed."""
    return tuple(token.word for token in reading.tokens)
