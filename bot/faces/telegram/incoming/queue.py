"""Taking updates in: each once, one chat's in order, no more of one chat than it may have waiting, a cry past all of them."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.error import TelegramError

from bot.faces.telegram.hand import HAND, InHand
from bot.faces.telegram.state.store import Kind
from bot.faces.telegram.trouble import trouble
from bot.operator import tell, where

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.faces.telegram.handlers.route import Route
    from bot.faces.telegram.metrics import Tally
    from bot.faces.telegram.outgoing.client import Wire
    from bot.faces.telegram.state.store import Store

WAITING = 40
"""Updates that one chat may have waiting. Nobody types that many: what comes beyond is a flood, and told so once."""

HELD = 5
"""Updates that Telegram holds while they wait for each other, so that a kill loses none: as many as a chat gets replies to
at once. More hold up nobody else."""

SEEN = 2_000
"""Ids of handled updates remembered by this process. A set, for a high-water mark would lose those that come out of order."""

LEASED = Kind("leased", 5.0)
"""Updates that a copy of the bot has in hand: where it is gone, another waits so long before it answers in its place"""
DONE = Kind("done", 3600.0, most=SEEN)
"""Updates that are done"""

ASKING = 0.25
"""Seconds between two looks at whether another copy has done with an update."""


def chat_of(update: Update) -> int:
    """Return the id of the chat that an update belongs to, or of the person where it has no chat."""
    if update.effective_chat:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user else 0


class Intake:
    """Hands each update to its handler once, however often Telegram sends it.

    `lets_go` is for a webhook, where Telegram sends a chat's next message when the last is confirmed: there nothing is
    held back for its chat's pace. A message above it is confirmed without a reply of its own; care has read it; the
    last question is answered when the pace allows.
    """

    def __init__(self, wire: Wire, route: Route, store: Store, tally: Tally, *, lets_go: bool) -> None:
        """Take the way out, the handlers, what is shared with other copies, and the counts."""
        self._wire = wire
        self._route = route
        self._store = store
        self._tally = tally
        self._lets_go = lets_go
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._in_hand: dict[int, InHand] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._lines: dict[int, list[InHand]] = {}
        self._latest: dict[int, Update] = {}

    def take(self, raw: dict[str, Any], *, waited: bool = False) -> InHand | None:
        """Begin to handle an update, which `waited` for the bot to start; return it, or None where it is done with."""
        self._tally.heard()
        number = raw.get("update_id")
        if not isinstance(number, int):
            return None
        if number in self._seen:
            return self._in_hand.get(number)
        self._seen[number] = None
        if len(self._seen) > SEEN:
            self._seen.popitem(last=False)
        try:
            update = Update.de_json(raw, self._wire)
            if not self._route.wants(update):
                return None
        except Exception as error:  # noqa: BLE001 - whatever it is that can't be read, the next one can be
            self.fail(error)
            return None
        hand = InHand(partial(self._route.is_cry, update), waited)
        self._in_hand[number] = hand
        self._start(self._handle(number, update, hand), hand)
        return hand

    def has_seen(self, raw: dict[str, Any]) -> bool:
        """Say whether an update is in hand or done."""
        return raw.get("update_id") in self._seen

    @property
    def waiting(self) -> tuple[int, float]:
        """Return how many updates are in hand, and when the oldest was taken in (inf where there is none)."""
        return len(self._in_hand), min((hand.taken for hand in self._in_hand.values()), default=float("inf"))

    async def finish(self, seconds: float) -> None:
        """Wait for what is in hand, no longer than so many seconds; what waits for its chat's pace goes out at once."""
        self._wire.pace.hurry()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
            if late:
                tell(f"casebook: {len(late)} replies were cut short by the end")
                await asyncio.wait(late)

    def fail(self, error: BaseException) -> None:
        """Record an error: what Telegram refused, or else its kind, file and line; never its text."""
        self._tally.failed(type(error).__name__)
        tell(f"casebook: {f'given up: {trouble(error)}' if isinstance(error, TelegramError) else where(error)}")

    def _start(self, work: Coroutine[Any, Any, None], hand: InHand) -> None:
        HAND.set(hand)
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _handle(self, number: int, update: Update, hand: InHand) -> None:
        """Handle an update that no copy of the bot has done; free it only then, so that one cut short comes again."""
        try:
            if await self._is_mine(number, hand):
                await self._in_turn(update, hand)
                await self._store.mark(DONE, (number,))
        except asyncio.CancelledError:
            hand.free.cancel()
            raise
        except Exception as error:  # noqa: BLE001 - one person's trouble must not stop the bot for the others
            self.fail(error)
        hand.let_go()
        self._in_hand.pop(number, None)

    async def _is_mine(self, number: int, hand: InHand) -> bool:
        """Say whether this copy is to answer: none has, and one that took it in hand is gone. A cry waits for none."""
        while await self._store.get(DONE, (number,)) is None:
            if await self._store.mark(LEASED, (number,)) or hand.is_cry:
                return True
            await asyncio.sleep(ASKING)
        return False

    async def _in_turn(self, update: Update, hand: InHand) -> None:
        """Handle an update in its chat's order, or past it where it asks for help and those before it wait."""
        chat = chat_of(update)
        line = self._lines.get(chat, ())
        waits = len(line) >= HELD or any(before.is_free for before in line)
        if waits and hand.is_cry:
            await self._safely(update)
        elif self._lets_go and await self._is_above_pace(chat, update, hand):
            self._let_go(chat, update)
        elif len(line) >= WAITING:
            await self._turn_away(update)
        else:
            if waits:
                hand.let_go()
            known = asyncio.create_task(self._route.acknowledge(update)) if update.callback_query else None
            await self._in_line(chat, update, hand)
            if known:
                await known

    async def _in_line(self, chat: int, update: Update, hand: InHand) -> None:
        """Handle an update after those of its chat that came before; a line is dropped when nobody is in it."""
        hand.line = line = self._lines.setdefault(chat, [])
        line.append(hand)
        line[0].go()
        try:
            await hand.turn
            await self._safely(update)
        finally:
            line.remove(hand)
            if line:
                line[0].go()
            else:
                del self._lines[chat]

    async def _is_above_pace(self, chat: int, update: Update, hand: InHand) -> bool:
        return update.message is not None and await self._wire.pace.due(chat) > 0.0 and not hand.is_cry

    def _let_go(self, chat: int, update: Update) -> None:
        """Keep a chat's latest question until its pace allows an answer; one that it takes the place of goes unanswered."""
        is_alone = chat not in self._latest
        self._latest[chat] = update
        if is_alone:
            self._start(self._answer_latest(chat), InHand())
        else:
            self._tally.let_go()
            self._start(self._turn_away(update), InHand())

    async def _answer_latest(self, chat: int) -> None:
        while (wait := await self._wire.pace.due(chat)) > 0.0:
            await self._wire.pace.rest(wait)
        await self._in_line(chat, self._latest.pop(chat), HAND.get())

    async def _turn_away(self, update: Update) -> None:
        with suppress(TelegramError):  # it says no more than that there is too much
            if update.message:
                await self._route.turn_away(update.message)

    async def _safely(self, update: Update) -> None:
        try:
            await self._route.handle(update)
        except Exception as error:  # noqa: BLE001 - as above, and the person is told
            self.fail(error)
            with suppress(Exception):  # that this can't be sent either says no more
                await self._route.own_up(update)
