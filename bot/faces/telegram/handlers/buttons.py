"""Taps on buttons: on messages of any age, after any restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InaccessibleMessage, Message
from telegram.error import TelegramError

from bot.faces.telegram.handlers.timeline import PICTURES
from bot.faces.telegram.outgoing.render import keyboard, render
from bot.faces.telegram.state.store import Kind as Kept
from bot.reply import Kind

if TYPE_CHECKING:
    from telegram import CallbackQuery

    from bot.faces.telegram.handlers.commands import Commands
    from bot.faces.telegram.handlers.desk import Desk, Turn
    from bot.faces.telegram.handlers.messages import Talk
    from bot.faces.telegram.handlers.timeline import Timeline
    from bot.reply import Reply

TURNING = ("time:", "theme:")
"""What the ids of pages begin with that are turned in place."""

ANSWERED = Kept("tapped", 1.0)
"""Buttons that were answered: the same one pressed again within a second is the same press"""


class Press:
    """Handles taps."""

    def __init__(self, desk: Desk, commands: Commands, timeline: Timeline, talk: Talk) -> None:
        """Take what a reply needs, the commands, the timeline and the groups' manners."""
        self._desk = desk
        self._commands = commands
        self._timeline = timeline
        self._talk = talk

    async def acknowledge(self, query: CallbackQuery) -> None:
        """Answer a tap, so that the button stops waiting."""
        try:
            await query.answer()
        except TelegramError:
            self._desk.tally.unreached("late tap")  # Telegram takes answers for seconds only; the reply still goes out

    async def tap(self, query: CallbackQuery) -> None:
        """Do what a button stands for; once, where it is pressed again before the answer is seen."""
        under, data = query.message, query.data
        if not isinstance(under, Message | InaccessibleMessage) or not data:
            return
        turn = await self._desk.tapped(query, under)
        if data.startswith(TURNING) and data.removeprefix("time:") not in PICTURES:
            await self._flip(turn, under, data)  # there and back within a second is no mistake
            return
        pressed = (under.chat.id, under.message_id, data)
        if await self._desk.store.get(ANSWERED, pressed) is None:
            await self._do(turn, under, data)
            await self._desk.store.put(ANSWERED, {pressed: b"1"})

    async def _do(self, turn: Turn, under: Message | InaccessibleMessage, data: str) -> None:
        if data.startswith("time:"):
            await self._timeline.show(turn, data.removeprefix("time:"))
        elif data == "page:forget":
            await self._commands.forget(turn)
        else:
            await self._choose(turn, under, data)

    async def _choose(self, turn: Turn, under: Message | InaccessibleMessage, data: str) -> None:
        reply, context = self._desk.conversation.choose(data, turn.context)
        if turn.in_group and reply.kind is Kind.SUPPORT and not data.startswith("page:"):
            await self._talk.offer_private(turn)
        else:
            await self._desk.answer(turn, reply, context, label=_label(under, data) if data.startswith("fact:") else "")

    async def _flip(self, turn: Turn, under: Message | InaccessibleMessage, data: str) -> None:
        """Show a page in place of what stood there, or as a new message where that can't be changed."""
        if data.startswith("time:"):
            await self._timeline.flip(turn, under.message_id, data.removeprefix("time:"))
            return
        reply, context = self._desk.conversation.choose(data, turn.context)
        if reply.choices and await self._changed(turn, under, reply):
            await self._desk.contexts.keep(turn.talk, context)
            self._desk.count(reply.kind)
        else:
            await self._desk.answer(turn, reply, context)

    async def _changed(self, turn: Turn, under: Message | InaccessibleMessage, reply: Reply) -> bool:
        part, buttons = render(reply, self._desk.voice)[0], keyboard(reply, self._desk.voice)
        return await self._desk.delivery.edit(turn.place.chat, under.message_id, part, buttons)


def _label(under: Message | InaccessibleMessage, data: str) -> str:
    """Return the words on the button that was tapped, so that the answer shows what was asked."""
    if not isinstance(under, Message) or under.reply_markup is None:
        return ""
    buttons = (button for row in under.reply_markup.inline_keyboard for button in row)
    return next((button.text for button in buttons if button.callback_data == data), "")
