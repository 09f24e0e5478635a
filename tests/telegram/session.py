"""One line to a running bot: in this process for speed, or as a process of its own."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import wraps
from typing import Any

from bot.faces.telegram.app import Face
from bot.faces.telegram.log import hush
from bot.faces.telegram.state.store import Store
from bot.operator import version
from bot.settings import Settings
from tests.telegram.double import TOKEN, Double
from tests.telegram.stand_in import StandIn, words


def together(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Run an async test."""

    @wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


def environment(double: Double, **more: str) -> dict[str, str]:
    """Return settings that lead to the double, without a pace."""
    given = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_BASE_URL": double.url, "TELEGRAM_MESSAGES_PER_SECOND": "0"}
    return given | more


def started(way: str = "by polling") -> str:
    """Return the line that the stand-in starts with."""
    return (
        f"casebook {version()}: answering as @casebook_bot {way}, reports up to 2021-04-01;"
        " contact: none, CASEBOOK_CONTACT is not set; helplines: 0 of 1 not read for 90 days; Ctrl-C ends\n"
    )


SECRET = "a-secret-of-the-webhook"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def hooked(double: Double, port: int) -> dict[str, str]:
    """Return settings for a webhook."""
    return environment(
        double,
        TELEGRAM_WEBHOOK_URL=f"http://127.0.0.1:{port}/casebook",
        TELEGRAM_WEBHOOK_PORT=str(port),
        TELEGRAM_WEBHOOK_SECRET=SECRET,
    )


@asynccontextmanager
async def answering(conversation: StandIn | None = None, /, **more: str) -> AsyncIterator[Double]:
    """Run the face in this process against a fresh double."""
    async with Double() as double, serving(double, conversation, **more):
        yield double


@asynccontextmanager
async def serving(
    double: Double, conversation: StandIn | None = None, /, *, store: Store | None = None, **more: str
) -> AsyncIterator[Face]:
    """Run the face in this process against a double; several faces may share a store."""
    hush()
    settings = Settings.from_env(environment(double, **more))
    face = Face(conversation or StandIn(), words(), settings, store)  # type: ignore[arg-type]
    stop = asyncio.Event()
    running = asyncio.create_task(face.serve(stop))
    try:
        yield face
    finally:
        stop.set()
        await running


_MINE = re.compile(r"TELEGRAM_|CASEBOOK_|SSL_CERT_|.*_proxy$", re.IGNORECASE)
"""What a developer's own environment may hold, and a test must not."""


class Process:
    """The bot as a process, with what it wrote."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        """Take the process."""
        self.process = process
        self.log = ""
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process.stdout
        while line := await self.process.stdout.readline():
            self.log += line.decode()

    async def told(self) -> None:
        """Wait for the first line."""
        async with asyncio.timeout(8):
            while not self.log:  # noqa: ASYNC110 - a process has no event
                await asyncio.sleep(0.02)

    async def end(self, number: int) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        return await self.over()

    async def over(self) -> int:
        """Wait for the end and return the exit code."""
        await self._reading
        return await self.process.wait()


@asynccontextmanager
async def process(env: dict[str, str], *command: str) -> AsyncIterator[Process]:
    """Run a command, the stand-in by default, and kill it at the end where it still runs."""
    own = {name: value for name, value in os.environ.items() if not _MINE.match(name)}
    started = await asyncio.create_subprocess_exec(
        sys.executable,
        *(command or ("-m", "tests.telegram.stand_in")),
        env=own | env,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    running = Process(started)
    try:
        yield running
    finally:
        if started.returncode is None:
            started.kill()
        await running.over()
