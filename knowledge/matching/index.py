"""What was learned from the wordings, as one value that scores every class for many readings in one product.

A class is a fact, a move or a concern. Each word and each pair of units that the wordings hold has a sparse row: the
classes that it speaks for or against, and how strongly. The scores of a reading are the sum of its rows, divided by
its own length.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import chain, combinations, pairwise
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from knowledge.language.english import Terms
from knowledge.language.reading import Vocabulary

WINDOW = 12
"""Pairs join units at most this many places apart, so that a long message costs no more than its length."""
START, END = 0, 1
"""What stands before the first unit of a reading and after the last one, as places among the units."""
UNIT_BITS = 24
"""A unit's place among the units takes at most this many bits of a pair's key; one bit more says whether their order counts."""


class Scores(NamedTuple):
    """For each reading (a row) the score of each class (a column), about -0.3 to 1.0, higher is likelier."""

    classes: tuple[str, ...]
    values: NDArray[np.float64]


class IndexFileError(ValueError):
    """The bytes are no index, or not a whole one."""


@dataclass(frozen=True)
class Index:
    """Learned rows. Every array is read only.

    `words` are the vocabulary, sorted: `unit_of` gives each one's place in `units`, `counts` how many wordings hold it,
    `idf` its inverse document frequency in nats, 0.0 for a word of the language's layer that no wording holds. `pairs`
    are sorted keys, see `pair_keys`. Row `n` of the words, and row `len(words) + n` of the pairs, is
    `columns[starts[n]:starts[n + 1]]` with as many `values`; `squares` is what it adds to the square of a reading's
    length, `rare_square` what a pair of known units adds that no wording holds. `wordings` is how many were learned
    from. `sureness` are the weights of the features by which a candidate's probability is told.
    """

    classes: tuple[str, ...]
    words: tuple[str, ...]
    units: tuple[str, ...]
    unit_of: NDArray[np.int32]
    counts: NDArray[np.int32]
    idf: NDArray[np.float32]
    pairs: NDArray[np.int64]
    starts: NDArray[np.int64]
    columns: NDArray[np.uint16]
    values: NDArray[np.float32]
    squares: NDArray[np.float32]
    rare_square: float
    wordings: int
    sureness: NDArray[np.float64]

    @cached_property
    def _row(self) -> dict[str, int]:
        return {word: row for row, word in enumerate(self.words)}

    @cached_property
    def _lengths(self) -> NDArray[np.int64]:
        """How many classes each row speaks of, the last none."""
        return np.diff(self.starts, append=self.starts[-1])

    @cached_property
    def _squares(self) -> NDArray[np.float32]:
        """What each row adds to the square of a reading's length."""
        return np.append(self.squares, np.float32(self.rare_square))

    @cached_property
    def _place(self) -> dict[str, int]:
        return {unit: place for place, unit in enumerate(self.units)}

    @property
    def unknown(self) -> float:
        """Return what a word tells that no wording holds, in nats."""
        return float(np.log(1 + self.wordings))

    @property
    def vocabulary(self) -> Vocabulary:
        """Return the words that are known."""
        return Vocabulary(
            counts=dict(zip(self.words, self.counts.tolist(), strict=True)),
            units={word: self.units[place] for word, place in zip(self.words, self.unit_of.tolist(), strict=True)},
            idf={word: idf for word, idf in zip(self.words, self.idf.tolist(), strict=True) if idf},
        )

    def scores(self, readings: Sequence[Terms]) -> Scores:
        """Score every class for every reading in one product; all 0.0 for a reading of which nothing is known."""
        width = len(self.classes)
        rows, owners, squares = self._rows(readings)
        lengths = self._lengths.take(rows)
        taken = places_of(self.starts.take(rows), lengths)
        cells = (owners * width).repeat(lengths)
        cells += self.columns.take(taken)
        sums = np.bincount(cells, self.values.take(taken), minlength=len(readings) * width)
        squares[squares <= 0.0] = 1.0
        return Scores(self.classes, sums.reshape(len(readings), width) / np.sqrt(squares)[:, None])

    def parts(self, reading: Terms, name: str) -> tuple[tuple[str, float], ...]:
        """Return what each word and pair of a reading added to one class's score, the weightiest first: to explain."""
        rows, _, squares = self._rows([reading])
        column = self.classes.index(name)
        added = []
        for row in rows[rows < len(self.squares)].tolist():
            held = slice(self.starts[row], self.starts[row + 1])
            weight = float(self.values[held][self.columns[held] == column].sum()) / float(np.sqrt(squares[0]))
            added.append((self._name(row), weight))
        return tuple(sorted(added, key=lambda part: (-abs(part[1]), part[0])))

    def _name(self, row: int) -> str:
        if row < len(self.words):
            return self.words[row]
        key = int(self.pairs[row - len(self.words)])
        first, second = key >> UNIT_BITS + 1, key >> 1 & (1 << UNIT_BITS) - 1
        names = ("^", "$", *self.units[2:])
        return f"{names[first]} {'then' if key & 1 else '+'} {names[second]}"

    def _rows(self, readings: Sequence[Terms]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """The rows that the readings hold, the reading that each belongs to, and the square of each reading's length.

        A pair of known units that no wording holds has the row behind all others, which says nothing.
        """
        words = [[row for atom in reading.atoms if (row := self._row.get(atom)) is not None] for reading in readings]
        pairs = [pair_keys([*map(self._place.get, reading.units)]) for reading in readings]
        wanted = np.array([*chain.from_iterable(pairs)], dtype=np.int64)
        places = self.pairs.searchsorted(wanted)
        places[self.pairs.take(places, mode="clip") != wanted] = len(self.pairs)
        places += len(self.words)
        rows = np.concatenate([np.array([*chain.from_iterable(words)], dtype=np.int64), places])
        owners = np.array([*range(len(readings))] * 2, dtype=np.int64).repeat([*map(len, words), *map(len, pairs)])
        squares = np.bincount(owners, self._squares.take(rows), minlength=len(readings)).astype(np.float64, copy=False)
        return rows, owners, squares

    def to_bytes(self) -> bytes:
        """Return the index as the bytes of a zip of arrays, each with its checksum."""
        arrays = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, tuple):
                value = np.frombuffer("\n".join(value).encode(), dtype=np.uint8)
            arrays[field.name] = value
        arrays["values"] = arrays["values"].astype(np.float16)
        file = io.BytesIO()
        np.savez(file, allow_pickle=False, **arrays)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote. Raises IndexFileError for anything else, a torn file among it."""
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as kept:
                found: dict[str, Any] = {field.name: kept[field.name] for field in fields(cls)}
            for name in ("classes", "words", "units"):
                text = found[name].tobytes().decode()
                found[name] = tuple(text.split("\n")) if text else ()
            found["values"] = found["values"].astype(np.float32)
            found["rare_square"], found["wordings"] = float(found["rare_square"]), int(found["wordings"])
        except (ValueError, KeyError, OSError, EOFError, TypeError, zipfile.BadZipFile) as error:
            raise IndexFileError(str(error)) from error
        return cls(**found)


def places_of(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places of several runs of neighbours, one run after the other, by where each starts and how long it is."""
    places: NDArray[np.int64] = (starts + lengths - lengths.cumsum()).repeat(lengths)
    places += np.arange(len(places))
    return places


def pair_keys(units: Sequence[int | None]) -> list[int]:
    """Return the keys of the pairs of some units, each once and in order, so that they are quickly found.

    A None is a unit that nobody knows, and stands in no pair. Neighbours are a pair in their order, the beginning and
    the end being units too; any two units up to `WINDOW` distinct ones apart are a pair in any order.
    """
    beside = pairwise((START, *units, END))
    ordered = {(one << UNIT_BITS | two) << 1 | 1 for one, two in beside if one is not None and two is not None}
    some = [unit for unit in dict.fromkeys(units) if unit is not None]
    if len(some) <= WINDOW + 1:  # none is too far from another, as in nearly every message
        near = [one << UNIT_BITS + 1 | two << 1 for one, two in combinations(sorted(some), 2)]
    else:
        near = [
            (one << UNIT_BITS | two if one < two else two << UNIT_BITS | one) << 1
            for at, one in enumerate(some, 1)
            for two in some[at : at + WINDOW]
        ]
    return sorted([*near, *ordered])
