"""What a message says that speaks against a likeness: what goes on over time is not danger, a grown person no child."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from knowledge.language.patterns import PatternReader

DANGER, CHILD, WORRIED, PAST = "danger", "child", "worried", "past"
BEREAVED = "bereaved"
RULED = frozenset({DANGER, CHILD, PAST})
"""Concerns that what a message says may rule out."""
NEAR_DANGER = (CHILD, "stalking", "abuse", WORRIED, PAST)
"""What is told in much the same words as danger, where it goes on over time."""
ONGOING, LONG_AGO, THIS_HOUR, GROWN, STILL, DEAD = "ongoing", "long-ago", "this-hour", "grown", "still", "dead"
TOLD = (ONGOING, LONG_AGO, THIS_HOUR, GROWN, STILL, DEAD)
"""The lists of patterns by which one likeness is told from another."""


class Ruling(NamedTuple):
    """The concerns that a message rules out for likeness, and the one that is told `instead` of any of them."""

    out: frozenset[str]
    instead: str


class RulingReader:
    """Reads rulings by the lists of a case."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]], patterns: PatternReader) -> None:
        self._tells = patterns.read_all({name: lists[name] for name in TOLD})

    def read(self, readings: Iterable[Sequence[str]], likely: Sequence[str]) -> Ruling:
        """Return what the words of a message rule out; `likely` are the concerns that it is like as a whole, the likest first.

        What goes on over time, with nothing of this very hour, is not danger, nor is what somebody has died of; what
        goes on still is not past, and no grown person is a child.
        """
        told = {name for read in readings for name in self._tells.names(read)}
        over_time = not told.isdisjoint({ONGOING, LONG_AGO}) and THIS_HOUR not in told
        ruled_out = {DANGER: over_time or DEAD in told, PAST: STILL in told, CHILD: GROWN in told}
        out = frozenset(concern for concern, is_out in ruled_out.items() if is_out)
        if DEAD in told:
            return Ruling(out, BEREAVED)
        if LONG_AGO in told and told.isdisjoint({ONGOING, THIS_HOUR, STILL}):
            return Ruling(out, PAST)
        near = (concern for concern in likely if concern in NEAR_DANGER and concern not in out)
        return Ruling(out, next(near, "abuse"))


def ruled(concern: str, may_be: Collection[str], ruling: Callable[[], Ruling]) -> str:
    """Return a concern, or what is told instead where it is one of those that may be ruled out, and is.

    The ruling is asked for only then, for most messages need none.
    """
    return ruling().instead if concern in may_be and concern in ruling().out else concern
