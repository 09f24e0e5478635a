"""Questions about days taken apart: how long between, which came first, what happened then, what day of the week.

What a question names is left as words, for those who know what happened; nothing here does.
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
from knowledge.language.text import Phrases

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


class DayQuestions:
    """Takes questions about days apart, by the word lists of the English layer (`dates` in voice/english.yaml)."""

    def __init__(self, english: English, dates: Dates) -> None:
        self._dates = dates
        self._words = words = {name: frozenset(some) for name, some in english.dates.items()}
        self._hints = words["hints"] | words["months"] | words["weekdays"]
        self._backward = words["before"] | words["earlier"]
        self._beside = words["after"] | words["before"]
        self._apart = words["later"] | words["earlier"]
        self._parting = self._beside | self._apart
        self._compared = words["firsts"] | words["lasts"]
        self._subjects, self._auxiliaries = english.words("subjects"), english.words("auxiliaries")
        self._clauses = self._auxiliaries | words["clause"]
        self._fillers = english.words("fillers") | english.words("polite-behind")
        self._asks_weekday = frozenset({("day", "of", "the", "week")})
        self._when = Phrases.of(english.dates["when-asking"])

    def read(self, words: Words) -> Asked | None:
        """Return what a question asks of the calendar; None where it asks nothing of it."""
        if not self._hints_at_days(texts(words)):
            return None
        words = self._trimmed(words, self._fillers)
        said = texts(words)
        return (
            self._ordered(words, said)
            or self._interval(words, said)
            or self._weekday(said)
            or self._on(words, said)
            or self._report(said)
        )

    def _hints_at_days(self, said: Sequence[str]) -> bool:
        """Whether any word is one of those without which nothing is asked of the calendar, or begins with a figure."""
        return not self._hints.isdisjoint(said) or any(word[0].isdigit() for word in said)

    def is_of_days(self, words: Words) -> bool:
        """Tell whether a message does nothing but name days and ask what was then, or two events and ask how long that was."""
        said = texts(words)
        if self._words["how"].isdisjoint(said) and not self._hints_at_days(said):
            return False
        trimmed = self._trimmed(words, self._fillers)
        if self._ahead(trimmed, texts(trimmed)):
            return True
        asked = self.read(words)
        is_on = asked is not None and asked.want is Want.ON and bool(asked.spans)
        return is_on and not self._words["what"].isdisjoint(said)

    def asks_when(self, words: Words) -> bool:
        """Tell whether a question begins with asking for a day."""
        return self._asking(words) > 0

    def named(self, words: Words) -> Words:
        """Return the words of a question that begins with asking for a day but for those that ask."""
        return self.piece(self._plain(words)[self._asking(words) :])

    def _asking(self, words: Words) -> int:
        """How many words at the beginning of a question ask for a day."""
        return self._when.opening(texts(self._plain(words))) if self._when.begin(texts(words)) else 0

    def _plain(self, words: Words) -> Words:
        """The words of a question without those that say nothing, or only how exact an answer is wanted."""
        return tuple(word for word in self._trimmed(words, self._fillers) if word.text not in self._words["exact"])

    def piece(self, words: Words) -> Words:
        """Return the words for an event without those around it; none where they point to what was told."""
        kept = self._trimmed(words, self._words["framing"])
        return () if self._words["pointing"].issuperset(texts(kept)) else kept

    @staticmethod
    def _trimmed(words: Words, off: Collection[str]) -> Words:
        """The words without those of a list at their beginning and their end."""
        start, end = 0, len(words)
        while start < end and words[start].text in off:
            start += 1
        while start < end and words[end - 1].text in off:
            end -= 1
        return words[start:end]

    def _is(self, said: Sequence[str], at: int, *names: str) -> bool:
        """Whether a word is in one of some lists."""
        return 0 <= at < len(said) and any(said[at] in self._words[name] for name in names)

    def _interval(self, words: Words, said: Sequence[str]) -> Asked | None:
        """How long between one and another."""
        weeks = not self._words["week"].isdisjoint(said)
        found = self._between(words, said) or self._ahead(words, said) or self._around(words, said)
        options = tuple(islice(found, MOST_OPTIONS))
        return Asked(Want.INTERVAL, options, weeks=weeks) if options else None

    def _between(self, words: Words, said: Sequence[str]) -> list[tuple[Words, ...]]:
        """The two events of "how long between one and another"."""
        at = next((at for at in range(len(said)) if self._is(said, at, "between", "from")), None)
        start, _ = self._lead(said) or (0, 0)
        if at is None or not self._words["spanning"].issuperset(said[start:at]):
            return []
        if self._words["units"].isdisjoint(said[start:at]):
            return []
        return self._joined(words, said, at)

    def _ahead(self, words: Words, said: Sequence[str]) -> list[tuple[Words, ...]]:
        """The two events of "from one to another, how long is that"."""
        start, end = self._lead(said) or (0, 0)
        if not start or not self._words["spanning"].issuperset(said[end:]):
            return []
        return self._joined(words[:start], said[:start], 0 if self._is(said, 0, "between", "from") else -1)

    def _joined(self, words: Words, said: Sequence[str], at: int) -> list[tuple[Words, ...]]:
        """What stands on both sides of each word that may join two events."""
        return [(self.piece(words[at + 1 : cut]), self.piece(words[cut + 1 :])) for cut in self._joints(said, at)]

    def _joints(self, said: Sequence[str], at: int) -> Iterator[int]:
        """Where words stand that may join what begins at a place with another, the first few of them."""
        return islice((cut for cut in range(at + 2, len(said) - 1) if self._is(said, cut, "joints")), MOST_OPTIONS)

    def _lead(self, said: Sequence[str]) -> tuple[int, int] | None:
        """Where "how long" begins and ends, if a question holds it."""
        if self._words["how"].isdisjoint(said):
            return None
        for at in range(len(said) - 1):
            end = at + 1 + self._is(said, at + 1, "many")
            if self._is(said, at, "how") and self._is(said, end, "units"):
                return at, end + 1
        return None

    def _around(self, words: Words, said: Sequence[str]) -> Iterator[tuple[Words, ...]]:
        """The two events of "how long after one did another", in whatever order they stand.

        Of several words that may part them the one right behind "how long" does, or else the last: "how long were they
        after him before that".
        """
        start, end = self._lead(said) or (0, len(said))
        places = [at for at in range(end, len(said)) if said[at] in self._parting]
        for at in places if places[:1] == [end] else reversed(places):
            ahead, behind = self.piece((*words[:start], *words[end:at])), words[at + 1 :]
            if said[at] in self._apart:
                yield (), ahead or self.piece(behind)
            elif ahead:
                yield self.piece(behind), ahead
            else:
                yield from self._cut(behind)

    def _cut(self, words: Words) -> Iterator[tuple[Words, ...]]:
        """One event and another behind it: "the killing did the petition start"."""
        said = texts(words)
        cuts = [at for at in range(len(said)) if said[at] in self._clauses]
        clauses = [at for at in cuts if at > 1 or (at == 1 and said[0] not in self._subjects)]
        for cut in (*clauses, *(at for at in cuts if at not in clauses)):
            yield self.piece(words[:cut]), self.piece(words[cut:])
        if not cuts:
            yield self.piece(words), ()

    def _ordered(self, words: Words, said: Sequence[str]) -> Asked | None:
        """Which of two came first, or whether one was before another or after."""
        either = next((at for at in range(1, len(said) - 1) if self._is(said, at, "or")), None)
        if either is None:
            return self._whether(words, said)
        around = {said[either - 1], said[either + 1]}
        if len(around) > 1 and around <= self._parting:
            one, other = words[: either - 1], words[either + 2 :]
        elif either == len(said) - len(("or", "after")) and (at := self._opposite(said)):
            one, other = words[:at], words[at + 1 : either]
        elif any(word in self._compared and self._is(said, at - 1, "coming") for at, word in enumerate(said)):
            one, other = (
                self._trimmed(some, self._words["ordering"]) for some in (words[:either], words[either + 1 :])
            )
        else:
            return None
        pieces = (self.piece(one), self.piece(other))
        return Asked(Want.ORDER, (pieces,)) if any(pieces) else None

    def _whether(self, words: Words, said: Sequence[str]) -> Asked | None:
        """Whether one was before another, or after: "did they decide before he was bailed"."""
        at = next((at for at in range(2, len(said) - 1) if said[at] in self._beside), None)
        if at is None or said[0] not in self._auxiliaries or self._is(said, at - 1, "units", "close"):
            return None
        pieces = (self.piece(words[1:at]), self.piece(words[at + 1 :]))
        unsure = not self._words["ending"].isdisjoint(said) or not self._words["persons"].isdisjoint(said[1:at])
        return None if unsure or not all(pieces) else Asked(Want.ORDER, (pieces,), claimed=said[at] in self._backward)

    def _opposite(self, said: Sequence[str]) -> int:
        """Where the other of "before" and "after" stands, of which a question ends with one; 0 where neither does."""
        ends = next(
            (names for names in (("before", "after"), ("after", "before")) if self._is(said, len(said) - 1, names[0])),
            (),
        )
        return next((at for at in range(1, len(said)) if ends and self._is(said, at, ends[1])), 0)

    def _weekday(self, said: Sequence[str]) -> Asked | None:
        """What day of the week a day was."""
        if self._words["weekday-asking"].isdisjoint(said):
            return None
        for at in range(len(said)):
            spans, end = self._dates.at(said, at)
            if spans:
                rest, single = (*said[:at], *said[end:]), all(span.first == span.last for span in spans)
                plain = self._asks_weekday.isdisjoint(zip(said, said[1:], said[2:], said[3:], strict=False))
                asks_no_more = not plain or self._words["of-weekdays"].issuperset(rest)
                return Asked(Want.WEEKDAY, spans=spans) if single and asks_no_more else None
        return None

    def _on(self, words: Words, said: Sequence[str]) -> Asked | None:
        """What happened on a day, or from one day to another."""
        spans, end = self._dates.at(said, 0)
        if (
            spans
            and said[end:]
            and self._words["what"] & {*said[end:]}
            and self._words["listing"].issuperset(said[end:])
        ):
            return Asked(Want.ON, spans=spans)
        end = self._listed(said[::-1])
        turned = (*words[len(words) - end :], *words[: len(words) - end])
        whole = self._dates.whole(said) or (self._dates.whole(said[1:]) if self._is(said, 0, "on") else ())
        if whole and (any(map(str.isalpha, said)) or len(said) == len(("day", "month", "year"))):
            return Asked(Want.ON, spans=whole)
        return self._after_listing(words) or (self._after_listing(turned) if end else None)

    def _listed(self, said: Sequence[str]) -> int:
        """How many words from the first on do nothing but ask what happened."""
        return next((at for at, word in enumerate(said) if word not in self._words["listing"]), len(said))

    def _after_listing(self, words: Words) -> Asked | None:
        """The days that are named behind words that ask what happened."""
        said = texts(words)
        for at in range(min(self._listed(said) + 1, len(said))):
            if not self._words["happened"].isdisjoint(said[:at]):
                asked = self._from(words, said, at)
                if asked is not None:
                    return asked
        return None

    def _from(self, words: Words, said: Sequence[str], at: int) -> Asked | None:
        """The days that are named from a place to the end of a question."""
        if self._is(said, at, "between", "from"):
            return self._bounded(words, said, at)
        spans, end = self._dates.at(said, at)
        if spans:
            return Asked(Want.ON, spans=spans) if self._words["listing"].issuperset(said[end:]) else None
        if self._is(said, at, "after", "since", "before", "until"):
            return self._open(said, at)
        weekday = self._dates.weekday(said[at])
        if (
            weekday is not None
            and self._is(said, at - 1, "weekday-ahead")
            and self._words["listing"].issuperset(said[at + 1 :])
        ):
            return Asked(Want.ON, (((),),), weekday=weekday)
        return self._shifted(words, said, at)

    def _bounded(self, words: Words, said: Sequence[str], at: int) -> Asked | None:
        """From one to another, both days or both events."""
        for cut in self._joints(said, at):
            ends = self._dates.whole(said[cut + 1 :])
            firsts = self._dates.whole(said[at + 1 : cut]) or self._of_month(said[at + 1 : cut], ends)
            if firsts and ends:
                first = firsts[0].first
                last = next((span.last for span in ends if span.last >= first), ends[-1].last)
                return Asked(Want.ON, spans=(Span(first, last),)) if first <= last else None
        options = tuple(self._joined(words, said, at))
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
        if self._is(said, at, "before", "until"):
            last = spans[0].first - day if self._is(said, at, "before") else spans[-1].last
            return Asked(Want.ON, spans=(Span(date.min, last),))
        first = spans[-1].last + day if self._is(said, at, "after") else spans[0].first
        return Asked(Want.ON, spans=(Span(first, date.max),))

    def _shifted(self, words: Words, said: Sequence[str], at: int) -> Asked | None:
        """The day after something, the week before it, three days later."""
        the = self._is(said, at, "the")
        if the and self._is(said, at + 1, "next", "previous") and self._is(said, at + 2, "day"):
            step = -1 if self._is(said, at + 1, "previous") else 1
            return self._counted(words[at + 3 :], step, step)
        count = 1 if the else self._dates.count(said[at])
        week = self._is(said, at + 1, "week")
        units = ("one-unit",) if the else ("day", "week")
        if count is None or not self._is(said, at + 1, *units):
            return None
        if not self._is(said, at + 2, "after", "before", "later", "earlier"):
            return None
        days = count * (DAYS_OF_WEEK if week else 1)
        first = 1 if the else days
        back = said[at + 2] in self._backward
        return self._counted(words[at + 3 :], *((-days, -first) if back else (first, days)))

    def _counted(self, words: Words, first: int, last: int) -> Asked:
        return Asked(Want.ON, ((self.piece(words),),), shift=(first, last))

    def _report(self, said: Sequence[str]) -> Asked | None:
        """Which report was the first, or the last."""
        if self._words["reports"].isdisjoint(said) or self._compared.isdisjoint(said):
            return None
        return Asked(Want.REPORTS) if self._words["of-reports"].issuperset(said) else None
