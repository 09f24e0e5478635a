"""What Telegram refuses, refused alike: markup, lengths, buttons, inline results."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote", "tg-spoiler"}
_TOKEN = re.compile(r"<(/?)([A-Za-z-]*)([^<>]*)>|<|&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")


class RefusedError(Exception):
    """A request that Telegram answers with an error: the code, the description, and perhaps parameters."""

    def __init__(self, description: str, code: int = 400, **parameters: int) -> None:
        """Take what Telegram says."""
        super().__init__(description)
        self.description = description
        self.code = code
        self.parameters = parameters


@dataclass(frozen=True)
class Entity:
    """A stretch of marked-up text."""

    kind: str
    text: str
    url: str = ""


def units(text: str) -> int:
    """Count UTF-16 units, the way Telegram's clients do."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse(text: str, mode: str | None) -> tuple[str, tuple[Entity, ...]]:
    """Return the text without its markup, and the markup; refuse what Telegram can't parse."""
    if mode is None:
        return text, ()
    if mode != "HTML":
        what = f"Bad Request: unsupported parse_mode {mode}"
        raise RefusedError(what)
    plain, opened, entities, at = "", [], [], 0
    for token in _TOKEN.finditer(text):
        plain += text[at : token.start()]
        at = token.end()
        if token[0].startswith("&"):
            plain += unescape(token[0])
        elif not token[1]:
            opened.append(_opened(token, len(plain)))
        elif not opened or opened[-1][0] != token[2]:
            what = f"Bad Request: can't parse entities: Unexpected end tag {token[0]}"
            raise RefusedError(what)
        else:
            tag, attributes, start = opened.pop()
            url = re.search(r'href="([^"]*)"', attributes)
            kind = "expandable_blockquote" if tag == "blockquote" and "expandable" in attributes else tag
            entities.append(Entity(kind, plain[start:], url[1] if url else ""))
    if opened:
        what = f"Bad Request: can't parse entities: Can't find end tag for {opened[-1][0]}"
        raise RefusedError(what)
    return plain + text[at:], tuple(entities)


def _opened(token: re.Match[str], at: int) -> tuple[str, str, int]:
    if not token[2] or token[2] not in TAGS:
        what = f'Bad Request: can\'t parse entities: Unsupported start tag "{token[2]}"'
        raise RefusedError(what)
    return token[2], token[3], at


def check_text(text: str, mode: str | None, most: int, part: str = "text") -> tuple[str, tuple[Entity, ...]]:
    """Return parsed text; refuse an empty or over-long one, counted after parsing."""
    plain, entities = parse(text, mode)
    if part == "text" and not plain.strip():
        raise RefusedError("Bad Request: message text is empty")
    if units(plain) > most:
        short = "message is too long" if part == "text" else "message caption is too long"
        what = f"Bad Request: {short}"
        raise RefusedError(what)
    if len(entities) > 100:
        raise RefusedError("Bad Request: too many entities")
    return plain.strip(), entities


def check_markup(raw: str | None) -> list[list[dict[str, Any]]]:
    """Return the rows of an inline keyboard; refuse buttons that Telegram refuses."""
    rows: list[list[dict[str, Any]]] = json.loads(raw)["inline_keyboard"] if raw else []
    for button in (button for row in rows for button in row):
        actions = [name for name in button if name not in {"text", "style", "icon_custom_emoji_id"}]
        if not button.get("text") or len(actions) != 1:
            raise RefusedError("Bad Request: can't parse inline keyboard button: Text buttons are unallowed")
        value = button[actions[0]]
        if actions[0] == "callback_data" and not 1 <= len(value.encode()) <= 64:
            raise RefusedError("Bad Request: BUTTON_DATA_INVALID")
        if actions[0] == "url" and urlsplit(value).scheme not in {"http", "https", "tg"}:
            what = f"Bad Request: inline keyboard button URL '{value}' is invalid: Unsupported URL protocol"
            raise RefusedError(what)
        if actions[0] == "copy_text" and not 1 <= units(value["text"]) <= 256:
            raise RefusedError("Bad Request: BUTTON_COPY_TEXT_INVALID")
    if any(not row for row in rows):
        raise RefusedError("Bad Request: BUTTON_TYPE_INVALID: empty row")
    return rows


def check_results(raw: str) -> list[dict[str, Any]]:
    """Return inline results; refuse too many, doubled ids and contents that can't be sent."""
    results: list[dict[str, Any]] = json.loads(raw)
    if len(results) > 50:
        raise RefusedError("Bad Request: RESULTS_TOO_MUCH")
    ids = [result["id"] for result in results]
    if len(set(ids)) != len(ids):
        raise RefusedError("Bad Request: RESULT_ID_DUPLICATE")
    if any(not 1 <= len(id_.encode()) <= 64 for id_ in ids):
        raise RefusedError("Bad Request: RESULT_ID_INVALID")
    for result in results:
        content = result["input_message_content"]
        content["plain"], _ = check_text(content["message_text"], content.get("parse_mode"), 4096)
    return results
