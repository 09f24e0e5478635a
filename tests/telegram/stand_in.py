"""A conversation that answers what a test expects, so that the face is tested alone; also a process of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import yaml

from bot.pages import PAGES
from bot.reply import NOTHING, Choice, Citation, Context, Kind, Reply
from bot.typed import Picking
from knowledge.case.general import English
from knowledge.case.model import Helpline

QUOTE = 'She was a "mother of two" & loved <3'
SPRING = Citation("gazette", "The Gazette", "News", date(2021, 3, 4), 6, QUOTE)
LINE = Helpline("line", "The Line", "anyone", phone="0808 123 4567", international="+44 808 123 4567", checked=date.max)
OLD_LINE = LINE._replace(id="old-line", checked=date(2021, 3, 4))
NEXT = (Choice("fact:order", "Was there an order?"), Choice("fact:alarm", "Who had the alarm?"))
SUPPORT = Reply(
    Kind.SUPPORT,
    "I'm sorry this is happening to you.\n\nThe Line, for anyone: 0808 123 4567 or +44 808 123 4567",
    helplines=(LINE,),
    choices=(Choice("need:danger", "I am in danger now"),),
    urgent=True,
)
HELPLINES = SUPPORT._replace(text="All the lines.\n\nThe Line, for anyone: 0808 123 4567 or +44 808 123 4567")


@dataclass(frozen=True)
class Moment:
    """As in `bot.conversation`."""

    day: date | None
    label: str
    fact: str
    text: str
    citation: Citation


ENGLISH = English(
    lists={
        "polite-behind": ("please",),
        "polite-ahead": ("ok",),
        "number-heads": ("number", "no"),
        "number-tails": ("one",),
        "cardinals": ("one", "two", "three"),
        "ordinals": ("first", "second", "third"),
        "letters": ("a", "b"),
        "of-two": ("former", "latter"),
        "last": ("last",),
        "wanting": (),
        "later": ("later", "next", "more"),
        "earlier": ("earlier", "back"),
    }
)


class Known(NamedTuple):
    """What the face asks of a case."""

    as_of: date = date(2021, 4, 1)
    contact: str = ""
    helplines: Mapping[str, Helpline] = MappingProxyType({LINE.id: LINE})
    harmless: bool = False


class StandIn:
    """Answers at once, always alike: a cry for help with support, `dunno` with unknown, all else with an answer."""

    def __init__(self, moments: int = 12, case: Known = Known()) -> None:  # noqa: B008 - never changes
        """Take the length of the timeline, and what is known."""
        self.case = case
        self.title, self.as_of = "The fire on Marsh Lane", case.as_of
        self.picking = Picking(ENGLISH)
        self.timeline = tuple(
            Moment(date(2021, 3, n + 1), f"{n + 1} March 2021", f"m{n}", f"It was {n + 1}.", SPRING)
            for n in range(moments)
        )

    def reply(self, message: str, context: Context = NOTHING) -> tuple[Reply, Context]:
        """Reply; the context counts the questions so far."""
        if self.looks_like_help(message):
            return SUPPORT, Context(concern="abuse")
        if "dunno" in message:
            return Reply(Kind.UNKNOWN, "The reports don't say."), context
        if "long" in message:
            return Reply(Kind.ANSWER, "\n\n".join(f"Paragraph {n}. " + "word " * 200 for n in range(9))), context
        nth = f"{len(context.facts) + 1}. {message}"
        return self._answer(nth), Context(facts=("f", *context.facts)[:8])

    def choose(self, choice: str, context: Context = NOTHING) -> tuple[Reply, Context]:
        """Reply to a tap."""
        kind, _, name = choice.partition(":")
        if kind == "page" and name in PAGES:
            return self._page(name), context
        if kind == "need":
            return SUPPORT, context
        if kind == "fact":
            return self._answer(f"fact {name}"), context
        return Reply(Kind.COURTESY, "I don't know that button any more."), context

    def _page(self, name: str) -> Reply:
        if name == "helplines":
            return HELPLINES
        return Reply(Kind.COURTESY, f"The page {name}.", suggestions=NEXT if name == "start" else ())

    def pointed(self, context: Context, quote: str) -> Context:
        """Return a context with what is quoted as the fact told last."""
        return context._replace(facts=(quote, *context.facts))

    def looks_like_help(self, message: str) -> bool:
        """Say whether somebody asks for help."""
        return "hits me" in message

    def search(self, message: str, most: int) -> tuple[Reply, ...]:
        """Return `most` facts."""
        return tuple(
            Reply(Kind.ANSWER, f"Fact {n} about {message}.", facts=(f"f{n}",), citations=(SPRING,)) for n in range(most)
        )

    def _answer(self, text: str) -> Reply:
        return Reply(Kind.ANSWER, text, facts=("order",), citations=(SPRING,), suggestions=NEXT)


class Words:
    """The face's words, read plainly."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        """Take sentences by dotted key."""
        self.sentences = sentences

    def say(self, key: str, **fields: object) -> str:
        """Return a sentence."""
        return self.sentences[key].format(**fields) if fields else self.sentences[key]


@cache
def words() -> Words:
    """Read telegram.yaml and replies.yaml."""
    folder = Path(__file__).parents[2] / "knowledge/voice"
    flat: dict[str, str] = {}

    def walk(node: object, name: str) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                walk(value, f"{name}.{key}" if name else key)
        else:
            flat[name] = str(node)

    for name in ("telegram", "replies"):
        walk(yaml.safe_load((folder / f"{name}.yaml").read_text("utf-8")), "")
    return Words(flat)


if __name__ == "__main__":
    from bot.faces.telegram import run
    from bot.settings import Settings

    sys.exit(run(StandIn(), words(), Settings.from_env(os.environ)))  # type: ignore[arg-type]
