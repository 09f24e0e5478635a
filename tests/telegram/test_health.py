"""The pages of health and of counts: whether it lives, whether it is ready and why not, what waits."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import httpx
import pytest

from bot.operator import version
from tests.telegram.double import Double
from tests.telegram.pages import count, get, ready, unready
from tests.telegram.people import Person
from tests.telegram.session import answering, free_port, hooked, serving, together
from tests.telegram.stand_in import LINE, OLD_LINE, Known, StandIn
from tests.telegram.test_faults import Once
from tests.telegram.test_network import Relay, relayed

STALE = StandIn(case=Known(date(2022, 2, 4), "desk@example.org", {LINE.id: LINE, OLD_LINE.id: OLD_LINE}))
CONTAINER = Path(__file__).parents[2] / "bot/faces/telegram/deploy/Containerfile"


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
