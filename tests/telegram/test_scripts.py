"""The measuring scripts, each for a moment: the whole of each is run by hand."""

from __future__ import annotations

from tests.telegram import faults, load, soak
from tests.telegram.session import together


@together
async def test_load() -> None:
    """Nothing is lost, doubled or out of order."""
    figures = await load.measure(load.BOT, chats=20, messages=5, delay=0.01, steady=15)
    assert (figures.lost, figures.doubled, figures.disordered) == (0, 0, 0)


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
