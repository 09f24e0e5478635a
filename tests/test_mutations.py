"""A sample of the slips that `python -m tests.mutations` makes: each is told at its line or harms nothing."""

from pathlib import Path

import pytest

from tests.mutations.bench import Bench
from tests.mutations.kinds import mutations
from tests.mutations.legitimate import edits
from tests.mutations.slips import kinds

EVERY = 80


@pytest.fixture(scope="module")
def bench():
    return Bench(None)


def test_a_slip_is_told_at_its_line(bench):
    """One in eighty, without asking questions: whatever was told of it was told where it is."""
    made = list(mutations(kinds(articles=False), bench.texts))
    assert len(made) > 350
    outcomes = [(one, bench.verdict(one, asks=False)) for one in made[::EVERY]]
    assert [(one.kind, one.file, verdict) for one, verdict in outcomes if not verdict.is_well] == []


def test_a_legitimate_edit_is_not_told(bench):
    """One in twenty: another wording, another telling with the same names and numbers."""
    for edit in edits(bench.texts)[:: EVERY // 4]:
        assert bench.verdict(edit, asks=False).told == (), edit.what


def test_every_kind_says_why_it_is_a_slip():
    """No kind stands twice, and each has its reason."""
    some = kinds(articles=True)
    assert len({kind.name for kind in some}) == len(some)
    assert all(kind.why and Path(kind.files[0]) for kind in some)
