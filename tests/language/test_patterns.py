"""The pattern language of signals."""

import pytest

from knowledge.language.patterns import PatternReader


@pytest.mark.parametrize(("between", "is_found"), [(0, True), (5, True), (6, False)])
def test_a_gap_is_up_to_five_words(between, is_found):
    """`...` stands for five words of any kind, and for no more."""
    pattern = PatternReader({}).read(["he ... shouts"])
    assert pattern.found(["he", *["so"] * between, "shouts"]) is is_found
