"""Learning which words and pairs speak for which class.

A linear support vector machine with squared hinge loss for every class, on rows of length 1: its own wordings are to
score 1 or more, all others 0 or less. It is solved by dual coordinate ascent (Hsieh and others, "A Dual Coordinate
Descent Method for Large-scale Linear SVM", ICML 2008), every class at once. The same wordings give the same index in
whatever order they come.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.language.english import Terms
from knowledge.matching.counts import RARE, Counted, count, pair_squares
from knowledge.matching.index import END, Index
from knowledge.matching.search import ANY, CALM, CONCERN, REJOINDER
from knowledge.matching.sureness import PRIOR

RIDGE = 0.25
"""The penalty, in units of a row's squared length."""
PASSES = 3
"""Times that every wording is seen: the first and the last time for every class, else for those that it speaks against."""
LEAST = 0.08
"""Weights nearer to zero than this are left out of a row. Twice as much loses half a point of first places."""
SAMPLE = 4_000
"""Wordings that are asked, as if they had never been written, to learn how sure a candidate is."""
BLOCK = 160_000_000
"""Weights learned at once at the most, so that memory stays under a gigabyte however many the classes."""
SOME = 1 << 14
"""Pairs whose rows are made at once."""

Forms = Callable[[str], tuple[str, str]]
"""What a word counts as: its stem, and the unit that stands for it in a pair."""


class Example(NamedTuple):
    """One wording of a class, as read."""

    label: str
    terms: Terms


def learn(
    examples: Iterable[Example], forms: Forms, layer: Iterable[str]
) -> tuple[Index, dict[Example, NDArray[np.float32]]]:
    """Learn an index, and with it the dual values of some of the examples: what each adds to its own scores.

    `layer` are words that no wording need hold. How sure a candidate is isn't learned here.
    """
    # Mixed by what they say, not by their place, so that one more wording moves no other.
    ordered = sorted(set(examples), key=lambda example: (_mixed(example), example))
    wide = {example.label: _wide(example.label) for example in ordered}
    classes = tuple(sorted({*wide, *filter(None, wide.values())}))
    readings = [example.terms for example in ordered]
    vocabulary = sorted({atom for reading in readings for atom in reading.atoms} | set(layer))
    made = [forms(word) for word in vocabulary]
    units = ("^", "$", *sorted({unit for _, unit in made} | {unit for reading in readings for unit in reading.units}))
    place = {unit: at for at, unit in enumerate(units) if at > END}
    counted = count(readings, [_is_heard(example.label) for example in ordered], vocabulary, made, place)
    label = {name: at for at, name in enumerate(classes)}
    targets = [(label[example.label], label.get(wide[example.label], -1)) for example in ordered]
    starts, columns, values, duals = _solve(counted, np.array(targets), len(classes))
    squares = [float(counted.squares[cells].sum()) for cells in counted.words]
    held = dict.fromkeys(vocabulary, 0)
    for reading in readings:
        for atom in reading.atoms:
            held[atom] += 1
    index = Index(
        classes=classes,
        words=tuple(vocabulary),
        units=units,
        unit_of=np.array([place[unit] for _, unit in made], dtype=np.int32),
        counts=np.array([held[word] for word in vocabulary], dtype=np.int32),
        idf=counted.idf.astype(np.float32),
        pairs=counted.pairs,
        starts=starts,
        columns=columns,
        values=values.astype(np.float16).astype(np.float32),  # as they are kept, so that every start answers alike
        squares=np.array([*squares, *counted.squares[-len(counted.pairs) or len(counted.squares) :]], dtype=np.float32),
        rare_square=float(pair_squares(np.array([RARE]), len(readings))[0]),
        wordings=len(readings),
        sureness=np.array(PRIOR),
    )
    return index, dict(zip(ordered, duals, strict=False))


def _wide(label: str) -> str:
    """The class of all concerns, which a wording of one of them is of as well; empty for any other wording."""
    return CONCERN + ANY if label.startswith(CONCERN) and label != CONCERN + CALM else ""


def _is_heard(label: str) -> bool:
    """Whether a wording is one that care hears, of a concern or of the contacts that were given."""
    return label.startswith((CONCERN, REJOINDER))


def _mixed(example: Example) -> bytes:
    return hashlib.blake2b(repr(example).encode(), digest_size=8).digest()


