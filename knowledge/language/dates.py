"""Days and spans of days, read from words. Nothing here knows what happened when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from knowledge.case.general import English

YEARS = range(1900, 2100)
CENTURY = 100
DAYS_OF_WEEK = 7
DIGITS_OF_YEAR, DIGITS_OF_DAY, DIGITS_OF_COUNT = 4, 2, 3
"""The most digits of a year, of a day in its month, and of a number of days or weeks."""


class Span(NamedTuple):
    """Days from the first to the last, both counted in."""

    first: date
    last: date


class Dates:
    """Reads days. `first` and `last` bound the time that the reports cover: a day without its month is one of these."""

    def __init__(self, english: English, first: date, last: date) -> None:
        self._first, self._last = first, last
        words = english.dates
        self._months = {name: at for at, name in enumerate(words["months"], 1)}
        self._doubtful = frozenset(words["doubtful-months"])
        self._weekdays = {name: at for at, name in enumerate(words["weekdays"])}
        ordinals = {name: at for at, name in enumerate(english.lists["ordinals"], 1)}
        self._ordinals = {**ordinals, **{name: 10 * at for at, name in enumerate(words["tenths"], 1)}}
        self._tens = {name: 10 * at for at, name in enumerate(english.polar["tens"])}
        self._counts = {name: at for at, name in enumerate(english.polar["numbers"])} | dict.fromkeys(
            words["single"], 1
        )
        self._the, self._of, self._on = (frozenset(words[name]) for name in ("the", "of", "on"))
        self._suffixes = tuple(words["suffixes"])

    def at(self, said: Sequence[str], at: int) -> tuple[tuple[Span, ...], int]:
        """Return the days that are named from a place on, and where their words end; none where no day is."""
        start = at
        if said[at : at + 1] and said[at] in self._weekdays:
            at += 1
        at += _is(said, at, self._the)
        for read in (self._written, self._day_first, self._month_first, self._day_alone, self._year_alone):
            spans, end = read(said, at)
            if spans:
                return spans, end
        return (), start

    def whole(self, said: Sequence[str]) -> tuple[Span, ...]:
        """Return the days that some words do nothing but name."""
        spans, end = self.at(tuple(said), 0)
        return spans if end == len(said) else ()

    def weekday(self, word: str) -> int | None:
        """Return the number of a weekday, 0 for Monday; None for another word."""
        return self._weekdays.get(word)

    def count(self, word: str) -> int | None:
        """Return a number of days or weeks; None for another word."""
        return int(word) if word.isdecimal() and len(word) <= DIGITS_OF_COUNT else self._counts.get(word)

    def _written(self, said: Sequence[str], at: int) -> tuple[tuple[Span, ...], int]:
        """25/1/2022, 25/1/22 or 2022-01-25."""
        numbers = [int(word) for word in said[at : at + 3] if word.isdecimal() and len(word) <= DIGITS_OF_YEAR]
        if len(numbers) != len(("day", "month", "year")):
            return (), at
        year, month, number = numbers if numbers[0] in YEARS else reversed(numbers)
        if year < CENTURY and len(said[at + 2]) == DIGITS_OF_DAY:
            year += self._last.year // CENTURY * CENTURY
        return (day_of(year, month, number), at + 3) if year in YEARS else ((), at)

    def _day_first(self, said: Sequence[str], at: int) -> tuple[tuple[Span, ...], int]:
        """25 January, the 25th of January 2022."""
        day, end = self._number(said, at)
        end += _is(said, end, self._of)
        month = self._months.get(said[end]) if end < len(said) else None
        if day is None or month is None:
            return (), at
        year, end = self._year(said, end + 1, month)
        return day_of(year, month, day), end

    def _month_first(self, said: Sequence[str], at: int) -> tuple[tuple[Span, ...], int]:
        """January 25, January 2022, January."""
        month = self._months.get(said[at]) if at < len(said) else None
        if month is None:
            return (), at
        day, end = self._number(said, at + 1 + (_is(said, at + 1, self._the)))
        if day is not None:
            year, end = self._year(said, end, month)
            return day_of(year, month, day), end
        year, end = self._year(said, at + 1, month)
        if said[at] in self._doubtful and end == at + 1 and not _is(said, at - 1, self._on):
            return (), at
        first = date(year, month, 1)
        return (Span(first, _next_month(first) - timedelta(1)),), end

    def _day_alone(self, said: Sequence[str], at: int) -> tuple[tuple[Span, ...], int]:
        """The 25th: in every month that the reports cover."""
        day, end = self._number(said, at)
        if day is None or said[at].isdecimal() or not at or said[at - 1] not in self._the | self._on:
            return (), at
        months = []
        month = self._first.replace(day=1)
        while month <= self._last:
            months += [span for span in day_of(month.year, month.month, day) if self._first <= span.first <= self._last]
            month = _next_month(month)
        return tuple(months), end

    def _year_alone(self, said: Sequence[str], at: int) -> tuple[tuple[Span, ...], int]:
        """In 2022."""
        word = said[at] if at < len(said) and _is(said, at - 1, self._on) else ""
        if not word.isdecimal() or len(word) != DIGITS_OF_YEAR or int(word) not in YEARS:
            return (), at
        return (Span(date(int(word), 1, 1), date(int(word) + 1, 1, 1) - timedelta(1)),), at + 1

    def _number(self, said: Sequence[str], at: int) -> tuple[int | None, int]:
        """The day of a month: 25, 25th, fifth, twenty fifth."""
        word = said[at] if at < len(said) else ""
        bare = word[:-2] if word.endswith(self._suffixes) else word
        if bare.isdecimal():
            return (int(bare), at + 1) if len(bare) <= DIGITS_OF_DAY else (None, at)
        if word in self._ordinals:
            return self._ordinals[word], at + 1
        second = self._ordinals.get(said[at + 1], 10) if word in self._tens and at + 1 < len(said) else 10
        return (self._tens[word] + second, at + 2) if second < 10 else (None, at)  # noqa: PLR2004

    def _year(self, said: Sequence[str], at: int, month: int) -> tuple[int, int]:
        """The year that is said, or else the one whose month lies nearest to the reports."""
        at += _is(said, at, self._of)
        if at < len(said) and said[at].isdecimal() and int(said[at][:4]) in YEARS and len(said[at]) == DIGITS_OF_YEAR:
            return int(said[at]), at + 1
        years = (self._last.year - 1, self._last.year, self._last.year + 1)
        return min(years, key=lambda year: abs(date(year, month, 1) - self._last)), at - _is(said, at - 1, self._of)


def day_of(year: int, month: int, day: int) -> tuple[Span, ...]:
    """Return a day as a span; nothing for one that no calendar has."""
    try:
        found = date(year, month, day)
    except ValueError:
        return ()
    return (Span(found, found),)


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _is(said: Sequence[str], at: int, words: Collection[str]) -> bool:
    return 0 <= at < len(said) and said[at] in words
