"""The search: a question ranked against facts, by weights learned from every fact's wordings.

Words that the vocabulary doesn't know are repaired; the learned rows of the question's words and pairs are added up,
which scores every fact at once; the best few are compared with their own wordings. A row is one whole number that
holds a lane for each fact, so adding it costs the same for one fact as for two hundred.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Container, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from rapidfuzz import fuzz, process

from knowledge.cells import Cell, Cells, sums_of
from knowledge.english import English
from knowledge.features import END, ENTITY, START, WINDOW, Extractor, Reading, Wording
from knowledge.spelling import Speller
from knowledge.text import stemmer, tokenise
from knowledge.weights import UNIT_BITS, ZERO, Weights

__all__ = ["Candidate", "Ranking", "Search", "Token", "Wording"]

CANDIDATES = 8
"""How many facts a ranking holds at most."""
LEAST = 0.4
"""The share of the best candidate's score under which a fact is no candidate."""
FUZZY = 0.2
"""The share of the score that the likest wording makes; what was learned makes the rest."""
STORY = 0.5
"""What the score of the sentence beside a question counts; measured on fifty long messages: all from 0.3 to 0.8 serve alike."""
_SQUARE = itemgetter(2)
_HIGH = UNIT_BITS + 1
"""Where the first unit of a pair's key begins, see `pair_key`."""


class Token(NamedTuple):
    """A word of the question: as typed, as taken, whether it is known, and its share of the question's weight, 0 to 1."""

    typed: str
    word: str
    known: bool
    weight: float


class Candidate(NamedTuple):
    """A fact with its score (0.0 to 1.0), its nearest wording, and what made the score, the weightiest first."""

    fact: str
    score: float
    wording: str
    parts: tuple[tuple[str, float], ...] = ()


class Ranking(NamedTuple):
    """The candidates, best first, and how much of the question's weight (0.0 to 1.0) its known words make up.

    `words` are the question's as they were taken, `tokens` the same with what is to be told of each, only to explain.
    """

    words: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    coverage: float
    tokens: tuple[Token, ...] = ()

    def beside(self, story: Ranking) -> Ranking:
        """Return the ranking with what the sentence beside the question is about counted in."""
        told = {candidate.fact: candidate for candidate in story.candidates}
        asked = {candidate.fact: candidate for candidate in self.candidates}
        both = [
            candidate._replace(
                score=min(1.0, candidate.score + STORY * told[fact].score),
                parts=(*candidate.parts, ("the sentence beside it", STORY * told[fact].score)),
            )
            if fact in told
            else candidate
            for fact, candidate in asked.items()
        ]
        only = [
            found._replace(score=STORY * found.score, parts=()) for fact, found in told.items() if fact not in asked
        ]
        return self._replace(candidates=tuple(sorted([*both, *only], key=_by_score)))


