"""Taps on buttons: on messages of any age, after any restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InaccessibleMessage, Message
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.faces.telegram.handlers.timeline import PICTURES
from bot.faces.telegram.outgoing.delivery import Place
from bot.faces.telegram.outgoing.exchanges import Recent
from bot.faces.telegram.outgoing.render import keyboard, render
from bot.reply import Kind

if TYPE_CHECKING:
    from telegram import CallbackQuery

    from bot.faces.telegram.handlers.commands import Commands
    from bot.faces.telegram.handlers.messages import Talk
    from bot.faces.telegram.handlers.timeline import Timeline
    from bot.faces.telegram.outgoing.delivery import Desk
    from bot.reply import Reply

TURNING = ("time:", "theme:")
"""What the ids of pages begin with that are turned in place."""

AGAIN = 1.0
"""Seconds after an answer in which the same button pressed again is the same press."""


class Press:
    """Handles taps."""

    def __init__(self, desk: Desk, commands: Commands, timeline: Timeline, talk: Talk) -> None:
        """Take what a reply needs, the commands, the timeline and the groups' manners."""
        self._desk = desk
        self._commands = commands
        self._timeline = timeline
        self._talk = talk
        self._recent = Recent()

    async def acknowledge(self, query: CallbackQuery) -> None:
        """Answer a tap, so that the button stops waiting."""
        try:
            await query.answer()
        except TelegramError:
            self._desk.tally.unreached("late tap")  # Telegram takes answers for seconds only; the reply still goes out

    async def tap(self, query: CallbackQuery) -> None:
        """Do what a button stands for; once, where it is pressed again before the answer is seen."""
        if isinstance(query.message, Message | InaccessibleMessage) and query.data:
            pressed = (query.message.chat.id, query.message.message_id, query.data)
            turning = (
                query.data.startswith(TURNING) and query.data.removeprefix("time:") not in PICTURES
            )  # there and back within a second is no mistake
            if not self._recent.covers(pressed, seconds=0.0 if turning else AGAIN):
                await self._do(query.message, query.data)
                self._recent.note(pressed)

    async def _do(self, under: Message | InaccessibleMessage, data: str) -> None:
        if data.startswith("time:"):
            await self._timeline.turn(under, data.removeprefix("time:"))
        elif data == "page:forget" and isinstance(under, Message):
            await self._commands.forget(under, tapped=True)
        else:
            await self._choose(under, data)

    async def _choose(self, under: Message | InaccessibleMessage, data: str) -> None:
        chat = under.chat.id
        reply, context = self._desk.conversation.choose(data, self._desk.memory.recall(chat))
        in_group = under.chat.type != ChatType.PRIVATE
        if in_group and reply.kind is Kind.SUPPORT and not data.startswith("page:"):
            await self._talk.offer_private(Place.under(under), 0)
            return
        self._desk.memory.keep(chat, context)
        if data.startswith("theme:") and reply.choices and await self._turned(under, reply):
            return
        label = _label(under, data) if data.startswith("fact:") else ""
        await self._desk.answer(Place.under(under), 0, reply, label=label)

    async def _turned(self, under: Message | InaccessibleMessage, reply: Reply) -> bool:
        """Show a page of a theme in place of what stood there; say whether the message could be changed."""
        part, buttons = render(reply, self._desk.voice)[0], keyboard(reply, self._desk.voice)
        is_changed = await self._desk.delivery.edit(under.chat.id, under.message_id, part, buttons)
        if is_changed:
            self._desk.count(reply.kind)
        return is_changed


def _label(under: Message | InaccessibleMessage, data: str) -> str:
    """Return the words on the button that was tapped, so that the answer shows what was asked."""
    if not isinstance(under, Message) or under.reply_markup is None:
        return ""
    buttons = (button for row in under.reply_markup.inline_keyboard for button in row)
    return next((button.text for button in buttons if button.callback_data == data), "")
