"""Two copies of the bot behind a balancer share what is remembered: it makes no difference which of them a message reaches."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from bot.faces.telegram.state.store import InMemory
from tests.shared import conversation
from tests.telegram.double import Double
from tests.telegram.people import Person
from tests.telegram.session import serving, together
from tests.telegram.test_process import SECRET, free_port, hooked


class Copies:
    """Two copies; each update goes to the other one than the last did."""

    def __init__(self, double: Double, urls: list[str]) -> None:
        """Take Telegram's side and where the copies listen."""
        self.double = double
        self.urls = urls

    def turn(self) -> None:
        """Let the other copy have the next update."""
        self.urls.reverse()
        self.double.webhook["url"] = self.urls[0]

    async def post(self, update: dict[str, Any]) -> None:
        """Deliver an update to both."""
        async with httpx.AsyncClient(verify=False, trust_env=False) as client:
            for url in self.urls:
                answer = await client.post(url, json=update, headers={"X-Telegram-Bot-Api-Secret-Token": SECRET})
                assert answer.status_code == 200


@asynccontextmanager
async def copies() -> AsyncIterator[Copies]:
    """Run two copies that share a store."""
    store, urls = InMemory(), []
    async with Double() as double:
        first, second = (hooked(double, free_port()) for _ in range(2))
        async with serving(double, conversation(), store=store, **first):
            await double.until(lambda: double.webhook)
            urls.append(double.webhook["url"])
            async with serving(double, conversation(), store=store, **second):
                await double.until(lambda: double.webhook["url"] not in urls)
                urls.append(double.webhook["url"])
                yield Copies(double, urls)


@together
async def test_a_follow_up_reaches_another_copy() -> None:
    """What the first told, the second knows: the person spoken of, the list shown, the concern."""
    async with copies() as both:
        person = Person(both.double)
        for first, then, wanted in (
            ("who was the driver", "and how old was he", "The driver was 26"),
            ("he hits me", "what car was it", "If you need somebody to talk to"),
        ):
            await person.asks(first)
            both.turn()
            shown = await person.asks(then)
            assert wanted in shown.text
            both.turn()


@together
async def test_a_number_typed_to_another_copy_means_the_list_that_the_first_showed() -> None:
    """The second choice under an answer, by its number, is what its button brings."""
    async with copies() as both:
        person = Person(both.double)
        shown = await person.asks("the driver")
        label = list(shown.buttons)[1]
        both.turn()
        typed = await person.asks("2")
        assert typed.text.split("\n\n")[0] in (await person.taps(shown, label)).text


@together
async def test_an_edit_reaches_another_copy() -> None:
    """The answer that the first copy gave is changed by the second."""
    async with copies() as both:
        person = Person(both.double)
        asked = person.message("what car was it")
        both.double.post("message", asked)
        await person.settled()
        both.turn()
        await person.edits(asked, "how old was Yasmin")
        assert len(person.sees) == 1
        assert "43" in person.sees[0].text


@together
async def test_forget_reaches_another_copy() -> None:
    """The second deletes what the first had sent and read, and the first knows nothing any more."""
    async with copies() as both:
        person = Person(both.double)
        await person.asks("who was the driver")
        await person.asks("what car was it")
        both.turn()
        shown = await person.asks("/forget")
        assert person.sees == [shown]
        both.turn()
        assert "driver was 26" not in (await person.asks("and how old was he")).text


@together
async def test_that_the_bot_was_away_is_said_once() -> None:
    """Two old messages wait, and each copy gets one."""
    store, old = InMemory(), int(time.time()) - 7200
    async with Double() as double:
        person = Person(double)
        for text in ("what car was it", "who was the driver"):
            person.writes(text, date=old)
            async with serving(double, conversation(), store=store):
                await person.settled()
        assert ["I was away" in shown.text for shown in person.sees] == [True]


@together
async def test_an_update_that_reaches_both_is_answered_once() -> None:
    """Telegram sends an update again whose answer was lost; the other copy confirms it and says nothing."""
    async with copies() as both:
        person = Person(both.double)
        await both.post({"update_id": 99, "message": person.message("what car was it")})
        assert len(person.sees) == 1
