"""Requests side by side, and what is left of one that is cut short."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from io import BytesIO

import pytest
from PIL import Image
from telegram.error import NetworkError, TimedOut

from bot.faces.telegram.metrics import Tally
from bot.faces.telegram.outgoing.client import Lanes, Wire
from bot.faces.telegram.state.store import InMemory
from bot.faces.telegram.trouble import Patience, Verdict, judge
from bot.settings import Settings
from tests.telegram.double import TOKEN, Double
from tests.telegram.session import environment, together


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


HEAD = "HTTP/1.1 200 OK\r\nDate: Tue, 01 Feb 2022 10:00:00 GMT\r\n"


@asynccontextmanager
async def answering(*pieces: str) -> AsyncIterator[tuple[str, list[tuple[int, bytes]]]]:
    """Answer every request with these pieces, one after the other; yields the address, and what came in by which connection."""
    asked: list[tuple[int, bytes]] = []
    opened: list[tuple[asyncio.StreamWriter, asyncio.Task[None] | None]] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        opened.append((writer, asyncio.current_task()))
        number = len(opened)
        with suppress(OSError, asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                asked.append((number, head.split(b"\r\n")[0]))
                for piece in pieces:
                    writer.write(piece.encode())
                    await writer.drain()
                    await asyncio.sleep(0.01)
                if "keep" not in pieces[0]:
                    break
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot", asked
    finally:
        server.close()
        for writer, _ in opened:
            writer.transport.abort()
        await asyncio.wait([task for _, task in opened if task])


@together
@pytest.mark.parametrize(
    "pieces",
    [
        (f"{HEAD}X-Kind: keep\r\nContent-Length: 11\r\n\r\nit's ", "a ", "whole"[:4]),
        (f"{HEAD}X-Kind: keep\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nit's ", "\r\n6\r\na whol\r\n", "0\r\n\r\n"),
        (f"{HEAD}Connection: close\r\nContent-Length: 11\r\n\r\nit's a whol",),
    ],
    ids=["in pieces", "in chunks", "the last one of its connection"],
)
async def test_an_answer_is_put_together(pieces: tuple[str, ...]) -> None:
    """However an answer comes it is read whole, its time is known, and the next one comes by the same connection while that lasts."""
    lanes = Lanes(1, 1.0, Tally())
    async with answering(*pieces) as (address, asked):
        for _ in range(2):
            assert await lanes.do_request(f"{address}/getMe", "POST") == (200, b"it's a whol")
        assert lanes.date.startswith("Tue, 01 Feb 2022")
        await lanes.shutdown()
    by = (1, 2) if "close" in pieces[0] else (1, 1)
    assert asked == [(number, b"POST /bot/getMe HTTP/1.1") for number in by]


@together
@pytest.mark.parametrize(
    "pieces",
    [(f"{HEAD}Content-Length: 11\r\n\r\nit's ",), ("SSH-2.0 who are you\r\n",), ("",)],
    ids=["cut", "strange", "none"],
)
async def test_what_is_no_whole_answer_is_a_failure(pieces: tuple[str, ...]) -> None:
    """An answer that is cut, none of the web, or none at all is told as a failure of the network, after which the lane is free."""
    lanes = Lanes(1, 1.0, Tally())
    async with answering(*pieces) as (address, _):
        for _ in range(2):
            with pytest.raises(NetworkError) as failed:
                await lanes.do_request(f"{address}/getMe", "POST")
            assert judge(failed.value) is Verdict.UNSURE
        await lanes.shutdown()


@together
async def test_a_picture_is_sent_whole() -> None:
    """A body that is larger than what a line takes at once arrives, its parts marked."""
    Image.effect_noise((1500, 1000), 100).save(file := BytesIO(), "PNG")
    picture = file.getvalue()
    assert len(picture) > 1_000_000
    async with Double() as double:
        wire = Wire(Settings.from_env(environment(double)), Patience(), InMemory(), Tally())
        await wire.initialize()
        sent = await wire.send_photo(7, picture, filename="timeline.png")
        await wire.shutdown()
    assert sent.message_id
    assert [shown.photo for shown in double.seen[7]] == [picture]
