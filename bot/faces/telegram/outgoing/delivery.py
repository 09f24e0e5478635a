"""Getting a reply to the person: the fewest messages, and none lost to markup, a moved group or a cut line."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.faces.telegram.outgoing.limiter import Haste
from bot.faces.telegram.outgoing.render import Part, keyboard, pack, render, words
from bot.faces.telegram.trouble import Verdict, judge

if TYPE_CHECKING:
    from telegram import MaybeInaccessibleMessage

    from bot.faces.telegram.metrics import Tally
    from bot.faces.telegram.outgoing.client import Wire
    from bot.reply import Reply
    from knowledge.case.general import Voice

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_GONE = (
    "chat not found", "user not found", "was deleted", "rights", "topic_closed", "_forbidden", "_required", "_blocked",
    "banned", "deactivated", "peer_id_invalid", "restricted",
)  # fmt: skip
_SAME = "message is not modified"
_NO_TOPIC = ("thread not found", "topic_deleted")

REFUSED = 1.0
"""Seconds before what was refused as plain text too is sent a last time, where it answers a cry."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply goes: the chat, its topic, and in a group the message that it answers; whose `direct` messages to a channel."""

    chat: int
    thread: int | None = None
    answers: int | None = None
    direct: int | None = None

    @classmethod
    def of(cls, message: Message) -> Place:
        """Return the place where a message is answered."""
        in_group = message.chat.type != message.chat.PRIVATE
        thread = message.message_thread_id if message.is_topic_message else None
        return cls(message.chat.id, thread, message.message_id if in_group else None, _direct(message))

    @classmethod
    def under(cls, message: MaybeInaccessibleMessage) -> Place:
        """Return the place where a message of the bot stands: its chat and topic."""
        if not isinstance(message, Message):
            return cls(message.chat.id)
        thread = message.message_thread_id if message.is_topic_message else None
        return cls(message.chat.id, thread, direct=_direct(message))


def _direct(message: Message) -> int | None:
    return message.direct_messages_topic.topic_id if message.direct_messages_topic else None


def is_gone(error: TelegramError) -> bool:
    """Say whether nobody can be written to there: blocked, deleted, removed, or no right to write."""
    return isinstance(error, Forbidden) or (
        isinstance(error, BadRequest) and any(sign in error.message.lower() for sign in _GONE)
    )


class Delivery:
    """Sends and edits replies."""

    def __init__(self, wire: Wire, voice: Voice, tally: Tally) -> None:
        """Take the line to Telegram, the words and the counts."""
        self._wire = wire
        self._voice = voice
        self._tally = tally

    async def reply(self, place: Place, reply: Reply, *, asked: str = "") -> tuple[int, ...]:
        """Send a reply and return the ids of its messages; none where nobody can be written to."""
        return await self.parts(
            place,
            render(reply, self._voice, asked=asked),
            keyboard(reply, self._voice),
            haste=Haste(urgent=reply.urgent or bool(reply.helplines), again=bool(reply.helplines)),
            again=next((f"fact:{fact}" for fact in reply.facts), ""),
        )

    async def line(self, place: Place, key: str, *, haste: Haste | None = None, again: str = "") -> tuple[int, ...]:
        """Send one of this face's own lines, with a button that shows an answer again where there is one."""
        text = self._voice.say(f"telegram.line.{key}")
        label = self._voice.say("telegram.button.again")
        buttons = InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=again)]]) if again else None
        return await self.parts(place, pack(words(text)), buttons, haste=haste)

    async def parts(
        self,
        place: Place,
        parts: tuple[Part, ...],
        buttons: InlineKeyboardMarkup | None,
        *,
        haste: Haste | None = None,
        again: str = "",
    ) -> tuple[int, ...]:
        """Send parts in order, the buttons under the last, and return the ids of the messages."""
        told: list[int] = []
        haste = haste or Haste()
        for part in parts:
            under = buttons if part is parts[-1] else None
            try:
                told.append(await self._send(place, part, under, haste))
            except ChatMigrated as error:
                self._tally.unreached("migrated")
                place = Place(error.new_chat_id)
                told.append(await self._send(place, part, under, haste))
            except TelegramError as error:
                if is_gone(error):
                    self._tally.unreached(type(error).__name__)
                    return tuple(told)
                if judge(error) is not Verdict.UNSURE:
                    raise
                self._tally.unreached("unsure")
                return (*told, *await self.line(place, "cut", haste=Haste(again=True), again=again))
        return tuple(told)

    async def edit(self, chat: int, message: int, part: Part, buttons: InlineKeyboardMarkup | None) -> bool:
        """Change a message; the same again is no error. Return False where it can't be changed any more."""
        for text, mode in ((part.html, ParseMode.HTML), (part.plain, None)):
            try:
                await self._edit(chat, message, text, buttons, mode)
            except Forbidden:
                self._tally.unreached("Forbidden")
            except BadRequest as error:
                if _SAME in error.message.lower():
                    return True
                self._tally.unreached("markup" if "parse" in error.message.lower() else "uneditable")
                continue
            return True
        return False

    async def delete(self, chat: int, messages: tuple[int, ...]) -> int:
        """Delete messages, a hundred a call, and return how many Telegram took; those that it no longer deletes stay."""
        deleted = 0
        for start in range(0, len(messages), 100):
            some = messages[start : start + 100]
            try:
                await self._wire.delete_messages(chat, some)
            except (BadRequest, Forbidden):
                self._tally.unreached("undeleted")
            else:
                deleted += len(some)
        return deleted

    async def _edit(
        self, chat: int, message: int, text: str, buttons: InlineKeyboardMarkup | None, mode: ParseMode | None
    ) -> None:
        await self._wire.edit_message_text(
            text,
            chat_id=chat,
            message_id=message,
            parse_mode=mode,
            reply_markup=buttons,
            link_preview_options=_NO_PREVIEW,
        )

    async def _send(self, place: Place, part: Part, buttons: InlineKeyboardMarkup | None, haste: Haste) -> int:
        try:
            return await self._post(place, part.html, buttons, haste, ParseMode.HTML)
        except BadRequest as error:
            if is_gone(error):
                raise
            if place.thread and any(sign in error.message.lower() for sign in _NO_TOPIC):
                return await self._send(replace(place, thread=None), part, buttons, haste)
            self._tally.unreached("markup")
        try:
            return await self._post(place, part.plain, None, haste, None)
        except BadRequest as error:
            if is_gone(error) or not haste.again:
                raise
        await asyncio.sleep(REFUSED)
        return await self._post(place, part.plain, None, haste, None)

    async def _post(
        self, place: Place, text: str, buttons: InlineKeyboardMarkup | None, haste: Haste, mode: ParseMode | None
    ) -> int:
        answers = ReplyParameters(place.answers, allow_sending_without_reply=True) if place.answers else None
        return await self._wire.say(
            place.chat,
            text,
            haste,
            parse_mode=mode,
            reply_markup=buttons,
            link_preview_options=_NO_PREVIEW,
            message_thread_id=place.thread,
            direct_messages_topic_id=place.direct,
            reply_parameters=answers,
        )
