"""The weights of sureness, learned from wordings of the case as if each of them had never been written.

No second learning is needed for that. A wording's part in its own scores is its own dual values (its row has length 1),
so that the scores without it lie between the scores and the scores less those values: where others like it stand in for
it, they miss it less. `TAKEN` of them off gives what leaving out all that one hand wrote gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.case.model import Fact
from knowledge.matching.search import CANDIDATES, CONCERN, MOVE, Candidate, Query, Row, Search, Wording
from knowledge.matching.sureness import PRIOR, Features, Sureness
from knowledge.matching.verdict import alike

TAKEN = 0.6
"""The share of a wording's dual values that is taken off its scores: at 0.6 the facts of held out wordings come first
as often as those of a hand that is left out do, at 1.0 far more seldom."""
ABSENT = 2
"""One wording of so many is asked a second time of a case that has no such fact, for nothing to be meant."""
ABSENT_WEIGHT = 0.2
"""What such a question, and a message that shows a concern, weigh beside a question that something answers."""
RIDGE = 1.0
"""How strongly the weights are drawn to those of `PRIOR`, in units of a trial's information."""
STEPS = 20
CLOSE = 1e-4
"""Steps of Newton's method at the most, and the change of a weight under which it ends."""


class Trial(NamedTuple):
    """One question with the features of its candidates; `right` is the place of the right one, None where none is."""

    features: Sequence[Features]
    right: int | None
    weight: float = 1.0


class HeldOut(NamedTuple):
    """A wording with its own part in the score of each class."""

    wording: Wording
    duals: NDArray[np.float32]


def weights(
    facts: Mapping[str, Fact], search: Search, sureness: Sureness, held: Sequence[HeldOut]
) -> NDArray[np.float64]:
    """Return the weights of the features for a case, `PRIOR` where nothing is held out."""
    return fit([*_trials(facts, search, sureness, held)])


def fit(trials: Sequence[Trial]) -> NDArray[np.float64]:
    """Return the weights that make the right candidates likeliest, by Newton's method, drawn to `PRIOR`."""
    prior = np.array(PRIOR)
    given = _Given.of(trials)
    weights, (loss, chances) = prior, given.loss(prior)
    for _ in range(STEPS):
        step = given.step(weights, chances)
        while np.abs(step).max() >= CLOSE:
            less, now = given.loss(weights - step)
            if less <= loss:
                break
            step /= 2  # too far: what is lost is convex, so that some part of the step gains
        else:
            break
        weights, loss, chances = weights - step, less, now
    return weights


class _Given(NamedTuple):
    """Trials as arrays: each has room for `CANDIDATES`, and where `is_one` is false there is none."""

    features: NDArray[np.float64]
    is_one: NDArray[np.bool_]
    right: NDArray[np.float64]
    weight: NDArray[np.float64]

    @classmethod
    def of(cls, trials: Sequence[Trial]) -> _Given:
        features = np.zeros((len(trials), CANDIDATES, len(PRIOR)))
        right = np.zeros((len(trials), CANDIDATES))
        for at, trial in enumerate(trials):
            if trial.features:
                features[at, : len(trial.features)] = trial.features
            if trial.right is not None:
                right[at, trial.right] = 1.0
        return cls(features, features[:, :, -1] > 0, right, np.array([trial.weight for trial in trials]))

    def loss(self, weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """What is lost with some weights, the right candidates' surprise and the way from `PRIOR`, and each one's chance."""
        logits = np.where(self.is_one, self.features @ weights, -np.inf)
        most = np.maximum(0.0, logits.max(axis=1, initial=0.0))
        odds = np.exp(logits - most[:, None])
        total = odds.sum(axis=1) + np.exp(-most)
        surprise = most + np.log(total) - np.where(self.right > 0, logits, 0.0).sum(axis=1)
        away = weights - np.array(PRIOR)
        return float(self.weight @ surprise + RIDGE / 2 * away @ away), odds / total[:, None]

    def step(self, weights: NDArray[np.float64], chances: NDArray[np.float64]) -> NDArray[np.float64]:
        """What Newton's method takes off the weights."""
        flat = self.features.reshape(-1, len(PRIOR))
        mean = np.einsum("nm,nmd->nd", chances, self.features)
        weight = self.weight[:, None]
        slope = flat.T @ (weight * (chances - self.right)).ravel() + RIDGE * (weights - np.array(PRIOR))
        bend = flat.T @ (flat * (weight * chances).reshape(-1, 1)) - mean.T @ (mean * weight)
        return np.asarray(np.linalg.solve(bend + RIDGE * np.eye(len(PRIOR)), slope))


def _trials(facts: Mapping[str, Fact], search: Search, sureness: Sureness, held: Sequence[HeldOut]) -> Iterator[Trial]:
    """Each wording as a question, and some a second time where what they ask for is not there; a concern asks for nothing."""
    moves = frozenset(label for label in search.place if label.startswith(MOVE))
    rows = search.rows([Query(search.words(one.wording.text)) for one in held])
    for number, (one, row) in enumerate(zip(held, rows, strict=True)):
        label = one.wording.label
        own = TAKEN * one.duals
        without = row._replace(learned=row.learned - own, ranked=row.ranked - own)
        if label.startswith(CONCERN):
            yield _trial(search, sureness, without, label, frozenset(), ABSENT_WEIGHT)
            continue
        yield _trial(search, sureness, without, label, frozenset(), 1.0)
        if number % ABSENT == 0:
            absent = moves if label in moves else _kin(facts, label)
            yield _trial(search, sureness, without, label, absent, ABSENT_WEIGHT)


def _kin(facts: Mapping[str, Fact], label: str) -> frozenset[str]:
    """A fact with those that tell much the same."""
    return frozenset({label, *(other for other in facts if alike(facts, label, other))})


def _trial(  # noqa: PLR0913 - a question, and what of the case is left out
    search: Search, sureness: Sureness, row: Row, label: str, absent: frozenset[str], weight: float
) -> Trial:
    candidates = [_unwritten(search, row, label, one) for one in search.candidates(row, absent)]
    right = next((at for at, one in enumerate(candidates) if one.id == label), None)
    return Trial(sureness.features(row, candidates, own=label), right, weight)


def _unwritten(search: Search, row: Row, label: str, candidate: Candidate) -> Candidate:
    """A candidate as it would be without the wording that is asked."""
    return (
        candidate._replace(likeness=search.likeness_to_others(row.query, label)) if candidate.id == label else candidate
    )
