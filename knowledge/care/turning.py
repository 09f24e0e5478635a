"""The row that fits who does what to whom, where likeness alone would take the one for the other."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.care.roles import Roles
from knowledge.care.ruling import WORRIED

CLOSE, WITNESS = "close", "witness"
GUILT = ("own", "harm")
"""What is only of the one who does harm."""
SUFFERED = frozenset({"abuse", "stalking", "past", CLOSE})
"""What is only of the one to whom it is done; somebody `worried` too, unless harm is done among others."""
SPARED = (*SUFFERED, WORRIED)
"""Concerns that likeness gives to nobody of whom a signal says that they look for somebody or hurt one."""


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
        return next((other for other in likely if other not in unfit), "abuse")
    if (
        concern in {"abuse", "stalking"}
        and roles.among_others
        and not (roles.to_writer or roles.by_writer or roles.pressed)
    ):
        return WORRIED
    guilty = roles.by_writer and not roles.to_writer
    if guilty and (concern in {WITNESS, *SUFFERED} or (concern == WORRIED and not roles.among_others)):
        return next((other for other in likely if other in GUILT), GUILT[0])
    return concern
