"""Which days a question asks what happened on: by dates, by an event counted from, from one to another.

What is asked of the calendar is one value; the lists by which words are taken apart serve all that read questions so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from knowledge.case.general import English
from knowledge.language.dates import DAYS_OF_WEEK, Dates, Span, day_of
from knowledge.language.questions import Words
from knowledge.language.reading import texts

MOST_OPTIONS = 6
"""How many ways to cut a question into its two events are looked at."""


class Want(StrEnum):
    """What a question asks of the calendar."""

    INTERVAL = "interval"
    ORDER = "order"
    ON = "on"
    WEEKDAY = "weekday"
    REPORTS = "reports"
    WHEN = "when"


class Asked(NamedTuple):
    """What a question asks of the calendar.

    `options` are the ways to cut it into the events that it names, the likeliest first; a piece without words means
    what was told last. `spans` are the days that it names, several where it leaves the month open. `shift` are the
    first and the last day counted from an event, `weekday` one to be looked for from there on (0 is Monday). `weeks`:
    it wants to know in weeks. `claimed` is set where it asks whether the first of two came first (true) or second
    (false).
    """

    want: Want
    options: tuple[tuple[Words, ...], ...] = ()
    spans: tuple[Span, ...] = ()
    shift: tuple[int, int] = (0, 0)
    weekday: int | None = None
    weeks: bool = False
    claimed: bool | None = None


class DayLists:
    """The word lists by which questions about days are taken apart (`dates` in voice/english.yaml)."""

    def __init__(self, english: English) -> None:
        self.words = {name: frozenset(some) for name, some in english.dates.items()}
        self.backward = self.words["before"] | self.words["earlier"]

    def piece(self, words: Words) -> Words:
        """Return the words for an event without those around it; none where they point to what was told."""
        kept = self.trimmed(words, self.words["framing"])
        return () if self.words["pointing"].issuperset(texts(kept)) else kept

    @staticmethod
    def trimmed(words: Words, off: Collection[str]) -> Words:
        """Return the words without those of a list at their beginning and their end."""
        start, end = 0, len(words)
        while start < end and words[start].text in off:
            start += 1
        while start < end and words[end - 1].text in off:
            end -= 1
        return words[start:end]

    def has(self, said: Sequence[str], at: int, *names: str) -> bool:
        """Tell whether the word at a place is in one of some lists."""
        return 0 <= at < len(said) and any(said[at] in self.words[name] for name in names)

    def joined(self, words: Words, said: Sequence[str], at: int) -> list[tuple[Words, ...]]:
        """Return what stands on both sides of each word that may join two events."""
        return [(self.piece(words[at + 1 : cut]), self.piece(words[cut + 1 :])) for cut in self.joints(said, at)]

    def joints(self, said: Sequence[str], at: int) -> Iterator[int]:
        """Yield where words stand that may join what begins at a place with another, the first few of them."""
        return islice((cut for cut in range(at + 2, len(said) - 1) if self.has(said, cut, "joints")), MOST_OPTIONS)


class AskedDays:
    """Reads which days a question asks about."""

    def __init__(self, lists: DayLists, dates: Dates) -> None:
        self._lists = lists
        self._dates = dates

    def read(self, words: Words, said: Sequence[str]) -> Asked | None:
        """Return the days of which a question asks what happened, None where it asks that of none."""
        spans, end = self._dates.at(said, 0)
        if (
            spans
            and said[end:]
            and self._lists.words["what"] & {*said[end:]}
            and self._lists.words["listing"].issuperset(said[end:])
        ):
            return Asked(Want.ON, spans=spans)
        end = self._listed(said[::-1])
        turned = (*words[len(words) - end :], *words[: len(words) - end])
        whole = self._dates.whole(said) or (self._dates.whole(said[1:]) if self._lists.has(said, 0, "on") else ())
        if whole and (any(map(str.isalpha, said)) or len(said) == len(("day", "month", "year"))):
            return Asked(Want.ON, spans=whole)
        return self._after_listing(words) or (self._after_listing(turned) if end else None)

    def _listed(self, said: Sequence[str]) -> int:
        """How many words from the first on do nothing but ask what happened."""
        return next((at for at, word in enumerate(said) if word not in self._lists.words["listing"]), len(said))

    def _after_listing(self, words: Words) -> Asked | None:
        """The days that are named behind words that ask what happened."""
        said = texts(words)
        for at in range(min(self._listed(said) + 1, len(said))):
            if not self._lists.words["happened"].isdisjoint(said[:at]):
                asked = self._from(words, said, at)
                if asked is not None:
                    return asked
        return None

    def _from(self, words: Words, said: Sequence[str], at: int) -> Asked | None:
        """The days that are named from a place to the end of a question."""
        if self._lists.has(said, at, "between", "from"):
            return self._bounded(words, said, at)
        spans, end = self._dates.at(said, at)
        if spans:
            return Asked(Want.ON, spans=spans) if self._lists.words["listing"].issuperset(said[end:]) else None
        if self._lists.has(said, at, "after", "since", "before", "until"):
            return self._open(said, at)
        weekday = self._dates.weekday(said[at])
        if (
            weekday is not None
            and self._lists.has(said, at - 1, "weekday-ahead")
            and self._lists.words["listing"].issuperset(said[at + 1 :])
        ):
            return Asked(Want.ON, (((),),), weekday=weekday)
        return self._shifted(words, said, at)

    def _bounded(self, words: Words, said: Sequence[str], at: int) -> Asked | None:
        """From one to another, both days or both events."""
        for cut in self._lists.joints(said, at):
            ends = self._dates.whole(said[cut + 1 :])
            firsts = self._dates.whole(said[at + 1 : cut]) or self._of_month(said[at + 1 : cut], ends)
            if firsts and ends:
                first = firsts[0].first
                last = next((span.last for span in ends if span.last >= first), ends[-1].last)
                return Asked(Want.ON, spans=(Span(first, last),)) if first <= last else None
        options = tuple(self._lists.joined(words, said, at))
        return Asked(Want.ON, options) if options else None

    @staticmethod
    def _of_month(said: Sequence[str], ends: Sequence[Span]) -> tuple[Span, ...]:
        """The first day of "between 4 and 24 January"."""
        if len(said) != 1 or not said[0].isdecimal() or not ends:
            return ()
        return day_of(ends[0].first.year, ends[0].first.month, int(said[0][:2]))

    def _open(self, said: Sequence[str], at: int) -> Asked | None:
        """Everything before a day or after it; what was since or until then counts it in."""
        spans, end = self._dates.at(said, at + 1)
        if not spans or end < len(said):
            return None
        day = timedelta(1)
        if self._lists.has(said, at, "before", "until"):
            last = spans[0].first - day if self._lists.has(said, at, "before") else spans[-1].last
            return Asked(Want.ON, spans=(Span(date.min, last),))
        first = spans[-1].last + day if self._lists.has(said, at, "after") else spans[0].first
        return Asked(Want.ON, spans=(Span(first, date.max),))

    def _shifted(self, words: Words, said: Sequence[str], at: int) -> Asked | None:
        """The day after something, the week before it, three days later."""
        the = self._lists.has(said, at, "the")
        if the and self._lists.has(said, at + 1, "next", "previous") and self._lists.has(said, at + 2, "day"):
            step = -1 if self._lists.has(said, at + 1, "previous") else 1
            return self._counted(words[at + 3 :], step, step)
        count = 1 if the else self._dates.count(said[at])
        week = self._lists.has(said, at + 1, "week")
        units = ("one-unit",) if the else ("day", "week")
        if count is None or not self._lists.has(said, at + 1, *units):
            return None
        if not self._lists.has(said, at + 2, "after", "before", "later", "earlier"):
            return None
        days = count * (DAYS_OF_WEEK if week else 1)
        first = 1 if the else days
        back = said[at + 2] in self._lists.backward
        return self._counted(words[at + 3 :], *((-days, -first) if back else (first, days)))

    def _counted(self, words: Words, first: int, last: int) -> Asked:
        return Asked(Want.ON, ((self._lists.piece(words),),), shift=(first, last))
