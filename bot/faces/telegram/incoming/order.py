"""Concurrency across chats, order within a chat, and a bound on what one chat may have waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

MOST = 1_000
"""Updates in hand at once, most of them waiting for their chat's turn; the gate bounds what is sent at once."""

WAITING = 40
"""Updates that one chat may have waiting. Nobody types that many: what comes beyond is a flood, and told so once."""


@dataclass(slots=True)
class _Line:
    """Those of one chat that wait. Dropped when nobody waits, or lines would pile up."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    flooded: bool = False


class Order(BaseUpdateProcessor):
    """Handles the updates of a chat one after the other, those of different chats side by side."""

    __slots__ = ("_lines",)

    def __init__(self) -> None:
        """Start with nobody waiting."""
        super().__init__(MOST)
        self._lines: dict[int, _Line] = {}

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to close."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await the coroutine when the chat's earlier updates are done."""
        key = chat_of(update)
        line = self._lines.setdefault(key, _Line())
        line.waiting += 1
        try:
            async with line.turn:
                await coroutine
        finally:
            line.waiting -= 1
            if not line.waiting:
                del self._lines[key]

    def is_full(self, chat: int) -> bool:
        """Say whether the chat has as many updates waiting as it may."""
        line = self._lines.get(chat)
        return line is not None and line.waiting >= WAITING

    def is_flooded(self, chat: int) -> bool:
        """Say whether the chat has sent more than it may, and has some of it still waiting."""
        line = self._lines.get(chat)
        return line is not None and line.flooded

    def flood(self, chat: int) -> bool:
        """Mark the chat as flooded; return True for the first time since its line was empty."""
        line = self._lines[chat]
        first = not line.flooded
        line.flooded = True
        return first

    def __len__(self) -> int:
        """Count the chats that have updates waiting."""
        return len(self._lines)


def chat_of(update: object) -> int:
    """Return the id of the chat that an update belongs to, or of the person where it has no chat."""
    if isinstance(update, Update):
        if update.effective_chat:
            return update.effective_chat.id
        if update.effective_user:
            return update.effective_user.id
    return 0
