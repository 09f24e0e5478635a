"""A gate that lets requests to Telegram through: so many abreast, at a pace, urgent ones first."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from heapq import heappop, heappush
from itertools import count

KEPT = 2_000
"""How many keys a pace remembers at the most; of those that have caught up it forgets the oldest."""


class Steps:
    """A pace a key: `burst` at once, then one every `interval` seconds. Remembers one number a key."""

    def __init__(self, interval: float, burst: int) -> None:
        """Take the seconds between two and how many may come at once."""
        self._interval = interval
        self._slack = interval * (burst - 1)
        self._due: OrderedDict[Hashable, float] = OrderedDict()

    def wait(self, key: Hashable, now: float) -> float:
        """Return the seconds until the key may step, 0.0 for at once."""
        return max(0.0, self._due.get(key, now) - self._slack - now)

    def step(self, key: Hashable, now: float) -> None:
        """Count a step of the key."""
        self._due[key] = max(self._due.pop(key, now), now) + self._interval
        while len(self._due) > KEPT and next(iter(self._due.values())) <= now:
            self._due.popitem(last=False)

    def __len__(self) -> int:
        """Count the keys remembered."""
        return len(self._due)


class Gate:
    """Lets `abreast` requests through at a time and `per_second` a second; 0.0 sets no pace."""

    def __init__(self, abreast: int, per_second: float) -> None:
        """Take the width and the pace."""
        self._free = abreast
        self._pace = Steps(1 / per_second, max(1, int(per_second / 4))) if per_second else None
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._number = count()
        self._alarm: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def passing(self, *, urgent: bool) -> AsyncIterator[None]:
        """Wait for a turn and keep the place until the end; urgent ones pass before all that wait."""
        turn = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (not urgent, next(self._number), turn))
        self._open()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._leave()
            raise
        try:
            yield
        finally:
            self._leave()

    def _leave(self) -> None:
        self._free += 1
        self._open()

    def _open(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting and self._free:
            if self._waiting[0][2].cancelled():
                heappop(self._waiting)
                continue
            wait = self._pace.wait("all", loop.time()) if self._pace is not None else 0.0
            if wait > 0.0:
                if self._alarm is None:
                    self._alarm = loop.call_later(wait, self._ring)
                return
            if self._pace is not None:
                self._pace.step("all", loop.time())
            self._free -= 1
            heappop(self._waiting)[2].set_result(None)

    def _ring(self) -> None:
        self._alarm = None
        self._open()
