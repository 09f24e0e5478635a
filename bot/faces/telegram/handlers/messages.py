"""Messages: questions and cries for help, in private and in groups, edited, forwarded, or no words at all."""

from __future__ import annotations

import re
from collections import OrderedDict
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.faces.telegram.handlers.commands import PRIVATE, Command, Commands
from bot.faces.telegram.outgoing.delivery import Place
from bot.faces.telegram.outgoing.exchanges import Recent
from bot.faces.telegram.outgoing.limiter import Haste
from bot.faces.telegram.outgoing.render import pack, words
from bot.operator import sorry
from bot.reply import Kind, Reply

if TYPE_CHECKING:
    from telegram import Message, Update, User

    from bot.faces.telegram.outgoing.delivery import Desk

OLD = timedelta(minutes=10)
"""Age at the start beyond which messages get one catch-up reply a chat; all that ask for help are answered."""

MOST_CAUGHT_UP = 5_000
"""Chats remembered as caught up with, or albums as answered; the oldest are forgotten first."""

_WORDLESS = ("photo", "sticker", "voice", "video", "video_note", "audio", "document", "animation", "location",
             "venue", "contact", "poll", "dice", "story", "game", "checklist", "paid_media")  # fmt: skip


class Talk:
    """Handles messages."""

    def __init__(self, desk: Desk, commands: Commands, me: User, now: datetime) -> None:
        """Take what a reply needs, the commands, who the bot is and what time it is for Telegram."""
        self._desk = desk
        self._commands = commands
        self._me = me
        self._before = now - OLD
        self._caught_up: OrderedDict[int | str, None] = OrderedDict()
        self._consoled = Recent()

    async def hear(self, message: Message) -> None:
        """Answer a new message; in a group only one that is meant for the bot."""
        text = message.text or message.caption or ""
        command, in_group = self._command(message, text), message.chat.type != ChatType.PRIVATE
        if message.date < self._before and not self._is_cry(message, text):
            if not in_group and self._is_new(message.chat.id):
                await self._desk.line(message, "away")
        elif command:
            await self._obey(message, command)
        elif not in_group:
            await self._private(message, text)
        elif self._is_meant(message, text):
            await self._in_group(message, self._unaddressed(text))
        self._desk.traces.seal(message.chat.id, message.message_id, text)

    async def hear_again(self, message: Message) -> None:
        """Answer an edited message by changing the answer, a cry for help anew.

        What was edited without a new word is left, and what was never answered too, unless it asks for help.
        """
        chat, text = message.chat.id, message.text or message.caption or ""
        before = self._desk.traces.answer_to(chat, message.message_id)
        if before and self._desk.traces.is_sealed(before, text):
            return
        command, said = self._command(message, text), self._unaddressed(text)
        cry = self._is_cry(message, text)
        if message.chat.type != ChatType.PRIVATE and cry:
            if before or self._is_for_me(message):
                await self.offer_private(Place.of(message), message.message_id)
        elif command and cry:
            await self._obey(message, command)
        elif before and said and not command:
            await self._desk.revise(message, before, self._think(chat, said))
        elif cry:
            await self._desk.answer(Place.of(message), message.message_id, self._think(chat, said))
        self._desk.traces.seal(chat, message.message_id, text)

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
        """Tell a chat that its reply failed, where the bot was meant; an inline query has no chat."""
        message, tap = update.message or update.edited_message, update.callback_query
        if tap and tap.message:
            place, asked = Place.under(tap.message), 0
        elif message and self._is_for_me(message):
            place, asked = Place.of(message), message.message_id
        else:
            return
        with suppress(TelegramError):  # what failed is told; that this can't be sent either says no more
            await self._desk.answer(place, asked, sorry(self._desk.voice))

    def is_cry(self, message: Message) -> bool:
        """Say whether a message asks for help, and must be answered whatever else waits."""
        return self._is_cry(message, message.text or message.caption or "")

    async def _obey(self, message: Message, command: Command) -> None:
        """Carry out a command; words behind it that care hears, or that a fact answers, are answered instead."""
        chat, in_group = message.chat.id, message.chat.type != ChatType.PRIVATE
        cry = self._cry_in(self._commands.words(command))
        asked = self._commands.question(command)
        if in_group and not command.name:
            return  # another bot's
        if in_group and cry:
            await self.offer_private(Place.of(message), message.message_id)
        elif cry:
            gone = self._commands.let_go(message) if command.name == "forget" else ()
            await self._answer(message, self._think(chat, cry))
            await self._desk.delivery.delete(chat, gone)
        elif in_group and not self._commands.knows(command):
            return
        elif not (asked and await self._answer_behind(message, asked)):
            await self._commands.obey(message, command)

    async def _answer_behind(self, message: Message, text: str) -> bool:
        """Answer a question where a fact does, or a choice of support; say whether it was answered."""
        chat = message.chat.id
        reply, context = self._desk.conversation.reply(text, self._desk.memory.recall(chat))
        if reply.kind not in {Kind.ANSWER, Kind.SUPPORT}:
            return False
        if reply.kind is Kind.SUPPORT and message.chat.type != ChatType.PRIVATE:
            await self.offer_private(Place.of(message), message.message_id)
            return True
        self._desk.memory.keep(chat, context)
        await self._desk.answer(Place.of(message), message.message_id, reply)
        return True

    async def _answer(self, message: Message, reply: Reply) -> None:
        """Send a reply, but not the same support again to one of several old messages that waited for it together."""
        key = (message.chat.id, hash(reply.text))
        waited = reply.kind is Kind.SUPPORT and message.date < self._before
        if waited and self._consoled.covers(key):
            return
        await self._desk.answer(Place.of(message), message.message_id, reply)
        if waited:
            self._consoled.note(key)

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
        await self._answer(message, self._think(message.chat.id, text))
        self._is_new(message.media_group_id)  # an album is answered as one

    async def _in_group(self, message: Message, text: str) -> None:
        if not text:
            if _is_wordless(message) and self._is_new(message.media_group_id):
                await self._desk.line(message, "media")
            return
        reply = self._think(message.chat.id, text)
        if reply.kind is Kind.SUPPORT or self._desk.conversation.looks_like_help(text):
            await self.offer_private(Place.of(message), message.message_id)
        else:
            await self._desk.answer(Place.of(message), message.message_id, reply)
        self._is_new(message.media_group_id)

    def _think(self, chat: int, text: str) -> Reply:
        reply, context = self._desk.conversation.reply(text, self._desk.memory.recall(chat))
        self._desk.memory.keep(chat, context)
        return reply

    def _command(self, message: Message, text: str) -> Command | None:
        """Return the command that a message is; in a group what has a slash before it."""
        if message.chat.type != ChatType.PRIVATE and not text.lstrip().startswith("/"):
            return None
        return self._commands.read(text, self._me.username, message.chat.id)

    def _is_for_me(self, message: Message) -> bool:
        text = message.text or message.caption or ""
        if message.chat.type == ChatType.PRIVATE or self._is_meant(message, text):
            return True
        command = self._command(message, text)
        return command is not None and command.name != ""

    def _is_meant(self, message: Message, text: str) -> bool:
        answered = message.reply_to_message
        to_me = answered is not None and answered.from_user is not None and answered.from_user.id == self._me.id
        return to_me or re.search(rf"@{self._me.username}\b", text, re.IGNORECASE) is not None

    def _unaddressed(self, text: str) -> str:
        return re.sub(rf"@{self._me.username}\b[,:]?", " ", text, flags=re.IGNORECASE).strip()

    def _is_cry(self, message: Message, text: str) -> bool:
        command = self._commands.read(text, self._me.username, message.chat.id)
        if command in {PRIVATE, Command("helplines")}:
            return True
        return bool(self._cry_in(self._commands.words(command) if command else (self._unaddressed(text),)))

    def _cry_in(self, said: tuple[str, ...]) -> str:
        """Return the words in which somebody asks for help, the first of those given, or none."""
        return next((text for text in said if text and self._desk.conversation.looks_like_help(text)), "")

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
