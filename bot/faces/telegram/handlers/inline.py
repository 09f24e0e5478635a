"""Inline mode: up to five cited facts to send into any chat; nothing that tells others who asked for help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode

from bot.faces.telegram.outgoing.render import render

if TYPE_CHECKING:
    from telegram import InlineQuery

    from bot.faces.telegram.handlers.desk import Desk
    from bot.reply import Reply

MOST = 5
"""Facts offered."""

TITLE = 70
"""Characters of a fact shown as its title."""

DESCRIPTION = 200
"""Characters of it shown below, where the title ends."""


class Inline:
    """Handles inline queries."""

    def __init__(self, desk: Desk) -> None:
        """Take what a reply needs."""
        self._desk = desk

    async def offer(self, query: InlineQuery) -> None:
        """Offer facts, the most asked before anything is typed; for a cry nothing but a neutral button, since others read it.

        Nothing is cached, by Telegram neither: what was typed is the person's own.
        """
        cry = self._desk.conversation.looks_like_help(query.query)
        found = () if cry else self._desk.conversation.search(query.query, MOST)
        label = self._desk.voice.say("telegram.line.inline")
        await query.answer(
            [self._result(reply) for reply in found[:MOST]],
            cache_time=0,
            is_personal=True,
            button=InlineQueryResultsButton(label, start_parameter="private") if cry else None,
        )

    def _result(self, reply: Reply) -> InlineQueryResultArticle:
        title, rest = _shortened(" ".join(reply.text.split()), TITLE)
        description, _ = _shortened(rest, DESCRIPTION)
        return InlineQueryResultArticle(
            id=reply.facts[0].encode()[:64].decode(errors="ignore") if reply.facts else title,
            title=title,
            description=description or None,
            input_message_content=InputTextMessageContent(
                render(reply, self._desk.voice)[0].html,
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            ),
        )


def _shortened(text: str, most: int) -> tuple[str, str]:
    """Cut a text at a word, with three dots where it is cut, and return what follows there; one endless word anywhere.

    >>> _shortened("Was there an order? There was.", 14)
    ('Was there an…', 'order? There was.')
    """
    if len(text) <= most:
        return text, ""
    end = text.rfind(" ", 0, most)
    end = end if end > 0 else most - 1
    return f"{text[:end]}…", text[end:].strip()
