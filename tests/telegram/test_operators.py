"""What whoever runs the bot is told: by the line it starts with, by its exit code, by its log."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.operator import BAD_USAGE, FAILED, version
from bot.settings import KNOWN, SettingError, remarks
from tests.telegram.double import TOKEN, Double
from tests.telegram.people import Person
from tests.telegram.session import environment, free_port, hooked, process, serving, together
from tests.telegram.strict import RefusedError

UNIT = Path(__file__).parents[2] / "bot/faces/telegram/deploy/casebook.service"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("TELEGRAM_WEBHOOK_URI", "is no setting of this bot, and is not read; did you mean TELEGRAM_WEBHOOK_URL?"),
        ("TELEGRAM_TOKEN", "is no setting of this bot, and is not read; did you mean TELEGRAM_BOT_TOKEN?"),
        ("telegram_bot_token", "is no setting of this bot, and is not read; did you mean TELEGRAM_BOT_TOKEN?"),
        ("CASEBOOK_METRICS_PORT", "is no setting of this bot, and is not read; did you mean CASEBOOK_HEALTH_PORT?"),
        ("TELEGRAM_API_ID", "is no setting of this bot, and is not read"),
        ("CASEBOOK_SERVICE_HOST", "is no setting of this bot, and is not read"),
        ("TELEGRAM_WEBHOOK_SECRET", "has no effect without TELEGRAM_WEBHOOK_URL; set that too, or take this out"),
        ("TELEGRAM_WEBHOOK_LISTEN", "has no effect without TELEGRAM_WEBHOOK_URL; set that too, or take this out"),
        ("TELEGRAM_WEBHOOK_PORT", "has no effect without TELEGRAM_WEBHOOK_URL; set that too, or take this out"),
        ("CASEBOOK_HEALTH_LISTEN", "has no effect without CASEBOOK_HEALTH_PORT; set that too, or take this out"),
    ],
)
def test_a_setting_without_effect(name: str, told: str) -> None:
    """A name that nobody reads is told with the nearest that somebody does, and so is one that needs another."""
    assert list(remarks({"PATH": "/bin", name: "a value of mine"})) == [f"{name}: {told}"]
    assert list(remarks({"PATH": "/bin", name: " "})) == []


def test_no_remark_where_all_is_known() -> None:
    """Nothing is said where every setting is known and has what it needs."""
    assert list(remarks(dict.fromkeys(KNOWN, "x"))) == []


@together
async def test_a_misspelt_token() -> None:
    """A misspelt name is told even where the start fails for it, and its value never."""
    async with process({"TELEGRAM_TOKEN": TOKEN}, "-m", "bot", "telegram") as running:
        assert await running.over() == BAD_USAGE
    lines = running.log.splitlines()
    assert [line.split(": ")[1] for line in lines] == ["TELEGRAM_TOKEN", "TELEGRAM_BOT_TOKEN"]
    assert TOKEN not in running.log


async def refused(double: Double, **settings: str) -> SettingError:
    """Return the error that a start by webhook ends with."""
    with pytest.raises(SettingError) as caught:
        async with serving(double, **hooked(double, free_port()) | settings):
            await asyncio.sleep(0.05)
    return caught.value


@together
@pytest.mark.parametrize("setting", ["TELEGRAM_WEBHOOK_LISTEN", "CASEBOOK_HEALTH_LISTEN"])
async def test_a_wrong_address(setting: str) -> None:
    """An address that can't be listened on is told by its own setting, before Telegram is asked anything."""
    async with Double() as double:
        for address in ("300.1.1.1", "[::1]", "a" * 70, "no.such.host.invalid"):
            error = await refused(double, CASEBOOK_HEALTH_PORT=str(free_port()), **{setting: address})
            assert (error.setting, error.may_pass) == (setting, False)
            assert address not in str(error)
        assert double.calls == []


@together
@pytest.mark.parametrize("setting", ["TELEGRAM_WEBHOOK", "CASEBOOK_HEALTH"])
async def test_what_may_pass(setting: str) -> None:
    """A port still taken and an address not there yet are told as what another start may find well."""
    async with Double() as double:
        error = await refused(double, **{f"{setting}_PORT": str(double.port)})
        assert (error.setting, error.may_pass) == (f"{setting}_PORT", True)
        error = await refused(double, CASEBOOK_HEALTH_PORT=str(free_port()), **{f"{setting}_LISTEN": "192.0.2.1"})
        assert (error.setting, error.may_pass) == (f"{setting}_LISTEN", True)


