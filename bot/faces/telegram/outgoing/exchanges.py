"""Which message answered which, what can still be deleted, and what was answered a moment ago: ids in memory, never words."""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from time import monotonic

from bot.faces.telegram.outgoing.delivery import TAKEN

KEPT_SECONDS = 48 * 3600.0 - 600.0
"""How far back Telegram lets a bot delete in a private chat, less ten minutes."""

KEPT_IN_CHAT = 200
"""Exchanges kept of one chat; the oldest go first."""

KEPT_IN_ALL = 20_000
"""Exchanges kept in all; those of the chat that has been silent longest go first."""


@dataclass(slots=True)
class Exchange:
    """A person's message (0 for a tap) and the messages that answered it, as ids. `when` is in seconds.

    `seal` is a keyed hash of the text that was answered: it shows whether an edit changed it, and holds no words.
    """

    when: float
    asked: int
    told: tuple[int, ...]
    seal: bytes = b""


class Traces:
    """The exchanges of the last 48 hours. Holds ids only, is bounded, and forgets by itself.

    `clock` returns seconds and never goes back.
    """

    def __init__(self, clock: Callable[[], float], *, most: int = KEPT_IN_ALL) -> None:
        """Take the clock and how many exchanges to keep in all."""
        self._clock = clock
        self._most = most
        self._chats: OrderedDict[int, list[Exchange]] = OrderedDict()
        self._count = 0
        self._key = secrets.token_bytes(16)

    def keep(self, chat: int, asked: int, told: tuple[int, ...]) -> None:
        """Keep an exchange."""
        exchanges = self._chats.setdefault(chat, [])
        self._chats.move_to_end(chat)
        exchanges.append(Exchange(self._clock(), asked, told))
        self._count += 1
        if len(exchanges) > KEPT_IN_CHAT:
            del exchanges[0]
            self._count -= 1
        self._expire()

    def answer_to(self, chat: int, asked: int) -> Exchange | None:
        """Return the exchange that a person's message began."""
        found = (exchange for exchange in self._chats.get(chat, ()) if exchange.asked == asked)
        return next(found, None)

    def seal(self, chat: int, asked: int, text: str) -> None:
        """Remember of the text of a person's message as much as shows whether an edit changes it."""
        if exchange := self.answer_to(chat, asked):
            exchange.seal = self._sealed(text)

    def is_sealed(self, exchange: Exchange, text: str) -> bool:
        """Say whether a text is the one that the exchange answered."""
        return exchange.seal == self._sealed(text)

    def _sealed(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=self._key, digest_size=8).digest()

    def forget(self, chat: int) -> tuple[int, ...]:
        """Drop the chat's exchanges and return the ids of all messages that can still be deleted."""
        exchanges = self._chats.pop(chat, [])
        self._count -= len(exchanges)
        oldest = self._clock() - KEPT_SECONDS
        fresh = [exchange for exchange in exchanges if exchange.when >= oldest]
        return tuple(i for exchange in fresh for i in (exchange.asked, *exchange.told) if i)

    def __len__(self) -> int:
        """Count the exchanges kept."""
        return self._count

    def _expire(self) -> None:
        oldest = self._clock() - KEPT_SECONDS
        while self._chats:
            chat, exchanges = next(iter(self._chats.items()))
            if self._count <= self._most and exchanges[-1].when >= oldest:
                return
            self._count -= len(exchanges)
            del self._chats[chat]


ANSWERED_SECONDS = 60.0
"""How long an answer is remembered, in seconds."""


class Recent:
    """The answers of the last minute, by keys that hold ids only. `clock` returns seconds and never goes back."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Take the clock."""
        self._clock = clock
        self._answered: OrderedDict[Hashable, float] = OrderedDict()

    def note(self, key: Hashable) -> None:
        """Remember that a key has just been answered."""
        now = self._clock()
        self._answered.pop(key, None)
        self._answered[key] = now
        while next(iter(self._answered.values())) < now - ANSWERED_SECONDS:
            self._answered.popitem(last=False)

    def covers(self, key: Hashable, *, seconds: float = 0.0) -> bool:
        """Say whether the update in hand was taken in before the key was answered, or at most `seconds` after it."""
        answered = self._answered.get(key)
        return answered is not None and TAKEN.get(self._clock()) <= answered + seconds
