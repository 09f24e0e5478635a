"""Whether a ranking is good enough to answer from, asks back, or leaves the question unanswered, and the numbers that decide.

`casebook evaluate FILE --sweep NAME=FROM:TO` shows what each of them is worth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from knowledge.case.model import Fact, Status
from knowledge.matching.search import Candidate


class Tuning(NamedTuple):
    """Scores are 0.0 to 1.0, higher is likelier; every number may be swept.

    `margin` and `plainly` were swept on the wordings of each hand, learned from the others' alone (`evaluate --hands`): under
    the one a fact is right in 37 of 100 and among the first three in 70, between the two in 49, above in 90.

    `threshold` is the least score that is answered, `denial` the least at which the bot says that something isn't
    reported (a denial spreads what nobody may have asked), `doubt` the least at which it asks back rather than saying
    that it doesn't find it, `margin` the least lead over the next fact that says something else, under which it asks
    back; `plainly` the lead under which an answer begins with what was understood, and offers what else may have been
    meant. `fuzzy` is the share of the score that the likest wording makes, `story` what the score of the sentence
    beside a question counts.

    `sure`, `close` and `done` are the least by which a message is liker to a cry than to anything else, its own kind counted
    besides (`Likeness`): `sure` where that alone says that something is going on, `close` where it is danger, and for a
    statement about the writer's own life that nothing explains, `done` where something is done to the writer ("my boss is going to murder me" is no cry).
    They were swept on cries and everyday talk of a writer from whom nothing was learned. `aside` is how much liker to one
    kind of cry than to anything else a question is that leans on what was told; `plain` is as `sure` where a figure of speech
    stands in the message ("makes me eat it").
    `soft` is the least likeness at which a concern is told that says what is going on with whoever writes;
    `everyday` how much liker to anything else a message is in which even a sign of something less than danger is none, `idle`
    in which one of danger is none ("you're killing me"); `rejoinder` is the
    least likeness at which a message is read as said of the contacts that were given; `beside` the least likeness that
    is a cry beside a question about the case which is plainly one.
    """

    threshold: float = 0.2
    denial: float = 0.33
    doubt: float = 0.16
    margin: float = 0.015
    plainly: float = 0.12
    fuzzy: float = 0.2
    story: float = 0.5
    sure: float = 0.37
    close: float = 0.3
    done: float = 0.2
    aside: float = 0.18
    plain: float = 0.8
    soft: float = 0.25
    everyday: float = 0.1
    idle: float = 0.3
    beside: float = 0.4
    rejoinder: float = 0.1


class Outcome(StrEnum):
    """What to do with a question."""

    ANSWER = "answer"
    ASK = "ask"
    NOTHING = "nothing"


class Verdict(NamedTuple):
    """The outcome with the candidates behind it, best first, and why it is not another."""

    outcome: Outcome
    candidates: tuple[Candidate, ...] = ()
    why: str = ""
    ahead: float = 1.0
    """How much more the best scores than the next that says something else, 1.0 where there is no other"""

    @property
    def best(self) -> Candidate | None:
        """Return the best candidate, if there is any."""
        return self.candidates[0] if self.candidates else None

    @property
    def score(self) -> float:
        """Return the score of the best candidate, 0.0 to 1.0."""
        return self.candidates[0].score if self.candidates else 0.0


def judge(facts: Mapping[str, Fact], candidates: Sequence[Candidate], tuning: Tuning) -> Verdict:
    """Say whether the best candidate goes out."""
    ranked = tuple(candidates)
    if not ranked or ranked[0].score < tuning.doubt:
        return Verdict(Outcome.NOTHING, ranked, f"nothing scores {tuning.doubt}")
    best = ranked[0]
    fact = facts.get(best.id)
    needed = least(fact, tuning)
    if best.score < needed:
        return Verdict(Outcome.ASK, ranked, f"{best.id} scores less than {needed}")
    rival = next((other for other in ranked[1:] if not alike(facts, best.id, other.id)), None)
    ahead = best.score - rival.score if rival else 1.0
    if rival and ahead < tuning.margin and best.score < 2 * tuning.threshold:
        return Verdict(Outcome.ASK, ranked, f"{best.id} leads {rival.id} by less than {tuning.margin}", ahead)
    return Verdict(Outcome.ANSWER, ranked, f"{best.id} scores {needed} or more, and leads", ahead)


def least(fact: Fact | None, tuning: Tuning) -> float:
    """Return the least score at which a fact is told, 0.0 to 1.0: more for what isn't reported."""
    return tuning.denial if fact is not None and fact.status is Status.UNREPORTED else tuning.threshold


def alike(facts: Mapping[str, Fact], one: str, other: str) -> bool:
    """Tell whether two candidates would tell much the same, so that neither stands in the other's way."""
    first, second = facts.get(one), facts.get(other)
    if first is None or second is None:
        return False
    if Status.UNREPORTED in (first.status, second.status):
        return first.nearest == other or second.nearest == one
    related = one in second.related or other in first.related
    return related and not set(first.passages).isdisjoint(second.passages)
