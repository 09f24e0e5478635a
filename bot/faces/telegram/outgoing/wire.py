"""The Bot API as this face uses it: python-telegram-bot's bot, and updates fetched as they came."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.faces.telegram.outgoing.client import Lanes
from bot.faces.telegram.outgoing.limiter import ABREAST, Haste, Pace
from bot.faces.telegram.patience import Patience
from bot.faces.telegram.trouble import said
from bot.settings import Settings

WANTED = ("message", "edited_message", "callback_query", "inline_query")
"""The kinds of update that the bot handles; always passed on, or Telegram keeps what a former run asked for."""

LONGEST_ANSWER = 5.0
"""Seconds to wait for an answer, beyond the time of a long poll: python-telegram-bot's own."""


class Wire(ExtBot[Haste]):
    """The bot's line to Telegram."""

    __slots__ = ("_lanes",)

    def __init__(self, settings: Settings, patience: Patience) -> None:
        """Take where Telegram is, the token and the pace, and how it is borne that Telegram knows the bot no longer."""
        lanes = Lanes(ABREAST, LONGEST_ANSWER)
        super().__init__(
            token=settings.token,
            base_url=settings.base_url,
            request=lanes,
            get_updates_request=Lanes(1, LONGEST_ANSWER),
            rate_limiter=Pace(settings.messages_per_second, patience),
        )
        self._lanes = lanes

    @property
    def now(self) -> datetime:
        """Return what time it was for Telegram when it last answered, for the host's clock may be wrong."""
        try:
            return parsedate_to_datetime(self._lanes.date).astimezone(UTC)
        except ValueError:
            return datetime.now(UTC)

    async def fetch(self, offset: int | None, seconds: int) -> list[dict[str, Any]]:
        """Fetch up to a hundred updates from `offset` on, waiting `seconds` for the first; confirms all before it.

        They come as Telegram sent them, so that one that can't be read doesn't hold up those beside it.
        """
        asked = {"offset": offset, "timeout": seconds, "limit": 100, "allowed_updates": list(WANTED)}
        answer = await self._post(
            "getUpdates",
            {name: value for name, value in asked.items() if value is not None},
            read_timeout=seconds + LONGEST_ANSWER,
        )
        return answer if isinstance(answer, list) else []

    async def say(self, chat: int, text: str, haste: Haste, **more: object) -> int:
        """Send a message and return its id.

        `Bot.send_message` would build the whole sent message, keyboard and all, from Telegram's answer, which costs a
        tenth of the time that a reply takes here.
        """
        data = {"chat_id": chat, "text": text, **{name: value for name, value in more.items() if value is not None}}
        sent = await self._post("sendMessage", data, api_kwargs=self._merge_api_rl_kwargs(None, haste))
        return int(sent["message_id"]) if isinstance(sent, dict) else 0

    async def _do_post(self, endpoint: str, data: dict[str, Any], **more: Any) -> Any:
        """Send a request; note on its failure which method it was and what Telegram said, for `trouble`."""
        try:
            return await super()._do_post(endpoint, data, **more)
        except TelegramError as error:
            sent = f"{data.get('text', '')} {data.get('caption', '')}"
            error.add_note(": ".join(filter(None, (endpoint, said(error.message, sent)))))
            raise
