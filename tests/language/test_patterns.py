"""The pattern language of signals."""

import pytest

from knowledge.language.patterns import PatternReader


@pytest.mark.parametrize(("between", "is_found"), [(0, True), (5, True), (6, False)])
def test_a_gap_is_up_to_five_words(between, is_found):
    """`...` stands for five words of any kind, and for no more."""
    pattern = PatternReader({}).read(["he ... shouts"])
    assert pattern.found(["he", *["so"] * between, "shouts"]) is is_found


@pytest.mark.parametrize(("piece", "can_be"), [("*", True), ("...", True), ("Bruis*", False), ("bruis*|Hurt", True)])
def test_a_piece_can_be_found_where_any_word_of_it_is_read_as_it_stands(piece, can_be):
    """Any word at all is one; a beginning with a capital is none."""
    assert PatternReader({}).piece(piece).can_be(str.islower) is can_be
