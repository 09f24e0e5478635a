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
        self._held: dict[int, InHand] = {}
        self._next: int | None = None
        self._idle = 0
        self._hooked = False
        self._stuck_since: float | None = None
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
                await self._breathe()

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
        self._is_behind = self._is_behind and len(batch) >= WINDOW
        if batch:
            self._next = batch[-1].get("update_id", 0) + 1
        self._idle = 0 if fresh else self._idle + 1
        self._unstick(is_full=len(batch) >= WINDOW and not fresh)

    def _unstick(self, *, is_full: bool) -> None:
        """Hold those of a full window no longer than STUCK."""
        now = asyncio.get_running_loop().time()
        if not is_full:
            self._stuck_since = None
        elif self._stuck_since is None:
            self._stuck_since = now
        elif now - self._stuck_since > STUCK:
            self._held.clear()

    async def _breathe(self) -> None:
        """Wait until most of what is in hand is done, or a moment."""
        loop = asyncio.get_running_loop()
        until = loop.time() + BUSY[min(self._idle, len(BUSY) - 1)]
        few = len(self._held) // 4
        while len(self._held) > few and (left := until - loop.time()) > 0.0:
            held = {hand.free for hand in self._held.values()}
            done, _ = await asyncio.wait(held, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            if done:
                self._drop_free()
        self._drop_free()

    def _drop_free(self) -> None:
        """Hold no longer what is done, or only waits; what was cut short at the end is neither, and comes again."""
        self._held = {number: hand for number, hand in self._held.items() if not hand.is_free}
