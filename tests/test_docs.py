"""The README is true: its session, its commands, its fact and its settings."""

import io
import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from bot import loading
from bot.__main__ import main
from bot.curator.evaluate import evaluate
from bot.curator.new import STARTER
from bot.faces import terminal
from bot.faces.telegram import trouble
from bot.faces.telegram.incoming import webhook
from bot.faces.terminal import Look
from bot.settings import KNOWN
from knowledge.case.load import load
from knowledge.case.nodes import entries, parse
from knowledge.case.read import read_facts
from knowledge.case.wordings import read_wordings
from knowledge.checks.facts import references
from knowledge.matching import store
from tests import curators, fields
from tests.conftest import BOATHOUSE

TOP = Path(__file__).parent.parent
README = (TOP / "README.md").read_text(encoding="utf-8")
CURATORS = curators.PAGE.read_text(encoding="utf-8")
FIRST_SCREEN = 60
"""Lines in which somebody new has been told what to type and seen what comes of it."""


def block(opening: str, page: str = README) -> str:
    """The indented block of a page that begins so, without its indent."""
    found = re.search(rf"^    {opening}.*\n(?:(?:    .*)?\n)*", page, re.MULTILINE)
    assert found, opening
    return "\n".join(line.removeprefix("    ") for line in found.group(0).rstrip().split("\n"))


def test_the_session_is_what_the_terminal_says(conversation, monkeypatch):
    """Typing the README's messages gives the README's answers, to the letter."""
    _, *shown = block(r"\$ casebook").split("\n")
    messages = [line.removeprefix("> ") for line in shown if line.startswith("> ")]
    monkeypatch.setattr(terminal.Look, "of", classmethod(lambda _, __: Look(80)))
    out = io.StringIO()
    terminal.run(conversation, io.StringIO("\n".join(messages) + "\n"), out)
    assert [line.rstrip() for line in out.getvalue().rstrip().split("\n")] == shown


def test_every_command_of_the_table_exists(capsys):
    """The README names every command, and each answers to --help, with an example."""
    commands = set(re.findall(r"^\| `casebook ([a-z-]+)", README, re.MULTILINE))
    with pytest.raises(SystemExit):
        main(["--help"])
    assert commands == set(re.findall(r"^    ([a-z-]+)(?:  |$)", capsys.readouterr().out, re.MULTILINE))
    for command in commands:
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0
        assert f"example:\n  casebook {command}" in capsys.readouterr().out


def test_the_first_screen_runs_it():
    """999 comes first, then what to type, then the session; nothing else that is long."""
    lines = README.split("\n")
    places = [
        next(at for at, line in enumerate(lines) if what in line) for what in ("999", "git clone --depth 1", "> ")
    ]
    assert places == sorted(places)
    assert places[-1] < FIRST_SCREEN / 2
    assert [line for line in lines if line.startswith("    > ")][2:]
    assert max(at for at, line in enumerate(lines) if line.startswith("    > ")) < FIRST_SCREEN


def test_the_example_of_a_fact_can_be_read(case):
    """The fact for curators is a fact as the loader reads them, and what it refers to is there."""
    text, problems = block("- id: car", CURATORS), []
    (fact,) = read_facts("README.md", text, problems, {}, frozenset())
    assert problems == []
    assert list(entries(parse("README.md", text)[0], problems))
    assert {fact.id, *fact.related} <= set(case.facts)
    assert set(fact.about) <= set(case.entities)
    assert all(case.passage(passage).quote for passage in fact.passages)


def test_the_example_of_wordings_can_be_read(case):
    """The lines for curators are wordings of a fact that is there, by two hands, with a yes and a no."""
    problems = []
    wordings = list(read_wordings("README.md", block(r"\[car\]", CURATORS), problems))
    assert problems == []
    assert {wording.id for wording in wordings} == {"car"} <= set(case.facts)
    assert [wording.hand for wording in wordings] == ["curator"] * 2 + ["hand 2"] * 3
    assert [wording.sign for wording in wordings] == ["", "", "", "+", "-"]


