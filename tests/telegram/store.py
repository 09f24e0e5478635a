"""What every store must do: the contracts that the one in memory keeps in the suite, and a real server in `copies`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest

from bot.faces.telegram.state.store import Kind, Rate, Store

LONG, BRIEF = Kind("long", 60.0), Kind("brief", 1.0)
PACE = Rate(1.0, 3)
NEARLY = 0.2
"""Seconds by which a real clock may be late."""

Sleep = Callable[[float], Awaitable[None]]


class Clock:
    """A clock of the test's own."""

    now = 0.0

    def __call__(self) -> float:
        """Return the seconds slept so far."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


async def keeps_values(store: Store, sleep: Sleep) -> None:
    """A value is there until it is dropped or its time is over, and another takes its place; kinds don't mix."""
    await store.put(LONG, {(1, "a"): b"one", (2,): b"two"})
    await store.put(BRIEF, {(1, "a"): b"brief"})
    assert [await store.get(LONG, (1, "a")), await store.get(LONG, (2,))] == [b"one", b"two"]
    await store.put(LONG, {(2,): b"three"})
    assert await store.get(LONG, (2,)) == b"three"
    await store.drop(LONG, (2,))
    assert await store.get(LONG, (2,)) is None
    await sleep(BRIEF.seconds + NEARLY)
    assert await store.get(BRIEF, (1, "a")) is None
    assert await store.get(LONG, (1, "a")) == b"one"


async def marks_once(store: Store, sleep: Sleep) -> None:
    """A mark is new once, and again after its time; a second one makes it last no longer."""
    assert await store.mark(BRIEF, (3,))
    await sleep(BRIEF.seconds * 0.6)
    assert not await store.mark(BRIEF, (3,))
    assert await store.get(BRIEF, (3,)) is not None
    await sleep(BRIEF.seconds * 0.6)
    assert await store.mark(BRIEF, (3,))


async def keeps_lists(store: Store, sleep: Sleep) -> None:
    """A list holds the last items in their order, is taken once, and ends after its time."""
    await store.append(LONG, (4,), [b"a", b"b"], most=3)
    await store.append(LONG, (4,), [b"c", b"d"], most=3)
    assert await store.take(LONG, (4,)) == [b"b", b"c", b"d"]
    assert await store.take(LONG, (4,)) == []
    await store.append(BRIEF, (5,), [b"a"], most=3)
    await sleep(BRIEF.seconds + NEARLY)
    assert await store.take(BRIEF, (5,)) == []


async def keeps_pace(store: Store, sleep: Sleep) -> None:
    """Three at once, then each has to wait for its own turn; an urgent one waits for none, and counts."""
    waits = [await store.step(("chat", 6), PACE, urgent=False) for _ in range(5)]
    assert waits == pytest.approx([0.0, 0.0, 0.0, 1.0, 2.0], abs=NEARLY)
    assert await store.step(("chat", 6), PACE, urgent=True) == 0.0
    assert await store.due(("chat", 6), PACE) == pytest.approx(4.0, abs=NEARLY)
    assert await store.due(("chat", 7), PACE) == 0.0
    await sleep(1.0)
    assert await store.due(("chat", 6), PACE) == pytest.approx(3.0, abs=NEARLY)


async def holds(store: Store, sleep: Sleep) -> None:
    """What Telegram has told to wait makes no step until then, whatever its pace."""
    for key, rate in ((("chat", 8), PACE), (("chat", 9), Rate(0.0, 1))):
        await store.hold(key, rate, 2.0)
        assert await store.due(key, rate) == pytest.approx(2.0, abs=NEARLY)
        assert await store.step(key, rate, urgent=False) == pytest.approx(2.0, abs=NEARLY)
        await sleep(2.0 + NEARLY)
        assert await store.due(key, rate) <= 1.0


EVERY_CONTRACT: tuple[Callable[[Store, Sleep], Coroutine[Any, Any, None]], ...] = (
    keeps_values,
    marks_once,
    keeps_lists,
    keeps_pace,
    holds,
)
