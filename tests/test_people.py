"""What `check` refuses to be said of the living, and the names that it refuses to children and to those whom reports leave unnamed."""

import shutil

import pytest

from knowledge import checks
from knowledge.case.load import load
from knowledge.checks import people, sources
from knowledge.language.english import Language
from tests.conftest import BOATHOUSE
from tests.shared import change

FACTS, CASE, SEED = "knowledge/facts/fire.yaml", "knowledge/case.yaml", "seeds/gazette.yaml"
SMOKE = """  status: claimed
  speaker: finch
  answer: 'Ada Finch told The Marsh Gazette: "I smelt smoke".'
  short: '"I smelt smoke".'
"""


@pytest.fixture
def folder(tmp_path):
    """The boathouse, its caretaker living."""
    return shutil.copytree(BOATHOUSE, tmp_path / "case")


def told(folder, rule):
    loaded = load(folder)
    found = rule(loaded, Language.of(loaded.case)) if rule in checks.BY_LANGUAGE else rule(loaded)
    return [(problem.rule, problem.mark.file.rpartition("/")[2], problem.mark.line) for problem in found]


def say(folder, answer, *, status="established", quote="I smelt smoke"):
    """Have a fact of the caretaker say something, over a passage of some words."""
    line = change(
        folder / FACTS, SMOKE, f"  status: {status}\n  speaker: finch\n  answer: {answer}\n  short: So it was.\n"
    )
    change(folder / SEED, "I smelt smoke", quote)
    return line + 2


@pytest.mark.parametrize(
    ("answer", "status", "quote", "passes"),
    [
        ("Ada Finch stole the boats.", "established", "the boats were gone", False),
        ("Ada Finch stole the boats.", "established", "Finch admitted that she took them", True),
        ("Ada Finch stole the boats.", "established", "the court was told", True),
        ("Ada Finch stole the boats.", "claimed", "the boats were gone", True),
        ("The treasurer was attacked by Ada Finch.", "established", "he was hurt", False),
        ("Ada Finch was attacked.", "established", "she was hurt", True),
        ("Ada Finch raised the alarm.", "established", "she rang the bell", True),
        ("In the end she robbed the club.", "established", "the till was empty", False),
    ],
)
def test_a_wrong_of_the_living_is_established_by_a_court_or_an_admission(folder, answer, status, quote, passes):
    line = say(folder, answer, status=status, quote=quote)
    assert told(folder, people.wrongs) == ([] if passes else [("living", "fire.yaml", line)])


@pytest.mark.parametrize(
    ("answer", "passes"),
    [
        ("Ada Finch was arrested.", False),
        ("Ada Finch was charged with arson.", False),
        ("Ada Finch was arrested, and later released without charge.", True),
        ("Ada Finch was charged; no outcome is reported.", True),
        ("Ada Finch was never arrested.", True),
        ("Ada Finch had not been charged.", True),
        ("The club charged for entry.", True),
    ],
)
def test_no_arrest_of_the_living_is_told_without_its_outcome(folder, answer, passes):
    line = say(folder, answer, status="reported")
    if answer.startswith("The club"):
        change(
            folder / FACTS,
            "  about: [finch]\n  passages: [gazette/smoke]",
            "  about: [club]\n  passages: [gazette/smoke]",
        )
    assert told(folder, people.outcomes) == ([] if passes else [("living", "fire.yaml", line)])


def test_of_the_dead_both_may_be_told(folder):
    """A rule for the living is none for somebody of whom nothing says that they live."""
    change(folder / CASE, "is: living", "is: dead")
    say(folder, "Ada Finch stole the boats, and was arrested.")
    assert told(folder, people.wrongs) == told(folder, people.outcomes) == []


@pytest.mark.parametrize(
    ("quote", "passes"), [("Ada Finch, 9, smelt smoke", True), ("a child of nine smelt smoke", False)]
)
def test_a_child_is_called_only_as_a_passage_does(folder, quote, passes):
    """By no name that no quotation prints, a misspelt one neither."""
    change(folder / CASE, "is: living", "is: minor")
    change(folder / CASE, "    misspelt: [ada fynch]\n", "")
    change(folder / SEED, "I smelt smoke", quote)
    if not passes:
        change(folder / SEED, "Ada Finch", "The caretaker")
    assert (told(folder, people.minors) == []) is passes


@pytest.mark.parametrize(
    ("aliases", "passes"), [("the caretaker, caretaker, the woman who rang", True), ("the caretaker, finch", False)]
)
def test_whoever_is_left_unnamed_has_no_alias_that_is_a_name(folder, aliases, passes):
    change(folder / CASE, "name: Ada Finch", "name: the caretaker")
    change(
        folder / CASE,
        "aliases: [ada, finch, the caretaker, caretaker]\n    misspelt: [ada fynch]",
        f"aliases: [{aliases}]",
    )
    change(folder / CASE, "is: living", "unnamed: true")
    assert (told(folder, people.unnamed) == []) is passes


def test_what_a_person_is_has_three_values(folder):
    """Anything else is told at its line."""
    line = change(folder / CASE, "is: living", "is: alive")
    (problem,) = load(folder).problems
    assert (problem.rule, problem.mark.line, problem.mend) == ("value", line, "write one of living, dead, minor")


def test_a_contact_that_a_source_prints_exists(folder):
    """One that doesn't is told at its line, with the nearest that does."""
    change(folder / SEED, "passages:", 'helplines:\n  refuge: ""\n  samaritan: ""\npassages:')
    (problem,) = sources.helplines(load(folder))
    assert problem.message == "there is no contact samaritan"
    assert problem.mend == "did you mean samaritans?"
