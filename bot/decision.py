"""What to do with a message in its context: support, then a choice taken up, then an answer, a question back, or nothing.

A message is read once; a short list of ways to read it is scored in one product; one value carries what was decided,
and all that `casebook explain` shows of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from bot.answering import Answer, Answered, Answering
from bot.events import Reckoned
from bot.readings import Found, Questions, Rows
from bot.reply import NOTHING, Context
from bot.typed import Typed
from knowledge.care.cries import ACUTE, CONTACTS, CRISIS, GRAVE, TOLD, Cry
from knowledge.care.hearing import ABOUT_ME, FAMILY, Hearing
from knowledge.care.pieces import Piece
from knowledge.care.ruling import CLOSE, DANGER, WORRIED
from knowledge.care.signals import Signals
from knowledge.case.model import Case, Fact
from knowledge.language.assertion import AssertionReader
from knowledge.language.attribution import Attributed
from knowledge.language.english import Language
from knowledge.language.questions import Splitter, Words, sentences_of
from knowledge.language.reading import Reader, Reading
from knowledge.matching.compiled import Compiled
from knowledge.matching.index import Index
from knowledge.matching.learning import wordings_of
from knowledge.matching.search import MOVE, NO_ROWS, Candidate, Query, Search
from knowledge.matching.sureness import Sureness
from knowledge.matching.thin import Thin
from knowledge.matching.verdict import Outcome, Tuning

UPSET = "upset"
"""What reading of the case does to whoever writes."""
BESIDE = frozenset({DANGER, CRISIS, "own", "past", "family", "bereaved", "witness", UPSET, CLOSE})
"""Concerns that give way, where they are only a little likely, to a question that is plainly about the case."""
DECLINED = frozenset({"dont-want-to-talk", "not-now", "its-ok"})
"""Rejoinders by which somebody wants no contacts."""
WHO_ANSWERS = "who-answers"
"""The rejoinder of what is asked of whoever picks up: "will it be a woman" tells nothing of whoever writes."""
THANKS = "thanks"
"""The rejoinder of thanks for the contacts."""
NOT_ASKED = Answered((), (), None, ())
"""What is found where nothing is asked."""
FITTED = frozenset({ABOUT_ME, "elsewhere", "for-whom"})
"""Rejoinders that are answered with the contacts for what a message tells of whoever writes, where it tells of anything."""


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


class Decision(NamedTuple):
    """What was decided of a message, and why.

    `choice` is the id of a choice taken up, or of a rejoinder; `cry` what care heard (where it isn't answered, no more
    than a hint), or for a rejoinder the contacts that fit; `put` the report that the last question is put to.
    `answers` are told, in their order, and behind them `reckoned`; `found` is the best reading where none is. `beside`
    is the fact that answers a question beside a cry, `is_plain_beside` says that it does so without a doubt. `pieces`
    and `rows` are what was heard and scored, `tried` the readings that were looked at.
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
    is_plain_beside: bool = False
    pieces: tuple[Piece, ...] = ()
    rows: Rows = NO_ROWS
    tried: tuple[Found, ...] = ()


