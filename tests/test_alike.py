"""Of the ways to say claims that are alike one is asked: what is alike is met alike, and what isn't is asked by itself."""

import pytest

from knowledge.case.load import load
from knowledge.case.model import Claim
from knowledge.checks.alike import Alike
from knowledge.checks.claims import claims_can_be_asked
from knowledge.checks.wordings import Learned
from knowledge.language.assertion import AssertionReader

EVERY = 40


@pytest.fixture(scope="module")
def alike(case, language):
    return Alike(case, language, AssertionReader.of(case, language))


def kind(case, alike, what, who="driver"):
    ((_, found),) = alike.kinds(case.facts["driver-arrested"], Claim(who, "did", (what,)))
    return found


@pytest.mark.parametrize(("one", "other"), [("polish cutlery", "choose petrol"), ("ask", "blamed"), ("months", "days")])
def test_words_of_the_same_lists_are_alike(case, alike, one, other):
    """So are words that count as the same, and those that no list has."""
    assert kind(case, alike, one) == kind(case, alike, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bake two", "bake three"),
        ("bake by", "bake with"),
        ("bake", "deny"),
        ("bake bread", "bake"),
        ("jump", "jumping"),
    ],
)
def test_words_that_say_something_of_their_own_are_not(case, alike, one, other):
    """A number, a word between others, what denies, what is being done."""
    assert kind(case, alike, one) != kind(case, alike, other)


@pytest.mark.parametrize("what", ["bake 2 loaf", "do runner a", "hit man car the in"])
def test_what_words_mean_only_together_is_like_nothing_else(case, alike, what):
    """A figure, a saying and somebody's name are read for what they are."""
    assert kind(case, alike, what) is None


def test_what_is_alike_is_met_alike(case, index, alike):
    """Ways of the shipped case that another is asked for are met when they are asked for themselves."""
    spared = {}
    for fact in case.facts.values():
        for number, claim in enumerate(fact.claims):
            for what, found in alike.kinds(fact, claim):
                spared.setdefault(found, []).append((fact, number, what))
    facts = {}
    for fact, number, what in [last for *others, last in spared.values() if others][::EVERY]:
        claim = fact.claims[number]
        first = claim._replace(what=(what, *(other for other in claim.what if other != what)))
        facts[fact.id] = fact._replace(claims=(first,))
    assert len(facts) > 10
    loaded = load(None)
    marks = {f"fact:{id_}.claim.0": loaded.marks[f"fact:{id_}"] for id_ in facts}
    some = loaded._replace(case=case._replace(facts=facts), marks={**loaded.marks, **marks})
    assert [*claims_can_be_asked(some, Learned.of(case, index))] == []
