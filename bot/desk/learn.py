"""`casebook learn`: the weights of the search and of the care layer, learned anew and kept beside the wordings."""

from __future__ import annotations

from pathlib import Path


def run(folder: Path | None) -> int:
    """Learn and write the weights. Returns 0."""
    raise NotImplementedError
