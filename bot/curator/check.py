"""`casebook check`: every problem of a fact base with its place and mend, once or whenever a file has changed, in any form."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bot.curator import links
from bot.loading import index_of
from bot.operator import FAILED, UsageError, tell
from knowledge import checks
from knowledge.case.layers import SHIPPED, read_text
from knowledge.case.load import Loaded, load, paragraphs
from knowledge.case.model import Case, Claim
from knowledge.case.problems import BrokenCaseError, Level, Problem
from knowledge.checks.passages import room_in
from knowledge.checks.wordings import Learned

PAUSE = 0.3
"""Seconds between two looks at the files."""


class Options(NamedTuple):
    """What is to be checked, and how it is told."""

    folder: Path | None
    articles: Path | None = None
    form: str = "text"
    links: bool = False


def run(options: Options) -> int:
    """Check once. Returns 1 where one of the problems is an error. Raises UsageError for a folder that isn't there."""
    problems = Checker(options).check()
    return FAILED if any(problem.level is Level.ERROR for problem in problems) else 0


def watch(options: Options) -> int:
    """Check, and again whenever a file has changed, until Ctrl-C. Returns 0."""
    checker = Checker(options)
    try:
        while True:
            seen = _seen(options)
            checker.check()
            tell("casebook: waiting for a change; Ctrl-C ends")
            while _seen(options) == seen:
                time.sleep(PAUSE)
    except KeyboardInterrupt:
        return 0


def _seen(options: Options) -> dict[str, tuple[int, int]]:
    """The state of every file that is checked."""
    folder = options.folder or SHIPPED
    files = [file for part in ("knowledge", "seeds") for file in (folder / part).rglob("*")]
    files += options.articles.glob("*.txt") if options.articles else []
    found = {}
    for file in files:
        try:
            state = file.stat()
        except OSError:  # gone while it was looked at: that is a change as well
            continue
        found[str(file)] = (state.st_mtime_ns, state.st_size)
    return found


class Checker:
    """Checks a case, and keeps what of it need not be looked at again."""

    def __init__(self, options: Options) -> None:
        for name, folder in (("--case", options.folder), ("--articles", options.articles)):
            if folder is not None and not folder.is_dir():
                raise UsageError(name, f"there is no folder {folder}", f"give the folder that {_MEANT[name]}")
        self._options = options
        self._met: set[tuple[str, Claim]] = set()
        self._words: tuple[object, ...] = ()

    def check(self) -> list[Problem]:
        """Look for problems, and print them. Returns them."""
        try:
            loaded = load(self._options.folder)
        except BrokenCaseError as error:
            print(FORMS[self._options.form](error.problems))
            return list(error.problems)
        texts, broken = _articles(self._options.articles)
        problems = self._problems(loaded, texts, broken)
        if self._options.links:
            problems += sorted(links.visit(loaded))
        told = FORMS[self._options.form](problems)
        if told:
            print(told)
        if self._options.form == "text":
            case = loaded.case
            print(f"{len(case.facts)} facts, {len(case.sources)} sources: {_count(problems)}")
            print(*_rooms(case, texts or {}), sep="\n", end="\n" if texts else "")
        return problems

    def _problems(self, loaded: Loaded, texts: Mapping[str, str] | None, broken: list[Problem]) -> list[Problem]:
        found = [*broken, *checks.structure(loaded), *checks.rest(loaded, texts, datetime.now(UTC).date())]
        if checks.is_readable(loaded):
            found += checks.of_learned(loaded, self._learned(loaded.case))
        return checks.ordered(found)

    def _learned(self, case: Case) -> Learned:
        words = (case.english, case.entities, case.event)
        if words != self._words:
            self._words = words
            self._met.clear()
        return Learned.of(case, index_of(case, os.environ), self._met)


_MEANT = {"--case": "holds knowledge/ and seeds/", "--articles": "holds the articles' texts"}


def _articles(folder: Path | None) -> tuple[dict[str, str] | None, list[Problem]]:
    """The articles' texts by source id, None without a folder of them, and what can't be read of them."""
    if folder is None:
        return None, []
    texts, problems = {}, []
    for file in sorted(folder.glob("*.txt")):
        if file.is_file() and not file.name.startswith("."):
            text, wrong = read_text(str(file), file)
            texts[file.stem] = text.removeprefix("\ufeff")
            problems += wrong
    return texts, problems


def _rooms(case: Case, texts: Mapping[str, str]) -> Iterator[str]:
    """How much of each article is quoted, and how much more may be."""
    for id_, source in case.sources.items():
        if id_ in texts:
            room = room_in(case, source, paragraphs(texts[id_]))
            yield f"{id_}: {room.quoted} of {room.words} words quoted, {room.left} left"


def _as_text(problems: Sequence[Problem]) -> str:
    """A line for each problem."""
    return "\n".join(map(str, problems))


def _as_json(problems: Sequence[Problem]) -> str:
    """A list of objects."""
    return json.dumps([_fields(problem) for problem in problems], indent=1)


def _fields(problem: Problem) -> dict[str, object]:
    fields = {**problem.mark._asdict(), **problem._asdict()}
    return {name: fields[name] for name in ("file", "line", "column", "level", "rule", "message", "mend")}


def github(problems: Sequence[Problem]) -> str:
    """Return a workflow command for each problem, which GitHub shows beside the line."""
    return "\n".join(map(_annotation, problems))


def _annotation(problem: Problem) -> str:
    mark = problem.mark
    place = {"file": mark.file, "line": mark.line, "col": mark.column, "title": problem.rule}
    properties = ",".join(f"{name}={_escaped(str(value), PROPERTY)}" for name, value in place.items())
    return f"::{problem.level} {properties}::{_escaped(f'{problem.message}; {problem.mend}', DATA)}"


DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
PROPERTY = {**DATA, ":": "%3A", ",": "%2C"}
"""What stands for the signs that have a meaning in a workflow command, in its message and in its properties."""


def _escaped(value: str, signs: Mapping[str, str]) -> str:
    """Return a value as a workflow command holds it.

    >>> _escaped("50%, a: b", PROPERTY)
    '50%25%2C a%3A b'
    """
    return "".join(signs.get(sign, sign) for sign in value)


FORMS: Mapping[str, Callable[[Sequence[Problem]], str]] = {"text": _as_text, "json": _as_json, "github": github}


def _count(problems: Iterable[Problem]) -> str:
    """How many errors and warnings there are, in words."""
    levels = Counter(problem.level for problem in problems)
    return f"{levels[Level.ERROR]} errors, {levels[Level.WARNING]} warnings"
