"""Which message answered which, and what can still be deleted: ids, never words."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bot.faces.telegram.state.store import Kind

if TYPE_CHECKING:
    from bot.faces.telegram.state.store import Store

KEPT_SECONDS = 48 * 3600.0 - 600.0
"""How far back Telegram lets a bot delete in a private chat, less ten minutes."""

KEPT_IN_CHAT = 100
"""Exchanges kept of one chat to be deleted; the oldest go first."""

ANSWERED = Kind("answered", KEPT_SECONDS)
SENT = Kind("sent", KEPT_SECONDS, most=5_000)


class Exchange(NamedTuple):
    """The messages that answered a person's message, as ids.

    `seal` is a keyed hash of the text that was answered: it shows whether an edit changed it, and holds no words.
    """

    told: tuple[int, ...]
    seal: str


class Exchanges:
    """The exchanges of the last 48 hours. `clock` returns seconds that all copies of the bot share."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.time) -> None:
        """Take where they are kept, and the clock."""
        self._store = store
        self._key = store.key
        self._clock = clock

    async def keep(self, chat: int, asked: int, told: Sequence[int], text: str) -> None:
        """Keep which messages answered a person's message, `asked` (0 for a tap), and the seal of its text."""
        if asked:
            await self._store.put(ANSWERED, {(chat, asked): json.dumps([told, self._seal(text)]).encode()})
        sent = json.dumps([self._clock(), *filter(None, (asked, *told))]).encode()
        await self._store.append(SENT, (chat,), [sent], KEPT_IN_CHAT)

    async def answer_to(self, chat: int, asked: int) -> Exchange | None:
        """Return what answered a person's message."""
        kept = await self._store.get(ANSWERED, (chat, asked))
        if kept is None:
            return None
        told, seal = json.loads(kept)
        return Exchange(tuple(told), seal)

    def is_sealed(self, exchange: Exchange, text: str) -> bool:
        """Say whether a text is the one that the exchange answered."""
        return exchange.seal == self._seal(text)

    async def forget(self, chat: int) -> tuple[int, ...]:
        """Drop what is known of a chat's messages, and return the ids of those that can still be deleted."""
        oldest = self._clock() - KEPT_SECONDS
        kept = map(json.loads, await self._store.take(SENT, (chat,)))
        return tuple(dict.fromkeys(id_ for when, *ids in kept if when >= oldest for id_ in ids))

    def _seal(self, text: str) -> str:
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=self._key, digest_size=8).hexdigest()
