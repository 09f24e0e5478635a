"""A reply as Telegram shows it: texts in Telegram's HTML, each with its plain counterpart, and buttons. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.contacts import EMERGENCY
from bot.phrasing import day
from bot.reply import Choice, Citation, Kind, Reply

if TYPE_CHECKING:
    from knowledge.case.general import Voice

LONGEST = 4096
"""Characters that a message may have after its markup is parsed, counted in UTF-16 units, the stricter way."""

_ENDS = ("\n", ". ", "? ", "! ", " ")


@dataclass(frozen=True, slots=True)
class Part:
    """One message: its HTML, and the same in plain text for when the HTML is refused."""

    html: str
    plain: str

    def __add__(self, other: Part) -> Part:
        """Return both as one, an empty line between."""
        return Part(f"{self.html}\n\n{other.html}", f"{self.plain}\n\n{other.plain}")


def length(text: str) -> int:
    r"""Return the length as Telegram's clients count it, in UTF-16 units.

    >>> length("né"), length("\N{GRINNING FACE}")
    (2, 2)
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def words(text: str, numbers: Iterable[str] = ()) -> Iterator[Part]:
    """Render plain paragraphs; the emergency number stands out, and so do `numbers`."""
    bold = _standing_out(numbers)
    for paragraph in text.split("\n\n"):
        for piece in cut(paragraph.strip("\n")):
            yield Part(bold.sub(r"<b>\g<0></b>", escape(piece)), piece)


def _standing_out(numbers: Iterable[str]) -> re.Pattern[str]:
    """What finds numbers in text that is escaped, none inside another word or number."""
    either = "|".join(re.escape(escape(number)) for number in (EMERGENCY, *numbers))
    return re.compile(rf"(?<![\w/+])(?<!\d )(?:{either})(?!\w| \d)")


_EMERGENCY = _standing_out(())


def tagged(text: str, tag: str) -> Iterator[Part]:
    """Render a text inside a tag, such as `b` or `blockquote expandable`."""
    for piece in cut(text):
        yield Part(f"<{tag}>{escape(piece)}</{tag.split(maxsplit=1)[0]}>", piece)


def cut(text: str) -> Iterator[str]:
    """Cut a text that is too long for one message at the end of a line, a sentence or a word."""
    while length(text) > LONGEST:
        head = text.encode("utf-16-le", "surrogatepass")[: LONGEST * 2].decode("utf-16-le", "ignore")
        ends = (head.rfind(end) + len(end) for end in _ENDS if head.rfind(end) > len(head) // 2)
        here = next(ends, len(head))
        yield text[:here].rstrip()
        text = text[here:].lstrip()
    if text:
        yield text


def pack(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Join parts into as few messages as hold them, cut between parts only."""
    packed: list[Part] = []
    for part in parts:
        joined = packed[-1] + part if packed else part
        if packed and length(joined.plain) <= LONGEST:
            packed[-1] = joined
        else:
            packed.append(part)
    return tuple(packed)


def credit(citation: Citation, voice: Voice) -> str:
    """Return who printed a passage and when, as far as that is known."""
    publisher = citation.publisher or citation.headline or citation.source
    if citation.published is None:
        return voice.say("telegram.source.undated", publisher=publisher)
    return voice.say("telegram.source.dated", publisher=publisher, day=day(citation.published))


def quoted(citations: Iterable[Citation], voice: Voice) -> Iterator[Part]:
    """Render passages, each with its source beside it: the first as a block quote, the others in one that unfolds.

    One that is quoted comes before one that is only named.
    """
    first, *others = [_passage(one, voice) for one in sorted(citations, key=lambda one: not one.quote)] or [""]
    yield from tagged(first, "blockquote")
    yield from tagged("\n".join(others), "blockquote expandable")


def _passage(citation: Citation, voice: Voice) -> str:
    """A passage in its own words, or named where it isn't quoted, with who printed it and in which paragraph."""
    key = "quoted" if citation.quote else "named"
    who = credit(citation, voice)
    return voice.say(f"telegram.source.{key}", quote=citation.quote, who=who, paragraph=citation.paragraph)


def render(reply: Reply, voice: Voice, *, asked: str = "") -> tuple[Part, ...]:
    """Render a reply as the fewest messages; `asked` is the question whose button was pressed, shown above it.

    A reply with support contacts opens with a neutral line, since a phone shows the beginning of a message to whoever
    looks at it, unless it says at once to call 999. The numbers in it stand out.
    """
    return pack(_parts(reply, voice, asked))


def _parts(reply: Reply, voice: Voice, asked: str) -> Iterator[Part]:
    if asked and reply.kind is not Kind.SUPPORT:
        yield from tagged(asked, "b")
    if reply.kind is Kind.SUPPORT and not _EMERGENCY.search(reply.text.partition("\n\n")[0]):
        yield from words(voice.say("telegram.support.opening"))
    yield from words(reply.text, [way for card in reply.helplines for way in (card.phone, card.text) if way])
    yield from quoted(reply.citations, voice)


LONGEST_DATA = 64
"""Bytes that a button may carry."""

MOST_QUESTIONS = 3
"""Next questions under an answer."""

MOST_BUTTONS = 1_000
"""Buttons kept, more than a case has facts: making one and writing it out take as long as the text of a reply."""

SHORT = 3
"""Digits of a number that is dialled quicker than copied: 999."""


def keyboard(reply: Reply, voice: Voice) -> InlineKeyboardMarkup | None:
    """Return the buttons of a reply: numbers to copy, choices, next questions, what turns a page, sources and support."""
    turning = {voice.say("page.earlier"), voice.say("page.later")}
    rows: list[list[InlineKeyboardButton]] = []
    for one in _column(reply, voice):
        beside = rows and {one.text, rows[-1][-1].text} == turning
        rows = [*rows[:-1], [*rows[-1], one]] if beside else [*rows, [one]]
    foot = _foot(reply, voice)
    return InlineKeyboardMarkup([*rows, foot] if foot else rows) if rows or foot else None


@lru_cache(maxsize=MOST_BUTTONS)
def button(choice: Choice) -> InlineKeyboardButton:
    """Return the button of a choice, made once; the same word typed does the same."""
    return InlineKeyboardButton(choice.label, callback_data=choice.id)


def _column(reply: Reply, voice: Voice) -> Iterator[InlineKeyboardButton]:
    offers = (*reply.choices, *reply.suggestions[:MOST_QUESTIONS])
    choices = [choice for choice in offers if len(choice.id.encode()) <= LONGEST_DATA]
    first = 1 if reply.kind is Kind.SUPPORT else 0  # for somebody in danger now, before any number
    yield from map(button, choices[:first])
    numbers = dict.fromkeys(contact.phone for contact in reply.helplines if len(contact.phone) > SHORT)
    for number in numbers:
        yield InlineKeyboardButton(voice.say("telegram.button.copy", number=number), copy_text=CopyTextButton(number))
    yield from map(button, choices[first:])


def _foot(reply: Reply, voice: Voice) -> list[InlineKeyboardButton]:
    taken = {choice.id for choice in (*reply.choices, *reply.suggestions)}
    foot = {}
    if reply.kind is Kind.ANSWER:
        foot["page:sources"] = voice.say("telegram.button.sources")
    if reply.kind is not Kind.SUPPORT:
        foot["page:helplines"] = voice.say("telegram.button.support")
    return [button(Choice(id_, label)) for id_, label in foot.items() if label and id_ not in taken]
