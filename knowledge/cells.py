"""The learned rows as large whole numbers, a lane a fact, so that one addition adds a row for all facts."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping, Sequence
from operator import add

from knowledge.weights import POSTING, POSTING_BITS, ZERO, Weights

Cell = tuple[int, int, float]
"""The lanes of a feature, the bias that each of them holds too much, and the feature's squared weight."""

_LANE = 2
"""Bytes a lane. Numbers of up to 512 bytes are added three times faster than longer ones."""
_FULL = 1 << 15
"""The sum of biases up to which no lane can overflow: a byte is less than twice its bias."""
_HOLDER = (1 << POSTING_BITS) - 1


class Cells(dict[int | str, Cell]):
    """By word or pair's key: the lanes of its rows, their bias and its squared weight; made when first wanted."""

    def __init__(self, weights: Weights, rows: Mapping[str, int], pairs: Mapping[int, int]) -> None:
        super().__init__()
        self._weights, self._rows, self._pairs = weights, rows, pairs
        # All bytes are spread to their lanes at once: a slice of that is a row.
        wide = bytearray(_LANE * len(weights.rows))
        wide[::_LANE] = weights.rows
        self._wide = bytes(wide)
        self._size = _LANE * len(weights.facts)
        self._wordings: dict[int, tuple[int, int]] = {}

    def __missing__(self, key: int | str) -> Cell:
        weights = self._weights
        target = self._rows[key] if isinstance(key, str) else self._pairs[key]
        if target < POSTING:
            cell = self[key] = (*self._lanes(target), weights.squares[target])
            return cell
        lanes = bias = 0
        kept = self._wordings
        for row in postings(target, weights.wording_rows):
            more, shifted = kept.get(row) or kept.setdefault(row, self._lanes(row))
            lanes += more
            bias += shifted
        cell = self[key] = (lanes, bias, weights.rare_square)
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
