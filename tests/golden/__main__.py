"""Golden files: what the bot answers to some hundred messages, and whole chats word for word.

    python -m tests.golden            what has changed against the files
    python -m tests.golden --write    the files made anew

`messages.jsonl` and `talks.jsonl` hold the kind of each reply and the facts told, with the first line where support was
given. `transcripts/*.txt` are chats in the terminal, exact; a line that begins with "> " was typed.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.conversation import Conversation
from bot.faces import terminal
from bot.reply import NOTHING, Context, Kind, Reply
from tests.shared import conversation

FOLDER = Path(__file__).parent


def outcome(reply: Reply) -> dict:
    """What is pinned of a reply."""
    found: dict = {"kind": reply.kind.value, "facts": list(reply.facts)}
    if reply.kind is Kind.SUPPORT:
        found["says"] = reply.text.partition("\n")[0]
    return found


def turns_of(row: dict) -> list[dict]:
    return row.get("turns", [row])


def answered(row: dict, bot: Conversation) -> dict:
    """The row with today's outcome of each of its messages."""
    context: Context = NOTHING
    turns = []
    for turn in turns_of(row):
        reply, context = bot.reply(turn["q"], context)
        turns.append({"q": turn["q"], **outcome(reply)})
    return {"turns": turns} if "turns" in row else turns[0]


def rows(name: str) -> Iterator[dict]:
    yield from map(json.loads, (FOLDER / name).read_text(encoding="utf-8").splitlines())


def transcript(text: str, bot: Conversation) -> str:
    """A chat in the terminal with the messages of a transcript, word for word."""
    typed = [line.removeprefix("> ") for line in text.splitlines() if line.startswith("> ")]
    out = io.StringIO()
    terminal.run(bot, io.StringIO("\n".join(typed) + "\n"), out)
    return out.getvalue()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="make the files anew")
    write = parser.parse_args().write
    bot = conversation()
    changed = 0
    for name in ("messages.jsonl", "talks.jsonl"):
        today = [answered(row, bot) for row in rows(name)]
        for before, after in zip(rows(name), today, strict=True):
            for was, now in zip(turns_of(before), turns_of(after), strict=True):
                if was != now:
                    changed += 1
                    print(
                        f"{now['q'][:90]!r}\n    was {was.get('kind')} {was.get('facts')}\n    now {now['kind']} {now['facts']}"
                    )
        if write:
            lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in today)
            (FOLDER / name).write_text("".join(lines), encoding="utf-8")
    for file in sorted((FOLDER / "transcripts").glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        now = transcript(text, bot)
        if now != text:
            changed += 1
            print(f"{file.name} reads otherwise")
            if write:
                file.write_text(now, encoding="utf-8")
    print(f"{changed} changed")
    return 0 if write else int(changed > 0)


if __name__ == "__main__":
    sys.exit(main())
