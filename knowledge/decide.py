"""Whether a ranking is good enough to answer from, asks back, or leaves the question unanswered."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from knowledge.model import Case, Fact, Status
from knowledge.question import Question
from knowledge.search import Candidate, Ranking

# Measured on 1,354 labelled messages, by five hands that had not seen the facts, with version 3 of the scorer
# (weights.VERSION): 0.22 and 0.03 gave the most right replies for the fewest wrong ones. See `casebook evaluate`.
THRESHOLD = 0.22
"""The least score, 0.0 to 1.0, that is answered."""
DENIAL = 0.33
"""The least score at which the bot says that something isn't reported: a denial spreads what nobody may have asked."""
DOUBT = 0.16
"""The least score at which the bot asks back rather than saying that it doesn't find it."""
MARGIN = 0.03
"""The least lead over the next fact that says something else; under it the bot asks back."""

WRONG_PERSON = 0.85
"""What is left of a score where the question names people and the fact is about none of them. Little goes: the learned
weights know the names; a case with few wordings needs the rest."""
WRONG_TYPE = 0.85
"""What is left of a score where the question plainly wants one kind of answer and the fact gives another."""
NEAR_TOPIC = 0.10
"""Added where a follow-up leans on what was told, and the fact is next to it."""
STRAY = 0.70
"""What is left of a score where "it" or "that" means something told, and the fact is neither that nor next to it."""

PLAIN_TYPES = frozenset({"age", "date", "weekday", "time", "place", "number", "duration", "reason", "colour", "job"})


class Outcome(StrEnum):
    """What to do with a question."""

    ANSWER = "answer"
    ASK = "ask"
    NOTHING = "nothing"


class Scored(NamedTuple):
    """A candidate with the score that decides, and what changed it, as (reason, factor or bonus)."""

    id: str
    score: float
    candidate: Candidate
    why: tuple[tuple[str, float], ...] = ()


class Leaning(NamedTuple):
    """What a follow-up leans on: people it may mean, facts near what was told.

    `told` are facts told before; where there are any, the question plainly means something of them ("what was it for?").
    `without` are ids that don't compete: moves that lean on something told have no place where nothing was.
    """

    people: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


class Verdict(NamedTuple):
    """The outcome with the candidates behind it, best first."""

    outcome: Outcome
    scored: tuple[Scored, ...] = ()

    @property
    def best(self) -> Scored | None:
        """Return the best candidate, if there is any."""
        return self.scored[0] if self.scored else None


def decide(case: Case, question: Question, ranking: Ranking, leaning: Leaning = Leaning()) -> Verdict:  # noqa: B008 - frozen
    """Score the candidates as answers to this question, and say whether the best one goes out."""
    scored = sorted(
        (
            _score(case, question, candidate, leaning)
            for candidate in ranking.candidates
            if candidate.fact not in leaning.without
        ),
        key=lambda found: (-found.score, found.id),
    )
    if scored:
        first = _of_the_one_named(case, question, scored[0])
        scored = [first, *(found for found in scored[1:] if found.id != first.id)]
    if not scored or scored[0].score < DOUBT:
        return Verdict(Outcome.NOTHING, tuple(scored))
    rivals = [other for other in scored[1:] if not _alike(case.facts, scored[0].id, other.id)]
    lead = scored[0].score - rivals[0].score if rivals else 1.0
    fact = case.facts.get(scored[0].id)
    least = DENIAL if fact is not None and fact.status is Status.UNREPORTED else THRESHOLD
    if scored[0].score < least or (lead < MARGIN and scored[0].score < 2 * THRESHOLD):
        return Verdict(Outcome.ASK, tuple(scored))
    return Verdict(Outcome.ANSWER, tuple(scored))


def _score(case: Case, question: Question, candidate: Candidate, leaning: Leaning) -> Scored:
    fact = case.facts.get(candidate.fact)
    if fact is None:
        return Scored(candidate.fact, candidate.score, candidate)
    why: list[tuple[str, float]] = []
    named = {id_ for id_ in question.entities if case.entities[id_].kind == "person"} | leaning.people
    if named and not named & set(fact.about):
        why.append(("is about somebody else", WRONG_PERSON))
    plain = question.wants & PLAIN_TYPES
    if plain and fact.gives and not plain & set(fact.gives):
        why.append(("gives another kind of answer", WRONG_TYPE))
    if leaning.told and fact.id not in leaning.told | leaning.near:
        why.append(("is far from what was told", STRAY))
    score = candidate.score
    for _, factor in why:
        score *= factor
    if fact.id in leaning.near or (leaning.people and leaning.people & set(fact.about)):
        why.append(("is near what was told", NEAR_TOPIC))
        score = min(1.0, score + NEAR_TOPIC)
    return Scored(candidate.fact, score, candidate, tuple(why))


def _of_the_one_named(case: Case, question: Question, found: Scored) -> Scored:
    """The fact that has one value for the only person whom a question names, where the best tells that kind of others."""
    named = [id_ for id_ in question.entities if case.entities[id_].kind == "person"]
    fact = case.facts.get(found.id)
    if fact is None or fact.values or len(named) != 1 or named[0] in fact.about:
        return found
    same = (other for other in case.facts.values() if other.values and other.gives[:1] == fact.gives[:1])
    own = next((other.id for other in same if other.about[:1] == tuple(named)), found.id)
    return found._replace(id=own)


def _alike(facts: Mapping[str, Fact], one: str, other: str) -> bool:
    """Tell whether two candidates would tell much the same, so that neither stands in the other's way."""
    first, second = facts.get(one), facts.get(other)
    if first is None or second is None:
        return False
    if Status.UNREPORTED in (first.status, second.status):
        return first.nearest == other or second.nearest == one
    return bool(set(first.passages) & set(second.passages)) and one in second.related + (other,) * (
        one in second.related
    )
