"""Whatever is typed gets an ordinary reply or one clear line, quickly and without a traceback."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reply import Kind

ROUGH = [
    "",
    " ",
    "\n",
    "...",
    "🚨🚨",
    "\u202eevil\u202c",
    "\x00\x01\x02",
    "a" * 4096,
    "why " * 1024,
    "؟؟",
    "\ud800",
    "}{][",
    "0" * 500,
]


@pytest.mark.parametrize("message", ROUGH)
def test_rough_messages_are_answered(conversation, message):
    """Empty, emoji, control characters, one very long word: a reply with words in it."""
    reply, _ = conversation.reply(message)
    assert reply.text


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=300))
def test_any_text_is_answered(conversation, message):
    """No text makes the bot raise."""
    assert conversation.reply(message)[0].kind in Kind


def test_a_message_of_a_million_characters_stalls_nobody(conversation):
    """Work is bounded: a million characters cost no more than a page of them does."""
    conversation.reply("warm up")
    started = time.perf_counter()
    conversation.reply("who killed her? " * 62_500)
    assert time.perf_counter() - started < 0.5
