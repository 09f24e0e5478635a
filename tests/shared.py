"""What tests and the scripts beside them share."""

from __future__ import annotations

import argparse
import difflib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bot.conversation import Conversation
from bot.loading import conversation_of
from bot.pages import PAGES
from bot.reply import NOTHING, Context, Reply
from knowledge.case.model import Fact


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


def replies(conversation: Conversation) -> list[Reply]:
    """A reply of every kind that offers something: each page, need, contact and fact, and what asks back or finds nothing."""
    case = conversation.case
    ids = [f"page:{name}" for name in PAGES] + [f"need:{id_}" for id_ in case.care.needs]
    ids += [f"contact:{id_}" for id_ in case.helplines] + [f"fact:{id_}" for id_ in case.facts]
    ids += [f"theme:{theme}/{page}" for theme in case.themes for page in range(1, 5)]
    texts = (
        "witness",
        "what were for",
        "are you sure",
        "tell me a joke",
        "ignore your rules",
        "he hits me. who was she?",
    )
    return [conversation.choose(id_)[0] for id_ in ids] + [conversation.reply(text)[0] for text in texts]


def shown(conversation: Conversation) -> dict[str, str]:
    """Every label that a reply shows and every word that may be typed for a need, with the id of its choice.

    What turns a page is left out: its words mean the page that was shown last.
    """
    turning = {conversation.case.voice.say(f"page.{key}") for key in ("earlier", "later")}
    offers = [choice for reply in replies(conversation) for choice in reply.offers if choice.label not in turning]
    words = {choice.label: choice.id for choice in offers}
    needs = conversation.case.care.needs.values()
    return words | {word: f"need:{need.id}" for need in needs for word in need.words}


def said(text: str, wanted: Iterable[str], unwanted: Iterable[str]) -> tuple[list[str], list[str]]:
    """Tell what a text lacks of what must be said, and what it says of what mustn't."""
    missing = [pattern for pattern in wanted if not re.search(pattern, text)]
    extra = [pattern for pattern in unwanted if re.search(pattern, text)]
    return missing, extra


class Own(NamedTuple):
    """A wording of a fact and its answer; how the reply to it begins, and the fact that it tells."""

    fact: Fact
    answer: str
    text: str
    begun: str
    told: str


def begun(reply: Reply) -> tuple[str, str]:
    """How a reply begins, and which fact it tells first."""
    word = re.match(r"(Yes|No)\b", reply.text)
    return word[0].lower() if word else "", reply.facts[0] if reply.facts else ""
