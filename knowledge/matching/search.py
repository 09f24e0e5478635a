"""Readings ranked against a case: every class scored in one product, the best few compared with their own wordings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from knowledge.case.model import Case
from knowledge.language.reading import Reader
from knowledge.language.spelling import LONGEST
from knowledge.matching.index import Index

if TYPE_CHECKING:
    from knowledge.matching.thin import Thin

CANDIDATES = 8
"""How many classes a ranking holds at most."""
LEAST = 0.4
"""The share of the best candidate's score under which a class is no candidate: a bound on work."""
FAINT = 0.1
"""The share under which a class that a question only leans on is no candidate, by what is learned of both: a bound on work.
Of 13,389 replies, those of conversations among them, three tell another fact with it, and a sixth of the time is saved."""
FAR = 8
"""How many times as long as every wording of a class a text is that is like none of them."""
MOVE = "move:"
"""What the id of a move begins with, among the ids of facts."""
CONCERN = "concern:"
REJOINDER = "rejoinder:"
"""What the id of a concern begins with."""


CALM = "none"
"""The concern of messages about nothing that weighs on whoever writes."""
ANY = "any"
"""What every message of another concern is of besides."""


WRITTEN = "(what is written of it)"
"""What stands in the place of a word for what a fact's text adds to its score."""


class Wording(NamedTuple):
    """One way to ask for a fact, to make a move or to show a concern; `label` is its class."""

    label: str
    text: str


class Query(NamedTuple):
    """Words to be ranked."""

    words: tuple[str, ...]


class Row(NamedTuple):
    """A query scored.

    `learned`: for each class what was learned says, about -0.3 to 1.0. `coverage`: how much of its weight is known, 0 to
    1. `ranked`: what is learned, and what stands of it in facts that have few wordings; by this facts are found.
    `in_order`: its words as wordings are compared with them. `compared`: how like each class is that was compared so far,
    0 to 1, and its likest wording.
    """

    query: Query
    learned: NDArray[np.float64]
    coverage: float
    ranked: NDArray[np.float64]
    in_order: str
    compared: dict[str, tuple[float, str]]


NO_ROWS: Mapping[Query, Row] = MappingProxyType({})


class Candidate(NamedTuple):
    """A class with its score (0.0 to 1.0, higher is likelier), and its wording that is likest to the question.

    `learned` is what was learned says for it, by the share of the question that is known, and `likeness` how like that
    wording is: what the score is made of. `features` are what its probability is made of, where it has one for a score,
    and `near` what the conversation adds to its logit.
    """

    id: str
    score: float
    wording: str
    learned: float = 0.0
    likeness: float = 0.0
    features: tuple[float, ...] = ()
    near: float = 0.0


class _Choices(NamedTuple):
    """A class's wordings, each also with its words in order, and how many signs a question that is compared may have."""

    texts: Sequence[str]
    in_order: Sequence[str]
    longest: int


def moves_of(case: Case) -> frozenset[str]:
    """Return the ids of a case's moves, as they stand among those of facts."""
    return frozenset(MOVE + move for _, move in case.moves)


