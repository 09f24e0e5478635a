"""Requests side by side, and what is left of one that is cut short."""

from __future__ import annotations

import asyncio

from bot.faces.telegram.metrics import Tally
from bot.faces.telegram.outgoing.client import Lanes
from tests.telegram.double import TOKEN, Double
from tests.telegram.session import together


@together
async def test_a_cut_request_leaves_its_connection_free() -> None:
    """Wherever a request is cut short, even before it is connected, the next one goes through."""
    async with Double() as double:
        for steps in range(40):
            lanes = Lanes(1, 1.0, Tally())
            await lanes.initialize()
            cut = asyncio.create_task(lanes.do_request(f"{double.url}{TOKEN}/getMe", "POST"))
            for _ in range(steps):
                await asyncio.sleep(0)
            cut.cancel()
            status, _ = await lanes.do_request(f"{double.url}{TOKEN}/getMe", "POST")
            assert status == 200
            await lanes.shutdown()
