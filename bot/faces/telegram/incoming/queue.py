"""Taking updates in: each once, one chat's in order, no more of one chat than it may have waiting."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import BaseUpdateProcessor

from bot.faces.telegram.log import tell, where
from bot.faces.telegram.outgoing.delivery import TAKEN
from bot.faces.telegram.trouble import trouble

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.faces.telegram.handlers.route import Route
    from bot.faces.telegram.metrics import Tally
    from bot.faces.telegram.outgoing.client import Wire

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


SEEN = 2_000
"""Ids of handled updates remembered. A set, for a high-water mark would lose those that come out of order."""


class Intake:
    """Hands each update to its handler once, however often Telegram sends it."""

    def __init__(self, wire: Wire, order: Order, route: Route, tally: Tally) -> None:
        """Take the line to Telegram, the order of handling, the handlers and the counts."""
        self._wire = wire
        self._order = order
        self._route = route
        self._tally = tally
        self._seen: set[int] = set()
        self._oldest: deque[int] = deque()
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        self._since: dict[int, float] = {}

    def take(self, raw: dict[str, Any]) -> asyncio.Task[None] | None:
        """Begin to handle an update; return the task, or None for one that is done with."""
        self._tally.heard()
        number = raw.get("update_id")
        if not isinstance(number, int):
            return None
        if number in self._seen:
            return self._in_hand.get(number)
        self._seen.add(number)
        self._oldest.append(number)
        if len(self._oldest) > SEEN:
            self._seen.discard(self._oldest.popleft())
        try:
            update = Update.de_json(raw, self._wire)
        except Exception as error:  # noqa: BLE001 - whatever it is that can't be read, the next one can be
            self.fail(error)
            return None
        TAKEN.set(monotonic())
        task = asyncio.create_task(self._handle(update))
        self._in_hand[number] = task
        self._since[number] = monotonic()
        task.add_done_callback(lambda _: (self._in_hand.pop(number, None), self._since.pop(number, None)))
        return task

    @property
    def waits(self) -> tuple[float, ...]:
        """Return for how many seconds each update in hand has waited, the longest first."""
        return tuple(monotonic() - since for since in self._since.values())

    def has_seen(self, raw: dict[str, Any]) -> bool:
        """Say whether an update is in hand or done."""
        return raw.get("update_id") in self._seen

    def is_flood(self, raw: dict[str, Any]) -> bool:
        """Say whether an update belongs to a chat that sends more than it may."""
        message = raw.get("message") or {}
        return self._order.is_flooded(message.get("chat", {}).get("id", 0))

    async def finish(self, seconds: float) -> None:
        """Wait for what is in hand, no longer than so many seconds."""
        if self._in_hand:
            _, late = await asyncio.wait(list(self._in_hand.values()), timeout=seconds)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)

    def fail(self, error: BaseException) -> None:
        """Record an error: what Telegram refused, or else its kind, file and line; never its text."""
        self._tally.failed(type(error).__name__)
        tell(f"casebook: {f'given up: {trouble(error)}' if isinstance(error, TelegramError) else where(error)}")

    async def _handle(self, update: Update) -> None:
        chat, message = chat_of(update), update.message
        known = asyncio.create_task(self._safely(self._route.acknowledge(update))) if update.callback_query else None
        if not self._order.is_full(chat):
            await self._order.process_update(update, self._safely(self._route.handle(update), update))
        elif message and self._route.is_cry(message):
            await self._safely(self._route.handle(update), update)  # past all that its chat has waiting
        elif self._order.flood(chat) and message:
            await self._safely(self._route.turn_away(message))
        if known:
            await known

    async def _safely(self, work: Coroutine[Any, Any, None], answering: Update | None = None) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - one person's trouble must not stop the bot for the others
            self.fail(error)
            if answering:
                await self._safely(self._route.own_up(answering))
