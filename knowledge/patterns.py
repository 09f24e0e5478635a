"""A small pattern language for signs of danger, plain enough for an editor.

A pattern is words parted by spaces, matched anywhere in a message in order, each next to the one before:

    he|she           either word
    black-eye        two words that are one choice among others: scared|black-eye
    bruis*           a word that begins so
    [just]           a word that may be missing
    ...              up to five words of any kind
    <them>           any entry of a named list, which may be several words long
    ^ and $          the beginning and the end of the message

So `<them> is ... outside|downstairs` finds "my ex is standing right outside".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

GAP = 5
"""The most words that `...` stands for."""


class PatternError(ValueError):
    """A pattern that cannot be read, with the reason."""


class _Choice(NamedTuple):
    """One place of a pattern: words, longer phrases, beginnings of words, and the end of the message."""

    words: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()
    beginnings: tuple[str, ...] = ()
    start: bool = False
    end: bool = False
    gap: bool = False
    optional: bool = False

    def ends(self, text: Sequence[str], at: int) -> list[int]:
        """Return every place after the choice where it is taken at `at`."""
        if self.gap:
            return list(range(at, min(at + GAP, len(text)) + 1))
        found = [at] if self.optional or (self.start and at == 0) or (self.end and at == len(text)) else []
        if at < len(text):
            word = text[at]
            if word in self.words or (self.beginnings and word.startswith(self.beginnings)):
                found.append(at + 1)
            for phrase in self.phrases:
                if word == phrase[0] and tuple(text[at : at + len(phrase)]) == phrase:
                    found.append(at + len(phrase))  # noqa: PERF401 - a branch beside others
        return found


class PatternReader:
    """Reads patterns with one set of named lists; a piece that stands in many patterns is read once."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        self._lists = lists
        self._pieces: dict[str, _Choice] = {}

    def read(self, patterns: Iterable[str]) -> Patterns:
        """Read patterns of which any may be found. Raises PatternError for one that cannot be read."""
        return Patterns([tuple(map(self._piece, pattern.split())) for pattern in patterns])

    def _piece(self, piece: str) -> _Choice:
        found = self._pieces.get(piece)
        if found is None:
            found = self._pieces[piece] = _choice(piece, self._lists)
        return found


class Patterns:
    """Patterns of which any may be found."""

    def __init__(self, patterns: Iterable[tuple[_Choice, ...]]) -> None:
        self._by_word: dict[str, list[tuple[_Choice, ...]]] = {}
        self._anywhere: list[tuple[_Choice, ...]] = []
        for choices in patterns:
            self._add(choices)

    def _add(self, choices: tuple[_Choice, ...]) -> None:
        first = choices[0]
        if first.beginnings or first.start or first.end or first.gap or first.optional:
            self._anywhere.append(choices)
            return
        for word in first.words | {phrase[0] for phrase in first.phrases}:
            self._by_word.setdefault(word, []).append(choices)

    def found(self, text: Sequence[str]) -> bool:
        """Tell whether any pattern is found in the words of a message."""
        for at, word in enumerate(text):
            if any(_follows(text, at, choices) for choices in self._by_word.get(word, ())):
                return True
        return any(_follows(text, at, choices) for choices in self._anywhere for at in range(len(text)))


def _follows(text: Sequence[str], at: int, choices: Sequence[_Choice]) -> bool:
    places = {at}
    for choice in choices:
        places = {end for place in places for end in choice.ends(text, place)}
        if not places:
            return False
    return True


def _choice(piece: str, lists: Mapping[str, tuple[str, ...]]) -> _Choice:
    if piece == "...":
        return _Choice(gap=True)
    if piece == "^":
        return _Choice(start=True)
    optional = piece.startswith("[") and piece.endswith("]")
    words: set[str] = set()
    phrases: list[tuple[str, ...]] = []
    beginnings = []
    parts = (piece[1:-1] if optional else piece).split("|")
    for part in parts:
        for entry in _entries(part, lists):
            if len(entry) > 1:
                phrases.append(entry)
            elif entry[0].endswith("*"):
                beginnings.append(entry[0][:-1])
            else:
                words.add(entry[0])
    return _Choice(frozenset(words), tuple(phrases), tuple(beginnings), end="$" in parts, optional=optional)


def _entries(part: str, lists: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    if part == "$":
        return []
    if part.startswith("<") and part.endswith(">"):
        if part[1:-1] not in lists:
            known = ", ".join(sorted(lists))
            message = f"no list is called {part[1:-1]}; there are {known}"
            raise PatternError(message)
        return [tuple(entry.split()) for entry in lists[part[1:-1]]]
    if not part.removesuffix("*").replace("-", "").isalnum():
        message = f"{part!r} is no word of a pattern"
        raise PatternError(message)
    return [tuple(part.split("-"))]
