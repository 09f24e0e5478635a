"""Requests side by side, each in a lane of its own.

One HTTP client with a pool of sixteen connections looks at all of them several times a request, and loses a third of
its throughput to that; sixteen clients of one connection each look at one. Measured by `tests/telegram/load.py`.
"""

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import Awaitable, Callable
from functools import cache
from typing import TYPE_CHECKING

import certifi
import httpx
from telegram.request import BaseRequest, HTTPXRequest

from bot.settings import SettingError

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput
    from telegram.request import RequestData


PROXIES = frozenset({"http_proxy", "https_proxy", "all_proxy"})
"""What the HTTP client reads from the environment, in capitals too; beside them NO_PROXY."""


@cache
def trust() -> ssl.SSLContext:
    """Return whom to trust, read once for all lanes: each would cost 40 ms and a megabyte.

    Raise SettingError where SSL_CERT_FILE or SSL_CERT_DIR, which stand for the usual authorities, can't be read.
    """
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    try:
        return ssl.create_default_context(cafile=file or (None if folder else certifi.where()), capath=folder)
    except OSError as error:
        name, problem = "SSL_CERT_FILE" if file else "SSL_CERT_DIR", f"can't be read ({type(error).__name__})"
        raise SettingError(name, problem, "name a file of certificates in PEM, or leave it out") from None


def _open(read_timeout: float, note: Callable[[httpx.Response], Awaitable[None]]) -> HTTPXRequest:
    more = {"verify": trust(), "event_hooks": {"response": [note]}}
    try:
        return HTTPXRequest(connection_pool_size=1, read_timeout=read_timeout, httpx_kwargs=more)
    except (RuntimeError, ValueError, httpx.InvalidURL):
        raise _wrong_proxy() from None


def _wrong_proxy() -> SettingError:
    """Return the first of the settings of proxies that the HTTP client refuses."""
    for name, value in os.environ.items():
        try:
            if value and name.lower() in PROXIES:
                httpx.HTTPTransport(verify=trust(), proxy=value if "://" in value else f"http://{value}").close()
        except (ImportError, ValueError, httpx.InvalidURL):
            return SettingError(
                name, "is no proxy that can be used", "write one like http://127.0.0.1:3128, or unset it"
            )
    return SettingError("NO_PROXY", "can't be read", "write names of hosts with commas between, or unset it")


class Lanes(BaseRequest):
    """Sends each request through an idle lane, the one used last first, so that few stay open where few are needed."""

    __slots__ = ("_free", "_idle", "_lanes", "date")

    def __init__(self, count: int, read_timeout: float) -> None:
        """Take how many lanes there are and how long to wait for an answer, in seconds."""
        self.date = ""
        self._lanes = tuple(_open(read_timeout, self._note) for _ in range(count))
        self._idle = list(reversed(self._lanes))
        self._free = asyncio.Semaphore(count)

    async def _note(self, response: httpx.Response) -> None:
        """Note what time the other side says it is."""
        self.date = response.headers.get("date", "")

    async def initialize(self) -> None:
        """Open the lanes."""
        for lane in self._lanes:
            await lane.initialize()

    async def shutdown(self) -> None:
        """Close the lanes."""
        for lane in self._lanes:
            await lane.shutdown()

    @property
    def read_timeout(self) -> float | None:
        """Return how long a lane waits for an answer, in seconds."""
        return self._lanes[0].read_timeout

    async def do_request(  # noqa: PLR0913, PLR0917 - the seven are python-telegram-bot's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send a request when a lane is idle."""
        async with self._free:
            lane = self._idle.pop()
            try:
                return await lane.do_request(
                    url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
                )
            except asyncio.CancelledError:
                await lane.shutdown()  # httpcore issue 1093: a cut connection may count as taken for ever
                await lane.initialize()
                raise
            finally:
                self._idle.append(lane)