def test_the_slip_is_told_as_shown(tmp_path):
    """A misspelt id in the invented case is told by the line for curators."""
    folder = shutil.copytree(BOATHOUSE, tmp_path / "boathouse")
    facts = folder / "knowledge/facts/fire.yaml"
    text = facts.read_text(encoding="utf-8")
    facts.write_text(text.replace("related: [age, smoke]", "related: [age, smoek]"), encoding="utf-8")
    (told,) = [str(problem) for problem in references(load(folder))]
    assert told == f"{folder}/{block('knowledge/facts/fire.yaml', CURATORS)}"


def test_the_labelled_messages_are_read_and_hold(conversation, tmp_path):
    """The labelled messages for curators are in the form that `evaluate` reads, and are answered as they want."""
    file = tmp_path / "labelled.jsonl"
    file.write_text(block(r"\{\"id\"", CURATORS), encoding="utf-8")
    outcomes = list(evaluate(conversation, file))
    assert len(outcomes) == 3
    assert not [outcome.faults for outcome in outcomes if outcome.faults]


def test_the_line_for_the_pipe_is_one():
    """What the README pipes in is one JSON object with the two fields that it needs."""
    said = re.search(r"echo '(.*)' \| \.venv/bin/casebook pipe", README).group(1)
    assert set(json.loads(said)) == {"chat", "text"}


def test_every_file_that_is_named_is_there():
    """A file or folder of the project that a page of it names exists."""
    pages = [
        TOP / name
        for name in (
            "README.md",
            "CONTRIBUTING.md",
            "CURATORS.md",
            "FIELDS.md",
            "MEASURED.md",
            "RULES.md",
            "SECURITY.md",
        )
    ]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        named = set(re.findall(r"(?:bot|knowledge|seeds|tests|\.ci)/[\w/.-]*\w", text)) | set(
            re.findall(r"\]\((\w+\.md)\)", text)
        )
        missing = {name for name in named if not any((folder / name).exists() for folder in (TOP, BOATHOUSE, STARTER))}
        assert missing == set(), page.name
        for module in re.findall(r"python -m (tests[\w.]*)", text):
            assert (TOP / module.replace(".", "/")).with_suffix(".py").exists() or (
                TOP / module.replace(".", "/") / "__main__.py"
            ).exists(), module


def test_the_version_is_told(capsys):
    """`--version` tells what pyproject says."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    version = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert (ended.value.code, capsys.readouterr().out) == (0, f"casebook {version}\n")


def test_every_setting_is_in_the_table():
    """The README names the settings that are known, and no others; each that stands in code is known."""
    names = set(re.findall(r"^\| `((?:TELEGRAM|CASEBOOK)_[A-Z_]+)` \|", README, re.MULTILINE))
    assert names == KNOWN
    assert {store.SETTING, loading.CONTACT} <= KNOWN
    code = (TOP / "bot/settings.py").read_text(encoding="utf-8")
    parts = {"CASEBOOK_HEALTH", "TELEGRAM_WEBHOOK"}
    assert set(re.findall(r"\"((?:TELEGRAM|CASEBOOK)_[A-Z_]*[A-Z])\"", code)) - parts == KNOWN


def test_every_cause_of_trouble_is_explained():
    """What the bot may say went wrong between it and Telegram stands in the table of what to do."""
    told = [*trouble._CAUSES.values(), trouble.HOOKED, trouble.TWICE, webhook.REPLACED]
    lines = " ".join(line.split(" | ")[0] for line in README.splitlines() if line.startswith("| `"))
    for words in told:
        head = re.split("; | that | or ", words)[0]
        assert head in lines, head


def test_what_the_curators_page_shows_is_what_the_commands_print():
    """Its commands, run one after the other in a folder of their own, print what stands there."""
    assert curators.made(CURATORS) == CURATORS


def test_the_page_of_fields_has_every_field_and_what_it_is_for():
    """Each field that is read of a case stands there, with its form and its values, and none besides."""
    page = fields.PAGE.read_text(encoding="utf-8")
    assert fields.made(page) == page
    assert [field for field, purpose in fields.purposes(page).items() if not purpose] == []
