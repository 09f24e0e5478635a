"""Each rule of `check` is shown by a piece of a file that passes and what becomes of it where it fails."""

import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.loading import index_of
from knowledge import checks
from knowledge.case.layers import SHIPPED, read_text
from knowledge.case.load import load
from knowledge.case.problems import Level
from knowledge.checks import care, wordings
from knowledge.checks.wordings import Learned
from tests.mutations.kept import Kept
from tests.rules import OTHERS, RULES
from tests.rules.__main__ import PAGE, made

TODAY = datetime.now(UTC).date()
LEARNED = {
    "signal-silent": care.signals,
    "signal-fires": care.signals,
    "spelling": wordings.spelt,
    "self-find": wordings.wordings_find_their_fact,
}


class Unchanged:
    """A case that no test has changed, what is told of it, and what of it needs no second look where a file is."""

    def __init__(self, folder, *, with_articles):
        self.folder = folder
        files = (folder / "articles").glob("*.txt") if with_articles else ()
        self._texts = {file.stem: read_text(file.name, file)[0] for file in files} if with_articles else None
        self._kept = Kept()
        self.loaded, self.problems = self.changed({})

    def changed(self, files):
        """The case with some files changed, and what is told of it but for what reading as the bot does shows."""
        with self._kept.quickly({str(self.folder / name): data for name, data in files.items()}):
            loaded = load(self.folder)
            return loaded, [*checks.structure(loaded), *checks.rest(loaded, self._texts, TODAY)]


def read(rule, loaded, index):
    """What reading as the bot does shows, where the rule is one of that kind."""
    return LEARNED[rule.id](loaded, Learned.of(loaded.case, index)) if rule.id in LEARNED else ()


@pytest.fixture(scope="module")
def small(brief):
    """What was learned of the invented case as it is."""
    return index_of(load(brief).case, os.environ)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A copy of the shipped case."""
    folder = tmp_path_factory.mktemp("whole")
    for part in ("knowledge", "seeds"):
        shutil.copytree(SHIPPED / part, folder / part, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return Unchanged(folder, with_articles=False)


@pytest.fixture(scope="module")
def invented(brief):
    return Unchanged(brief, with_articles=True)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.fails or rule.passes], ids=lambda rule: rule.id)
def test_what_passes_passes_and_what_fails_is_told_at_its_line(rule, whole, invented, index, small):
    """The rule is silent before, and told of the line or the next one after; of the structure where the table says so."""
    learned = index if rule.shipped else small
    origin = whole if rule.shipped else invented
    file = origin.folder / rule.file
    text = file.read_text(encoding="utf-8")
    assert rule.passes in text
    if rule.passes:
        before = [*origin.problems, *read(rule, origin.loaded, learned)]
        told = [one for one in before if one.rule == rule.id]
        assert [str(one) for one in told if Path(one.mark.file) == file] == []
    at = text.index(rule.passes)
    data = text[:at] + rule.fails + text[at + len(rule.passes) :]
    loaded, after = origin.changed({rule.file: data.encode("utf-8", "surrogateescape")})
    after += read(rule, loaded, learned)
    first = text[:at].count("\n") + 1
    last = first + max(rule.fails.count("\n"), rule.passes.count("\n")) + 1
    told = [one for one in after if one.rule == rule.id and Path(one.mark.file) == file]
    lines = [one.mark.line for one in told]
    near = [one for one in told if first <= one.mark.line <= last or not rule.fails or rule.id in {"missing", "status"}]
    assert near, (lines, first, last, [str(one) for one in after if one.level is Level.ERROR][:5])
    assert near[0].level is (Level.WARNING if rule.warns else Level.ERROR)
    assert (rule.id in {one.rule for one in checks.structure(loaded)}) == rule.structure


def test_every_rule_stands_in_the_table():
    """The names under which the code tells a problem are those of the table, and none besides."""
    named = {rule.id for rule in RULES} | set(OTHERS)
    code = [*Path("knowledge").glob("checks/*.py"), *Path("knowledge").glob("case/*.py"), Path("bot/curator/links.py")]
    text = "\n".join((SHIPPED / file).read_text(encoding="utf-8") for file in code)
    assert sorted(name for name in named if f'"{name}"' not in text) == []
    called = set(re.findall(r"(?:Problem|_add)\((?:[^\n]|\n(?!\n))*?, \"([a-z]+(?:-[a-z]+)*)\",", text))
    assert called - named - {"quote"} == set()


def test_the_page_of_rules_is_made_from_the_table():
    """RULES.md is what the table says."""
    assert PAGE.read_text(encoding="utf-8") == made()
