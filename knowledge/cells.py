"""The learned rows as large whole numbers, a lane a fact, so that one addition adds a row for all facts."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import add

from knowledge.weights import NO_ROW, POSTING, POSTING_BITS, ZERO, Weights

Cell = tuple[int, int, float]
"""The lanes of a feature, the bias that each of them holds too much, and the feature's squared weight."""

_LANE = 2
"""Bytes a lane. Numbers of up to 512 bytes are added three times faster than longer ones."""
_FULL = 1 << 15
"""The sum of biases up to which no lane can overflow: a byte is less than twice its bias."""
_HOLDER = (1 << POSTING_BITS) - 1


class Cells:
    """The features that the case knows: by word, or by a pair's key."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        # A feature's target gives way to its cell when that is first wanted.
        self._made: dict[int | str, int | Cell] = dict(zip(weights.pairs, weights.targets, strict=True))
        self._made.update((word, row) for word, row in zip(weights.words, weights.row_of, strict=True) if row != NO_ROW)
        # All bytes are spread to their lanes at once: a slice of that is a row.
        wide = bytearray(_LANE * len(weights.rows))
        wide[::_LANE] = weights.rows
        self._wide = bytes(wide)
        self._size = _LANE * len(weights.facts)
        self._wordings: dict[int, tuple[int, int]] = {}

    def known(self, keys: Iterable[int | str]) -> list[int | str]:
        """Those of the keys that the case knows."""
        return list(filter(self._made.__contains__, keys))

    def take(self, keys: Sequence[int | str]) -> list[Cell]:
        """The cells of known keys."""
        made = self._made
        found = list(map(made.__getitem__, keys))
        return [
            cell if isinstance(cell, tuple) else self._make(key, cell) for key, cell in zip(keys, found, strict=True)
        ]

    def rows(self, key: int | str) -> list[int]:
        """The rows whose sum is a known key's weights."""
        weights = self._weights
        if isinstance(key, str):
            return [weights.row_of[bisect_left(weights.words, key)]]
        target = weights.targets[bisect_left(weights.pairs, key)]
        return postings(target, weights.wording_rows) if target & POSTING else [target]

    def _make(self, key: int | str, target: int) -> Cell:
        weights = self._weights
        cell: Cell
        if target < POSTING:
            cell = self._made[key] = (*self._lanes(target), weights.squares[target])
            return cell
        lanes = bias = 0
        kept = self._wordings
        for row in postings(target, weights.wording_rows):
            more, shifted = kept.get(row) or kept.setdefault(row, self._lanes(row))
            lanes += more
            bias += shifted
        cell = self._made[key] = (lanes, bias, weights.rare_square)
        return cell

    def _lanes(self, row: int) -> tuple[int, int]:
        """A row as one number, its first fact in the lowest lane, and what each lane holds too much."""
        shift = self._weights.shifts[row]
        start = row * self._size
        return int.from_bytes(self._wide[start : start + self._size], "little") << shift, ZERO << shift


def sums_of(cells: Sequence[Cell], facts: int) -> tuple[list[int], int]:
    """The sum of each fact's lane, and what each holds too much. Long questions are added up in halves."""
    lanes, biases, _ = zip(*cells, strict=True)
    bias = sum(biases)
    if bias >= _FULL and len(cells) > 1:
        half = len(cells) // 2
        (left, first), (right, second) = sums_of(cells[:half], facts), sums_of(cells[half:], facts)
        return list(map(add, left, right)), first + second
    sums = array("H", sum(lanes).to_bytes(_LANE * facts, "little"))
    if sys.byteorder == "big":
        sums.byteswap()
    return sums.tolist(), bias


def postings(target: int, first: int) -> list[int]:
    """The rows of the wordings that hold a rare pair."""
    rows = []
    target &= ~POSTING
    while target:
        rows.append(first + (target & _HOLDER) - 1)
        target >>= POSTING_BITS
    return rows
