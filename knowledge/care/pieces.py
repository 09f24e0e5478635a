"""What of a message is heard by itself, without its manners, and how its words are read: as typed, as mended, as spoken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from knowledge.language.english import Language
from knowledge.language.questions import Words, sentences_of
from knowledge.language.reading import texts
from knowledge.language.text import Phrases
from knowledge.matching.search import Query

WINDOW = 50
OVERLAP = 10
"""Words of one piece of a long message, and how many of them it shares with the next."""
WRITER, YOU = "i", "you"
MEANT = {YOU: "me", "your": "my", "yours": "mine", "yourself": "myself"}
"""Words for "you" in what is supposed, and those for the writer who is meant."""
TURN = "but"
"""What stands before it makes way for what matters: "sorry to bother you but ..."."""


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


class Manners:
    """Phrases that say nothing of themselves: greetings, thanks, apologies, "I'd like to know"."""

    def __init__(self, phrases: Iterable[tuple[str, ...]]) -> None:
        self._phrases = Phrases(phrases)

    def clauses(self, message: Words) -> list[Words]:
        """Return what follows a "but", the sentences, and last the whole of a message, each once and without its manners."""
        sentences = sentences_of(message)
        turned = [self.without(after) for sentence in sentences if (after := _after_turn(sentence))]
        said = [kept for sentence in sentences if (kept := self.without(sentence))]
        whole = tuple(word for sentence in said for word in sentence)
        found = {texts(clause): clause for clause in (*turned, *said, whole)}
        return [clause for clause in found.values() if clause]

    def without(self, sentence: Words) -> Words:
        """Return a sentence without the manners that it begins and ends with."""
        said = texts(sentence)
        start, end = 0, len(said)
        while cut := self._phrases.opening(said, start):
            start += cut
        while cut := self._phrases.closing(said[start:end]):
            end -= cut
        kept = sentence[start:end]
        if not kept or kept[-1].mark == sentence[-1].mark:
            return kept
        return (*kept[:-1], kept[-1]._replace(mark=sentence[-1].mark))


class Supposing:
    """What somebody asks of "you" and means of themselves: "what would you do if a man followed you home"."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        self._frames = Phrases.of(lists["supposing"])
        self._before = frozenset(lists["before-you"])

    def meant(self, clause: Words) -> Words:
        """Return what a clause supposes as said of the writer, nothing where it supposes nothing of "you" or begins with that."""
        said = texts(clause)
        start = self._frames.opening(said)
        if not start or said[start : start + 1] in {(), (YOU,)} or MEANT.keys().isdisjoint(said[start:]):
            return ()
        before = ("", *said)
        meant = (
            WRITER if word.text == YOU and before[at] in self._before else MEANT.get(word.text, word.text)
            for at, word in enumerate(clause)
        )
        words = (
            word if one == word.text else word._replace(text=one, typed=one, written=one)
            for word, one in zip(clause, meant, strict=True)
        )
        return tuple(words)[start:]


def _after_turn(sentence: Words) -> Words:
    at = max((at for at, word in enumerate(sentence) if word.text == TURN), default=-1)
    return sentence[at + 1 :] if at >= 0 else ()
