"""The webhook that Telegram delivers to.

python-telegram-bot's own webhook answers 200 before an update is handled, so that a kill loses what waits. This one
answers when the update is handled: until then Telegram holds it, and sends it again where no answer came.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import re
from time import monotonic
from typing import TYPE_CHECKING, Any

from bot.faces.telegram.incoming.health import Silent, listen, routes_of

if TYPE_CHECKING:
    import socket

    from tornado.httpserver import HTTPServer

    from bot.faces.telegram.incoming.health import Health
    from bot.faces.telegram.incoming.queue import Intake
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
        self.opened = monotonic()
        self.busy = 0
        self.is_closed = False

    async def handle(self, raw: dict[str, Any]) -> bool:
        """Handle an update; return once it need not be held any longer, or False where it was cut short by the end."""
        hand = self.intake.take(raw, waited=monotonic() - self.opened < BEHIND)
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
