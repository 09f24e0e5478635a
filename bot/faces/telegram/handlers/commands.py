"""Commands: pages of the conversation, the timeline, and /forget."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram.constants import ChatType

from bot.faces.telegram.outgoing.delivery import Place
from bot.reply import Kind, Reply
from bot.typed import PLEA
from knowledge.language.text import tokenise

if TYPE_CHECKING:
    from telegram import Message

    from bot.faces.telegram.handlers.timeline import Timeline
    from bot.faces.telegram.outgoing.delivery import Desk

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
    Command(name='', rest='2')
    >>> parse("who was she?", "casebook_bot")
    """
    word = text.strip(" \n.!?").lower()
    if word in COMMANDS:
        return Command(word)
    found = _COMMAND.fullmatch(text.strip())
    if not found:
        return None
    if found[2] and found[2].lower() != (username or "").lower():
        return Command("", (found[3] or "").strip())
    return Command(found[1].lower(), (found[3] or "").strip())


_OWN = {"timeline": re.compile(r"\d+|picture|dark", re.IGNORECASE), "start": re.compile("private")}
"""What a command takes behind it; all else that stands there are words."""

PRIVATE = Command("start", "private")
"""What the button to the private chat sends, in a group or an inline query."""

_TYPED = {
    "button.sources": Command("sources"),
    "button.support": Command("helplines"),
    "button.private": Command("helplines"),
    "line.inline": Command("helplines"),
    "button.picture": Command("timeline", "picture"),
    "button.dark": Command("timeline", "dark"),
    "button.again": Command("again"),
}
"""What the words on this face's own buttons do when they are typed, for those who can't tap."""


class Commands:
    """Carries out commands."""

    def __init__(self, desk: Desk, timeline: Timeline) -> None:
        """Take what a reply needs, and the timeline."""
        self._desk = desk
        self._timeline = timeline
        self._picking = desk.conversation.picking
        self._typed = {tokenise(name): Command(name) for name in COMMANDS if name != PLEA}
        self._typed |= {tokenise(desk.voice.say(f"telegram.{label}")): command for label, command in _TYPED.items()}

    def read(self, text: str, username: str | None, chat: int) -> Command | None:
        """Return the command that a text is; what stands on a button, typed, does what the button does."""
        command = parse(text, username)
        asked = "" if command else self._timeline.asked(text, self._desk.memory.recall(chat))
        if command or asked:
            return command or Command("timeline", asked)
        return next(
            (self._typed[words] for words in self._picking.readings(tokenise(text)) if words in self._typed), None
        )

    def knows(self, command: Command) -> bool:
        """Say whether it is one of the bot's commands."""
        return command.name in COMMANDS

    def words(self, command: Command) -> tuple[str, ...]:
        """Return what a person said with a command: the words behind it, then its name and them; none for its own.

        The name of an unknown command counts as said, for "/hits me" is no command.
        """
        own = _OWN.get(command.name)
        if self.knows(command) and (not command.rest or (own and own.fullmatch(command.rest))):
            return ()
        return command.rest, f"{command.name} {command.rest}".replace("_", " ").strip()

    def question(self, command: Command) -> str:
        """Return what may be a question behind a command: nothing behind /forget, nor the payload of a link."""
        is_payload = command.name == "start" and len(command.rest.split()) == 1
        return command.rest if self.words(command) and command.name != "forget" and not is_payload else ""

    async def obey(self, message: Message, command: Command) -> None:
        """Carry out a command; a word of help for one that is unknown."""
        if command.name == "timeline":
            await self._timeline.show(message, command.rest)
        elif command.name == "forget":
            await self.forget(message)
        elif command == PRIVATE and message.chat.type == ChatType.PRIVATE:
            await self._page(message, "helplines")
        elif command.name == "again":
            told = self._desk.memory.recall(message.chat.id).facts
            await self._choose(message, f"fact:{told[0] if told else ''}")
        elif command.name in COMMANDS:
            await self._page(message, command.name)
        elif command.name:
            await self._desk.line(message, "command")

    async def forget(self, message: Message, *, tapped: bool = False) -> None:
        """Drop the context and, in a private chat, delete both sides as far back as the ids are held; say what was deleted.

        The command itself is no message of whose deletion anybody has to be told.
        """
        chat = message.chat.id
        deleted = await self._desk.delivery.delete(chat, self.let_go(message, tapped=tapped))
        key = "deleted" if deleted > (0 if tapped else 1) else "kept"
        key = key if message.chat.type == ChatType.PRIVATE else "group"
        text = self._desk.voice.say(f"telegram.forget.{key}")
        told = await self._desk.delivery.reply(Place.under(message), Reply(Kind.COURTESY, text))
        self._desk.traces.keep(chat, 0, told)
        self._desk.count(Kind.COURTESY)

    def let_go(self, message: Message, *, tapped: bool = False) -> tuple[int, ...]:
        """Drop the context, and return the ids of what is to be deleted: in a private chat both sides."""
        self._desk.memory.forget(message.chat.id)
        known = self._desk.traces.forget(message.chat.id)
        mine = () if tapped else (message.message_id,)
        return tuple(sorted({*known, *mine})) if message.chat.type == ChatType.PRIVATE else ()

    async def _page(self, message: Message, name: str) -> None:
        await self._choose(message, f"page:{name}")

    async def _choose(self, message: Message, choice: str) -> None:
        reply, context = self._desk.conversation.choose(choice, self._desk.memory.recall(message.chat.id))
        self._desk.memory.keep(message.chat.id, context)
        await self._desk.answer(Place.of(message), message.message_id, reply)
