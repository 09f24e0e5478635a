"""What a follow-up may lean on: the context of each conversation, and those before and after each reply."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from bot.faces.telegram.state.store import Kind
from bot.memory import KEPT_SECONDS
from bot.reply import NOTHING, Context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.faces.telegram.state.store import Store

LATEST = Kind("latest", KEPT_SECONDS)
AROUND = Kind("around", KEPT_SECONDS)


class Talk(NamedTuple):
    """One conversation: the chat, its topic (0 for none), and in a group the person (0 in a private chat), by their ids."""

    chat: int
    topic: int = 0
    person: int = 0


class Around(NamedTuple):
    """The contexts before and after a reply."""

    before: Context = NOTHING
    after: Context = NOTHING


class Contexts:
    """The contexts of the conversations of the last fifteen minutes. Ids only."""

    def __init__(self, store: Store) -> None:
        """Take where they are kept."""
        self._store = store

    async def recall(self, talk: Talk) -> Context:
        """Return a conversation's context, or an empty one where there is none or it has expired."""
        kept = await self._store.get(LATEST, talk)
        return NOTHING if kept is None else _context(json.loads(kept))

    async def keep(self, talk: Talk, context: Context) -> None:
        """Keep a conversation's context for fifteen minutes from now on."""
        if context == NOTHING:
            await self._store.drop(LATEST, talk)
        else:
            await self._store.put(LATEST, {talk: json.dumps(context).encode()})

    async def forget(self, talk: Talk) -> None:
        """Drop a conversation's context."""
        await self._store.drop(LATEST, talk)

    async def around(self, chat: int, message: int) -> Around | None:
        """Return the contexts before and after a reply, by the id of one of its messages; None where they are not known."""
        kept = await self._store.get(AROUND, (chat, message))
        return None if kept is None else Around(*map(_context, json.loads(kept)))

    async def keep_around(self, chat: int, messages: Iterable[int], around: Around) -> None:
        """Keep the contexts before and after a reply, for fifteen minutes, under each of its messages."""
        kept = json.dumps(around).encode()
        await self._store.put(AROUND, {(chat, message): kept for message in messages})


def _context(fields: list[object]) -> Context:
    facts, people, offered, concern, contacts = [*fields, ()][: len(Context._fields)]  # an older copy keeps one fewer
    return Context(tuple(facts), tuple(people), tuple(offered), str(concern), tuple(contacts))  # type: ignore[arg-type]
