"""What the bot listens on: the webhook, /health for an orchestrator, /metrics for Prometheus.

python-telegram-bot's own webhook answers 200 before an update is handled, so that a kill loses what waits. This one
answers when the update is handled: until then Telegram holds it, and sends it again where no answer came.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import re
import socket
from time import monotonic
from typing import TYPE_CHECKING, Any

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.settings import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.faces.telegram.incoming.queue import Intake
    from bot.faces.telegram.metrics import Tally
    from bot.settings import Webhook

LARGEST = 1_000_000
"""Bytes of an update at the most; Telegram's are far smaller."""

CONNECTIONS = 40
"""Updates that Telegram may deliver at once: its own default."""


BEHIND = 30.0
"""Seconds after the start in which Telegram delivers what waited for it."""


class _Silent(RequestHandler):
    """Answers errors with their number only."""

    def write_error(self, status_code: int, **_: Any) -> None:
        self.finish(f"{status_code}\n")

    def log_exception(self, *_: Any) -> None:
        """Log nothing: what failed may hold words."""


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


class Updates(_Silent):
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


class Health(_Silent):
    """Says 200 while messages are being answered, 503 before and after."""

    def initialize(self, is_well: Callable[[], bool]) -> None:
        """Take the question to ask."""
        self._is_well = is_well

    def get(self) -> None:
        """Answer."""
        if self._is_well():
            self.finish("ok\n")
        else:
            self.send_error(503)


class Metrics(_Silent):
    """Tells counts and latencies."""

    def initialize(self, tally: Tally) -> None:
        """Take the counts."""
        self._tally = tally

    def get(self) -> None:
        """Answer in Prometheus' text format."""
        self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.finish(self._tally.text())


def open_webhook(webhook: Webhook, hook: Hook, is_well: Callable[[], bool]) -> HTTPServer:
    """Listen for Telegram, with /health beside."""
    routes = [
        (re.escape(webhook.path), Updates, {"hook": hook}),
        ("/health", Health, {"is_well": is_well}),
    ]
    return _listen(routes, webhook.port, webhook.listen, "TELEGRAM_WEBHOOK_PORT")


def open_metrics(port: int, tally: Tally, is_well: Callable[[], bool]) -> HTTPServer:
    """Listen for Prometheus on this machine only, with /health beside."""
    routes = [("/metrics", Metrics, {"tally": tally}), ("/health", Health, {"is_well": is_well})]
    return _listen(routes, port, "127.0.0.1", "CASEBOOK_METRICS_PORT")


def _listen(routes: list[Any], port: int, address: str, setting: str) -> HTTPServer:
    server = HTTPServer(Application(routes, log_function=lambda _: None), max_body_size=LARGEST)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        listening = socket.create_server((address, port), family=family)
    except OSError as error:
        problem = f"port {port} can't be listened on ({type(error).__name__})"
        raise SettingError(setting, problem, "choose another, or stop what uses it") from None
    listening.setblocking(False)
    server.add_sockets([listening])
    return server
