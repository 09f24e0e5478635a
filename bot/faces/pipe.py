"""JSON lines in, JSON lines out: the face by which any other channel is put in front of the bot."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from bot.conversation import Conversation
from bot.memory import Memory
from bot.operator import own_up
from bot.reply import NOTHING, Context, Reply

FORM = '{"chat": ID, "text": MESSAGE}'


def as_fields(reply: Reply) -> dict[str, Any]:
    """Return a reply as the fields that `pipe` and `ask --json` write."""
    return {
        "kind": reply.kind.value,
        "text": reply.text,
        "facts": list(reply.facts),
        "citations": [_plain(cited._asdict()) for cited in reply.citations],
        "helplines": [
            {key: value for key, value in _plain(card._asdict()).items() if value and key != "again"}
            for card in reply.helplines
        ],
        "suggestions": [choice.label for choice in reply.suggestions],
        "choices": [choice.label for choice in reply.choices],
        "score": round(reply.score, 3),
    }


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in fields.items()}


def dumps(reply: Reply) -> str:
    """Return a reply as one line of JSON."""
    return json.dumps(as_fields(reply), ensure_ascii=False)


def run(conversation: Conversation, lines: Iterable[bytes]) -> Iterator[str]:
    """Answer line by line, in order. A line that holds no message yields an error, and the run goes on."""
    memory = Memory[Context](time.monotonic)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        message = _message(line)
        if message is None:
            yield json.dumps({"error": f"line {number}: this is no message; write {FORM}"})
            continue
        chat, text = message
        try:
            reply, context = conversation.reply(text, memory.recall(chat) or NOTHING)
            fields = as_fields(reply)
        except Exception as error:  # noqa: BLE001 - one chat's trouble must not end the others
            fields = as_fields(own_up(conversation.case.voice, error))
        else:
            memory.keep(chat, context)
        yield json.dumps({"chat": chat} | fields, ensure_ascii=False)


def _message(line: bytes) -> tuple[str | int, str] | None:
    try:
        fields = json.loads(line)
        chat, text = fields["chat"], fields["text"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    is_id = isinstance(chat, str | int) and not isinstance(chat, bool)  # true equals 1, and would share its chat
    return (chat, text) if is_id and isinstance(text, str) else None
