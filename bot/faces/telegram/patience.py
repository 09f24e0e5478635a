"""Bearing a network that is away: growing pauses, and one line a minute."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.faces.telegram.quiet import tell
from bot.faces.telegram.retry import wait_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")

PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds before each further try; the last one over and over."""

MINUTE = 60.0
"""Seconds between two lines of complaint."""


class Patience:
    """Waits out failures; says so at once and then once a minute, and says when it is over."""

    def __init__(self) -> None:
        """Start without complaint."""
        self._failures = 0
        self._told: float | None = None

    async def bear(self, trouble: str) -> None:
        """Complain where a minute has passed since the last time, then wait, longer each time."""
        now = asyncio.get_running_loop().time()
        if self._told is None or now - self._told >= MINUTE:
            self._told = now
            tell(f"casebook: {trouble}; trying again")
        pause = PAUSES[min(self._failures, len(PAUSES) - 1)]
        self._failures += 1
        await asyncio.sleep(pause)

    def relieve(self) -> None:
        """Begin anew: all is well."""
        self._failures = 0

    @property
    def is_strained(self) -> bool:
        """Say whether the last try failed."""
        return self._failures > 0

    async def until(self, action: Callable[[], Awaitable[T]]) -> T:
        """Do something as often as it takes. Raise at once what no waiting mends: InvalidToken and BadRequest."""
        while True:
            try:
                done = await action()
            except (InvalidToken, BadRequest):
                raise
            except RetryAfter as error:
                await asyncio.sleep(wait_of(error))
            except TelegramError as error:
                await self.bear(f"Telegram can't be reached ({type(error).__name__})")
            else:
                self.relieve()
                return done
