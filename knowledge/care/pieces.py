"""What of a message is heard by itself, and how its words are read: as typed, as mended, and as spoken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from knowledge.language.english import Language
from knowledge.language.questions import Words
from knowledge.language.reading import texts
from knowledge.matching.search import Query

WINDOW = 50
OVERLAP = 10
"""Words of one piece of a long message, and how many of them it shares with the next."""


class Piece(NamedTuple):
    """What is heard by itself: the message, a clause, a window of a long one.

    `typed` are its words before any mending, `mended` says whether that brought a word that some pattern looks for.
    `joined`: it was cut from a question that a word joins to it, so that a likeness alone says little.
    """

    words: Words
    said: tuple[str, ...]
    typed: tuple[str, ...]
    mended: bool
    joined: bool = False

    @property
    def query(self) -> Query:
        """Return what is scored of it."""
        return Query(self.said)

    @property
    def readings(self) -> tuple[tuple[str, ...], ...]:
        """Return its words before and after mending: what is looked for by the word is looked for in both."""
        return (self.typed, self.said) if self.mended else (self.typed,)


def readings(pieces: Iterable[Piece]) -> Iterator[tuple[str, ...]]:
    """Yield the readings of several."""
    return (read for piece in pieces for read in piece.readings)


def as_spoken(pieces: Iterable[Piece]) -> Iterator[tuple[str, ...]]:
    """Yield the readings, and the words before dialect is written out in plain English: how people speak tells where they are."""
    for piece in pieces:
        yield from piece.readings
        yield tuple(word.typed for word in piece.words)


def typed_of(words: Words, language: Language) -> tuple[str, ...]:
    """Return the words as typed, before any mending, short forms written out."""
    as_typed = tuple([word.typed for word in words])
    if as_typed == texts(words):
        return as_typed  # as most messages are
    typed: list[str] = []
    before = ("", "")
    for word in words:
        if word.typed != before[0] or word.text == before[1]:
            for one in word.typed.split():
                typed += language.written_out(one)
        before = word.typed, word.text
    return tuple(typed)


def windows(words: Words) -> list[Words]:
    """Return the words in pieces short enough to be heard whole: the message itself, or runs of its words."""
    if len(words) <= WINDOW + OVERLAP:
        return [words] if words else []
    return [words[at : at + WINDOW] for at in range(0, len(words), WINDOW - OVERLAP)]
