"""What wordings hold: the features of their words and the pairs of them, counted before anything is learned."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.language.english import Terms
from knowledge.matching.index import END, START, UNIT_BITS, WINDOW, places_of

GRAM = 4
"""Letters in the groups by which word forms resemble one another. Three or five as well say no more."""
GRAM_WEIGHT = 0.5
PAIR_WEIGHT = 0.75
"""What a letter group and a pair weigh beside a word, which weighs 1."""
RARE = 3
"""Pairs held less often weigh as if they were held so often: one wording's chance neighbours say little."""
SELDOM = 20_000
"""Pairs are left out that fewer than one wording in so many holds, and no fact's wording among them: of the pairs of 57,000
wordings that is every second one, and nothing is heard worse without."""


class Counted(NamedTuple):
    """The wordings as sparse rows of *cells*: a pair, or features of the very same words.

    `rows`: the cells of each wording, those of words before those of pairs. `squares`: each cell's squared weight, its
    inverse document frequency in it. `holders`: how many wordings hold it. `words`: the cells of each word.
    """

    vocabulary: tuple[str, ...]
    words: tuple[NDArray[np.int64], ...]
    idf: NDArray[np.float64]
    pairs: NDArray[np.int64]
    rows: list[NDArray[np.int64]]
    squares: NDArray[np.float64]
    holders: NDArray[np.int64]


def features(word: str, stem: str, unit: str) -> dict[str, float]:
    """Return the features of one word and their weights, 0 to 1: its stem, its unit, and its letter groups."""
    found = {stem: 1.0, unit: 1.0}
    if word[0] != "@":
        marked = f"<{word}>"
        for at in range(len(marked) - GRAM + 1):
            found[f"{GRAM}{marked[at : at + GRAM]}"] = GRAM_WEIGHT
    return found


def count(
    readings: Sequence[Terms],
    heard: Sequence[bool],
    vocabulary: Sequence[str],
    forms: Sequence[tuple[str, str]],
    place: dict[str, int],
) -> Counted:
    """Count what readings hold; `heard` says which are of messages that care hears, and of no fact.

    `forms` are the stem and the unit of each word of the vocabulary, `place` each unit's place among the units.
    """
    total = len(readings)
    at = {word: row for row, word in enumerate(vocabulary)}
    of_word, weights, names = _word_features(vocabulary, forms)
    atoms = np.array([at[atom] for reading in readings for atom in reading.atoms], dtype=np.int64)
    holder_of = np.arange(total).repeat([len(reading.atoms) for reading in readings])
    sizes = np.array([len(some) for some in of_word], dtype=np.int64)
    of_words = np.concatenate(of_word) if of_word else atoms
    taken = places_of((sizes.cumsum() - sizes)[atoms], sizes[atoms])
    held_by, held = _distinct(holder_of.repeat(sizes[atoms]), of_words[taken], len(weights))
    counts = np.bincount(held, minlength=len(weights))
    idf = np.where(counts > 0, np.log(1 + total / np.maximum(counts, 1)), 0.0)
    cell_of = _alike(of_word, len(weights))
    cells = int(cell_of.max()) + 1 if len(cell_of) else 0
    squares = np.bincount(cell_of, (weights * idf) ** 2, minlength=cells)
    holders = np.zeros(cells, dtype=np.int64)
    holders[cell_of] = counts
    holder, which, pairs = _pairs([[place[unit] for unit in reading.units] for reading in readings], np.array(heard))
    of_pair = np.bincount(which, minlength=len(pairs))
    held_by, held_cells = _distinct(held_by, cell_of[held], cells)
    owners, every = np.concatenate([held_by, holder]), np.concatenate([held_cells, cells + which])
    ends = np.cumsum(np.bincount(owners, minlength=total))[:-1]
    rows = np.split(every[owners.argsort(kind="stable")], ends)
    words = tuple(np.unique(cell_of[some[counts[some] > 0]]) for some in of_word)
    word_idf = np.array([idf[names[unit]] or idf[names[stem]] for stem, unit in forms])
    return Counted(
        tuple(vocabulary), words, word_idf, pairs, rows,
        np.concatenate([squares, pair_squares(of_pair, total)]), np.concatenate([holders, of_pair]),
    )  # fmt: skip


