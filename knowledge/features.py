"""What is counted of a question: its words, what they stand for, and every pair of them.

One wording and one question are read alike, so that learning and asking can never drift apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

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


class Wording(NamedTuple):
    """One way to ask for a fact. In a classifier of messages, `fact` is the class."""

    fact: str
    text: str


class Reading(NamedTuple):
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
        """`known` are the units of the vocabulary, by word, where it is closed: no other word has a unit then."""
        self._expand = {word: tuple(text.split()) for word, text in english.expand.items()}
        self._same = english.same
        self._stem = stem
        self._units = known
        self._spans = _spans(english.phrases, aliases)
        # By first word, or by the first two where there are more: few questions hold an opening at all.
        self._openings: dict[str | tuple[str, str], list[tuple[str, ...]]] = {}
        for span in sorted(self._spans, key=lambda span: (-len(span), span)):
            self._openings.setdefault(span[0] if len(span) == 1 else (span[0], span[1]), []).append(span)

    def words(self) -> frozenset[str]:
        """Every word that the layer and the aliases bring to the vocabulary."""
        spanned = {word for span in self._spans for word in span}
        spanned.update(word for target in self._spans.values() for word in target if word[0] != ENTITY)
        expanded = {word for words in self._expand.values() for word in words}
        return frozenset(spanned | expanded | set(self._expand) | set(self._same) | set(self._same.values()))

    def read(self, text: str, speller: Speller | None = None, entities: Sequence[str] = ()) -> Reading:
        """Read a text; without a speller every word is taken as typed. `entities` are said by the conversation."""
        tokens = tokenise(text)
        if speller is None:
            repairs = [Repair(word, (word,), known=True, edits=0) for word in tokens]
        else:
            repairs = speller.repair_all(tokens)
        words = [word for repair in repairs for word in repair.words]
        if not self._expand.keys().isdisjoint(words):
            repairs = list(map(self._expanded, repairs))
            words = [word for repair in repairs for word in repair.words]
        atoms = dict.fromkeys(words)
        openings = self._openings.keys()
        if openings.isdisjoint(atoms) and openings.isdisjoint(pairwise(words)):
            units = list(map(self.unit, words) if self._units is None else map(self._units.get, words, words))
        else:
            units = self._spanned(words, atoms)
        for entity in entities:
            atoms[ENTITY + entity] = None
            units.append(ENTITY + entity)
        return Reading(tuple(repairs), tuple(atoms), tuple(units))

    def _spanned(self, words: Sequence[str], atoms: dict[str, None]) -> list[str]:
        """The units of words some of which stand for concepts or entities; those are added to the atoms."""
        units: list[str] = []
        at = 0
        while at < len(words):
            span = self._span(words, at)
            if span:
                found = self._spans[span]
                atoms.update(dict.fromkeys(found))
                # A first name and a surname that stand apart in the aliases still name one entity once.
                if found[0][0] != ENTITY or units[-1:] != [found[0]]:
                    units.extend(map(self.unit, found))
                at += len(span)
            else:
                units.append(self.unit(words[at]))
                at += 1
        return units

    def _span(self, words: Sequence[str], at: int) -> tuple[str, ...]:
        """The longest span that begins here, empty where none does."""
        opened = self._openings.get((words[at], words[at + 1]), ()) if at + 1 < len(words) else ()
        for span in opened:
            if tuple(words[at : at + len(span)]) == span:
                return span
        return (words[at],) if words[at] in self._openings else ()

    def _expanded(self, repair: Repair) -> Repair:
        """A repair with its short forms written out."""
        return repair._replace(words=self.expanded(repair.words))

    def expanded(self, words: Sequence[str]) -> tuple[str, ...]:
        """The words with short forms written out."""
        return tuple(part for word in words for part in self._expand.get(word, (word,)))

    def unit(self, word: str) -> str:
        """What a word counts as in a pair: the stem of its group's head, or an entity itself."""
        if self._units is not None:
            return self._units.get(word, word)
        return word if word[0] == ENTITY else self._stem(self._same.get(word, word))

    def stem(self, word: str) -> str:
        """The stem of a word; an entity is its own."""
        return word if word[0] == ENTITY else self._stem(word)


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
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The word sequences that stand for something, and what they stand for; an alias wins over a phrase."""
    spans = {tuple(key.split()): tuple(value.split()) for key, value in phrases.items()}
    spans.update({key: (ENTITY + value,) for key, value in aliases.items()})
    return {key: value for key, value in spans.items() if key}
