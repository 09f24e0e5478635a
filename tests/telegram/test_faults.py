"""Things go wrong: Telegram, the network, the crowd."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.reply import NOTHING, Context, Reply
from tests.telegram.double import Double
from tests.telegram.people import Person
from tests.telegram.session import answering, serving, started, together
from tests.telegram.stand_in import StandIn
from tests.telegram.strict import RefusedError


class Once:
    """A fault that happens to the first matching request of a method."""

    def __init__(self, fault: str, method: str = "sendMessage", chat: int = 0, times: int = 1) -> None:
        """Take the fault, the method and how often; a chat where only its requests are meant."""
        self.left = times
        self.fault, self.method, self.chat = fault, method, str(chat)

    def __call__(self, method: str, form: dict[str, str]) -> str | None:
        """Name the fault while it lasts."""
        meant = method == self.method and (self.chat == "0" or form.get("chat_id") == self.chat)
        if not meant or not self.left:
            return None
        self.left -= 1
        return self.fault


@together
@pytest.mark.parametrize("fault", ["500", "502", "429"])
async def test_refused_for_now(fault: str) -> None:
    """A reply that Telegram refuses for now comes all the same, once."""
    async with answering() as double:
        double.fault = Once(fault)
        person = Person(double)
        assert (await person.asks("Who was she?")).text.startswith("1. Who")
        await person.settled()
        assert len(person.sees) == 1


@together
async def test_told_to_wait_and_not_how_long() -> None:
    """A 429 that names no seconds is waited out as other failures are."""
    async with answering() as double:
        person = Person(double)
        double.methods.blocked[7] = RefusedError("Too Many Requests: retry later", 429)
        person.writes("Who was she?")
        await double.until(lambda: double.did("sendMessage"))
        del double.methods.blocked[7]
        assert (await person.hears(0)).text.startswith("1. Who")
        await person.settled()
        assert len(person.sees) == 1


@together
@pytest.mark.parametrize("fault", ["before", "after", "half"])
async def test_cut_ordinary(fault: str) -> None:
    """An answer that may have been sent is not sent twice: a line offers it again, and its button brings it."""
    async with answering() as double:
        double.fault = Once(fault)
        person = Person(double)
        person.writes("Who was she?")
        await person.settled()
        answers = [shown for shown in person.sees if shown.text.startswith("1. Who")]
        assert len(answers) == (0 if fault == "before" else 1)
        line = person.sees[-1]
        assert line.text.startswith("The connection broke while I was answering.")
        assert "fact order" in (await person.taps(line, "Show the answer")).text


@together
@pytest.mark.parametrize("fault", ["before", "after", "half"])
async def test_cut_support(fault: str) -> None:
    """A reply with a helpline that may have been sent is sent again: twice is better than never."""
    async with answering() as double:
        double.fault = Once(fault)
        person = Person(double)
        person.writes("he hits me")
        await person.settled()
        assert len(person.sees) == (1 if fault == "before" else 2)
        assert all("0808 123 4567" in shown.text for shown in person.sees)


@together
async def test_one_chats_wait() -> None:
    """A 429 for one chat lets others be answered meanwhile, first of all somebody in danger."""
    async with answering() as double:
        double.fault = Once("429", chat=7)
        held, other = Person(double, 7), Person(double, 8)
        start = time.monotonic()
        held.writes("Who was she?")
        await other.asks("he hits me")
        assert time.monotonic() - start < 0.5
        await double.until(lambda: held.sees)
        assert time.monotonic() - start >= 1.0
        await held.settled()
        assert len(held.sees) == 1


@together
async def test_tap_in_a_held_chat() -> None:
    """A tap is answered at once, even while its chat has to wait for its reply."""
    async with answering() as double:
        person = Person(double)
        shown = await person.asks("Who was she?")
        double.fault = Once("429")
        person.writes("And now?")
        person.tap_data(shown, "fact:order")
        start = time.monotonic()
        await double.until(lambda: double.did("answerCallbackQuery"))
        assert time.monotonic() - start < 0.5


@together
async def test_repeated_update() -> None:
    """An update that Telegram sends twice is answered once, and one out of order is not lost."""
    async with answering() as double:
        person = Person(double)
        await person.asks("Who was she?")
        double.number = 10
        double.post("message", person.message("later"))
        double.post("message", person.message("Who was she?"), number=1)
        double.post("message", person.message("earlier"), number=5)
        await person.settled()
        assert sorted(shown.text.split("\n")[0][3:] for shown in person.sees) == ["Who was she?", "earlier", "later"]


@together
async def test_flood() -> None:
    """A flood is told so once, what asks for help in it is answered, and others are served meanwhile."""
    async with answering() as double:
        double.delay = 0.01
        flooding, other = Person(double, 7), Person(double, 8)
        for n in range(150):
            flooding.writes(f"question {n}")
        flooding.writes("he hits me")
        await other.asks("Who was she?")
        assert len(flooding.sees) < 20
        await flooding.settled()
        await double.until(lambda: any("question 39" in shown.text for shown in flooding.sees))
        texts = [shown.text for shown in flooding.sees]
        assert sum("more than I can answer" in text for text in texts) == 1
        assert sum("0808 123 4567" in text for text in texts) == 1
        assert 40 <= len(texts) < 150
        assert (await flooding.asks("And now?")).text.endswith("paragraph 6)")


@together
async def test_catch_up() -> None:
    """Messages older than ten minutes at the start get one reply a chat, and a cry for help its contacts."""
    async with answering() as double:
        person, crying = Person(double, 7), Person(double, 8)
        old = int(time.time()) - 700
        for n in range(3):
            person.writes(f"question {n}", date=old + n)
        crying.writes("Who was she?", date=old)
        crying.writes("he hits me", date=old)
        crying.writes("he hits me", date=old)
        Person(double, 9, group=-5).writes("/people", date=old)
        person.writes("And now?")
        await person.settled()
        assert [shown.text.split(".")[0] for shown in person.sees] == ["I was away when you wrote", "1"]
        assert ["0808" in shown.text for shown in crying.sees] == [False, True]
        assert not double.seen[-5]


@together
async def test_old_cries() -> None:
    """Of cries that waited, each kind is answered whatever its age, the same one once; in a group those for the bot."""

    class Kinds(StandIn):
        def reply(self, message: str, context: Context = NOTHING) -> tuple[Reply, Context]:
            reply, context = super().reply(message, context)
            return (reply._replace(text=f"{reply.text} {message[-1]}"), context)

    async with Double() as double:
        person, group, old = Person(double, 7), Person(double, 8, group=-5), int(time.time()) - 90_000
        for text in ("he hits me A", "he hits me B", "he hits me A", "/help he hits me C", "he hits me B"):
            person.writes(text, date=old)
        group.writes("he hits me D", date=old)
        group.writes("@casebook_bot he hits me E", date=old)
        group.writes("/people he hits me F", date=old)
        async with serving(double, Kinds()):
            await person.settled()
            assert [shown.text[-1] for shown in person.sees] == ["A", "B", "C"]
            assert ["call 999" in shown.text for shown in group.sees] == [True, True]
            assert (await person.asks("he hits me A", date=old)).text.endswith("A")


@together
async def test_a_wrong_clock_leaves_nobody_without_an_answer() -> None:
    """Telegram's dates are two hours behind its own clock, as far as the bot can tell: what comes now is answered now."""
    async with answering() as double:
        person, early = Person(double), int(time.time()) - 7200
        await double.until(lambda: double.polls)
        await asyncio.sleep(0.2)
        for n, text in enumerate(("Who was she?", "And when?", "he hits me", "And where?")):
            person.writes(text, date=early)
            await double.until(lambda n=n: len(person.sees) == n + 1)
        assert not any("I was away" in shown.text for shown in person.sees)


