"""Pace and perseverance of what goes out: a gate that lets so many through a second, urgent replies first, failures sent again."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Coroutine, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Any, TypeAlias

from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.faces.telegram.trouble import Patience, Verdict, judge, wait_of

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


ABREAST = 16
"""Requests under way at once: measured, over a real network 8 to 16 do best, for each connection costs."""

PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, *[15.0] * 16)
"""Seconds before each further try, some four minutes in all; a reply still unsent then is counted as failed."""

BRIEF = (0.5, 1.0)
"""The same for answers to a tap or an inline query, which Telegram takes for seconds only."""

Made: TypeAlias = bool | dict[str, Any] | list[dict[str, Any]]
Call: TypeAlias = Callable[..., Coroutine[Any, Any, Made]]


@dataclass(frozen=True, slots=True)
class Haste:
    """How a request goes out: `urgent` before others and past its chat's pace; `again` where twice does no harm."""

    urgent: bool = False
    again: bool = False


class Pace(BaseRateLimiter[Haste]):
    """Holds the bot to Telegram's limits without one chat's wait stalling another.

    At most `per_second` messages a second in all (0.0: no limits but those that Telegram answers with), in a private
    chat five at once and then one a second, in a group twenty and then twenty a minute.
    """

    def __init__(self, per_second: float, patience: Patience) -> None:
        """Take the pace for all chats together, and how it is borne that Telegram knows the bot no longer."""
        self._gate = Gate(ABREAST, per_second)
        self._private = Steps(1.0, 5) if per_second else None
        self._group = Steps(3.0, 20) if per_second else None
        self._patience = patience
        self._until: dict[object, float] = {}

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to close."""

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
        pauses = iter(PAUSES if chat is not None else BRIEF)
        while True:
            if chat is not None:
                await self._turn(chat, haste, paced=endpoint.startswith("send"))
            try:
                async with self._gate.passing(urgent=haste.urgent):
                    made = await callback(*args, **kwargs)
            except TelegramError as error:
                self._weigh(error)
                wait = wait_of(error) if isinstance(error, RetryAfter) else None
                pause = next(pauses, None) if wait is None else wait
                verdict = judge(error)
                if pause is None or verdict is Verdict.REFUSED or (verdict is Verdict.UNSURE and not haste.again):
                    raise
                await self._sit_out(error, chat, pause)
            else:
                self._patience.relieve()
                return made

    def _weigh(self, error: TelegramError) -> None:
        if isinstance(error, InvalidToken):
            self._patience.complain(error)
        else:
            self._patience.relieve()

    async def _sit_out(self, error: TelegramError, chat: object, pause: float) -> None:
        loop = asyncio.get_running_loop()
        if isinstance(error, RetryAfter) and chat is not None:
            self._until[chat] = loop.time() + pause
        else:
            await asyncio.sleep(pause)

    async def _turn(self, chat: object, haste: Haste, *, paced: bool) -> None:
        loop = asyncio.get_running_loop()
        while (wait := self._until.get(chat, 0.0) - loop.time()) > 0.0:  # noqa: ASYNC110 - it may have grown meanwhile
            await asyncio.sleep(wait)
        self._until.pop(chat, None)
        steps = self._private if isinstance(chat, int) and chat > 0 else self._group
        if steps is not None and paced:
            while not haste.urgent and (wait := steps.wait(chat, loop.time())) > 0.0:  # noqa: ASYNC110 - as above
                await asyncio.sleep(wait)
            steps.step(chat, loop.time())
