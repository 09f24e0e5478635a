"""Requests side by side, each in a lane of its own.

One HTTP client with a pool of sixteen connections looks at all of them several times a request, and loses a third of
its throughput to that; sixteen clients of one connection each look at one. Measured by `tests/telegram/load.py`.
"""

from __future__ import annotations

import asyncio
import ssl
from functools import cache
from typing import TYPE_CHECKING

import certifi
from telegram.request import BaseRequest, HTTPXRequest

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput
    from telegram.request import RequestData


@cache
def trust() -> ssl.SSLContext:
    """Return whom to trust, read once for all lanes: each would cost 40 ms and a megabyte."""
    return ssl.create_default_context(cafile=certifi.where())


class Lanes(BaseRequest):
    """Sends each request through an idle lane, the one used last first, so that few stay open where few are needed."""

    __slots__ = ("_free", "_idle", "_lanes")

    def __init__(self, count: int, read_timeout: float) -> None:
        """Take how many lanes there are and how long to wait for an answer, in seconds."""
        self._lanes = tuple(
            HTTPXRequest(connection_pool_size=1, read_timeout=read_timeout, httpx_kwargs={"verify": trust()})
            for _ in range(count)
        )
        self._idle = list(reversed(self._lanes))
        self._free = asyncio.Semaphore(count)

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
