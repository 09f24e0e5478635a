"""One connection to Telegram, kept open between requests.

It leaves out what a client of the whole web does for each request: redirects, cookies, compression, looking for the
right connection, other event loops. That is most of the work. Measured by `tests/telegram/load.py`.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from urllib.parse import urlencode

import httptools
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest

if TYPE_CHECKING:
    from telegram.request import RequestData

CONNECT = 5.0
"""Seconds to wait for a connection: python-telegram-bot's own, as are those below."""

WRITE, WRITE_FILE = 5.0, 20.0
"""Seconds that sending a request, or one with a picture, may take."""

KEPT = 5.0
"""Seconds that a connection is kept without use: httpx' own."""

NEXT_ADDRESS = 0.25
"""Seconds before the next of a host's addresses is tried beside the first: RFC 8305's."""

PIECE = 1 << 16
"""Bytes read at once at the most."""


_Line: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Origin(NamedTuple):
    """Where a connection leads."""

    host: str
    port: int
    is_secure: bool


@lru_cache(maxsize=64)
def _address(method: str, url: str) -> tuple[Origin, bytes]:
    """Return where a request goes, and its head as far as it is the same each time."""
    given = httpx.URL(url)
    is_secure = given.scheme == "https"
    origin = Origin(given.raw_host.decode(), given.port or (443 if is_secure else 80), is_secure)
    first = f"{method} {given.raw_path.decode()} HTTP/1.1"
    head = f"{first}\r\nHost: {given.netloc.decode()}\r\nUser-Agent: {BaseRequest.USER_AGENT}\r\n"
    return origin, head.encode()


class _Answer:
    """An answer as it comes in, piece by piece."""

    def __init__(self) -> None:
        self.date = ""
        self.is_whole = False
        self.is_last = False
        """Whether the other side closes the connection after it"""
        self._body: list[bytes] = []
        self._parser = httptools.HttpResponseParser(self)

    def feed(self, piece: bytes) -> None:
        """Take a piece, empty at the end of the line. Raise httpx.RemoteProtocolError where it belongs to no answer."""
        try:
            self._parser.feed_data(piece)
        except httptools.HttpParserError as error:
            raise httpx.RemoteProtocolError(type(error).__name__) from error
        if not piece:
            raise httpx.RemoteProtocolError("the answer is cut short")

    def on_header(self, name: bytes, value: bytes) -> None:
        """Note what time the other side says it is."""
        if name.lower() == b"date":
            self.date = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body."""
        self._body.append(body)

    def on_message_complete(self) -> None:
        """Note the end, and whether it is the connection's too: the parser knows that only here, before it begins anew."""
        self.is_whole = True
        self.is_last = not self._parser.should_keep_alive()

    @property
    def status(self) -> int:
        return self._parser.get_status_code()

    @property
    def body(self) -> bytes:
        return b"".join(self._body)


class Connection(BaseRequest):
    """Sends one request at a time, without a proxy."""

    __slots__ = ("_line", "_note", "_origin", "_read_timeout", "_trust", "_used")

    def __init__(self, read_timeout: float, trust: ssl.SSLContext, note: Callable[[str], None]) -> None:
        """Take the seconds to wait for an answer, whom to trust, and what notes the time that each answer bears."""
        self._read_timeout = read_timeout
        self._trust = trust
        self._note = note
        self._line: _Line | None = None
        self._origin: Origin | None = None
        self._used = 0.0

    async def initialize(self) -> None:
        """Do nothing: the first request connects."""

    async def shutdown(self) -> None:
        """Close the connection; the next request opens another."""
        line, self._line = self._line, None
        if line is not None:
            _, writer = line
            writer.transport.abort()
            with suppress(OSError):  # that it broke before is why it is closed
                await writer.wait_closed()

    @property
    def read_timeout(self) -> float:
        """Return how long to wait for an answer, in seconds."""
        return self._read_timeout

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **timeouts: Any
    ) -> tuple[int, bytes]:
        """Send a request and return the answer's status and body. Raise NetworkError, TimedOut where it can't be asked or sent."""
        origin, head = _address(method, url)
        kind, body = await _body(request_data)
        wait = timeouts.get("read_timeout")
        read = wait if isinstance(wait, (int, float)) else self._read_timeout
        write = WRITE_FILE if request_data and request_data.multipart_data else WRITE
        request = b"%bContent-Type: %b\r\nContent-Length: %d\r\n\r\n%b" % (head, kind, len(body), body)
        try:
            answer = await self._ask(origin, request, write, read)
        except httpx.TimeoutException as error:
            await self.shutdown()
            raise TimedOut from error
        except httpx.TransportError as error:
            await self.shutdown()
            raise NetworkError(type(error).__name__) from error
        self._note(answer.date)
        return answer.status, answer.body

    async def _ask(self, origin: Origin, request: bytes, write: float, read: float) -> _Answer:
        """Send a request within `write` seconds; return its answer, each piece of which comes within `read` seconds.

        Raise an httpx.TransportError where that fails.
        """
        reader, writer = await self._open(origin)
        loop = asyncio.get_running_loop()
        answer = _Answer()
        try:
            writer.write(request)
            late: type[httpx.TimeoutException] = httpx.WriteTimeout
            async with asyncio.timeout(write) as limit:
                if writer.transport.get_write_buffer_size():
                    await writer.drain()
                late = httpx.ReadTimeout
                while not answer.is_whole:
                    limit.reschedule(loop.time() + read)
                    answer.feed(await reader.read(PIECE))
        except TimeoutError as error:
            raise late("") from error
        except OSError as error:
            raise httpx.ReadError(type(error).__name__) from error
        self._used = loop.time()
        if answer.is_last:
            await self.shutdown()
        return answer

    async def _open(self, origin: Origin) -> _Line:
        """Return the connection, a new one where the last is closed or has waited too long."""
        if self._line is not None:
            reader, writer = self._line
            is_idle = asyncio.get_running_loop().time() - self._used > KEPT
            if is_idle or origin != self._origin or reader.at_eof() or writer.is_closing():
                await self.shutdown()
        if self._line is None:
            self._line = await _connected(origin, self._trust)
            self._origin = origin
        return self._line


async def _connected(origin: Origin, trust: ssl.SSLContext) -> _Line:
    """Return a new connection. Raise httpx.ConnectError, ConnectTimeout where none comes about."""
    opening = asyncio.ensure_future(
        asyncio.open_connection(
            origin.host,
            origin.port,
            ssl=trust if origin.is_secure else None,
            happy_eyeballs_delay=NEXT_ADDRESS,
            interleave=1,
        )
    )
    try:
        await asyncio.wait({opening}, timeout=CONNECT)
    except asyncio.CancelledError:
        opening.add_done_callback(_hang_up)  # cut short itself, it may leave a socket open
        raise
    if not opening.done():
        opening.cancel()
        raise httpx.ConnectTimeout("")
    try:
        return opening.result()
    except OSError as error:
        raise httpx.ConnectError(type(error).__name__) from error


def _hang_up(opening: asyncio.Future[_Line]) -> None:
    """Close a connection that nobody waits for any more."""
    if not opening.cancelled() and opening.exception() is None:
        _, writer = opening.result()
        writer.transport.abort()


async def _body(data: RequestData | None) -> tuple[bytes, bytes]:
    """Return the kind of a request's body, and the body."""
    if data is not None and data.multipart_data:
        made = httpx.Request("POST", "http://x", data=data.json_parameters, files=data.multipart_data)
        return made.headers["Content-Type"].encode(), await made.aread()
    return b"application/x-www-form-urlencoded", urlencode(data.json_parameters if data else {}).encode()
