"""The way to Telegram: requests side by side, each in a lane of its own, and the client that makes them.

A client with a pool of sixteen connections looks at all of them several times a request, and takes half as much again
of the CPU that sixteen lanes of one connection take. Measured by `tests/telegram/load.py`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import httpx
from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import TelegramError
from telegram.ext import ExtBot
from telegram.request import BaseRequest, HTTPXRequest

from bot.faces.telegram.network import PROXIES, trust, wrong_proxy
from bot.faces.telegram.outgoing.connection import Connection
from bot.faces.telegram.outgoing.limiter import ABREAST, Haste, Pace
from bot.faces.telegram.outgoing.render import MOST_BUTTONS
from bot.faces.telegram.trouble import Patience, said
from bot.settings import Settings

if TYPE_CHECKING:
    from telegram.request import RequestData

    from bot.faces.telegram.metrics import Tally
    from bot.faces.telegram.state.store import Store


def _open(read_timeout: float, note: Callable[[str], None]) -> BaseRequest:
    """Return a lane: a connection, or where proxies are spoken of a client that knows which of them to go through."""
    if not any(value and name.lower() in {*PROXIES, "no_proxy"} for name, value in os.environ.items()):
        return Connection(read_timeout, trust(), note)

    async def look(response: httpx.Response) -> None:
        note(response.headers.get("date", ""))

    more = {"verify": trust(), "event_hooks": {"response": [look]}}
    try:
        return HTTPXRequest(connection_pool_size=1, read_timeout=read_timeout, httpx_kwargs=more)
    except (RuntimeError, ValueError, httpx.InvalidURL):
        raise wrong_proxy() from None


class Lanes(BaseRequest):
    """Sends each request through an idle lane, the one used last first, so that few stay open where few are needed."""

    __slots__ = ("_free", "_idle", "_lanes", "_tally", "date")

    def __init__(self, count: int, read_timeout: float, tally: Tally) -> None:
        """Take how many lanes there are, how long to wait for an answer, in seconds, and the counts."""
        self.date = ""
        self._tally = tally
        self._lanes = tuple(_open(read_timeout, self._note) for _ in range(count))
        self._idle = list(reversed(self._lanes))
        self._free = asyncio.Semaphore(count)

    def _note(self, date: str) -> None:
        """Note what time the other side says it is."""
        self.date = date

    async def initialize(self) -> None:
        """Open the lanes."""
        for lane in self._lanes:
            await lane.initialize()

    async def shutdown(self) -> None:
        """Close the lanes."""
        for lane in self._lanes:
            await lane.shutdown()

    @property
    def read_timeout(self) -> float | None:
        """Return how long a lane waits for an answer, in seconds."""
        return self._lanes[0].read_timeout

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **timeouts: Any
    ) -> tuple[int, bytes]:
        """Send a request when a lane is idle."""
        async with self._free:
            lane = self._idle.pop()
            try:
                status, body = await lane.do_request(url, method, request_data, **timeouts)
            except asyncio.CancelledError:
                await lane.shutdown()  # the answer may still come, and is none to the next request
                await lane.initialize()
                raise
            finally:
                self._idle.append(lane)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            self._tally.paused(url.rpartition("/")[2])
        return status, body


WANTED = ("message", "edited_message", "callback_query", "inline_query")
"""The kinds of update that the bot handles; always passed on, or Telegram keeps what a former run asked for."""

LONGEST_ANSWER = 5.0
"""Seconds to wait for an answer, beyond the time of a long poll: python-telegram-bot's own."""


@lru_cache(maxsize=MOST_BUTTONS)
def _written_button(button: InlineKeyboardButton, _copied: CopyTextButton | None) -> str:
    """Write a button out. What it copies stands beside it, since buttons that copy different things count as the same."""
    return button.to_json()


def _written(buttons: InlineKeyboardMarkup) -> str:
    rows = (",".join(_written_button(button, button.copy_text) for button in row) for row in buttons.inline_keyboard)
    return f'{{"inline_keyboard":[{",".join(f"[{row}]" for row in rows)}]}}'


class Wire(ExtBot[Haste]):
    """The bot's line to Telegram."""

    __slots__ = ("_lanes", "_pace", "_tally")

    def __init__(self, settings: Settings, patience: Patience, store: Store, tally: Tally) -> None:
        """Take where Telegram is, the token and the pace, how a refused token is borne, the store, and the counts."""
        pace = Pace(settings.messages_per_second, patience, store)
        lanes = Lanes(ABREAST, LONGEST_ANSWER, tally)
        super().__init__(
            token=settings.token,
            base_url=settings.base_url,
            request=lanes,
            get_updates_request=Lanes(1, LONGEST_ANSWER, tally),
            rate_limiter=pace,
        )
        self._pace = pace
        self._lanes = lanes
        self._tally = tally

    @property
    def pace(self) -> Pace:
        """Return what holds requests to Telegram's limits."""
        return self._pace

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
        self._tally.heard()
        return answer if isinstance(answer, list) else []

    async def say(self, chat: int, text: str, haste: Haste, **more: object) -> int:
        """Send a message and return its id.

        `Bot.send_message` would build the whole sent message, keyboard and all, from Telegram's answer, which costs a
        tenth of the time that a reply takes here.
        """
        data = {"chat_id": chat, "text": text, **{name: value for name, value in more.items() if value is not None}}
        if isinstance(buttons := more.get("reply_markup"), InlineKeyboardMarkup):
            data["reply_markup"] = _written(buttons)
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
