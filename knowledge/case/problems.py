"""A problem in the fact base, told to a curator as data: where it is, what is wrong, and the mend."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


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
        """Return `file:line:column: level [rule] message; mend`."""
        mark = self.mark
        return f"{mark.file}:{mark.line}:{mark.column}: {self.level} [{self.rule}] {self.message}; {self.mend}"


class BrokenCaseError(Exception):
    """The case cannot be used. `problems` holds every reason that was found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
