"""What is remembered by key for a while: in memory, bounded and expiring."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

KEPT_SECONDS = 15 * 60.0
"""How long a context is kept after the last message, in seconds (rule 16 of the care page)."""

KEPT_CHATS = 20_000
"""How many chats are kept at the most; the one longest silent goes first."""

V = TypeVar("V")


class Memory(Generic[V]):
    """Values of so many keys, each for so long after it was last kept. Forgets by itself.

    `clock` returns seconds and never goes back, as `time.monotonic` does.
    """

    def __init__(self, clock: Callable[[], float], *, seconds: float = KEPT_SECONDS, most: int = KEPT_CHATS) -> None:
        self._clock = clock
        self._seconds = seconds
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[float, V]] = OrderedDict()

    def recall(self, key: Hashable) -> V | None:
        """Return what is kept under a key, or None where there is nothing or it has expired."""
        self._expire()
        return self._kept[key][1] if key in self._kept else None

    def keep(self, key: Hashable, value: V) -> None:
        """Keep a value from now on for as long as this memory keeps any."""
        self._kept.pop(key, None)
        self._kept[key] = (self._clock() + self._seconds, value)
        self._expire()

    def forget(self, key: Hashable) -> None:
        """Drop what is kept under a key."""
        self._kept.pop(key, None)

    def __len__(self) -> int:
        """Count the keys kept."""
        return len(self._kept)

    def _expire(self) -> None:
        now = self._clock()
        while self._kept:
            key, (until, _) = next(iter(self._kept.items()))
            if until > now and len(self._kept) <= self._most:
                return
            del self._kept[key]
