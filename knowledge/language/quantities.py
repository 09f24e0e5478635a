"""Numbers and dates among the terms of what is said: what compares them, and what they allow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from knowledge.language.dates import DIGITS_OF_YEAR, YEARS
from knowledge.language.english import Language
from knowledge.language.sense import Term

ENDLESS = 10**9
"""The end of a range of numbers that has none."""
DAYS = range(1, 32)
DECADES = range(20, 100, 10)
"""Numbers that, with "something" behind them, are ten ages: "40 something"."""


class Range(NamedTuple):
    """The numbers that a comparison allows, both ends included. `about` says that it is no more than near."""

    least: int
    most: int
    about: bool = False


class Day(NamedTuple):
    """A date as far as it is given; 0 or nothing for what isn't. `weekday` counts from Monday, 1."""

    day: int = 0
    month: int = 0
    year: int = 0
    weekday: int = 0

    def fits(self, when: date) -> bool:
        """Tell whether a date is what this says, as far as it says anything."""
        given = ((self.day, when.day), (self.month, when.month), (self.year, when.year))
        return all(not said or said == true for said, true in (*given, (self.weekday, when.isoweekday())))


class Quantities:
    """Takes numbers and dates out of terms, by the `polar` and `dates` lists of the English layer."""

    def __init__(self, language: Language) -> None:
        polar, dates = language.english.polar, language.english.dates
        self._ahead = [
            (phrase, kind)
            for kind in ("over", "least", "under", "most", "about", "exactly")
            for phrase in _phrases(language, polar.get(kind, ()))
        ]
        self._ahead.sort(key=lambda pair: -len(pair[0]))
        self._behind = [
            (phrase, kind)
            for kind in ("least", "most", "about", "something")
            for phrase in _phrases(language, polar.get(f"behind_{kind}", ()))
        ]
        self._months = {name: number for number, name in enumerate(dates.get("months", ()), 1)}
        self._weekdays = {name: number for number, name in enumerate(dates.get("weekdays", ()), 1)}
        self._suffixes = tuple(dates.get("suffixes", ()))
        self._decades = {name: 10 * number for number, name in enumerate(polar.get("decades", ()))}
        self._stages = {
            name: (int(first), int(last)) for name, first, last in (text.split() for text in polar.get("stages", ()))
        }

    def numbered(self, terms: Sequence[Term]) -> tuple[list[Term], tuple[Range, ...]]:
        """Return the terms without numbers and what compares them, and the ranges that these allow."""
        rest = list(terms)
        found: list[Range] = []
        while True:
            at = next((at for at, term in enumerate(rest) if self._number(term) and not self._is_date(rest, at)), None)
            if at is None:
                return rest, tuple(found)
            first, last = self._number(rest[at]) or (0, 0)
            other = (
                self._number(rest[at + 2])
                if [term.unit for term in rest[at + 1 : at + 2]] == ["or"] and rest[at + 2 :]
                else None
            )
            if other is not None:
                last = max(last, other[1])
                rest[at + 1 : at + 3] = []
            start, ahead = self._beside(rest[:at], self._ahead, end=True)
            taken, behind = self._beside(rest[at + 1 :], self._behind, end=False)
            kind = behind or ahead
            found.append(_range(first, last, kind))
            rest[start : at + 1 + taken] = []

    def _number(self, term: Term) -> tuple[int, int] | None:
        unit = term.unit
        if unit.isdecimal() and len(unit) <= 9:  # noqa: PLR2004
            return int(unit), int(unit)
        if unit in self._decades:
            return self._decades[unit], self._decades[unit] + 9
        if len(unit) == 3 and unit[:2].isdecimal() and unit[1:] == "0s":  # noqa: PLR2004
            return int(unit[:2]), int(unit[:2]) + 9
        return self._stages.get(unit)

    def _is_date(self, terms: Sequence[Term], at: int) -> bool:
        unit = terms[at].unit
        near = {term.unit for term in terms[max(0, at - 2) : at + 3]}
        return not near.isdisjoint(self._months) or (unit.isdecimal() and int(unit) in YEARS)

    @staticmethod
    def _beside(terms: Sequence[Term], phrases: Iterable[tuple[tuple[str, ...], str]], *, end: bool) -> tuple[int, str]:
        """How far a phrase that compares reaches before the end, or behind the beginning, and its kind."""
        units = tuple(term.words[0] for term in terms)
        for phrase, kind in phrases:
            if (units[-len(phrase) :] if end else units[: len(phrase)]) == phrase:
                return (len(units) - len(phrase)) if end else len(phrase), kind
        return (len(units) if end else 0), ""

    def dated(self, terms: Sequence[Term]) -> tuple[list[Term], tuple[Day, ...]]:
        """Return the terms without those that give a date, and the date."""
        day = Day()
        rest: list[Term] = []
        for term in terms:
            unit = term.unit
            number = self._ordinal(unit)
            if unit in self._months:
                day = day._replace(month=self._months[unit])
            elif unit in self._weekdays or unit.removesuffix("s") in self._weekdays:
                day = day._replace(weekday=self._weekdays.get(unit) or self._weekdays[unit.removesuffix("s")])
            elif number in YEARS:
                day = day._replace(year=number)
            elif number in DAYS:
                day = day._replace(day=number)
            else:
                rest.append(term)
        return rest, ((day,) if day != Day() else ())

    def _ordinal(self, unit: str) -> int:
        """The number of a day or a year, 0 for anything else: "4", "4th", "2022"."""
        figures = unit[:-2] if unit.endswith(self._suffixes) else unit
        return int(figures) if figures.isdecimal() and len(figures) <= DIGITS_OF_YEAR else 0


def _phrases(language: Language, texts: Iterable[str]) -> list[tuple[str, ...]]:
    return sorted(map(language.wording, texts), key=len, reverse=True)


def _range(first: int, last: int, kind: str) -> Range:
    match kind:
        case "over":
            return Range(last + 1, ENDLESS)
        case "least":
            return Range(first, ENDLESS)
        case "under":
            return Range(0, first - 1)
        case "most":
            return Range(0, last)
        case "something":
            return Range(first, first + 9) if first in DECADES else Range(first, last, about=True)
        case _:
            return Range(first, last, about=kind == "about")
