"""What a claim says of what was asked: how it bears on it, whether it denies it, and how an answer begins by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple, Self

from knowledge.case.model import Case, Claim, Fact, Status
from knowledge.language.assertion import Assertion
from knowledge.matching.parties import IT, SAME, Likely, Other

ALIKE = ("yes", "said")
"""Leads that what is said of somebody has together where each part of it has them"""
REPORT = "report"
"""The speaker of what a report says in its own words, though others said the rest of the fact"""


class Bearing(StrEnum):
    """What a claim says of what was asked."""

    SAME = "same"
    OTHER = "other"
    """Something else is so, and only one can be."""
    ELSE = "else"
    """It is so of somebody else."""


class Spoken(NamedTuple):
    """What was spoken of before a question.

    `people` are entity ids, those of the latest turn first; `it` is what "it" means, empty where nothing was told. A
    `story` beside the question may be about others, whom nobody named. `last` is the fact told last.
    """

    people: Likely = ()
    it: str = ""
    story: bool = False
    last: str = ""

    def leads_to(self, fact: Fact, case: Case, *, it: bool, names: bool) -> bool:
        """Tell whether a question may be of a fact: one of "it" (`it`), or one that `names` nobody, asks of what was spoken of."""
        if it and (self.story or self.it not in {"", fact.it or case.it}):
            return False
        if names and not it:
            return True
        latest = next(filter(None, self.people), frozenset[str]())
        return not latest or not latest.isdisjoint(fact.about)


class Finding(NamedTuple):
    """A claim that bears on what was asked. `asked` is the entity that it was asked of, where that is another."""

    fact: Fact
    claim: Claim
    bearing: Bearing
    denied: bool
    agreed_by_no: bool
    tense: str
    asked: Other = SAME
    asking: str = ""
    is_open: bool = False
    """Whether it rests on a pronoun that may mean others, since nobody was spoken of"""
    is_padded: bool = False
    """Whether so much stands beside what it says that it answers nothing, though it may speak against another"""
    what: frozenset[str] = frozenset()
    """The words that say what the claim says: of two claims the one that says more tells better"""

    @classmethod
    def of(cls, said: Assertion, fact: Fact, claim: Claim, bearing: Bearing) -> Self:
        """Return how a claim of a fact bears on what was said to be so."""
        return cls(fact, claim, bearing, said.denied, said.agreed_by_no, said.tense)

    @property
    def is_then(self) -> bool:
        """Tell whether it was asked of now what was so then, and will not be so for ever: an age."""
        return self.claim.age is not None and self.tense == "present"

    @property
    def speakers(self) -> tuple[str, ...]:
        """Return who said it, nobody where it isn't somebody's claim."""
        if self.claim.speaker == REPORT:
            return ()
        if self.claim.speaker:
            return (self.claim.speaker,)
        return self.fact.speakers if self.fact.status is Status.CLAIMED else ()

    @property
    def lead(self) -> str:
        """Return how an answer begins: `yes`, `no`, `said`, `said_not`, `else`, or nothing."""
        if self.bearing is Bearing.ELSE and not (self.claim.only and self.asked.is_who):
            return "else"
        if self.speakers and self.claim.verb != "said":
            return (
                "" if self.bearing is not Bearing.SAME else "said" if self.claim.denies == self.denied else "said_not"
            )
        holds = self.bearing is Bearing.SAME
        agrees = (holds != self.claim.denies) != self.denied
        return "yes" if agrees != self.agreed_by_no else "no"


class Held(NamedTuple):
    """A finding, and the words of what was asked for which its claim does not account."""

    finding: Finding
    left: frozenset[str]


def together(asked: Assertion, parts: Sequence[Held]) -> Iterator[Finding]:
    """Several things said of one and the same, each claimed: "he followed her and rang her". So where all of them are.

    What one claim leaves must be what another says, not what may stand beside it. Of a denial each part may be what is
    denied; nothing is said of it.
    """
    if asked.denied or asked.turned or asked.asking:
        return
    of_one: defaultdict[tuple[str, str, str, tuple[str, ...]], list[Held]] = defaultdict(list)
    for one in parts:
        claim = one.finding.claim
        if one.finding.lead in ALIKE:
            it = one.finding.fact.it if claim.who == IT else ""  # the car isn't the killing
            of_one[claim.who, it, one.finding.lead, one.finding.speakers].append(one)
        elif one.finding.lead:
            return
    for several in of_one.values():
        told = frozenset[str]().union(*(one.finding.what for one in several))
        fitting = [one for one in several if one.left <= told]
        if fitting:
            best = max(fitting, key=lambda one: len(one.finding.what))
            yield best.finding._replace(what=told)
