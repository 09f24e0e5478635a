"""What every handler needs: the conversation, the words, what is remembered, and the way out for a reply."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from telegram import Message
from telegram.constants import ChatType

from bot.faces.telegram.hand import HAND
from bot.faces.telegram.outgoing.delivery import Place
from bot.faces.telegram.outgoing.limiter import Haste
from bot.faces.telegram.outgoing.render import keyboard, render
from bot.faces.telegram.state.contexts import Around, Talk
from bot.reply import NOTHING, Context, Kind

if TYPE_CHECKING:
    from telegram import CallbackQuery, MaybeInaccessibleMessage, User

    from bot.conversation import Talker
    from bot.faces.telegram.metrics import Tally
    from bot.faces.telegram.outgoing.delivery import Delivery
    from bot.faces.telegram.state.contexts import Contexts
    from bot.faces.telegram.state.exchanges import Exchange, Exchanges
    from bot.faces.telegram.state.store import Store
    from bot.reply import Reply
    from knowledge.case.general import Voice


class Turn(NamedTuple):
    """Something to be answered: where, which message (0 for a tap), whose conversation, its context, and what was written."""

    place: Place
    asked: int
    talk: Talk
    in_group: bool
    context: Context = NOTHING
    text: str = ""


class Desk:
    """Begins turns and ends them: each reply is sent, counted, and remembered as far as anything is."""

    def __init__(  # noqa: PLR0913, PLR0917 - what every handler needs, put together once
        self,
        conversation: Talker,
        voice: Voice,
        store: Store,
        contexts: Contexts,
        exchanges: Exchanges,
        delivery: Delivery,
        tally: Tally,
        me: User,
    ) -> None:
        """Take them."""
        self.conversation = conversation
        self.voice = voice
        self.store = store
        self.contexts = contexts
        self.exchanges = exchanges
        self.delivery = delivery
        self.tally = tally
        self.me = me

    async def begin(self, message: Message) -> Turn:
        """Begin the turn of a message, in the context of the message that it replies to, or of the conversation as it stands."""
        text = message.text or message.caption or ""
        in_group = message.chat.type != ChatType.PRIVATE
        place = Place.of(message)
        talk = Talk(place.chat, place.thread or 0, _person(message) if in_group else 0)
        context = await self._pointed(message, await self.contexts.recall(talk))
        return Turn(place, message.message_id, talk, in_group, context, text)

    async def tapped(self, query: CallbackQuery, under: MaybeInaccessibleMessage) -> Turn:
        """Begin the turn of a tap."""
        in_group = under.chat.type != ChatType.PRIVATE
        place = Place.under(under)
        talk = Talk(place.chat, place.thread or 0, query.from_user.id if in_group else 0)
        return Turn(place, 0, talk, in_group, await self.contexts.recall(talk))

    async def answer(self, turn: Turn, reply: Reply, context: Context, *, label: str = "") -> None:
        """Send a reply, and keep the context after it; `label` is the question on the button tapped."""
        await self.contexts.keep(turn.talk, context)
        told = await self.delivery.reply(turn.place, reply, asked=label)
        await self.told(turn, told, context)
        if told:
            self.count(reply.kind)

    async def told(self, turn: Turn, told: tuple[int, ...], context: Context) -> None:
        """Remember which messages ended a turn, and the contexts before and after."""
        if told:
            await self.contexts.keep_around(turn.place.chat, told, Around(turn.context, context))
        await self.exchanges.keep(turn.place.chat, turn.asked, told, turn.text)

    async def revise(self, turn: Turn, before: Exchange, reply: Reply, context: Context) -> None:
        """Change the answer to an edited question, and send or delete what it is longer or shorter by.

        A reply with support contacts goes out anew: an edit rings no phone, and may stand far up in the chat.
        """
        parts = render(reply, self.voice)
        chat = turn.place.chat
        if reply.kind is Kind.SUPPORT or not before.told or len(parts) > 1 or len(before.told) > 1:
            await self.delivery.delete(chat, () if reply.kind is Kind.SUPPORT else before.told)
            told = await self.delivery.reply(turn.place, reply)
        elif await self.delivery.edit(chat, before.told[0], parts[0], keyboard(reply, self.voice)):
            told = before.told
        else:
            told = await self.delivery.reply(turn.place, reply)
        await self.told(turn, told, context)
        if told:
            self.count(reply.kind)

    async def line(self, turn: Turn, key: str, *, haste: Haste | None = None) -> None:
        """Answer with one of this face's own lines; the conversation stays as it stood."""
        told = await self.delivery.line(turn.place, key, haste=haste)
        await self.told(turn, told, turn.context)
        if told:
            self.count(Kind.COURTESY)

    def count(self, kind: Kind) -> None:
        """Count a reply and the time since its update was taken in."""
        hand = HAND.get(None)
        self.tally.replied(kind, monotonic() - hand.taken if hand else 0.0)

    async def _pointed(self, message: Message, context: Context) -> Context:
        """The context that a message points to by what it replies to; the concern of the conversation stays."""
        answered = message.reply_to_message
        if answered is None or answered.forum_topic_created is not None:
            return context
        mine = answered.from_user is not None and answered.from_user.id == self.me.id
        told: tuple[int, ...] = (answered.message_id,)
        if not mine:
            exchange = await self.exchanges.answer_to(message.chat.id, answered.message_id)
            told = exchange.told if exchange else ()
        around = await self.contexts.around(message.chat.id, told[0]) if told else None
        if around is not None:
            pointed = around.after
        elif mine:
            pointed = NOTHING  # what that answer told is known no longer, and the last one is another
        else:
            _, pointed = self.conversation.reply(answered.text or answered.caption or "", NOTHING)
        if message.quote is not None:
            pointed = self.conversation.pointed(pointed, message.quote.text)
        return pointed.of_concern(context)


def _person(message: Message) -> int:
    """Who wrote a message in a group: a person, or the chat in whose name it stands."""
    if message.sender_chat is not None:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else 0
