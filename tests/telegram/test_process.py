"""The bot as a process: polling and webhook, starts and ends, and a log that tells nothing."""

from __future__ import annotations

import asyncio
import signal
import socket

import httpx
import pytest

from tests.telegram.double import TOKEN, Double
from tests.telegram.people import Person
from tests.telegram.session import Process, environment, process, together

SECRET = "a-secret-of-the-webhook"
WORDS = "he hits me with a zither"


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


@together
@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_session(way: str) -> None:
    """It starts, answers a question and a tap, bears a 429 and a cut line, ends on SIGTERM with 0, and logs nothing."""
    async with Double() as double:
        env = hooked(double, free_port()) if way == "webhook" else environment(double)
        async with process(env) as running:
            person = Person(double)
            shown = await person.asks("Who was the zither player?")
            assert (await person.taps(shown, "Was there an order?")).text.startswith("Was there an order?")
            faults = iter(["429", "before"])
            double.fault = lambda method, _: next(faults, None) if method == "sendMessage" else None
            assert "0808" in (await person.asks(WORDS)).text
            await person.settled()
            assert await running.end(signal.SIGTERM) == 0
        assert running.log == "casebook: answering on Telegram, Ctrl-C ends\n"


@together
@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_terminated_with_replies_in_hand(way: str) -> None:
    """SIGTERM finishes the replies in hand; what waits is answered after the next start; none twice."""
    async with Double() as double:
        env = hooked(double, free_port()) if way == "webhook" else environment(double)
        people = [Person(double, n + 1) for n in range(100)]
        double.delay = 0.02
        async with process(env) as running:
            await people[0].asks("first")
            for person in people:
                person.writes("Who was she?")
            await double.until(lambda: sum(map(len, double.seen.values())) > 30)
            assert await running.end(signal.SIGTERM) == 0
        async with process(env):
            await people[0].settled()
        assert [len(person.sees) for person in people] == [2] + [1] * 99


@together
@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_killed(way: str) -> None:
    """SIGKILL with 150 questions waiting loses none; only those whose reply was out unconfirmed come twice."""
    async with Double() as double:
        env = hooked(double, free_port()) if way == "webhook" else environment(double)
        people = [Person(double, n + 1) for n in range(150)]
        double.delay = 0.02
        async with process(env) as running:
            await people[0].asks("first")
            for person in people:
                person.writes("Who was she?")
            await double.until(lambda: sum(map(len, double.seen.values())) > 30)
            running.process.kill()
            await running.over()
        async with process(env):
            await people[0].settled()
        told = [len(person.sees) for person in people[1:]]
        assert min(told) >= 1
        assert sum(told) - len(told) <= 100


@together
async def test_webhook_is_guarded() -> None:
    """Without the secret nothing gets in; what is no update is refused; health says when the bot answers."""
    async with Double() as double:
        port = free_port()
        async with process(hooked(double, port)) as running, httpx.AsyncClient(trust_env=False) as client:
            person = Person(double)
            await person.asks("Who was she?")
            at = f"http://127.0.0.1:{port}"
            update = {"update_id": 99, "message": person.message("Who was she?")}
            right = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
            assert (await client.post(f"{at}/casebook", json=update)).status_code == 403
            wrong = {"X-Telegram-Bot-Api-Secret-Token": "another"}
            assert (await client.post(f"{at}/casebook", json=update, headers=wrong)).status_code == 403
            assert (await client.post(f"{at}/casebook", content="[[[" * 9999, headers=right)).status_code == 400
            assert (await client.post(f"{at}/casebook", json=[1], headers=right)).status_code == 400
            assert (await client.get(f"{at}/casebook")).status_code == 405
            assert (await client.get(f"{at}/elsewhere")).status_code == 404
            health = await client.get(f"{at}/health")
            assert (health.status_code, health.text) == (200, "ok\n")
            assert len(person.sees) == 1
            await running.end(signal.SIGTERM)
        assert running.log == "casebook: answering on Telegram, Ctrl-C ends\n"


@together
async def test_wrong_token() -> None:
    """A token that Telegram doesn't know: one line that names the setting and not the token, exit 2."""
    async with Double() as double, process(environment(double, TELEGRAM_BOT_TOKEN="1000:wrong")) as running:
        assert await running.over() == 2
        assert running.log.startswith("casebook: TELEGRAM_BOT_TOKEN")
        assert running.log.count("\n") == 1
        assert "wrong" not in running.log


@together
async def test_no_network() -> None:
    """Without a network it tries again with growing pauses, says so in one line, and ends on SIGTERM."""
    env = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_BASE_URL": f"http://127.0.0.1:{free_port()}/bot"}
    async with process(env) as running:
        await _line(running)
        await asyncio.sleep(1.2)
        assert await running.end(signal.SIGTERM) == 0
        assert running.log == "casebook: Telegram can't be reached (NetworkError); trying again\n"


@together
async def test_network_comes_back() -> None:
    """A bot started before Telegram can be reached answers once it can."""
    async with Double() as double:
        faults = iter(["500", "half"])
        double.fault = lambda method, _: next(faults, None) if method == "getMe" else None
        async with process(environment(double)) as running:
            assert (await Person(double).asks("Who was she?")).text.startswith("1. Who")
            assert running.log.count("\n") == 2


@together
async def test_port_in_use() -> None:
    """A port that something else listens on: one line that names the setting, exit 2."""
    async with Double() as double, process(hooked(double, double.port)) as running:
        assert await running.over() == 2
        assert running.log.startswith("casebook: TELEGRAM_WEBHOOK_PORT")


async def _line(running: Process) -> None:
    async with asyncio.timeout(8):
        while not running.log:  # noqa: ASYNC110 - a process has no event
            await asyncio.sleep(0.02)
