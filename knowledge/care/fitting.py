"""Which contacts fit what a message asks for, and what it tells of whom it happens to: "I'm deaf", "in Glasgow"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from knowledge.case.model import Case
from knowledge.language.patterns import PatternReader
from knowledge.language.text import tokenise


class Fit(NamedTuple):
    """Contacts in order, what is said below the first line, and how they are told: by what can be written to, for abroad."""

    contacts: tuple[str, ...]
    beside: tuple[str, ...]
    written: bool
    abroad: bool


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
        shown = {id_ for read in readings for id_ in self._needs.names(read)}
        needed = (id_ for need in self._case.care.needs.values() if need.id in shown for id_ in need.contacts)
        return tuple(dict.fromkeys([*self.named(readings), *needed]))

    def named(self, readings: Iterable[Sequence[str]]) -> tuple[str, ...]:
        """Return the contacts that words ask for by a helpline's name."""
        named = {id_ for read in readings for id_ in self._named.names(read)}
        return tuple(id_ for id_ in self._case.helplines if id_ in named)

    def told(self, readings: Iterable[Sequence[str]], concern: str) -> Fit | None:
        """Return what fits the circumstances that words tell of under a concern, None where they tell of none.

        Of each circumstance the first contact comes before the others of any.
        """
        told = {id_ for read in readings for id_ in self._circumstances.names(read)}
        known = self._case.care.circumstances.values()
        told |= {one.id for one in known if any(told.issuperset(several) for several in one.together)}
        fit = [one for one in known if one.id in told and concern in one.rows and told.isdisjoint(one.unless)]
        if not fit:
            return None
        firsts = (id_ for one in fit for id_ in one.contacts[:1])
        others = (id_ for one in fit for id_ in one.contacts[1:])
        return Fit(
            contacts=tuple(dict.fromkeys([*firsts, *others])),
            beside=tuple(dict.fromkeys(one.say for one in fit if one.say)),
            written=any(one.written for one in fit),
            abroad=any(one.abroad for one in fit),
        )

    def before_row(self, fit: Fit, concern: str) -> tuple[str, ...]:
        """Return the contacts that fit before those of a concern, behind the ones that it holds.

        What is held gives way to what is for one nation alone where it doesn't serve that.
        """
        row, cards = self._case.care.concerns[concern], self._case.helplines
        alone = {nation for id_ in fit.contacts[:1] for nation in cards[id_].nations if len(cards[id_].nations) == 1}
        held = (id_ for id_ in row.contacts[: row.held] if alone <= {*cards[id_].nations})
        return tuple(dict.fromkeys([*held, *fit.contacts, *row.contacts]))
