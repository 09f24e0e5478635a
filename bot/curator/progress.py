"""How far a command has come that takes longer than a second: a line on stderr now and then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from bot.operator import tell

T = TypeVar("T")

PATIENCE = 1.0
"""Seconds before the first line."""
PAUSE = 5.0
"""Seconds from one line to the next."""


def told(
    items: Sequence[T], what: str, clock: Callable[[], float] = time.monotonic, say: Callable[[str], None] = tell
) -> Iterator[T]:
    """Yield the items, and tell how many are done once it takes a while."""
    due = clock() + PATIENCE
    for done, item in enumerate(items):
        if clock() >= due:
            say(f"casebook: {what}: {done} of {len(items)}")
            due = clock() + PAUSE
        yield item
