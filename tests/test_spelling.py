from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from knowledge.spelling import LEAST_LETTERS, TWO_EDITS_FROM, Repair, Speller
from knowledge.text import stemmer

COUNTS = {"when": 9, "did": 8, "what": 7, "kill": 3, "killed": 5, "mccaskie": 6, "barraclough": 2, "it": 9, "chief": 1}
WORDS = st.text("abcde", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("typed", "words", "edits"),
    [
        ("killed", ("killed",), 0),
        ("kiled", ("killed",), 1),
        ("klil", ("kill",), 1),
        ("ddi", ("did",), 1),
        ("mccaskee", ("mccaskie",), 1),
        ("baraclogh", ("barraclough",), 2),
        ("killlled", ("killed",), 0),
        ("whendidit", ("when", "did", "it"), 1),
    ],
)
def test_unknown_words_become_known(typed: str, words: tuple[str, ...], edits: int) -> None:
    """A slip, a swap, a held key or a forgotten space is repaired; a known word is left alone."""
    assert Speller(COUNTS).repair(typed) == Repair(typed, words, known=True, edits=edits)


def test_of_equally_near_words_the_likeliest_wins() -> None:
    """The same first letter counts for more than use, and use for more than the alphabet."""
    assert Speller({"axt": 9, "bat": 1}).repair("bxt").words == ("bat",)
    assert Speller({"bat": 1, "but": 9}).repair("bxt").words == ("but",)


@pytest.mark.parametrize("typed", ["it1", "xy", "zzzzzz", "1234", "q" * 5000])
def test_what_nothing_resembles_stays(typed: str) -> None:
    """Numbers, scraps and words far from all others come back as typed, and unknown."""
    assert Speller(COUNTS).repair(typed) == Repair(typed, (typed,), known=False, edits=0)


def test_right_words_are_never_repaired() -> None:
    """A right word of the language that the case doesn't use is no misspelling of one that it uses."""
    assert Speller(COUNTS).repair("chef").words == ("chief",)
    assert Speller(COUNTS, frozenset({"chef"})).repair("chef") == Repair("chef", ("chef",), known=False, edits=0)


def test_right_words_stand_for_their_other_forms() -> None:
    """A right word that is another form of a known one is known as that."""
    speller = Speller(COUNTS, frozenset({"killings"}), lambda: {"kill": "killed"}, stemmer())
    assert speller.repair("killings") == Repair("killings", ("killed",), known=True, edits=0)


def test_a_stray_space_is_closed() -> None:
    """Two words that only make sense as one are joined; two known words stay two."""
    speller = Speller({**COUNTS, "whatdid": 1})
    assert [repair.words for repair in speller.repair_all(["mc", "caskie", "what", "did"])] == [
        ("mccaskie",),
        ("what",),
        ("did",),
    ]


def slow(typed: str, counts: dict[str, int]) -> str | None:
    """What the speller promises, by looking at every word of the vocabulary."""
    limit = 2 if len(typed) >= TWO_EDITS_FROM else 1
    found = []
    for word, count in counts.items():
        distance = OSA.distance(typed, word)
        edge = typed[:2] == word[:2] or typed[-2:] == word[-2:] or distance == 1
        if len(word) >= LEAST_LETTERS and distance <= limit and edge:
            found.append((distance, word[0] != typed[0], -count, word))
    return min(found)[3] if found else None


@given(WORDS.filter(lambda word: len(word) >= LEAST_LETTERS), st.dictionaries(WORDS, st.integers(1, 9), max_size=40))
def test_fast_agrees_with_slow(typed: str, counts: dict[str, int]) -> None:
    """The nearest word is the one that a look at the whole vocabulary finds."""
    nearest = typed if typed in counts else slow(typed, counts)
    if nearest is not None and not re.search(r"(.)\1\1", typed):  # a held key is another matter
        assert Speller(counts).repair(typed).words == (nearest,)
