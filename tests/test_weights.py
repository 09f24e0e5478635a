from __future__ import annotations

import pytest

from knowledge.english import English
from knowledge.features import Wording
from knowledge.learn import digest, learn
from knowledge.weights import WeightsError, dump, load

WORDINGS = [
    Wording("who", "who killed her"),
    Wording("who", "name of the killer"),
    Wording("when", "when was she killed"),
    Wording("when", "what day did it happen"),
]
LAYER = English(expand={"wen": "when"}, same={"murdered": "kill", "killed": "kill"})
ALIASES = {("the", "killer"): "leon"}


def test_weights_survive_a_round_trip() -> None:
    """What was dumped loads as it was."""
    weights = learn(WORDINGS, LAYER, ALIASES)
    assert load(dump(weights)) == weights


def test_learning_is_deterministic() -> None:
    """The same wordings in another order, or twice, give the same bytes."""
    assert dump(learn(WORDINGS[::-1] + WORDINGS, LAYER, ALIASES)) == dump(learn(WORDINGS, LAYER, ALIASES))


def test_the_digest_tells_every_input() -> None:
    """A change of a wording, of the layer or of an alias changes the digest; their order doesn't."""
    first = digest(WORDINGS, LAYER, ALIASES)
    assert digest(WORDINGS[::-1], LAYER, ALIASES) == first == learn(WORDINGS, LAYER, ALIASES).digest
    others = {
        digest([*WORDINGS[1:], Wording("who", "who did it")], LAYER, ALIASES),
        digest(WORDINGS, LAYER, {**ALIASES, ("he",): "leon"}),
        digest(WORDINGS, LAYER, {("a", "killer"): "leon"}),
        digest(WORDINGS, English(), ALIASES),
        digest(WORDINGS, English(common=frozenset({"chef"})), ALIASES),
    }
    assert len(others) == 5
    assert first not in others


@pytest.mark.parametrize(
    "damage", [lambda data: data[:0], lambda data: data[:-20], lambda data: data[:40] + b"x" + data[41:]]
)
def test_damage_is_told(damage) -> None:
    """Bytes that are no weights raise one error that says what to do."""
    with pytest.raises(WeightsError, match="learn them again"):
        load(damage(dump(learn(WORDINGS, LAYER, ALIASES))))


def test_learning_nothing_gives_empty_weights() -> None:
    """A case without wordings has weights too, for no fact."""
    weights = learn([], English(), {})
    assert weights.facts == ()
    assert load(dump(weights)) == weights._replace(rows=b"")
