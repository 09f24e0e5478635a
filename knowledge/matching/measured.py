"""Numbers and days of what was asked, held against those of a claim."""

from __future__ import annotations

from knowledge.case.model import Claim
from knowledge.language.assertion import Assertion
from knowledge.language.quantities import Range
from knowledge.matching.finding import Bearing

TIMES = 2
"""How many times as many, or as few, a count that is asked about roughly can't be."""
NEARLY = 0.1
"""A count that is told as nearly so many may be less by this share of it."""


def measured(asked: Assertion, claim: Claim, *, spans: bool) -> Bearing | None:
    """Return whether the numbers and days asked are those of a claim; None where it has none, or they can't tell.

    `spans` says that the claim denies any number of them: what wasn't so for days wasn't for two.
    """
    bearing = Bearing.SAME
    if claim.denies and claim.many is not None and not asked.numbers:
        return None  # that they weren't two says nothing of one
    if asked.days:
        if claim.when is None:
            return None
        if not claim.denies and not all(day.fits(claim.when) for day in asked.days):
            bearing = Bearing.OTHER  # what wasn't so on that day wasn't so on another either
    for number in () if spans and claim.many is None else asked.numbers:
        counted = None if claim.many is None else _counted(number, claim.many, nearly=claim.nearly)
        if counted is None:
            return None
        bearing = counted if counted is Bearing.OTHER else bearing
    return bearing


def _counted(asked: Range, value: int, *, nearly: bool) -> Bearing | None:
    """Whether a count is in the range asked for; None where one that is only nearly known, and may have grown, can't tell."""
    if asked.about:
        far = asked.least * TIMES < value or asked.least > value * TIMES
        return Bearing.SAME if asked.least == value else Bearing.OTHER if far else None
    if not nearly:
        return Bearing.SAME if asked.least <= value <= asked.most else Bearing.OTHER
    least, most = int(value * (1 - NEARLY)), value - 1
    if asked.least <= least and most <= asked.most:
        return Bearing.SAME
    return Bearing.OTHER if asked.most < least else None
