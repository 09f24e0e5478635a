"""Messages: questions and cries for help, in private and in groups, edited, forwarded, or no words at all."""

from __future__ import annotations

import asyncio
import hashlib
import re
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.faces.telegram.hand import HAND
from bot.faces.telegram.handlers.commands import PRIVATE, Command, Commands
from bot.faces.telegram.outgoing.limiter import Haste
from bot.faces.telegram.outgoing.render import pack, words
from bot.faces.telegram.state.store import Kind as Kept
from bot.operator import sorry
from bot.reply import NOTHING, Kind

if TYPE_CHECKING:
    from telegram import Message, Update

    from bot.faces.telegram.handlers.desk import Desk, Turn
    from bot.faces.telegram.state.exchanges import Exchange
    from bot.reply import Context, Reply

OLD = timedelta(minutes=10)
"""Age at the start beyond which messages get one catch-up reply a chat; all that ask for help are answered."""

AWAY = Kept("away", 3600.0)
"""Chats that were told that the bot was away"""
CONSOLED = Kept("consoled", 60.0)
"""Support that one of several messages which waited together was answered with"""
ALBUM = Kept("album", 60.0)
"""Albums that were answered: Telegram sends their pictures one by one"""
BOT = Kept("bot", 48 * 3600.0)
"""Other bots that were answered, by chat: once, or two would talk for ever"""
FLOOD = Kept("flood", 60.0)
"""Chats that were told that they send more than can be answered"""

GATHERING = 0.5
"""Seconds in which the other pictures of an album come, one of which may hold its words."""

_WORDLESS = ("photo", "sticker", "voice", "video", "video_note", "audio", "document", "animation", "location",
             "venue", "contact", "poll", "dice", "story", "game", "checklist", "paid_media")  # fmt: skip


