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
    """Probabilities and scores are 0.0 to 1.0, higher is likelier; every number may be swept.

    A candidate's probability is told by `knowledge.matching.sureness`. `threshold` is the least at which a fact is
    told, `denial` that at which the bot says that something isn't reported (a denial spreads what nobody may have
    asked), `doubt` the least at which it asks back rather than saying that it doesn't find it; `plainly` that under
    which an answer begins with what was understood, and offers what else may have been meant. They were swept by
    `casebook evaluate --hands --sweep` on the wordings of four hands, learned from the others' alone, and by `casebook
    evaluate --sweep` on the labelled conversations. From 0.04 to 0.2 `threshold` trades 0.9% other facts among the
    wordings for 8 of 1,160 turns; `denial` is best around 0.2 and worth 0.4% between 0.1 and 0.4; `doubt` changes
    nothing that counts from 0.02 to 0.1; a `plainly` of 0.8 in place of 0.6 leaves four in five of the other facts that
    are told without a word of doubt.

    `fuzzy` is the share of the score that the likest wording makes, by which candidates are found, `story` what the
    sentence beside a question counts. `told` is the share of a follow-up's logits (0.0 to 1.0) that it has beside the
    question that was answered last, and `near`, divided by one and its number of words, what is added to those of the
    facts near to that answer: of 1,160 turns 1,071, 1,085 and 1,073 are right with a `told` of 0.2, 0.4 and 0.6, and
    1,081, 1,085 and 1,080 with a `near` of 1, 3 and 5.

    `sure`, `close` and `done` are the least by which a message is liker to a cry than to anything else, its own kind
    counted besides (`Likeness`): `sure` where that alone says that something is going on, `close` where it is danger,
    `done` where something is done to the writer ("my boss is going to murder me" is no cry). They were swept on cries
    and everyday talk of a writer from whom nothing was learned. `aside` is how much liker to one kind of cry than to
    anything else a question is that leans on what was told; `plain` is as `sure` where a figure of speech stands in a
    clause ("makes me eat it"), or the message as a whole is one of play, a beast's doing or a story. `soft` is the
    least likeness at which a concern is told that says what is going on with whoever writes; `everyday` is as `sure`
    where a sign of something less than danger stands in a message, `idle` where one of danger does ("you're killing
    me"): of the labelled messages, a fifth held out at a time, a third of the false alarms by such a sign lie under
    `everyday`, and one cry in a hundred. `elsewhere` is how much liker to another concern a message is as a whole where
    a clause that is like danger is none: held out alike, 28 of 30 such were none. `rejoinder` is the least likeness at
    which a message is read as said of the contacts that were given; `beside` the least likeness that is a cry beside a
    question about the case which is plainly one. `acute` is the least likeness to danger of a part at which the line of
    danger goes before what is said to another concern: of 120 new messages of danger 113 began with it without this,
    117 with it, and of 300 of other concerns 11 do. `moved` is the least probability of what a question finds that is
    answered before what is said to somebody whom the case upsets: of 10 questions that stood among feelings 5 are, and
    two of 36 messages that only ask aloud.

    `anew` is the share of the likeness to a cry, where nothing tells one outright, that a message must be like those that
    are said of the contacts, to be read as said of them: of 740 such by two writers 433 were read right with 1.0, 471
    with 0.3; of 208 new disclosures one is taken for such with either.

    `whole` is what the likeness of a message as a whole counts beside that of one of its pieces, where several concerns are
    likely: of 660 new messages 544 were in a right row by the pieces alone, 551 with 1 to 4.

    `padding` is the most words that change nothing of a claim which a question that it answers may hold: with fewer
    more right leads are missing, and any number of them makes no sentence.
    """

    threshold: float = 0.12
    denial: float = 0.2
    doubt: float = 0.06
    plainly: float = 0.8
    fuzzy: float = 0.2
    story: float = 0.5
    told: float = 0.4
    near: float = 3.0
    sure: float = 0.37
    close: float = 0.3
    done: float = 0.2
    aside: float = 0.18
    plain: float = 0.8
    soft: float = 0.25
    everyday: float = -0.03
    idle: float = -0.3
    elsewhere: float = 0.15
    beside: float = 0.4
    acute: float = 0.35
    moved: float = 0.5
    rejoinder: float = 0.1
    anew: float = 0.3
    whole: float = 2.0
    padding: float = 5


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
    sureness: float = 0.0
    """The probability that the best is what was asked for, or what says much the same."""

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
    if not ranked:
        return Verdict(Outcome.NOTHING, ranked, "nothing is like it")
    best = ranked[0]
    sureness = min(1.0, sum(one.score for one in ranked if one is best or alike(facts, best.id, one.id)))
    if sureness < tuning.doubt:
        return Verdict(Outcome.NOTHING, ranked, f"nothing is likelier than {tuning.doubt}", sureness)
    needed = least(facts.get(best.id), tuning)
    if sureness < needed:
        return Verdict(Outcome.ASK, ranked, f"{best.id} is less likely than {needed}", sureness)
    return Verdict(Outcome.ANSWER, ranked, f"{best.id} is as likely as {needed} or more", sureness)


def least(fact: Fact | None, tuning: Tuning) -> float:
    """Return the least probability at which a fact is told, 0.0 to 1.0: more for what isn't reported."""
    return tuning.denial if fact is not None and fact.status is Status.UNREPORTED else tuning.threshold


def among(candidates: Sequence[Candidate], kept: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates that are kept, as likely as they are where the others can't be meant."""
    ids = {one.id for one in kept}
    left = 1.0 - sum(one.score for one in candidates if one.id not in ids)
    return tuple(one._replace(score=min(1.0, one.score / left)) if left > 0 else one for one in kept)


def alike(facts: Mapping[str, Fact], one: str, other: str) -> bool:
    """Tell whether two candidates would tell much the same, so that neither stands in the other's way."""
    first, second = facts.get(one), facts.get(other)
    if first is None or second is None:
        return False
    if Status.UNREPORTED in (first.status, second.status):
        return first.nearest == other or second.nearest == one
    related = one in second.related or other in first.related
    return related and not set(first.passages).isdisjoint(second.passages)
