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


def inner(file: Path) -> set[str]:
    """The modules that a module needs before it is there itself: those that it imports at its top level."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    whole = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    parts = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    return (
        whole
        | {node.module for node in parts}
        | {f"{node.module}.{alias.name}" for node in parts for alias in node.names}
    )


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
    if inside.startswith("bot/") and not inside.startswith(("bot/faces/", "bot/curator/", "bot/__main__")):
        assert not any(name.startswith(("bot.faces", "bot.curator")) for name in names)
    if not inside.startswith("bot/faces/telegram/"):
        assert not any(name.split(".")[0] == "telegram" for name in names)
    if inside != "knowledge/case/nodes.py":
        assert "yaml" not in names


LAYERS = ("case", "language", "matching", "care", "checks")
"""The packages of knowledge, each of which imports only itself and those before it."""


@pytest.mark.parametrize("file", sorted(TOP.glob("knowledge/*/**/*.py")), ids=named)
def test_the_layers_of_knowledge_import_one_way(file):
    """A case knows no language, a language no matching, matching no care, and nobody the checks."""
    layer = file.relative_to(TOP / "knowledge").parts[0]
    known = LAYERS[: LAYERS.index(layer) + 1]
    inner = {name.split(".")[1] for name in imported(file) if name.startswith("knowledge.")}
    assert inner <= {*known}


WAY_OUT = ("state", "outgoing", "handlers", "incoming")
"""The packages of the Telegram face, each of which imports only itself and those before it."""


@pytest.mark.parametrize("file", sorted(TOP.glob("bot/faces/telegram/*/*.py")), ids=named)
def test_the_packages_of_telegram_import_one_way(file):
    """What is remembered knows nobody, what goes out no handlers, and those not how an update came in."""
    layer = file.relative_to(TOP / "bot/faces/telegram").parts[0]
    known = WAY_OUT[: WAY_OUT.index(layer) + 1]
    inner = {name.split(".")[3] for name in imported(file) if name.startswith("bot.faces.telegram.")}
    assert inner & {*WAY_OUT} <= {*known}


OUTSIDE = {"bot/__main__.py", "bot/loading.py", "bot/operator.py", "knowledge/matching/store.py"}
"""What starts and tells, and where an index is kept: beside the faces and the curator's commands, all that may look out."""


@pytest.mark.parametrize("file", MODULES, ids=named)
def test_the_domain_touches_nothing_outside(file):
    """No clock, no chance, no environment in what thinks."""
    if named(file) not in OUTSIDE and not named(file).startswith(("bot/faces/", "bot/curator/")):
        assert not imported(file) & {"time", "random", "os", "socket", "logging"}


@pytest.mark.parametrize("file", MODULES, ids=named)
def test_no_name_or_number_of_the_shipped_case_stands_in_code(file, case):
    """Another case drops in as a folder: names and telephone numbers live in YAML."""
    code = file.read_text(encoding="utf-8").lower()
    names = {
        word for entity in case.entities.values() for word in entity.name.lower().split() if entity.kind == "person"
    }
    for word in names - case.english.known:
        assert not re.search(rf"\b{re.escape(word)}\b", code), word
    for card in case.helplines.values():
        assert len(card.phone) < 5 or card.phone not in code


def test_every_module_can_be_imported_first():
    """No two modules wait for each other, whichever comes first."""
    names = [".".join(file.relative_to(TOP).with_suffix("").parts) for file in MODULES]
    waits = {name: inner(file).intersection(names) - {name} for name, file in zip(names, MODULES, strict=True)}
    while free := {name for name, others in waits.items() if not others & waits.keys()}:
        waits = {name: others for name, others in waits.items() if name not in free}
    assert waits == {}
