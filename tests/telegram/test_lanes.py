"""Requests side by side, and what is left of one that is cut short."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from telegram.error import TimedOut

from bot.faces.telegram.metrics import Tally
from bot.faces.telegram.outgoing.client import Lanes
from tests.telegram.double import TOKEN, Double
from tests.telegram.session import together


@pytest.fixture(params=["", "127.0.0.1"], ids=["connection", "client"])
def _no_proxy(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Either way to Telegram: where proxies are spoken of, a client finds out which to go through."""
    monkeypatch.setenv("NO_PROXY", request.param)


@pytest.mark.usefixtures("_no_proxy")
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


@pytest.mark.usefixtures("_no_proxy")
@together
async def test_a_connection_that_telegram_closed_is_opened_again() -> None:
    """What was closed while nothing was sent holds up no request, and each answer tells the time."""
    async with Double() as double:
        double.behind = 3600.0
        lanes = Lanes(1, 1.0, Tally())
        await lanes.initialize()
        for _ in range(3):
            status, _ = await lanes.do_request(f"{double.url}{TOKEN}/getMe", "POST")
            assert status == 200
            await double.server.close_all_connections()
            await asyncio.sleep(0.01)
        assert datetime.now(UTC) - parsedate_to_datetime(lanes.date) > timedelta(minutes=59)
        await lanes.shutdown()


@pytest.mark.usefixtures("_no_proxy")
@together
async def test_an_answer_that_does_not_come_is_waited_for_no_longer_than_was_said() -> None:
    """A request's own time goes before the lane's, and the connection is used no further."""
    async with Double() as double:
        lanes = Lanes(1, 60.0, Tally())
        await lanes.initialize()
        double.delay = 1.0
        with pytest.raises(TimedOut):
            await lanes.do_request(f"{double.url}{TOKEN}/getMe", "POST", read_timeout=0.05)
        double.delay = 0.0
        status, _ = await lanes.do_request(f"{double.url}{TOKEN}/getMe", "POST")
        assert status == 200
        await lanes.shutdown()
