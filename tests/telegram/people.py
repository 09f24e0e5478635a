"""People who write to the bot through the double."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tests.telegram.methods import ME

if TYPE_CHECKING:
    from tests.telegram.double import Double, Shown


class Person:
    """Somebody with a phone, in a private chat or in a group."""

    def __init__(self, double: Double, me: int = 7, *, group: int = 0) -> None:
        """Take the person's id, and the group's where they write in one."""
        self.double = double
        self.me = {"id": me, "is_bot": False, "first_name": "Somebody"}
        self.chat = group or me
        self.place = {"id": self.chat, "type": "supergroup" if group else "private"}

    @property
    def sees(self) -> list[Shown]:
        """The bot's messages that are still in the chat."""
        return [shown for shown in self.double.seen[self.chat] if not shown.deleted]

    def message(self, text: str | None = None, **more: Any) -> dict[str, Any]:
        """Return a message of this person."""
        self.double.methods.last_id += 1
        made: dict[str, Any] = {
            "message_id": self.double.methods.last_id, "date": int(time.time()), "chat": self.place, "from": self.me,
        }  # fmt: skip
        if text is not None:
            made["text"] = text
        if text and text.startswith("/"):
            made["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        return made | more

    def writes(self, text: str | None = None, **more: Any) -> dict[str, Any]:
        """Send a message and go on."""
        made = self.message(text, **more)
        self.double.post("message", made)
        return made

    async def asks(self, text: str | None = None, **more: Any) -> Shown:
        """Send a message and wait for the next message of the bot."""
        before = len(self.double.seen[self.chat])
        self.writes(text, **more)
        return await self.hears(before)

    async def hears(self, before: int) -> Shown:
        """Wait for a message beyond the first `before`."""
        await self.double.until(lambda: len(self.double.seen[self.chat]) > before)
        return self.double.seen[self.chat][-1]

    async def taps(self, shown: Shown, label: str) -> Shown:
        """Tap a button and wait for what it brings: a new message, or this one changed."""
        before, edited = len(self.double.seen[self.chat]), shown.edited
        self.tap_data(shown, shown.buttons[label]["callback_data"])
        await self.double.until(lambda: len(self.double.seen[self.chat]) > before or shown.edited > edited)
        return self.double.seen[self.chat][-1] if shown.edited == edited else shown

    def tap_data(self, shown: Shown, data: str, *, old: bool = False, **more: Any) -> str:
        """Tap a button by what it carries; `old` is a message that Telegram no longer passes on whole."""
        id_ = f"tap-{self.double.number + 1}"
        self.double.methods.taps[id_] = time.monotonic()
        under: dict[str, Any] = {"message_id": shown.id, "date": 0, "chat": self.place}
        if not old:
            markup = {"reply_markup": {"inline_keyboard": shown.rows}} if shown.rows else {}
            under |= {"date": int(time.time()), "from": ME, "text": shown.text, **markup} | more
        query = {"id": id_, "from": self.me, "chat_instance": "1", "data": data, "message": under}
        self.double.post("callback_query", query)
        return id_

    async def edits(self, made: dict[str, Any], text: str) -> None:
        """Change a message of this person."""
        self.double.post("edited_message", made | {"text": text, "edit_date": int(time.time())})
        await self.settled()

    async def searches(self, words: str, offset: str = "") -> dict[str, Any]:
        """Type an inline query and wait for what is offered."""
        id_ = f"inline-{self.double.number + 1}"
        self.double.post("inline_query", {"id": id_, "from": self.me, "query": words, "offset": offset})
        await self.double.until(lambda: id_ in self.double.methods.offered)
        return self.double.methods.offered[id_]

    async def settled(self) -> None:
        """Wait until the bot has done with all that it was sent."""
        await self.double.until(lambda: not self.double.updates)
