"""A message read once: its words as typed and as mended, and what each is worth by what was learned."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from knowledge.language.english import ENTITY, Language, Terms
from knowledge.language.spelling import Repair, Speller
from knowledge.language.text import Token, tokens


class Vocabulary(NamedTuple):
    """The words that the wordings and the layer hold.

    `counts`: how many wordings hold each. `units`: what each counts as in a pair. `idf`: what each tells, its inverse
    document frequency in nats, for those that a wording holds.
    """

    counts: Mapping[str, int]
    units: Mapping[str, str]
    idf: Mapping[str, float]


class Word(NamedTuple):
    """One word of a message as taken. `typed` is what was typed for it, `mark` the sign behind it.

    `known` says whether the vocabulary holds it. `written` is what somebody wrote but for a slip of the hand, which may
    be several words, or none where the word before says it: another letter makes another word too easily ("hailed" for
    "bailed") where every word counts.
    """

    text: str
    typed: str
    mark: str = ""
    known: bool = True
    written: str = ""


class Reading(NamedTuple):
    """A message read: `tokens` as typed, `words` as taken, short forms written out."""

    tokens: tuple[Token, ...]
    words: tuple[Word, ...]

    @property
    def typed(self) -> tuple[str, ...]:
        """Return the plain words as they were typed."""
        return tuple(token.word for token in self.tokens)

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the words as taken."""
        return texts(self.words)


def texts(words: Sequence[Word]) -> tuple[str, ...]:
    """Return the words as taken."""
    return tuple([word.text for word in words])


class Reader:
    """Reads messages with the vocabulary that was learned."""

    def __init__(self, language: Language, vocabulary: Vocabulary, *sought: Container[str]) -> None:
        """`sought` are words that somebody looks for as they are typed: they are never mended either."""
        self.language = language
        self._sought = sought
        self._idf, self._unit = vocabulary.idf, vocabulary.units
        self._counts = {word: count for word, count in vocabulary.counts.items() if word[0] != ENTITY}
        self._speller = Speller(self._counts, self, self._form)

    def read(self, message: str) -> Reading:
        """Read a message: the one place where its characters are looked at, and its words mended."""
        typed = tokens(message)
        words: list[Word] = []
        at = 0
        for repair in self._speller.repair_all([token.word for token in typed]):
            words.extend(self._taken(typed[at : at + repair.taken], repair))
            at += repair.taken
        return Reading(typed, tuple(words))

    def _taken(self, typed: Sequence[Token], repair: Repair) -> Iterable[Word]:
        _, word, mark = typed[0]
        if repair.words == (word,) and not self.language.is_short(word):
            return (Word(word, word, mark, repair.known, word),)  # as most words are
        parts = [part for word in repair.words for part in self.language.written_out(word)]
        words = _taken(typed, parts, known=repair.known)
        if _is_slip(" ".join(token.word for token in typed), repair):
            return words
        written = " ".join(part for token in typed for part in self.language.written_out(token.word))
        return (word._replace(written="" if nth else written) for nth, word in enumerate(words))

    def __contains__(self, word: object) -> bool:
        """Tell whether a word is right as it stands, though no wording may hold it."""
        return word in self.language.english.common or any(word in words for words in self._sought)

    def knows(self, word: str) -> bool:
        """Tell whether a plain word is one of the vocabulary or of the language."""
        return word in self._counts or word in self.language.english.common

    @cached_property
    def _by_unit(self) -> Mapping[str, str]:
        """A known word for each unit: the plainest form, the most used."""
        order = sorted(self._counts, key=lambda word: (word.startswith(self._unit[word]), self._counts[word], word))
        return {self._unit[word]: word for word in order}

    def _form(self, word: str) -> str:
        return self._by_unit.get(self.language.stem(word), "")

    def terms(self, words: Sequence[str]) -> Terms:
        """Return what is counted of some words of a reading; a word that is not known has no unit that is."""
        return self.language.terms(words, self.unit)

    def unit(self, word: str) -> str:
        """Return what a word counts as in a pair; one that is not known counts as itself."""
        return self._unit.get(word, word)

    def weighed(self, words: Iterable[str], unknown: float) -> list[tuple[str, float]]:
        """Return what each word counts as in a pair, with what it tells, in nats; one that is not known tells `unknown`."""
        idf, unit = self._idf, self._unit
        return [(unit.get(word, word), idf.get(word, unknown)) for word in words]

    def weights(self, words: Iterable[str]) -> list[float]:
        """Return what each of some words tells, in nats: its inverse document frequency. One that is not known is left out."""
        return [idf for idf in map(self._idf.get, words) if idf is not None]


def as_read(text: str, language: Language) -> tuple[Word, ...]:
    """Return a curated text as the words of a reading, every one right as it stands."""
    return tuple(word for token in tokens(text) for word in _taken((token,), language.written_out(token.word)))


def _taken(typed: Sequence[Token], parts: Sequence[str], *, known: bool = True) -> Iterator[Word]:
    """Yield the words that stand for what was typed, the sign behind it behind the last of them."""
    said = " ".join(token.word for token in typed)
    for nth, part in enumerate(parts, 1):
        yield Word(part, said, typed[-1].mark if nth == len(parts) else "", known, part)


def _is_slip(typed: str, repair: Repair) -> bool:
    """Whether a word stands as it was typed, or with a letter too many, too few, or swapped mended, or parted or joined."""
    if repair.words == (typed,) or len(repair.words) > 1 or " " in typed:
        return True
    word = repair.words[0]
    return repair.edits == 1 and (len(word) != len(typed) or sorted(word) == sorted(typed))
