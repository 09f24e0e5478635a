"""Telegram refuses what it took before, or takes nothing yet: the bot waits, says so, and answers after all."""

from __future__ import annotations

import asyncio
import signal
import ssl
from collections.abc import Awaitable, Callable
from socket import gaierror

import httpx
import pytest
from telegram.error import BadRequest, Conflict, NetworkError, TelegramError, TimedOut

from bot.faces.telegram import app
from bot.faces.telegram.trouble import Patience, said, trouble
from bot.settings import SettingError
from tests.telegram.double import TOKEN, Double
from tests.telegram.people import Person
from tests.telegram.session import answering, environment, process, serving, together
from tests.telegram.strict import RefusedError
from tests.telegram.test_faults import Once
from tests.telegram.test_parts import caused
from tests.telegram.test_process import BY, STARTED, free_port, hooked

APOLOGY = "Something went wrong on my side. Please ask again. In danger now, call 999."


@pytest.fixture(autouse=True)
def _briefly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pauses that grow to half a minute be short."""
    monkeypatch.setattr("bot.faces.telegram.trouble.PAUSES", (0.01, 0.02, 0.05))
    monkeypatch.setattr("bot.faces.telegram.outgoing.limiter.PAUSES", (0.01, 0.02, *[0.05] * 20))
    monkeypatch.setattr("bot.faces.telegram.outgoing.delivery.REFUSED", 0.05)


async def ready(port: int) -> None:
    """Wait until /health says that the bot is: the answer may be out a moment before."""
    while await health(port) != 200:  # noqa: ASYNC110 - nothing tells of it but the page
        await asyncio.sleep(0.01)


async def health(port: int) -> int:
    """Return what /health answers."""
    async with httpx.AsyncClient(verify=False, trust_env=False) as client:
        return (await client.get(f"http://127.0.0.1:{port}/health")).status_code


@together
@pytest.mark.parametrize("fault", ["400", "401", "404", "502", "before"])
async def test_a_fetch_is_refused(fault: str, capfd: pytest.CaptureFixture[str]) -> None:
    """A fetch refused in the middle is tried again: one line, health unready meanwhile, and the cry is answered."""
    port = free_port()
    async with answering(CASEBOOK_HEALTH_PORT=str(port)) as double:
        person = Person(double)
        await person.asks("Who was she?")
        lasting = Once(fault, "getUpdates", times=99)
        double.fault = lasting
        person.writes("he hits me")
        await double.until(lambda: lasting.left < 96)
        assert await health(port) == 503
        lasting.left = 0
        await person.hears(1)
        await person.settled()
        await asyncio.wait_for(ready(port), 5)
        assert "0808 123 4567" in person.sees[-1].text
    told = capfd.readouterr().err.removeprefix(STARTED)
    assert told.startswith(
        "casebook: Telegram refuses " if fault.startswith("4") else "casebook: Telegram can't be reached"
    )
    assert told.endswith("; trying again\n")
    assert told.count("\n") == 1


@together
@pytest.mark.parametrize("way", ["polling", "webhook"])
@pytest.mark.parametrize("fault", ["401", "404"])
async def test_a_reply_is_refused_as_unknown(fault: str, way: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Replies refused with 401 or 404 go out once Telegram knows the bot again: one line, health unready till then."""
    port = free_port()
    async with Double() as double:
        more = environment(double, CASEBOOK_HEALTH_PORT=str(port))
        async with serving(double, **(more if way == "polling" else more | hooked(double, free_port()))):
            person = Person(double)
            await person.asks("Who was she?")
            lasting = Once(fault, times=99)
            double.fault = lasting
            person.writes("And now?")
            person.writes("he hits me")
            await double.until(lambda: lasting.left < 96)
            assert await health(port) == 503
            lasting.left = 0
            await person.settled()
            assert await health(port) == 200
            assert sorted(shown.text[:6] for shown in person.sees) == ["1. Who", "2. And", "Thank "]
    told = capfd.readouterr().err.removeprefix(BY[way])
    assert told == "casebook: Telegram refuses the token that it took before; trying again\n"


