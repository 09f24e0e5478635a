"""A message is read once: one call of the tokeniser, one of the speller, one product; nothing behind sees its text again."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from bot.reply import NOTHING
from knowledge.language import reading, text
from knowledge.language.spelling import Speller
from knowledge.matching.index import Index

TOP = Path(__file__).parent.parent
OF_TEXT = "knowledge/language/text.py"
HANDED_ON = {
    "bot/conversation.py": {"reply", "decide", "carry_out"},
    "bot/decision.py": {"decide"},
    "knowledge/language/reading.py": {"read"},
}
"""Who is handed a message as typed, down to the reader: to ask its length, and to pass it on."""

TALKS = [
    ("Who raised the alarm at the club?",),
    ("what colour was the car that hit him",),
    ("wen was the warant isued agenst him",),
    ("My nan and I could not agree on Sunday. I said I would look it up. How old was Yasmin?",),
    ("according to Ham & High, what time did it happen?",),
    ("my husband hits me and i dont know where to go",),
    ("qwxz pfft",),
    ("How old was Yasmin?", "and the driver?"),
    ("Who was the driver?", "how old was he?"),
    ("Was there a petition?", "how many?"),
    ("Which councillors spoke?", "what did the first one say?"),
    ("What did her aunt say?", "does LBC say the same?"),
    ("my husband hits me", "what car was it, then"),
]


@pytest.fixture
def counted(monkeypatch):
    """Send a message; return how often it was tokenised, words were mended, and anything was scored.

    The case's own wordings are tokenised too, each when it is first compared with a message.
    """
    calls, message = Counter(), [""]

    def count(owner, name):
        plain = getattr(owner, name)

        def counting(*arguments):
            calls[name] += name != "tokens" or arguments == (message[0],)
            return plain(*arguments)

        monkeypatch.setattr(owner, name, counting)

    for owner, name in (
        (text, "tokens"),
        (reading, "tokens"),
        (Speller, "repair_all"),
        (Index, "scores"),
    ):
        count(owner, name)

    def sent(conversation, text, context):
        calls.clear()
        message[0] = text
        _, context = conversation.reply(text, context)
        return dict(calls), context

    return sent


@pytest.mark.parametrize("turns", TALKS, ids=lambda turns: turns[-1][:24])
def test_a_message_is_read_once_and_scored_in_one_product(conversation, counted, turns):
    """Alone, after an answer, beside a story, put to a report, misspelt, a cry: each costs one of each."""
    context = NOTHING
    for turn in turns[:-1]:
        _, context = conversation.reply(turn, context)
    calls, _ = counted(conversation, turns[-1], context)
    assert calls == {"tokens": 1, "repair_all": 1, "scores": 1}


def test_a_second_question_of_a_message_costs_a_product_more(conversation, counted):
    """It may lean on what the first one finds, so it is scored after that; the message is still read once."""
    calls, _ = counted(conversation, "who killed her then, and when was that warrant of his issued?", NOTHING)
    assert calls == {"tokens": 1, "repair_all": 1, "scores": 2}


@pytest.mark.parametrize("turns", TALKS, ids=lambda turns: turns[-1][:24])
def test_nobody_behind_the_reader_is_handed_the_text(conversation, turns):
    """Of all functions of the bot and its knowledge only the reader's way in takes the message as it was typed."""
    context = NOTHING
    for turn in turns[:-1]:
        _, context = conversation.reply(turn, context)
    handed: set[tuple[str, str]] = set()
    typed = f"  {turns[-1]} "

    def note(frame, event, _):
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith((f"{TOP}/bot", f"{TOP}/knowledge")):
            return
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        if any(isinstance(value := frame.f_locals.get(name), str) and turns[-1] in value for name in names):
            handed.add((Path(code.co_filename).relative_to(TOP).as_posix(), code.co_name))

    sys.setprofile(note)
    try:
        conversation.reply(typed, context)
    finally:
        sys.setprofile(None)
    allowed = {(file, name) for file, names in HANDED_ON.items() for name in names}
    assert {one for one in handed if one[0] != OF_TEXT} == allowed
