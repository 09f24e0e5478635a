"""`casebook evaluate --hands`: what the bot makes of one hand's wordings when it has learned from all the others' alone.

A hand is whoever wrote wordings (`@ hand 4` in knowledge/wordings). This is the figure to develop against: a sample that
everyone has seen says nothing of the next person who asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bot.conversation import Conversation
from bot.operator import BAD_USAGE, tell
from bot.reply import Kind, Reply
from knowledge.case.load import Loaded, load
from knowledge.case.model import Case
from knowledge.case.problems import BrokenCaseError
from knowledge.case.wordings import Wording, with_wordings
from knowledge.matching.learning import learned


class Score(NamedTuple):
    """How many of a hand's wordings were told their fact, offered it among choices, told another, or heard as a cry."""

    asked: int = 0
    told: int = 0
    offered: int = 0
    wrong: int = 0
    support: int = 0

    def plus(self, fact: str, reply: Reply) -> Score:
        """Return the score with one reply more."""
        told = fact in reply.facts
        return Score(
            self.asked + 1,
            self.told + told,
            self.offered + (reply.kind is Kind.CLARIFY and any(one.id == f"fact:{fact}" for one in reply.choices)),
            self.wrong + (bool(reply.facts) and not told),
            self.support + (reply.kind is Kind.SUPPORT),
        )

    def line(self, name: str) -> str:
        """Return the score in words."""
        return (
            f"{name:16} {self.asked:5}  told {self.told / self.asked:6.1%}  offered {self.offered / self.asked:6.1%}  "
            f"another fact {self.wrong / self.asked:6.1%}  heard as a cry {self.support / self.asked:6.1%}"
        )


def run(folder: Path | None, names: Sequence[str]) -> int:
    """Print the score of each hand, or of those that are named. Returns 2 where there is none of a name, otherwise 0."""
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
    scores = []
    for name in names or by_hand:
        scores.append(_score(without(loaded, name), by_hand[name]))
        print(scores[-1].line(name), flush=True)
    if len(scores) > 1:
        print(Score(*map(sum, zip(*scores, strict=True))).line("all"))
    return 0


def without(loaded: Loaded, hand: str) -> Case:
    """Return the case as it would be if one hand had written nothing."""
    kept = (one for one in loaded.wordings if one.id in loaded.case.facts and one.hand != hand)
    bare = {id_: fact._replace(ask=(), yes=(), no=()) for id_, fact in loaded.case.facts.items()}
    return loaded.case._replace(facts=with_wordings(bare, kept, [], dict(loaded.marks)))


def _score(case: Case, wordings: Sequence[Wording]) -> Score:
    conversation = Conversation(case, learned(case))
    score = Score()
    for wording in wordings:
        score = score.plus(wording.id, conversation.reply(wording.text)[0])
    return score
