"""Updates taken in: each once, one chat's in order; what only waits holds up nothing, and a cry waits for nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, cast

import pytest

from bot.faces.telegram.hand import note_waiting
from bot.faces.telegram.incoming.polling import STUCK, WINDOW, Poll
from bot.faces.telegram.incoming.queue import DONE, LEASED, SEEN, Intake
from bot.faces.telegram.metrics import Tally
from bot.faces.telegram.outgoing.limiter import ABREAST, Pace
from bot.faces.telegram.state.store import InMemory
from bot.faces.telegram.trouble import Patience
from tests.telegram.session import together
from tests.telegram.test_pace import hurried


class Unpaced:
    """A way out without a pace."""

    pace = cast("Any", None)

    async def due(self, _: int) -> float:
        """Return no wait."""
        return 0.0

    def hurry(self) -> None:
        """Do nothing."""


class Handlers:
    """Handlers that do what a test says, and note what they have handled."""

    def __init__(self, does: Callable[[str], Any] | None = None) -> None:
        """Take what is done with a text; nothing by default."""
        self.does = does
        self.handled: list[str] = []

    async def handle(self, update: Any) -> None:
        """Handle an update."""
        text = update.message.text if update.message else str(update.update_id)
        if self.does:
            await self.does(text)
        self.handled.append(text)

    def wants(self, _: Any) -> bool:
        """Want everything."""
        return True

    def is_cry(self, update: Any) -> bool:
        """Say whether a text asks for help."""
        return update.message is not None and "hits me" in update.message.text


def intake(handlers: Handlers | None = None, store: InMemory | None = None) -> Intake:
    """Return an intake with such handlers."""
    wire = Unpaced()
    wire.pace = wire
    clock = asyncio.get_running_loop().time
    return Intake(
        cast("Any", wire), cast("Any", handlers or Handlers()), store or InMemory(clock), Tally(), lets_go=False
    )


def message(number: int, text: str, chat: int = 7) -> dict[str, Any]:
    """Return an update."""
    of = {"message_id": number, "date": int(time.time()), "chat": {"id": chat, "type": "private"}, "text": text}
    return {"update_id": number, "message": of}


class Telegram:
    """Updates that wait until they are confirmed."""

    def __init__(self, updates: list[dict[str, Any]]) -> None:
        """Take them."""
        self.updates = updates
        self.brought: list[list[int]] = []

    async def fetch(self, offset: int | None, seconds: int) -> list[dict[str, Any]]:
        """Return a window of those from `offset` on."""
        self.updates = [update for update in self.updates if update["update_id"] >= (offset or 0)]
        await asyncio.sleep(0.01 if self.updates else max(seconds, 0.01))
        window = self.updates[:WINDOW]
        if window:
            self.brought.append([update["update_id"] for update in window])
        return window


async def polled(telegram: Telegram, taking: Intake, seconds: float) -> None:
    """Poll for so many seconds."""
    stop = asyncio.Event()
    running = asyncio.create_task(Poll(cast("Any", telegram), taking, Patience()).run(stop))
    await asyncio.sleep(seconds)
    stop.set()
    await running


async def hang(_: str) -> None:
    """Never end, and say that it only waits for its chat."""
    note_waiting()
    await asyncio.Event().wait()


@hurried
async def test_what_only_waits_for_its_chat_holds_up_no_fetching() -> None:
    """While thirty-nine messages of one chat wait, as many windows of others as there are come through at once."""
    handlers = Handlers(lambda text: hang(text) if "slow" in text else asyncio.sleep(0))
    slow = [message(n, f"slow {n}") for n in range(1, 40)]
    telegram = Telegram([*slow, *(message(n, f"quick {n}", chat=n) for n in range(40, 340))])
    taking = intake(handlers)
    await polled(telegram, taking, 1.0)
    assert handlers.handled == [f"quick {n}" for n in range(40, 340)]
    assert not telegram.updates
    await taking.finish(0.1)


@hurried
async def test_a_cry_that_telegram_makes_wait_is_held_until_it_is_answered() -> None:
    """It isn't confirmed, so that it comes again if the bot is killed; what stands beside it is handled meanwhile."""
    handlers = Handlers(lambda text: hang(text) if "hits me" in text else asyncio.sleep(0))
    telegram = Telegram([message(1, "he hits me"), message(2, "who?", chat=8)])
    taking = intake(handlers)
    await polled(telegram, taking, 1.0)
    assert handlers.handled == ["who?"]
    assert [update["update_id"] for update in telegram.updates] == [1, 2]
    await taking.finish(0.1)


@hurried
async def test_an_update_that_hangs_holds_up_the_others_for_five_seconds_only() -> None:
    """The first of a full window never ends; those behind the window are taken all the same, and not before."""

    async def never(text: str) -> None:
        if text == "1":
            await asyncio.Event().wait()

    taking = intake(Handlers(never))
    telegram = Telegram([message(n, str(n), chat=n) for n in range(1, WINDOW + 51)])
    stop = asyncio.Event()
    running = asyncio.create_task(Poll(cast("Any", telegram), taking, Patience()).run(stop))
    await asyncio.sleep(STUCK - 0.5)
    assert taking.has_seen({"update_id": WINDOW})
    assert not taking.has_seen({"update_id": WINDOW + 1})
    await asyncio.sleep(3.0)
    assert taking.has_seen({"update_id": WINDOW + 50})
    stop.set()
    await running
    await taking.finish(0.1)


