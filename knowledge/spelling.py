"""Repair of words that the vocabulary doesn't know, and of no others.

The distance is optimal string alignment (Damerau-Levenshtein without overlapping edits): an insertion, a deletion, a
substitution or a swap of neighbours counts one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.text import Stemmer

LEAST_LETTERS = 3
"""Shorter words are left as they are: nearly any two are one edit apart."""
TWO_EDITS_FROM = 6
"""Letters from which two edits may be repaired."""
MOST_PARTS = 5
"""Words at most that are found run together in one."""
FEW = 16
"""Words that are compared with all known ones, half a millisecond each, before the indexes are made, which takes forty."""
LONGEST = 40
"""Letters beyond which a word is not looked at: nobody's name is longer."""
MOST_SOUGHT = 150
"""Unknown words of one message that are looked for: somebody who misspells every third word writes as many different
ones in 4,096 characters. What has more is another language or noise, and mending it takes longer than answering it."""
# A letter held down ("whyyyy") is emphasis.
_HELD = re.compile(r"([^\W\d_])\1{2,}")
_ALONE = frozenset("ai")


class Repair(NamedTuple):
    """A word as typed, the known words that stand for it (itself where nothing does), and the edits between, 0 to 2."""

    typed: str
    words: tuple[str, ...]
    known: bool
    edits: int

    def plainly(self) -> tuple[str, ...]:
        """The words where only a slip of the hand was mended (a letter too many, too few, swapped); otherwise as typed.

        Another letter makes another word too easily ("hailed" for "bailed"), and so does another form of one.
        """
        if self.edits == 1 and (len(self.words) > 1 or " " in self.typed or self._slipped(self.words[0])):
            return self.words
        return tuple(self.typed.split())

    def _slipped(self, word: str) -> bool:
        return len(word) != len(self.typed) or sorted(word) == sorted(self.typed)


