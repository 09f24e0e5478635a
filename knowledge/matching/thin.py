"""Facts with few wordings, found by all that is written of them: what few wordings teach is drowned by the many of the moves.

What is learned tells classes apart by what each of many wordings holds. A fact with a handful has little to be told
apart by, so what it says, what its passages say, and who it is about count as text beside its wordings. A word counts
by how few of the case's facts have it: the case's own words weigh most, those that every question has hardly at all. A
fact with wordings enough is left to what was learned, and so is a case by the share of such facts in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray

from knowledge.case.model import Case, Fact
from knowledge.language.english import Language
from knowledge.language.reading import Reader
from knowledge.matching.index import Index
from knowledge.matching.search import MOVE

ENOUGH = 12
"""Wordings from which on a fact is found by what was learned alone."""
TOLD = 0.6
"""What a word counts that stands only in what is told with a fact, beside one of its wordings."""
SHARE = 1.2
"""What a question all of which stands in a fact adds to what was learned of it."""
DROWNING = 0.2
"""What it takes from every move."""
KIND = "?"
"""What a kind of answer begins with, among the units."""
ALIKE = {"count": "number", "time": "date"}
"""Kinds of answer that are asked for in much the same words as others."""
KINDS = 0.4
"""What a kind of answer that is wanted counts beside a word that nobody else uses."""
SHARP = ("date", "time", "reason", "age", "duration", "place")
"""The kinds of answer for which nothing else will do."""
MISFIT = 0.2
"""What is left of a text where one of these is wanted, and the fact doesn't give it."""
LITTLE = 1.2
"""What is added to the weight of every question, in words that nobody else uses: of one that says little nothing stands anywhere."""


class Thin:
    """Says how much of a question stands in each fact that has few wordings."""

    def __init__(
        self, reader: Reader, texts: Mapping[str, tuple[frozenset[str], frozenset[str]]], thinness: float, index: Index
    ) -> None:
        """`texts` are the units of what each thin fact is asked and told by; `thinness` is their share of all facts, 0 to 1."""
        self._share, self._drowning = SHARE * thinness, DROWNING * thinness
        holders = Counter(unit for asked, told in texts.values() for unit in asked | told)
        place = {label: at for at, label in enumerate(index.classes)}
        self._reader = reader
        self._unknown = index.unknown
        self._own = {unit: float(np.log(1 + len(texts) / number)) for unit, number in holders.items()}
        self._most = float(np.log(1 + len(texts)))
        self._moves = np.array([label.startswith(MOVE) for label in index.classes], dtype=np.float64)
        self._columns: dict[str, list[tuple[int, float]]] = {}
        for id_, (asked, told) in texts.items():
            for unit in asked | told:
                self._columns.setdefault(unit, []).append((place[id_], 1.0 if unit in asked else TOLD))

    @classmethod
    def of(cls, case: Case, reader: Reader, index: Index) -> Self | None:
        """Return it for a case, None where every fact has wordings enough."""
        thin = few_wordings(case)
        texts = {
            fact.id: (
                _units(reader.language, fact.wordings) | _kinds(fact.gives),
                _units(reader.language, _told(case, fact)),
            )
            for fact in thin
        }
        return cls(reader, texts, len(thin) / len(case.facts), index) if thin else None

    def ranked(self, asked: Sequence[Sequence[str]], learned: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what was learned of some readings with what stands of them in thin facts."""
        text = np.array([self._held(words) for words in asked])
        most = text.max(axis=1, keepdims=True)
        found: NDArray[np.float64] = learned + self._share * text - self._drowning * most * self._moves
        return found

    def added(self, words: Sequence[str], place: int) -> float:
        """Return what stands of a question in a class adds to its score: to explain."""
        return self._share * float(self._held(words)[place])

    def _held(self, words: Sequence[str]) -> NDArray[np.float64]:
        """For each class how much of a question's weight it holds, 0 to 1; 0 for what isn't thin."""
        language = self._reader.language
        held = np.zeros(len(self._moves))
        wants = language.question(words).wants
        rarity = dict.fromkeys(_kinds(wants), KINDS)
        atoms = _atoms(language, words)
        for atom, (_, tells) in zip(atoms, self._reader.weighed(atoms, self._unknown), strict=True):
            rarity[language.forms(atom)[1]] = tells / self._unknown
        total = LITTLE * self._most
        for unit, rare in rarity.items():
            weight = rare * self._own.get(unit, self._most)
            total += weight
            for column, share in self._columns.get(unit, ()):
                held[column] += weight * share
        sharp = wants.intersection(SHARP)
        if sharp:
            giving = {column for kind in _kinds(sharp) for column, _ in self._columns.get(kind, ())}
            held *= np.array([1.0 if column in giving else MISFIT for column in range(len(held))])
        return held / total


def few_wordings(case: Case) -> list[Fact]:
    """Return the facts that are found by what is written of them as well: no class of many wordings is theirs."""
    return [fact for fact in case.facts.values() if len(fact.wordings) < ENOUGH]


def _told(case: Case, fact: Fact) -> Iterator[str]:
    """What is told with a fact: its title, its answer, its passages, the names of those whom it is about."""
    yield from (fact.title, fact.answer, fact.short)
    held = {id_: passage.quote for source in case.sources.values() for id_, passage in source.passages.items()}
    yield from (held[id_] for id_ in fact.passages if id_ in held)
    yield from (case.entities[id_].name for id_ in fact.about if id_ in case.entities)


def _units(language: Language, texts: Iterable[str]) -> frozenset[str]:
    """What the words of some texts count as: the heads of their groups."""
    return frozenset(language.forms(atom)[1] for text in texts for atom in _atoms(language, language.wording(text)))


def _atoms(language: Language, words: Sequence[str]) -> tuple[str, ...]:
    """The words, concepts and entities among some words."""
    return language.terms(words, lambda word: word).atoms


def _kinds(kinds: Iterable[str]) -> frozenset[str]:
    """The kinds of answer that are wanted or given, as units beside those of words."""
    return frozenset(KIND + ALIKE.get(kind, kind) for kind in kinds)