class Search:
    """Ranks facts, or any classes that have example wordings."""

    def __init__(
        self,
        wordings: Sequence[Wording],
        english: English,
        aliases: Mapping[tuple[str, ...], str],
        weights: Weights | None = None,
        correct: Container[str] = frozenset(),
    ) -> None:
        """`weights` are what `learn` made of the same wordings, layer and aliases; None learns them now.

        `correct` are words that are never repaired, where they are more than the layer's own.
        """
        if weights is None:
            from knowledge.learn import learn  # noqa: PLC0415 - who has weights needs none of it

            weights = learn(wordings, english, aliases)
        self._weights = weights
        self._idf = {word: idf for word, idf in zip(weights.words, weights.idf, strict=True) if idf}
        self._unit = {unit: index for index, unit in enumerate(weights.units)}
        self._cells = Cells(weights)
        self._unknown = math.log(1 + len(wordings))
        known = {word: weights.units[unit] for word, unit in zip(weights.words, weights.unit_of, strict=True)}
        stem = stemmer()
        self._extractor = Extractor(english, aliases, stem, known)
        counts = {word: count for word, count in zip(weights.words, weights.counts, strict=True) if word[0] != ENTITY}

        def forms() -> Mapping[str, str]:
            order = sorted(counts, key=lambda word: (word.startswith(known[word]), counts[word], word))
            return {known[word]: word for word in order}

        self._speller = Speller(counts, correct or english.common, forms, stem)
        self._choices: dict[str, list[str]] = {}
        self._wordings: dict[str, list[str]] = {fact: [] for fact in weights.facts}
        for wording in wordings:
            self._wordings[wording.fact].append(wording.text)

    def one_message(self) -> AbstractContextManager[None]:
        """Read one message within it: a word that several of its pieces hold is mended once."""
        return self._speller.one_message()

    def rank(self, question: str, *, entities: Collection[str] = frozenset(), explain: bool = False) -> Ranking:
        """Rank the facts for a question.

        `entities` are ids that the conversation adds. Parts and tokens are filled in only to `explain`.
        """
        reading = self._extractor.read(question, self._speller, sorted(entities))
        words = [word for repair in reading.repairs for word in repair.words]
        coverage = self._coverage(words)
        tokens = self._tokens(reading) if explain else ()
        cells, length = self._found(reading)
        if not cells:
            return Ranking(tuple(words), (), coverage, tokens)
        asked = " ".join(sorted(words))
        facts = self._weights.facts
        candidates = []
        for place, total in self._best(cells):
            likeness, wording = self._nearest(facts[place], asked)
            learned = coverage * (1 - FUZZY) * total / length
            fuzzy = coverage * FUZZY * likeness
            parts = (*self._parts(reading, place, learned / total), ("wording", fuzzy)) if explain else ()
            candidates.append(Candidate(facts[place], min(1.0, learned + fuzzy), wording, parts))
        candidates.sort(key=_by_score)
        return Ranking(tuple(words), tuple(candidates), coverage, tokens)

    def _nearest(self, fact: str, asked: str) -> tuple[float, str]:
        """How like the fact's likest wording is, 0 to 1, words in any order, and that wording."""
        choices = self._choices.get(fact)
        if choices is None:
            texts = self._wordings[fact] = sorted(self._wordings[fact])  # of equally like ones, the first by alphabet
            choices = self._choices[fact] = [" ".join(sorted(tokenise(text))) for text in texts]
        _, score, place = process.extractOne(asked, choices, scorer=fuzz.ratio)
        return score / 100, self._wordings[fact][place]

    def knows(self, word: str) -> bool:
        """Whether a word, in lower case and without accents, is known as it stands."""
        return self._speller.knows(word)

    def words(self, text: str) -> tuple[str, ...]:
        """The words of a text as somebody wrote them, short forms written out, and only plain slips mended."""
        repairs = self._speller.repair_all(tokenise(text))
        return self._extractor.expanded([word for repair in repairs for word in repair.plainly()])

    def _coverage(self, words: Sequence[str]) -> float:
        """The share of the words' weight that is known."""
        known = [idf for idf in map(self._idf.get, words) if idf is not None]
        weight = sum(known)
        return weight / (weight + self._unknown * (len(words) - len(known)) or 1.0)

    def _tokens(self, reading: Reading) -> tuple[Token, ...]:
        """The words as typed and taken, with their shares of the question's weight."""
        idf, unknown = self._idf, self._unknown
        weights = [sum(idf.get(word, unknown) for word in repair.words) for repair in reading.repairs]
        total = sum(weights) or 1.0
        return tuple(
            Token(repair.typed, " ".join(repair.words), repair.known, weight / total)
            for repair, weight in zip(reading.repairs, weights, strict=True)
        )

    def _found(self, reading: Reading) -> tuple[list[Cell], float]:
        """What the question holds and the case knows, and the question's length.

        The cells are the lanes of each feature, their bias and its squared weight. A pair of known words that no
        wording holds adds to the length only: it asks for something else.
        """
        keys = self._keys(reading.units)
        words, known = self._cells.take(reading.atoms), self._cells.take(keys)
        found = [*words, *known]
        square = sum(map(_SQUARE, found)) + (len(keys) - len(known)) * self._weights.rare_square
        return found, math.sqrt(square)

    def _keys(self, units: Sequence[str]) -> set[int]:
        """The keys of all pairs of a question whose units are both known."""
        edge = self._unit
        places = [edge[START], *map(edge.get, units), edge[END]]
        lows = [None if place is None else place << 1 for place in places]  # see `pair_key`
        distinct = {low: None for low in lows[1:-1] if low is not None}
        keys = {
            first << UNIT_BITS | second | 1
            for first, second in pairwise(lows)
            if first is not None and second is not None
        }
        if len(distinct) <= WINDOW + 1:
            ordered = sorted(distinct)
            for at, first in enumerate(ordered, 1):
                keys.update(map((first << UNIT_BITS).__or__, ordered[at:]))
            return keys
        known = list(distinct)
        for at, one in enumerate(known, 1):
            keys.update(min(one, other) << UNIT_BITS | max(one, other) for other in known[at : at + WINDOW])
        return keys

    def _best(self, cells: Sequence[Cell]) -> list[tuple[int, float]]:
        """The facts with the highest sums, best first, ties in the order of their ids."""
        sums, bias = sums_of(cells, len(self._weights.facts))
        least = max(bias + 1, bias + int((max(sums) - bias) * LEAST))
        ranked: list[tuple[int, float]] = []
        place = before = -1
        for value in sorted(filter(least.__le__, sums), reverse=True)[:CANDIDATES]:
            place = sums.index(value, place + 1 if value == before else 0)  # of equals, the next one
            before = value
            ranked.append((place, (value - bias) * self._weights.unit))
        return ranked

    def _parts(self, reading: Reading, place: int, scale: float) -> tuple[tuple[str, float], ...]:
        """What each word and pair added to a fact's score, the weightiest first."""
        weights = self._weights
        count = len(weights.facts)

        def added(rows: Sequence[int]) -> float:
            """The weight of rows for this fact."""
            values = ((weights.rows[row * count + place] - ZERO) << weights.shifts[row] for row in rows)
            return sum(values) * weights.unit * scale

        parts = {word: added(rows) for word in reading.atoms if (rows := self._cells.rows(word))}
        for key in sorted(self._keys(reading.units)):
            if rows := self._cells.rows(key):
                first, second = key >> _HIGH, key >> 1 & (1 << UNIT_BITS) - 1
                name = f"{weights.units[first]} {'then' if key & 1 else '+'} {weights.units[second]}"
                parts[name] = added(rows)
        return tuple(sorted(parts.items(), key=_by_weight))


def _by_score(candidate: Candidate) -> tuple[float, str]:
    return -candidate.score, candidate.fact


def _by_weight(part: tuple[str, float]) -> tuple[float, str]:
    return -abs(part[1]), part[0]
