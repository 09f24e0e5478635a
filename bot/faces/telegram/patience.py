"""Bearing a Telegram that is away or refuses: growing pauses, and one line a minute."""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING, TypeVar

from telegram.error import RetryAfter, TelegramError

from bot.faces.telegram.log import tell
from bot.faces.telegram.trouble import trouble, wait_of
from bot.settings import SettingError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")

PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds before each further try; the last one over and over."""

MINUTE = 60.0
"""Seconds between two lines of complaint."""


class Patience:
    """Waits out failures; says so at once and then once a minute."""

    def __init__(self) -> None:
        """Start without complaint."""
        self._failures = 0
        self._told: float | None = None

    def complain(self, error: TelegramError | SettingError) -> None:
        """Count a failure, and tell of it where a minute has passed since the last line."""
        now = asyncio.get_running_loop().time()
        if self._told is None or now - self._told >= MINUTE:
            self._told = now
            tell(f"casebook: {trouble(error)}; trying again")
        self._failures += 1

    async def bear(self, error: TelegramError | SettingError) -> None:
        """Complain, then wait: as long as Telegram asks for, or longer each time."""
        self.complain(error)
        pause = PAUSES[min(self._failures, len(PAUSES)) - 1]
        await asyncio.sleep(wait_of(error) if isinstance(error, RetryAfter) else pause)

    def relieve(self) -> None:
        """Begin anew: all is well."""
        self._failures = 0

    @property
    def is_strained(self) -> bool:
        """Say whether the last try failed."""
        return self._failures > 0

    async def until(self, action: Callable[[], Awaitable[T]], *, at_most: float = math.inf) -> T:
        """Do something as often as it takes. Raise a SettingError that has come each time for `at_most` seconds."""
        since = None
        while True:
            try:
                done = await action()
            except SettingError as error:
                now = asyncio.get_running_loop().time()
                since = now if since is None else since
                if now - since >= at_most:
                    raise
                await self.bear(error)
            except TelegramError as error:
                since = None
                await self.bear(error)
            else:
                self.relieve()
                return done
