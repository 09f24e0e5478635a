"""The pages that whoever runs the bot looks at, as a test reads them."""

from __future__ import annotations

import asyncio
import re

import httpx


async def get(port: int, page: str, method: str = "GET", host: str = "127.0.0.1") -> httpx.Response:
    """Return what a page answers."""
    async with httpx.AsyncClient(verify=False, trust_env=False) as client:
        return await client.request(method, f"http://{host}:{port}{page}")


async def ready(port: int) -> str:
    """Wait until the bot says that it is, and return the page."""
    async with asyncio.timeout(8):
        while (answer := await get(port, "/ready")).status_code != 200:  # noqa: ASYNC110 - nothing else tells of it
            await asyncio.sleep(0.01)
    return answer.text


async def unready(port: int) -> str:
    """Wait until the bot says that it isn't ready, and return the page."""
    async with asyncio.timeout(8):
        while (answer := await get(port, "/ready")).status_code == 200:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)
    return answer.text


def count(page: str, name: str) -> float:
    """Return a number of the metrics' page."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", page, re.MULTILINE)
    assert found, name
    return float(found[1])
