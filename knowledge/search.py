"""The search: a question ranked against facts, by weights learned from every fact's wordings.

Words that the vocabulary doesn't know are repaired; the learned rows of the question's words and pairs are added up,
which scores every fact at once; the best few are compared with their own wordings. A row is one whole number that
holds a lane for each fact, so adding it costs the same for one fact as for two hundred.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from knowledge.english import English
from knowledge.features import END, ENTITY, START, Extractor, WINDOW, Reading, Wording as Wording
from knowledge.learn import learn
from knowledge.spelling import Speller
from knowledge.text import stemmer
from knowledge.weights import NO_ROW, POSTING, POSTING_BITS, RARE, UNIT_BITS, ZERO, Weights

CANDIDATES = 8
"""How many facts a ranking holds at most."""
LEAST = 1 / 3
"""The share of the best candidate's score under which a fact is no candidate."""
_LANE = 4
"""Bytes a lane: a byte's value times 2 to the 5th, some hundred times, is far below 2 to the 32nd."""
_HIGH = UNIT_BITS + 1
"""Where the first unit of a pair's key begins, see `pair_key`."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the question: as typed, as taken, whether it is known, and its share of the question's weight, 0 to 1."""

    typed: str
    word: str
    known: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact with its score (0.0 to 1.0), its nearest wording, and what made the score, the weightiest first."""

    fact: str
    score: float
    wording: str
    parts: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates, best first, and how much of the question's weight (0.0 to 1.0) its known words make up."""

    tokens: tuple[Token, ...]
    candidates: tuple[Candidate, ...]
    coverage: float


