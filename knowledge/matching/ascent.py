"""Learning which words and pairs speak for which class.

A linear support vector machine with squared hinge loss for every class, on rows of length 1: its own wordings are to
score 1 or more, all others 0 or less. It is solved by dual coordinate ascent (Hsieh and others, "A Dual Coordinate
Descent Method for Large-scale Linear SVM", ICML 2008), every class at once. The same wordings give the same index in
whatever order they come.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.language.english import Terms
from knowledge.matching.index import END, START, UNIT_BITS, WINDOW, Index, places_of
from knowledge.matching.search import ANY, CALM, CONCERN, REJOINDER
from knowledge.matching.sureness import PRIOR

GRAM = 4
"""Letters in the groups by which word forms resemble one another. Three or five as well say no more."""
GRAM_WEIGHT = 0.5
PAIR_WEIGHT = 0.75
"""What a letter group and a pair weigh beside a word, which weighs 1."""
RARE = 3
"""Pairs held less often weigh as if they were held so often: one wording's chance neighbours say little."""
SELDOM = 20_000
"""Pairs are left out that messages of no fact alone hold, fewer than one wording in so many: of 57,000 wordings that is
half of all pairs, and nothing is heard worse without."""
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


class _Counted(NamedTuple):
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
    counted = _count(readings, [_is_heard(example.label) for example in ordered], vocabulary, made, place)
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
        rare_square=float(_pair_squares(np.array([RARE]), len(readings))[0]),
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


def features(word: str, stem: str, unit: str) -> dict[str, float]:
    """Return the features of one word and their weights, 0 to 1: its stem, its unit, and its letter groups."""
    found = {stem: 1.0, unit: 1.0}
    if word[0] != "@":
        marked = f"<{word}>"
        for at in range(len(marked) - GRAM + 1):
            found[f"{GRAM}{marked[at : at + GRAM]}"] = GRAM_WEIGHT
    return found


def _count(
    readings: Sequence[Terms],
    heard: Sequence[bool],
    vocabulary: Sequence[str],
    forms: Sequence[tuple[str, str]],
    place: dict[str, int],
) -> _Counted:
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
    return _Counted(
        tuple(vocabulary), words, word_idf, pairs, rows,
        np.concatenate([squares, _pair_squares(of_pair, total)]), np.concatenate([holders, of_pair]),
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


def _pair_squares(held: NDArray[np.int64], total: int) -> NDArray[np.float64]:
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


def _solve(
    counted: _Counted, targets: NDArray[np.int64], classes: int
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
    counted: _Counted,
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
    counted: _Counted,
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
