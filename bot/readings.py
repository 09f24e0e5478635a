"""The ways to read one question, and what each of them finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from knowledge.language.attribution import Attributed
from knowledge.language.english import Question
from knowledge.language.questions import Part, Words
from knowledge.language.reading import texts
from knowledge.matching.search import Candidate, Query, Row
from knowledge.matching.verdict import Outcome, Verdict

Rows = Mapping[Query, Row]


class Leaning(NamedTuple):
    """What a question leans on in a conversation: `query` is it beside what was answered last, by `last`.

    `near` are the facts near to that; `of_reports` says that reports are what was spoken of, `corrected` that the answer
    was not what was asked for.
    """

    query: Query
    last: str
    near: frozenset[str]
    of_reports: bool = False
    corrected: bool = False


class Attempt(NamedTuple):
    """One reading of a question. `why` says which; moves in `without` don't compete.

    Where it names a report, `put` is what is left without it.
    """

    why: str
    words: Words
    without: frozenset[str] = frozenset()
    story: Words = ()
    put: Attributed | None = None
    leaning: Leaning | None = None

    @property
    def query(self) -> Query:
        """Return what is scored of it first."""
        return Query(texts(self.words))

    def queries(self) -> Iterator[Query]:
        """Yield all that is scored of it."""
        yield self.query
        if self.put and self.put.words:
            yield Query(texts(self.put.words))
        if self.story:
            yield Query(texts(self.story))
        if self.leaning:
            yield self.leaning.query


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
    """The readings of one question. `question` is what it asks as typed; `instead`: it only counts people, or names somebody.

    `bare` ask of what was told last, `again` ask the last question of somebody else, `leant` has names for pronouns.
    """

    question: Question
    plain: Attempt
    instead: Attempt | None = None
    bare: tuple[Attempt, ...] = ()
    again: tuple[Attempt, ...] = ()
    another: str = ""
    leant: Attempt | None = None

    def queries(self) -> Iterator[Query]:
        """Yield all that is to be scored."""
        for attempt in filter(None, (self.plain, self.instead, *self.bare, *self.again, self.leant)):
            yield from attempt.queries()


class Questions(NamedTuple):
    """The questions of a message, with the readings that nearly every message needs: of the `first`, and of its words as a `whole`.

    `whole` is `first` where the message is one question and nothing else.
    """

    words: Words
    parts: tuple[Part, ...]
    first: Readings
    whole: Readings

    def queries(self) -> Iterator[Query]:
        """Yield all that is to be scored of them at once."""
        yield from self.first.queries()
        if self.whole is not self.first:
            yield from self.whole.queries()