@together
@pytest.mark.parametrize(
    ("way", "method"),
    [("polling", "getMe"), ("polling", "deleteWebhook"), ("webhook", "getMe"), ("webhook", "setWebhook")],
)
@pytest.mark.parametrize("fault", ["400", "401", "404", "429"])
async def test_the_start_is_refused(way: str, method: str, fault: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever the start is refused with for a while, it says so in one line and comes up."""
    async with Double() as double:
        double.fault = Once(fault, method, times=1 if fault == "429" else 3)
        async with serving(double, **(hooked(double, free_port()) if way == "webhook" else {})):
            assert (await Person(double).asks("Who was she?")).text.startswith("1. Who")
    told = capfd.readouterr().err
    assert told.endswith(f"; trying again\n{BY[way]}")
    assert told.count("\n") == 2
    assert TOKEN not in told


@together
async def test_a_wrong_token_is_refused_from_the_start_on() -> None:
    """A token refused for five minutes from the start on ends it with 1, for it may be taken at another start.

    The setting is named in each line, never its value.
    """
    hurried = "import bot.faces.telegram.app as app, runpy; app.REFUSED = 0.5; runpy.run_module({!r}, run_name={!r})"
    command = ("-c", hurried.format("tests.telegram.stand_in", "__main__"))
    async with Double() as double, process(environment(double, TELEGRAM_BOT_TOKEN="1000:wrong"), *command) as running:
        assert await running.over() == 1
        lines = running.log.splitlines()
    assert [line.startswith("casebook: TELEGRAM_BOT_TOKEN: is refused by Telegram; ") for line in lines] == [True, True]
    assert "TELEGRAM_BASE_URL" in lines[0]
    assert [line.endswith("; trying again") for line in lines] == [True, False]
    assert "wrong" not in running.log


@together
async def test_a_token_is_given_time() -> None:
    """Until the five minutes are over the bot keeps trying, and ends on SIGTERM as ever."""
    async with Double() as double, process(environment(double, TELEGRAM_BOT_TOKEN="1000:wrong")) as running:
        await double.until(lambda: len(double.did("getMe")) > 2)
        assert await running.end(signal.SIGTERM) == 0
    assert app.REFUSED == 300.0


@together
async def test_only_what_lasts_is_a_setting() -> None:
    """A setting is wrong where it was refused without a break for so long; another failure between begins anew."""
    wrong, tries = SettingError("A_SETTING", "is refused", "mend it"), 0

    def failing(*errors: Exception) -> Callable[[], Awaitable[str]]:
        left = iter(errors)

        async def action() -> str:
            nonlocal tries
            tries += 1
            await asyncio.sleep(0.06)
            if error := next(left, None):
                raise error
            return "done"

        return action

    broken = [wrong, wrong, NetworkError("x")]
    assert await Patience().until(failing(*broken, *broken, wrong), at_most=0.15) == "done"
    tries = 0
    with pytest.raises(SettingError):
        await Patience().until(failing(*[wrong] * 9), at_most=0.15)
    assert 3 <= tries <= 4


@together
async def test_asked_to_pause(capfd: pytest.CaptureFixture[str]) -> None:
    """A 429 to a fetch is obeyed and told, and health is unready meanwhile."""
    port = free_port()
    async with answering(CASEBOOK_HEALTH_PORT=str(port)) as double:
        person = Person(double)
        await person.asks("Who was she?")
        pausing = Once("429", "getUpdates")
        double.fault = pausing
        person.writes("And now?")
        await double.until(lambda: not pausing.left)
        await asyncio.sleep(0.05)
        assert await health(port) == 503
        await person.hears(1)
    assert "casebook: Telegram asks for a pause of 1 seconds; trying again\n" in capfd.readouterr().err


@together
async def test_a_webhook_set_elsewhere(capfd: pytest.CaptureFixture[str]) -> None:
    """A webhook that somebody sets while the bot polls is told as such and deleted, and what waits is answered."""
    async with answering() as double:
        person = Person(double)
        await person.asks("Who was she?")
        deleted = len(double.did("deleteWebhook"))
        double.webhook = {"url": "http://127.0.0.1:1/another"}
        double.news.set()
        await double.until(lambda: len(double.did("deleteWebhook")) > deleted)
        assert (await person.asks("And now?")).text.startswith("2. And now?")
    told = capfd.readouterr().err.removeprefix(STARTED)
    assert told.startswith("casebook: a webhook that was set elsewhere takes this bot's messages")
    assert "another copy" not in told


@together
async def test_a_second_poller(capfd: pytest.CaptureFixture[str]) -> None:
    """Another copy that fetches is told as such; the webhook is left alone."""
    async with answering() as double:
        person = Person(double)
        await person.asks("Who was she?")
        fetch, refusals, deleted = double.fetch, iter([True, True]), len(double.did("deleteWebhook"))

        async def refuse(form: dict[str, str]) -> list[dict[str, object]]:
            if next(refusals, None):
                raise RefusedError("Conflict: terminated by other getUpdates request; make sure that only one", 409)
            return await fetch(form)

        double.fetch = refuse  # type: ignore[method-assign]
        assert (await person.asks("And now?")).text.startswith("2. And now?")
        assert len(double.did("deleteWebhook")) == deleted
    assert "another copy of this bot is fetching the messages" in capfd.readouterr().err


@together
@pytest.mark.parametrize(
    ("description", "line"),
    [
        ("Bad Request: message is too long", "sendMessage: Message is too long"),
        ("Bad Request: TEXT_REFUSED_FOR_NOW", "sendMessage: Text_refused_for_now"),
        ('Bad Request: can\'t read "a zither" at 7', "sendMessage: Can't read"),
        ("Bad Request: 1. a zither of 1000123456", "sendMessage"),
        ("Bad Request: user 1000123456 is odd", "sendMessage: User … is odd"),
    ],
)
async def test_a_refused_reply(description: str, line: str, capfd: pytest.CaptureFixture[str]) -> None:
    """A reply refused with markup and without: the person is told, with 999, the operator why, and none of the words."""
    async with answering() as double:
        person, send = Person(double), double.methods.send

        def refuse(form: dict[str, str]) -> dict[str, object]:
            if "zither" in form["text"]:
                raise RefusedError(description)
            return send(form)

        double.methods.send = refuse  # type: ignore[method-assign]
        shown = await person.asks("a zither of mine")
        await person.settled()
        assert shown.text == APOLOGY
        assert len(person.sees) == 1
        tried = [form for form in double.did("sendMessage") if "zither" in form["text"]]
        assert [("parse_mode" in form, "reply_markup" in form) for form in tried] == [(True, True), (False, False)]
        assert (await person.asks("And now?")).text.startswith("2. And now?")
    assert capfd.readouterr().err == f"{STARTED}casebook: given up: Telegram refuses {line}\n"


@together
async def test_a_refused_cry() -> None:
    """A reply to a cry that is refused with markup and without is sent a third time, a moment later."""
    async with answering() as double:
        double.fault = Once("400", times=2)
        shown = await Person(double).asks("he hits me")
        assert "0808 123 4567" in shown.text
        assert not shown.rows
        assert len(double.did("sendMessage")) == 3


@together
async def test_a_refused_apology(capfd: pytest.CaptureFixture[str]) -> None:
    """Where not even that can be sent, one line says why, and the next person is answered."""
    async with answering() as double:
        double.fault = Once("400", chat=7, times=99)
        Person(double, 7).writes("he hits me")
        await Person(double, 7).settled()
        assert (await Person(double, 8).asks("Who was she?")).text.startswith("1. Who")
    assert capfd.readouterr().err == f"{STARTED}casebook: given up: Telegram refuses sendMessage: Logged out\n"


@together
async def test_a_refused_profile(capfd: pytest.CaptureFixture[str]) -> None:
    """A menu that Telegram refuses is told in one line; one refused as unknown is set once it is taken."""
    async with Double() as double:
        double.fault = Once("400", "setMyCommands")
        async with serving(double):
            await double.until(lambda: double.did("setMyCommands"))
            assert (await Person(double).asks("Who was she?")).text.startswith("1. Who")
        assert "the profile is left as it is; Telegram refuses setMyCommands: Logged out" in capfd.readouterr().err
        double.fault = Once("404", "setMyCommands")
        async with serving(double):
            await double.until(lambda: double.methods.profile["commands"])


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (caused(NetworkError("x"), caused(httpx.ConnectError("x"), gaierror("x"))), "its name isn't found"),
        (caused(NetworkError("x"), httpx.ProxyError("x")), "the proxy refuses"),
        (caused(TimedOut(), httpx.ReadTimeout("x")), "no answer in time"),
        (caused(NetworkError("x"), httpx.RemoteProtocolError("x")), "the connection broke"),
        (caused(NetworkError("x"), caused(httpx.ConnectError("x"), ssl.SSLError("x"))), "no TLS comes about"),
        (NetworkError("Bad Gateway (502). Parsing the server response b'x' failed"), "it answers Bad Gateway (502)"),
    ],
)
def test_causes(error: TelegramError, line: str) -> None:
    """A failure is told by what lies behind it."""
    assert trouble(error) == f"Telegram can't be reached ({line})"


def test_said() -> None:
    """Of a description stays what is Telegram's own: no quotation, id, token, address, or words of the message."""
    assert said("Bad webhook: failed to resolve host: Name or service not known").startswith("Bad webhook: failed to")
    assert said(f"No bot /bot{TOKEN}/sendMessage") == "No bot …"
    assert said("Can't parse entities: unsupported start tag «she» at byte offset 5") == (
        "Can't parse entities: unsupported start tag"
    )
    assert said("He is outside with a knife", "I said he is outside with a knife now") == ""
    assert len(said("word " * 99)) <= 100
    assert trouble(BadRequest("he hits me")) == "Telegram refuses BadRequest"
    assert "webhook" in trouble(Conflict("can't use getUpdates method while webhook is active"))
