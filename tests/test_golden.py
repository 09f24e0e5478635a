"""Golden files: nothing that the bot answers changes unseen."""

import pytest

from tests.golden.__main__ import FOLDER, answered, rows, transcript, turns_of

TRANSCRIPTS = sorted(file.name for file in (FOLDER / "transcripts").glob("*.txt"))


@pytest.mark.parametrize("name", ["messages.jsonl", "talks.jsonl"])
def test_messages_get_the_replies_that_were_looked_at(name, conversation):
    """Kind and facts of every message are those of the file; `python -m tests.golden` lists what differs."""
    differing = [
        (was["q"], now)
        for row in rows(name)
        for was, now in zip(turns_of(row), turns_of(answered(row, conversation)), strict=True)
        if was != now
    ]
    assert differing == []


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_a_chat_reads_as_it_was_read_aloud(name, conversation):
    """A whole chat in the terminal, word for word."""
    text = (FOLDER / "transcripts" / name).read_text(encoding="utf-8")
    assert transcript(text, conversation) == text
