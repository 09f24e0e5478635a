"""Updates fetched and taken in: one that hangs, ids that are remembered, and how long messages can be deleted."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from bot.faces.telegram.incoming.polling import STUCK, WINDOW, Poll
from bot.faces.telegram.incoming.queue import SEEN, Intake, Order
from bot.faces.telegram.metrics import Tally
from bot.faces.telegram.outgoing.exchanges import KEPT_SECONDS, Traces
from bot.faces.telegram.trouble import Patience
from tests.telegram.session import together
from tests.telegram.test_pace import hurried


class Quick:
    """Handlers that are done at once, but for one update that hangs."""

    def __init__(self, hanging: int = -1) -> None:
        """Take the number of the update that hangs."""
        self.hanging = hanging

    async def handle(self, update: Any) -> None:
        """Handle an update."""
        if update.update_id == self.hanging:
            await asyncio.Event().wait()


def intake(hanging: int = -1) -> Intake:
    """Return an intake with such handlers."""
    return Intake(cast("Any", None), Order(), cast("Any", Quick(hanging)), Tally())


class Telegram:
    """Updates that wait until they are confirmed."""

    def __init__(self, count: int) -> None:
        """Take how many."""
        self.updates = [
            {"update_id": number, "inline_query": {"id": "1", "from": {"id": number, "is_bot": False, "first_name": "A"},
                                                   "query": "", "offset": ""}}
            for number in range(1, count + 1)
        ]  # fmt: skip

    async def fetch(self, offset: int | None, seconds: int) -> list[dict[str, Any]]:
        """Return a window of those from `offset` on."""
        self.updates = [update for update in self.updates if update["update_id"] >= (offset or 0)]
        await asyncio.sleep(0.01 if self.updates else max(seconds, 0.01))
        return self.updates[:WINDOW]


@hurried
async def test_an_update_that_hangs_holds_up_the_others_for_five_seconds_only() -> None:
    """The first of a full window never ends; those behind the window are taken all the same, and not before."""
    taking = intake(hanging=1)
    poll = Poll(cast("Any", Telegram(WINDOW + 50)), taking, Patience())
    stop = asyncio.Event()
    running = asyncio.create_task(poll.run(stop))
    await asyncio.sleep(STUCK - 0.5)
    assert taking.has_seen({"update_id": WINDOW})
    assert not taking.has_seen({"update_id": WINDOW + 1})
    await asyncio.sleep(3.0)
    assert taking.has_seen({"update_id": WINDOW + 50})
    stop.set()
    await running
    await taking.finish(0.1)


@together
async def test_no_more_ids_are_remembered_than_two_thousand() -> None:
    """The oldest is forgotten with the first one beyond; the newest are known, so that none is handled twice."""
    taking = intake()
    for update in Telegram(SEEN + 1).updates:
        task = taking.take(update)
        assert task
        await task
    assert SEEN == 2_000
    assert [taking.has_seen({"update_id": number}) for number in (1, 2, SEEN + 1)] == [False, True, True]
    assert taking.take({"update_id": SEEN + 1}) is None


def test_forget_deletes_what_telegram_still_lets_a_bot_delete() -> None:
    """Of a chat that went on for days only the messages of the last 47 hours and 50 minutes are named."""
    now = [0.0]
    traces = Traces(lambda: now[0])
    traces.keep(7, 1, (2, 3))
    now[0] = 47 * 3600.0
    traces.keep(7, 4, (5,))
    now[0] = KEPT_SECONDS + 1.0
    assert traces.forget(7) == (4, 5)
    assert KEPT_SECONDS == 47 * 3600.0 + 50 * 60.0
