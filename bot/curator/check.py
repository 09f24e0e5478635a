"""`casebook check`: every problem of a fact base, with its place and its mend."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.loading import index_of
from knowledge import checks
from knowledge.case.load import load
from knowledge.case.nodes import Level, Problem
from knowledge.checks.wordings import Learned


def run(folder: Path | None, articles: Path | None, form: str, *, links: bool) -> int:
    """Print the problems as text, JSON or GitHub annotations. Returns 1 where one is an error, 2 for a missing folder."""
    if articles is not None and not articles.is_dir():
        print(f"casebook: --articles: there is no folder {articles}; give the folder that holds the articles' texts")
        return 2
    loaded = load(folder)
    texts = None if articles is None else read_articles(articles)
    today = datetime.now(UTC).date()
    learned = Learned.of(loaded.case, index_of(loaded.case, os.environ))
    problems = sorted(checks.check(loaded, learned, texts, today))
    if links:
        from bot.curator import links as pages  # noqa: PLC0415 - it alone needs a network

        problems += sorted(pages.visit(loaded))
    _print(problems, form, f"{len(loaded.case.facts)} facts, {len(loaded.case.sources)} sources")
    return int(any(problem.level is Level.ERROR for problem in problems))


def read_articles(folder: Path) -> dict[str, str]:
    """Return the articles' texts by source id."""
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt"))}


def _print(problems: Sequence[Problem], form: str, what: str) -> None:
    if form == "json":
        print(json.dumps([_fields(problem) for problem in problems], indent=1))
        return
    for problem in problems:
        print(_annotation(problem) if form == "github" else problem)
    if form == "text":
        count = Counter(problem.level for problem in problems)
        print(f"{what}: {count[Level.ERROR]} errors, {count[Level.WARNING]} warnings")


def _fields(problem: Problem) -> dict[str, object]:
    mark = problem.mark
    return {
        "file": mark.file,
        "line": mark.line,
        "column": mark.column,
        "level": problem.level,
        "rule": problem.rule,
        "message": problem.message,
        "mend": problem.mend,
    }


def _annotation(problem: Problem) -> str:
    mark = problem.mark
    place = f"file={mark.file},line={mark.line},col={mark.column},title={problem.rule}"
    return f"::{problem.level} {place}::{problem.message}; {problem.mend}"
