"""When the best candidate is told, when the bot asks back, and when it says that it doesn't find it."""

import pytest

from knowledge.matching.search import Candidate
from knowledge.matching.verdict import Outcome, Tuning, among, judge

NUMBERS = Tuning(threshold=0.2, doubt=0.1)


@pytest.fixture
def verdict(boathouse):
    """Judge some probabilities by fact of the invented case."""

    def judged(**chances):
        candidates = [Candidate(id_, chance, "") for id_, chance in chances.items()]
        return judge(boathouse.case.facts, candidates, NUMBERS)

    return judged


@pytest.mark.parametrize(
    ("chance", "expected"),
    [(0.21, Outcome.ANSWER), (0.19, Outcome.ASK), (0.11, Outcome.ASK), (0.09, Outcome.NOTHING)],
)
def test_a_probability_decides_between_telling_asking_and_not_finding(verdict, chance, expected):
    """From the threshold on a fact is told, from doubt on it is asked for, under it nothing is found."""
    assert verdict(night=chance).outcome is expected


def test_what_says_much_the_same_makes_it_surer(verdict):
    """Two related facts on one passage, and a denial and its nearest fact, are as sure as both: either answers."""
    assert verdict(alarm=0.15, age=0.1).outcome is Outcome.ANSWER
    assert verdict(night=0.15, cause=0.1).outcome is Outcome.ANSWER
    assert verdict(alarm=0.15, boats=0.1).outcome is Outcome.ASK
    assert verdict(boats=0.15, cause=0.1).outcome is Outcome.ASK


def test_where_a_candidate_cannot_be_meant_the_others_are_likelier():
    """They keep their odds among themselves, and against nothing being meant."""
    one, other, third = (Candidate(id_, chance, "") for id_, chance in [("one", 0.5), ("other", 0.3), ("third", 0.1)])
    kept = among((one, other, third), (other, third))
    assert [candidate.score for candidate in kept] == pytest.approx([0.6, 0.2])
