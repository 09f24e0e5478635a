"""The measuring scripts, each for a moment: the whole of each is run by hand."""

from __future__ import annotations

import pytest

from bot.conversation import Conversation
from tests.telegram import faults, load, soak, waits
from tests.telegram.double import Shown
from tests.telegram.session import together

BOATHOUSE = ("-m", "bot", "--case", "tests/cases/boathouse", "telegram")
"""The bot on the small case, which starts at once."""


@together
async def test_load(boathouse: Conversation) -> None:
    """Each question is asked and gets the conversation's own reply, in order."""
    asked = {chat: ("when did the boathouse burn down", "who was it", f"hello {chat}") for chat in range(1, 6)}
    wanted = {chat: load.answers(texts, boathouse) for chat, texts in asked.items()}
    figures = await load.measure(BOATHOUSE, asked, wanted, delay=0.01, steadily=5)
    assert figures.faults == load.Faults()
    assert figures.work > 0
    assert len(figures.waits) == 5


@pytest.mark.parametrize(
    ("told", "faults"),
    [
        (("one", "two!", "three"), load.Faults()),
        (("one", "three"), load.Faults(lost=1)),
        (("one", "two", "two", "three"), load.Faults(doubled=1)),
        (("two", "one", "three"), load.Faults(disordered=1)),
        (("one", "two", "else"), load.Faults(lost=1, other=1)),
    ],
)
def test_load_compares(told: tuple[str, ...], faults: load.Faults) -> None:
    """A reply that is lost, sent twice, of other words or out of order is counted as that."""
    assert load.compared(("one", "two", "three"), [Shown(n, text) for n, text in enumerate(told)]) == faults


def test_load_deals_whole_conversations() -> None:
    """Each chat is asked so many messages, the same in each run, of the files that come with the project."""
    dealt = load.asked_by(3, 7)
    assert [len(texts) for texts in dealt] == [7, 7, 7]
    assert dealt == load.asked_by(3, 7)
    assert dealt[0] != dealt[1]


@together
@pytest.mark.usefixtures("boathouse")
@pytest.mark.parametrize("way", waits.WAYS)
async def test_waits(way: str) -> None:
    """Beside somebody at a 429, everybody else and who cries for help gets a reply, and all are measured."""
    paused = waits.Disturbance("one chat at 429", waits.DISTURBANCES["pause"].do, 1.5)
    others, cries = await waits.beside(way, paused, BOATHOUSE)
    assert (len(others), len(cries)) == (30, 1)
    assert max(others + cries) < waits.AT_MOST


@together
async def test_faults() -> None:
    """Nothing is lost, and nothing doubled but what the protocol leaves open."""
    story, counts = await faults.run(seconds=2.0, every=0.7)
    assert sum(story.done.values()) > 0
    assert (counts["lost"], counts["cries lost"], counts["doubled without reason"]) == (0, 0, 0)


@together
async def test_soak() -> None:
    """The size is read."""
    sizes = await soak.run(messages=100, chats=50, steps=1, step=50)
    assert 20 < sizes[0] < 200
