"""What is counted of a question: its words, what they stand for, and every pair of them.

One wording and one question are read alike, so that learning and asking can never drift apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.english import English
from knowledge.spelling import Repair, Speller
from knowledge.text import tokenise

WINDOW = 12
"""Pairs join words at most this many places apart, so that a long message costs no more than its length."""
GRAMS = (3, 4, 5)
"""Lengths of the letter groups by which word forms resemble one another."""
GRAM_WEIGHT = 0.25
PAIR_WEIGHT = 0.75
"""What a letter group and a pair weigh beside a word, which weighs 1."""
START, END = "^", "$"
"""What stands before the first unit and after the last one."""

Pair = tuple[str, str, bool]
"""Two units, and whether they are neighbours in this order (True) or near one another in any (False)."""

ENTITY = "@"
"""What an entity's id begins with among the words; no word that anybody types holds it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to ask for a fact. In a classifier of messages, `fact` is the class."""

    fact: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as read.

    `repairs`: each word as typed and what it was taken for. `atoms`: the distinct words, concepts and entities.
    `units`: the sequence whose pairs are counted, where an entity or a concept stands in the place of its words.
    """

    repairs: tuple[Repair, ...]
    atoms: tuple[str, ...]
    units: tuple[str, ...]


class Extractor:
    """Reads questions with the language's layer and the case's aliases."""

    def __init__(
        self,
        english: English,
        aliases: Mapping[tuple[str, ...], str],
        stem: Callable[[str], str],
        known: Mapping[str, str] | None = None,
    ) -> None:
        """`known` are units found before, by word."""
        self._expand = {word: tuple(text.split()) for word, text in english.expand.items()}
        self._same = english.same
        self._stem = stem
        self._units = dict(known or {})
        self._spans = _spans(english.phrases, aliases)

    def words(self) -> frozenset[str]:
        """Every word that the layer and the aliases bring to the vocabulary."""
        spanned = {word for spans in self._spans.values() for words, _ in spans for word in words}
        expanded = {word for words in self._expand.values() for word in words}
        return frozenset(spanned | expanded | set(self._expand) | set(self._same) | set(self._same.values()))

    def read(self, text: str, speller: Speller | None = None, entities: Sequence[str] = ()) -> Reading:
        """Read a text; without a speller every word is taken as typed. `entities` are said by the conversation."""
        tokens = tokenise(text)
        if speller is None:
            repairs = [Repair(word, (word,), known=True, edits=0) for word in tokens]
        else:
            repairs = speller.repair_all(tokens)
        repairs = self._expanded(repairs)
        words = [word for repair in repairs for word in repair.words]
        atoms = dict.fromkeys(words)
        spanned = not self._spans.keys().isdisjoint(atoms)
        units = self._spanned(words, atoms) if spanned else list(map(self.unit, words))
        for entity in entities:
            atoms[ENTITY + entity] = None
            units.append(ENTITY + entity)
        return Reading(tuple(repairs), tuple(atoms), tuple(units))

    def _spanned(self, words: Sequence[str], atoms: dict[str, None]) -> list[str]:
        """The units of words some of which stand for concepts or entities; those are added to the atoms."""
        units: list[str] = []
        at = 0
        while at < len(words):
            length, found = self._span(words, at)
            atoms.update(dict.fromkeys(found))
            units.extend(map(self.unit, found or (words[at],)))
            at += length
        return units

    def unit(self, word: str) -> str:
        """What a word counts as in a pair: the stem of its group's head, or an entity itself."""
        unit = self._units.get(word)
        if unit is None:
            unit = word if word[0] == ENTITY else self._stem(self._same.get(word, word))
        return unit

    def stem(self, word: str) -> str:
        """The stem of a word; an entity is its own."""
        return word if word[0] == ENTITY else self._stem(word)

    def _expanded(self, repairs: list[Repair]) -> list[Repair]:
        """Short forms written out."""
        expand = self._expand
        if expand.keys().isdisjoint([word for repair in repairs for word in repair.words]):
            return repairs
        return [
            replace(repair, words=tuple([part for word in repair.words for part in expand.get(word, (word,))]))
            for repair in repairs
        ]

    def _span(self, words: Sequence[str], at: int) -> tuple[int, tuple[str, ...]]:
        for span, target in self._spans.get(words[at], ()):
            if tuple(words[at : at + len(span)]) == span:
                return len(span), target
        return 1, ()


def features(word: str, stem: str, unit: str) -> dict[str, float]:
    """The features of one word and their weights, 0 to 1: its stem, its unit, and the letter groups of the word itself."""
    found = {stem: 1.0, unit: 1.0}
    if word[0] != ENTITY:
        marked = f"<{word}>"
        for size in GRAMS:
            for at in range(len(marked) - size + 1):
                found[f"{size}{marked[at : at + size]}"] = GRAM_WEIGHT
    return found


def pairs(units: Sequence[str]) -> dict[Pair, None]:
    """Pairs of units: neighbours in their order (True), and any two up to `WINDOW` apart in any order (False)."""
    found: dict[Pair, None] = {}
    framed = (START, *units, END)
    for first, second in pairwise(framed):
        found[first, second, True] = None
    distinct = tuple(dict.fromkeys(units))
    for at, first in enumerate(distinct):
        for second in distinct[at + 1 : at + 1 + WINDOW]:
            found[(first, second, False) if first < second else (second, first, False)] = None
    return found


def _spans(
    phrases: Mapping[str, str], aliases: Mapping[tuple[str, ...], str]
) -> dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    """By first word: the word sequences that stand for something, the longest first, and what they stand for."""
    spans = {tuple(key.split()): tuple(value.split()) for key, value in phrases.items()}
    spans.update({key: (ENTITY + value,) for key, value in aliases.items()})
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for key in sorted(spans, key=lambda key: (-len(key), key)):
        if key:
            found.setdefault(key[0], []).append((key, spans[key]))
    return {first: tuple(rest) for first, rest in found.items()}
