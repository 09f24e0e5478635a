"""Imports run one way, and nothing of the shipped case stands in code."""

import ast
import re
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
MODULES = sorted([*TOP.glob("bot/**/*.py"), *TOP.glob("knowledge/**/*.py")])


def imported(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def named(file: Path) -> str:
    return file.relative_to(TOP).as_posix()


@pytest.mark.parametrize("file", MODULES, ids=named)
def test_imports_run_one_way(file):
    """knowledge never imports bot; the bot's core never imports a face; only one folder knows Telegram, only one module
    YAML."""
    names = imported(file)
    inside = named(file)
    if inside.startswith("knowledge/"):
        assert not any(name.split(".")[0] == "bot" for name in names)
    if inside.startswith("bot/") and not inside.startswith(("bot/faces/", "bot/desk/", "bot/__main__")):
        assert not any(name.startswith(("bot.faces", "bot.desk")) for name in names)
    if not inside.startswith("bot/faces/telegram/"):
        assert not any(name.split(".")[0] == "telegram" for name in names)
    if inside not in {"knowledge/nodes.py", "knowledge/read_voice.py"}:
        assert "yaml" not in names


@pytest.mark.parametrize("file", MODULES, ids=named)
def test_the_domain_touches_nothing_outside(file):
    """No clock, no chance, no environment in what thinks."""
    if named(file).startswith("knowledge/") or named(file) in {
        "bot/conversation.py",
        "bot/followup.py",
        "bot/compose.py",
    }:
        assert not imported(file) & {"time", "random", "os", "socket", "logging"}


@pytest.mark.parametrize("file", MODULES, ids=named)
def test_no_name_or_number_of_the_shipped_case_stands_in_code(file, case):
    """Another case drops in as a folder: names and telephone numbers live in YAML."""
    code = file.read_text(encoding="utf-8").lower()
    names = {
        word for entity in case.entities.values() for word in entity.name.lower().split() if entity.kind == "person"
    }
    common = {
        "the",
        "her",
        "she",
        "who",
        "said",
        "that",
        "was",
        "to",
        "it",
        "and",
        "a",
        "of",
        "another",
        "son",
        "children",
    }
    common |= {"family", "relative", "driver", "councillors", "councillor", "people", "woman", "detective", "chief"}
    common |= {"inspector", "aunt", "younger", "child", "tried", "stop", "neil", "scott", "leon", "sal", "rita"}
    for word in names - common:
        assert not re.search(rf"\b{re.escape(word)}\b", code), word
    for card in case.helplines.values():
        assert len(card.phone) < 5 or card.phone not in code