class Search:
    """Ranks the facts and moves of a case."""

    def __init__(
        self, wordings: Sequence[Wording], reader: Reader, index: Index, fuzzy: float, thin: Thin | None = None
    ) -> None:
        """`fuzzy` is the share of the score that the likest wording makes, 0.0 to 1.0; `thin` finds facts with few wordings."""
        self._thin = thin
        self._language = reader.language
        self._fuzzy = fuzzy
        self._reader = reader
        self._index = index
        self._unknown = index.unknown
        self._texts: dict[str, list[str]] = defaultdict(list)
        for wording in wordings:
            self._texts[wording.label].append(wording.text)
        self._choices: dict[str, _Choices] = {}
        self._competitors: dict[frozenset[str], NDArray[np.intp]] = {}
        self.place = {label: at for at, label in enumerate(index.classes)}

    def rows(self, queries: Sequence[Query]) -> list[Row]:
        """Score all queries in one product."""
        if not queries:
            return []
        read = [self._reader.terms(query.words) for query in queries]
        scores = self._index.scores(read).values
        ranked = scores if self._thin is None else self._thin.ranked([query.words for query in queries], scores)
        return [
            Row(query, learned, self._coverage(query.words), found, _in_order(query), {})
            for query, learned, found in zip(queries, scores, ranked, strict=True)
        ]

    def scored(self, queries: Iterable[Query], known: Mapping[Query, Row] = NO_ROWS) -> Mapping[Query, Row]:
        """Return the row of each query beside those that are `known`, all that are missing scored in one product."""
        wanted = [query for query in dict.fromkeys(queries) if query not in known]
        return {**known, **dict(zip(wanted, self.rows(wanted), strict=True))}

    def candidates(
        self, row: Row, without: frozenset[str] = frozenset(), also: frozenset[str] = frozenset()
    ) -> tuple[Candidate, ...]:
        """Return the likeliest facts and moves of a row but for those left out, the best first, ties in order of ids.

        Those in `also` are among them, however far behind. A question that holds just the words of a wording is as
        likely as can be, whatever others have taught.
        """
        likely = self._likeliest(row, without)
        found = [self._candidate(row, label, said) for label, said in likely]
        found += [self.likened(row, label) for label in also.difference(label for label, _ in likely)] if likely else []
        return tuple(sorted(found, key=lambda candidate: (-candidate.score, candidate.id)))

    def likeliest(self, row: Row, without: frozenset[str] = frozenset()) -> frozenset[str]:
        """Return the classes that are the candidates of a row but for those left out, without comparing them with it."""
        return frozenset(label for label, _ in self._likeliest(row, without))

    def _likeliest(self, row: Row, without: frozenset[str]) -> list[tuple[str, float]]:
        """The likeliest classes by what is learned, with that."""
        places = self._competing(without)
        learned = row.ranked.take(places)
        best = float(learned.max(initial=0.0))
        if best <= 0.0:
            return []
        near = (learned >= best * LEAST).nonzero()[0]
        likely = sorted(
            zip(learned.take(near).tolist(), places.take(near).tolist(), strict=True), key=_first, reverse=True
        )
        return [(self._index.classes[at], said) for said, at in likely[:CANDIDATES]]

    def not_far_behind(self, row: Row, told: Row, share: float, labels: Iterable[str]) -> frozenset[str]:
        """Return those classes of some that aren't far behind the likeliest by a row, with a share of what another says."""
        learned = (1 - share) * row.coverage * row.ranked + share * told.coverage * told.ranked
        least = FAINT * float(learned.take(self._competing(frozenset())).max(initial=0.0))
        return frozenset(label for label in labels if learned[self.place[label]] >= least)

    def candidate(self, query: Query, label: str) -> Candidate:
        """Return a class as the candidate that it would be, however far behind. Raises KeyError for a class that is none."""
        (row,) = self.rows([query])
        return self.likened(row, label)

    def likened(self, row: Row, label: str) -> Candidate:
        """Return a class as the candidate that it is of a row, however far behind. Raises KeyError for a class that is none."""
        return self._candidate(row, label, max(0.0, float(row.ranked[self.place[label]])))

    def _candidate(self, row: Row, label: str, said: float) -> Candidate:
        found = row.compared.get(label)
        if found is None:
            found = row.compared[label] = self.nearest(label, row.in_order)
        likeness, wording = found
        learned = row.coverage * said
        score = (1 - self._fuzzy) * learned + self._fuzzy * likeness
        return Candidate(label, 1.0 if likeness == 1.0 else min(1.0, score), wording, learned, likeness)

    def _competing(self, without: frozenset[str]) -> NDArray[np.intp]:
        """The places of the classes that compete: no concerns, and none of those that are left out, always one of the same few sets."""
        competing = self._competitors.get(without)
        if competing is None:
            kept = [
                at
                for label, at in self.place.items()
                if label not in without and not label.startswith((CONCERN, REJOINDER))
            ]
            competing = self._competitors[without] = np.array(kept, dtype=np.intp)
        return competing

    def words(self, text: str) -> tuple[str, ...]:
        """Return the words of a wording."""
        return self._language.wording(text)

    def nearest(self, label: str, asked: str) -> tuple[float, str]:
        """Return how like a class's likest wording is, 0 to 1, words in any order, and that wording.

        A text that is many times as long is like none, whatever it says, and is not compared.
        """
        choices = self._choices.get(label) or self._read(label)
        if len(asked) > choices.longest:
            return 0.0, choices.texts[0]
        likeness, place = likest(asked, choices.in_order)
        return likeness, choices.texts[place]

    def likeness_to_others(self, query: Query, label: str) -> float:
        """Return how like a class's likest wording is that doesn't hold just the words of a query, 0 to 1."""
        asked = _in_order(query)
        others = [text for text in self.wordings(label) if text != asked]
        return likest(asked, others)[0] if others else 0.0

    def wordings(self, label: str) -> Sequence[str]:
        """Return the wordings of a class, each with its words in order of the alphabet."""
        return (self._choices.get(label) or self._read(label)).in_order

    def prepare(self) -> None:
        """Read every wording that a text may be compared with, so that no message pays for it."""
        for at in self._competing(frozenset()).tolist():
            self._read(self._index.classes[at])

    def _read(self, label: str) -> _Choices:
        texts = sorted(set(self._texts[label]))  # of equally like ones, the first by alphabet
        in_order = [" ".join(sorted(self._language.wording(text))) for text in texts]
        choices = self._choices[label] = _Choices(texts, in_order, FAR * max(map(len, in_order)))
        return choices

    def parts(self, query: Query, label: str) -> tuple[tuple[str, float], ...]:
        """Return what each word and pair of a query says for a class, the weightiest first: to explain."""
        learned = self._index.parts(self._reader.terms(query.words), label)
        written = self._thin.added(query.words, self.place[label]) if self._thin is not None else 0.0
        return tuple(sorted([*learned, *([(WRITTEN, written)] if written else [])], key=lambda part: -abs(part[1])))

    def _coverage(self, words: Sequence[str]) -> float:
        """The share of the words' weight that is known."""
        known = self._reader.weights(words)
        weight = sum(known)
        return weight / (weight + self._unknown * (len(words) - len(known)) or 1.0)


_first = itemgetter(0)


def _in_order(query: Query) -> str:
    """The words of a query as wordings are compared with them."""
    return " ".join(sorted(word[:LONGEST] for word in query.words))


def likest(asked: str, choices: Sequence[str]) -> tuple[float, int]:
    """Return how like the likest of some texts is, 0 to 1, and its place."""
    _, score, place = process.extractOne(asked, choices, scorer=fuzz.ratio)
    return score / 100, place
