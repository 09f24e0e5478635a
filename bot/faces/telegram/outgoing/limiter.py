"""Pace and perseverance of what goes out: Telegram's limits kept, urgent replies first, failures sent again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Any, TypeAlias

from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.faces.telegram.hand import note_waiting
from bot.faces.telegram.state.store import Key, Rate, Store
from bot.faces.telegram.trouble import PAUSES, Patience, Verdict, judge, wait_of

PRIVATE, GROUP, UNPACED = Rate(1.0, 5), Rate(3.0, 20), Rate(0.0, 1)
"""What Telegram allows a private chat and a group (its FAQ), with a burst; and no pace but its own 429."""

ALL: Key = ("all",)
"""The key of the pace of all chats together."""

ABREAST = 16
"""Requests under way at once: measured, over a real network 8 to 16 do best, for each connection costs."""

LASTING = 240.0
"""Seconds that a reply is tried for; one that is still unsent then is counted as failed."""

BRIEF = 2.0
"""The same for answers to a tap or an inline query, which Telegram takes for seconds only."""

Made: TypeAlias = bool | dict[str, Any] | list[dict[str, Any]]
Call: TypeAlias = Callable[..., Coroutine[Any, Any, Made]]


class Slots:
    """Lets so many requests through at a time, urgent ones before all that wait."""

    def __init__(self, abreast: int) -> None:
        """Take how many."""
        self._free = abreast
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._number = count()

    @asynccontextmanager
    async def passing(self, *, urgent: bool) -> AsyncIterator[None]:
        """Wait for a slot and keep it until the end."""
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
        while self._waiting and self._free:
            _, _, turn = heappop(self._waiting)
            if not turn.cancelled():
                self._free -= 1
                turn.set_result(None)


@dataclass(frozen=True, slots=True)
class Haste:
    """How a request goes out: `urgent` before others and past every pace; `again` where twice does no harm."""

    urgent: bool = False
    again: bool = False


class Pace(BaseRateLimiter[Haste]):
    """Holds the bot to Telegram's limits without one chat's wait stalling another.

    At most `per_second` messages a second in all (0.0: no limits but those that Telegram answers with), in a private
    chat five at once and then one a second, in a group twenty and then twenty a minute; with a shared store, so many of
    all copies together.
    """

    def __init__(self, per_second: float, patience: Patience, store: Store) -> None:
        """Take the pace for all chats together, how it is borne that Telegram knows the bot no longer, and where steps count."""
        self._all = Rate(1 / per_second, max(1, int(per_second / 4))) if per_second else UNPACED
        self._slots = Slots(ABREAST)
        self._patience = patience
        self._store = store
        self._ending = asyncio.Event()

    def hurry(self) -> None:
        """Let what waits for its chat's pace go out at once: the bot ends."""
        self._ending.set()

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to close."""

    async def due(self, chat: int) -> float:
        """Return the seconds until the chat may get a message; 0.0 at the end."""
        return 0.0 if self._ending.is_set() else await self._store.due(("chat", chat), self._rate(chat))

    async def rest(self, seconds: float) -> None:
        """Wait so many seconds, but no longer than the bot goes on."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ending.wait(), seconds)

    async def process_request(  # noqa: PLR0913 - the six are python-telegram-bot's
        self,
        callback: Call,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Haste | None,
    ) -> Made:
        """Send the request when it is its turn, and again where `judge` lets it."""
        chat = data.get("chat_id")
        haste = rate_limit_args or Haste(again=not endpoint.startswith("send"))
        if chat is None and not endpoint.startswith("answer"):
            return await callback(*args, **kwargs)  # of the start: whoever asked tries again, and says so
        if isinstance(chat, int):
            await self._turn(chat, haste, is_message=endpoint.startswith("send"))
        pauses = iter(PAUSES)
        last = PAUSES[-1]
        until = asyncio.get_running_loop().time() + (BRIEF if chat is None else LASTING)
        while True:
            try:
                async with self._slots.passing(urgent=haste.urgent):
                    made = await callback(*args, **kwargs)
            except TelegramError as error:
                self._weigh(error)
                verdict = judge(error)
                pause = wait_of(error) if isinstance(error, RetryAfter) else next(pauses, last)
                is_over = asyncio.get_running_loop().time() + pause > until and not isinstance(error, RetryAfter)
                if is_over or verdict is Verdict.REFUSED or (verdict is Verdict.UNSURE and not haste.again):
                    raise
                if isinstance(error, RetryAfter) and isinstance(chat, int):
                    await self._store.hold(("chat", chat), self._rate(chat), pause)
                    note_waiting()
                await asyncio.sleep(pause)
            else:
                self._patience.relieve()
                return made

    def _weigh(self, error: TelegramError) -> None:
        if isinstance(error, InvalidToken):
            self._patience.complain(error)
        else:
            self._patience.relieve()

    def _rate(self, chat: int) -> Rate:
        if self._all == UNPACED:
            return UNPACED
        return PRIVATE if chat > 0 else GROUP

    async def _turn(self, chat: int, haste: Haste, *, is_message: bool) -> None:
        """Wait for the chat's turn, then for that of all chats; what is no message takes no turn from those that are."""
        key, rate = ("chat", chat), self._rate(chat)
        if not self._ending.is_set():
            step = self._store.step(key, rate, urgent=haste.urgent) if is_message else self._store.due(key, rate)
            if (wait := await step) > 0.0:
                note_waiting()
                await self.rest(wait)
        if is_message and (wait := await self._store.step(ALL, self._all, urgent=haste.urgent)) > 0.0:
            await asyncio.sleep(wait)
