from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from knowledge.language.spelling import BOTH_ENDS, LEAST_LETTERS, MOST_SOUGHT, TWO_EDITS_FROM, Repair, Speller

COUNTS = {"when": 9, "did": 8, "what": 7, "kill": 3, "killed": 5, "mccaskie": 6, "barraclough": 2, "it": 9, "chief": 1}
WORDS = st.text("abcde", min_size=1, max_size=9)


def repaired(typed: str, speller: Speller | None = None) -> Repair:
    (repair,) = (speller or Speller(COUNTS)).repair_all([typed])
    return repair


@pytest.mark.parametrize(
    ("typed", "words", "edits"),
    [
        ("killed", ("killed",), 0),
        ("kiled", ("killed",), 1),
        ("klil", ("kill",), 1),
        ("ddi", ("did",), 1),
        ("mccaskee", ("mccaskie",), 1),
        ("baraclogh", ("barraclough",), 2),
        ("killlled", ("killed",), 1),
        ("whendidit", ("when", "did", "it"), 1),
    ],
)
def test_unknown_words_become_known(typed, words, edits):
    """A slip, a swap, a held key or a forgotten space is repaired; a known word is left alone."""
    assert repaired(typed) == Repair(words, known=True, edits=edits)


def test_of_equally_near_words_the_likeliest_wins():
    """The same first letter counts for more than use, and use for more than the alphabet."""
    assert repaired("bxt", Speller({"axt": 9, "bat": 1})).words == ("bat",)
    assert repaired("bxt", Speller({"bat": 1, "but": 9})).words == ("but",)


@pytest.mark.parametrize("typed", ["it1", "xy", "zzzzzz", "1234", "q" * 5000])
def test_what_nothing_resembles_stays(typed):
    """Numbers, scraps and words far from all others come back as typed, and unknown."""
    assert repaired(typed) == Repair((typed,), known=False)


def test_right_words_are_never_repaired():
    """A right word of the language that the case doesn't use is no misspelling of one that it uses."""
    assert repaired("chef").words == ("chief",)
    assert repaired("chef", Speller(COUNTS, frozenset({"chef"}))) == Repair(("chef",), known=False)


def test_right_words_stand_for_their_other_forms():
    """A right word that is another form of a known one is known as that."""
    speller = Speller(COUNTS, frozenset({"killings"}), {"killings": "killed"}.get)
    assert repaired("killings", speller) == Repair(("killed",), known=True)


def test_a_stray_space_is_closed():
    """Two words that only make sense as one are joined; two known words stay two."""
    speller = Speller({**COUNTS, "whatdid": 1})
    repairs = speller.repair_all(["mc", "caskie", "what", "did"])
    assert [(repair.words, repair.taken) for repair in repairs] == [(("mccaskie",), 2), (("what",), 1), (("did",), 1)]


def test_a_message_of_slips_is_not_mended_without_end():
    """Of the unknown words of one message only so many are looked for, each search costing as much as the answer."""
    repairs = Speller(COUNTS).repair_all(["kiled"] * (MOST_SOUGHT + 5))
    assert [repair.known for repair in repairs] == [True] * MOST_SOUGHT + [False] * 5


def slow(typed: str, counts: dict[str, int]) -> str | None:
    """What the speller promises, by looking at every word of the vocabulary."""
    limit = 2 if len(typed) >= TWO_EDITS_FROM else 1
    found = []
    for word, count in counts.items():
        distance = OSA.distance(typed, word)
        edge = typed[:2] == word[:2] or typed[-2:] == word[-2:]
        short = len(typed) <= BOTH_ENDS and len(word) <= BOTH_ENDS and abs(len(typed) - len(word)) <= 1
        if len(word) >= LEAST_LETTERS and distance <= limit and (edge or short):
            found.append((distance, sorted(word) != sorted(typed), word[0] != typed[0], -count, word))
    return min(found)[4] if found else None


@given(WORDS.filter(lambda word: len(word) >= LEAST_LETTERS), st.dictionaries(WORDS, st.integers(1, 9), max_size=40))
def test_fast_agrees_with_slow(typed, counts):
    """The nearest word is the one that a look at the whole vocabulary finds."""
    nearest = typed if typed in counts else slow(typed, counts)
    if nearest is not None and not re.search(r"(.)\1\1", typed):  # a held key is another matter
        assert repaired(typed, Speller(counts)).words == (nearest,)
