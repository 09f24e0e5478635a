"""A case to begin with, as `casebook new` makes it."""

import json
import re
import shutil

import pytest

from bot.curator import new
from knowledge.case.load import load_case
from knowledge.case.model import Status


@pytest.fixture(scope="module")
def mill(tmp_path_factory):
    """A case made by `casebook new`."""
    folder = tmp_path_factory.mktemp("made") / "mill"
    assert new.run(folder) == 0
    return folder


def test_a_new_case_has_a_fact_of_every_status_and_comments_on_its_fields(mill):
    """Five to seven facts from two reports, a claim, a dispute, something unreported; every file has its comments."""
    case = load_case(mill)
    assert 5 <= len(case.facts) <= 7
    assert len(case.sources) == 2
    assert {fact.status for fact in case.facts.values()} == {*Status}
    assert [fact.id for fact in case.facts.values() if fact.claims]
    files = [file for file in mill.rglob("*") if file.suffix == ".yaml" or file.parent.name == "wordings"]
    assert all("#" in file.read_text(encoding="utf-8") for file in files)


def test_nothing_in_a_new_case_is_wrong(mill, casebook):
    """`check` tells neither an error nor a warning of any of its files."""
    _, out, _ = casebook("check", "--case", mill, "--articles", mill / "articles", "--format", "json")
    assert [problem for problem in json.loads(out) if problem["file"].startswith(str(mill))] == []
    assert [problem for problem in json.loads(out) if problem["level"] == "error"] == []


def test_a_new_case_answers_its_labelled_questions(mill, casebook):
    """The labelled set that comes with it holds."""
    code, out, _ = casebook("evaluate", "--case", mill, mill / "questions.jsonl")
    assert code == 0
    assert re.search(r"^ALL .*100\.0%$", out, re.MULTILINE)


def test_a_new_case_overwrites_nothing(tmp_path, casebook):
    """A folder that holds something is left as it is."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    code, out, err = casebook("new", tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith(f"casebook: new: {tmp_path} exists and isn't empty; ")
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_a_new_case_can_be_written_in_though_the_program_may_not(tmp_path, monkeypatch):
    """From an installation that is read-only comes a case that isn't."""
    starter = shutil.copytree(new.STARTER, tmp_path / "starter")
    for one in (starter, *starter.rglob("*")):
        one.chmod(one.stat().st_mode & ~0o222)
    monkeypatch.setattr(new, "STARTER", starter)
    made = tmp_path / "mill"
    assert new.run(made) == 0
    for one in (starter, *starter.rglob("*")):
        one.chmod(one.stat().st_mode | 0o200)
    assert all(one.stat().st_mode & 0o200 for one in (made, *made.rglob("*")))


def test_a_case_made_elsewhere_can_be_copied_and_talked_to(mill, tmp_path, casebook):
    """It leans on nothing beside it."""
    folder = shutil.copytree(mill, tmp_path / "other")
    assert (
        "Lena Marsh, the keeper of the mill, found the water."
        in casebook("ask", "who found the water", "--case", folder)[1]
    )
