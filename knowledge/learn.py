"""Learning which words and pairs speak for which fact, in plain Python.

Ridge regression of one target a fact (1 for its own wordings, 0 for the others) on rows of length 1, solved by dual
coordinate ascent (Shalev-Shwartz and Zhang, "Stochastic Dual Coordinate Ascent Methods", JMLR 2013). Everything but
the target is the same for all facts, so all are learned at once: the weights of one cell are the *lanes* of one large
whole number, and a wording's scores are a sum of such numbers.
"""

from __future__ import annotations

import hashlib
import json
import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.english import English
from knowledge.features import END, START, Extractor, Reading, Wording
from knowledge.rows import Rows, pair_square, rows_of
from knowledge.text import stemmer
from knowledge.weights import NO_ROW, POSTING, POSTING_BITS, RARE, VERSION, ZERO, Weights, pair_key

RIDGE = 0.25
"""The penalty, in units of a row's squared length."""
PASSES = 5
"""Times that every wording is seen; from four on the rankings stay the same."""
MOST_SHIFT = 3
"""The most that a row is shifted: rows are a byte a fact, at scales up to 2 to this."""

_LANE = 64
_HALF = 1 << 62
"""Added to each lane where lanes must not be negative."""
_STEP = 1 << 20
_FACTOR = 1 << 12
"""Fractions of a step of a dual value and of a cell's factor; a lane holds whole multiples of both."""


@dataclass(frozen=True, slots=True)
class _Learned:
    """What was learned: the lanes of each cell that several wordings hold, and each wording's dual values by fact."""

    rows: Rows
    facts: Sequence[str]
    lanes: Sequence[int]
    duals: Sequence[array[float]]

    def values(self, cell: int) -> list[float]:
        """The weights of a cell by fact, times the cell's own weight."""
        holders = self.rows.holders[cell]
        if len(holders) == 1:
            factor = self.rows.squares[cell] / self.rows.lengths[holders[0]]
            return [factor * value for value in self.duals[holders[0]]]
        scale = 1 / (_STEP * _FACTOR)
        return [
            (value - _HALF) * scale for value in _decode(self.lanes[cell] + _halves(len(self.facts)), len(self.facts))
        ]


def digest(wordings: Sequence[Wording], english: English, aliases: Mapping[tuple[str, ...], str]) -> str:
    """A fingerprint, 32 hexadecimal digits, of everything that learning depends on."""
    inputs = (
        VERSION,
        sorted({(wording.fact, wording.text) for wording in wordings}),
        [sorted(layer.items()) for layer in (english.expand, english.phrases, english.same)],
        sorted(english.common),
        sorted((" ".join(alias), entity) for alias, entity in aliases.items()),
    )
    return hashlib.blake2b(json.dumps(inputs).encode(), digest_size=16).hexdigest()


def learn(wordings: Sequence[Wording], english: English, aliases: Mapping[tuple[str, ...], str]) -> Weights:
    """Learn the weights: the same for the same wordings, in whatever order."""
    ordered = sorted({(wording.fact, wording.text) for wording in wordings})
    extractor = Extractor(english, aliases, stemmer())
    readings = [extractor.read(text) for _, text in ordered]
    facts = sorted({fact for fact, _ in ordered})
    place = {fact: index for index, fact in enumerate(facts)}
    rows = rows_of(extractor, readings)
    lanes, duals = _solve(rows, [place[fact] for fact, _ in ordered], len(facts))
    learned = _Learned(rows, facts, lanes, duals)
    return _pack(extractor, readings, learned, digest(wordings, english, aliases))


def _solve(rows: Rows, targets: Sequence[int], facts: int) -> tuple[list[int], list[array[float]]]:
    """Ascend: each wording in turn moves its dual values, and with them the lanes of its cells."""
    lanes = [0] * len(rows.squares)
    duals = [array("d", bytes(8 * facts)) for _ in targets]
    shared = [[cell for cell in row if len(rows.holders[cell]) > 1] for row in rows.cells]
    # A cell that no other wording holds needs no lanes: what it adds to its wording's scores is in proportion to the
    # wording's own dual values.
    alone = [
        1 - sum(rows.squares[cell] for cell in row) / length**2
        for row, length in zip(shared, rows.lengths, strict=True)
    ]
    halves = _halves(facts)
    step = 1 / (1 + RIDGE)
    # Sorted neighbours are of one fact; a multiplicative shuffle (Knuth) mixes them, the same way every time.
    order = sorted(range(len(targets)), key=lambda index: index * 2_654_435_761 % (1 << 32))
    for _ in range(PASSES):
        for index in order:
            cells, dual, length = shared[index], duals[index], rows.lengths[index]
            scale = step / (length * _STEP * _FACTOR)
            keep = step * (RIDGE + alone[index])
            sums = _decode(sum([lanes[cell] for cell in cells]) + halves, facts)
            moves = [(_HALF - value) * scale - keep * old for value, old in zip(sums, dual, strict=True)]
            moves[targets[index]] += step
            duals[index] = array("d", [old + move for old, move in zip(dual, moves, strict=True)])
            delta = _encode([int(move * _STEP) for move in moves]) - halves
            for cell in cells:
                lanes[cell] += round(rows.squares[cell] / length * _FACTOR) * delta
    return lanes, duals


