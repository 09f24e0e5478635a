"""Polling, with updates confirmed after they were handled: what is in hand when the process is killed comes again.

Telegram forgets all updates before the offset of the next fetch. python-telegram-bot's updater moves it past all it
has fetched; here it moves past those that are done, so the first one still in hand comes again with each fetch, and
those behind it too: the ids seen tell which are new. What only waits for its own chat's pace holds up nothing: it is
confirmed, and answered from memory.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from telegram.error import TelegramError

from bot.faces.telegram.trouble import is_hooked

if TYPE_CHECKING:
    from bot.faces.telegram.hand import InHand
    from bot.faces.telegram.incoming.queue import Intake
    from bot.faces.telegram.outgoing.client import Wire
    from bot.faces.telegram.trouble import Patience

WINDOW = 100
"""Updates that one fetch brings at the most."""

LONG = 10
"""Seconds that Telegram waits for the first update: python-telegram-bot's own."""

BUSY = (0.02, 0.05, 0.1)
"""Seconds to wait for replies in hand before a fetch, growing while nothing new comes; the longest behind a full window,
whose updates keep the bot at work meanwhile. Of forty chats of twenty messages, a send taking 50 ms, each update is brought
three times; with the shortest it was six times."""

LAST = 8.0
"""Seconds to try at the end to confirm what is done; with the grace for replies, less than the unit file allows."""

STUCK = 5.0
"""Seconds that a full window of a hundred may wait for its first update; then those in hand no longer hold the others up,
at the risk that a kill just then loses them."""


class Poll:
    """Fetches updates until told to stop."""

    def __init__(self, wire: Wire, intake: Intake, patience: Patience) -> None:
        """Take the line to Telegram, where updates go, and how failures are borne."""
        self._wire = wire
        self._intake = intake
        self._patience = patience
        self._held: dict[int, InHand] = {}
        self._next: int | None = None
        self._idle = 0
        self._hooked = False
        self._first = 0
        """The first that the last fetch brought"""
        self._is_full = False
        """Whether the last fetch brought a full window: the next brings nothing new while the first of it is held"""
        self._is_behind = True
        """Whether what waited for the bot's start is still coming"""

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch and hand on until `stop` is set, whatever Telegram answers meanwhile."""
        stopping = asyncio.create_task(stop.wait())
        while not stop.is_set():
            fetching = asyncio.create_task(self._fetch())
            await asyncio.wait((fetching, stopping), return_when=asyncio.FIRST_COMPLETED)
            if not fetching.done():
                fetching.cancel()  # nothing is lost by it: what it would have brought is not confirmed
                break
            if (batch := fetching.result()) is not None:
                self._hand_on(batch)
            if self._held:
                await self._breathe(stopping)

    async def confirm(self) -> None:
        """Tell Telegram which updates are done, so that they don't come again after a start."""
        self._drop_free()
        offset = self._offset()
        if offset is not None:
            with suppress(TimeoutError, TelegramError):  # then they do come again: twice is better than never
                async with asyncio.timeout(LAST):
                    await self._patience.until(partial(self._wire.fetch, offset, 0))

    async def _fetch(self) -> list[dict[str, Any]] | None:
        try:
            if self._hooked:
                await self._wire.delete_webhook()
            batch = await self._wire.fetch(self._offset(), 0 if self._held or self._is_behind else LONG)
        except TelegramError as error:
            self._hooked = is_hooked(error)
            await self._patience.bear(error)
        else:
            self._hooked = False
            self._patience.relieve()
            return batch
        return None

    def _offset(self) -> int | None:
        return min(self._held, default=self._next)

    def _hand_on(self, batch: list[dict[str, Any]]) -> None:
        fresh = 0
        for raw in batch:
            if self._intake.has_seen(raw):
                continue
            fresh += 1
            if hand := self._intake.take(raw, waited=self._is_behind):
                self._held[raw["update_id"]] = hand
        self._is_full = len(batch) >= WINDOW
        self._is_behind = self._is_behind and self._is_full
        if batch:
            self._first = batch[0].get("update_id", 0)
            self._next = batch[-1].get("update_id", 0) + 1
        self._idle = 0 if fresh else self._idle + 1

    async def _breathe(self, stopping: asyncio.Task[bool]) -> None:
        """Wait until a fetch can bring something new, and most of what is in hand is done or a moment has passed.

        They are done more or less in order, so that it is enough to wait for the oldest, one after the other.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + BUSY[-1 if self._is_full else min(self._idle, len(BUSY) - 1)]
        few = len(self._held) // 4
        if self._is_full and self._first in self._held:
            await self._wait_for(self._first, STUCK, stopping)
            if self._first in self._held and not stopping.done():
                self._held.clear()
        while len(self._held) > few and (left := until - loop.time()) > 0.0 and not stopping.done():
            await self._wait_for(min(self._held), left, stopping)

    async def _wait_for(self, number: int, seconds: float, stopping: asyncio.Task[bool]) -> None:
        """Wait until an update that is held need not be, no longer than so many seconds and not at the end."""
        ends = (self._held[number].free, stopping)
        await asyncio.wait(ends, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        self._drop_free()

    def _drop_free(self) -> None:
        """Hold no longer what is done, or only waits; what was cut short at the end is neither, and comes again."""
        self._held = {number: hand for number, hand in self._held.items() if not hand.is_free}
