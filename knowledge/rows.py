"""The wordings as sparse rows of features, which is what learning works on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.features import PAIR_WEIGHT, Extractor, Pair, Reading, features, pairs
from knowledge.weights import RARE


@dataclass(frozen=True, slots=True)
class Rows:
    """The wordings as sparse rows.

    A *cell* is a pair, or a set of word features that always come together. For each cell, `squares` holds its squared
    weight (that is, times its squared inverse document frequency, in nats) and `holders` the wordings that hold it.
    `words` are the cells of each vocabulary word, `pairs` the cell of each pair, `cells` the cells of each wording, and
    `lengths` the Euclidean length of each. `idf` is by stem, unit or letter group.
    """

    squares: Sequence[float]
    holders: Sequence[Sequence[int]]
    words: Mapping[str, tuple[int, ...]]
    pairs: Mapping[Pair, int]
    cells: Sequence[Sequence[int]]
    lengths: Sequence[float]
    idf: Mapping[str, float]


def rows_of(extractor: Extractor, readings: Sequence[Reading]) -> Rows:
    """Count the features of all readings, in an order that depends on nothing but them."""
    squares: list[float] = []
    holders: list[Sequence[int]] = []
    words, idf = _count_words(extractor, readings, squares, holders)
    cells = [[cell for word in reading.atoms for cell in words[word]] for reading in readings]
    paired: dict[Pair, list[int]] = {}
    for index, reading in enumerate(readings):
        for pair in pairs(reading.units):
            paired.setdefault(pair, []).append(index)
    of_pair: dict[Pair, int] = {}
    for pair in sorted(paired):
        cell = of_pair[pair] = len(squares)
        squares.append(pair_square(len(readings), len(paired[pair])))
        holders.append(paired[pair])
        for index in paired[pair]:
            cells[index].append(cell)
    lengths = [math.sqrt(sum(squares[cell] for cell in row)) or 1.0 for row in cells]
    return Rows(squares, holders, words, of_pair, cells, lengths, idf)


def pair_square(total: int, held: int) -> float:
    """The squared weight of a pair that `held` of `total` wordings hold; rare ones all weigh the same."""
    return (PAIR_WEIGHT * math.log(1 + total / max(RARE, held))) ** 2


def _count_words(
    extractor: Extractor, readings: Sequence[Reading], squares: list[float], holders: list[Sequence[int]]
) -> tuple[dict[str, tuple[int, ...]], dict[str, float]]:
    """Append the cells of words; return the cells of each vocabulary word and the idf of each feature."""
    holding: dict[str, list[int]] = {}
    for index, reading in enumerate(readings):
        for word in reading.atoms:
            holding.setdefault(word, []).append(index)
    vocabulary = sorted(holding.keys() | extractor.words())
    of_word = {word: features(word, extractor.stem(word), extractor.unit(word)) for word in vocabulary}
    members: dict[str, list[str]] = {}
    for word in sorted(holding):
        for feature in of_word[word]:
            members.setdefault(feature, []).append(word)
    together: dict[tuple[str, ...], list[str]] = {}
    for feature, words in members.items():
        together.setdefault(tuple(words), []).append(feature)
    place: dict[str, int] = {}
    idf: dict[str, float] = {}
    for alike, group in together.items():
        held = sorted({index for word in alike for index in holding[word]})
        value = math.log(1 + len(readings) / len(held))
        place.update(dict.fromkeys(group, len(squares)))
        idf.update(dict.fromkeys(group, value))
        squares.append(sum((of_word[alike[0]][feature] * value) ** 2 for feature in group))
        holders.append(held)
    cells = {word: tuple(sorted({place[key] for key in found if key in place})) for word, found in of_word.items()}
    return cells, idf