def _halves(facts: int) -> int:
    """`_HALF` in every lane."""
    return sum(_HALF << _LANE * index for index in range(facts))


def _decode(lanes: int, facts: int) -> array[int]:
    """The lanes, none of them negative, as an array."""
    values = array("Q", lanes.to_bytes(facts * _LANE // 8, "little"))
    return values if _LITTLE else _swapped(values)


def _encode(values: Sequence[int]) -> int:
    """Values as lanes, each with `_HALF` added."""
    packed = array("Q", [value + _HALF for value in values])
    return int.from_bytes((packed if _LITTLE else _swapped(packed)).tobytes(), "little")


def _swapped(values: array[int]) -> array[int]:
    values.byteswap()
    return values


_LITTLE = array("H", [1]).tobytes() == b"\x01\x00"


def _pack(extractor: Extractor, readings: Sequence[Reading], learned: _Learned, fingerprint: str) -> Weights:
    """Add up each word's cells, and put everything into arrays."""
    rows = learned.rows
    vocabulary = sorted(rows.words)
    idf = [rows.idf.get(extractor.unit(word)) or rows.idf.get(extractor.stem(word), 0.0) for word in vocabulary]
    table: list[list[float]] = []
    squares: list[float] = []
    row_of = array("I")
    for word, known in zip(vocabulary, idf, strict=True):
        row_of.append(len(table) if known else NO_ROW)
        if known:
            table.append([sum(column) for column in zip(*map(learned.values, rows.words[word]), strict=True)])
            squares.append(sum(rows.squares[cell] for cell in rows.words[word]))
    wording_rows = len(table)
    rare = pair_square(len(readings), RARE)
    for dual, length in zip(learned.duals, rows.lengths, strict=True):
        table.append([rare / length * value for value in dual])
        squares.append(rare)
    units = sorted({START, END} | {extractor.unit(word) for word in vocabulary})
    place = {unit: index for index, unit in enumerate(units)}
    targets = _targets(learned, place, table, squares)
    unit, shifts, packed = _quantised(table)
    counts = Counter(word for reading in readings for word in reading.atoms)
    return Weights(
        digest=fingerprint,
        facts=tuple(learned.facts),
        words=tuple(vocabulary),
        units=tuple(units),
        unit=unit,
        rare_square=rare,
        wording_rows=wording_rows,
        counts=array("I", [counts[word] for word in vocabulary]),
        unit_of=array("I", [place[extractor.unit(word)] for word in vocabulary]),
        row_of=row_of,
        idf=array("f", idf),
        pairs=array("Q", targets),
        targets=array("Q", targets.values()),
        squares=array("f", squares),
        shifts=shifts,
        rows=packed,
    )


def _targets(
    learned: _Learned, place: Mapping[str, int], table: list[list[float]], squares: list[float]
) -> dict[int, int]:
    """For each pair's key, in order, its wordings where they are few, or its row, which is appended."""
    targets: dict[int, int] = {}
    for (first, second, ordered), cell in learned.rows.pairs.items():
        key = pair_key(place[first], place[second], ordered=ordered)
        holders = learned.rows.holders[cell]
        if len(holders) <= RARE:
            targets[key] = POSTING | sum((holder + 1) << POSTING_BITS * nth for nth, holder in enumerate(holders))
        else:
            targets[key] = len(table)
            table.append(learned.values(cell))
            squares.append(learned.rows.squares[cell])
    return dict(sorted(targets.items()))


def _quantised(table: Sequence[Sequence[float]]) -> tuple[float, array[int], bytes]:
    """The unit, each row's shift, and the rows as bytes around `ZERO`."""
    tops = [max(map(abs, row)) for row in table]
    unit = max(tops, default=1.0) / (127 << MOST_SHIFT) or 1.0
    shifts = array("B")
    packed = bytearray()
    for row, top in zip(table, tops, strict=True):
        shift = min(MOST_SHIFT, max(0, math.ceil(math.log2(top / unit / 127)))) if top else 0
        shifts.append(shift)
        step = unit * (1 << shift)
        packed.extend([ZERO + round(value / step) for value in row])
    return unit, shifts, bytes(packed)
