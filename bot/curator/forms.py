"""The forms in which problems are told: lines of text, JSON, the annotations of GitHub's workflows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from knowledge.case.problems import Level, Problem


def text(problems: Sequence[Problem]) -> str:
    """Return a line for each problem."""
    return "\n".join(map(str, problems))


def as_json(problems: Sequence[Problem]) -> str:
    """Return a list of objects."""
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


FORMS: Mapping[str, Callable[[Sequence[Problem]], str]] = {"text": text, "json": as_json, "github": github}


def count(problems: Iterable[Problem]) -> str:
    """Return how many errors and warnings there are, in words."""
    levels = Counter(problem.level for problem in problems)
    return f"{levels[Level.ERROR]} errors, {levels[Level.WARNING]} warnings"
