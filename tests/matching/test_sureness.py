"""How sure a candidate is: what makes it likelier, and how the weights of that are learned."""

import numpy as np
import pytest

from knowledge.matching.heldout import Trial, fit
from knowledge.matching.sureness import PRIOR, Features

LIKE = Features(
    learned=0.4,
    likeness=0.5,
    held=0.8,
    known=1.0,
    size=2.0,
    length=1.8,
    otherwise=0.0,
    about=0.0,
    stranger=0.0,
    move=0.0,
)
"""A candidate that may be meant."""


def chances(conversation, question):
    """How likely each candidate is to be what a question asks for."""
    (found,) = conversation.decide(question).tried[:1]
    return {candidate.id: candidate.score for candidate in found.verdict.candidates}


def test_with_nothing_to_learn_from_the_weights_are_those_of_any_case():
    assert fit([]) == pytest.approx(np.array(PRIOR))


def test_a_feature_that_the_right_ones_have_weighs_more_for_it():
    """Where whoever wants another kind of answer is never told so, that says more against it."""
    wrong = LIKE._replace(otherwise=1.0)
    weights = Features(*fit([Trial([LIKE, wrong], 0)] * 200))
    assert weights.otherwise < 2 * PRIOR.otherwise
    assert Features(*fit([Trial([wrong, LIKE], 0)] * 200)).otherwise > 0


def test_questions_that_nothing_answers_make_every_candidate_less_sure():
    answered = [Trial([LIKE], 0)] * 50
    unanswered = [Trial([LIKE], None)] * 50
    sure, unsure = (float(np.dot(fit(some), LIKE)) for some in (answered, [*answered, *unanswered]))
    assert sure > unsure
    assert unsure == pytest.approx(0.0, abs=0.3)  # as often as not


def test_the_probabilities_of_all_and_of_none_make_one(boathouse):
    told = chances(boathouse, "how many boats were in there")
    assert max(told, key=told.get) == "boats"
    assert 0 < sum(told.values()) < 1


def test_words_that_nobody_knows_make_everything_less_likely(boathouse):
    plain, strange = (
        chances(boathouse, question)["boats"] for question in ("how many boats", "how many boats qwxz vbnk plmt grzk")
    )
    assert strange < plain


def test_the_very_words_of_a_wording_are_as_sure_as_can_be(boathouse):
    near = chances(boathouse, "please tell me how old ada finch was")["age"]
    assert near < chances(boathouse, "age of the caretaker")["age"]


def test_whoever_is_asked_for_comes_before_what_has_the_same_words(case, ask):
    """The car is told by the same words as its driver, and who was driving is a person."""
    (told, *_) = ask("who was driving").facts
    assert "person" in case.facts[told].gives
