"""The timeline: pages to turn by buttons or by typing, and a picture with its words beside it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import TelegramError

from bot.faces.telegram.outgoing.render import LONGEST, Part, credit, length, pack, tagged, words
from bot.phrasing import day
from bot.reply import NOTHING, Kind
from knowledge.language.text import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.faces.telegram.handlers.desk import Desk, Turn
    from bot.faces.telegram.outgoing.client import Wire
    from bot.faces.telegram.outgoing.delivery import Place
    from bot.pages import Moment
    from bot.reply import Context
    from knowledge.case.general import Voice

ON_A_PAGE = 5
"""Moments on a page."""

ON_A_PICTURE = 16
"""Moments on a picture; with more it would be too tall to read on a phone."""

LONGEST_CAPTION = 1024
"""Characters that Telegram takes under a picture."""

PICTURES = ("picture", "dark")
"""The kinds of picture: dark words on a light card, and the other way round."""

_QUOTE = "blockquote expandable"
_ID = "time:"
"""What the id of a page begins with, on a button and among what was offered."""
_DRAWN = (("picture",), ("dark",))
"""What is typed for the picture while the timeline is the last list shown."""


class Timeline:
    """Shows the timeline."""

    def __init__(self, desk: Desk, wire: Wire) -> None:
        """Take what a reply needs, and the line to send pictures by."""
        self._desk = desk
        self._picking = desk.conversation.picking
        self._wire = wire
        self._moments = desk.conversation.timeline
        self._pages = tuple(pages(self._moments, desk.voice))
        self._pictures: dict[tuple[str, int], str] = {}
        turning = (("earlier", -1), ("later", 1))
        self._labels = {tokenise(desk.voice.say(f"page.{key}")): step for key, step in turning}

    def asked(self, text: str, context: Context) -> str:
        """Return what typed words ask of the timeline, the number of a page or a kind of picture; empty where they ask nothing.

        A number, "later", "back" and "picture" mean the timeline while it is the last list shown. Where something else
        is, the words of the button need its arrow: "later" alone is said in parting. A page of a theme has such buttons
        of its own.
        """
        words = tokenise(text)
        on = next((int(id_[len(_ID) :]) for id_ in context.offered if id_.startswith(_ID)), 0)
        step = self._picking.turned(words) if on else self._labels.get(words, 0)
        step = step if on or self._is_labelled(text, context) else 0
        if step:
            return str(max(1, (on or 1) + step))
        if on and (named := self.named(text)):
            return named
        return self.named(" ".join(words[1:])) if words[:1] == ("timeline",) else ""

    def named(self, text: str) -> str:
        """Return the number of the page, or the kind of picture, that words behind "timeline" name; empty where they name none."""
        words = tokenise(text)
        page = words[1:] if words[:1] == ("page",) else words
        number = self._picking.number_in(page, len(self._pages))
        drawn = (some[0] for some in self._picking.readings(words) if some in _DRAWN)
        return str(number) if number else next(drawn, "")

    @staticmethod
    def _is_labelled(text: str, context: Context) -> bool:
        """Whether words of a button mean the timeline's where that isn't the last list shown."""
        is_bare = text.strip(" .!?").isalpha() and context != NOTHING
        return not is_bare and not any(id_.startswith("theme:") for id_ in context.offered)

    async def show(self, turn: Turn, asked: str) -> None:
        """Show the page whose number was typed, the first without a number, or a picture."""
        context = turn.context
        if not self._pages:
            told = await self._desk.delivery.parts(turn.place, _line(self._desk.voice, "empty"), None)
        elif asked in PICTURES:
            told = await self._draw(turn.place, asked)
        else:
            number = self._nearest(int(asked[:6]) if asked.isdecimal() else 1)
            context = await self._keep(turn, number)
            told = await self._send(turn.place, number)
        await self._desk.told(turn, told, context)
        self._desk.count(Kind.ANSWER)

    async def flip(self, turn: Turn, under: int, asked: str) -> None:
        """Turn the page in place where the message `under` which the button stands can still be changed."""
        if not (asked.isascii() and asked.isdigit() and self._pages):
            return
        number = self._nearest(int(asked[:6]))
        part, buttons = self._pages[number - 1], self._buttons(number)
        context = await self._keep(turn, number)
        changed = await self._desk.delivery.edit(turn.place.chat, under, part, buttons)
        await self._desk.told(turn, () if changed else await self._send(turn.place, number), context)
        self._desk.count(Kind.ANSWER)

    async def _send(self, place: Place, number: int) -> tuple[int, ...]:
        return await self._desk.delivery.parts(place, (self._pages[number - 1],), self._buttons(number))

    async def _keep(self, turn: Turn, number: int) -> Context:
        """Keep which page is the last list shown."""
        context = turn.context._replace(offered=(f"{_ID}{number}",))
        await self._desk.contexts.keep(turn.talk, context)
        return context

    def _nearest(self, number: int) -> int:
        return min(max(number, 1), len(self._pages))

    def _buttons(self, number: int) -> InlineKeyboardMarkup:
        voice, row = self._desk.voice, []
        if number > 1:
            row.append(InlineKeyboardButton(voice.say("page.earlier"), callback_data=f"time:{number - 1}"))
        if number < len(self._pages):
            row.append(InlineKeyboardButton(voice.say("page.later"), callback_data=f"time:{number + 1}"))
        drawn = [
            InlineKeyboardButton(voice.say(f"telegram.button.{kind}"), callback_data=f"time:{kind}")
            for kind in PICTURES
        ]
        return InlineKeyboardMarkup([row, drawn] if row else [drawn])

    async def _draw(self, place: Place, kind: str) -> tuple[int, ...]:
        """Send the pictures, each with its words as caption, or as the next message where they are too long."""
        told: list[int] = []
        for start in range(0, len(self._moments), ON_A_PICTURE):
            moments = self._moments[start : start + ON_A_PICTURE]
            listed = "\n".join(f"{moment.label}: {moment.text}" for moment in moments)
            caption = self._desk.voice.say("telegram.timeline.picture", words="\n\n" + listed)
            fits = length(caption) <= LONGEST_CAPTION
            caption = caption if fits else self._desk.voice.say("telegram.timeline.picture_next")
            try:
                told.append(await self._picture(place, kind, start, caption))
            except TelegramError:
                fits = False  # no right to send pictures, or a cut line: the words will do
            if not fits:
                told += await self._desk.delivery.parts(place, pack(words(listed)), None)
        return tuple(told)

    async def _picture(self, place: Place, kind: str, start: int, caption: str) -> int:
        photo: str | bytes = self._pictures.get((kind, start), b"") or await asyncio.to_thread(
            self._drawn, kind, self._moments[start : start + ON_A_PICTURE]
        )
        sent = await self._wire.send_photo(
            place.chat,
            photo,
            caption=caption,
            message_thread_id=place.thread,
            direct_messages_topic_id=place.direct,
        )
        self._pictures[kind, start] = sent.photo[-1].file_id
        return sent.message_id

    def _drawn(self, kind: str, moments: Sequence[Moment]) -> bytes:
        from bot.faces.telegram.handlers import picture  # noqa: PLC0415 - Pillow costs 60 ms, and few ask for a picture

        voice, talker = self._desk.voice, self._desk.conversation
        until = voice.say("telegram.timeline.as_of", day=day(talker.as_of))
        told = [(moment.label, moment.text, credit(moment.citation, voice)) for moment in moments]
        return picture.draw(told, (talker.title, until), picture.DARK if kind == "dark" else picture.LIGHT)


def pages(moments: Sequence[Moment], voice: Voice) -> Iterator[Part]:
    """Render the pages, each one message long."""
    count = -(-len(moments) // ON_A_PAGE)
    for page in range(count):
        title = voice.say("telegram.timeline.title", page=page + 1, pages=count)
        parts = [*tagged(title, "b")]
        for moment in moments[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]:
            parts += _moment(moment, voice)
        parts += words(voice.say("telegram.timeline.typed"))
        yield next(iter(pack(part for part in parts if length(part.plain) < LONGEST // ON_A_PAGE)))


def _moment(moment: Moment, voice: Voice) -> Iterator[Part]:
    yield from tagged(moment.label, "b")
    yield from words(moment.text)
    who = credit(moment.citation, voice)
    quote = moment.citation.quote
    yield from tagged(voice.say("telegram.timeline.moment", quote=quote, who=who) if quote else who, _QUOTE)


def _line(voice: Voice, key: str) -> tuple[Part, ...]:
    return pack(words(voice.say(f"telegram.timeline.{key}")))