def _distinct(
    rows: NDArray[np.int64], places: NDArray[np.int64], width: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The distinct places of each row, of `width` that there are, in the order of the rows and then of the places."""
    keys = np.sort(rows * max(1, width) + places)  # np.unique takes twenty times as long
    return np.divmod(keys[np.flatnonzero(np.diff(keys, prepend=-1))], max(1, width))


def _pairs(
    sequences: Sequence[Sequence[int]], heard: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The pairs that each sequence holds, as its place and the pair's place among the keys of those that are kept.

    They are those of `pair_keys`, found for all sequences at once.

    `heard` says which sequences are of messages that care hears, and of no fact.
    """
    units, owners = _joined([[START, *units, END] for units in sequences])
    beside = np.flatnonzero(owners[:-1] == owners[1:])
    keys, holders = [(units[beside] << UNIT_BITS | units[beside + 1]) << 1 | 1], [owners[beside]]
    units, owners = _joined([[*dict.fromkeys(units)] for units in sequences])
    for apart in range(1, WINDOW + 1):
        near = np.flatnonzero(owners[:-apart] == owners[apart:])
        one, two = units[near], units[near + apart]
        keys.append((np.minimum(one, two) << UNIT_BITS | np.maximum(one, two)) << 1)
        holders.append(owners[near])
    found, which = np.unique(np.concatenate(keys), return_inverse=True)
    held_by, held = _distinct(np.concatenate(holders), which, len(found))
    often = np.bincount(held, minlength=len(found)) * SELDOM >= len(sequences)
    often[held[~heard[held_by]]] = True
    is_kept = often[held]
    return held_by[is_kept], (often.cumsum() - 1)[held[is_kept]], found[often]


def _joined(sequences: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All sequences one behind the other, and the place of the sequence that each unit is of."""
    lengths = [*map(len, sequences)]
    units = np.fromiter(chain.from_iterable(sequences), dtype=np.int64, count=sum(lengths))
    return units, np.arange(len(sequences)).repeat(lengths)


def _word_features(
    vocabulary: Sequence[str], forms: Sequence[tuple[str, str]]
) -> tuple[list[NDArray[np.int64]], NDArray[np.float64], dict[str, int]]:
    """The features of each word, the weight of each feature, and the place of each by its name."""
    names: dict[str, int] = {}
    of_word: list[NDArray[np.int64]] = []
    weights: list[float] = []
    for word, (stem, unit) in zip(vocabulary, forms, strict=True):
        found = features(word, stem, unit)
        for name, weight in found.items():
            if name not in names:
                names[name] = len(weights)
                weights.append(weight)
        of_word.append(np.array([names[name] for name in found], dtype=np.int64))
    return of_word, np.array(weights), names


def pair_squares(held: NDArray[np.int64], total: int) -> NDArray[np.float64]:
    """Return the squared weight of pairs by how many of `total` wordings hold each."""
    squares: NDArray[np.float64] = (PAIR_WEIGHT * np.log(1 + total / np.maximum(RARE, held))) ** 2
    return squares


def _alike(of_word: Sequence[NDArray[np.int64]], features_: int) -> NDArray[np.int64]:
    """The cell of each feature: features of the very same words share one.

    Sets of words are told apart by the sum of a random 64-bit number for each (Zobrist); two different ones share a sum
    once in billions of cases.
    """
    number = np.random.default_rng(0).integers(1, 1 << 63, size=len(of_word), dtype=np.uint64)
    sums = np.zeros(features_, dtype=np.uint64)
    for of_one, some in zip(of_word, number, strict=True):
        sums[of_one] += some
    _, cell_of = np.unique(sums, return_inverse=True)
    return cell_of.astype(np.int64)
