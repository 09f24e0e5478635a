"""When the best candidate is told, when the bot asks back, and when it says that it doesn't find it."""

import pytest

from knowledge.matching.search import Candidate
from knowledge.matching.verdict import Outcome, Tuning, judge

NUMBERS = Tuning(threshold=0.2, denial=0.4, doubt=0.1, margin=0.05)


@pytest.fixture
def outcome(boathouse):
    """Judge some scores by fact of the invented case."""

    def judged(**scores):
        candidates = [Candidate(id_, score, "") for id_, score in scores.items()]
        return judge(boathouse.case.facts, candidates, NUMBERS).outcome

    return judged


@pytest.mark.parametrize(
    ("score", "expected"), [(0.21, Outcome.ANSWER), (0.19, Outcome.ASK), (0.11, Outcome.ASK), (0.09, Outcome.NOTHING)]
)
def test_a_score_decides_between_telling_asking_and_not_finding(outcome, score, expected):
    """From the threshold on a fact is told, from doubt on it is asked for, under it nothing is found."""
    assert outcome(night=score) is expected


@pytest.mark.parametrize(("score", "expected"), [(0.39, Outcome.ASK), (0.41, Outcome.ANSWER)])
def test_a_denial_needs_a_higher_score(outcome, score, expected):
    """That something isn't reported is said only where it is surer that somebody asked for it."""
    assert outcome(cause=score) is expected


@pytest.mark.parametrize(
    ("rival", "lead", "expected"),
    [("boats", 0.04, Outcome.ASK), ("boats", 0.06, Outcome.ANSWER), ("age", 0.04, Outcome.ANSWER)],
)
def test_only_a_rival_that_says_something_else_stands_in_the_way(outcome, rival, lead, expected):
    """Of two facts so close that either may be meant the bot asks which, but not of two related ones on one passage."""
    assert outcome(alarm=0.3, **{rival: 0.3 - lead}) is expected


def test_what_is_not_reported_and_the_nearest_that_is_are_no_rivals(outcome):
    """A denial tells its nearest fact with it, so that fact close behind, or before it, changes nothing."""
    assert outcome(night=0.3, cause=0.29) is Outcome.ANSWER
    assert outcome(boats=0.3, cause=0.29) is Outcome.ASK


def test_a_high_score_is_told_whatever_is_close_behind(outcome):
    """From twice the threshold on a small lead is enough."""
    assert outcome(alarm=0.45, boats=0.44) is Outcome.ANSWER
