"""A case read, and refused where a reply would raise or say a wrong number."""

from __future__ import annotations

from pathlib import Path

from knowledge import checks
from knowledge.case.load import Loaded, load
from knowledge.case.problems import BrokenCaseError


def load_sound(folder: Path | None) -> Loaded:
    """Read a case with the place of everything in it. Raises BrokenCaseError with every structural problem found."""
    loaded = load(folder)
    errors = checks.structure(loaded)
    if errors:
        raise BrokenCaseError(tuple(errors))
    return loaded
