"""How sure it is that a candidate is what a question asks for: one probability for each, and for none of them.

A conditional logit (McFadden, "Conditional Logit Analysis of Qualitative Choice Behavior", 1974): every candidate has
features and a logit, the sum of its features by their weights; that nothing is asked for has the logit 0. The weights
are learned with the index (`knowledge.matching.heldout`) and kept in it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from knowledge.case.model import Fact
from knowledge.language.english import Question
from knowledge.language.reading import Reader
from knowledge.matching.index import Index
from knowledge.matching.search import Candidate, Row, Search

EXACT = 8.0
"""What is added to the logit of a candidate a wording of which holds just the words of the question.

No weight could be learned for it: a wording that is held out has no double.
"""
POLAR = frozenset({"yesno"})
"""What a question that wants yes or no is said to want; no fact gives it."""


class Features(NamedTuple):
    """What is known of a candidate beside a question; all about 0 to 1 but for the logarithms.

    `learned`: what was learned says for it, by the share of the question's weight that is known. `likeness`: how like
    its likest wording is. `held`: the share of the question's weight that its wordings hold. `known`: the share that
    any wording holds. `size`: the logarithm of how many wordings it has. `length`: that of how many words the question
    has. `otherwise`: it gives another kind of answer than is wanted. `about`: the share of those whom it is about who
    are named. `stranger`: it is about none of them. `move`: it is a move and no fact. `some`: 1, for it is a candidate
    at all.
    """

    learned: float
    likeness: float
    held: float
    known: float
    size: float
    length: float
    otherwise: float
    about: float
    stranger: float
    move: float
    some: float = 1.0


class Told(NamedTuple):
    """What was told before a question.

    `row` is the question with that beside it, `question` what it asks so, `share` what this counts (0.0 to 1.0), `near`
    what is added to the logits of candidates.
    """

    row: Row
    question: Question
    share: float
    near: Mapping[str, float]


PRIOR = Features(
    learned=9.8, likeness=1.4, held=4.6, known=-4.4, size=-0.9, length=1.4, otherwise=-0.7, about=0.3, stranger=-0.8, move=-3.3,
    some=-1.7,
)  # fmt: skip
"""The weights that are begun with, and those of a case with few wordings: what was learned with all that a fourth
of the writers wrote left out, of the shipped case's thousands of wordings."""


class Sureness:
    """Says how likely each candidate is. Holds nothing of any conversation."""

    def __init__(self, facts: Mapping[str, Fact], search: Search, reader: Reader, index: Index) -> None:
        self._facts = facts
        self._search = search
        self._reader = reader
        self._unknown = index.unknown
        self._weights = tuple(index.sureness.tolist())
        self._holders: dict[str, tuple[Counter[str], int]] = {}

    def ranked(
        self, row: Row, candidates: Sequence[Candidate], question: Question | None = None, told: Told | None = None
    ) -> tuple[Candidate, ...]:
        """Return the candidates with their probabilities for scores, the likeliest first, ties in order of ids."""
        features = self.features(row, candidates, question)
        near = told.near if told is not None else {}
        if told is not None:
            features = self._beside(features, candidates, told)
        logits = [
            sum(map(float.__mul__, self._weights, some))
            + near.get(one.id, 0.0)
            + (EXACT if one.likeness == 1.0 else 0.0)
            for one, some in zip(candidates, features, strict=True)
        ]
        most = max([0.0, *logits])
        odds = [math.exp(logit - most) for logit in logits]
        total = sum(odds) + math.exp(-most)
        ranked = [
            Candidate(one.id, chance / total, one.wording, one.learned, one.likeness, some, near.get(one.id, 0.0))
            for one, chance, some in zip(candidates, odds, features, strict=True)
        ]
        ranked.sort(key=lambda candidate: (-candidate.score, candidate.id))
        return tuple(ranked)

    def _beside(self, features: Sequence[Features], candidates: Sequence[Candidate], told: Told) -> list[Features]:
        """The features of a question together with those that it has beside what was told."""
        likened = [self._search.likened(told.row, one.id) for one in candidates]
        beside = self.features(told.row, likened, told.question)
        return [
            Features(*((1 - told.share) * own + told.share * other for own, other in zip(some, others, strict=True)))
            for some, others in zip(features, beside, strict=True)
        ]

    def features(
        self, row: Row, candidates: Sequence[Candidate], question: Question | None = None, own: str = ""
    ) -> list[Features]:
        """Return the features of each candidate. `question` is what it asks, read here where nobody has yet.

        `own` is the class of which the question itself is a wording, as if it weren't.
        """
        words = row.query.words
        units = self._reader.weighed(words, self._unknown)
        tells: dict[str, float] = {}
        for unit, idf in units:
            tells[unit] = tells.get(unit, 0.0) + idf
        weight = math.fsum(tells.values()) or 1.0
        question = question or self._reader.language.question(words)
        wants = question.wants - POLAR
        named = {*question.entities}
        length = math.log(1 + len(words))
        found = []
        for candidate in candidates:
            fact = self._facts.get(candidate.id)
            is_own = candidate.id == own
            holders, many = self._holders.get(candidate.id) or self._held(candidate.id)
            shared = tells.keys() & holders.keys()
            if is_own:
                shared = {unit for unit in shared if holders[unit] > 1}
            held = math.fsum(map(tells.__getitem__, shared)) / weight  # the same in whatever order
            made = (candidate.learned, candidate.likeness, held, row.coverage)
            if fact is None:
                found.append(Features(*made, 0.0, length, 0.0, 0.0, 0.0, 1.0))
                continue
            meant = len(named.intersection(fact.about))
            otherwise = bool(wants) and wants.isdisjoint(fact.gives)
            about = meant / len(fact.about) if meant else 0.0
            stranger = bool(named) and not meant
            size = math.log(max(1, many - is_own))
            found.append(Features(*made, size, length, float(otherwise), about, float(stranger), 0.0))
        return found

    def parts(self, candidate: Candidate) -> tuple[tuple[str, float], ...]:
        """Return what each feature adds to a candidate's logit, the weightiest first: to explain."""
        features = zip(Features._fields, candidate.features, self._weights, strict=True) if candidate.features else ()
        added = [(name, feature * weight) for name, feature, weight in features if feature]
        exact = [("exact", EXACT)] if candidate.likeness == 1.0 else []
        near = [("near", candidate.near)] if candidate.near else []
        return tuple(sorted([*added, *exact, *near], key=lambda part: -abs(part[1])))

    def _held(self, label: str) -> tuple[Counter[str], int]:
        """How many wordings of a class hold each unit, and how many there are."""
        unit, wordings = self._reader.unit, self._search.wordings(label)
        holders = Counter(held for text in wordings for held in set(map(unit, text.split())))
        self._holders[label] = holders, len(wordings)
        return self._holders[label]