class Talk:
    """Handles messages."""

    def __init__(self, desk: Desk, commands: Commands, now: datetime) -> None:
        """Take what a reply needs, the commands, and what time it was for Telegram at the start."""
        self._desk = desk
        self._commands = commands
        self._before = now - OLD
        self._gathering: set[asyncio.Task[None]] = set()

    def wants(self, message: Message) -> bool:
        """Say whether a message is for the bot: in a group a command, a mention or a reply to it."""
        return message.chat.type == ChatType.PRIVATE or self._is_meant(message) or self._is_command(message)

    async def hear(self, message: Message) -> None:
        """Answer a new message that is for the bot."""
        if _is_machine(message) and not await self._is_first(BOT, message.chat.id, _author(message)):
            return
        turn = await self._desk.begin(message)
        command = self._command(turn)
        if self._is_late(message) and not self.is_cry(message):
            if not turn.in_group and await self._is_first(AWAY, message.chat.id):
                await self._desk.line(turn, "away")
        elif command:
            await self._obey(message, turn, command)
        else:
            await self._answer(message, turn, self._words(message, turn))

    async def hear_again(self, message: Message) -> None:
        """Answer an edited message by changing the answer, a cry for help anew.

        What was edited without a new word is left, and what was never answered too, unless it asks for help.
        """
        turn = await self._desk.begin(message)
        before = await self._desk.exchanges.answer_to(message.chat.id, message.message_id)
        if before and self._desk.exchanges.is_sealed(before, turn.text):
            return
        command, said, cry = self._command(turn), self._unaddressed(turn.text), self.is_cry(message)
        if turn.in_group and cry:
            if before or self.wants(message):
                await self.offer_private(turn)
        elif command and cry:
            await self._obey(message, turn, command)
        elif cry:
            await self._think_and_answer(turn, said)
        elif before and said and not command:
            await self._revise(turn, before, said)

    async def _revise(self, turn: Turn, before: Exchange, said: str) -> None:
        """Answer an edited question in the context that it was asked in; where others came after it, theirs stands."""
        around = await self._desk.contexts.around(turn.place.chat, before.told[0]) if before.told else None
        asked_in = around.before if around else NOTHING
        reply, context = self._desk.conversation.reply(said, asked_in.of_concern(turn.context))
        if around is None or turn.context == around.after:
            await self._desk.contexts.keep(turn.talk, context)
        await self._desk.revise(turn._replace(context=asked_in), before, reply, context)

    async def offer_private(self, turn: Turn) -> None:
        """Answer a disclosure in a group: 999 and the private chat, nothing of what was said."""
        voice = self._desk.voice
        buttons = private_chat(self._desk.me.username, voice.say("telegram.button.private"))
        parts = pack(words(voice.say("telegram.group.care")))
        told = await self._desk.delivery.parts(turn.place, parts, buttons, haste=Haste(urgent=True, again=True))
        await self._desk.contexts.forget(turn.talk)
        await self._desk.told(turn, told, NOTHING)
        self._desk.count(Kind.SUPPORT)

    async def turn_away(self, message: Message) -> None:
        """Tell a chat, at most once a minute, that it sends more than can be answered."""
        if await self._is_first(FLOOD, message.chat.id):
            await self._desk.line(await self._desk.begin(message), "flood", haste=Haste(urgent=True))

    async def own_up(self, update: Update) -> None:
        """Tell a chat that its reply failed, where the bot was meant; an inline query has no chat."""
        message, tap = update.message or update.edited_message, update.callback_query
        with suppress(TelegramError):  # what failed is told; that this can't be sent either says no more
            if tap and tap.message:
                turn = await self._desk.tapped(tap, tap.message)
            elif message and self.wants(message):
                turn = await self._desk.begin(message)
            else:
                return
            await self._desk.answer(turn, sorry(self._desk.voice), turn.context)

    def is_cry(self, message: Message) -> bool:
        """Say whether a message asks for help, and must be answered whatever else waits."""
        text = message.text or message.caption or ""
        command = self._commands.read(text, self._desk.me.username, NOTHING)
        if command in {PRIVATE, Command("helplines")}:
            return True
        return bool(self._cry_in(self._commands.words(command) if command else (self._unaddressed(text),)))

    async def _obey(self, message: Message, turn: Turn, command: Command) -> None:
        """Carry out a command; words behind it that care hears, or that a fact answers, are answered instead."""
        cry = self._cry_in(self._commands.words(command))
        asked = self._commands.question(command)
        if turn.in_group and cry:
            await self.offer_private(turn)
        elif cry:
            gone = await self._commands.let_go(turn) if command.name == "forget" else ()
            await self._console(message, turn, *self._desk.conversation.reply(cry, turn.context))
            await self._desk.delivery.delete(turn.place.chat, gone)
        elif turn.in_group and not self._commands.knows(command):
            return
        elif not (asked and await self._answer_behind(turn, asked)):
            await self._commands.obey(turn, command)

    async def _answer_behind(self, turn: Turn, text: str) -> bool:
        """Answer a question where a fact does, or a choice of support; say whether it was answered."""
        reply, context = self._desk.conversation.reply(text, turn.context)
        if reply.kind not in {Kind.ANSWER, Kind.SUPPORT}:
            return False
        if reply.kind is Kind.SUPPORT and turn.in_group:
            await self.offer_private(turn)
        else:
            await self._desk.answer(turn, reply, context)
        return True

    async def _console(self, message: Message, turn: Turn, reply: Reply, context: Context) -> None:
        """Send a reply, but not the same support again to one of several old messages that waited for it together."""
        if reply.kind is Kind.SUPPORT and self._is_late(message):
            said = hashlib.blake2b(reply.text.encode(), digest_size=8).hexdigest()
            if not await self._is_first(CONSOLED, turn.place.chat, said):
                return
        await self._desk.answer(turn, reply, context)

    async def _answer(self, message: Message, turn: Turn, text: str) -> None:
        """Answer words; for an album once, and for none at all with a line."""
        album = message.media_group_id
        if not text and _is_wordless(message):
            if album is None:
                await self._desk.line(turn, "media")
            else:
                self._gather(turn, album)
            return
        if not turn.text:
            return  # of Telegram's own, such as a pin
        if album and not await self._is_first(ALBUM, message.chat.id, album) and not self._cry_in((text,)):
            return
        if turn.in_group and self._cry_in((text,)):
            await self.offer_private(turn)
            return
        reply, context = self._desk.conversation.reply(text, turn.context)
        if turn.in_group and reply.kind is Kind.SUPPORT:
            await self.offer_private(turn)
        elif message.forward_origin and reply.kind not in {Kind.ANSWER, Kind.SUPPORT, Kind.CLARIFY}:
            await self._desk.line(turn, "forwarded")
        else:
            await self._console(message, turn, reply, context)

    async def _think_and_answer(self, turn: Turn, text: str) -> None:
        await self._desk.answer(turn, *self._desk.conversation.reply(text, turn.context))

    def _gather(self, turn: Turn, album: str) -> None:
        """Answer an album once its other pictures have come, where none of them held words."""
        gathering = asyncio.create_task(self._answer_album(turn, album))
        self._gathering.add(gathering)
        gathering.add_done_callback(self._gathering.discard)

    async def _answer_album(self, turn: Turn, album: str) -> None:
        await asyncio.sleep(GATHERING)
        if await self._is_first(ALBUM, turn.place.chat, album):
            with suppress(TelegramError):  # it says no more than that pictures can't be read
                await self._desk.line(turn, "media")

    def _words(self, message: Message, turn: Turn) -> str:
        """The words of a message; where there are none but the bot's name, those of the message that it replies to."""
        said = self._unaddressed(turn.text)
        answered = message.reply_to_message
        if said or not turn.in_group or answered is None or self._is_mine(answered):
            return said
        return (message.quote.text if message.quote else answered.text or answered.caption or "").strip()

    def _command(self, turn: Turn) -> Command | None:
        """Return the command that a message is; in a group what has a slash before it."""
        if turn.in_group and not turn.text.lstrip().startswith("/"):
            return None
        return self._commands.read(turn.text, self._desk.me.username, turn.context)

    def _is_command(self, message: Message) -> bool:
        text = message.text or message.caption or ""
        if not text.lstrip().startswith("/"):
            return False
        command = self._commands.read(text, self._desk.me.username, NOTHING)
        return command is not None and command.name != ""  # another bot's has none

    def _is_meant(self, message: Message) -> bool:
        text, answered = message.text or message.caption or "", message.reply_to_message
        to_me = answered is not None and self._is_mine(answered) and answered.forum_topic_created is None
        return to_me or re.search(rf"@{self._desk.me.username}\b", text, re.IGNORECASE) is not None

    def _is_mine(self, message: Message) -> bool:
        return message.from_user is not None and message.from_user.id == self._desk.me.id

    def _is_late(self, message: Message) -> bool:
        """Whether a message waited for the bot so long that its question may be answered otherwise by now."""
        hand = HAND.get(None)
        return hand is not None and hand.waited and message.date < self._before

    def _unaddressed(self, text: str) -> str:
        return re.sub(rf"@{self._desk.me.username}\b[,:]?", " ", text, flags=re.IGNORECASE).strip()

    def _cry_in(self, said: tuple[str, ...]) -> str:
        """Return the words in which somebody asks for help, the first of those given, or none."""
        return next((text for text in said if text and self._desk.conversation.looks_like_help(text)), "")

    async def _is_first(self, kept: Kept, *key: int | str) -> bool:
        return await self._desk.store.mark(kept, key)


def private_chat(username: str | None, label: str) -> InlineKeyboardMarkup:
    """Return a button that opens the private chat with the support contacts, and says nothing of them."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, url=f"https://t.me/{username}?start=private")]])


def _is_wordless(message: Message) -> bool:
    return any(getattr(message, kind, None) for kind in _WORDLESS)


def _is_machine(message: Message) -> bool:
    """Whether another bot wrote a message; what stands in the name of a group or a channel bears that mark too."""
    return message.from_user is not None and message.from_user.is_bot and message.sender_chat is None


def _author(message: Message) -> int:
    return message.from_user.id if message.from_user else 0
