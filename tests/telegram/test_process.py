"""The bot as a process: polling and webhook, starts and ends, and a log that tells nothing."""

from __future__ import annotations

import asyncio
import signal

import httpx
import pytest

from bot.faces.telegram import run
from bot.settings import SettingError, Settings
from tests.telegram.double import TOKEN, Double
from tests.telegram.people import Person
from tests.telegram.session import SECRET, environment, free_port, hooked, process, serving, started, together
from tests.telegram.stand_in import StandIn, words

WORDS = "my husband hits me with a zither"
STARTED = started()
HOOKED = started("by webhook at 127.0.0.1")
BY = {"polling": STARTED, "webhook": HOOKED}


@together
@pytest.mark.usefixtures("boathouse")
@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_session(way: str) -> None:
    """The command starts, answers with a citation, bears faults, ends on SIGTERM with 0, and its log tells nothing."""
    async with Double() as double:
        env = hooked(double, free_port()) if way == "webhook" else environment(double)
        async with process(env, "-m", "bot", "--case", "tests/cases/boathouse", "telegram") as running:
            person = Person(double)
            shown = await person.asks("When did the boathouse burn down?")
            assert any(entity.kind == "blockquote" for entity in shown.entities)
            assert "Support" in shown.buttons
            await person.taps(shown, next(iter(shown.buttons)))
            faults = iter(["500", "before"])
            double.fault = lambda method, _: next(faults, None) if method == "sendMessage" else None
            shown = await person.asks(WORDS)
            assert any("copy_text" in button for button in shown.buttons.values())
            assert "+44" in shown.text
            await person.settled()
            assert await running.end(signal.SIGTERM) == 0
        assert running.log.startswith(BY[way].partition("reports")[0])
        assert running.log.count("\n") == 1


@together
@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_ends(way: str) -> None:
    """SIGTERM finishes what is in hand, and none comes twice; SIGKILL loses nothing that waits.

    After a kill only those come twice whose reply was out and not yet confirmed.
    """
    async with Double() as double:
        env = hooked(double, free_port()) if way == "webhook" else environment(double)
        people = [Person(double, n + 1) for n in range(90)]  # more than can be out when ten are
        double.delay = 0.05
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
                assert [len(person.sees) for person in people] == [2] + [1] * 89
        async with serving(double, **env):
            await people[0].settled()
        told = [len(person.sees) for person in people[1:]]
        assert min(told) == 1
        assert max(told) <= 2


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
    assert capfd.readouterr().err == HOOKED


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
async def test_no_network() -> None:
    """Without a network it tries again with growing pauses, says so in one line, and ends on SIGTERM."""
    env = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_BASE_URL": f"http://127.0.0.1:{free_port()}/bot"}
    async with process(env) as running:
        await running.told()
        await asyncio.sleep(0.5)
        assert await running.end(signal.SIGTERM) == 0
        assert running.log == "casebook: Telegram can't be reached (the connection is refused); trying again\n"


@together
async def test_network_comes_back(capfd: pytest.CaptureFixture[str]) -> None:
    """A bot started before Telegram can be reached answers once it can."""
    async with Double() as double:
        faults = iter(["500", "half"])
        double.fault = lambda method, _: next(faults, None) if method == "getMe" else None
        async with serving(double):
            assert (await Person(double).asks("Who was she?")).text.startswith("1. Who")
    line = "casebook: Telegram can't be reached (it answers Internal Server Error (500)); trying again\n"
    assert capfd.readouterr().err == line + STARTED


@together
async def test_port_in_use() -> None:
    """A port that something else listens on is a wrong setting, named."""
    async with Double() as double:
        with pytest.raises(SettingError) as caught:
            async with serving(double, **hooked(double, double.port)):
                await asyncio.sleep(0.05)
        assert caught.value.setting == "TELEGRAM_WEBHOOK_PORT"


@together
async def test_refused_webhook(capfd: pytest.CaptureFixture[str]) -> None:
    """A webhook address that Telegram refuses is named with what Telegram says, and tried again."""
    async with Double() as double:
        env = hooked(double, free_port()) | {"TELEGRAM_WEBHOOK_URL": "http://127.0.0.1:1/refused"}
        async with serving(double, **env):
            await double.until(lambda: len(double.did("setWebhook")) > 1)
    told = capfd.readouterr().err
    assert told.startswith(
        "casebook: TELEGRAM_WEBHOOK_URL: is refused by Telegram (Bad webhook: failed to resolve host"
    )
    assert told.endswith("; trying again\n")
    assert told.count("\n") == 1


def test_unexpected_end(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever ends the bot, the operator gets one line with its kind and place, and none of its text."""

    async def fail(*_: object) -> None:
        await asyncio.sleep(0)
        raise ZeroDivisionError("a zither")

    monkeypatch.setattr("bot.faces.telegram.serve", fail)
    assert run(StandIn(), words(), Settings.from_env({"TELEGRAM_BOT_TOKEN": TOKEN})) == 1  # type: ignore[arg-type]
    told = capfd.readouterr().err
    assert told.startswith("casebook: ZeroDivisionError at tests/telegram/test_process.py:")
    assert told.count("\n") == 1
