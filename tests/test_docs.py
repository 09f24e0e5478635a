"""The README is true: its session, its commands, its fact and its settings."""

import io
import re
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.faces import terminal
from bot.faces.terminal import Look
from bot.settings import Settings
from knowledge.nodes import entries, parse
from knowledge.read_case import read_facts

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_session_is_what_the_terminal_says(conversation, monkeypatch):
    """Typing the README's messages gives the README's answers, to the letter."""
    block = re.search(r"    \$ casebook\n((?:(?:    .*)?\n)*)", README).group(1)
    shown = [line.removeprefix("    ") for line in block.rstrip().split("\n")]
    messages = [line.removeprefix("> ") for line in shown if line.startswith("> ")]
    monkeypatch.setattr(terminal.Look, "of", classmethod(lambda _, __: Look(80)))
    out = io.StringIO()
    terminal.run(conversation, io.StringIO("\n".join(messages) + "\n"), out)
    assert [line.rstrip() for line in out.getvalue().rstrip().split("\n")] == shown


def test_every_command_of_the_table_exists(capsys):
    """Each command that the README names answers to --help."""
    commands = set(re.findall(r"^\| `casebook ([a-z]+)", README, re.MULTILINE))
    assert {"ask", "pipe", "telegram", "check", "explain", "coverage", "evaluate", "build"} == commands
    for command in commands:
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0
    capsys.readouterr()


def test_the_example_of_a_fact_can_be_read():
    """The fact for curators is a fact as the loader reads them."""
    block = re.search(r"    - id: car\n(?:    .*\n)+", README).group(0)
    text = "\n".join(line.removeprefix("    ") for line in block.split("\n"))
    problems = []
    facts = read_facts("README.md", text, problems, {}, frozenset())
    assert problems == []
    assert [fact.id for fact in facts] == ["car"]
    assert list(entries("README.md", parse("README.md", text)[0], problems))


def test_every_setting_of_the_table_is_read():
    """A setting that the README names changes what the program runs with, or is refused by its name."""
    names = re.findall(r"^\| `((?:TELEGRAM|CASEBOOK)_[A-Z_]+)` \|", README, re.MULTILINE)
    source = (Path(__file__).parent.parent / "bot/settings.py").read_text(encoding="utf-8")
    assert set(names) == set(re.findall(r"\"((?:TELEGRAM|CASEBOOK)_[A-Z_]+)\"", source))
    assert Settings.from_env({"TELEGRAM_BOT_TOKEN": "1:x"}).webhook is None
