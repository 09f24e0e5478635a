"""A small pattern language for signs of danger, plain enough for an editor.

A pattern is words parted by spaces, matched anywhere in a message in order, each next to the one before:

    he|she           either word
    black-eye        two words that are one choice among others: scared|black-eye
    bruis*           a word that begins so
    *                any one word
    [just]           a word that may be missing
    ...              up to five words of any kind
    <them>           any entry of a named list, which may be several words long
    ^ and $          the beginning and the end of the message

So `<them> is ... outside|downstairs` finds "my ex is standing right outside".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from itertools import chain
from math import inf
from typing import NamedTuple

from knowledge.case.general import NOTHING

GAP = 5
"""The most words that `...` stands for."""


HEAD = 2
"""How many first letters of a message's words are compared with a pattern's before the words are."""


class PatternError(ValueError):
    """A pattern that cannot be read, with the reason."""


class Choice(NamedTuple):
    """One place of a pattern: words, longer phrases, beginnings of words, and the end of the message."""

    words: frozenset[str] = frozenset()
    phrases: Mapping[str, Collection[tuple[str, ...]]] = NOTHING
    """By their first word: "my" begins a hundred of them."""
    lengths: Mapping[str, Collection[int]] = NOTHING
    """How many words the phrases have that begin with a word."""
    beginnings: tuple[str, ...] = ()
    start: bool = False
    end: bool = False
    gap: bool = False
    optional: bool = False
    plain: bool = False
    """Nothing but words: the commonest kind, and the quickest to look at."""

    def can_be(self, read: Callable[[str], bool]) -> bool:
        """Whether a message can hold it, where `read` tells of a word whether it is ever read as it stands."""
        phrases = (phrase for several in self.phrases.values() for phrase in several)
        anything = self.gap or self.start or self.end or self.optional or "" in self.beginnings
        return (
            anything
            or any(map(read, (*self.words, *self.beginnings)))
            or any(all(map(read, phrase)) for phrase in phrases)
        )

    def needed(self) -> frozenset[str]:
        """Return the words of which one must stand here, or begin what does; none where anything else may."""
        if self.optional or self.gap or self.start or self.end or self.beginnings:
            return frozenset()
        return self.words.union(self.phrases)

    def ends(self, text: Sequence[str], at: int) -> list[int]:
        """Return every place after the choice where it is taken at `at`."""
        if self.plain:
            return [at + 1] if at < len(text) and text[at] in self.words else []
        if self.gap:
            return list(range(at, min(at + GAP, len(text)) + 1))
        found = [at] if self.optional or (self.start and at == 0) or (self.end and at == len(text)) else []
        if at < len(text):
            word = text[at]
            if word in self.words or (self.beginnings and word.startswith(self.beginnings)):
                found.append(at + 1)
            for length in self.lengths.get(word, ()):
                if at + length <= len(text) and tuple(text[at : at + length]) in self.phrases[word]:
                    found.append(at + length)  # noqa: PERF401 - a branch beside others
        return found


class Vocabulary:
    """Words, and the beginnings of other words, that somebody looks for."""

    def __init__(self, words: frozenset[str], beginnings: tuple[str, ...]) -> None:
        self.words = words
        self.beginnings = beginnings
        # What nearly every other word differs from already, before all the beginnings are tried one by one.
        self._least = min(map(len, beginnings), default=0)
        self._heads = {text[: self._least] for text in beginnings}

    def __contains__(self, word: object) -> bool:
        """Whether a word is one of those, or begins like one."""
        if word in self.words:
            return True
        return isinstance(word, str) and word[: self._least] in self._heads and word.startswith(self.beginnings)

    def places(self, words: Sequence[str]) -> list[int]:
        """Return where among some words those stand that it holds."""
        known, least, heads, beginnings = self.words, self._least, self._heads, self.beginnings
        return [
            at
            for at, word in enumerate(words)
            if word in known or (word[:least] in heads and word.startswith(beginnings))
        ]


def opening(choices: Iterable[Choice]) -> Vocabulary:
    """Return the words that some choices of words can begin with."""
    some = tuple(choices)
    words = frozenset().union(*(choice.words.union(choice.phrases) for choice in some))
    return Vocabulary(words, tuple(text for choice in some for text in choice.beginnings))


class PatternReader:
    """Reads patterns with one set of named lists; a piece that stands in many patterns is read once."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        self._lists = lists
        self._pieces: dict[str, Choice] = {}

    @property
    def vocabulary(self) -> Vocabulary:
        """What the patterns that were read so far look for."""
        choices = self._pieces.values()
        phrases = [phrase for choice in choices for several in choice.phrases.values() for phrase in several]
        words = frozenset().union(*(choice.words for choice in choices), *phrases)
        return Vocabulary(words, tuple({text for choice in choices for text in choice.beginnings} - {""}))

    def read(self, patterns: Iterable[str]) -> Patterns:
        """Read patterns of which any may be found. Raises PatternError for one that cannot be read."""
        return self.read_all({"": tuple(patterns)})

    def read_all(self, patterns: Mapping[str, Iterable[str]]) -> Patterns:
        """Read patterns by the name of what they show, to be looked for all at once."""
        return Patterns(
            (name, tuple(map(self.piece, pattern.split()))) for name, several in patterns.items() for pattern in several
        )

    def piece(self, piece: str) -> Choice:
        """Read one place of a pattern. Raises PatternError where it cannot be read."""
        found = self._pieces.get(piece)
        if found is None:
            found = self._pieces[piece] = _choice(piece, self._lists)
        return found


