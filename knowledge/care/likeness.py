"""How like the labelled messages a piece is: those of one concern, of any, or of anything else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from knowledge.matching.search import ANY, CALM, CONCERN, MOVE, REJOINDER, Row
from knowledge.matching.verdict import Tuning


class Likeness(NamedTuple):
    """How like the likeliest concern a piece is, how like a cry of any kind, and how like the likest of everything else."""

    concern: float
    cry: float
    calm: float

    @property
    def lead(self) -> float:
        """How like a cry it is rather than anything else.

        One kind alone says too little where a message lies between several, and all together where it is like none.
        """
        return self.concern + (self.cry - self.calm) / 2


class LikenessReader:
    """Reads rows by the places that each class has in them."""

    def __init__(self, place: Mapping[str, int], tuning: Tuning) -> None:
        self._tuning = tuning
        concerns = {label.removeprefix(CONCERN): at for label, at in place.items() if label.startswith(CONCERN)}
        concerns.pop(CALM, None)
        wide = concerns.pop(ANY, None)
        self._concerns = concerns
        self._rejoinders = {
            label.removeprefix(REJOINDER): at for label, at in place.items() if label.startswith(REJOINDER)
        }
        others = set(place.values()) - {*concerns.values(), *self._rejoinders.values(), wide}
        facts = [at for label, at in place.items() if not label.startswith((CONCERN, MOVE, REJOINDER))]
        self._cries = np.array(sorted(concerns.values()), dtype=np.int64)
        self._wide = np.array([] if wide is None else [wide], dtype=np.int64)
        self._others = np.array(sorted(others), dtype=np.int64)
        self._facts = np.array(facts, dtype=np.int64)

    def read(self, row: Row) -> Likeness:
        """Return how like a cry a row is."""
        places = (self._cries, self._wide, self._others)
        return Likeness(*(row.coverage * float(row.learned.take(some).max(initial=-1.0)) for some in places))

    def likely(self, row: Row) -> list[str]:
        """Return the concerns, the likeliest first."""
        return sorted(self._concerns, key=lambda concern: (-row.learned[self._concerns[concern]], concern))

    def of(self, row: Row, concern: str) -> float:
        """Return how like a concern a row is, 0.0 for one that has no messages."""
        place = self._concerns.get(concern)
        return 0.0 if place is None else row.coverage * float(row.learned[place])

    def behind(self, row: Row, concern: str) -> float:
        """Return how far a concern is behind the likeliest, 0.0 where it is that or where there are none."""
        scores = row.learned.take(self._cries)
        return float(scores.max() - row.learned[self._concerns[concern]]) if concern in self._concerns else 0.0

    def rejoinder(self, row: Row) -> tuple[str, float]:
        """Return what a message says of the contacts that were given, and how like others of its kind it is, 0.0 to 1.0.

        Nothing where it is liker to a fact of the case, or hardly like anything.
        """
        best = max(self._rejoinders, key=lambda one: row.learned[self._rejoinders[one]], default="")
        likeness = row.coverage * float(row.learned[self._rejoinders[best]]) if best else 0.0
        other = row.coverage * float(row.learned[self._facts].max(initial=0.0))
        return (best, likeness) if likeness >= max(self._tuning.rejoinder, other) else ("", 0.0)
