"""Pace and perseverance of what goes out: each chat's own waits, urgent replies first, failures sent again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeAlias

from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.faces.telegram.outgoing.gate import Gate, Steps
from bot.faces.telegram.outgoing.retry import Verdict, judge, wait_of
from bot.faces.telegram.patience import Patience

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
        """Send the request when it is its turn, and again where the rule of `retry` lets it."""
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
