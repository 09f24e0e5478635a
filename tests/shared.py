"""What tests and the scripts beside them share."""

from __future__ import annotations

import argparse
import difflib
import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from bot.conversation import Conversation
from bot.loading import conversation_of
from bot.reply import NOTHING, Context, Reply


@cache
def conversation() -> Conversation:
    """The shipped case's conversation, made once."""
    return conversation_of(None)


def last(chat: Conversation, *messages: str, context: Context = NOTHING) -> Reply:
    """The last reply to some messages in a row."""
    for message in messages[:-1]:
        _, context = chat.reply(message, context)
    return chat.reply(messages[-1], context)[0]


def change(file: Path, old: str, new: str) -> int:
    """Change a text in a file, and say on which line it stands."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


LABELLED = (
    *sorted(Path(__file__).parent.glob("labelled/*.jsonl")),
    *sorted(Path(__file__).parent.glob("golden/*.jsonl")),
)
"""The labelled files that come with the project."""


def talks(files: Iterable[Path] = LABELLED) -> Iterator[tuple[str, ...]]:
    """Read what is asked in labelled files, one conversation at a time; a single message is one of its own."""
    for file in files:
        for line in filter(str.strip, file.read_text(encoding="utf-8").splitlines()):
            row = json.loads(line)
            yield tuple(turn["q"] for turn in row.get("turns") or [row])


def page_made(page: Path, made: Callable[[str], str], doc: str) -> int:
    """Print in what a page differs from what it is made from; with `--write` write it anew. `made` is given the page."""
    parser = argparse.ArgumentParser(description=doc.split("\n", 1)[0])
    parser.add_argument("--write", action="store_true", help="write the page anew")
    before = page.read_text(encoding="utf-8")
    anew = made(before)
    if parser.parse_args().write:
        page.write_text(anew, encoding="utf-8")
    print("".join(difflib.unified_diff(before.splitlines(True), anew.splitlines(True), page.name, "made")), end="")
    return 0
