"""The whole reply beside rapidfuzz's default over the same wordings, on the same messages in one run.

    python -m tests.bench FILE...

The files hold labelled messages, as `casebook evaluate` reads them; a conversation is held turn by turn, with what was
told before. Every message is asked in several rounds, one after another, and its time is the median of those; both
methods have the same messages. The share right is that of the messages which want an answer: the bot's reply against
its label, and what the bot would say of the fact whose wording rapidfuzz finds likest.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from bot import compose
from bot.conversation import Conversation
from bot.curator.evaluate import faults
from bot.reply import NOTHING, Context, Reply
from tests.shared import conversation

ROUNDS = 5


class Asked(NamedTuple):
    """A labelled message, and the context that it was sent in."""

    label: Mapping[str, Any]
    context: Context


class Times(NamedTuple):
    """Milliseconds for a message: the median, the value under which 99 of 100 are, and the worst."""

    median: float
    most: float
    worst: float

    @classmethod
    def of(cls, times: Sequence[float]) -> Times:
        return cls(median(times), quantiles(times, n=100)[98], max(times))


def asked(bot: Conversation, file: Path) -> Iterator[Asked]:
    for line in filter(str.strip, file.read_text(encoding="utf-8").splitlines()):
        row, context = json.loads(line), NOTHING
        for label in row.get("turns") or [row]:
            yield Asked(label, context)
            _, context = bot.reply(label["q"], context)


def timed(method: Callable[[Asked], object], messages: Sequence[Asked]) -> Times:
    times: list[list[float]] = [[] for _ in messages]
    for _ in range(ROUNDS):
        for message, taken in zip(messages, times, strict=True):
            started = time.perf_counter()
            method(message)
            taken.append(1000 * (time.perf_counter() - started))
    return Times.of([median(taken) for taken in times])


def right(method: Callable[[Asked], Reply], messages: Sequence[Asked]) -> float:
    wanted = [message for message in messages if message.label["kinds"][0] == "answer"]
    return sum(not list(faults(message.label, method(message))) for message in wanted) / (len(wanted) or 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    bot = conversation()
    messages = [message for file in parser.parse_args().files for message in asked(bot, file)]
    wordings = [(text, fact) for fact in bot.case.facts.values() for text in fact.wordings]
    texts = [text for text, _ in wordings]

    def ours(message: Asked) -> Reply:
        return bot.reply(message.label["q"], message.context)[0]

    def likest(message: Asked) -> int:
        return process.extractOne(message.label["q"], texts, scorer=fuzz.WRatio)[2]

    def theirs(message: Asked) -> Reply:
        return compose.answer(bot.case, [compose.Told(wordings[likest(message)][1])])

    mine, peer = timed(ours, messages), timed(likest, messages)
    print(f"{len(messages)} messages, {len(texts)} wordings of {len(bot.case.facts)} facts; milliseconds")
    print(f"{'':24} {'right':>7} {'median':>9} {'99%':>9} {'worst':>9}")
    for name, share, times in (
        ("casebook, whole reply", right(ours, messages), mine),
        ("rapidfuzz WRatio", right(theirs, messages), peer),
    ):
        print(f"{name:24} {share:7.1%} {times.median:9.3f} {times.most:9.3f} {times.worst:9.3f}")
    print(
        f"ratios: median {mine.median / peer.median:.3f}, 99% {mine.most / peer.most:.3f}, "
        f"worst to median {mine.worst / mine.median:.1f}"
    )


if __name__ == "__main__":
    main()
