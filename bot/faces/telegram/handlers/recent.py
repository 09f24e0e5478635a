"""What was answered a moment ago, so that what was sent meanwhile needs no answer of its own."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from time import monotonic

from bot.faces.telegram.outgoing.delivery import TAKEN

KEPT_SECONDS = 60.0
"""How long an answer is remembered, in seconds."""


class Recent:
    """The answers of the last minute, by keys that hold ids only. `clock` returns seconds and never goes back."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Take the clock."""
        self._clock = clock
        self._answered: OrderedDict[Hashable, float] = OrderedDict()

    def note(self, key: Hashable) -> None:
        """Remember that a key has just been answered."""
        now = self._clock()
        self._answered.pop(key, None)
        self._answered[key] = now
        while next(iter(self._answered.values())) < now - KEPT_SECONDS:
            self._answered.popitem(last=False)

    def covers(self, key: Hashable, *, seconds: float = 0.0) -> bool:
        """Say whether the update in hand was taken in before the key was answered, or at most `seconds` after it."""
        answered = self._answered.get(key)
        return answered is not None and TAKEN.get(self._clock()) <= answered + seconds
