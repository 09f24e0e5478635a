"""Which events a question about days names: by a date, a report, their own names, or what the search finds for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from bot.reckoning import Calendar, Event
from bot.reply import Context
from knowledge.case.model import Case, Fact, Status
from knowledge.language.asked_days import Asked, Want
from knowledge.language.dates import DAYS_OF_WEEK, Dates, Span
from knowledge.language.day_questions import DayQuestions
from knowledge.language.english import Language
from knowledge.language.questions import Words
from knowledge.language.reading import texts
from knowledge.matching.search import Query, Row, Search, moves_of
from knowledge.matching.sureness import Sureness
from knowledge.matching.verdict import Tuning

DATING = ("months", "weekdays", "dating")
"""The lists of the words by which a sentence tells a day, or tells that none is known."""
_DATED = frozenset({"date", "time", "timeline", "duration"})
"""The kinds of answer that tell when."""


class Reckoned(NamedTuple):
    """A question about days, with what it is about: events, or spans of days. `fact` tells the answer by itself."""

    asked: Asked
    events: tuple[Event, ...] = ()
    spans: tuple[Span, ...] = ()
    fact: Fact | None = None


class Events:
    """Finds the events that words name. Holds nothing of any conversation."""

    def __init__(self, case: Case, language: Language, search: Search, sureness: Sureness, tuning: Tuning) -> None:
        self._case = case
        self._language = language
        self._search = search
        self._tuning = tuning
        self._sureness = sureness
        self.calendar = Calendar(case)
        days = [day for event in self.calendar.events for day in (event.day, event.reported) if day]
        self._dates = Dates(language.english, min(days, default=case.as_of).replace(day=1), case.as_of)
        self._questions = DayQuestions(language.english, self._dates)
        self._framing = frozenset(language.english.dates["framing"])
        self._reporting = frozenset(language.english.dates["reporting"])
        self._dating = frozenset(word for name in DATING for word in language.english.dates[name])
        self._publishing = frozenset(language.english.dates["published"])
        self._asked_for = language.english.dates["when-asking"][0]
        self._moves = moves_of(case)
        self._names = {event: self._stems(language.wording(event.name)) for event in self.calendar.events}
        self._publishers = {one.id: language.wording(one.publisher or "") for one in case.sources.values()}
        self._abouts = {one.id: frozenset(language.wording(one.about)) for one in case.sources.values()}
        self._weighed = frozenset(one.counts_as for one in case.sources.values())
        self._things = {
            fact.it: fact for fact in (*case.facts.values(),)[::-1] if fact.it and fact.event and fact.is_dated
        }
        self._it = next((fact for fact in case.facts.values() if fact.when and fact.it and fact.it == case.it), None)

    def asked(self, words: Words) -> Asked | None:
        """Return what a question asks of the calendar, None where it asks nothing of it."""
        return self._questions.read(words)

    def is_of_days(self, words: Words) -> bool:
        """Tell whether a message names days and asks what was then or what day of the week, or how long two events were apart."""
        return self._questions.is_of_days(words)

    def find(self, asked: Asked | None, context: Context) -> Reckoned | None:
        """Return what a question about days is about, None where there is none or nothing that it names is an event."""
        if asked is None or not asked.options:
            return asked and Reckoned(asked, spans=asked.spans)
        pieces = [piece for option in asked.options for piece in option]
        known = {piece: self._known(piece, context) for piece in pieces}
        sought = [piece for piece, event in known.items() if piece and event is None]
        rows = self._search.scored(query for piece in sought for query in self._queries(piece))
        facts = {piece: self._sought(piece, rows) for piece in sought}
        find = self._event_of if all(map(all, asked.options)) else self.calendar.of
        known.update((piece, find(fact)) for piece, fact in facts.items() if fact)
        known = {piece: self._published(piece, event) for piece, event in known.items()}
        for option in asked.options:
            events = tuple(event for piece in option if (event := known[piece]) is not None)
            if len(events) == len(option) == len({(event.name, event.day) for event in events}):
                return self._of(asked, events)
        return self._timeless(asked, known, facts) if asked.want is Want.INTERVAL else None

    def _timeless(
        self, asked: Asked, known: Mapping[Words, Event | None], facts: Mapping[Words, Fact | None]
    ) -> Reckoned | None:
        """The fact about what has no place in the calendar, where a question counts from an event to it or back."""
        for one, other in (pair for option in asked.options for pair in (option, option[::-1])):
            event, fact = known[one], facts.get(other)
            if event is None or fact is None or known[other] is not None:
                continue
            if event.name in {self._case.facts[id_].event for id_ in fact.between} or (one and not fact.between):
                return Reckoned(asked, (event,), fact=fact)
        return None

    def when(self, words: Words, fact: Fact | None) -> Reckoned | None:
        """Return what tells the day that a question wants, where the fact that it found doesn't."""
        if not self._questions.asks_when(words):
            return None
        reports = self._reports(texts(self._questions.piece(words)))
        if reports and not (fact and self._is_about(fact, reports[0])):
            return Reckoned(Asked(Want.WHEN), reports)
        named = self._named(texts(self._questions.named(words)))
        is_told = fact is not None and "date" in fact.gives
        if is_told and (named is None or not fact or fact.event in {"", named.name}):
            return None
        event = named or (fact and self.calendar.of(fact))
        if event is None or not event.passages:
            return None
        same = (other for other in self._case.facts.values() if other.event == event.name and "date" in other.gives)
        return Reckoned(Asked(Want.WHEN), (event,), fact=next(same, None))

    def is_undated(self, words: Words, fact: Fact) -> bool:
        """Tell whether a question wants a day that a fact, which is no event with one, says nothing of."""
        if not self._questions.asks_when(words) or _DATED & {*fact.gives} or self.calendar.of(fact):
            return False
        is_of_case = bool(fact.cited) or fact.status is Status.UNREPORTED
        return is_of_case and self._dating.isdisjoint(self._language.wording(fact.answer))

    def _is_about(self, fact: Fact, report: Event) -> bool:
        """Whether a fact tells when a report was published."""
        return "date" in fact.gives and any(self._case.passage(id_).source == report.source for id_ in fact.passages)

    def told(self, reckoned: Reckoned) -> tuple[Fact, ...]:
        """Return the facts of the events that a question about days is about."""
        return tuple(self._case.facts[event.fact] for event in reckoned.events if event.fact)

    def _of(self, asked: Asked, events: tuple[Event, ...]) -> Reckoned | None:
        if asked.want is Want.INTERVAL:
            return Reckoned(asked, events, fact=self.calendar.interval(*events))
        if asked.want is Want.ORDER:
            return Reckoned(asked, events)
        if asked.want is Want.WEEKDAY:
            return self._on_weekday(asked, events)
        days = [event.listed for event in events]
        known = [day for day in days if day is not None]
        if len(known) < len(days):
            return None
        return Reckoned(asked, events, (self._span(asked, known),))

    def _on_weekday(self, asked: Asked, events: tuple[Event, ...]) -> Reckoned | None:
        """The day of an event, or that none is reported; None for what the case is about, of which facts tell."""
        (event,) = events
        if self._it is not None and event == self.calendar.of(self._it):
            return None
        if event.day is None:
            return Reckoned(asked, events)
        return Reckoned(asked, events, (Span(event.day, event.day),))

    @staticmethod
    def _span(asked: Asked, days: Sequence[date]) -> Span:
        """The days that are counted from one event, or that lie between two."""
        if len(days) > 1:
            return Span(min(days), max(days))
        (day,) = days
        if asked.weekday is not None:
            found = day + timedelta((asked.weekday - day.weekday()) % DAYS_OF_WEEK)
            return Span(found, found)
        return Span(*(day + timedelta(shift) for shift in asked.shift))

    def _known(self, piece: Words, context: Context) -> Event | None:
        """The event of a piece that points to what was told, or names a day, a report or an event by its name."""
        if not piece:
            told = (self._case.facts[id_] for id_ in context.facts)
            fact = next((fact for fact in told if fact.event), self._it)
            return self.calendar.of(fact) if fact else None
        said = texts(piece)
        spans = self._dates.whole(("the", *said)) or self._dates.whole(said)
        if len(spans) == 1 and spans[0].first == spans[0].last:
            return Event("", day=spans[0].first)
        return next(iter(self._reports(said)), None) or self._named(said)

    def _event_of(self, fact: Fact) -> Event | None:
        """The event of which a fact tells, or else that of the thing that it is about."""
        thing = None if fact.event or fact.status is Status.UNREPORTED else self._things.get(fact.it)
        return self.calendar.of(thing or fact)

    def _published(self, piece: Words, event: Event | None) -> Event | None:
        """The report of an event that reporters brought about, where a piece says that it came out."""
        if event is None or event.day or not event.source or self._publishing.isdisjoint(texts(piece)):
            return event
        fact = self._case.facts.get(event.fact)  # none for a report's own day
        return self.calendar.reports[event.source] if fact and "source" in fact.gives else event

    def _reports(self, said: tuple[str, ...]) -> tuple[Event, ...]:
        """The reports of the publisher that a piece names, where it says no more than that it reported and of what, the first ones first."""
        said = tuple(word if (word,) in self._language.aliases else word.removesuffix("s") for word in said)
        mentions = tuple(self._language.mentions(said))
        publishers = {self._case.entities[id_].name for id_, _, _ in mentions}
        named = {
            word
            for id_, start, end in mentions
            if self._case.entities[id_].name in publishers & self._weighed
            for word in said[start:end]
        }
        beside = {*said} - self._reporting - self._framing
        names = {
            one.id: {*self._publishers[one.id], *(named if one.counts_as in publishers else ())}
            for one in self._case.sources.values()
        }
        meant = [id_ for id_ in names if not beside.isdisjoint(names[id_])]
        is_report = not self._reporting.isdisjoint(said)
        fitting = [
            self._case.sources[id_]
            for id_ in meant
            if beside <= names[id_] or (is_report and self._is_about_own(id_, meant, beside - names[id_]))
        ]
        fitting.sort(key=lambda one: one.published or date.max)
        return tuple(self.calendar.reports[one.id] for one in fitting)

    def _is_about_own(self, source: str, others: Collection[str], said: Collection[str]) -> bool:
        """Whether words say what a report is about: all of them, or one that none of some others is about."""
        about = self._abouts[source]
        elsewhere = (self._abouts[id_] for id_ in others if id_ != source)
        own = about.difference(*elsewhere, self._reporting, self._framing)
        return about.issuperset(said) or not own.isdisjoint(said)

    def _named(self, said: Sequence[str]) -> Event | None:
        """The event whose name has the words of a piece and no others, or else the only one that has all of them."""
        stems = self._stems(said)
        whole = next((event for event, name in self._names.items() if stems and stems == name), None)
        fitting = [whole] if whole else [event for event, name in self._names.items() if stems and stems <= name]
        return fitting[0] if len(fitting) == 1 else None

    def _stems(self, said: Sequence[str]) -> frozenset[str]:
        return frozenset(self._language.stem(word.removesuffix("s")) for word in said if word not in self._framing)

    def _queries(self, piece: Words) -> tuple[Query, ...]:
        """A piece as it stands and asked for with its day, in the words that were written: a guess at one would mislead."""
        said = tuple(part for word in piece for part in word.written.split())
        return (Query(said), Query((self._asked_for, *said))) if said else ()

    def _of_whom(self, fact: Fact) -> Sequence[str]:
        """Those whom the name of a fact's event names, or else those whom the fact is about."""
        named = self._language.entities(self._language.wording(fact.event))
        return [id_ for id_ in named if self._case.entities[id_].kind == "person"] or fact.about

    def _sought(self, piece: Words, rows: Mapping[Query, Row]) -> Fact | None:
        """The likeliest fact for a piece, one that tells of an event before others; none that is about others than it names."""
        named = (self._case.entities[id_] for id_ in self._language.entities(texts(piece)))
        people = {id_ for one in named if one.kind == "person" for id_ in (one.id, *one.may_be)}
        best = []
        for query in self._queries(piece):
            candidates = self._search.candidates(rows[query], self._moves)
            candidates = self._sureness.ranked(rows[query], candidates)
            fact = self._case.facts[candidates[0].id] if candidates else None
            if fact is None or (people and people.isdisjoint(self._of_whom(fact))):
                continue
            if candidates[0].score >= self._tuning.denial:
                best.append((bool(fact.event), candidates[0].score, fact))
        return max(best, key=lambda one: one[:2])[2] if best else None
