"""What every handler works with, and the one way in which a reply goes out, is remembered and counted."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from bot.faces.telegram.outgoing.delivery import Place
from bot.faces.telegram.outgoing.keyboard import keyboard
from bot.faces.telegram.outgoing.render import render
from bot.reply import Kind

if TYPE_CHECKING:
    from telegram import Message

    from bot.faces.telegram.metrics import Tally
    from bot.faces.telegram.outgoing.delivery import Delivery
    from bot.faces.telegram.outgoing.exchanges import Exchange, Traces
    from bot.memory import Memory
    from bot.reply import Reply
    from bot.talker import Talker
    from knowledge.case.model import Voice

TAKEN: ContextVar[float] = ContextVar("TAKEN")
"""When the update in hand was taken in, by the monotonic clock."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The conversation, the words, what is remembered and the way out."""

    conversation: Talker
    voice: Voice
    memory: Memory
    traces: Traces
    delivery: Delivery
    tally: Tally

    async def answer(self, place: Place, asked: int, reply: Reply, *, label: str = "") -> None:
        """Send a reply to the message `asked` (0 for a tap); `label` is the question on the button tapped."""
        told = await self.delivery.reply(place, reply, asked=label)
        self.traces.keep(place.chat, asked, told)
        self.count(reply.kind)

    async def revise(self, message: Message, before: Exchange, reply: Reply) -> None:
        """Change the answer to an edited question, and send or delete what it is longer or shorter by.

        A reply with support contacts goes out anew: an edit rings no phone, and may stand far up in the chat.
        """
        parts = render(reply, self.voice)
        if reply.kind is Kind.SUPPORT or not before.told or len(parts) > 1 or len(before.told) > 1:
            await self.delivery.delete(message.chat.id, () if reply.kind is Kind.SUPPORT else before.told)
            told = await self.delivery.reply(Place.of(message), reply)
        elif await self.delivery.edit(message.chat.id, before.told[0], parts[0], keyboard(reply, self.voice)):
            told = before.told
        else:
            told = await self.delivery.reply(Place.of(message), reply)
        before.told = told
        self.count(reply.kind)

    async def line(self, message: Message, key: str) -> None:
        """Answer a message with one of this face's own lines."""
        told = await self.delivery.line(Place.of(message), key)
        self.traces.keep(message.chat.id, message.message_id, told)
        self.count(Kind.COURTESY)

    def count(self, kind: Kind) -> None:
        """Count a reply and the time since its message was taken in."""
        now = monotonic()
        self.tally.replied(kind, now - TAKEN.get(now))