@together
async def test_clock_of_the_host() -> None:
    """A host whose clock is hours ahead answers as ever: what is old is told by Telegram's clock."""
    async with Double() as double:
        double.behind = 7200.0
        async with serving(double):
            person = Person(double)
            for n in range(3):
                shown = await person.asks("Who was she?", date=int(time.time()) - 7200)
                assert shown.text.startswith(f"{n + 1}. Who")


@together
@pytest.mark.parametrize(
    "refusal",
    [
        RefusedError("Forbidden: bot was blocked by the user", 403),
        RefusedError("Bad Request: chat not found"),
        RefusedError("Bad Request: not enough rights to send text messages to the chat"),
        RefusedError("Bad Request: CHAT_SEND_PLAIN_FORBIDDEN"),
        RefusedError("Bad Request: CHAT_GUEST_SEND_FORBIDDEN"),
        RefusedError("Bad Request: USER_IS_BLOCKED"),
        RefusedError("Bad Request: USER_BANNED_IN_CHANNEL"),
        RefusedError("Bad Request: ALLOW_PAYMENT_REQUIRED"),
        RefusedError("Bad Request: PRIVACY_PREMIUM_REQUIRED"),
        RefusedError("Bad Request: the group chat was deleted"),
        RefusedError("Bad Request: user not found"),
    ],
)
async def test_nobody_there(refusal: RefusedError, capfd: pytest.CaptureFixture[str]) -> None:
    """A blocked bot, a deleted chat and a missing right are borne in silence, without a second try."""
    async with answering() as double:
        person = Person(double)
        double.methods.blocked[7] = refusal
        person.writes("Who was she?")
        await person.settled()
        assert len(double.did("sendMessage")) == 1
    assert capfd.readouterr().err == started()


