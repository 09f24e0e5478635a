"""The slowest message that a seeded search finds, beside ordinary sentences of the same length in the same run.

    python -m tests.slowest --seconds 60

A message is a few pieces, each repeated; the search changes one of them at a time and keeps what costs more.
"""

import argparse
import math
import random
import re
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from bot.conversation import Conversation
from bot.reply import NOTHING, Context
from knowledge.case.model import Case
from knowledge.language.text import MAX_CHARACTERS
from tests import shared

SEPARATORS = [
    "",
    " ",
    "  ",
    "\n",
    "\t",
    "\u00a0",
    *[",", ".", "?", "!", ";", "-", "/", "'", "’", "_"],
    ", ",
    ". ",
    "? ",
    "; ",
    " - ",
    " & ",
    "… ",
    "?! ",
]
STRANGE = ["\u200b", "\u0301\u0323", "\ufe0f", "\ud800", "\U0001f52a", "ﷺ", "ａ", "漢", "я", "ا", "9️⃣", "\x00"]
WORDS = re.findall(
    r"\S+",
    """
    who what when where why how whose which was were did does is are has can could and also plus then so but or
    if not no n about according to as per in on at by from for of with on, he she it they him her his them their
    that this one there me my i im we us our killed stabbed hit car police driver hospital knife warrant court
    son mother ex husband here outside tonight help a b x 1 24 999 43
    """,
)
PHRASES = [
    "according to LBC,",
    "what about",
    "i mean",
    "the first one",
    "what time",
    "and when",
    "is coming to",
    "has a knife",
]
LONGEST_RUN = 1024
TRIES = 3
"""Measurements of one message, the least of which counts."""
KEPT = 12
"""Messages that the search goes on from."""
FRESH = 0.2
"""The share of messages that are made anew."""
NEARLY = 0.9
"""What a shortened message costs at least beside the one found."""
SHOWN = 120
"""Characters of a piece that are printed."""
LENGTHS = [32, 64, 128, 256, 512, 1024, 2048, MAX_CHARACTERS]

Message = tuple[tuple[str, int], ...]
"""Texts, and how often each is repeated."""


class Found(NamedTuple):
    """A message, the context it was sent in, its cost in seconds, and that beside ordinary ones of its length."""

    message: Message
    context: int
    seconds: float
    ratio: float


