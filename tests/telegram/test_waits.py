"""One chat that writes a lot, or that Telegram makes wait: what becomes of its messages, of its cries, and of other chats."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from tests.telegram.double import Double
from tests.telegram.people import Person
from tests.telegram.session import environment, serving, together
from tests.telegram.strict import RefusedError
from tests.telegram.test_process import free_port, hooked

WAYS = pytest.mark.parametrize("way", ["polling", "webhook"])
PACED = {"TELEGRAM_MESSAGES_PER_SECOND": "30"}


@asynccontextmanager
async def paced(way: str, **more: str) -> AsyncIterator[Double]:
    """Run the bot at its default pace."""
    async with Double() as double:
        env = hooked(double, free_port()) if way == "webhook" else environment(double)
        async with serving(double, **(env | PACED | more)):
            await double.until(lambda: double.webhook or double.polls)
            yield double


def texts(person: Person) -> list[str]:
    """What a person was told, without its number, in a few words."""
    return [shown.text.split("\n")[0].partition(". ")[2] or shown.text for shown in person.sees]


@together
@pytest.mark.parametrize("before", [15, 300])
@WAYS
async def test_a_cry_passes_what_its_chat_has_waiting(way: str, before: int) -> None:
    """Behind messages of its own that wait for their pace, few or a flood, a cry is the next to be answered."""
    async with paced(way) as double:
        person = Person(double)
        for n in range(before):
            person.writes(f"question {n}")
        await double.until(lambda: len(person.sees) >= 5)
        person.writes("he hits me")
        await double.until(lambda: any("0808" in shown.text for shown in person.sees))
        assert sum("question" in shown.text for shown in person.sees) <= 6 + before // 10


@together
async def test_a_cry_passes_those_that_begin_to_wait_once_it_is_there() -> None:
    """Behind a message whose turn comes with the next second only, a cry that came at once with it is answered before it."""
    async with paced("polling") as double:
        person = Person(double)
        for n in range(4):
            await person.asks(f"question {n}")
        for text in ("question 4", "question 5", "he hits me"):
            person.writes(text)
        await double.until(lambda: len(person.sees) >= 7)
        assert "0808" in person.sees[5].text
        assert "question 5" in person.sees[6].text


@together
@WAYS
async def test_another_chat_waits_for_none_of_it(way: str) -> None:
    """While thirty-nine messages of one chat wait, forty others are answered before its tenth."""
    async with paced(way) as double:
        loud, others = Person(double), [Person(double, n) for n in range(100, 140)]
        for n in range(39):
            loud.writes(f"question {n}")
        for other in others:
            other.writes("Who was she?")
        await double.until(lambda: all(other.sees for other in others))
        assert len(loud.sees) <= 10


@together
@WAYS
async def test_a_chat_that_telegram_makes_wait_holds_up_nobody(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One chat is told to wait a minute: those that come after it are answered, and a cry in another one."""
    monkeypatch.setattr("bot.faces.telegram.app.GRACE", 0.1)
    async with paced(way) as double:
        held = Person(double)
        double.methods.blocked[7] = RefusedError("Too Many Requests: retry after 60", 429, retry_after=60)
        for n in range(5):
            held.writes(f"question {n}")
        await double.until(lambda: double.did("sendMessage"))
        others = [Person(double, n) for n in range(100, 120)]
        for other in others:
            other.writes("he hits me" if other is others[-1] else "Who was she?")
        await double.until(lambda: all(other.sees for other in others))
        await held.settled()
        assert not held.sees


@together
async def test_above_the_pace_the_last_question_is_answered() -> None:
    """By webhook nothing is held back: what comes too fast is confirmed, said so once, and the last of it answered."""
    port = free_port()
    async with (
        paced("webhook", CASEBOOK_HEALTH_PORT=str(port)) as double,
        httpx.AsyncClient(verify=False, trust_env=False) as client,
    ):
        person = Person(double)
        for n in range(30):
            person.writes(f"question {n}")
        await person.settled()
        assert len(person.sees) <= 7
        await double.until(lambda: texts(person)[-1] == "question 29")
        assert [text for text in texts(person) if "question" in text][:5] == [f"question {n}" for n in range(5)]
        assert sum("more than I can answer" in shown.text for shown in person.sees) == 1
        page = (await client.get(f"http://127.0.0.1:{port}/metrics")).text
        assert "casebook_let_go_total 24.0" in page
        assert "question" not in page


@together
@WAYS
async def test_what_waits_for_its_pace_is_answered_at_the_end(way: str) -> None:
    """A bot that is told to stop lets go out what it has taken in."""
    async with Double() as double:
        env = hooked(double, free_port()) if way == "webhook" else environment(double)
        person = Person(double)
        async with serving(double, **(env | PACED)):
            await double.until(lambda: double.webhook or double.polls)
            for n in range(9):
                person.writes(f"question {n}")
            await person.settled()
        answered = [text for text in texts(person) if "question" in text]
        assert answered[-1] == "question 8"
        assert way == "webhook" or len(answered) == 9


@together
async def test_mentions_beyond_what_a_group_may_have_waiting_are_told_so() -> None:
    """Of sixty mentions at once in a group some are turned away, with one line; what isn't meant for the bot is no part of it."""
    async with paced("polling") as double:
        group = Person(double, 8, group=-5)
        for n in range(200):
            group.writes(f"talk among ourselves {n}")
        for n in range(70):
            group.writes(f"@casebook_bot question {n}")
        await double.until(lambda: any("more than I can answer" in shown.text for shown in group.sees))
        await asyncio.sleep(0.1)
        assert sum("more than I can answer" in shown.text for shown in group.sees) == 1
        assert not any("ourselves" in shown.text for shown in group.sees)
