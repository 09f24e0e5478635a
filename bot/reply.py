"""What the bot says: one typed value that every face receives and only renders."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from knowledge.case.model import Helpline


class Kind(StrEnum):
    """The kinds of reply."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    UNKNOWN = "unknown"
    SUPPORT = "support"
    COURTESY = "courtesy"


class Citation(NamedTuple):
    """A passage as shown to a reader.

    `paragraph` counts the non-empty lines of the article from 1. `quote` is verbatim.
    `publisher`, `headline` and `published` are None where they are not known.
    """

    source: str
    publisher: str | None
    headline: str | None
    published: date | None
    paragraph: int
    quote: str


class Choice(NamedTuple):
    """Something to tap, or to type: `label` typed as a message leads to the same reply as the tap.

    `id` is stable across restarts and at most 60 bytes: `fact:ID`, `page:NAME`, `need:NAME` or `contact:ID`.
    """

    id: str
    label: str


class Reply(NamedTuple):
    """One reply.

    `text` is all that the bot says in words, paragraphs parted by an empty line, support contacts included, the list
    of sources left out. `facts` are the ids of the facts told, in the order told. `suggestions` are next questions;
    `choices` are answers to what the bot asks back, or kinds of help. `score` runs from 0.0 to 1.0, 1.0 for whatever
    needs no search. `urgent` says that somebody may be in danger: such a reply goes out before any other.
    """

    kind: Kind
    text: str
    facts: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    helplines: tuple[Helpline, ...] = ()
    suggestions: tuple[Choice, ...] = ()
    choices: tuple[Choice, ...] = ()
    score: float = 1.0
    urgent: bool = False

    @property
    def offers(self) -> tuple[Choice, ...]:
        """Return all that can be chosen, in the order in which every face shows it and a typed number counts it."""
        return (*self.choices, *self.suggestions)
