"""Days reckoned from what the facts tell of events: which came first, how far apart they were, what lies within a span.

An event has a day that is reported, or only a report that tells of it and events that came before it. The two are never
mixed: what has no day of its own lies somewhere between these.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from knowledge.case.model import Basis, Case, Fact
from knowledge.language.dates import Span


class Event(NamedTuple):
    """Something that happened. `fact` is the id of the fact that gives its day, empty for a report or a bare day.

    `day` is None where none is reported; `source` is then the report that tells of it, empty where none is named, and
    `reported` the day of that report. `passages` are what all this rests on.
    """

    name: str
    fact: str = ""
    day: date | None = None
    source: str = ""
    reported: date | None = None
    passages: tuple[str, ...] = ()
    basis: Basis = Basis()

    @property
    def listed(self) -> date | None:
        """Return the day under which it is listed: its own, or else that of the report that tells of it."""
        return self.day or self.reported


class Order(NamedTuple):
    """Two events in their order. `same`: they were on one day. `passages` say so where the days don't."""

    earlier: Event
    later: Event
    same: bool = False
    passages: tuple[str, ...] = ()


class Calendar:
    """The events of a case."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._of_event: dict[str, Event] = {}
        self._after: dict[str, dict[str, str]] = {}
        for fact in case.facts.values():
            if fact.event and (fact.event not in self._of_event or fact.is_dated):
                self._of_event[fact.event] = self._event(fact)
            if fact.event and fact.after:
                self._after[fact.event] = {case.facts[id_].event: passage for id_, passage in fact.after.items()}
        self.reports = {source: self._report(source) for source in case.sources}

    @property
    def events(self) -> tuple[Event, ...]:
        """Return the events, in the order of the facts."""
        return tuple(self._of_event.values())

    def of(self, fact: Fact) -> Event | None:
        """Return the event of which a fact tells, None where it tells of none."""
        return self._of_event.get(fact.event)

    def interval(self, one: Event, other: Event) -> Fact | None:
        """Return the fact that tells how long lay between two events, if there is one."""
        asked = {one.name, other.name}
        facts = (fact for fact in self._case.facts.values() if fact.between)
        return next((fact for fact in facts if {self._case.facts[id_].event for id_ in fact.between} == asked), None)

    def order(self, one: Event, other: Event) -> Order | None:
        """Return two events in their order, None where the reports don't settle it."""
        if one.day and other.day:
            earlier, later = (one, other) if one.day <= other.day else (other, one)
            return Order(earlier, later, same=one.day == other.day)
        for earlier, later in ((one, other), (other, one)):
            passages = self._way(later.name, earlier.name)
            if passages:
                return Order(earlier, later, passages=passages)
            if self._latest(earlier) < self._earliest(later):
                return Order(earlier, later, passages=self._since(later))
        return None

    def within(self, span: Span) -> tuple[Event, ...]:
        """Return the events that have their day in a span, in their order."""
        found = ((event.day, event) for event in self.events if event.day and span.first <= event.day <= span.last)
        return tuple(event for _, event in sorted(found, key=lambda pair: pair[0]))

    def reported_within(self, span: Span) -> tuple[Event, ...]:
        """Return the events of which only the report has a day, and has it in a span, in the order of those days."""
        found = ((event.reported, event) for event in self.events if event.reported and not event.day)
        inside = [(day, event) for day, event in found if span.first <= day <= span.last]
        return tuple(event for _, event in sorted(inside, key=lambda pair: pair[0]))

    def nearest(self, span: Span) -> Event | None:
        """Return the event of the timeline nearest to a span, by its day or by that of its report; None where there is none."""
        told = [event for event in self.events if event.fact and self._case.facts[event.fact].moment]
        days = [(day, event) for event in told if (day := event.listed)]
        away = ((min(abs(day - span.first), abs(day - span.last)), at) for at, (day, _) in enumerate(days))
        return days[min(away)[1]][1] if days else None

    def _event(self, fact: Fact) -> Event:
        if fact.when or not fact.reported:
            return Event(fact.event, fact.id, fact.when, passages=fact.passages[:1], basis=fact.basis)
        source = self._case.sources[self._case.passage(fact.reported).source]
        return Event(fact.event, fact.id, None, source.id, source.published, (fact.reported,), fact.basis)

    def _report(self, id_: str) -> Event:
        source = self._case.sources[id_]
        of_reports = (id_ for fact in self._case.facts.values() if "source" in fact.gives for id_ in fact.passages)
        passages = [id_ for id_ in (*of_reports, *source.passages) if id_ in source.passages][:1]
        name = self._case.voice.say("calendar.report", publisher=source.publisher or id_)
        return Event(name, "", source.published, id_, source.published, tuple(passages))

    def _way(self, later: str, earlier: str) -> tuple[str, ...]:
        """The passages by which one event came after another, none where they don't say so."""
        ways: list[tuple[str, tuple[str, ...]]] = [(later, ())]
        seen = {later}
        while ways:
            at, passages = ways.pop(0)
            if at == earlier:
                return passages
            for before, passage in self._after.get(at, {}).items():
                if before not in seen:
                    seen.add(before)
                    ways.append((before, (*passages, passage)))
        return ()

    def _before(self, event: Event) -> Iterator[Event]:
        """The events that came before one by what is said."""
        names = [*self._after.get(event.name, ())]
        for name in names:
            names.extend(further for further in self._after.get(name, ()) if further not in names)
            yield self._of_event[name]

    def _earliest(self, event: Event) -> date:
        return event.day or max((before.day for before in self._before(event) if before.day), default=date.min)

    def _latest(self, event: Event) -> date:
        return event.listed or date.max

    def _since(self, event: Event) -> tuple[str, ...]:
        """The passages by which an event without a day came after one that has one."""
        dated = [before for before in self._before(event) if before.day == self._earliest(event)]
        return self._way(event.name, dated[0].name) if dated and not event.day else ()
