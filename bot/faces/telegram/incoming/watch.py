"""Whether Telegram's deliveries arrive. By webhook nothing tells the bot that it is deaf, so it asks.

Somebody may delete the webhook or set another; a proxy or a certificate between Telegram and the bot may fail.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from bot.faces.telegram.log import tell
from bot.faces.telegram.trouble import said
from bot.settings import SettingError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import WebhookInfo

    from bot.faces.telegram.incoming.queue import Intake
    from bot.faces.telegram.metrics import Tally
    from bot.faces.telegram.outgoing.client import Wire
    from bot.faces.telegram.trouble import Patience

EVERY = 60.0
"""Seconds between two looks."""

GRAIN = 2.0
"""Seconds by which two ages may seem to differ: Telegram's dates, of its answer and of its error, are whole seconds."""

REPLACED = "the webhook was deleted or another one set; setting it again"


class Watch:
    """Looks after the webhook. `undelivered` is how many updates wait at Telegram."""

    def __init__(self, wire: Wire, intake: Intake, tally: Tally, set_webhook: Callable[[], Awaitable[None]]) -> None:
        """Take the line to Telegram, where deliveries go, when the last one came, and what sets the webhook."""
        self._wire = wire
        self._intake = intake
        self._tally = tally
        self._set = set_webhook
        self._since = time.time()
        self._url = ""
        self.undelivered = 0

    async def run(self, patience: Patience) -> None:
        """Look until cancelled. What is wrong is told, and makes the bot unready while it lasts."""
        while True:
            await patience.until(self._look)
            await asyncio.sleep(EVERY)

    async def _look(self) -> None:
        info = await self._wire.get_webhook_info()
        self.undelivered = info.pending_update_count
        if not info.url or self._url not in {"", info.url}:
            tell(f"casebook: {REPLACED}")
            self._url = ""
            await self._set()
        else:
            self._url = info.url  # as Telegram writes it, which may be another way than the setting's
            if self._is_deaf(info):
                problem = f"is where Telegram can't deliver ({said(info.last_error_message or '')})"
                raise SettingError("TELEGRAM_WEBHOOK_URL", problem, "see what stands between Telegram and the bot")

    def _is_deaf(self, info: WebhookInfo) -> bool:
        """Say whether the last delivery failed: something waits, and nothing has come since Telegram's last error.

        Ages are compared, each by its own clock, for the host's may be wrong.
        """
        if not self.undelivered or self._intake.waiting[0] or info.last_error_date is None:
            return False
        silence = time.time() - max(self._since, self._tally.last_heard)
        return (self._wire.now - info.last_error_date).total_seconds() + GRAIN < silence
