"""What is left of a message that takes something up, without politeness around it: a label, or a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from knowledge.case.model import English

MOST_AROUND = 4
"""How many words of politeness are looked at on either side of a label."""
LONGEST = 12
"""The most words of a message that does nothing but choose a number: "ok yes please can i have the last one"."""
NOBODY = ("no", "one")
"""What begins as "no 1" does and is no number."""
DIGITS = 2
"""Digits of the longest number that a list is counted with."""


class Picking:
    """Reads what is picked, with the lists of the English layer."""

    def __init__(self, english: English) -> None:
        self._behind, self._ahead = english.words("polite-behind"), english.words("polite-ahead")
        self._wanting = sorted((tuple(text.split()) for text in english.lists["wanting"]), key=len, reverse=True)
        self._heads, self._tails = english.words("number-heads"), english.words("number-tails")
        self._cardinals = {word: value for value, word in enumerate(english.lists["cardinals"], 1)}
        self._ordinals = {word: value for value, word in enumerate(english.lists["ordinals"], 1)}
        self._letters = {word: value for value, word in enumerate(english.lists["letters"], 1)}
        self._pair = {word: value for value, word in enumerate(english.lists["of-two"], 1)}
        self._last = english.words("last")

    def readings(self, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Yield the words of a message, then with ever less of the number and politeness that stand around a label."""
        ahead = takewhile(lambda word: word in self._ahead or word.isdigit(), words[:MOST_AROUND])
        behind = takewhile((self._behind | self._tails).__contains__, words[: -MOST_AROUND - 1 : -1])
        before, after = sum(1 for _ in ahead), sum(1 for _ in behind)
        for start in range(before + 1):
            for end in range(len(words), len(words) - after - 1, -1):
                if start < end:
                    yield words[start:end]

    def number_in(self, words: tuple[str, ...], last: int) -> int:
        """Return the number, from 1, that a message consists of but for politeness, 0 where it is none.

        `last` is what "the last one" means.
        """
        if len(words) > LONGEST:
            return 0
        while words and words[-1] in self._behind:
            words = words[:-1]
        words = self._without_ahead(words)
        the = words[:1] == ("the",)
        rest = words[1:] if the else words
        if len(rest) > 1 and rest[0] in self._heads and rest != NOBODY:
            return self._counted(rest[1:])
        if len(rest) > 1 and rest[-1] in self._tails:
            rest, the = rest[:-1], True
        if not the and (found := self._counted(rest)):
            return found
        return self._ordered(rest, last)

    def _without_ahead(self, words: tuple[str, ...]) -> tuple[str, ...]:
        while words:
            wanting = next((one for one in self._wanting if words[: len(one)] == one), ())
            if not wanting and words[0] not in self._ahead:
                break
            words = words[len(wanting) or 1 :]
        return words

    def _counted(self, words: Sequence[str]) -> int:
        """A number in figures, in words, or a letter that stands for one."""
        if len(words) != 1:
            return 0
        (word,) = words
        if word.isdecimal() and len(word) <= DIGITS:
            return int(word)
        return self._cardinals.get(word) or self._letters.get(word, 0)

    def _ordered(self, words: Sequence[str], last: int) -> int:
        """A place in a row: "third", "3rd", "latter", "last"."""
        if len(words) != 1:
            return 0
        (word,) = words
        if word in self._last:
            return last
        figures = word[:-2] if word[-2:] in {"st", "nd", "rd", "th"} else ""
        if figures.isdecimal() and len(figures) <= DIGITS:
            return int(figures)
        return self._ordinals.get(word) or self._pair.get(word, 0)
