"""`casebook evaluate --sweep NAME=FROM:TO`: one of the numbers that decide, at five values."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.matching.verdict import Tuning

STEPS = 5
"""Values that a sweep tries."""


def swept(sweep: str | None) -> list[tuple[str, Tuning]]:
    """Return the numbers that decide with one of them at each value of a sweep, and what to call that; as they are for None.

    Raises ValueError where the text names no such number, saying how it is to be written.
    """
    return [("", Tuning())] if sweep is None else [*_values(*_read(sweep))]


def _read(sweep: str) -> tuple[str, float, float]:
    name, _, ends = sweep.partition("=")
    first, _, last = ends.partition(":")
    try:
        read = name, float(first), float(last)
    except ValueError as error:
        message = f"{error}; {_HOW}"
        raise ValueError(message) from None
    if name not in Tuning._fields:
        message = f"{name!r} is no number that decides; {_HOW}"
        raise ValueError(message)
    return read


def _values(name: str, first: float, last: float) -> Iterator[tuple[str, Tuning]]:
    for step in range(STEPS):
        value = round(first + (last - first) * step / (STEPS - 1), 4)
        yield f"{name}={value:<6}", Tuning()._replace(**{name: value})


_HOW = f"write NAME=FROM:TO with one of {', '.join(Tuning._fields)}"
