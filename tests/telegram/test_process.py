"""The bot as a process: polling and webhook, starts and ends, and a log that tells nothing."""

from __future__ import annotations

import asyncio
import signal
import socket

import httpx
import pytest

from bot.settings import SettingError
from tests.telegram.double import TOKEN, Double
from tests.telegram.people import Person
from tests.telegram.session import Process, environment, process, serving, together

SECRET = "a-secret-of-the-webhook"
WORDS = "my husband hits me with a zither"
STARTED = "casebook: answering on Telegram, Ctrl-C ends\n"


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
    """The command starts, answers with a citation, bears faults, ends on SIGTERM with 0, and its log tells nothing."""
    async with Double() as double:
        env = hooked(double, free_port()) if way == "webhook" else environment(double)
        async with process(env, "-m", "bot", "--case", "tests/cases/boathouse", "telegram") as running:
            person = Person(double)
            shown = await person.asks("When did the boathouse burn down?")
            assert any(entity.kind == "expandable_blockquote" for entity in shown.entities)
            assert "Support" in shown.buttons
            await person.taps(shown, next(iter(shown.buttons)))
            faults = iter(["500", "before"])
            double.fault = lambda method, _: next(faults, None) if method == "sendMessage" else None
            shown = await person.asks(WORDS)
            assert any("copy_text" in button for button in shown.buttons.values())
            assert "+44" in shown.text
            await person.settled()
            assert await running.end(signal.SIGTERM) == 0
        assert running.log == STARTED


@together
@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_ends(way: str) -> None:
    """SIGTERM finishes what is in hand, and none comes twice; SIGKILL loses nothing that waits.

    After a kill only those come twice whose reply was out and not yet confirmed.
    """
    async with Double() as double:
        env = hooked(double, free_port()) if way == "webhook" else environment(double)
        people = [Person(double, n + 1) for n in range(30)]
        double.delay = 0.02
        for number in (signal.SIGTERM, signal.SIGKILL):
            double.seen.clear()
            async with process(env) as running:
                await people[0].asks("first")
                for person in people:
                    person.writes("Who was she?")
                await double.until(lambda: sum(map(len, double.seen.values())) > 10)
                assert await running.end(number) == (0 if number == signal.SIGTERM else -number)
            if number == signal.SIGTERM:
                async with serving(double, **env):
                    await people[0].settled()
                assert [len(person.sees) for person in people] == [2] + [1] * 29
        async with serving(double, **env):
            await people[0].settled()
        told = [len(person.sees) for person in people[1:]]
        assert min(told) == 1
        assert sum(told) - len(told) <= 28


@together
async def test_webhook_is_guarded(capfd: pytest.CaptureFixture[str]) -> None:
    """Without the secret nothing gets in; what is no update is refused; health says when the bot answers."""
    async with Double() as double:
        at = f"http://127.0.0.1:{(port := free_port())}"
        async with serving(double, **hooked(double, port)), httpx.AsyncClient(verify=False, trust_env=False) as client:
            person = Person(double)
            await person.asks("Who was she?")
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
    assert capfd.readouterr().err == STARTED


@together
async def test_health_before_the_start() -> None:
    """Until Telegram takes the webhook, health is 503."""
    async with Double() as double, httpx.AsyncClient(verify=False, trust_env=False) as client:
        double.fault = lambda method, _: "500" if method == "setWebhook" else None
        port = free_port()
        async with serving(double, **hooked(double, port)):
            await double.until(lambda: double.did("setWebhook"))
            assert (await client.get(f"http://127.0.0.1:{port}/health")).status_code == 503


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
        await asyncio.sleep(0.5)
        assert await running.end(signal.SIGTERM) == 0
        assert running.log == "casebook: Telegram can't be reached (NetworkError); trying again\n"


@together
async def test_network_comes_back(capfd: pytest.CaptureFixture[str]) -> None:
    """A bot started before Telegram can be reached answers once it can."""
    async with Double() as double:
        faults = iter(["500", "half"])
        double.fault = lambda method, _: next(faults, None) if method == "getMe" else None
        async with serving(double):
            assert (await Person(double).asks("Who was she?")).text.startswith("1. Who")
    assert capfd.readouterr().err == f"casebook: Telegram can't be reached (NetworkError); trying again\n{STARTED}"


@together
async def test_port_in_use() -> None:
    """A port that something else listens on is a wrong setting, named."""
    async with Double() as double:
        with pytest.raises(SettingError) as caught:  # noqa: PT012 - it fails in the background
            async with serving(double, **hooked(double, double.port)):
                await double.until(lambda: double.did("getMe"))
                await asyncio.sleep(0.05)
        assert caught.value.setting == "TELEGRAM_WEBHOOK_PORT"


@together
async def test_refused_webhook() -> None:
    """A webhook address that Telegram refuses is a wrong setting, named."""
    async with Double() as double:
        env = hooked(double, free_port()) | {"TELEGRAM_WEBHOOK_URL": "http://127.0.0.1:1/refused"}
        with pytest.raises(SettingError) as caught:  # noqa: PT012 - it fails in the background
            async with serving(double, **env):
                await double.until(lambda: double.did("setWebhook"))
                await asyncio.sleep(0.05)
        assert caught.value.setting == "TELEGRAM_WEBHOOK_URL"


async def _line(running: Process) -> None:
    async with asyncio.timeout(8):
        while not running.log:  # noqa: ASYNC110 - a process has no event
            await asyncio.sleep(0.02)
