"""What was reckoned from days put into words, with what it rests on: both days, their passages, and what isn't reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot import compose, phrasing
from bot.events import Reckoned
from bot.reckoning import Calendar, Event, Order
from bot.reply import Citation, Kind, Reply
from knowledge.case.model import Case, Source
from knowledge.language.asked_days import Want
from knowledge.language.dates import DAYS_OF_WEEK, Span

MOST_LISTED = 4
"""How many moments one reply lists."""


def reply(case: Case, calendar: Calendar, reckoned: Reckoned) -> Reply:
    """Tell what was reckoned."""
    return _Told(case, calendar, reckoned).reply()


class _Told:
    """One telling: the lines, and the events that they tell of."""

    def __init__(self, case: Case, calendar: Calendar, reckoned: Reckoned) -> None:
        self._case, self._calendar, self._reckoned = case, calendar, reckoned
        self._say = case.voice.say
        self._shown: list[Event] = [*reckoned.events] if not reckoned.spans else []
        self._passages: list[str] = []

    def reply(self) -> Reply:
        telling = {
            Want.INTERVAL: self._interval,
            Want.ORDER: self._order,
            Want.ON: self._on,
            Want.WEEKDAY: self._weekday,
            Want.REPORTS: self._reports,
            Want.WHEN: self._when,
        }[self._reckoned.asked.want]
        text = "\n\n".join(filter(None, telling()))
        facts = [self._case.facts[event.fact] for event in self._shown if event.fact]
        return Reply(
            Kind.ANSWER,
            text,
            facts=tuple(dict.fromkeys(fact.id for fact in facts)),
            citations=self._citations(),
            suggestions=compose.suggestions(self._case, facts, frozenset()),
        )

    def _citations(self) -> tuple[Citation, ...]:
        ids = dict.fromkeys([*(id_ for event in self._shown for id_ in event.passages), *self._passages])
        return compose.passages_cited(self._case, map(self._case.passage, ids))

    def _interval(self) -> Iterator[str]:
        """How long lay between two events, as far as their days say."""
        one, other = self._reckoned.events
        if one.day and other.day:
            yield self._apart(one, other)
        else:
            yield " ".join(self._undated(one, other))
            if not (_counts(one, other) or _counts(other, one)):
                yield self._came(self._calendar.order(one, other))
        yield self._bases()

    def _order(self) -> Iterator[str]:
        """Which of two came first, as far as that follows."""
        order = self._calendar.order(*self._reckoned.events)
        claimed = self._reckoned.asked.claimed
        if order is not None and claimed is not None:
            is_so = not order.same and claimed == (order.earlier == self._reckoned.events[0])
            yield self._say("calendar.so" if is_so else "calendar.not_so")
        if order is not None and order.earlier.day and order.later.day:
            yield self._say(
                "calendar.same_day" if order.same else "calendar.came_first",
                earlier=phrasing.capital(self._named(order.earlier)),
                later=self._named(order.later),
                first=self._dated(order.earlier.day),
                second=self._dated(order.later.day),
                day=self._dated(order.later.day),
            )
        else:
            yield self._came(order, "which_first") or self._say("calendar.not_settled")
            yield " ".join(self._undated(*self._reckoned.events))
        yield self._bases()

    def _apart(self, one: Event, other: Event) -> str:
        """How many days lay between two that have theirs."""
        order = self._calendar.order(one, other)
        if order is None or not (order.earlier.day and order.later.day):
            return ""
        if order.same:
            return self._say("calendar.same_day", day=self._dated(order.earlier.day))
        fields = {
            "count": phrasing.capital(self._count(order.earlier.day, order.later.day)),
            "first": self._dated(order.earlier.day),
            "second": self._dated(order.later.day),
        }
        if not (one.name and other.name):
            named = [self._on_day(event) for event in (one, other) if event.name]
            return " ".join([self._say("calendar.from_to", **fields), *named])
        return self._say("calendar.apart", earlier=order.earlier.name, later=order.later.name, **fields)

    def _came(self, order: Order | None, key: str = "came_after") -> str:
        """That one came after another, where that is known but by their days."""
        if order is None:
            return ""
        self._passages += order.passages
        return self._say(f"calendar.{key}", later=phrasing.capital(order.later.name), earlier=order.earlier.name)

    def _undated(self, one: Event, other: Event) -> Iterator[str]:
        """What is known of the days of two events of which at least one has none."""
        if not one.day and not other.day and one.fact and other.fact and one.source == other.source:
            yield self._both_only_reported(one, other)
            return
        for event, beside in ((one, other), (other, one)):
            if event.day is None:
                yield self._only_reported(event, beside)
            elif event.name and not _counts(beside, event):
                yield self._on_day(event)
        if one.reported and other.reported and one.reported != other.reported and not (one.day or other.day):
            first, second = sorted((one.reported, other.reported))
            yield self._say("calendar.reports_apart", count=self._count(first, second))

    def _both_only_reported(self, one: Event, other: Event) -> str:
        """That the days of two events of which one report tells aren't reported."""
        if one.reported is None:
            return self._say("calendar.neither_reported", one=one.name, other=other.name)
        publisher, day = self._publisher(self._case.sources[one.source]), phrasing.day(one.reported)
        return self._say("calendar.one_report", one=one.name, other=other.name, publisher=publisher, day=day)

    def _only_reported(self, event: Event, beside: Event) -> str:
        """That the day of an event isn't reported, and the day of the report that tells of it."""
        if not event.fact and event.source:
            return self._say("calendar.undated_report", event=phrasing.capital(event.name))
        if not event.source:
            return self._say("calendar.not_reported", event=event.name)
        fields = {"event": event.name, "publisher": self._publisher(self._case.sources[event.source])}
        if event.reported is None:
            return self._say("calendar.only_report_undated", **fields)
        of_weekdays = self._reckoned.asked.want is Want.WEEKDAY
        fields["day"] = self._dated(event.reported) if of_weekdays else phrasing.day(event.reported)
        if beside.day is None or not _counts(event, beside):
            return self._say("calendar.only_report", **fields)
        on_day = self._say("calendar.on_day", event=beside.name, day=self._dated(beside.day))
        other = on_day if beside.name else self._dated(beside.day)
        return self._say(
            "calendar.only_report_after", **fields, count=self._count(beside.day, event.reported), other=other
        )

    def _on(self) -> Iterator[str]:
        """What has its day in a span, then what was reported in it; or else what is nearest."""
        spans = self._reckoned.spans
        events = [
            event
            for span in spans
            for event in (*self._calendar.within(span), *self._calendar.reported_within(span))
            if self._case.facts[event.fact].moment
        ]
        if not events:
            yield self._say("calendar.none_in", span=phrasing.joined([self._spanned(span) for span in spans]))
            nearest = self._calendar.nearest(spans[0])
            events = [nearest] if nearest is not None else []
        for event in events[:MOST_LISTED]:
            yield from self._moment(event)
        yield self._say("calendar.more") if len(events) > MOST_LISTED else self._bases()

    def _moment(self, event: Event) -> list[str]:
        """The line of an event, under its day or under that of its report; none where the timeline has none."""
        text = self._case.facts[event.fact].moment
        day = event.listed
        if not text or day is None:
            return []
        self._shown.append(event)
        said = self._dated(day) if event.day else self._say("calendar.reported_on", day=self._dated(day))
        return [self._say("calendar.moment", day=said, text=text)]

    def _weekday(self) -> Iterator[str]:
        """What days of the week some days were, and what happened then; of an event without a day what is known of it."""
        if not self._reckoned.spans:
            yield from self._when()
        for span in self._reckoned.spans:
            yield self._say("calendar.weekday", day=phrasing.day(span.first), weekday=f"{span.first:%A}")
            for event in (*self._calendar.within(span), *self._calendar.reported_within(span)):
                yield from self._moment(event)

    def _reports(self) -> Iterator[str]:
        """The first and the last of the reports, and those that bear no date."""
        reports = sorted(self._calendar.reports.values(), key=lambda report: report.day or date.max)
        dated = [report for report in reports if report.day]
        self._shown = list(dict.fromkeys((*dated[:1], *dated[-1:])))
        for key, report in zip(("first_report", "last_report"), self._shown, strict=False):
            yield self._say(f"calendar.{key}", event=report.name, day=phrasing.day(report.day or date.max))
        for report in reports:
            if not report.day:
                yield self._only_reported(report, Event(""))

    def _when(self) -> Iterator[str]:
        """The days of events, or of the reports that tell of them."""
        for event in self._reckoned.events:
            if event.day is None:
                yield self._only_reported(event, Event(""))
            elif event.fact:
                yield self._on_day(event)
            else:
                yield self._say(
                    "calendar.dated_report", event=phrasing.capital(event.name), day=phrasing.day(event.day)
                )
        yield self._bases()

    def _bases(self) -> str:
        """What is to be known of the days that were told."""
        bases = dict.fromkeys(event.basis for event in self._shown if event.basis.note)
        self._passages += [id_ for basis in bases for id_ in basis.passages]
        return " ".join(basis.note for basis in bases)

    def _on_day(self, event: Event) -> str:
        day = self._dated(event.day) if event.day else ""
        return self._say("calendar.was_on", event=phrasing.capital(event.name), day=day)

    def _count(self, first: date, second: date) -> str:
        """The days between two, in weeks as well where those are wanted."""
        days = (second - first).days
        weeks, rest = divmod(days, DAYS_OF_WEEK)
        all_ = self._number("days", days)
        if not self._reckoned.asked.weeks or not weeks:
            return all_
        counted = self._number("weeks", weeks)
        if not rest:
            return self._say("calendar.weeks_even", weeks=counted, all=all_)
        return self._say("calendar.weeks", weeks=counted, days=self._number("days", rest), all=all_)

    def _number(self, unit: str, count: int) -> str:
        return self._say(f"calendar.one.{unit}") if count == 1 else self._say(f"calendar.several.{unit}", count=count)

    def _spanned(self, span: Span) -> str:
        if span.first == span.last:
            return self._dated(span.first)
        if span.first == date.min:
            return self._say("calendar.until", day=phrasing.day(span.last))
        if span.last == date.max:
            return self._say("calendar.since", day=phrasing.day(span.first))
        return self._say("calendar.span", first=phrasing.day(span.first), last=phrasing.day(span.last))

    def _dated(self, day: date) -> str:
        return self._say("calendar.day", weekday=f"{day:%A}", day=phrasing.day(day))

    def _named(self, event: Event) -> str:
        """The name of an event; a bare day is its own."""
        return event.name or (self._dated(event.day) if event.day else "")

    def _publisher(self, source: Source) -> str:
        return source.publisher or self._say("answer.unknown_publisher")


def _counts(event: Event, beside: Event) -> bool:
    """Whether the report that tells of an event came after the day of another, so that the days between can be told."""
    return bool(not event.day and event.fact and event.reported and beside.day and beside.day < event.reported)