class Search:
    """Ranks facts, or any classes that have example wordings."""

    def __init__(
        self,
        wordings: Sequence[Wording],
        english: English,
        aliases: Mapping[tuple[str, ...], str],
        weights: Weights | None = None,
    ) -> None:
        """`weights` are what `learn` made of the same wordings, layer and aliases; None learns them now."""
        self._weights = weights = weights or learn(wordings, english, aliases)
        self._row = {word: row for word, row in zip(weights.words, weights.row_of, strict=True) if row != NO_ROW}
        self._idf = {word: idf for word, idf in zip(weights.words, weights.idf, strict=True) if idf}
        self._unit = {unit: index for index, unit in enumerate(weights.units)}
        self._pairs = dict(zip(weights.pairs, weights.targets, strict=True))
        self._cells: dict[int | str, tuple[int, int, float]] = {}
        self._unknown = math.log(1 + len(wordings))
        known = {word: weights.units[unit] for word, unit in zip(weights.words, weights.unit_of, strict=True)}
        self._extractor = Extractor(english, aliases, stemmer(), known)
        counts = {word: count for word, count in zip(weights.words, weights.counts, strict=True) if word[0] != ENTITY}
        self._speller = Speller(counts, english.common)
        self._wordings: dict[str, list[str]] = {fact: [] for fact in weights.facts}
        for wording in wordings:
            self._wordings[wording.fact].append(wording.text)

    def rank(self, question: str, *, entities: Collection[str] = frozenset(), explain: bool = False) -> Ranking:
        """Rank the facts for a question.

        `entities` are ids that the conversation adds. Parts are filled in only to `explain`.
        """
        reading = self._extractor.read(question, self._speller, sorted(entities))
        tokens, coverage = self._weigh(reading)
        cells = self._found(reading)
        if not cells:
            return Ranking(tokens, (), coverage)
        scale = coverage / math.sqrt(sum([square for _, _, square in cells]))
        asked = " ".join([token.word for token in tokens])
        candidates = []
        for place, value in self._best(cells):
            fact = self._weights.facts[place]
            nearest = process.extractOne(asked, self._wordings[fact], scorer=fuzz.ratio)
            score = min(1.0, max(0.0, value * scale))
            parts = self._parts(reading, place, scale) if explain else ()
            candidates.append(Candidate(fact, score, nearest[0] if nearest else "", parts))
        return Ranking(tokens, tuple(candidates), coverage)

    def meaning(self, text: str) -> frozenset[str]:
        """The units of a text that weigh at least as much as a word that one wording in twenty holds."""
        reading = self._extractor.read(text, self._speller)
        least = math.log(21)
        return frozenset(
            self._extractor.unit(word) for word in reading.atoms if self._idf.get(word, self._unknown) >= least
        )

    def _weigh(self, reading: Reading) -> tuple[tuple[Token, ...], float]:
        """The tokens with their shares of the question's weight, and the share that is known."""
        idf, unknown = self._idf, self._unknown
        found = []
        total = known = 0.0
        for repair in reading.repairs:
            weight = 0.0
            for word in repair.words:
                value = idf.get(word)
                if value is None:
                    weight += unknown
                else:
                    weight += value
                    known += value
            total += weight
            found.append((repair, weight))
        total = total or 1.0
        tokens = [Token(repair.typed, " ".join(repair.words), repair.known, weight / total) for repair, weight in found]
        return tuple(tokens), known / total

    def _found(self, reading: Reading) -> list[tuple[int, int, float]]:
        """What the question holds and the case knows: the lanes of each feature, their bias and its squared weight."""
        cells = self._cells
        keys: list[int | str] = [word for word in reading.atoms if word in self._row]
        keys += self._keys(reading.units) & self._pairs.keys()
        return [cells.get(key) or self._cell(key) for key in keys]

    def _keys(self, units: Sequence[str]) -> set[int]:
        """The keys of all pairs of a question whose units are both known."""
        known = self._unit
        places = [known.get(unit, -1) for unit in units]
        framed = [known[START], *places, known[END]]
        keys = {
            first << _HIGH | second << 1 | 1
            for first, second in zip(framed, framed[1:], strict=False)
            if first >= 0 and second >= 0
        }
        distinct = [place for place in dict.fromkeys(places) if place >= 0]
        if len(distinct) <= WINDOW + 1:
            distinct.sort()
            for at, first in enumerate(distinct, 1):
                high = first << _HIGH
                keys.update([high | second << 1 for second in distinct[at:]])
            return keys
        for at, one in enumerate(distinct, 1):
            for other in distinct[at : at + WINDOW]:
                keys.add(min(one, other) << _HIGH | max(one, other) << 1)
        return keys

    def _cell(self, key: int | str) -> tuple[int, int, float]:
        """The lanes of a word or of a pair's key; kept, since questions share most of theirs."""
        weights = self._weights
        if isinstance(key, str):
            rows = [self._row[key]]
            square = weights.squares[rows[0]]
        else:
            target = self._pairs[key]
            rows = _postings(target, weights.wording_rows) if target & POSTING else [target]
            square = weights.rare_square if target & POSTING else weights.squares[target]
        lanes = sum([self._lanes(row) for row in rows])
        bias = sum([ZERO << weights.shifts[row] for row in rows])
        cell = self._cells[key] = (lanes, bias, square)
        return cell

    def _lanes(self, row: int) -> int:
        """A row as one number: its first fact in the lowest lane."""
        count = len(self._weights.facts)
        wide = bytearray(_LANE * count)
        wide[::_LANE] = self._weights.rows[row * count : (row + 1) * count]
        return int.from_bytes(wide, "little") << self._weights.shifts[row]

    def _best(self, cells: Sequence[tuple[int, int, float]]) -> list[tuple[int, float]]:
        """The facts with the highest sums, best first, ties in the order of their ids."""
        weights = self._weights
        total = sum([lanes for lanes, _, _ in cells])
        bias = sum([bias for _, bias, _ in cells])
        sums = memoryview(total.to_bytes(_LANE * len(weights.facts), sys.byteorder)).cast("I").tolist()
        if sys.byteorder == "big":
            sums.reverse()
        least = bias + (max(sums) - bias) * LEAST
        best = sorted([(bias - value, place) for place, value in enumerate(sums) if value >= least])
        return [(place, -value * weights.unit) for value, place in best[:CANDIDATES]]

    def _parts(self, reading: Reading, place: int, scale: float) -> tuple[tuple[str, float], ...]:
        """What each word and pair added to a fact's score, the weightiest first."""
        return ()


def _postings(target: int, first: int) -> list[int]:
    """The rows of the wordings that hold a rare pair."""
    mask = (1 << POSTING_BITS) - 1
    holders = ((target & ~POSTING) >> POSTING_BITS * nth & mask for nth in range(RARE))
    return [first + holder - 1 for holder in holders if holder]
