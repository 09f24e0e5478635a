"""Messages: questions and cries for help, in private and in groups, edited, forwarded, or no words at all."""

from __future__ import annotations

import re
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ChatType

from bot.faces.mishap import sorry
from bot.faces.telegram.command import Commands, parse
from bot.faces.telegram.deliver import Place
from bot.faces.telegram.pace import Haste
from bot.faces.telegram.render import pack, words
from bot.reply import Kind, Reply

if TYPE_CHECKING:
    from telegram import Message, Update, User

    from bot.faces.telegram.desk import Desk

OLD = timedelta(minutes=10)
"""Age at the start beyond which messages get one catch-up reply a chat."""

MOST_CAUGHT_UP = 5_000
"""Chats remembered as caught up with, or albums as answered; the oldest are forgotten first."""

_WORDLESS = ("photo", "sticker", "voice", "video", "video_note", "audio", "document", "animation", "location",
             "venue", "contact", "poll", "dice", "story", "game", "checklist", "paid_media")  # fmt: skip


class Talk:
    """Handles messages."""

    def __init__(self, desk: Desk, commands: Commands, me: User) -> None:
        """Take what a reply needs, the commands and who the bot is."""
        self._desk = desk
        self._commands = commands
        self._me = me
        self._before = datetime.now(UTC) - OLD
        self._caught_up: OrderedDict[int | str, None] = OrderedDict()

    async def hear(self, message: Message) -> None:
        """Answer a new message; in a group only one that is meant for the bot."""
        text = message.text or message.caption or ""
        command = self._commands.read(text, self._me.username, message.chat.id)
        if message.chat.type == ChatType.PRIVATE:
            if message.date < self._before and not self._is_first(message.chat.id, text):
                return
            if message.date < self._before and not self._desk.conversation.looks_like_help(text):
                await self._desk.line(message, "away")
            elif command:
                await self._commands.obey(message, command)
            else:
                await self._private(message, text)
        elif message.date < self._before:
            return
        elif command and self._commands.knows(command) and text.lstrip().startswith("/"):
            await self._commands.obey(message, command)
        elif self._is_meant(message, text) and not text.startswith("/"):
            await self._in_group(message, self._unaddressed(text))

    async def hear_again(self, message: Message) -> None:
        """Answer an edited message by changing the answer; a message that was never answered is left."""
        before = self._desk.traces.answer_to(message.chat.id, message.message_id)
        text = self._unaddressed(message.text or message.caption or "")
        if before is None or not text or parse(text, self._me.username):
            return
        if message.chat.type != ChatType.PRIVATE and self._desk.conversation.looks_like_help(text):
            await self.offer_private(Place.of(message), message.message_id)
            return
        await self._desk.revise(message, before, self._think(message.chat.id, text))

    async def offer_private(self, place: Place, asked: int) -> None:
        """Answer a disclosure in a group: 999 and the private chat, nothing of what was said."""
        voice = self._desk.voice
        buttons = private_chat(self._me.username, voice.say("telegram.button.private"))
        parts = pack(words(voice.say("telegram.group.care")))
        told = await self._desk.delivery.parts(place, parts, buttons, haste=Haste(urgent=True, again=True))
        self._desk.traces.keep(place.chat, asked, told)
        self._desk.memory.forget(place.chat)
        self._desk.count(Kind.SUPPORT)

    async def turn_away(self, message: Message) -> None:
        """Tell a chat, once, that it sends more than can be answered."""
        if message.chat.type == ChatType.PRIVATE:
            await self._desk.line(message, "flood")

    async def own_up(self, update: Update) -> None:
        """Tell the chat of an update that its reply failed; an inline query has no chat."""
        message = update.message or update.edited_message
        if update.effective_chat:
            place = Place.of(message) if message else Place(update.effective_chat.id)
            await self._desk.answer(place, message.message_id if message else 0, sorry(self._desk.voice))

    def is_cry(self, message: Message) -> bool:
        """Say whether a message asks for help, and must be answered whatever else waits."""
        return self._desk.conversation.looks_like_help(message.text or message.caption or "")

    async def _private(self, message: Message, text: str) -> None:
        if not text:
            if _is_wordless(message) and self._is_new(message.media_group_id):
                await self._desk.line(message, "media")
            return
        if message.forward_origin and not self._desk.conversation.looks_like_help(text):
            asked, mark, _ = text.rpartition("?")
            if not mark:
                await self._desk.line(message, "forwarded")
                return
            text = asked[max(map(asked.rfind, ".!?\n")) + 1 :].strip() + mark
        await self._desk.answer(Place.of(message), message.message_id, self._think(message.chat.id, text))

    async def _in_group(self, message: Message, text: str) -> None:
        if not text:
            if _is_wordless(message):
                await self._desk.line(message, "media")
            return
        reply = self._think(message.chat.id, text)
        if reply.kind is Kind.SUPPORT or self._desk.conversation.looks_like_help(text):
            await self.offer_private(Place.of(message), message.message_id)
        else:
            await self._desk.answer(Place.of(message), message.message_id, reply)

    def _think(self, chat: int, text: str) -> Reply:
        reply, context = self._desk.conversation.reply(text, self._desk.memory.recall(chat))
        self._desk.memory.keep(chat, context)
        return reply

    def _is_meant(self, message: Message, text: str) -> bool:
        answered = message.reply_to_message
        to_me = answered is not None and answered.from_user is not None and answered.from_user.id == self._me.id
        return to_me or re.search(rf"@{self._me.username}\b", text, re.IGNORECASE) is not None

    def _unaddressed(self, text: str) -> str:
        return re.sub(rf"@{self._me.username}\b[,:]?", " ", text, flags=re.IGNORECASE).strip()

    def _is_first(self, chat: int, text: str) -> bool:
        """Say whether an old message is the first of its chat, or the first that asks for help."""
        return self._is_new(f"help {chat}" if self._desk.conversation.looks_like_help(text) else chat)

    def _is_new(self, key: int | str | None) -> bool:
        if key is None:
            return True
        new = key not in self._caught_up
        self._caught_up[key] = None
        if len(self._caught_up) > MOST_CAUGHT_UP:
            self._caught_up.popitem(last=False)
        return new


def private_chat(username: str | None, label: str) -> InlineKeyboardMarkup:
    """Return a button that opens the private chat with the support contacts, and says nothing of them."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, url=f"https://t.me/{username}?start=private")]])


def _is_wordless(message: Message) -> bool:
    return any(getattr(message, kind, None) for kind in _WORDLESS)
