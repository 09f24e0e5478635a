"""One connection to Telegram, kept open between requests.

It leaves out what a client of the whole web does for each request: redirects, cookies, compression, looking for the
right connection. That is more than half of the work. Measured by `tests/telegram/load.py`.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import httpcore
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest

if TYPE_CHECKING:
    from telegram.request import RequestData

CONNECT = 5.0
"""Seconds to wait for a connection: python-telegram-bot's own, as are those below."""

WRITE, WRITE_FILE = 5.0, 20.0
"""Seconds that sending a request, or one with a picture, may come to a stop."""

KEPT = 5.0
"""Seconds that a connection is kept without use: httpx' own."""

_BROKEN = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError, httpcore.UnsupportedProtocol)


@lru_cache(maxsize=64)
def _address(url: str) -> tuple[httpcore.URL, bytes]:
    """Return where a request goes, and how its head names the host."""
    given = httpx.URL(url)
    where = httpcore.URL(scheme=given.raw_scheme, host=given.raw_host, port=given.port, target=given.raw_path)
    return where, given.netloc


class Connection(BaseRequest):
    """Sends one request at a time, without a proxy."""

    __slots__ = ("_line", "_note", "_read_timeout", "_trust")

    def __init__(self, read_timeout: float, trust: ssl.SSLContext, note: Callable[[str], None]) -> None:
        """Take the seconds to wait for an answer, whom to trust, and what notes the time that each answer bears."""
        self._read_timeout = read_timeout
        self._trust = trust
        self._note = note
        self._line: httpcore.AsyncHTTPConnection | None = None

    async def initialize(self) -> None:
        """Do nothing: the first request connects."""

    async def shutdown(self) -> None:
        """Close the connection; the next request opens another."""
        line, self._line = self._line, None
        if line is not None:
            await line.aclose()

    @property
    def read_timeout(self) -> float:
        """Return how long to wait for an answer, in seconds."""
        return self._read_timeout

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **timeouts: Any
    ) -> tuple[int, bytes]:
        """Send a request and return the answer's status and body. Raise NetworkError, TimedOut where it can't be asked or sent."""
        where, host = _address(url)
        kind, body = await _body(request_data)
        wait = timeouts.get("read_timeout")
        seconds = {
            "connect": CONNECT,
            "read": wait if isinstance(wait, (int, float)) else self._read_timeout,
            "write": WRITE_FILE if request_data and request_data.multipart_data else WRITE,
        }
        head = (
            (b"Host", host),
            (b"User-Agent", self.USER_AGENT.encode()),
            (b"Content-Type", kind),
            (b"Content-Length", b"%d" % len(body)),
        )
        try:
            line = await self._open(where.origin)
            answer = await line.request(method, where, headers=head, content=body, extensions={"timeout": seconds})
        except httpcore.TimeoutException as error:
            raise TimedOut from error
        except _BROKEN as error:
            raise NetworkError(type(error).__name__) from error
        self._note(next((value.decode("latin-1") for name, value in answer.headers if name.lower() == b"date"), ""))
        return answer.status, answer.content

    async def _open(self, origin: httpcore.Origin) -> httpcore.AsyncHTTPConnection:
        """Return the connection, a new one where the last is closed or has waited too long."""
        if self._line is None or self._line.is_closed() or self._line.has_expired():
            await self.shutdown()
            self._line = httpcore.AsyncHTTPConnection(origin, ssl_context=self._trust, keepalive_expiry=KEPT)
        return self._line


async def _body(data: RequestData | None) -> tuple[bytes, bytes]:
    """Return the kind of a request's body, and the body."""
    if data is not None and data.multipart_data:
        made = httpx.Request("POST", "http://x", data=data.json_parameters, files=data.multipart_data)
        return made.headers["Content-Type"].encode(), await made.aread()
    return b"application/x-www-form-urlencoded", urlencode(data.json_parameters if data else {}).encode()
