"""The double refuses what Telegram refuses, or the other tests would show little."""

from __future__ import annotations

import json

import pytest

from tests.telegram.double import Double
from tests.telegram.strict import RefusedError


def markup(**button: object) -> str:
    """Return a keyboard with one button."""
    return json.dumps({"inline_keyboard": [[{"text": "x", **button}]]})


def results(count: int, **more: object) -> str:
    """Return so many inline results."""
    content = {"message_text": "x"}
    return json.dumps([{"id": str(n), "title": "x", "input_message_content": content} | more for n in range(count)])


@pytest.mark.parametrize(
    ("method", "form", "words"),
    [
        ("sendMessage", {"text": "x" * 4097}, "too long"),
        ("sendMessage", {"text": " "}, "empty"),
        ("sendMessage", {"text": "\N{GRINNING FACE}" * 2049}, "too long"),
        ("sendMessage", {"text": "<p>x</p>", "parse_mode": "HTML"}, "Unsupported start tag"),
        ("sendMessage", {"text": "a < b", "parse_mode": "HTML"}, "Unsupported start tag"),
        ("sendMessage", {"text": "<b>x", "parse_mode": "HTML"}, "end tag"),
        ("sendMessage", {"text": "<b><i>x</b></i>", "parse_mode": "HTML"}, "end tag"),
        ("sendMessage", {"text": "<b>x</b>" * 101, "parse_mode": "HTML"}, "entities"),
        ("sendMessage", {"text": "x", "reply_markup": markup(url="tel:+44808")}, "Unsupported URL protocol"),
        ("sendMessage", {"text": "x", "reply_markup": markup(callback_data="é" * 33)}, "BUTTON_DATA_INVALID"),
        ("sendMessage", {"text": "x", "reply_markup": markup(copy_text={"text": "1" * 257})}, "COPY_TEXT"),
        ("sendMessage", {"text": "x", "reply_markup": markup()}, "Text buttons"),
        ("sendPhoto", {"photo": "file-1", "caption": "x" * 1025}, "caption is too long"),
        ("sendPhoto", {"photo": "no picture"}, "IMAGE_PROCESS_FAILED"),
        ("editMessageText", {"message_id": "101", "text": "here"}, "not modified"),
        ("editMessageText", {"message_id": "9", "text": "x"}, "not found"),
        ("answerCallbackQuery", {"callback_query_id": "unknown"}, "query is too old"),
        ("answerInlineQuery", {"inline_query_id": "1", "results": results(51)}, "RESULTS_TOO_MUCH"),
        ("answerInlineQuery", {"inline_query_id": "1", "results": results(2, id="a")}, "DUPLICATE"),
        ("answerInlineQuery", {"inline_query_id": "1", "results": results(1, id="x" * 65)}, "RESULT_ID_INVALID"),
        ("deleteMessages", {"message_ids": json.dumps(list(range(101)))}, "wrong number"),
        ("setMyDescription", {"description": "x" * 513}, "too long"),
        ("frobnicate", {}, "method not found"),
    ],
)
def test_refuses(method: str, form: dict[str, str], words: str) -> None:
    """Each thing that Telegram refuses is refused in its words."""
    methods = Double().methods
    methods.call("sendMessage", {"chat_id": "7", "text": "here"})
    with pytest.raises(RefusedError) as caught:
        methods.call(method, {"chat_id": "7"} | form)
    assert words in caught.value.description


def test_takes() -> None:
    """What Telegram takes is taken: 4,096 characters beside their markup, and an edit that changes something."""
    double = Double()
    double.methods.call("sendMessage", {"chat_id": "7", "text": f"<b>{'x' * 4096}</b>", "parse_mode": "HTML"})
    double.methods.call("editMessageText", {"chat_id": "7", "message_id": "101", "text": "new"})
    assert [(shown.text, shown.edited) for shown in double.seen[7]] == [("new", 1)]
