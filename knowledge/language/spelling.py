"""Repair of words that the vocabulary doesn't know, and of no others.

The distance is optimal string alignment (Damerau-Levenshtein without overlapping edits): an insertion, a deletion, a
substitution or a swap of neighbours counts one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

LEAST_LETTERS = 3
"""Shorter words are left as they are: nearly any two are one edit apart."""
TWO_EDITS_FROM = 6
"""Letters from which two edits may be repaired."""
MOST_PARTS = 5
"""Words at most that are found run together in one."""
LONGEST = 40
"""Letters beyond which a word is not looked at: nobody's name is longer."""
MOST_SOUGHT = 40
"""Unknown words of one message that are looked for among the known ones; no person misspells more in a row."""
BOTH_ENDS = 4
"""Letters from which one edit leaves the first two or the last two alone."""
# A letter held down ("whyyyy") is emphasis.
_HELD = re.compile(r"([^\W\d_])\1{2,}")
_ALONE = frozenset("ai")


class Repair(NamedTuple):
    """The place of a typed word, the known words that stand for it (itself where nothing does), and the edits, 0 to 2.

    `taken` is how many typed words it stands for: two where a stray space had cut one in half.
    """

    words: tuple[str, ...]
    known: bool
    edits: int = 0
    taken: int = 1


class Speller:
    """Finds the nearest known word.

    Only words that share the first two or the last two letters are compared, which a few edits nearly always leave.
    `counts` maps each known word to how often the wordings use it (more is likelier); `correct` are right words of the
    language that they don't use: they are never repaired, and stand only for another form of the same word ("killings"
    for "killing"), which `form` gives, or nothing.
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        correct: Container[str] = frozenset(),
        form: Callable[[str], str] = lambda _: "",
    ) -> None:
        self._counts = counts
        self._correct = correct
        self._form = form
        self._untouched: dict[str, Repair] = {}

    @cached_property
    def _by_edge(self) -> Mapping[str, Sequence[str]]:
        """Known words by their first two and their last two letters, and the short ones by their length."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._counts:
            if len(word) >= LEAST_LETTERS and not word[0].isdigit():
                for edge in _edges(word):
                    found[edge].append(word)
                if len(word) <= BOTH_ENDS:
                    found[f"{len(word)}"].append(word)
        return found

    def repair_all(self, typed: Sequence[str]) -> list[Repair]:
        """Repair each word of a message; two words that a stray space made of one known word are joined first."""
        repairs: list[Repair] = []
        at = sought = 0
        while at < len(typed):
            repair = self._kept(typed[at])
            following = typed[at + 1] if at + 1 < len(typed) else ""
            if following and (not repair.known or following not in self._counts) and self._joins(typed[at], following):
                repair = Repair((typed[at] + following,), known=True, edits=1, taken=2)
            elif not repair.known and typed[at] not in self._correct and sought < MOST_SOUGHT:
                sought += 1
                repair = self._repaired(typed[at])
            repairs.append(repair)
            at += repair.taken
        return repairs

    def _kept(self, typed: str) -> Repair:
        """A known word as it is, a right one as its known form, any other as not known."""
        found = self._untouched.get(typed)
        if found is None:
            known = typed in self._counts
            form = typed if known else self._form(typed) if typed in self._correct else ""
            found = Repair((form or typed,), known=bool(form))
            if known or typed in self._correct:
                self._untouched[typed] = found
        return found

    def _joins(self, first: str, second: str) -> bool:
        return first + second in self._counts and not (first in self._counts and second in self._counts)

    def _repaired(self, typed: str) -> Repair:
        """The repair of a word that is neither known nor right."""
        if not LEAST_LETTERS <= len(typed) <= LONGEST or typed[0].isdigit():
            return Repair((typed,), known=False)
        if _HELD.search(typed):
            for calm in (_HELD.sub(r"\1\1", typed), _HELD.sub(r"\1", typed)):
                if calm in self._counts:
                    return Repair((calm,), known=True, edits=1)
        edits, found = self._nearest(typed)
        if found:
            return Repair((self._likeliest(typed, found),), known=True, edits=edits)
        parts = self._split(typed)
        return Repair(parts or (typed,), known=bool(parts), edits=1 if parts else 0)

    def _nearest(self, typed: str) -> tuple[int, Sequence[str]]:
        """The edits to the nearest known words, and those words."""
        keys = [*_edges(typed), *(str(len(typed) + more) for more in (-1, 0, 1) if len(typed) <= BOTH_ENDS)]
        near = [word for key in keys for word in self._by_edge.get(key, ())]
        for edits in (1, 2) if len(typed) >= TWO_EDITS_FROM else (1,):
            found = process.extract(typed, near, scorer=OSA.distance, score_cutoff=edits, limit=None)
            if found:
                return edits, list(dict.fromkeys(word for word, _, _ in found))
        return 0, ()

    def _likeliest(self, typed: str, words: Sequence[str]) -> str:
        """Of equally near words one of the same letters, then of the same first one, then the most used, then by alphabet."""
        letters = sorted(typed)
        return min(words, key=lambda word: (sorted(word) != letters, word[0] != typed[0], -self._counts[word], word))

    def _split(self, typed: str) -> tuple[str, ...]:
        """The fewest known words, at most `MOST_PARTS`, that were run together; of as few, the longest first word."""
        best: list[tuple[str, ...] | None] = [None] * len(typed) + [()]
        for start in range(len(typed) - 1, -1, -1):
            for end in range(len(typed), start, -1):
                rest = best[end]
                if rest is not None and self._stands(typed[start:end]):
                    so_far = best[start]
                    if so_far is None or len(rest) + 1 < len(so_far):
                        best[start] = (typed[start:end], *rest)
        split = best[0] or ()
        return split if len(split) <= MOST_PARTS else ()

    def _stands(self, word: str) -> bool:
        return word in self._counts and (len(word) > 1 or word in _ALONE)


def _edges(word: str) -> tuple[str, str]:
    """The first and the last two letters, as keys that cannot be mistaken for each other."""
    return f"^{word[:2]}", f"{word[-2:]}$"
