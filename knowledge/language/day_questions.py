"""Questions about days taken apart: how long between, which came first, what happened then, what day of the week.

What a question names is left as words, for those who know what happened; nothing here does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from knowledge.case.general import English
from knowledge.language.asked_days import MOST_OPTIONS, Asked, AskedDays, DayLists, Want
from knowledge.language.dates import Dates
from knowledge.language.questions import Words
from knowledge.language.reading import texts
from knowledge.language.text import ASK, Phrases


class DayQuestions:
    """Takes questions about days apart, by the word lists of the English layer (`dates` in voice/english.yaml)."""

    def __init__(self, english: English, dates: Dates) -> None:
        self._dates = dates
        self._lists = DayLists(english)
        self._days = AskedDays(self._lists, dates)
        self._words = words = self._lists.words
        self._hints = words["hints"] | words["months"] | words["weekdays"]
        self._beside = words["after"] | words["before"]
        self._apart = words["later"] | words["earlier"]
        self._parting = self._beside | self._apart
        self._compared = words["firsts"] | words["lasts"]
        self._subjects, self._auxiliaries = english.words("subjects"), english.words("auxiliaries")
        self._clauses = self._auxiliaries | words["clause"]
        self._fillers = english.words("fillers") | english.words("polite-behind")
        self._published = words["published"] | words["pointing"] | words["framing"]
        self._joining = english.words("clause")
        self._asks_weekday = Phrases.of(english.dates["weekday-plainly"])
        self._when = Phrases.of(english.dates["when-asking"])

    def read(self, words: Words) -> Asked | None:
        """Return what a question asks of the calendar; None where it asks nothing of it."""
        if not self._hints_at_days(texts(words)):
            return None
        words = self._lists.trimmed(self._asked_first(words), self._fillers)
        said = texts(words)
        return (
            self._ordered(words, said)
            or self._interval(words, said)
            or self._weekday(words, said)
            or self._days.read(words, said)
            or self._report(said)
        )

    def _asked_first(self, words: Words) -> Words:
        """The words of a question without what behind it only asks for the days once more: "...? give me the dates"."""
        end = next((at for at, word in enumerate(words, 1) if word.mark == ASK), len(words))
        return words[:end] if self._words["listing"].issuperset(texts(words[end:])) else words

    def _hints_at_days(self, said: Sequence[str]) -> bool:
        """Whether any word is one of those without which nothing is asked of the calendar, or begins with a figure."""
        return not self._hints.isdisjoint(said) or any(word[0].isdigit() for word in said)

    def is_of_days(self, words: Words) -> bool:
        """Tell whether a message names days and asks what was then or what day of the week, or how long two events were apart."""
        said = texts(words)
        if self._words["how"].isdisjoint(said) and not self._hints_at_days(said):
            return False
        trimmed = self._lists.trimmed(words, self._fillers)
        if self._ahead(trimmed, texts(trimmed)):
            return True
        asked = self.read(words)
        if asked is None:
            return False
        asking = sum(word in self._words["what"] for word in said)
        if asked.want is Want.WEEKDAY:
            named = said[: self._asks_weekday.first(said)]
            ahead = not asked.spans and not {*named}.isdisjoint(texts(asked.options[0][0]))
            return asking == 1 and (bool(asked.spans) or ahead)
        return asked.want is Want.ON and bool(asked.spans) and asking > 0

    def asks_when(self, words: Words) -> bool:
        """Tell whether a question begins with asking for a day."""
        return self._asking(words) > 0

    def piece(self, words: Words) -> Words:
        """Return the words for an event without those around it; none where they point to what was told."""
        return self._lists.piece(self._plain(words))

    def named(self, words: Words) -> Words:
        """Return the words of a question that begins with asking for a day but for those that ask."""
        return self._lists.piece(self._plain(words)[self._asking(words) :])

    def _asking(self, words: Words) -> int:
        """How many words at the beginning of a question ask for a day."""
        said = texts(self._plain(words)) if self._when.begin(texts(words)) else ()
        length = self._when.opening(said)
        return 0 if length == 1 and self._tells_when(said) else length

    def _tells_when(self, said: Sequence[str]) -> bool:
        """Whether a question tells when, and asks something else of it: "when he came what did he say"."""
        begins = self._auxiliaries.isdisjoint(said[1:2])
        return begins and any(
            one in self._words["what"] and two in self._auxiliaries for one, two in pairwise(said[1:])
        )

    def _plain(self, words: Words) -> Words:
        """The words of a question without those that say nothing, or only how exact an answer is wanted."""
        return tuple(
            word for word in self._lists.trimmed(words, self._fillers) if word.text not in self._words["exact"]
        )

    def _interval(self, words: Words, said: Sequence[str]) -> Asked | None:
        """How long between one and another."""
        weeks = not self._words["week"].isdisjoint(said)
        found = self._between(words, said) or self._ahead(words, said) or self._around(words, said)
        options = tuple(islice(found, MOST_OPTIONS))
        return Asked(Want.INTERVAL, options, weeks=weeks) if options else None

    def _between(self, words: Words, said: Sequence[str]) -> list[tuple[Words, ...]]:
        """The two events of "how long between one and another"."""
        at = next((at for at in range(len(said)) if self._lists.has(said, at, "between", "from")), None)
        start, _ = self._lead(said) or (0, 0)
        if at is None or not self._words["spanning"].issuperset(said[start:at]):
            return []
        if self._words["units"].isdisjoint(said[start:at]):
            return []
        return self._lists.joined(words, said, at)

    def _ahead(self, words: Words, said: Sequence[str]) -> list[tuple[Words, ...]]:
        """The two events of "from one to another, how long is that"."""
        start, end = self._lead(said) or (0, 0)
        if not start or not self._words["spanning"].issuperset(said[end:]):
            return []
        return self._lists.joined(words[:start], said[:start], 0 if self._lists.has(said, 0, "between", "from") else -1)

    def _lead(self, said: Sequence[str]) -> tuple[int, int] | None:
        """Where "how long" begins and ends, if a question holds it."""
        if self._words["how"].isdisjoint(said):
            return None
        for at in range(len(said) - 1):
            end = at + 1 + self._lists.has(said, at + 1, "many")
            if self._lists.has(said, at, "how") and self._lists.has(said, end, "units"):
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
            ahead, behind = self._lists.piece((*words[:start], *words[end:at])), words[at + 1 :]
            if said[at] in self._apart:
                yield (), ahead or self._lists.piece(behind)
            elif ahead:
                yield self._lists.piece(behind), ahead
            else:
                yield from self._cut(behind)

    def _cut(self, words: Words) -> Iterator[tuple[Words, ...]]:
        """One event and another behind it: "the killing did the petition start"."""
        said = texts(words)
        cuts = [at for at in range(len(said)) if said[at] in self._clauses]
        clauses = [at for at in cuts if at > 1 or (at == 1 and said[0] not in self._subjects)]
        for cut in (*clauses, *(at for at in cuts if at not in clauses)):
            yield self._lists.piece(words[:cut]), self._lists.piece(words[cut:])
        if not cuts:
            yield self._lists.piece(words), ()

    def _ordered(self, words: Words, said: Sequence[str]) -> Asked | None:
        """Which of two came first, or whether one was before another or after."""
        either = next((at for at in range(1, len(said) - 1) if self._lists.has(said, at, "or")), None)
        if either is None:
            return self._whether(words, said)
        around = {said[either - 1], said[either + 1]}
        if len(around) > 1 and around <= self._parting:
            one, other = words[: either - 1], words[either + 2 :]
        elif either == len(said) - len(("or", "after")) and (at := self._opposite(said)):
            one, other = words[:at], words[at + 1 : either]
        elif self._asks_first(said):
            one, other = (
                self._lists.trimmed(some, self._words["ordering"]) for some in (words[:either], words[either + 1 :])
            )
        else:
            return None
        pieces = (self._lists.piece(one), self._lists.piece(other))
        return Asked(Want.ORDER, (pieces,)) if any(pieces) else None

    def _asks_first(self, said: Sequence[str]) -> bool:
        """Whether it asks what came first, or what came out first."""
        return any(
            word in self._compared
            and not self._lists.has(said, at + 1, "occasion")
            and (self._lists.has(said, at - 1, "coming") or self._lists.has(said, at - 2, "coming"))
            for at, word in enumerate(said)
        )

    def _whether(self, words: Words, said: Sequence[str]) -> Asked | None:
        """Whether one was before another, or after: "did they decide before he was bailed"."""
        at = next((at for at in range(2, len(said) - 1) if said[at] in self._beside), None)
        if at is None or said[0] not in self._auxiliaries or self._lists.has(said, at - 1, "units", "close"):
            return None
        pieces = (self._lists.piece(words[1:at]), self._lists.piece(words[at + 1 :]))
        unsure = not self._words["ending"].isdisjoint(said) or not self._words["persons"].isdisjoint(said[1:at])
        return (
            None
            if unsure or not all(pieces)
            else Asked(Want.ORDER, (pieces,), claimed=said[at] in self._lists.backward)
        )

    def _opposite(self, said: Sequence[str]) -> int:
        """Where the other of "before" and "after" stands, of which a question ends with one; 0 where neither does."""
        ends = next(
            (
                names
                for names in (("before", "after"), ("after", "before"))
                if self._lists.has(said, len(said) - 1, names[0])
            ),
            (),
        )
        return next((at for at in range(1, len(said)) if ends and self._lists.has(said, at, ends[1])), 0)

    def _weekday(self, words: Words, said: Sequence[str]) -> Asked | None:
        """What day of the week a day was, or that of an event: "what weekday was the warrant issued"."""
        if self._words["weekday-asking"].isdisjoint(said):
            return None
        start = self._asks_weekday.first(tuple(said))
        for at in range(len(said)):
            spans, end = self._dates.at(said, at)
            if spans and not self._words["weekdays"].issuperset(said[at:end]):
                single = all(span.first == span.last for span in spans)
                return Asked(Want.WEEKDAY, spans=spans) if single and self._is_weekday(said, start, at, end) else None
        behind = start + self._asks_weekday.opening(tuple(said), start)
        guessed = not self._words["weekdays"].isdisjoint(said[behind:])  # "which day of the week, I thought Tuesday"
        named = () if guessed else self._lists.trimmed(words[behind:], self._published)
        piece = self._lists.piece(words[behind:]) if named else ()
        if start == len(said) or (piece and not self._words["of-weekdays"].issuperset(said[:start])):
            return None
        return Asked(Want.WEEKDAY, ((piece or self._lists.piece(words[:start]),),))

    def _is_weekday(self, said: Sequence[str], start: int, at: int, end: int) -> bool:
        """Whether the weekday of a day, named from `at` to `end`, is asked: plainly, at `start`, or with no more than a clause behind it."""
        of_weekdays = self._words["of-weekdays"]
        is_ahead = not self._words["weekday-asking"].isdisjoint(said[:at]) and of_weekdays.issuperset(said[:at])
        clause = is_ahead and end < len(said) and said[end] in self._joining
        return start < len(said) or of_weekdays.issuperset((*said[:at], *said[end:])) or clause

    def _report(self, said: Sequence[str]) -> Asked | None:
        """Which report was the first, or the last."""
        if self._words["reports"].isdisjoint(said) or self._compared.isdisjoint(said):
            return None
        return Asked(Want.REPORTS) if self._words["of-reports"].issuperset(said) else None
