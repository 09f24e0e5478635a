"""The buttons under a reply. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.reply import Kind, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reply import Choice
    from knowledge.case.model import Voice

LONGEST_DATA = 64
"""Bytes that a button may carry."""

MOST_QUESTIONS = 3
"""Next questions under an answer."""

SHORT = 3
"""Digits of a number that is dialled quicker than copied: 999."""


def keyboard(reply: Reply, voice: Voice) -> InlineKeyboardMarkup | None:
    """Return the buttons of a reply: numbers to copy, choices, next questions, sources and support."""
    rows = [[button] for button in _column(reply, voice)]
    foot = _foot(reply, voice)
    return InlineKeyboardMarkup([*rows, foot] if foot else rows) if rows or foot else None


def button(choice: Choice) -> InlineKeyboardButton:
    """Return the button of a choice; the same word typed does the same."""
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
    return [InlineKeyboardButton(label, callback_data=id_) for id_, label in foot.items() if id_ not in taken]
