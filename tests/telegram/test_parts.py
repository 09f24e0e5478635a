"""The parts that need neither Telegram nor a network: pace, order, memory of ids, settings, counts."""

from __future__ import annotations

import asyncio
import logging
from typing import TypeVar

import httpx
import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.faces.telegram.log import LOUD, hush
from bot.faces.telegram.outgoing.limiter import Slots
from bot.faces.telegram.trouble import Verdict, judge
from bot.operator import where
from bot.reply import NOTHING, Context, Reply
from bot.settings import SettingError, Settings
from tests.telegram.double import TOKEN
from tests.telegram.people import Person
from tests.telegram.session import answering, together
from tests.telegram.stand_in import StandIn
from tests.telegram.strict import RefusedError
from tests.telegram.test_process import free_port

E = TypeVar("E", bound=Exception)
GIVEN = {"TELEGRAM_BOT_TOKEN": TOKEN}
HOOK = GIVEN | {"TELEGRAM_WEBHOOK_URL": "http://example.org/hook", "TELEGRAM_WEBHOOK_SECRET": "s-1"}


def caused(error: E, cause: Exception) -> E:
    """Return an error with its cause."""
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (BadRequest("x"), Verdict.REFUSED),
        (Forbidden("x"), Verdict.REFUSED),
        (NetworkError("Internal Server Error"), Verdict.UNSENT),
        (caused(NetworkError("Bad Gateway"), TelegramError("no JSON")), Verdict.UNSENT),
        (caused(NetworkError("x"), httpx.ConnectError("x")), Verdict.UNSENT),
        (caused(TimedOut(), httpx.PoolTimeout("x")), Verdict.UNSENT),
        (caused(TimedOut(), httpx.ReadTimeout("x")), Verdict.UNSURE),
        (caused(NetworkError("x"), httpx.RemoteProtocolError("x")), Verdict.UNSURE),
        (caused(TelegramError("Invalid server response"), ValueError()), Verdict.UNSURE),
    ],
)
def test_judge(error: TelegramError, verdict: Verdict) -> None:
    """Each kind of failure says whether the request was sent."""
    assert judge(error) is verdict


