"""Commands: pages of the conversation, the timeline, and /forget."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram.constants import ChatType

from bot.faces.telegram.deliver import Place
from bot.reply import Kind
from bot.typed import PLEA, readings
from knowledge.text import tokenise

if TYPE_CHECKING:
    from telegram import Message

    from bot.faces.telegram.desk import Desk
    from bot.faces.telegram.timeline import Timeline

COMMANDS = (
    "start", "help", "topics", "people", "timeline", "sources", "helplines", "privacy", "forget", "about",
)  # fmt: skip
"""The commands in the order of Telegram's menu; those but /timeline and /forget are pages of the conversation."""

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w{1,32}))?(?:\s(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Command:
    """A command and what was written behind it."""

    name: str
    rest: str = ""


def parse(text: str, username: str | None) -> Command | None:
    """Return the command that a text is, if it is one and for this bot. Its bare word is the command too.

    >>> parse("Forget", "casebook_bot")
    Command(name='forget', rest='')
    >>> parse("/timeline@casebook_bot 2", "casebook_bot")
    Command(name='timeline', rest='2')
    >>> parse("/timeline@other_bot 2", "casebook_bot")
    Command(name='', rest='')
    >>> parse("who was she?", "casebook_bot")
    """
    word = text.strip(" \n.!?").lower()
    if word in COMMANDS:
        return Command(word)
    found = _COMMAND.fullmatch(text.strip())
    if not found:
        return None
    if found[2] and found[2].lower() != (username or "").lower():
        return Command("")
    return Command(found[1].lower(), (found[3] or "").strip())


_TYPED = {
    "button.sources": Command("sources"),
    "button.support": Command("helplines"),
    "button.private": Command("helplines"),
    "line.inline": Command("helplines"),
    "button.picture": Command("timeline", "picture"),
    "button.again": Command("again"),
}
"""What the words on this face's own buttons do when they are typed, for those who can't tap."""


class Commands:
    """Carries out commands."""

    def __init__(self, desk: Desk, timeline: Timeline) -> None:
        """Take what a reply needs, and the timeline."""
        self._desk = desk
        self._timeline = timeline
        self._typed = {tokenise(name): Command(name) for name in COMMANDS if name != PLEA}
        self._typed |= {tokenise(desk.voice.say(f"telegram.{label}")): command for label, command in _TYPED.items()}

    def read(self, text: str, username: str | None, chat: int) -> Command | None:
        """Return the command that a text is; what stands on a button, typed, does what the button does."""
        command = parse(text, username)
        asked = "" if command else self._timeline.asked(text, self._desk.memory.recall(chat))
        if command or asked:
            return command or Command("timeline", asked)
        return next((self._typed[words] for words in readings(text) if words in self._typed), None)

    def knows(self, command: Command) -> bool:
        """Say whether it is one of the bot's commands."""
        return command.name in COMMANDS

    async def obey(self, message: Message, command: Command) -> None:
        """Carry out a command; a word of help for one that is unknown, and words behind one are words."""
        if command.name == "timeline":
            await self._timeline.show(message, command.rest)
        elif command.name == "forget":
            await self.forget(message)
        elif command.name == "start" and command.rest:
            await self._page(message, "helplines")  # the private chat offered in a group or an inline query
        elif command.name == "again":
            told = self._desk.memory.recall(message.chat.id).facts
            await self._choose(message, f"fact:{told[0] if told else ''}")
        elif command.name in COMMANDS:
            await self._page(message, command.name)
        elif self._desk.conversation.looks_like_help(f"{command.name} {command.rest}"):
            await self._page(message, "helplines")
        elif command.name:
            await self._desk.line(message, "command")

    async def forget(self, message: Message, *, tapped: bool = False) -> None:
        """Drop the context and, in a private chat, delete both sides as far back as the ids are held."""
        chat = message.chat.id
        self._desk.memory.forget(chat)
        known = self._desk.traces.forget(chat)
        if message.chat.type == ChatType.PRIVATE:
            mine = () if tapped else (message.message_id,)
            await self._desk.delivery.delete(chat, tuple(sorted({*known, *mine})))
        told = await self._desk.delivery.reply(Place(chat), self._desk.conversation.page("forget"))
        self._desk.traces.keep(chat, 0, told)
        self._desk.count(Kind.COURTESY)

    async def _page(self, message: Message, name: str) -> None:
        await self._choose(message, f"page:{name}")

    async def _choose(self, message: Message, choice: str) -> None:
        reply, context = self._desk.conversation.choose(choice, self._desk.memory.recall(message.chat.id))
        self._desk.memory.keep(message.chat.id, context)
        await self._desk.answer(Place.of(message), message.message_id, reply)
