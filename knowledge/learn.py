"""Learning which words and pairs speak for which fact, in plain Python.

Ridge regression of one target a fact (1 for its own wordings, 0 for the others) on rows of length 1, solved by dual
coordinate ascent (Shalev-Shwartz and Zhang, 2013). Everything but the target is the same for all facts, so they are
learned at once: the weights of one feature for all facts are the *lanes* of one large whole number, and a row's score
or step is a few additions and multiplications of such numbers.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.english import English
from knowledge.features import PAIR_WEIGHT, Extractor, Reading, Wording, features, pairs
from knowledge.weights import NO_ROW, POSTING, POSTING_BITS, RARE, Weights, pair_key

VERSION = 1
"""Goes into the digest: raise it with any change of features or learning."""
RIDGE = 0.25
"""The penalty, in units of a row's squared length."""
PASSES = 10
"""Times that every wording is seen; ten come within 0.001 of the solution."""
LANE = 64
"""Bits a lane."""
MOST_SHIFT = 3
"""The most that a row is shifted: rows are a byte a fact at up to this many scales."""
_STEP = 1 << 20
_FACTOR = 1 << 12
_HALF = 1 << 62


@dataclass(frozen=True, slots=True)
class _Rows:
    """The wordings as sparse rows.

    `groups` holds, for each feature (words' features that always come together are one), its squared weight; `words`
    the groups of each vocabulary word; `cells` the features of each wording; `lengths` each wording's length;
    `alone` the part of its squared length that no other wording shares.
    """

    squares: list[float]
    words: dict[str, tuple[int, ...]]
    pairs: dict[tuple[str, str, bool], int]
    holders: list[list[int]]
    cells: list[list[int]]
    lengths: list[float]
    idf: dict[str, float]


def digest(wordings: Sequence[Wording], english: English, aliases: Mapping[tuple[str, ...], str]) -> str:
    """A fingerprint of everything that learning depends on."""
    inputs = (
        VERSION,
        sorted({(wording.fact, wording.text) for wording in wordings}),
        [sorted(layer.items()) for layer in (english.expand, english.phrases, english.same)],
        sorted(english.common),
        sorted((" ".join(alias), entity) for alias, entity in aliases.items()),
    )
    return hashlib.blake2b(json.dumps(inputs).encode(), digest_size=16).hexdigest()


def learn(wordings: Sequence[Wording], english: English, aliases: Mapping[tuple[str, ...], str]) -> Weights:
    """Learn the weights; the same for the same wordings in any order."""
    from knowledge.text import stemmer

    ordered = sorted(set((wording.fact, wording.text) for wording in wordings))
    extractor = Extractor(english, aliases, stemmer())
    readings = [extractor.read(text) for _, text in ordered]
    facts = sorted({fact for fact, _ in ordered})
    rows = _rows(extractor, readings)
    place = {fact: index for index, fact in enumerate(facts)}
    targets = [place[fact] for fact, _ in ordered]
    lanes, duals = _solve(rows, targets, len(facts))
    return _pack(extractor, readings, rows, facts, lanes, duals, digest(wordings, english, aliases))


def _rows(extractor: Extractor, readings: Sequence[Reading]) -> _Rows:
    total = len(readings)
    holding: dict[str, list[int]] = {}  # word -> wordings
    paired: dict[tuple[str, str, bool], list[int]] = {}
    for index, reading in enumerate(readings):
        for word in reading.atoms:
            holding.setdefault(word, []).append(index)
        for pair in pairs(reading.units):
            paired.setdefault(pair, []).append(index)
    weight: dict[str, float] = {}
    members: dict[str, list[str]] = {}
    for word in sorted(holding):
        for feature, value in features(word, extractor.stem(word), extractor.unit(word)).items():
            weight[feature] = value
            members.setdefault(feature, []).append(word)
    merged: dict[tuple[str, ...], list[str]] = {}
    for feature, words in members.items():
        merged.setdefault(tuple(words), []).append(feature)
    squares: list[float] = []
    holders: list[list[int]] = []
    of_feature: dict[str, int] = {}
    idf: dict[str, float] = {}
    for words, group in merged.items():
        found = sorted({index for word in words for index in holding[word]})
        value = math.log(1 + total / len(found))
        for feature in group:
            of_feature[feature] = len(squares)
            idf[feature] = value
        squares.append(value * value * sum(weight[feature] ** 2 for feature in group))
        holders.append(found)
    vocabulary = sorted(set(holding) | extractor.words())
    of_word = {
        word: tuple(
            sorted({of_feature[f] for f in features(word, extractor.stem(word), extractor.unit(word)) if f in of_feature})
        )
        for word in vocabulary
    }
    cells = [[group for word in reading.atoms for group in of_word[word]] for reading in readings]
    of_pair: dict[tuple[str, str, bool], int] = {}
    for pair in sorted(paired):
        of_pair[pair] = len(squares)
        squares.append((PAIR_WEIGHT * math.log(1 + total / max(RARE, len(paired[pair])))) ** 2)
        holders.append(paired[pair])
        for index in paired[pair]:
            cells[index].append(of_pair[pair])
    lengths = [math.sqrt(sum(squares[cell] for cell in row)) or 1.0 for row in cells]
    return _Rows(squares, of_word, of_pair, holders, cells, lengths, idf)


