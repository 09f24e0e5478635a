"""The webhook that Telegram delivers to, and whether its deliveries arrive.

python-telegram-bot's own webhook answers 200 before an update is handled, so that a kill loses what waits. This one
answers when the update is handled: until then Telegram holds it, and sends it again where no answer came.

Nothing tells the bot that it is deaf, so it asks: somebody may delete the webhook or set another; a proxy or a certificate
between Telegram and the bot may fail.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import re
import time
from typing import TYPE_CHECKING, Any

from bot.faces.telegram.incoming.health import Silent, listen, routes_of
from bot.faces.telegram.trouble import said
from bot.operator import tell
from bot.settings import SettingError

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable

    from telegram import WebhookInfo
    from tornado.httpserver import HTTPServer

    from bot.faces.telegram.incoming.health import Health
    from bot.faces.telegram.incoming.queue import Intake
    from bot.faces.telegram.metrics import Tally
    from bot.faces.telegram.outgoing.client import Wire
    from bot.faces.telegram.trouble import Patience
    from bot.settings import Webhook

CONNECTIONS = 40
"""Updates that Telegram may deliver at once: its own default."""


BEHIND = 30.0
"""Seconds after the start in which Telegram delivers what waited for it."""


class Hook:
    """The webhook: where updates go, the secret that Telegram sends along, and the end."""

    def __init__(self, intake: Intake, secret: str) -> None:
        """Take where updates go and the secret."""
        self.intake = intake
        self.secret = secret
        self.opened = time.monotonic()
        self.busy = 0
        self.is_closed = False

    async def handle(self, raw: dict[str, Any]) -> bool:
        """Handle an update; return once it need not be held any longer, or False where it was cut short by the end."""
        hand = self.intake.take(raw, waited=time.monotonic() - self.opened < BEHIND)
        if hand is not None:
            await asyncio.wait({hand.free})
        return hand is None or hand.is_free

    async def close(self, seconds: float) -> None:
        """Take no more, and wait until all taken are answered, no longer than so many seconds."""
        self.is_closed = True
        await self.intake.finish(seconds)
        for _ in range(100):
            if not self.busy:
                return
            await asyncio.sleep(0.01)


class Updates(Silent):
    """Takes updates from Telegram, and from nobody else."""

    def initialize(self, hook: Hook) -> None:
        """Take the webhook that this is a request to."""
        self._hook = hook

    async def post(self) -> None:
        """Handle an update, then answer 200; 403 without the secret, 400 for what is no update, 503 at the end."""
        given = self.request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), self._hook.secret.encode()):
            self.send_error(403)
            return
        try:
            raw = json.loads(self.request.body)
        except (ValueError, RecursionError):
            raw = None
        if not isinstance(raw, dict):
            self.send_error(400)
            return
        if self._hook.is_closed:
            self.send_error(503)
            return
        self._hook.busy += 1
        try:
            if not await self._hook.handle(raw):
                self.send_error(503)
                return
            await self.finish()
        finally:
            self._hook.busy -= 1


def open_webhook(taken: socket.socket, webhook: Webhook, hook: Hook, health: Health) -> HTTPServer:
    """Listen for Telegram, with the pages about the bot's health beside."""
    return listen(taken, webhook.at, [(re.escape(webhook.path), Updates, {"hook": hook}), *routes_of(health)])


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
