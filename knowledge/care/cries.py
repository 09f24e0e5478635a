"""What was heard in a message, and which of several such cries counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from knowledge.care.ruling import BEREAVED, CLOSE, GUILT
from knowledge.matching.verdict import Tuning

GRAVEST_FIRST = (
    "danger", "taken", "crisis", "child", "own", "stalking", "abuse", "worried", "family", "bereaved", "witness", "past", "harm",
    "deaf", "quiet", "tracks", "contacts", "upset", CLOSE,
)  # fmt: skip
"""The concerns in the order in which they count where several are told; one that stands in none of these comes last."""
_RANKS = {concern: rank for rank, concern in enumerate(GRAVEST_FIRST)}

ACUTE = frozenset({"danger", "taken"})
"""Concerns that can't wait for a second look, whatever else is said."""
GRAVE = ACUTE | {"crisis"}
"""Concerns that no likeness to anything else silences."""
ASSERTING = frozenset({"crisis", "own", "stalking", "past", "family", "bereaved", "witness", "upset"})
"""Concerns whose words say what is going on with whoever writes: too much for a weak likeness."""
CRISIS, CONTACTS = "crisis", "contacts"
TOLD = 1.0
"""The sureness of what is told, and not only likely."""


class Cry(NamedTuple):
    """What was heard: the concern, why, and a line to say before all else.

    `contacts` are those for it, in order; where there are none, the concern's own serve. `sureness` is how like
    messages of its kind it is, about 0.0 to 1.3, where nothing else tells, and `TOLD` where a signal or who does what to
    whom does.
    """

    concern: str
    contacts: tuple[str, ...] = ()
    why: str = ""
    line: str = ""
    sureness: float = TOLD
    of_others: bool = False
    """Whether it is told of what happens among others, and not to whoever writes"""
    beside: tuple[str, ...] = ()
    """What is said below the first line to somebody who tells of themselves beside it"""
    written: bool = False
    """Whether contacts are told by what can be written to"""
    abroad: bool = False
    """Whether contacts are told as they are reached from outside the UK"""


def gravest(cries: Sequence[Cry], of_whole: Callable[[str], float], tuning: Tuning) -> Cry | None:
    """Return the gravest of several; of those that are no more than likely, the likest to a piece and, `tuning.whole` times, to the whole message.

    `of_whole` says how like a concern the message as a whole is. Of these what can't wait counts unless another is far
    likelier, and despair that is more than a little likely.
    """
    heard = _counting(cries, tuning)
    first = min(heard, key=lambda cry: _RANKS.get(cry.concern, len(_RANKS)), default=None)
    if first is None or first.sureness == TOLD:
        return first

    def likely(cry: Cry) -> float:
        return cry.sureness + tuning.whole * of_whole(cry.concern)

    likeliest = max([cry for cry in heard if cry.sureness != TOLD and cry.concern != CONTACTS] or heard, key=likely)
    if first.concern in ACUTE:
        return likeliest if likely(likeliest) - likely(first) > tuning.elsewhere else first
    return first if first.concern in GRAVE and first.sureness >= tuning.beside else likeliest


def _counting(cries: Sequence[Cry], tuning: Tuning) -> list[Cry]:
    """Those of several that count.

    What is only a little like something gives way to what is told or signed, danger to what the writer did and to grief
    alone, or to something taken. Despair gives way to what the writer did however likely it is: shame over it reads much
    alike, and its row has who listens to both.
    """
    signed = {cry.concern for cry in cries if cry.sureness == TOLD}
    told = signed - {CONTACTS}
    kept = signed & ACUTE or (ACUTE if told else GRAVE)
    least = tuning.beside if told else tuning.soft if signed else 0.0
    ashamed = {CRISIS} if GUILT[0] in told else frozenset[str]()
    faint = tuning.soft if told & {GUILT[0], BEREAVED} else 0.0
    return [
        cry
        for cry in cries
        if cry.sureness == TOLD
        or (cry.concern in kept and cry.sureness >= faint)
        or (cry.sureness >= least and cry.concern not in ashamed)
    ]
