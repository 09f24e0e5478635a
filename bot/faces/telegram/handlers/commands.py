"""Commands: pages of the conversation, the timeline, and /forget."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.pages import PAGES
from bot.reply import Kind, Reply
from bot.typed import PLEA
from knowledge.language.text import tokenise

if TYPE_CHECKING:
    from bot.faces.telegram.handlers.desk import Desk, Turn
    from bot.faces.telegram.handlers.timeline import Timeline
    from bot.reply import Context
    from knowledge.case.model import Case

COMMANDS = tuple(PAGES)
"""The commands: every page, though /timeline and /forget are this face's own."""


def menu(case: Case) -> tuple[str, ...]:
    """Return the commands in Telegram's menu, in its order: no headlines, and no helplines in a case about no harm.

    Who opens it hasn't asked for a sensational headline. Whatever isn't there works all the same when it is typed.
    """
    left_out = {"headlines", *(["helplines"] if case.harmless else [])}
    return tuple(name for name in COMMANDS if name not in left_out)


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

    def read(self, text: str, username: str | None, context: Context) -> Command | None:
        """Return the command that a text is; what stands on a button, typed, does what the button does."""
        command = parse(text, username)
        asked = "" if command else self._timeline.asked(text, context)
        if command is not None and command.name == "timeline":
            return Command("timeline", self._timeline.named(command.rest) or command.rest)
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

    async def obey(self, turn: Turn, command: Command) -> None:
        """Carry out a command; a word of help for one that is unknown."""
        if command.name == "timeline":
            await self._timeline.show(turn, command.rest)
        elif command.name == "forget":
            await self.forget(turn)
        elif command == PRIVATE and not turn.in_group:
            await self._choose(turn, "page:helplines")
        elif command.name == "again":
            told = turn.context.facts
            await self._choose(turn, f"fact:{told[0] if told else ''}")
        elif command.name in COMMANDS:
            await self._choose(turn, f"page:{command.name}")
        elif command.name:
            await self._desk.line(turn, "command")

    async def forget(self, turn: Turn) -> None:
        """Drop the context and, in a private chat, delete both sides as far back as the ids are held; say what was deleted.

        The command itself is no message of whose deletion anybody has to be told.
        """
        deleted = await self._desk.delivery.delete(turn.place.chat, await self.let_go(turn))
        key = "group" if turn.in_group else "deleted" if deleted > bool(turn.asked) else "kept"
        text = self._desk.voice.say(f"telegram.forget.{key}")
        told = await self._desk.delivery.reply(turn.place, Reply(Kind.COURTESY, text))
        await self._desk.exchanges.keep(turn.place.chat, 0, told, "")
        self._desk.count(Kind.COURTESY)

    async def let_go(self, turn: Turn) -> tuple[int, ...]:
        """Drop the context, and return the ids of what is to be deleted: in a private chat both sides."""
        await self._desk.contexts.forget(turn.talk)
        if turn.in_group:
            return ()
        known = await self._desk.exchanges.forget(turn.place.chat)
        return tuple(sorted({*known, *filter(None, (turn.asked,))}))

    async def _choose(self, turn: Turn, choice: str) -> None:
        await self._desk.answer(turn, *self._desk.conversation.choose(choice, turn.context))
