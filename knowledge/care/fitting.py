"""Which contacts fit what a message asks for, and what it tells of whoever writes: "I'm deaf", "in Glasgow"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from knowledge.case.model import Case
from knowledge.language.patterns import PatternReader
from knowledge.language.text import tokenise

EMERGENCY = "999"
"""The number that comes before all others, and that a line names by itself."""


class Fit(NamedTuple):
    """Contacts in order, what is said below the first line, and whether they are told by what can be written to."""

    contacts: tuple[str, ...]
    beside: tuple[str, ...]
    written: bool


class Fitting:
    """Finds the contacts that fit, by the needs, circumstances and names of helplines of a case."""

    def __init__(self, case: Case, patterns: PatternReader) -> None:
        self._case = case
        self._needs = patterns.read_all({need.id: need.when for need in case.care.needs.values()})
        self._circumstances = patterns.read_all({one.id: one.when for one in case.care.circumstances.values()})
        self._named = patterns.read_all(
            {
                card.id: ["-".join(tokenise(name)) for name in (card.short, *card.also)]
                for card in case.helplines.values()
            }
        )

    def asked(self, readings: Sequence[Sequence[str]]) -> tuple[str, ...]:
        """Return the contacts that words ask for: by a helpline's name, and behind these by what is needed."""
        named = {id_ for read in readings for id_ in self._named.names(read)}
        shown = {id_ for read in readings for id_ in self._needs.names(read)}
        needed = (id_ for need in self._case.care.needs.values() if need.id in shown for id_ in need.contacts)
        return tuple(dict.fromkeys([*(id_ for id_ in self._case.helplines if id_ in named), *needed]))

    def told(self, readings: Iterable[Sequence[str]], concern: str) -> Fit | None:
        """Return what fits the circumstances that words tell of under a concern, None where they tell of none.

        Of each circumstance the first contact comes before the others of any.
        """
        told = {id_ for read in readings for id_ in self._circumstances.names(read)}
        fit = [one for one in self._case.care.circumstances.values() if one.id in told and concern in one.rows]
        if not fit:
            return None
        firsts = (id_ for one in fit for id_ in one.contacts[:1])
        others = (id_ for one in fit for id_ in one.contacts[1:])
        return Fit(
            contacts=tuple(dict.fromkeys([*firsts, *others])),
            beside=tuple(one.say for one in fit if one.say),
            written=any(one.written for one in fit),
        )

    def before_row(self, fit: Fit, concern: str) -> tuple[str, ...]:
        """Return the contacts that fit before those of a concern, behind 999 where these begin with it."""
        row = self._case.care.concerns[concern].contacts
        emergency = row[:1] if self._case.helplines[row[0]].phone == EMERGENCY else ()
        return tuple(dict.fromkeys([*emergency, *fit.contacts, *row]))
