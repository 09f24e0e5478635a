"""The pace of the default configuration, on a clock of the test's own: nothing really waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

import pytest

from bot.faces.telegram.hand import HAND, InHand
from bot.faces.telegram.outgoing.limiter import Haste, Pace
from bot.faces.telegram.state.store import InMemory
from bot.faces.telegram.trouble import Patience
from bot.settings import Settings
from tests.telegram.double import TOKEN

PERSON, GROUP = 7, -1001
BURST = 0.7
"""Seconds in which twenty messages go out at thirty a second, seven of them at once."""


class Hurried(asyncio.SelectorEventLoop):
    """A loop on which time passes by being waited for."""

    def __init__(self) -> None:
        """Start at nought."""
        super().__init__()
        self.now = 0.0
        self._look = self._selector.select  # type: ignore[attr-defined]
        self._selector.select = self._skip  # type: ignore[attr-defined]

    def time(self) -> float:
        """Return the seconds waited for so far."""
        return self.now

    def _skip(self, timeout: float | None) -> Any:
        events = self._look(0)
        self.now += 0.0 if events else timeout or 0.0
        return events


def hurried(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Run an async test on such a loop."""

    @wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        with asyncio.Runner(loop_factory=Hurried) as runner:
            runner.run(test(*args, **kwargs))

    return run


class Sending:
    """Messages sent through the pace that the bot runs with where nothing is set."""

    def __init__(self, store: InMemory | None = None) -> None:
        """Start with none sent, by this copy or another that shares the store."""
        per_second = Settings.from_env({"TELEGRAM_BOT_TOKEN": TOKEN}).messages_per_second
        self.pace = Pace(per_second, Patience(), store or InMemory(asyncio.get_running_loop().time))

    async def send(self, chat: int, *, urgent: bool = False) -> float:
        """Send one message, and return when it went out."""
        gone: list[float] = []

        async def go() -> bool:
            gone.append(asyncio.get_running_loop().time())
            return True

        await self.pace.process_request(go, (), {}, "sendMessage", {"chat_id": chat}, Haste(urgent=urgent))
        return gone[0]

    async def burst(self, chat: int, count: int) -> list[float]:
        """Send so many at once, and return when each went out."""
        return sorted(await asyncio.gather(*(self.send(chat) for _ in range(count))))


@hurried
async def test_a_private_chat_gets_five_at_once_and_then_one_a_second() -> None:
    """The sixth message waits a second, the eighth three."""
    gone = await Sending().burst(PERSON, 8)
    assert gone == pytest.approx([0, 0, 0, 0, 0, 1, 2, 3], abs=0.1)


@hurried
async def test_a_group_gets_twenty_at_once_and_then_twenty_a_minute() -> None:
    """The twentieth goes out with the first, the next ones wait three seconds each."""
    gone = await Sending().burst(GROUP, 22)
    assert gone[19] < BURST
    assert gone[20:] == pytest.approx([3, 6], abs=0.1)


@hurried
async def test_help_goes_out_past_the_pace_of_its_chat() -> None:
    """After five messages in a second a reply of support waits for none of them."""
    sending = Sending()
    await sending.burst(PERSON, 5)
    assert await sending.send(PERSON, urgent=True) < 0.1
    assert await sending.send(PERSON) == pytest.approx(2, abs=0.1)


@hurried
async def test_one_chat_that_waits_holds_up_no_other() -> None:
    """While one chat has used up its pace, another is answered at once."""
    sending = Sending()
    waiting = asyncio.create_task(sending.burst(PERSON, 9))
    await asyncio.sleep(0.5)
    assert await sending.send(PERSON + 1) == pytest.approx(0.5, abs=0.1)
    await waiting


@hurried
async def test_all_chats_together_get_thirty_a_second() -> None:
    """Sixty-seven people at once are answered within two seconds, and not faster."""
    sending = Sending()
    gone = await asyncio.gather(*(sending.send(chat) for chat in range(1, 68)))
    assert max(gone) == pytest.approx(2, abs=0.1)


@hurried
async def test_an_update_that_waits_for_its_own_chat_is_let_go_and_one_that_waits_for_all_is_not() -> None:
    """Telegram need not hold what only waits for the pace of its chat; what waits its turn among all comes again after a kill."""
    sending = Sending()
    hands = []
    for chat, count in ((PERSON, 5), (PERSON, 1), (PERSON + 1, 1)):
        hand = InHand()
        hands.append(hand)
        HAND.set(hand)
        await sending.burst(chat, count)
    crowd = InHand()
    HAND.set(crowd)
    await asyncio.gather(*(sending.send(chat) for chat in range(100, 140)))
    assert [hand.is_free for hand in (*hands, crowd)] == [False, True, False, False]


@hurried
async def test_two_copies_have_one_pace() -> None:
    """What one sent to a chat the other counts."""
    store = InMemory(asyncio.get_running_loop().time)
    first, second = Sending(store), Sending(store)
    gone = await first.burst(PERSON, 4) + await second.burst(PERSON, 3)
    assert gone == pytest.approx([0, 0, 0, 0, 0, 1, 2], abs=0.1)