class Search:
    """Makes messages and measures them."""

    def __init__(self, seed: int, conversation: Conversation) -> None:
        self.case = conversation.case
        self.conversation = conversation
        self.chance = random.Random(seed)
        self.sentences = sentences(self.case)
        self.pool = [*SEPARATORS, *STRANGE, *WORDS, *PHRASES]
        self.contexts = [NOTHING, *self._contexts()]

    def _contexts(self) -> Iterator[Context]:
        """After an answer, after several, and after a cry; and all that is made once is made by then."""
        context = NOTHING
        for sentence in self.chance.sample(self.sentences, 60):
            _, context = self.conversation.reply(f"{sentence} {self.typo(sentence)}", context)
        yield context
        first = next(iter(self.case.facts.values()))
        yield self.conversation.reply(first.ask[0])[1]
        cry = next(message for message, concern in self.case.care.examples if concern == "danger")
        yield self.conversation.reply(cry)[1]

    @cached_property
    def ordinary(self) -> list[tuple[int, float]]:
        """The median cost in seconds of ordinary sentences, by length."""
        return [
            (length, statistics.median(self.cost(self.told(length), NOTHING) for _ in range(15))) for length in LENGTHS
        ]

    def told(self, length: int) -> str:
        """Ordinary sentences, as many as make a message of a length."""
        text = ""
        while len(text) < length:
            sentence = self.chance.choice(self.sentences)
            text += f"{sentence}{'' if sentence[-1] in '.?!' else self.chance.choice('.?')} "
        return text[:length]

    def cost(self, text: str, context: Context, least: float = 0.0) -> float:
        """The least processor time of some replies, in seconds; no more replies where it is under `least`."""
        cost = math.inf
        for _ in range(TRIES):
            started = time.process_time()
            self.conversation.reply(text, context)
            cost = min(cost, time.process_time() - started)
            if cost < least:
                break
        return cost

    def usual(self, length: int) -> float:
        """What ordinary sentences of a length cost, in seconds: between those measured in proportion."""
        for (shorter, cheaper), (longer, dearer) in pairwise(self.ordinary):
            if length <= longer:
                share = max(0.0, (length - shorter) / (longer - shorter))
                return cheaper + share * (dearer - cheaper)
        return self.ordinary[-1][1]

    def measured(self, message: Message, context: int, least: Found | None = None) -> Found:
        """A message with its cost; only roughly where that is under both of the `least`'s."""
        text = written(message)
        usual = self.usual(len(text))
        enough = min(least.seconds, least.ratio * usual) if least else 0.0
        cost = self.cost(text, self.contexts[context], enough)
        return Found(message, context, cost, cost / usual)

    def typo(self, word: str) -> str:
        """A word with one letter changed, doubled or left out."""
        at = self.chance.randrange(max(1, len(word)))
        return word[:at] + self.chance.choice(["", "x", "e", word[at : at + 1] * 2]) + word[at + 1 :]

    def piece(self) -> tuple[str, int]:
        """Something to repeat, and how often."""
        sentence = self.chance.choice(self.sentences)
        makes: list[Callable[[], str]] = [
            lambda: self.chance.choice(self.pool),
            lambda: " ".join(self.chance.choices(self.pool, k=self.chance.randint(2, 5))) + " ",
            lambda: "".join(self.chance.choices(self.pool, k=self.chance.randint(2, 8))),
            lambda: f"{sentence}{self.chance.choice(SEPARATORS)} ",
            lambda: " ".join(map(self.typo, sentence.split())) + self.chance.choice(SEPARATORS),
            lambda: self.told(self.chance.choice(LENGTHS)),
            lambda: " ".join(self.typo(word) for word in self.told(self.chance.choice(LENGTHS)).split()),
            lambda: " ".join(self.chance.choices(WORDS, k=self.chance.choice([20, 100, 700]))),
        ]
        times = self.chance.choice([1, 1, 1, 2, 5, 20, 100, LONGEST_RUN])
        return self.chance.choice(makes)(), times

    def changed(self, message: Message, other: Message) -> Message:
        """A message with one piece added, taken out, replaced, moved, repeated otherwise, or with a part of another."""
        pieces = list(message)
        at = self.chance.randrange(len(pieces))
        kind = self.chance.randrange(6)
        if kind == 0:
            pieces.insert(at, self.piece())
        elif kind == 1 and len(pieces) > 1:
            del pieces[at]
        elif kind == 2:
            pieces[at] = self.piece()
        elif kind == 3:
            text, times = pieces[at]
            pieces[at] = (text, self.chance.choice([times * 2, times // 2 + 1, 1, LONGEST_RUN]))
        elif kind == 4:
            words = pieces[at][0].split(" ")
            words[self.chance.randrange(len(words))] = self.piece()[0].strip()
            pieces[at] = (" ".join(words), pieces[at][1])
        else:
            pieces = [*pieces[:at], *other[self.chance.randrange(len(other)) :]]
        return tuple(pieces[:8])


def sentences(case: Case) -> list[str]:
    """What people write: the wordings of the facts and the labelled messages."""
    asked = [text for fact in case.facts.values() for text in fact.ask]
    return [*asked, *(message for message, _ in case.care.examples)]


def written(message: Message) -> str:
    """The text of a message, no longer than one may be."""
    return "".join((text * min(times, MAX_CHARACTERS))[:MAX_CHARACTERS] for text, times in message)[:MAX_CHARACTERS]


def shown(message: Message) -> str:
    """A message as a short expression."""
    parts = ((repr(text if len(text) < SHOWN else f"{text[:SHOWN]}… ({len(text)})"), times) for text, times in message)
    return " + ".join(f"{part} * {times}" if times > 1 else part for part, times in parts)


def slowest(search: Search, seconds: float) -> list[Found]:
    """The slowest messages found in some seconds: beside ordinary ones of their length, and of all."""
    until = time.monotonic() + seconds
    kept: dict[str, list[Found]] = {"ratio": [], "seconds": []}
    tried = 0
    while time.monotonic() < until:
        tried += 1
        parents = kept[search.chance.choice(list(kept))]
        if len(parents) < KEPT or search.chance.random() < FRESH:
            message: Message = tuple(search.piece() for _ in range(search.chance.randint(1, 4)))
        else:
            message = search.changed(*(found.message for found in search.chance.choices(parents, k=2)))
        context = search.chance.randrange(len(search.contexts))
        full = all(len(best) == KEPT for best in kept.values())
        least = Found((), 0, kept["seconds"][-1].seconds, kept["ratio"][-1].ratio) if full else None
        found = search.measured(message, context, least)
        for measure, best in kept.items():
            best.append(found)
            best.sort(key=attrgetter(measure), reverse=True)
            del best[KEPT:]
    print(f"{tried} messages tried")
    return [best[0] for best in kept.values()]


def shortened(search: Search, found: Found) -> Found:
    """A message with as few pieces, as seldom repeated, as cost nearly as much beside ordinary ones of their length."""
    least = found.ratio * NEARLY
    at = 0
    while at < len(found.message):
        before, (text, times), after = found.message[:at], found.message[at], found.message[at + 1 :]
        half = text[: len(text) // 2]
        tries = [(*before, *after), (*before, (text, times // 2), *after), (*before, (half, times), *after)]
        smaller = (search.measured(message, found.context) for message in tries if written(message))
        better = next((one for one in smaller if one.ratio >= least and one.message != found.message), None)
        found, at = (better, at) if better else (found, at + 1)
    return found


def report(search: Search, found: Iterable[Found]) -> Iterator[str]:
    """The lines of the report."""
    for one in found:
        again = search.measured(one.message, one.context)
        size = len(written(again.message))
        yield f"{again.ratio:.1f} times as long: {size} characters, {again.seconds * 1000:.1f} ms, context {again.context}"
        yield f"    {shown(again.message)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    search = Search(options.seed, shared.conversation())
    for length, cost in search.ordinary:
        print(f"ordinary sentences of {length:4} characters: {cost * 1000:6.1f} ms")
    found = slowest(search, options.seconds)
    for line in report(search, [*found, *(shortened(search, one) for one in found)]):
        print(line)


if __name__ == "__main__":
    main()
