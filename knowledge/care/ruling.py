"""What speaks against a likeness: what goes on over time is not danger, a grown person no child, and who does it to whom."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from knowledge.care.roles import Roles
from knowledge.language.patterns import PatternReader

DANGER, CHILD, WORRIED, PAST = "danger", "child", "worried", "past"
BEREAVED = "bereaved"
RULED = frozenset({DANGER, CHILD, PAST})
"""Concerns that what a message says may rule out."""
NEAR_DANGER = (CHILD, "stalking", "abuse", WORRIED, PAST)
"""What is told in much the same words as danger, where it goes on over time."""
BORNE = frozenset({DANGER, *NEAR_DANGER, "crisis"})
"""What is told of what somebody else does, or of what it does to whoever writes."""
ONGOING, LONG_AGO, THIS_HOUR, GROWN, STILL, DEAD = "ongoing", "long-ago", "this-hour", "grown", "still", "dead"
TOLD = (ONGOING, LONG_AGO, THIS_HOUR, GROWN, STILL, DEAD)
"""The lists of patterns by which one likeness is told from another."""
CLOSE, WITNESS = "close", "witness"
GUILT = ("own", "harm")
"""What is only of the one who does harm."""
SUFFERED = frozenset({"abuse", "stalking", "past", CLOSE})
"""What is only of the one to whom it is done; somebody `worried` too, unless harm is done among others."""
SPARED = (*SUFFERED, WORRIED)
"""Concerns that likeness gives to nobody of whom a signal says that they look for somebody or hurt one."""


class Ruling(NamedTuple):
    """The concerns that a message rules out for likeness, and the one that is told `instead` of any of them."""

    out: frozenset[str]
    instead: str


class RulingReader:
    """Reads rulings by the lists of a case."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]], patterns: PatternReader) -> None:
        self._tells = patterns.read_all({name: lists[name] for name in TOLD})

    def read(self, readings: Iterable[Sequence[str]], likely: Sequence[str], *, elsewhere: bool) -> Ruling:
        """Return what the words of a message rule out; `likely` are the concerns that it is like as a whole, the likest first.

        What goes on over time, with nothing of this very hour, is not danger, nor is what somebody has died of; what
        goes on still is not past, and no grown person is a child. `elsewhere`: as a whole it is far liker to another
        concern than to danger.
        """
        told = {name for read in readings for name in self._tells.names(read)}
        over_time = (elsewhere or not told.isdisjoint({ONGOING, LONG_AGO})) and THIS_HOUR not in told
        ruled_out = {DANGER: over_time or DEAD in told, PAST: STILL in told, CHILD: GROWN in told}
        out = frozenset(concern for concern, is_out in ruled_out.items() if is_out)
        if DEAD in told:
            return Ruling(out, BEREAVED)
        if LONG_AGO in told and told.isdisjoint({ONGOING, THIS_HOUR, STILL}):
            return Ruling(out, PAST)
        near = (one for one in likely if (elsewhere or one in NEAR_DANGER) and one not in out)
        return Ruling(out, next(near, "abuse"))


def ruled(concern: str, may_be: Collection[str], ruling: Callable[[], Ruling]) -> str:
    """Return a concern, or what is told instead where it is one of those that may be ruled out, and is.

    The ruling is asked for only then, for most messages need none.
    """
    return ruling().instead if concern in may_be and concern in ruling().out else concern


def turned(concern: str, roles: Roles, likely: Sequence[str], *, sure: bool = True) -> str:
    """Return the concern that fits who does what to whom; of several the likeliest, in the order of `likely`.

    Nobody is blamed for what another does, nor, unless that is `sure`, where the message tells of nothing done.
    """
    suffers = roles.to_writer or ((roles.pressed or roles.among_others) and not roles.by_writer)
    blameless = not roles.by_writer and (roles.of_others or not sure)
    own = roles.alone or (roles.to_writer and not roles.among_others)
    unfit = {WITNESS, *GUILT, *([WORRIED] if own else [])}
    wrong = (concern == WORRIED and own) or (concern == WITNESS and roles.to_writer)
    if wrong or (suffers and concern in GUILT) or (blameless and concern == GUILT[0]):
        return next((other for other in likely if other in BORNE - unfit), "abuse")
    if concern in {"abuse", "stalking"} and roles.only_among_others and not roles.pressed:
        return WORRIED
    guilty = roles.by_writer and not roles.to_writer
    if guilty and (concern in {WITNESS, *SUFFERED} or (concern == WORRIED and not roles.among_others)):
        return next((other for other in likely if other in GUILT), GUILT[0])
    return concern
