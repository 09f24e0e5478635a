"""What whoever runs the bot is told: by the line it starts with, by its exit code, by its pages and its counts."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import httpx
import pytest

from bot.operator import BAD_USAGE, FAILED, version
from bot.settings import KNOWN, SettingError, remarks
from tests.telegram.double import TOKEN, Double
from tests.telegram.people import Person
from tests.telegram.session import answering, environment, process, serving, together
from tests.telegram.stand_in import LINE, OLD_LINE, Known, StandIn
from tests.telegram.strict import RefusedError
from tests.telegram.test_faults import Once
from tests.telegram.test_network import Relay, relayed
from tests.telegram.test_process import free_port, hooked

STALE = StandIn(case=Known(date(2022, 2, 4), "desk@example.org", {LINE.id: LINE, OLD_LINE.id: OLD_LINE}))
CONTAINER = Path(__file__).parents[2] / "bot/faces/telegram/deploy/Containerfile"


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
    unit = CONTAINER.with_name("casebook.service").read_text("utf-8")
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
async def test_helplines_past_their_day(capfd: pytest.CaptureFixture[str]) -> None:
    """Helplines that nobody read of late are counted at the start and in the metrics, and named when asked."""
    async with answering(STALE, CASEBOOK_HEALTH_PORT=str(port := free_port())):
        page = await ready(port)
        assert page == "ok\nhelplines not read for 90 days: old-line\n"
        assert (await get(port, "/health")).text == page
        assert count((await get(port, "/metrics")).text, "casebook_stale_helplines") == 1
    told = capfd.readouterr().err
    assert "reports up to 2022-02-04; contact: shown by /about; helplines: 1 of 2 not read for 90 days;" in told


@together
async def test_a_shared_state_that_is_away() -> None:
    """Without what copies share messages are answered all the same, and the page says that it is away."""
    state = {"CASEBOOK_STATE_URL": f"redis://127.0.0.1:{free_port()}/0", "CASEBOOK_STATE_SECRET": "s" * 32}
    async with answering(**state, CASEBOOK_HEALTH_PORT=str(port := free_port())):
        assert await ready(port) == "ok\nthe shared state is away (no connection)\n"


@together
async def test_live_and_ready() -> None:
    """While Telegram is away the process lives and is not ready, and says why in one line; HEAD says the same."""
    async with Double() as double:
        double.fault = Once("500", "getMe", times=99)
        async with serving(double, CASEBOOK_HEALTH_PORT=str(port := free_port())):
            await double.until(lambda: double.did("getMe"))
            await asyncio.sleep(0.05)
            assert (await get(port, "/live")).text == "ok\n"
            answer = await get(port, "/ready")
            reason = "Telegram can't be reached (it answers Internal Server Error (500))"
            assert (answer.status_code, answer.text) == (503, f"not answering: {reason}\n")
            for page, code in (("/live", 200), ("/ready", 503), ("/health", 503), ("/metrics", 200)):
                head = await get(port, page, "HEAD")
                assert (head.status_code, head.content) == (code, b"")
            double.fault = lambda _method, _form: None
            assert await ready(port) == "ok\n"


@together
async def test_not_ready_before_the_webhook_is_taken() -> None:
    """Before the start is over the page says that it isn't; the pages stand beside the webhook too, without metrics."""
    async with Double() as double:
        double.delay = 0.5
        async with serving(double, **hooked(double, port := free_port())):
            await double.until(lambda: double.did("setWebhook"))
            answer = await get(port, "/ready")
            assert (answer.status_code, answer.text) == (503, "not answering: starting\n")
            assert (await get(port, "/live")).status_code == 200
            assert (await get(port, "/metrics")).status_code == 404


@together
async def test_health_at_another_address() -> None:
    """Health and metrics are told at the address that a setting names, and at no other."""
    async with answering(CASEBOOK_HEALTH_PORT=str(port := free_port()), CASEBOOK_HEALTH_LISTEN="127.0.0.2"):
        assert (await get(port, "/live", host="127.0.0.2")).status_code == 200
        with pytest.raises(httpx.ConnectError):
            await get(port, "/live")


