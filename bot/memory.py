"""Contexts by chat, in memory, bounded and expiring."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from bot.reply import NOTHING, Context

KEPT_SECONDS = 15 * 60.0
"""How long a context is kept after the last message, in seconds (rule 16 of the care page)."""

KEPT_CHATS = 20_000
"""How many chats are kept at the most; the one longest silent goes first."""


class Memory:
    """The contexts of the chats that wrote in the last fifteen minutes. Holds ids only, and forgets by itself.

    `clock` returns seconds and never goes back, as `time.monotonic` does.
    """

    def __init__(self, clock: Callable[[], float], *, seconds: float = KEPT_SECONDS, chats: int = KEPT_CHATS) -> None:
        self._clock = clock
        self._seconds = seconds
        self._chats = chats
        self._kept: OrderedDict[Hashable, tuple[float, Context]] = OrderedDict()

    def recall(self, chat: Hashable) -> Context:
        """Return the chat's context, or an empty one where there is none or it has expired."""
        self._expire()
        return self._kept[chat][1] if chat in self._kept else NOTHING

    def keep(self, chat: Hashable, context: Context) -> None:
        """Keep the chat's context from now on for as long as this memory keeps any."""
        self._kept.pop(chat, None)
        if context != NOTHING:
            self._kept[chat] = (self._clock() + self._seconds, context)
        self._expire()

    def forget(self, chat: Hashable) -> None:
        """Drop the chat's context."""
        self._kept.pop(chat, None)

    def __len__(self) -> int:
        """Count the chats kept."""
        return len(self._kept)

    def _expire(self) -> None:
        now = self._clock()
        while self._kept:
            chat, (until, _) = next(iter(self._kept.items()))
            if until > now and len(self._kept) <= self._chats:
                return
            del self._kept[chat]
