"""Where the state of the chats is kept: what every store does, and the one in memory."""

from __future__ import annotations

import secrets
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Mapping
from time import monotonic
from typing import Any, NamedTuple, Protocol

from bot.memory import Memory

Key = tuple[int | str, ...]
"""Whose or what a value is: chats, topics, people, messages, by their ids."""


class Kind(NamedTuple):
    """A kind of value: its name, how many seconds it is kept after it was last written, how many are kept in memory."""

    name: str
    seconds: float
    most: int = 20_000


class Rate(NamedTuple):
    """A pace: `burst` at once, then one every `interval` seconds."""

    interval: float
    burst: int

    @property
    def slack(self) -> float:
        """Return how many seconds ahead of the even pace a burst may run."""
        return self.interval * (self.burst - 1)


class Store(Protocol):
    """Keeps values by kind and key until their time is over. A store that is away answers as an empty one."""

    async def open(self) -> None:
        """Make ready; raise SettingError where it can't be used at all."""

    async def close(self) -> None:
        """Let go of what was opened."""

    @property
    def trouble(self) -> str:
        """Return what is the matter, in a few words; empty where all is well."""

    @property
    def key(self) -> bytes:
        """Return a key that all share who share the store, to seal what must hold no words."""

    async def get(self, kind: Kind, key: Key) -> bytes | None:
        """Return a value, or None."""

    async def put(self, kind: Kind, values: Mapping[Key, bytes]) -> None:
        """Keep values, in place of those that were there."""

    async def drop(self, kind: Kind, key: Key) -> None:
        """Forget a value or a list."""

    async def mark(self, kind: Kind, key: Key) -> bool:
        """Keep that a key was seen; return whether it is new."""

    async def append(self, kind: Kind, key: Key, items: list[bytes], most: int) -> None:
        """Add items to a list, of which the last `most` are kept."""

    async def take(self, kind: Kind, key: Key) -> list[bytes]:
        """Return a list, and forget it."""

    async def step(self, key: Key, rate: Rate, *, urgent: bool) -> float:
        """Reserve the next step of a key and return the seconds until it, 0.0 for at once; an urgent one waits for none."""

    async def due(self, key: Key, rate: Rate) -> float:
        """Return the seconds until the next step of a key, without reserving it."""

    async def hold(self, key: Key, rate: Rate, seconds: float) -> None:
        """Let a key make no step for so many seconds."""


MOST_PACED = 2_000
"""How many paces are remembered in memory; of those that have caught up the oldest are forgotten."""


class InMemory:
    """A store of this process alone, bounded, that forgets by itself. `clock` returns seconds and never goes back."""

    trouble = ""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Take the clock."""
        self.key = secrets.token_bytes(32)
        self._clock = clock
        self._kinds: dict[Kind, Memory[Any]] = {}
        self._paces: OrderedDict[Hashable, float] = OrderedDict()

    async def open(self) -> None:
        """Do nothing: it is ready."""

    async def close(self) -> None:
        """Do nothing: it ends with its process."""

    def _of(self, kind: Kind) -> Memory[Any]:
        if kind not in self._kinds:
            self._kinds[kind] = Memory(self._clock, seconds=kind.seconds, most=kind.most)
        return self._kinds[kind]

    async def get(self, kind: Kind, key: Key) -> bytes | None:
        """Return a value, or None."""
        return self._of(kind).recall(key)

    async def put(self, kind: Kind, values: Mapping[Key, bytes]) -> None:
        """Keep values."""
        for key, value in values.items():
            self._of(kind).keep(key, value)

    async def drop(self, kind: Kind, key: Key) -> None:
        """Forget a value or a list."""
        self._of(kind).forget(key)

    async def mark(self, kind: Kind, key: Key) -> bool:
        """Keep that a key was seen; return whether it is new."""
        kept = self._of(kind)
        if kept.recall(key) is not None:
            return False
        kept.keep(key, b"")
        return True

    async def append(self, kind: Kind, key: Key, items: list[bytes], most: int) -> None:
        """Add items to a list."""
        listed = self._of(kind).recall(key) or deque(maxlen=most)
        listed.extend(items)
        self._of(kind).keep(key, listed)

    async def take(self, kind: Kind, key: Key) -> list[bytes]:
        """Return a list, and forget it."""
        listed = self._of(kind).recall(key) or ()
        self._of(kind).forget(key)
        return list(listed)

    async def step(self, key: Key, rate: Rate, *, urgent: bool) -> float:
        """Reserve the next step of a key, and return the seconds until it."""
        now = self._clock()
        due = max(self._paces.pop(key, now), now)
        self._paces[key] = due + rate.interval
        while len(self._paces) > MOST_PACED and next(iter(self._paces.values())) <= now:
            self._paces.popitem(last=False)
        return 0.0 if urgent else max(0.0, due - rate.slack - now)

    async def due(self, key: Key, rate: Rate) -> float:
        """Return the seconds until the next step of a key."""
        now = self._clock()
        return max(0.0, self._paces.get(key, now) - rate.slack - now)

    async def hold(self, key: Key, rate: Rate, seconds: float) -> None:
        """Let a key make no step for so many seconds."""
        until = self._clock() + seconds + rate.slack
        self._paces[key] = max(self._paces.pop(key, until), until)

    @property
    def paces(self) -> int:
        """Count the paces remembered."""
        return len(self._paces)

    @property
    def values(self) -> int:
        """Count the values kept."""
        return sum(map(len, self._kinds.values()))
