"""`casebook evaluate --hands`: what the bot makes of one hand's wordings when it has learned from all the others' alone.

A hand is whoever wrote wordings (`@ hand 4` in knowledge/wordings). This is the figure to develop against: a sample
that everyone has seen says nothing of the next person who asks. With `--sweep` it is measured at five values of a
number that decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bot.conversation import Conversation
from bot.curator.sweep import swept
from bot.operator import BAD_USAGE, tell
from bot.reply import Kind, Reply
from knowledge.case.load import Loaded, load
from knowledge.case.model import Case
from knowledge.case.problems import BrokenCaseError
from knowledge.case.wordings import Wording, with_wordings
from knowledge.matching.learning import learned
from knowledge.matching.verdict import Tuning


class Score(NamedTuple):
    """How many of a hand's wordings were told their fact, offered it among choices, told another, or heard as a cry.

    `surely` is how many of them were told another without a word of doubt.
    """

    asked: int = 0
    told: int = 0
    offered: int = 0
    wrong: int = 0
    surely: int = 0
    support: int = 0

    def plus(self, fact: str, reply: Reply) -> Score:
        """Return the score with one reply more."""
        told = fact in reply.facts
        return Score(
            self.asked + 1,
            self.told + told,
            self.offered + (reply.kind is Kind.CLARIFY and any(one.id == f"fact:{fact}" for one in reply.choices)),
            self.wrong + (bool(reply.facts) and not told),
            self.surely + (reply.kind is Kind.ANSWER and not told and not reply.understood),
            self.support + (reply.kind is Kind.SUPPORT),
        )

    def line(self, name: str) -> str:
        """Return the score in words."""
        return (
            f"{name:16} {self.asked:5}  told {self.told / self.asked:6.1%}  offered {self.offered / self.asked:6.1%}  "
            f"another fact {self.wrong / self.asked:6.1%} ({self.surely / self.asked:.1%} without a word of doubt)  heard as a cry {self.support / self.asked:6.1%}"
        )


def run(folder: Path | None, names: Sequence[str], sweep: str | None) -> int:
    """Print the score of each hand, or of those that are named, with a sweep for each of its values.

    Returns 2 where there is no hand of a name or the sweep can't be read, otherwise 0.
    """
    try:
        tunings = swept(sweep)
    except ValueError as error:
        tell(f"casebook: --sweep: {error}")
        return BAD_USAGE
    loaded = load(folder)
    if loaded.problems:
        raise BrokenCaseError(loaded.problems)
    by_hand: dict[str, list[Wording]] = {}
    for wording in loaded.wordings:
        if wording.id in loaded.case.facts and wording.hand:
            by_hand.setdefault(wording.hand, []).append(wording)
    unknown = [name for name in names if name not in by_hand]
    if unknown:
        tell(f"casebook: --hands: nobody is called {unknown[0]!r}; there are {', '.join(by_hand)}")
        return BAD_USAGE
    scores: list[list[Score]] = []
    for name in names or by_hand:
        scores.append(_scores(without(loaded, name), by_hand[name], tunings))
        for (value, _), score in zip(tunings, scores[-1], strict=True):
            print(value + score.line(name), flush=True)
    if len(scores) > 1:
        for (value, _), own in zip(tunings, zip(*scores, strict=True), strict=True):
            print(value + Score(*map(sum, zip(*own, strict=True))).line("all"))
    return 0


def without(loaded: Loaded, hand: str) -> Case:
    """Return the case as it would be if one hand had written nothing."""
    kept = (one for one in loaded.wordings if one.id in loaded.case.facts and one.hand != hand)
    bare = {id_: fact._replace(ask=(), yes=(), no=()) for id_, fact in loaded.case.facts.items()}
    return loaded.case._replace(facts=with_wordings(bare, kept, [], dict(loaded.marks)))


def _scores(case: Case, wordings: Sequence[Wording], tunings: Sequence[tuple[str, Tuning]]) -> list[Score]:
    """The score of some wordings with the numbers that decide at each of some values; learned once."""
    index = learned(case)
    scores = []
    for _, tuning in tunings:
        conversation, score = Conversation(case, index, tuning), Score()
        for wording in wordings:
            score = score.plus(wording.id, conversation.reply(wording.text)[0])
        scores.append(score)
    return scores
