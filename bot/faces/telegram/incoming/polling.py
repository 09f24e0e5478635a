"""Polling, with updates confirmed after they were handled: what waits when the process is killed comes again.

Telegram forgets all updates before the offset of the next fetch. python-telegram-bot's updater moves it past all it
has fetched; here it moves past those that are done, so the first one still in hand comes again with each fetch, and
those behind it too: the ids seen tell which are new.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from telegram.error import TelegramError

from bot.faces.telegram.trouble import is_hooked

if TYPE_CHECKING:
    from bot.faces.telegram.incoming.queue import Intake
    from bot.faces.telegram.outgoing.client import Wire
    from bot.faces.telegram.trouble import Patience

WINDOW = 100
"""Updates that one fetch brings at the most."""

LONG = 10
"""Seconds that Telegram waits for the first update: python-telegram-bot's own."""

BUSY = (0.02, 0.05, 0.1, 0.2, 0.4)
"""Seconds to wait for replies in hand before a fetch, growing while nothing new comes."""

LAST = 8.0
"""Seconds to try at the end to confirm what is done; with the grace for replies, less than the unit file allows."""

STUCK = 5.0
"""Seconds that a full window of a hundred may wait for its first update; then that one no longer holds the others up,
at the risk that a kill just then loses it."""


class Poll:
    """Fetches updates until told to stop."""

    def __init__(self, wire: Wire, intake: Intake, patience: Patience) -> None:
        """Take the line to Telegram, where updates go, and how failures are borne."""
        self._wire = wire
        self._intake = intake
        self._patience = patience
        self._held: dict[int, asyncio.Task[None]] = {}
        self._next: int | None = None
        self._idle = 0
        self._hooked = False
        self._stuck_since: float | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch and hand on until `stop` is set, whatever Telegram answers meanwhile."""
        stopping = asyncio.create_task(stop.wait())
        while not stop.is_set():
            fetching = asyncio.create_task(self._fetch())
            await asyncio.wait((fetching, stopping), return_when=asyncio.FIRST_COMPLETED)
            if not fetching.done():
                fetching.cancel()  # nothing is lost by it: what it would have brought is not confirmed
                break
            self._hand_on(fetching.result())
            if self._held:
                await self._breathe()

    async def confirm(self) -> None:
        """Tell Telegram which updates are done, so that they don't come again after a start."""
        self._drop_done()
        offset = self._offset()
        if offset is not None:
            with suppress(TimeoutError, TelegramError):  # then they do come again: twice is better than never
                async with asyncio.timeout(LAST):
                    await self._patience.until(partial(self._wire.fetch, offset, 0))

    async def _fetch(self) -> list[dict[str, Any]]:
        try:
            if self._hooked:
                await self._wire.delete_webhook()
            batch = await self._wire.fetch(self._offset(), 0 if self._held else LONG)
        except TelegramError as error:
            self._hooked = is_hooked(error)
            await self._patience.bear(error)
        else:
            self._hooked = False
            self._patience.relieve()
            return batch
        return []

    def _offset(self) -> int | None:
        return min(self._held, default=self._next)

    def _hand_on(self, batch: list[dict[str, Any]]) -> None:
        fresh = 0
        for raw in batch:
            if self._intake.has_seen(raw):
                continue
            fresh += 1
            if task := self._intake.take(raw):
                self._held[raw["update_id"]] = task
        if batch:
            self._next = batch[-1].get("update_id", 0) + 1
        self._idle = 0 if fresh else self._idle + 1
        self._let_go(is_full=len(batch) >= WINDOW and not fresh, batch=batch)

    def _let_go(self, *, is_full: bool, batch: list[dict[str, Any]]) -> None:
        """Hold the first of a full window no longer than STUCK, and those of a flooding chat not at all."""
        now = asyncio.get_running_loop().time()
        if not is_full:
            self._stuck_since = None
        elif self._stuck_since is None:
            self._stuck_since = now
        elif now - self._stuck_since > STUCK:
            self._held.clear()
        for raw in batch:
            if self._intake.is_flood(raw):
                self._held.pop(raw.get("update_id", 0), None)

    async def _breathe(self) -> None:
        """Wait until most of what is in hand is done, or a moment."""
        loop = asyncio.get_running_loop()
        until = loop.time() + BUSY[min(self._idle, len(BUSY) - 1)]
        few = len(self._held) // 4
        while len(self._held) > few and (left := until - loop.time()) > 0.0:
            done, _ = await asyncio.wait(list(self._held.values()), timeout=left, return_when=asyncio.FIRST_COMPLETED)
            if done:
                self._drop_done()
        self._drop_done()

    def _drop_done(self) -> None:
        """Hold no longer what is done; what was cut short at the end is not, and comes again."""
        self._held = {number: task for number, task in self._held.items() if not task.done() or task.cancelled()}