@hurried
async def test_a_full_window_is_not_fetched_again_before_its_first_is_done() -> None:
    """Whatever else is done of it, nothing new could come; when the first is done, all that is free behind it goes at once."""
    handlers = Handlers(lambda text: asyncio.sleep(2.0 if text == "1" else 0.0))
    telegram = Telegram([message(n, str(n), chat=n) for n in range(1, WINDOW + 51)])
    taking = intake(handlers)
    await polled(telegram, taking, 3.0)
    assert handlers.handled == [*map(str, range(2, WINDOW + 1)), "1", *map(str, range(WINDOW + 1, WINDOW + 51))]
    assert [(window[0], window[-1]) for window in telegram.brought] == [(1, WINDOW), (WINDOW + 1, WINDOW + 50)]


@hurried
async def test_what_is_done_before_one_that_hangs_makes_room() -> None:
    """The fiftieth of a full window hangs: as many as stood before it come in at once, and are handled."""
    handlers = Handlers(lambda text: asyncio.sleep(9.0 if text == "50" else 0.0))
    telegram = Telegram([message(n, str(n), chat=n) for n in range(1, 2 * WINDOW)])
    taking = intake(handlers)
    await polled(telegram, taking, 1.0)
    assert handlers.handled == [str(n) for n in range(1, WINDOW + 50) if n != 50]
    assert [window[0] for window in telegram.brought] == [1, 50]
    await taking.finish(0.1)


@hurried
async def test_polling_ends_at_once_though_a_full_window_waits_for_its_first() -> None:
    """The first of a full window hangs, and the bot is told to end."""

    async def never(_: str) -> None:
        await asyncio.Event().wait()

    taking = intake(Handlers(never))
    await polled(Telegram([message(n, str(n), chat=n) for n in range(1, WINDOW + 1)]), taking, 1.0)
    assert asyncio.get_running_loop().time() == pytest.approx(1.0, abs=0.01)
    await taking.finish(0.1)


@hurried
async def test_a_rush_is_not_fetched_over_and_over_while_sends_take_their_time() -> None:
    """Forty chats of twenty messages, a send takes 50 ms: each message is brought some three times, and answered in order."""
    clock = asyncio.get_running_loop().time
    pace = Pace(0.0, Patience(), InMemory(clock))

    async def go() -> bool:
        await asyncio.sleep(0.05)
        return True

    async def send(text: str) -> None:
        await pace.process_request(go, (), {}, "sendMessage", {"chat_id": int(text.split(maxsplit=1)[0])}, None)

    handlers = Handlers(send)
    chats, each = range(1, 41), range(20)
    told = [f"{chat} {n}" for n in each for chat in chats]
    telegram = Telegram([message(n, text, chat=int(text.split()[0])) for n, text in enumerate(told, start=1)])
    await polled(telegram, intake(handlers), len(told) * 0.05 / ABREAST + 0.5)
    for chat in chats:
        assert [text for text in handlers.handled if text.startswith(f"{chat} ")] == [f"{chat} {n}" for n in each]
    assert sum(map(len, telegram.brought)) < 4 * len(told)


@hurried
async def test_what_is_cut_short_by_the_end_comes_again() -> None:
    """An update whose reply is still being made at the end is not confirmed."""

    async def never(_: str) -> None:
        await asyncio.Event().wait()

    taking = intake(Handlers(never))
    hand = taking.take(message(1, "who?"))
    assert hand
    await asyncio.sleep(0)
    await taking.finish(0.1)
    assert not hand.is_free


@together
async def test_a_cry_passes_all_that_its_chat_has_waiting() -> None:
    """Thirty messages wait for the first; the cry behind them is handled at once, and the others keep their order."""
    waiting = asyncio.Event()

    async def first(text: str) -> None:
        if text == "0":
            await waiting.wait()

    handlers = Handlers(first)
    taking = intake(handlers)
    for n in range(30):
        taking.take(message(n + 1, str(n)))
    cry = taking.take(message(31, "he hits me"))
    assert cry
    await asyncio.wait_for(cry.free, 1.0)
    assert handlers.handled == ["he hits me"]
    waiting.set()
    await taking.finish(1.0)
    assert handlers.handled == ["he hits me", *map(str, range(30))]


@together
async def test_no_more_ids_are_remembered_than_two_thousand() -> None:
    """The oldest is forgotten with the first one beyond; the newest are known, so that none is handled twice."""
    taking = intake()
    for n in range(1, SEEN + 2):
        hand = taking.take(message(n, str(n), chat=n))
        assert hand
        await hand.free
    assert SEEN == 2_000
    assert [taking.has_seen({"update_id": number}) for number in (1, 2, SEEN + 1)] == [False, True, True]
    assert taking.take(message(SEEN + 1, "again")) is None


@hurried
async def test_an_update_that_another_copy_has_done_is_not_handled_again() -> None:
    """Two copies share a store; the same update reaches both, one after the other."""
    store, first, second = InMemory(asyncio.get_running_loop().time), Handlers(), Handlers()
    for handlers in (first, second):
        hand = intake(handlers, store).take(message(1, "who?"))
        assert hand
        await hand.free
    assert (first.handled, second.handled) == (["who?"], [])


@hurried
@pytest.mark.parametrize(("text", "waits"), [("who?", LEASED.seconds), ("he hits me", 0.0)])
async def test_what_a_copy_has_not_done_another_answers(text: str, waits: float) -> None:
    """A copy took an update in hand and is gone: the next one answers when the lease is over, a cry at once."""
    clock = asyncio.get_running_loop().time
    store, handlers = InMemory(clock), Handlers()
    await store.mark(LEASED, (1,))
    hand = intake(handlers, store).take(message(1, text))
    assert hand
    await hand.free
    assert handlers.handled == [text]
    assert clock() == pytest.approx(waits, abs=0.3)
    assert await store.get(DONE, (1,)) is not None
