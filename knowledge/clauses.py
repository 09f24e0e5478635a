"""A message taken apart for care: what is said in it, without the politeness around it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from knowledge.question import sentences
from knowledge.text import tokenise

TURN = re.compile(r"\bbut\b", re.IGNORECASE)
"""What stands before it makes way for what matters: "sorry to bother you but ..."."""


class Manners:
    """Words said for manners' sake: greetings, thanks, apologies."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._opening = {tokenise(phrase) for phrase in phrases} - {()}
        self._closing = {phrase[::-1] for phrase in self._opening}
        self._longest = max(map(len, self._opening), default=0)

    def clauses(self, message: str) -> list[str]:
        """Return what follows a "but", the sentences, and last the whole of a message, each once and without its manners."""
        told = sentences(message)
        turned = [parts[-1] for parts in map(TURN.split, told) if len(parts) > 1]
        said = list(filter(None, map(self.without, told)))
        found = {tokenise(clause): clause for clause in (*map(self.without, turned), *said, ". ".join(said))}
        return list(filter(None, found.values()))

    def without(self, sentence: str) -> str:
        """Return the words of a sentence without the manners that it begins and ends with."""
        words = list(tokenise(sentence))
        while cut := self._length(words, self._opening):
            del words[:cut]
        while cut := self._length(words[::-1], self._closing):
            del words[-cut:]
        return " ".join(words) + "?" * (bool(words) and sentence.rstrip().endswith("?"))

    def _length(self, words: Sequence[str], phrases: Collection[tuple[str, ...]]) -> int:
        """The words of the longest phrase that words begin with, 0 where they begin with none."""
        longest = min(self._longest, len(words))
        return next((length for length in range(longest, 0, -1) if tuple(words[:length]) in phrases), 0)