class Speller:
    """Finds the nearest known word through the letters that an edit leaves alone.

    Two words that are one edit apart are the same after leaving out a letter of one of them, or one of each (the
    symmetric deletion of Garbe's SymSpell, 2012). Two edits rarely touch both the first two and the last two letters
    of a word, so only the known words that share either are compared. `counts` maps each known word to how often the case uses it (more is likelier);
    `correct` are right words of the language that the case doesn't use: they are never repaired, and stand only for
    another form of the same word ("killings" for "killing"): `forms` makes a known word for each stem, when one is wanted.
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        correct: Container[str] = frozenset(),
        forms: Callable[[], Mapping[str, str]] = dict,
        stem: Stemmer = str,
    ) -> None:
        self._counts = counts
        self._correct = correct
        self._make_forms = forms
        self._stem = stem
        self._known: dict[str, Repair] = {}
        self._right: dict[str, Repair] = {}
        self._few = FEW
        self._sought: dict[str, Repair] | None = None

    @contextmanager
    def one_message(self) -> Iterator[None]:
        """Look for each unknown word once while a message is read, and for no more than `MOST_SOUGHT`; then forget them."""
        self._sought = {}
        try:
            yield
        finally:
            self._sought = None

    @cached_property
    def _by_deletion(self) -> Mapping[str, str]:
        """Known words, with spaces between, by themselves and by all but one of their letters."""
        found: dict[str, str] = {}
        for word in self._repairing:
            for rest in (word, *_deletions(word)):
                found[rest] = f"{found[rest]} {word}" if rest in found else word
        return found

    @cached_property
    def _by_edge(self) -> Mapping[str, Sequence[str]]:
        """Known words by the letters that two edits may leave."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._repairing:
            if len(word) >= TWO_EDITS_FROM - 2:
                for edge in _edges(word):
                    found[edge].append(word)
        return found

    @cached_property
    def _repairing(self) -> Sequence[str]:
        """The known words that may stand for a misspelt one."""
        return [word for word in self._counts if len(word) >= LEAST_LETTERS and not word[0].isdigit()]

    def knows(self, typed: str) -> bool:
        """Whether a word is left as it is."""
        return typed in self._counts or typed in self._correct

    def repair(self, typed: str) -> Repair:
        """Repair one word; a known or correct one comes back untouched."""
        known = self._untouched(typed) or self._right.get(typed)
        if known is not None:
            return known
        if typed in self._correct:
            return self._another_form(typed)
        sought = self._sought if self._sought is not None else {}
        if typed in sought:
            return sought[typed]
        if not LEAST_LETTERS <= len(typed) <= LONGEST or typed[0].isdigit() or len(sought) >= MOST_SOUGHT:
            return Repair(typed, (typed,), known=False, edits=0)
        found = sought[typed] = self._repaired(typed)
        return found

    def _untouched(self, typed: str) -> Repair | None:
        """A known word as it is, None for another. Kept, for most words of a question are of a few hundred."""
        found = self._known.get(typed)
        if found is None and typed in self._counts:
            found = self._known[typed] = Repair(typed, (typed,), known=True, edits=0)
        return found

    def _another_form(self, typed: str) -> Repair:
        """A right word that the case doesn't use, as the known form of it. Kept too: the language's list is closed."""
        form = self._forms.get(self._stem(typed))
        found = self._right[typed] = Repair(typed, (form or typed,), known=form is not None, edits=0)
        return found

    @cached_property
    def _forms(self) -> Mapping[str, str]:
        return self._make_forms()

    def _repaired(self, typed: str) -> Repair:
        """The repair of a word that is neither known nor right."""
        if _HELD.search(typed):
            for calm in (_HELD.sub(r"\1\1", typed), _HELD.sub(r"\1", typed)):
                if calm in self._counts:
                    return Repair(typed, (calm,), known=True, edits=0)
        edits, found = self._nearest(typed)
        if found:
            return Repair(typed, (self._likeliest(typed, found),), known=True, edits=edits)
        parts = self._split(typed)
        return Repair(typed, parts or (typed,), known=bool(parts), edits=1 if parts else 0)

    def repair_all(self, typed: Sequence[str]) -> list[Repair]:
        """Repair each word of a question; two words that a stray space made of one known word are joined first."""
        known = list(map(self._untouched, typed))
        if all(known):
            return [repair for repair in known if repair]
        repairs: list[Repair] = []
        skip = False
        for at, word in enumerate(typed):
            following = known[at + 1] if at + 1 < len(typed) else None
            if skip:
                skip = False
            elif (here := known[at]) and following:
                repairs.append(here)
            elif at + 1 < len(typed) and (joined := self.joins(word, typed[at + 1])):
                repairs.append(Repair(f"{word} {typed[at + 1]}", (joined,), known=True, edits=1))
                skip = True
            else:
                repairs.append(here or self.repair(word))
        return repairs

    def joins(self, first: str, second: str) -> str | None:
        """The known word that two words split by a stray space make together, if one of them is unknown."""
        joined = first + second
        if joined not in self._counts or (first in self._counts and second in self._counts):
            return None
        return joined

    def _nearest(self, typed: str) -> tuple[int, Sequence[str]]:
        """The edits to the nearest known words, and those words: by looking at all of them first, by the index later."""
        if self._few:
            self._few -= 1
            most = 2 if len(typed) >= TWO_EDITS_FROM else 1
            one = self._within(1, typed, self._repairing)
            two = [] if one or most == 1 else self._within(2, typed, self._repairing)
            edges = set(_edges(typed))
            return (1, one) if one else (2, [word for word in two if not edges.isdisjoint(_edges(word))])
        one = self._one_away(typed)
        if one or len(typed) < TWO_EDITS_FROM:
            return 1, one
        return 2, self._within(2, typed, [word for edge in _edges(typed) for word in self._by_edge.get(edge, ())])

    def _one_away(self, typed: str) -> list[str]:
        """The known words one edit away."""
        kept = self._by_deletion
        rests = [rest for rest in (typed, *_deletions(typed)) if rest in kept]
        words = {word for rest in rests for word in kept[rest].split()}
        return [word for word in words if OSA.distance(typed, word, score_cutoff=1) <= 1]

    def _within(self, limit: int, typed: str, choices: Sequence[str]) -> list[str]:
        found = process.extract(typed, choices, scorer=OSA.distance, score_cutoff=limit, limit=None)
        return [word for word, _, _ in found]

    def _likeliest(self, typed: str, words: Sequence[str]) -> str:
        """Of equally near words one of the same letters, then of the same first one, then the most used, then by alphabet."""
        if len(words) == 1:
            return words[0]
        counts, letters = self._counts, sorted(typed)
        return min(words, key=lambda word: (sorted(word) != letters, word[0] != typed[0], -counts[word], word))

    def _split(self, typed: str) -> tuple[str, ...] | None:
        """The fewest known words, at most `MOST_PARTS`, that were run together; of as few, the longest first word."""
        seen = {0}
        ends: dict[int, tuple[str, ...]] = {0: ()}
        for _ in range(MOST_PARTS):
            reached: dict[int, tuple[str, ...]] = {}
            for start, words in ends.items():
                for end in range(len(typed), start, -1):
                    if end not in seen and self._stands(typed[start:end]):
                        seen.add(end)
                        reached[end] = (*words, typed[start:end])
            if len(typed) in reached:
                return reached[len(typed)]
            ends = reached
        return None

    def _stands(self, word: str) -> bool:
        return word in self._counts and (len(word) > 1 or word in _ALONE)


def _edges(word: str) -> tuple[str, ...]:
    """The first and the last two letters, as keys that cannot be mistaken for each other: what two edits may leave."""
    return (f"^{word[:2]}", f"{word[-2:]}$")


def _deletions(word: str) -> list[str]:
    """The word without each of its letters in turn."""
    return [word[:at] + word[at + 1 :] for at in range(len(word))]
