"""The update in hand: known wherever its reply is made and sent, without being handed on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from time import monotonic


def _future() -> asyncio.Future[None]:
    return asyncio.get_running_loop().create_future()


@dataclass(eq=False)
class InHand:
    """An update that is being handled.

    `taken` is when it was taken in, in seconds of the monotonic clock. `waited` says that it was there before the bot
    was. `line` are those of its chat that are handled one after the other, this one among them, and `turn` is done when
    it is this one's. `free` is done when Telegram need not hold the update any longer: when it is answered, or only
    waits for the pace of its own chat.
    """

    asks_for_help: Callable[[], bool] = bool
    waited: bool = False
    taken: float = field(default_factory=monotonic)
    line: list[InHand] = field(default_factory=list)
    turn: asyncio.Future[None] = field(default_factory=_future)
    free: asyncio.Future[None] = field(default_factory=_future)

    @cached_property
    def is_cry(self) -> bool:
        """Say whether it asks for help: then Telegram holds it until it is answered, however long that takes."""
        return self.asks_for_help()

    @property
    def is_free(self) -> bool:
        """Say whether Telegram need not hold it any longer; what was cut short is not free, and comes again."""
        return self.free.done() and not self.free.cancelled()

    def waits(self) -> None:
        """Note that it only waits for its chat's pace, and those behind it too; who asks for help among them is next."""
        for one in (self, *self.line):
            if one.is_cry:
                one.go()
            else:
                one.let_go()

    def go(self) -> None:
        """Note that it is its turn."""
        if not self.turn.done():
            self.turn.set_result(None)

    def let_go(self) -> None:
        """Note that Telegram need not hold it any longer."""
        if not self.free.done():
            self.free.set_result(None)


HAND: ContextVar[InHand] = ContextVar("HAND")
"""The update in hand."""


def note_waiting() -> None:
    """Note that the update in hand, where there is one, only waits for its chat's pace."""
    hand = HAND.get(None)
    if hand:
        hand.waits()