@together
async def test_metrics_without_their_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Prometheus' client health is told all the same, and the page of metrics says what to install."""
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    async with answering(CASEBOOK_HEALTH_PORT=str(port := free_port())):
        assert await ready(port) == "ok\n"
        answer = await get(port, "/metrics")
        assert (answer.status_code, "casebook[metrics]" in answer.text) == (501, True)


@together
@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_metrics(way: str) -> None:
    """Counts tell what waits and for how long, who was told to wait, when Telegram was last heard, and the version."""
    async with Double() as double:
        more = hooked(double, free_port()) if way == "webhook" else {}
        async with serving(double, **more, CASEBOOK_HEALTH_PORT=str(port := free_port())):
            await ready(port)
            before = (await get(port, "/metrics")).text
            assert count(before, "casebook_oldest_wait_seconds") == 0.0
            person = Person(double)
            double.fault = Once("429", "sendMessage")
            person.writes("a zither")
            await double.until(lambda: double.did("sendMessage"))
            await asyncio.sleep(0.1)
            during = (await get(port, "/metrics")).text
            assert count(during, "casebook_waiting_updates") == 1
            assert 0.0 < count(during, "casebook_oldest_wait_seconds") < 2.0
            await person.hears(0)
            await asyncio.sleep(0.05)
            after = (await get(port, "/metrics")).text
    assert count(after, "casebook_waiting_updates") == 0
    assert count(after, 'casebook_pauses_total{method="sendMessage"}') == 1
    assert count(after, f'casebook_build_info{{version="{version()}"}}') == 1
    heard = "casebook_last_heard_timestamp_seconds"
    assert count(after, heard) > count(before, heard)
    assert count(after, 'casebook_reply_seconds_bucket{kind="answer",le="0.5"}') == 0
    assert count(after, 'casebook_reply_seconds_bucket{kind="answer",le="+Inf"}') == 1
    assert count(after, 'casebook_reply_seconds_count{kind="answer"}') == 1
    assert 1.0 < count(after, 'casebook_reply_seconds_sum{kind="answer"}') < 9.0
    assert "zither" not in after


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


@together
async def test_deliveries_that_fail(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """Where Telegram's deliveries don't arrive the bot is not ready and says why, until they do."""
    monkeypatch.setattr("bot.faces.telegram.incoming.webhook.EVERY", 0.05)
    monkeypatch.setattr("bot.faces.telegram.trouble.PAUSES", (0.05,))
    async with Double() as double:
        front, behind, port = free_port(), free_port(), free_port()
        env = hooked(double, behind) | {"TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{front}/casebook"}
        async with serving(double, **env, CASEBOOK_HEALTH_PORT=str(port)):
            assert await ready(port) == "ok\n"
            Person(double).writes("Who was she?")
            page = await unready(port)
            assert page.startswith("not answering: TELEGRAM_WEBHOOK_URL: is where Telegram can't deliver ")
            assert count((await get(port, "/metrics")).text, "casebook_undelivered_updates") == 1
            async with relayed(Relay(behind), port=front):
                await Person(double).hears(0)
                await Person(double).settled()
                assert await ready(port) == "ok\n"
    told = capfd.readouterr().err.splitlines()[1]
    assert told.startswith("casebook: TELEGRAM_WEBHOOK_URL: is where Telegram can't deliver (Connection refused); ")
    assert told.endswith("; trying again")


@together
async def test_what_the_container_asks() -> None:
    """The container's health check, run as it stands, passes while the bot lives and fails where nothing listens."""
    found = re.search(r"^HEALTHCHECK .* CMD (\[.*\])$", CONTAINER.read_text("utf-8"), re.MULTILINE)
    assert found
    _, *asking = json.loads(found[1])

    def ask(port: int) -> int:
        env = os.environ | {"CASEBOOK_HEALTH_PORT": str(port), "http_proxy": "http://127.0.0.1:1"}
        return subprocess.run([sys.executable, *asking], env=env, stderr=subprocess.DEVNULL, check=False).returncode

    async with Double() as double:
        double.fault = Once("500", "getMe", times=99)
        async with serving(double, CASEBOOK_HEALTH_PORT=str(port := free_port())):
            assert await asyncio.to_thread(ask, port) == 0
    assert await asyncio.to_thread(ask, port) == 1


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
