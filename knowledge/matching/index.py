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
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from knowledge.language.reading import Terms, Vocabulary

WINDOW = 12
"""Pairs join units at most this many places apart, so that a long message costs no more than its length."""
START, END = 0, 1
"""What stands before the first unit of a reading and after the last one, as places among the units."""
UNIT_BITS = 24
"""A unit's place among the units takes at most this many bits of a pair's key."""
KEY_BITS = 2 * UNIT_BITS + 1
"""The bits of a pair's key: its units, and whether their order counts."""
MOST_AT_ONCE = 1 << 63 - KEY_BITS
"""Sequences whose pairs are found at once: the number of one and a key are one integer."""


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
    `idf` its inverse document frequency in nats, 0.0 for a word of the language's layer that no wording holds.
    `pairs` are sorted keys, see `pair_keys`. Row `n` of the words, and row `len(words) + n` of the pairs, is
    `columns[starts[n]:starts[n + 1]]` with as many `values`; `squares` is what it adds to the square of a reading's
    length, `rare_square` what a pair of known units adds that no wording holds. `wordings` is how many were learned from.
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

    @cached_property
    def _row(self) -> dict[str, int]:
        return {word: row for row, word in enumerate(self.words)}

    @cached_property
    def _place(self) -> dict[str, int]:
        return {unit: place for place, unit in enumerate(self.units)}

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
        starts = self.starts[rows]
        lengths = self.starts[rows + 1] - starts
        taken = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
        taken += np.arange(len(taken))
        cells = np.repeat(owners * width, lengths)
        cells += self.columns[taken]
        sums = np.bincount(cells, self.values[taken], minlength=len(readings) * width).reshape(len(readings), width)
        return Scores(self.classes, sums / np.sqrt(np.where(squares > 0, squares, 1.0))[:, None])

    def parts(self, reading: Terms, name: str) -> tuple[tuple[str, float], ...]:
        """Return what each word and pair of a reading added to one class's score, the weightiest first: to explain."""
        rows, _, squares = self._rows([reading])
        column = self.classes.index(name)
        added = []
        for row in rows.tolist():
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
        """The rows that the readings hold, the reading that each belongs to, and the square of each reading's length."""
        words = [[row for atom in reading.atoms if (row := self._row.get(atom)) is not None] for reading in readings]
        wanted, holder = pair_keys([[self._place.get(unit) for unit in reading.units] for reading in readings])
        places = np.searchsorted(self.pairs, wanted)
        known = places < len(self.pairs)
        known[known] = self.pairs[places[known]] == wanted[known]
        rows = np.concatenate(
            [np.array([row for some in words for row in some], dtype=np.int64), len(self.words) + places[known]]
        )
        owners = np.concatenate([np.repeat(np.arange(len(readings)), [len(some) for some in words]), holder[known]])
        held = np.bincount(owners, self.squares[rows], minlength=len(readings)).astype(np.float64)
        squares = held + self.rare_square * np.bincount(holder[~known], minlength=len(readings))
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


def pair_keys(sequences: Sequence[Sequence[int | None]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the keys of the pairs of some sequences of units, each once a sequence, and the place of its sequence.

    A None is a unit that nobody knows, and stands in no pair. Neighbours are a pair in their order, the beginning and the
    end being units too; any two units up to `WINDOW` distinct ones apart are a pair in any order. At most `MOST_AT_ONCE`
    sequences.
    """
    ordered, first = _neighbours(sequences)
    near, second = _near([[unit for unit in dict.fromkeys(units) if unit is not None] for units in sequences])
    return np.concatenate([ordered, near]), np.concatenate([first, second])


def _neighbours(sequences: Sequence[Sequence[int | None]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    units = [-1 if unit is None else unit for some in sequences for unit in (START, *some, END)]
    flat = np.array(units, dtype=np.int64)
    holder = np.repeat(np.arange(len(sequences)), [len(some) + 2 for some in sequences])[:-1]
    one, other = flat[:-1], flat[1:]
    known = (one >= 0) & (other >= 0) & (one != END)
    keys = (one[known] << UNIT_BITS | other[known]) << 1 | 1
    once = np.unique(holder[known] << KEY_BITS | keys)
    return once & (1 << KEY_BITS) - 1, once >> KEY_BITS


def _near(sequences: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    flat = np.array([*(unit for some in sequences for unit in some), *[0] * WINDOW], dtype=np.int64)
    holder = np.repeat(np.arange(len(sequences) + 1), [*map(len, sequences), WINDOW])
    count = len(flat) - WINDOW
    other = np.arange(count)[:, None] + np.arange(1, WINDOW + 1)
    at, after = np.nonzero(holder[other] == holder[:count, None])
    one, two = flat[at], flat[at + after + 1]
    return (np.minimum(one, two) << UNIT_BITS | np.maximum(one, two)) << 1, holder[at]
