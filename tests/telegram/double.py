"""Telegram's side of the wire: a strict Bot API over HTTP on loopback, for tests.

It refuses what Telegram refuses, keeps updates until they are confirmed, delivers by long poll or webhook, does what
`fault` says to a request, and records what each chat saw.
"""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path
from typing import Any, Self

import httpx
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from tests.telegram.methods import Methods
from tests.telegram.strict import Entity, RefusedError

TOKEN = "1000:a-token-that-no-log-may-show"
REFUSALS = {400: "Bad Request: Logged out", 401: "Unauthorized", 404: "Not Found"}


@dataclass
class Shown:
    """A message of the bot as a chat shows it."""

    id: int
    text: str
    entities: tuple[Entity, ...] = ()
    rows: list[list[dict[str, Any]]] = field(default_factory=list)
    photo: bytes = b""
    answers: int | None = None
    edited: int = 0
    deleted: bool = False
    preview: bool = True

    @property
    def buttons(self) -> dict[str, dict[str, Any]]:
        """The buttons by what is written on them."""
        return {button["text"]: button for row in self.rows for button in row}


class Double:
    """Telegram. `fault(method, form)` may name what goes wrong: topic 400 401 404 429 500 502 before after half.

    `before` cuts the connection before the request is carried out, `after` behind it, `half` sends half the answer.
    `429 60` asks for a pause of 60 seconds, `429` alone of one.
    """

    def __init__(self, certificate: Path | None = None) -> None:
        """Start with no chats, no updates and no faults; over TLS where there is a certificate with its key."""
        self.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) if certificate else None
        if self.tls:
            self.tls.load_cert_chain(certificate)
        self.seen: defaultdict[int, list[Shown]] = defaultdict(list)
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.updates: dict[int, dict[str, Any]] = {}
        self.fault: Callable[[str, dict[str, str]], str | None] = lambda _method, _form: None
        self.delay = 0.0
        self.behind = 0.0
        self.records = True
        self.wait = 1
        self.number = 0
        self.confirmed = 0
        self.polls = 0
        self.news = asyncio.Event()
        self.methods = Methods(self)
        self.webhook: dict[str, str] = {}
        self.undelivered: dict[str, int | str] = {}
        self.posting: dict[int, deque[int]] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        """Listen on a free port."""
        sockets = bind_sockets(0, "127.0.0.1", family=socket.AF_INET)
        self.port = sockets[0].getsockname()[1]
        calls = Application([(r"/bot([^/]+)/(\w+)", _Call, {"double": self})], log_function=id)
        self.server = HTTPServer(calls, ssl_options=self.tls)
        self.server.add_sockets(sockets)
        self.client = httpx.AsyncClient(
            verify=False, timeout=30, limits=httpx.Limits(max_connections=40), trust_env=False
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close all connections."""
        self.server.stop()
        for task in self.tasks:
            task.cancel()
        await self.server.close_all_connections()
        await self.client.aclose()

    @property
    def url(self) -> str:
        """What TELEGRAM_BASE_URL must be."""
        return f"https://localhost:{self.port}/bot" if self.tls else f"http://127.0.0.1:{self.port}/bot"

    def post(self, kind: str, content: dict[str, Any], number: int | None = None) -> int:
        """Put an update into the queue, with the next number or a given one, and return its number."""
        self.number = self.number + 1 if number is None else self.number
        number = self.number if number is None else number
        self.updates[number] = {"update_id": number, kind: content}
        self.news.set()
        if self.webhook:
            self.deliver(number)
        return number

    def deliver(self, number: int) -> None:
        """Post an update to the webhook, those of a chat one after the other, until each is answered with 200."""
        update = self.updates[number]
        content = next(value for name, value in update.items() if name != "update_id")
        chat = content.get("chat", content.get("message", {}).get("chat", content.get("from", {}))).get("id", 0)
        if chat in self.posting:
            if number not in self.posting[chat]:
                self.posting[chat].append(number)
            return
        self.posting[chat] = deque([number])
        task = asyncio.create_task(self._post_all(chat))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _post_all(self, chat: int) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
        while self.posting[chat]:
            number = self.posting[chat][0]
            try:
                answer = await self.client.post(self.webhook["url"], json=self.updates[number], headers=headers)
                well = answer.status_code == 200
            except httpx.HTTPError:
                well = False
            if well:
                self.updates.pop(number, None)
                self.posting[chat].popleft()
            else:
                self.undelivered = {"last_error_date": int(time.time()), "last_error_message": "Connection refused"}
                await asyncio.sleep(0.1)
        del self.posting[chat]

    async def fetch(self, form: dict[str, str]) -> list[dict[str, Any]]:
        """Answer getUpdates: forget what is confirmed, wait for the first, return a hundred at most."""
        if self.webhook:
            raise RefusedError("Conflict: can't use getUpdates method while webhook is active", 409)
        offset = int(form.get("offset", 0))
        self.polls += 1
        self.confirmed = max(self.confirmed, offset - 1)
        for number in [number for number in self.updates if number < offset]:
            del self.updates[number]
        if not self.updates and int(form.get("timeout", 0)):
            self.news.clear()
            try:
                await asyncio.wait_for(self.news.wait(), min(int(form["timeout"]), self.wait))
            except TimeoutError:
                return []
        return [self.updates[number] for number in sorted(self.updates)][: int(form.get("limit", 100))]

    async def until(self, condition: Callable[[], object], seconds: float = 20.0) -> None:
        """Wait until a condition holds; fail where it never does."""
        async with asyncio.timeout(seconds):
            while not condition():  # noqa: ASYNC110 - what is waited for has no event
                await asyncio.sleep(0.003)

    def did(self, method: str) -> list[dict[str, str]]:
        """Return the forms of all calls of a method."""
        return [form for name, form in self.calls if name == method]


class _Call(RequestHandler):
    """One request of the bot."""

    def initialize(self, double: Double) -> None:
        self.double = double

    async def post(self, token: str, method: str) -> None:
        form = {name: values[-1].decode() for name, values in self.request.body_arguments.items()}
        form |= {name: files[-1].body.decode("latin-1") for name, files in self.request.files.items()}
        if method != "getUpdates" and self.double.records:
            self.double.calls.append((method, form))
        if token != TOKEN:
            self._say(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
            return
        fault, _, pause = (self.double.fault(method, form) or "").partition(" ")
        self.set_header("Date", formatdate(time.time() - self.double.behind, usegmt=True))
        if fault == "topic":
            description = "Bad Request: message thread not found"
            self._say(400, {"ok": False, "error_code": 400, "description": description})
        elif fault in {"400", "401", "404", "429", "500", "502"}:
            self._fail(int(fault), int(pause or 1))
        elif fault == "before":
            self.detach().close()
        else:
            await self._carry_out(method, form, fault)

    async def _carry_out(self, method: str, form: dict[str, str], fault: str) -> None:
        if self.double.delay and method != "getUpdates":
            await asyncio.sleep(self.double.delay)
        try:
            made = await self.double.fetch(form) if method == "getUpdates" else self.double.methods.call(method, form)
            answer, code = {"ok": True, "result": made}, 200
        except RefusedError as no:
            answer, code = {"ok": False, "error_code": no.code, "description": no.description}, no.code
            answer |= {"parameters": no.parameters} if no.parameters else {}
        if fault == "after":
            self.detach().close()
        elif fault == "half":
            whole = json.dumps(answer)
            self.set_status(code)
            self.finish(whole[: len(whole) // 2 + 1])
        else:
            self._say(code, answer)

    def _fail(self, code: int, pause: int) -> None:
        if code == 429:
            words, wait = f"Too Many Requests: retry after {pause}", {"retry_after": pause}
            self._say(429, {"ok": False, "error_code": 429, "description": words, "parameters": wait})
        elif code in REFUSALS:
            self._say(code, {"ok": False, "error_code": code, "description": REFUSALS[code]})
        else:
            self.set_status(code)
            self.finish("<html>not JSON at all</html>")

    def _say(self, code: int, answer: dict[str, Any]) -> None:
        self.set_status(code)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(answer))
