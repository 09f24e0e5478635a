"""The learned rows as large whole numbers, a lane a fact, so that one addition adds a row for all facts."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from operator import add
from typing import Any

from knowledge.weights import NO_ROW, POSTING, POSTING_BITS, ZERO, Weights

Cell = tuple[int, int, float]
"""The lanes of a feature, the bias that each of them holds too much, and the feature's squared weight."""

_LANE = 2
"""Bytes a lane. Numbers of up to 512 bytes are added three times faster than longer ones."""
_FULL = 1 << 15
"""The sum of biases up to which no lane can overflow: a byte is less than twice its bias."""
FEW = 16
"""Searches that are made from the sorted arrays before every feature is put into a dictionary."""
_HOLDER = (1 << POSTING_BITS) - 1


class Cells:
    """The features that the case knows: by word, or by a pair's key."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._facts = len(weights.facts)
        self._wordings: dict[int, tuple[int, int]] = {}
        self._few = FEW

    def take(self, keys: Iterable[int | str]) -> list[Cell]:
        """The cells of those keys that the case knows."""
        if self._few:
            self._few -= 1
            return [self._cell(target) for target in map(self._target, keys) if target is not None]
        made = self._all
        known = [key for key in keys if key in made]
        found = list(map(made.__getitem__, known))
        return [
            cell if isinstance(cell, tuple) else self._make(key, cell) for key, cell in zip(known, found, strict=True)
        ]

    def rows(self, key: int | str) -> list[int]:
        """The rows whose sum is a known key's weights."""
        target = self._target(key)
        if target is None:
            return []
        return postings(target, self._weights.wording_rows) if target & POSTING else [target]

    @cached_property
    def _all(self) -> dict[int | str, int | Cell]:
        """Every feature's target, which gives way to its cell when that is first wanted.

        Made after the first few questions: it takes ten milliseconds, and whoever asks only one needs none of it.
        """
        weights = self._weights
        made: dict[int | str, int | Cell] = dict(zip(weights.pairs, weights.targets, strict=True))
        made.update((word, row) for word, row in zip(weights.words, weights.row_of, strict=True) if row != NO_ROW)
        return made

    def _target(self, key: int | str) -> int | None:
        """A feature's row or posting, looked for in the sorted arrays."""
        weights = self._weights
        keys: Sequence[Any] = weights.words if isinstance(key, str) else weights.pairs
        place = bisect_left(keys, key)
        if place == len(keys) or keys[place] != key:
            return None
        target = weights.row_of[place] if isinstance(key, str) else weights.targets[place]
        return None if target == NO_ROW else target

    def _make(self, key: int | str, target: int) -> Cell:
        cell = self._all[key] = self._cell(target)
        return cell

    def _cell(self, target: int) -> Cell:
        weights = self._weights
        if target < POSTING:
            return (*self._lanes(target), weights.squares[target])
        lanes = bias = 0
        kept = self._wordings
        for row in postings(target, weights.wording_rows):
            more, shifted = kept.get(row) or kept.setdefault(row, self._lanes(row))
            lanes += more
            bias += shifted
        return (lanes, bias, weights.rare_square)

    def _lanes(self, row: int) -> tuple[int, int]:
        """A row as one number, its first fact in the lowest lane, and what each lane holds too much."""
        shift = self._weights.shifts[row]
        first, last = row * self._facts, (row + 1) * self._facts
        wide = _spread(self._weights.rows[first:last]) if self._few else self._wide[_LANE * first : _LANE * last]
        return int.from_bytes(wide, "little") << shift, ZERO << shift

    @cached_property
    def _wide(self) -> bytes:
        """All rows, each byte in its lane. Made after the first few questions, as `_all` is."""
        return _spread(self._weights.rows)


def _spread(row: bytes) -> bytes:
    wide = bytearray(_LANE * len(row))
    wide[::_LANE] = row
    return bytes(wide)


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