@together
async def test_moved_group() -> None:
    """When a group has become a supergroup, the answer goes there."""
    async with answering() as double:
        person = Person(double, group=-5)
        double.methods.blocked[-5] = RefusedError("Bad Request: group chat was upgraded", migrate_to_chat_id=-1005)
        person.writes("@casebook_bot who?")
        await person.settled()
        assert double.seen[-1005][0].text.startswith("1. who?")


@together
async def test_poll_faults() -> None:
    """Whatever happens to a fetch, what waits is answered once."""
    async with answering() as double:
        person = Person(double)
        for n, fault in enumerate(["500", "before", "half"]):
            double.fault = Once(fault, "getUpdates")
            person.writes(f"question {n}")
            await person.settled()
        assert len(person.sees) == 3


@together
async def test_unreadable_update() -> None:
    """An update that can't be read doesn't hold up those beside it."""
    async with answering() as double:
        double.post("message", {"nonsense": 1})
        double.post("some_new_kind", {"of": "update"})
        assert (await Person(double).asks("Who was she?")).text.startswith("1. Who")
        await Person(double).settled()


@together
async def test_confirmed_after_handling() -> None:
    """An update is confirmed only when its reply is out."""
    async with answering() as double:
        double.delay = 0.3
        person = Person(double)
        person.writes("Who was she?")
        await asyncio.sleep(0.2)
        assert double.updates
        await person.settled()
        assert len(person.sees) == 1


@together
async def test_confirmed_at_the_end() -> None:
    """What is done is confirmed before the end, though Telegram fails just then; it doesn't come again."""
    async with Double() as double:
        person, failing = Person(double), Once("500", "getUpdates", times=2)
        double.fault = lambda method, form: failing(method, form) if person.sees else None
        async with serving(double):
            person.writes("Who was she?")
            await double.until(lambda: failing.left == 1)
        assert not double.updates
        assert len(person.sees) == 1


@together
async def test_profile_faults() -> None:
    """Faults while the profile is set neither stop the start nor leave it unset."""
    async with answering() as double:
        double.fault = Once("500", "setMyCommands")
        async with serving(double):
            assert (await Person(double).asks("Who was she?")).text.startswith("1. Who")
            await double.until(lambda: double.methods.profile["commands"])
