"""Questions that take something for granted and ask behind it: "he was found where", "that car, whose is it", "the day she died"."""

from __future__ import annotations

from itertools import pairwise

from knowledge.case.general import English
from knowledge.language.questions import Splitter, Words
from knowledge.language.reading import texts
from knowledge.language.text import COMMA

MOST = 3
"""How many words ask at the end of a question at most: "it was what colour car"."""


class AskingBehind:
    """Tells where a question asks that begins as a statement does."""

    def __init__(
        self, english: English, splitter: Splitter, asking: frozenset[str], auxiliaries: frozenset[str]
    ) -> None:
        """`asking` are the words that ask for what isn't said, `auxiliaries` those that begin what wants yes or no."""
        self._splitter = splitter
        self._asking, self._auxiliaries = asking, auxiliaries
        self._one_of, self._subjects, self._articles = map(english.words, ("asking-of", "subjects", "articles"))
        self._dating = frozenset(english.dates["dating"])

    def asks(self, said: Words) -> bool:
        """Tell whether a question does so."""
        said = self._splitter.untagged(self._splitter.unfilled(said))
        return self.asks_after_pause(said) or bool(self._asked(texts(said)))

    def asks_after_pause(self, said: Words) -> bool:
        """Tell whether a question begins behind a pause: "that car, whose is it"."""
        return any(word.mark == COMMA and behind.text in self._asking for word, behind in pairwise(said))

    def asked_first(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return words with the one that asks behind them before them, nothing where all of them ask."""
        many = self._asked(words)
        rest = words[: len(words) - many]
        return (words[-many], *rest) if many and rest else rest

    def _asked(self, words: tuple[str, ...]) -> int:
        """How many of the words ask, at the end: all of "the day she died", none of what begins as a question does."""
        if not words or words[0] in self._auxiliaries | self._asking:
            return 0
        if words[-1] in self._asking:
            return 1
        head = words[words[0] in self._articles :][:2]
        if len(head) > 1 and head[0] in self._dating and head[1] in self._subjects:
            return len(words)
        for many in range(2, min(len(words), MOST + 1)):
            if words[-many] in self._one_of:
                return 0 if words[1 - many] in self._subjects | self._auxiliaries else many
        return 0
