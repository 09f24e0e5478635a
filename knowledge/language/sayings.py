"""What people say in other words, said plainly: "had a go at stopping him" is "tried stopping him"."""

from __future__ import annotations

from knowledge.language.english import Language
from knowledge.language.text import Phrases


class Sayings:
    """Says the `sayings` of the English layer plainly. Words that name somebody stay as they are, but within a longer saying."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._plain = {
            language.wording(saying): language.wording(plain) for saying, plain in language.english.sayings.items()
        }
        self._phrases = Phrases(self._plain)
        polar = language.english.polar
        self._figures = {
            figure: (word, frozenset(polar.get(name, ())))
            for figure, word, name in (("2", "to", "to-figure"), ("4", "for", "for-figure"))
        }

    def plainly(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return the words with each saying, the longest first, in plain ones, and figures that stand for words as these."""
        if not self._figures.keys().isdisjoint(words):
            words = tuple(self._spelt(word, behind) for word, behind in zip(words, (*words[1:], ""), strict=True))
        if not self._phrases.begin(words):
            return words
        names = [(start, end) for _, start, end in self._language.mentions(words)]
        found: list[str] = []
        at = 0
        while at < len(words):
            length = self._phrases.opening(words, at)
            inside = (
                at <= start and end <= at + length and end - start < length
                for start, end in names
                if start < at + length and at < end
            )
            if length and all(inside):
                found += self._plain[words[at : at + length]]
                at += length
            else:
                found.append(words[at])
                at += 1
        return tuple(found)

    def _spelt(self, word: str, behind: str) -> str:
        """A figure as the word that it stands for before another one: "out 4 him"."""
        spelt, before = self._figures.get(word, (word, frozenset[str]()))
        return spelt if behind in before else word