class Decider:
    """Decides. Holds nothing of any conversation."""

    def __init__(self, case: Case, index: Index, tuning: Tuning, claims: Compiled | None) -> None:
        self._case = case
        self._tuning = tuning
        language = Language.of(case)
        signals = Signals(case)
        claims = claims or Compiled.of(case, language, AssertionReader.of(case, language))
        self._reader = Reader(language, index.vocabulary, signals.reader.vocabulary, claims.words)
        self._splitter = Splitter(case.english)
        self.search = Search(wordings_of(case), self._reader, index, tuning.fuzzy, Thin.of(case, self._reader, index))
        self.sureness = Sureness(case.facts, self.search, self._reader, index)
        self._hearing = Hearing(case, signals, self._reader, self._splitter, self.search, tuning)
        self.answering = Answering(
            case,
            self._reader,
            self._splitter,
            self.search,
            self.sureness,
            tuning,
            claims=claims,
            manners=self._hearing.manners,
        )
        self._followup, self._events = self.answering.followup, self.answering.events
        self._typed = Typed(case)

    def decide(self, message: str, context: Context = NOTHING) -> Decision:
        """Decide what to do with a message."""
        reading = self._reader.read(message)
        return self._at_once(reading, context) or self._scored(reading, context)

    def _at_once(self, reading: Reading, context: Context) -> Decision | None:
        """What is decided before anything is scored: what is typed in place of a tap, and another language."""
        if not reading.words:
            return Decision(Act.EMPTY, reading)
        chosen = self._typed.chosen(reading.typed, context.offered)
        if chosen and not self._events.is_of_days(reading.words):
            return Decision(Act.CHOOSE, reading, choice=chosen)
        if self._typed.is_beyond(reading.typed, context.offered):
            return Decision(Act.BEYOND, reading)
        foreign = self._hearing.language(reading)
        return None if foreign is None else Decision(Act.SUPPORT, reading, cry=foreign)

    def candidate(self, query: Query, label: str) -> Candidate:
        """Return a fact or a move as the candidate that it would be for a query, however far behind."""
        (row,) = self.search.rows([query])
        others = [one for one in self.search.candidates(row) if one.id != label]
        ranked = self.sureness.ranked(row, [*others, self.search.candidate(query, label)])
        return next(one for one in ranked if one.id == label)

    def looks_like_help(self, message: str) -> bool:
        """Tell whether a message would be answered with support contacts; what it asks of the case is seldom looked at."""
        reading = self._reader.read(message)
        decision = self._at_once(reading, NOTHING)
        if decision is not None:
            return decision.act is Act.SUPPORT or decision.choice.startswith(("need:", "contact:"))
        pieces = self._hearing.pieces(reading)
        rows = self.search.scored(piece.query for piece in pieces)
        cry = self._hearing.hear(pieces, rows)
        if cry is None or not (self._is_weak(cry) or self._is_faint(cry)):
            return cry is not None
        return self._scored(reading, NOTHING).act is Act.SUPPORT

    def asked(self, fact: Fact) -> Answer | None:
        """Return the answer to the question that offers a fact, None where the question finds another."""
        decision = self._scored(self._reader.read(fact.question), NOTHING)
        told = decision.answers[0] if decision.answers else None
        return told if told and told.fact.id == fact.id else None

    def _scored(self, reading: Reading, context: Context) -> Decision:
        """Decide by what the readings of a message score: those that nearly every message needs in one product."""
        words = reading.words
        pieces = self._hearing.pieces(reading)
        asked = self.answering.questions(words, context)
        rows = self.search.scored([*(piece.query for piece in pieces), *asked.queries()])
        seen = Decision(Act.NOTHING, reading, pieces=pieces, rows=rows)
        cry = self._hearing.hear(pieces, rows, following=bool(context.facts))
        if cry is not None and context.concern == WORRIED and not self._hearing.is_done_to_writer(pieces):
            cry = cry._replace(of_others=True)
        if context.concern or context.shows_contacts:
            rejoinder, told = self._rejoinder(reading, pieces, rows, cry, context.concern or CONTACTS)
            if rejoinder in DECLINED and (plain := self._asked_beside(asked, rows, context)):
                return seen._replace(act=Act.TELL, answers=plain)
            if rejoinder and not self._asks_beside_thanks(rejoinder, words):
                return seen._replace(act=Act.REJOINDER, choice=rejoinder, cry=told)
        if cry is not None:
            return self._heard(seen, cry, asked, context)
        put = self._followup.put_to(words, asked.first.plain, context)
        if put is not None:
            other = self._followup.of_another_report(put, context)
            return (
                seen._replace(act=Act.CHOOSE, choice=f"fact:{other.id}", put=put)
                if other
                else seen._replace(act=Act.PUT, put=put)
            )
        answered = self.answering.answer(asked, rows, context)
        if self._says_more(answered, words, context):
            return seen
        seen = seen._replace(answers=answered.answers, reckoned=answered.reckoned, tried=answered.tried)
        return seen._replace(act=Act.TELL) if answered.found is None else self._untold(seen, answered.found)

    def _rejoinder(
        self, reading: Reading, pieces: Sequence[Piece], rows: Rows, cry: Cry | None, concern: str
    ) -> tuple[str, Cry | None]:
        """What a message says of the contacts that were given for a concern, or of whoever writes, with those that fit; "" where nothing."""
        query = Query(reading.texts)
        rejoinder, likeness = self._hearing.likeness.rejoinder(self.search.scored([query], rows)[query])
        asked = bool(self._splitter.question_in(reading.words))
        told = None if asked and not rejoinder else self._hearing.told_beside(pieces, concern)
        disclosed = cry is not None and cry.sureness == TOLD and cry.concern not in {CONTACTS, FAMILY}
        needed = self._needed(cry, concern, asked=asked) if cry is not None else 0.0
        if cry is not None and (likeness < needed or (disclosed and rejoinder.startswith(ABOUT_ME))):
            is_told = told is not None and self._hearing.is_only_told(cry, pieces)
            return (ABOUT_ME, told) if is_told else ("", None)
        if told is not None and (cry is None or cry.concern == CONTACTS) and rejoinder in {"", *FITTED}:
            return ABOUT_ME, told
        if told is not None and rejoinder in DECLINED and asked:
            return ABOUT_ME, told
        if told is not None and rejoinder.startswith(ABOUT_ME):
            fits = self._case.care.rejoinders[rejoinder].contacts[:1] == told.contacts[:1]
            return (rejoinder, None) if fits else (ABOUT_ME, told)
        return rejoinder, None if rejoinder == WHO_ANSWERS else told

    def _asked_beside(self, asked: Questions, rows: Rows, context: Context) -> tuple[Answer, ...]:
        """The plain answers to what is asked of the case beside a word that declines contacts: "no number. was he tried"."""
        if len(sentences_of(asked.words)) == 1:
            return ()
        return self._plain(self.answering.answer(asked, rows, context))

    def _plain(self, answered: Answered) -> tuple[Answer, ...]:
        """Those answers that are told without a sign of doubt."""
        return tuple(one for one in answered.answers if one.finding is not None or self.answering.is_plainly(one.found))

    def _asks_beside_thanks(self, rejoinder: str, words: Words) -> bool:
        """Whether something is asked beside a word of thanks for the contacts: "thx. was he arrested"."""
        asked = self._hearing.manners.without(words) if rejoinder == THANKS else words
        return asked != words and bool(self._splitter.question_in(asked))

    def _says_more(self, answered: Answered, words: Words, context: Context) -> bool:
        """Whether a message after a cry rather says more of it than it asks about the case: nobody named, hardly a fact.

        A question does so too as long as nothing of the case was told. After an answer beside what was only a little like
        a cry, it leans on that: "no i meant the date".
        """
        was_answered = context.concern == CLOSE and context.facts
        asks = bool(context.facts) and bool(self._splitter.question_in(words))
        if not context.concern or was_answered or asks or not answered.answers:
            return False
        return not any(one.found.question.entities or self.answering.is_plainly(one.found) for one in answered.answers)

    def _needed(self, cry: Cry, concern: str, *, asked: bool) -> float:
        """How like others of its kind a message has to be to be read as said of the contacts, and not as a cry.

        Somebody who asks something then hardly tells anew what is no more than likely, or what stands already.
        """
        if cry.concern in ACUTE:
            return cry.sureness
        if cry.concern == CONTACTS:
            return self._tuning.soft
        likely = asked and (cry.sureness != TOLD or cry.concern == concern)
        needed = cry.sureness * (1.0 if cry.sureness == TOLD else self._tuning.anew)
        return min(needed, self._tuning.soft if likely else self._tuning.beside)

    def _heard(self, seen: Decision, cry: Cry, asked: Questions, context: Context) -> Decision:
        """Decide what is said to a cry, or whether it is rather a question about the case beside what is a little like one."""
        moved = self._is_weak(cry) and cry.concern == UPSET
        is_asked = self._is_faint(cry) or moved or bool(self._splitter.question_in(asked.words))
        answered = self.answering.answer(asked, seen.rows, context) if is_asked else NOT_ASKED
        plain = self._plain(answered)
        likeliest = sorted(answered.answers, key=lambda one: one.found.verdict.sureness, reverse=True)
        told, is_plain = plain or tuple(likeliest[:1]), bool(plain or answered.reckoned)
        if self._is_rather_asked(cry, told, is_plain=is_plain, following=bool(context.facts)):
            return seen._replace(act=Act.TELL, cry=cry, answers=told, reckoned=answered.reckoned)
        beside = told[0].fact if told else None
        return seen._replace(act=Act.SUPPORT, cry=cry, beside=beside, is_plain_beside=is_plain)

    def _is_faint(self, cry: Cry) -> bool:
        """Whether a message is hardly like a cry at all, in which nothing else is one either."""
        return cry.sureness < self._tuning.soft

    def _is_weak(self, cry: Cry) -> bool:
        """Whether a message is only a little like a cry of the kinds that give way to a question."""
        return cry.sureness < self._tuning.beside and cry.concern in BESIDE

    def _is_rather_asked(self, cry: Cry, told: Sequence[Answer], *, is_plain: bool, following: bool) -> bool:
        """Whether what is only a little like a cry stands beside a question about the case that is plainly one.

        What is hardly like a cry needs no more than to be likelier about the case, nor does what reading of it does to
        whoever writes; `following` an answer more is only a little like one. It is answered then, with a line on who can be
        reached, and the line of danger or who listens first where it is that which it is a little like.
        """
        is_likely = cry.sureness != TOLD
        if is_plain:
            gives_way = self._is_faint(cry) or self._is_weak(cry)
            return gives_way or (is_likely and (cry.concern == UPSET or (following and cry.concern not in GRAVE)))
        hardly = self._is_faint(cry) or (following and self._is_weak(cry))
        if hardly and any(one.found.verdict.score >= self._tuning.soft for one in told):
            return True
        moved = is_likely and cry.concern == UPSET
        return moved and any(one.found.verdict.sureness >= self._tuning.moved for one in told)

    def _untold(self, seen: Decision, found: Found) -> Decision:
        """Decide what is said where no fact is told."""
        seen = seen._replace(found=found)
        best, outcome = found.verdict.best, found.verdict.outcome
        if self._followup.thanks(seen.reading.words):
            return seen._replace(act=Act.THANKS)
        if best is not None and best.id.startswith(MOVE) and outcome is not Outcome.NOTHING:
            return seen._replace(act=Act.MOVE, choice=best.id.removeprefix(MOVE))
        return seen._replace(act=Act.ASK if outcome is Outcome.ASK else Act.NOTHING)