def test_judge_429(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a 429 nothing was sent."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    assert judge(RetryAfter(3)) is Verdict.UNSENT


@together
async def test_urgent_first() -> None:
    """Where sixteen wait and somebody in danger comes last, that reply goes out next."""
    slots, went = Slots(1), []

    async def go(name: str, *, urgent: bool) -> None:
        async with slots.passing(urgent=urgent):
            await asyncio.sleep(0)
            went.append(name)

    await asyncio.gather(*(go(str(n), urgent=False) for n in range(4)), go("danger", urgent=True))
    assert went == ["0", "danger", "1", "2", "3"]


@together
async def test_slots_survive_cancelling() -> None:
    """One that gives up while it waits, and one that is cut short in its slot, leave it to the next."""
    slots = Slots(1)

    async def go() -> None:
        async with slots.passing(urgent=False):
            await asyncio.sleep(0)

    waiting = [asyncio.create_task(go()) for _ in range(17)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    waiting[5].cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    async with asyncio.timeout(1.0):
        await go()


@pytest.mark.parametrize(
    ("env", "setting"),
    [
        ({}, "TELEGRAM_BOT_TOKEN"),
        ({"TELEGRAM_BOT_TOKEN": "  "}, "TELEGRAM_BOT_TOKEN"),
        ({"TELEGRAM_BOT_TOKEN": "secret thing"}, "TELEGRAM_BOT_TOKEN"),
        (GIVEN | {"TELEGRAM_BASE_URL": "ftp://x/bot"}, "TELEGRAM_BASE_URL"),
        (GIVEN | {"TELEGRAM_BASE_URL": "http://x:99999/bot"}, "TELEGRAM_BASE_URL"),
        (GIVEN | {"TELEGRAM_BASE_URL": "http://x/"}, "TELEGRAM_BASE_URL"),
        (HOOK | {"TELEGRAM_WEBHOOK_URL": "example.org"}, "TELEGRAM_WEBHOOK_URL"),
        (HOOK | {"TELEGRAM_WEBHOOK_URL": f"https://x/{TOKEN}"}, "TELEGRAM_WEBHOOK_URL"),
        (HOOK | {"TELEGRAM_WEBHOOK_URL": f"https://x/{TOKEN.replace(':', '%3A')}"}, "TELEGRAM_WEBHOOK_URL"),
        (HOOK | {"TELEGRAM_WEBHOOK_URL": f"https://x/{TOKEN.replace('-', '%252d')}"}, "TELEGRAM_WEBHOOK_URL"),
        (HOOK | {"TELEGRAM_WEBHOOK_URL": "https://x/health"}, "TELEGRAM_WEBHOOK_URL"),
        (HOOK | {"TELEGRAM_WEBHOOK_URL": "https://x/live"}, "TELEGRAM_WEBHOOK_URL"),
        (HOOK | {"CASEBOOK_HEALTH_PORT": "8080"}, "CASEBOOK_HEALTH_PORT"),
        (HOOK | {"TELEGRAM_WEBHOOK_SECRET": ""}, "TELEGRAM_WEBHOOK_SECRET"),
        (HOOK | {"TELEGRAM_WEBHOOK_SECRET": "a b"}, "TELEGRAM_WEBHOOK_SECRET"),
        (HOOK | {"TELEGRAM_WEBHOOK_PORT": "http"}, "TELEGRAM_WEBHOOK_PORT"),
        (GIVEN | {"TELEGRAM_MESSAGES_PER_SECOND": "-1"}, "TELEGRAM_MESSAGES_PER_SECOND"),
        (GIVEN | {"TELEGRAM_MESSAGES_PER_SECOND": "0.001"}, "TELEGRAM_MESSAGES_PER_SECOND"),
        (GIVEN | {"TELEGRAM_MESSAGES_PER_SECOND": "many"}, "TELEGRAM_MESSAGES_PER_SECOND"),
        (GIVEN | {"CASEBOOK_HEALTH_PORT": "0"}, "CASEBOOK_HEALTH_PORT"),
    ],
)
def test_wrong_setting(env: dict[str, str], setting: str) -> None:
    """A wrong setting is named with what to do, and a secret is not shown."""
    with pytest.raises(SettingError) as caught:
        Settings.from_env(env)
    assert caught.value.setting == setting
    assert str(caught.value).startswith(f"{setting}: ")
    assert TOKEN not in str(caught.value)
    assert "secret thing" not in str(caught.value)


def test_settings() -> None:
    """The defaults are those of the page, and no repr shows a secret."""
    settings = Settings.from_env(HOOK)
    assert (settings.base_url, settings.messages_per_second) == ("https://api.telegram.org/bot", 30.0)
    assert settings.webhook
    at = settings.webhook.at
    assert (at.address, at.port, settings.webhook.path, settings.health) == ("127.0.0.1", 8080, "/hook", None)
    assert TOKEN not in repr(settings)
    assert "s-1" not in repr(settings)


@pytest.mark.parametrize("name", LOUD)
def test_no_library_tells(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever a library logs, at any level, its words stay out, and its kind of error comes through."""
    hush()
    logging.getLogger().setLevel(logging.DEBUG)
    try:
        for level in (logging.DEBUG, logging.INFO, logging.ERROR, logging.CRITICAL):
            logging.getLogger(f"{name}.part").log(level, "she wrote %s", "a zither", exc_info=ValueError("zither"))
    finally:
        logging.getLogger().setLevel(logging.WARNING)
    told = capsys.readouterr().err
    assert "zither" not in told
    assert f"CRITICAL {name}.part ValueError" in told


def test_where() -> None:
    """Of an error its kind and place are told, not its text."""
    with pytest.raises(ValueError, match="zither") as caught:
        int("a zither")
    told = where(caught.value)
    assert told.startswith("ValueError at ")
    assert "tests/telegram/test_parts.py:" in told
    assert "zither" not in told


@together
async def test_error_in_hand(capsys: pytest.CaptureFixture[str]) -> None:
    """An error of our own stops nobody else, is told by kind and place, and tells nothing of the person."""

    class Broken(StandIn):
        def reply(self, message: str, context: Context = NOTHING) -> tuple[Reply, Context]:
            if "zither" in message:
                raise ZeroDivisionError(message)
            return super().reply(message, context)

    async with answering(Broken()) as double:
        await Person(double).asks("And now?")
        shown = await Person(double).asks("a zither")
        assert shown.text == "Something went wrong on my side. Please ask again. In danger now, call 999."
        Person(double, 8, group=-5).writes("a zither")
        assert "999" in (await Person(double, 8, group=-5).asks("@casebook_bot a zither")).text
        await Person(double).settled()
        assert len(double.seen[-5]) == 1
        assert (await Person(double).asks("And now?")).text.startswith("2. And now?")
    told = capsys.readouterr().err
    assert "ZeroDivisionError at " in told
    assert "test_parts.py" in told
    assert "zither" not in told


@together
async def test_metrics() -> None:
    """Counts and latencies by kind, for Prometheus, without any content; who could not be reached is counted apart."""
    port = free_port()
    async with (
        answering(CASEBOOK_HEALTH_PORT=str(port)) as double,
        httpx.AsyncClient(verify=False, trust_env=False) as client,
    ):
        person = Person(double)
        await person.asks("a zither")
        await person.asks("dunno")
        await person.asks("he hits me")
        await person.settled()
        double.methods.blocked[8] = RefusedError("Forbidden: blocked", 403)
        Person(double, 8).writes("Who?")
        Person(double, 8).writes("dunno")
        await person.settled()
        page = (await client.get(f"http://127.0.0.1:{port}/metrics")).text
        assert 'casebook_reply_seconds_count{kind="answer"} 1.0' in page
        assert 'casebook_reply_seconds_count{kind="unknown"} 1.0' in page
        assert 'casebook_reply_seconds_count{kind="support"} 1.0' in page
        assert 'casebook_unreached_total{kind="Forbidden"} 2.0' in page
        assert "zither" not in page
        assert (await client.get(f"http://127.0.0.1:{port}/health")).text == "ok\n"