@together
async def test_exit_codes() -> None:
    """What may pass ends the bot with 1, what can't with 2: the unit starts it again after the one and not the other."""
    async with Double() as double:
        for listen, port, code in (("127.0.0.1", double.port, FAILED), ("300.1.1.1", free_port(), BAD_USAGE)):
            env = hooked(double, port) | {"TELEGRAM_WEBHOOK_LISTEN": listen}
            async with process(env) as running:
                assert await running.over() == code
            assert running.log.count("\n") == 1
    unit = UNIT.read_text("utf-8")
    assert "\nRestart=on-failure\n" in unit
    assert f"\nRestartPreventExitStatus={BAD_USAGE}\n" in unit


@together
async def test_a_broken_case() -> None:
    """A case that can't be read ends the bot with 2: another start would find it as it is."""
    async with process({"TELEGRAM_BOT_TOKEN": TOKEN}, "-m", "bot", "--case", "nowhere", "telegram") as running:
        assert await running.over() == BAD_USAGE
    assert running.log.count("\n") == 1


@together
@pytest.mark.usefixtures("boathouse")
async def test_the_first_line() -> None:
    """The start tells version, way, name, the last day of the reports, and whether /about says whom to write to."""
    async with Double() as double:
        env = environment(double, CASEBOOK_CONTACT="desk@example.org")
        async with process(env, "-m", "bot", "--case", "tests/cases/boathouse", "telegram") as running:
            await running.told()
            assert await running.end(signal.SIGTERM) == 0
    head = f"casebook {version()}: answering as @casebook_bot by polling, reports up to 2019-03-05; "
    assert running.log.startswith(head)
    assert "; contact: shown by /about; helplines: " in running.log
    assert running.log.count("\n") == 1
    assert "desk@example.org" not in running.log


@together
async def test_a_webhook_that_is_gone(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """A webhook that somebody deletes, or sets to another address, is told as such and set again."""
    monkeypatch.setattr("bot.faces.telegram.incoming.webhook.EVERY", 0.05)
    async with Double() as double, serving(double, **(env := hooked(double, free_port()))):
        await Person(double).asks("Who was she?")
        for other in ({}, {"url": "http://127.0.0.1:1/another"}):
            looks = len(double.did("getWebhookInfo"))
            await double.until(lambda looks=looks: len(double.did("getWebhookInfo")) > looks + 1)  # type: ignore[misc]
            double.webhook = other
            await double.until(lambda: double.webhook.get("url") == env["TELEGRAM_WEBHOOK_URL"])
            await Person(double).asks("And now?")
    told = capfd.readouterr().err.splitlines()[1:]
    assert told == ["casebook: the webhook was deleted or another one set; setting it again"] * 2


CLOSED = "import os, sys; os.close(2); os.execv(sys.executable, [sys.executable, '-m', 'tests.telegram.stand_in'])"
FULL = (
    "import os, runpy; os.dup2(os.open('/dev/full', os.O_WRONLY), 2);"
    " runpy.run_module('tests.telegram.stand_in', run_name='__main__')"
)
NEEDS_FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")


@pytest.mark.parametrize("start", [CLOSED, pytest.param(FULL, marks=NEEDS_FULL)], ids=["closed", "full"])
@together
async def test_a_log_that_cannot_be_written(start: str) -> None:
    """A bot whose log is closed, or on a full disk, starts, bears faults, answers and ends with 0."""
    async with Double() as double:
        faults = iter(["500", "404", "400"])
        double.fault = lambda method, _: next(faults, None) if method == "getUpdates" else None
        async with process(environment(double), "-c", start) as running:
            person = Person(double)
            assert (await person.asks("Who was she?")).text.startswith("1. Who")
            double.methods.blocked[8] = RefusedError("Bad Request: odd")
            Person(double, 8).writes("Who was she?")
            await person.settled()
            assert "0808" in (await person.asks("he hits me")).text
            assert await running.end(signal.SIGTERM) == 0


@pytest.mark.parametrize("closing", ["os.close(2)", "sys.stderr.close()", "sys.stderr = None"])
def test_a_log_that_closes(closing: str) -> None:
    """Telling goes on without an error where the log is closed meanwhile, however it is."""
    code = f"import os, sys; from bot.operator import tell; {closing}; tell('one'); tell('two'); print(sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "None\n", "")
