"""What is wrong with a case: each problem at its place, with its mend."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST_TOLD = 10
"""How many of the problems are told to somebody who didn't ask for them."""
NEAR_ENOUGH = 3
"""The most edits between a mistyped name and the one that is suggested for it."""


class Level(StrEnum):
    """How bad a problem is: an error fails the check, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Mark(NamedTuple):
    """A place in a file. `line` and `column` count from 1."""

    file: str
    line: int = 1
    column: int = 1


class Problem(NamedTuple):
    """One thing wrong, with the rule that found it and what to do about it."""

    mark: Mark
    rule: str
    message: str
    mend: str
    level: Level = Level.ERROR

    def __str__(self) -> str:
        """Return `file:line:column: level: message [rule]; mend`."""
        mark = self.mark
        return f"{mark.file}:{mark.line}:{mark.column}: {self.level}: {self.message} [{self.rule}]; {self.mend}"


class BrokenCaseError(Exception):
    """The case cannot be used. `problems` holds every reason that was found; the first of them are told."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        more = len(problems) - MOST_TOLD
        lines = [*map(str, problems[:MOST_TOLD]), *([f"and {more} more: casebook check tells all"] if more > 0 else [])]
        super().__init__("\n".join(lines))
        self.problems = problems


def nearest(name: str, known: Iterable[str], edits: int = NEAR_ENOUGH) -> str:
    """Return the known name that a mistyped one probably means, "" where none is so few edits away, or half its letters."""
    found = process.extractOne(name, sorted(known), scorer=OSA.distance, score_cutoff=min(edits, len(name) // 2))
    return found[0] if found else ""


def meant(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return how a name that isn't known is mended: the one that was meant, or what to do `otherwise`."""
    near = nearest(name, known)
    return f"did you mean {near}?" if near else otherwise