class _Pattern(NamedTuple):
    """A pattern with the name of what it shows.

    `needed` are the places that only certain words can take, as bits; `most` is how many words a message may have,
    where the pattern is of the whole message; `opens` are the words that it may begin with, and `heads` the first
    letters of those and of the beginnings, where these have so many.
    """

    name: str
    choices: tuple[Choice, ...]
    needed: int
    most: float
    opens: frozenset[str]
    heads: frozenset[str]

    def places(self, text: Sequence[str]) -> Iterable[int]:
        """Return where in a message the pattern may begin."""
        first = self.choices[0]
        if first.start:
            return (0,)
        beginnings = first.beginnings
        if not beginnings:
            return [at for at, word in enumerate(text) if word in self.opens]
        return [at for at, word in enumerate(text) if word in self.opens or word.startswith(beginnings)]


class Patterns:
    """Patterns, each with the name of what it shows.

    A message rules out nearly every pattern by the words that it lacks. Each pattern stands under the words of its
    rarest place; each choice that only certain words can take has a bit, and `_bits` has for each word those of the
    choices that it can take.
    """

    def __init__(self, patterns: Iterable[tuple[str, tuple[Choice, ...]]]) -> None:
        self._bits: dict[str, int] = {}
        self._bit_of: dict[frozenset[str], int] = {}
        self._by_word: dict[str, list[_Pattern]] = {}
        self._anywhere: list[_Pattern] = []
        for name, choices in patterns:
            self._add(name, choices)

    def _add(self, name: str, choices: tuple[Choice, ...]) -> None:
        first = choices[0]
        # A first choice that may be missing is one that stands, or none.
        standing = (first._replace(optional=False), *choices[1:]) if first.optional else choices
        if not first.optional or first.words or first.phrases or first.beginnings:
            needed = [words for choice in standing if (words := choice.needed())]
            bits = 0
            for words in needed:
                bits |= self._bit(words)
            most = _longest(standing) if first.start else inf
            opens = first.words.union(first.phrases)
            pattern = _Pattern(name, standing, bits, most, opens, _heads(opens, first.beginnings))
            for word in min(needed, key=len, default=()):
                self._by_word.setdefault(word, []).append(pattern)
            if not needed:
                self._anywhere.append(pattern)
        if first.optional and len(choices) > 1:
            self._add(name, choices[1:])

    def _bit(self, words: frozenset[str]) -> int:
        bit = self._bit_of.get(words)
        if bit is None:
            bit = self._bit_of[words] = 1 << len(self._bit_of)
            for word in words:
                self._bits[word] = self._bits.get(word, 0) | bit
        return bit

    def found(self, text: Sequence[str]) -> bool:
        """Tell whether any pattern is found in the words of a message."""
        return bool(self.names(text))

    def names(self, text: Sequence[str], among: Container[str] | None = None) -> set[str]:
        """Return what the words of a message show; `among` are the names that matter, all of them where none are given."""
        held = 0
        likely = [self._anywhere]
        for word in {*text}:
            if word in self._bits:
                held |= self._bits[word]
                if word in self._by_word:
                    likely.append(self._by_word[word])
        lacking = ~held
        heads = {word[:HEAD] for word in text}
        shown: set[str] = set()
        for pattern in chain.from_iterable(likely):
            if pattern.needed & lacking or len(text) > pattern.most:
                continue
            if (pattern.heads and pattern.heads.isdisjoint(heads)) or pattern.name in shown:
                continue
            if among is not None and pattern.name not in among:
                continue
            if any(_follows(text, at, pattern.choices) for at in pattern.places(text)):
                shown.add(pattern.name)
        return shown


def _heads(words: Collection[str], beginnings: Sequence[str]) -> frozenset[str]:
    """The first letters of words and of beginnings that have as many, none where one is shorter, or there is none."""
    plain = not beginnings or any(len(text) < HEAD for text in beginnings)
    return frozenset[str]() if plain else frozenset(text[:HEAD] for text in (*words, *beginnings))


def _longest(choices: Sequence[Choice]) -> float:
    """The most words of a message that choices take from beginning to end; no end of words where they need not."""
    last = choices[-1]
    if not last.end or last.words or last.phrases or any(choice.gap for choice in choices):
        return inf
    return sum(
        max([1, *(len(phrase) for several in choice.phrases.values() for phrase in several)])
        for choice in choices[1:-1]
    )


def _follows(text: Sequence[str], at: int, choices: Sequence[Choice]) -> bool:
    places: Collection[int] = (at,)
    for choice in choices:
        if choice.plain:
            places = [place + 1 for place in places if place < len(text) and text[place] in choice.words]
        elif len(places) == 1:
            (place,) = places
            places = choice.ends(text, place)
        else:
            places = {end for place in places for end in choice.ends(text, place)}
        if not places:
            return False
    return True


def _choice(piece: str, lists: Mapping[str, tuple[str, ...]]) -> Choice:
    if piece == "...":
        return Choice(gap=True)
    if piece == "^":
        return Choice(start=True)
    optional = piece.startswith("[") and piece.endswith("]")
    words: set[str] = set()
    phrases: dict[str, set[tuple[str, ...]]] = {}
    beginnings = []
    parts = (piece[1:-1] if optional else piece).split("|")
    for part in parts:
        for entry in _entries(part, lists):
            if len(entry) > 1:
                phrases.setdefault(entry[0], set()).add(entry)
            elif entry[0].endswith("*"):
                beginnings.append(entry[0][:-1])
            else:
                words.add(entry[0])
    plain = not (phrases or beginnings or optional or "$" in parts)
    lengths = {word: {len(phrase) for phrase in several} for word, several in phrases.items()}
    return Choice(
        frozenset(words), phrases, lengths, tuple(beginnings), end="$" in parts, optional=optional, plain=plain
    )


def _entries(part: str, lists: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    if part == "$":
        return []
    if part == "*":
        return [(part,)]
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