def _solve(rows: _Rows, targets: Sequence[int], classes: int) -> tuple[list[int], list[array[float]]]:
    """The lanes of each feature that more than one wording holds, and the dual values of each wording."""
    lanes = [0] * len(rows.squares)
    duals = [array("d", bytes(8 * classes)) for _ in targets]
    shared = [[cell for cell in row if len(rows.holders[cell]) > 1] for row in rows.cells]
    alone = [
        sum(rows.squares[cell] for cell in row if len(rows.holders[cell]) == 1) / length**2
        for row, length in zip(rows.cells, rows.lengths, strict=True)
    ]
    factors = [
        [round(rows.squares[cell] / length * _FACTOR) for cell in row] for row, length in zip(shared, rows.lengths, strict=True)
    ]
    half = sum(_HALF << LANE * index for index in range(classes))
    size = classes * LANE // 8
    step = 1 / (1 + RIDGE)
    # Neighbours in the sorted order are of one fact; a multiplicative shuffle mixes them, the same way every time.
    order = sorted(range(len(targets)), key=lambda index: index * 2_654_435_761 % (1 << 32))
    for _ in range(PASSES):
        for index in order:
            cells, dual = shared[index], duals[index]
            total = sum([lanes[cell] for cell in cells]) + half
            sums = memoryview(total.to_bytes(size, sys.byteorder)).cast("q") if sys.byteorder == "little" else None
            assert sums is not None
            scale = step / (rows.lengths[index] * _STEP * _FACTOR)
            offset = _HALF * scale
            keep = step * (RIDGE + alone[index])
            moves = [offset - value * scale - keep * old for value, old in zip(sums, dual, strict=True)]
            moves[targets[index]] += step
            duals[index] = array("d", [old + move for old, move in zip(dual, moves, strict=True)])
            packed = array("q", [int(move * _STEP) + _HALF for move in moves])
            delta = int.from_bytes(packed.tobytes(), sys.byteorder) - half
            for cell, factor in zip(cells, factors[index], strict=True):
                lanes[cell] += factor * delta
    return lanes, duals


def _pack(
    extractor: Extractor,
    readings: Sequence[Reading],
    rows: _Rows,
    facts: Sequence[str],
    lanes: Sequence[int],
    duals: Sequence[array[float]],
    fingerprint: str,
) -> Weights:
    classes = len(facts)
    half = sum(_HALF << LANE * index for index in range(classes))
    unit_scale = 1 / (_STEP * _FACTOR)

    def values(cell: int) -> list[float]:
        holders = rows.holders[cell]
        if len(holders) == 1:
            factor = rows.squares[cell] / rows.lengths[holders[0]]
            return [factor * value for value in duals[holders[0]]]
        raw = memoryview((lanes[cell] + half).to_bytes(classes * LANE // 8, sys.byteorder)).cast("q")
        return [(value - _HALF) * unit_scale for value in raw]

    rare = (PAIR_WEIGHT * math.log(1 + len(readings) / RARE)) ** 2
    table: list[list[float]] = []
    squares: list[float] = []
    vocabulary = sorted(rows.words)
    row_of = array("I")
    idf = array("f")
    for word in vocabulary:
        unit = extractor.unit(word)
        idf.append(rows.idf.get(unit, rows.idf.get(extractor.stem(word), 0.0)))
        if not idf[-1]:
            row_of.append(NO_ROW)
            continue
        row_of.append(len(table))
        table.append([sum(column) for column in zip(*map(values, rows.words[word]), strict=True)])
        squares.append(sum(rows.squares[cell] for cell in rows.words[word]))
    wording_rows = len(table)
    for dual, length in zip(duals, rows.lengths, strict=True):
        table.append([rare / length * value for value in dual])
        squares.append(rare)
    units = sorted({"^", "$"} | {extractor.unit(word) for word in vocabulary})
    place = {unit: index for index, unit in enumerate(units)}
    keys: dict[int, int] = {}
    for (first, second, ordered), cell in rows.pairs.items():
        key = pair_key(place[first], place[second], ordered=ordered)
        holders = rows.holders[cell]
        if len(holders) <= RARE:
            keys[key] = POSTING | sum((holder + 1) << POSTING_BITS * nth for nth, holder in enumerate(holders))
        else:
            keys[key] = len(table)
            table.append(values(cell))
            squares.append(rows.squares[cell])
    counts = Counter(word for reading in readings for word in reading.atoms)
    top = max(max(map(abs, row)) for row in table)
    unit = top / (127 << MOST_SHIFT)
    shifts = array("B")
    packed = bytearray()
    for row in table:
        shift = max(0, math.ceil(math.log2(max(max(map(abs, row)) / unit / 127, 1e-9))))
        shifts.append(shift)
        step = unit * (1 << shift)
        packed.extend(128 + max(-127, min(127, round(value / step))) for value in row)
    return Weights(
        fingerprint,
        tuple(facts),
        tuple(vocabulary),
        tuple(units),
        unit,
        rare,
        wording_rows,
        array("I", [counts[word] for word in vocabulary]),
        array("I", [place[extractor.unit(word)] for word in vocabulary]),
        row_of,
        idf,
        array("Q", sorted(keys)),
        array("Q", [keys[key] for key in sorted(keys)]),
        array("f", squares),
        shifts,
        bytes(packed),
    )