def _solve(
    counted: Counted, targets: NDArray[np.int64], classes: int
) -> tuple[NDArray[np.int64], NDArray[np.uint16], NDArray[np.float32], NDArray[np.float32]]:
    """Learn the classes block by block; return the sparse rows of words and pairs, and the first wordings' dual values."""
    several = np.flatnonzero(counted.holders > 1)
    column = np.full(len(counted.holders), -1)
    column[several] = np.arange(len(several))
    lengths = np.sqrt([counted.squares.take(row).sum() or 1.0 for row in counted.rows])
    width = max(1, min(classes, BLOCK // (len(several) + len(targets) + 1)))
    blocks, some_duals = [], []
    for first in range(0, classes, width):
        last = min(classes, first + width)
        inside = np.where((targets >= first) & (targets < last), targets - first, -1)
        weights, duals = _ascend(counted, column, lengths, inside, last - first)
        some_duals.append(duals[:SAMPLE].copy())
        blocks.append(_rows(counted, column, lengths, weights, duals, first))
    rows, columns, values = (np.concatenate(some) for some in zip(*blocks, strict=True))
    order = np.lexsort((columns, rows))
    count = len(counted.words) + len(counted.pairs)
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=count))])
    kept = columns[order].astype(np.uint16), values[order].astype(np.float32)
    return starts.astype(np.int64), *kept, np.concatenate(some_duals, axis=1)


def _ascend(
    counted: Counted,
    column: NDArray[np.int64],
    lengths: NDArray[np.float64],
    targets: NDArray[np.int64],
    width: int,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the weights of the cells that several wordings hold, and each wording's dual values.

    A cell that one wording alone holds needs no weights: what it adds to that wording's scores is in proportion to the
    wording's own dual values.
    """
    weights = np.zeros((int(column.max(initial=-1)) + 1, width), dtype=np.float32)
    flat = weights.ravel()
    duals = np.zeros((len(counted.rows), width), dtype=np.float32)
    roots = np.sqrt(counted.squares)
    cells, held, keep = [], [], []
    step = 1 / (1 + RIDGE)
    for row, length in zip(counted.rows, lengths, strict=True):
        shared = row[column[row] >= 0]
        scaled = roots[shared] / length
        cells.append(column[shared])
        held.append(scaled.astype(np.float32))
        keep.append(1 - step * (RIDGE + 1 - float(scaled @ scaled)))
    own, wide = np.eye(width + 1, dtype=bool)[targets.T, :width]
    most = max(map(len, cells), default=0)
    speaking, adding = np.empty((2, most, width), dtype=np.float32)
    for turn in range(PASSES):
        is_every = turn in {0, PASSES - 1}
        for rows, scaled, kept, dual, is_own in zip(cells, held, keep, duals, own | wide, strict=True):
            if is_every:
                here, before, wanted = rows, dual, is_own
                said = weights.take(here, axis=0, out=speaking[: len(rows)], mode="clip")
            else:
                classes = np.flatnonzero(is_own | (dual != 0))
                here, before, wanted = rows[:, None] * width + classes, dual[classes], is_own[classes]
                said = flat.take(here)
            moved = kept * before - step * (scaled @ said)
            moved = np.where(wanted, np.maximum(0, moved + step), np.minimum(0, moved))
            said += np.multiply(scaled[:, None], moved - before, out=adding[: len(rows)] if is_every else None)
            if is_every:
                weights[here] = said
                dual[:] = moved
            else:
                flat[here] = said
                dual[classes] = moved
    return weights, duals


def _rows(  # noqa: PLR0913 - what the ascent left, and where it stands
    counted: Counted,
    column: NDArray[np.int64],
    lengths: NDArray[np.float64],
    weights: NDArray[np.float32],
    duals: NDArray[np.float32],
    first: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """The weights of words and pairs that are far enough from zero, as row, class and value."""
    holder = np.zeros(len(counted.holders), dtype=np.int64)
    for at, row in enumerate(counted.rows):
        holder[row] = at

    def values(cells: NDArray[np.int64]) -> NDArray[np.float32]:
        made = np.sqrt(counted.squares[cells])[:, None] * weights[np.maximum(column[cells], 0)]
        alone = column[cells] < 0
        one = cells[alone]
        made[alone] = (counted.squares[one] / lengths[holder[one]])[:, None] * duals[holder[one]]
        return np.asarray(made, dtype=np.float32)

    found = []
    for word, cells in enumerate(counted.words):
        total = values(cells).sum(axis=0)
        far = np.flatnonzero(np.abs(total) >= LEAST)
        found.append((np.full(len(far), word), far + first, total[far]))
    pairs = np.arange(len(counted.holders) - len(counted.pairs), len(counted.holders))
    for at in range(0, len(pairs), SOME):
        made = values(pairs[at : at + SOME])
        rows, kept = np.nonzero(np.abs(made) >= LEAST)
        found.append((rows + at + len(counted.words), kept + first, made[rows, kept]))
    one, two, three = (np.concatenate(some) for some in zip(*found, strict=True))
    return one, two, three
