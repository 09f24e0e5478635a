"""The Bot API's methods that the bot uses, as the double carries them out; any other is unknown."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.telegram.strict import RefusedError, check_markup, check_results, check_text

if TYPE_CHECKING:
    from tests.telegram.double import Double, Shown

ME = {
    "id": 1000, "is_bot": True, "first_name": "Casebook", "username": "casebook_bot",
    "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True,
}  # fmt: skip

type_of = {True: "private", False: "supergroup"}


class Methods:
    """Carries methods out on the double's chats."""

    def __init__(self, double: Double) -> None:
        """Take the double whose chats change."""
        self.double = double
        self.last_id = 100
        self.blocked: dict[int, RefusedError] = {}
        self.taps: dict[str, float] = {}
        self.offered: dict[str, dict[str, Any]] = {}
        self.profile: dict[str, Any] = {"commands": [], "short_description": "", "description": ""}

    def call(self, name: str, form: dict[str, str]) -> Any:
        """Carry a method out; 404 for one that there isn't, as for a wrong address."""
        known: dict[str, Callable[[dict[str, str]], Any]] = {
            "getMe": lambda _: ME,
            "sendMessage": self.send,
            "sendPhoto": self.send_photo,
            "editMessageText": self.edit,
            "deleteMessages": self.delete,
            "answerCallbackQuery": self.answer_tap,
            "answerInlineQuery": self.answer_inline,
            "setWebhook": self.set_webhook,
            "deleteWebhook": self.delete_webhook,
            "getWebhookInfo": lambda _: {
                "url": self.double.webhook.get("url", ""),
                "has_custom_certificate": False,
                "pending_update_count": len(self.double.updates),
                **self.double.undelivered,
            },
            "getMyCommands": lambda _: self.profile["commands"],
            "setMyCommands": lambda form: self._set("commands", json.loads(form["commands"])),
            "getMyShortDescription": lambda _: {"short_description": self.profile["short_description"]},
            "setMyShortDescription": lambda form: self._set("short_description", form["short_description"], 120),
            "getMyDescription": lambda _: {"description": self.profile["description"]},
            "setMyDescription": lambda form: self._set("description", form["description"], 512),
        }
        if name not in known:
            raise RefusedError("Not Found: method not found", 404)
        return known[name](form)

    def send(self, form: dict[str, str]) -> dict[str, Any]:
        """Show a message."""
        chat = self._chat(form)
        text, entities = check_text(form["text"], form.get("parse_mode"), 4096)
        return self._show(chat, form, text, entities)

    def send_photo(self, form: dict[str, str]) -> dict[str, Any]:
        """Show a picture; a known file's id may stand for it."""
        chat = self._chat(form)
        text, entities = check_text(form.get("caption", ""), form.get("parse_mode"), 1024, "caption")
        photo = form["photo"].encode("latin-1")
        if not photo.startswith((b"\x89PNG", b"file-")):
            raise RefusedError("Bad Request: IMAGE_PROCESS_FAILED")
        if len(photo) > 10_000_000:
            raise RefusedError("Bad Request: PHOTO_INVALID_DIMENSIONS")
        if photo.startswith(b"\x89PNG"):
            across, down = int.from_bytes(photo[16:20]), int.from_bytes(photo[20:24])
            if across + down > 10_000 or max(across, down) > 20 * min(across, down):
                raise RefusedError("Bad Request: PHOTO_INVALID_DIMENSIONS")
        made = self._show(chat, form, text, entities, photo)
        return made | {"photo": [{"file_id": f"file-{self.last_id}", "file_unique_id": "x", "width": 1, "height": 1}]}

    def edit(self, form: dict[str, str]) -> dict[str, Any]:
        """Change a message; refuse one that is gone or would not change."""
        shown = self._find(self._chat(form), int(form["message_id"]))
        text, entities = check_text(form["text"], form.get("parse_mode"), 4096)
        rows = check_markup(form.get("reply_markup"))
        if (text, entities, rows) == (shown.text, shown.entities, shown.rows):
            raise RefusedError(
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
                "same as a current content and reply markup of the message"
            )
        shown.text, shown.entities, shown.rows = text, entities, rows
        shown.edited += 1
        return self._message(int(form["chat_id"]), shown.id, text)

    def delete(self, form: dict[str, str]) -> bool:
        """Delete messages, a hundred at most; those that are not there are skipped."""
        ids = json.loads(form["message_ids"])
        if not 1 <= len(ids) <= 100:
            raise RefusedError("Bad Request: wrong number of messages")
        for shown in self.double.seen[self._chat(form)]:
            shown.deleted = shown.deleted or shown.id in ids
        return True

    def answer_tap(self, form: dict[str, str]) -> bool:
        """Stop a button's waiting; refuse an answer that is late or to no tap, or the second."""
        tapped = self.taps.pop(form["callback_query_id"], None)
        if tapped is None or time.monotonic() - tapped > 10:
            raise RefusedError("Bad Request: query is too old and response timeout expired or query ID is invalid")
        return True

    def answer_inline(self, form: dict[str, str]) -> bool:
        """Show inline results."""
        self.offered[form["inline_query_id"]] = {
            "results": check_results(form["results"]),
            "button": json.loads(form["button"]) if "button" in form else None,
            "cache_time": int(form.get("cache_time", 300)),
            "is_personal": form.get("is_personal") == "true",
            "next_offset": form.get("next_offset", ""),
        }
        return True

    def set_webhook(self, form: dict[str, str]) -> bool:
        """Turn the webhook on, and deliver what waits. Plain http is taken here, for a proxy ends TLS."""
        if "/refused" in form["url"]:
            raise RefusedError("Bad Request: bad webhook: failed to resolve host: Name or service not known")
        self.double.webhook = dict(form)
        for number in list(self.double.updates):
            self.double.deliver(number)
        return True

    def delete_webhook(self, _: dict[str, str]) -> bool:
        """Turn the webhook off."""
        self.double.webhook = {}
        return True

    def _set(self, name: str, value: Any, most: int = 1000) -> bool:
        if len(value) > most:
            what = f"Bad Request: bot {name} is too long"
            raise RefusedError(what)
        self.profile[name] = value
        return True

    def _chat(self, form: dict[str, str]) -> int:
        chat = int(form["chat_id"])
        if chat in self.blocked:
            raise self.blocked[chat]
        return chat

    def _find(self, chat: int, id_: int) -> Shown:
        for shown in self.double.seen[chat]:
            if shown.id == id_ and not shown.deleted:
                return shown
        raise RefusedError("Bad Request: message to edit not found")

    def _show(
        self, chat: int, form: dict[str, str], text: str, entities: tuple[Any, ...], photo: bytes = b""
    ) -> dict[str, Any]:
        from tests.telegram.double import Shown

        rows = check_markup(form.get("reply_markup"))
        answers = json.loads(form["reply_parameters"])["message_id"] if "reply_parameters" in form else None
        preview = not json.loads(form.get("link_preview_options", "{}")).get("is_disabled", False)
        self.last_id += 1
        if self.double.records:
            self.double.seen[chat].append(Shown(self.last_id, text, entities, rows, photo, answers, preview=preview))
        return self._message(chat, self.last_id, text)

    def _message(self, chat: int, id_: int, text: str) -> dict[str, Any]:
        return {
            "message_id": id_, "date": int(time.time()), "text": text, "from": ME,
            "chat": {"id": chat, "type": type_of[chat > 0]},
        }  # fmt: skip
