"""The pages that a command or a single word brings up: what the bot is, its sources, its people, its timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from bot import compose, contacts, differences, phrasing, themes
from bot.operator import version
from bot.reckoning import Calendar
from bot.reply import Choice, Citation, Kind, Reply
from knowledge.case.model import GIVEN, Case, Source

MOST_TOLD = 4
"""Facts of a page that a follow-up may lean on."""


class Moment(NamedTuple):
    """One line of the timeline, under the day of the event or of the report that tells of it, as `label` says."""

    day: date | None
    label: str
    fact: str
    text: str
    citation: Citation


def timeline(case: Case) -> tuple[Moment, ...]:
    """Return the moments that the facts tell, by date: by the day of the event, or by that of the report where no other is known."""
    events = [event for event in Calendar(case).events if event.fact and case.facts[event.fact].moment]
    dated = sorted((event.listed or date.max, place, event) for place, event in enumerate(events))
    moments = []
    for when, _, event in dated:
        passage = case.passage(event.passages[0])
        cited = compose.citation(case.sources[passage.source], passage)
        label = phrasing.day(when) if event.day else case.voice.say("calendar.reported_on", day=phrasing.day(when))
        moments.append(Moment(when, label, event.fact, case.facts[event.fact].moment, cited))
    return tuple(moments)


def start(case: Case) -> Reply:
    """Return the first page: what this is, 999, and questions to begin with."""
    return _opening(case, _plain(case, "start", about=case.about))


def help_(case: Case) -> Reply:
    """Return how to ask, and questions to begin with."""
    return _opening(case, _plain(case, "help"))


def _opening(case: Case, page: Reply) -> Reply:
    """Offer questions to begin with, and all others, under a page."""
    every = Choice("page:topics", case.voice.say("page.all_topics"))
    text = f"{page.text}\n\n{case.voice.say('page.openers')}"
    return page._replace(text=text, choices=(*themes.openers(case), every))


def sources(case: Case) -> Reply:
    """Return the sources with their headlines, but for a sensational one: who comes here asks for the reports."""
    return _sources(case, sensational=False)


def headlines(case: Case) -> Reply:
    """Return the sources with every headline, which somebody has asked for by coming here."""
    return _sources(case, sensational=True)


def _sources(case: Case, *, sensational: bool) -> Reply:
    lines = []
    for source in sorted(case.sources.values(), key=lambda source: (source.published or date.max, source.id)):
        fields = {
            "publisher": source.publisher or case.voice.say("answer.unknown_publisher"),
            "published": phrasing.day(source.published) if source.published else case.voice.say("page.undated"),
            "about": source.about,
        }
        shown = source.headline if sensational or not source.sensational else None
        unknown = case.voice.say("page.no_headline") if sensational else ""
        headline = f'"{shown}"' if shown else unknown
        key = "source_line" if headline else "source_line_bare"
        line = case.voice.say(f"page.{key}", **fields, headline=headline)
        lines.append(" ".join(filter(None, (line, _given(case, source)))))
    return Reply(Kind.COURTESY, "\n\n".join([case.voice.say("page.sources"), *lines, *_weighing(case)]))


def _weighing(case: Case) -> list[str]:
    """The publishers whose several reports count as one."""
    reports = Counter(source.counts_as for source in case.sources.values())
    return [
        case.voice.say("page.weighing", count=phrasing.count(case, number), publisher=publisher)
        for publisher, number in reports.items()
        if number > 1
    ]


def _given(case: Case, source: Source) -> str:
    """Say which of a source's fields came with the report, and don't stand in its text."""
    if not source.given:
        return ""
    fields = ", ".join(case.voice.say(f"page.field.{field}") for field in GIVEN if field in source.given)
    return case.voice.say("page.given", fields=fields)


def people(case: Case) -> Reply:
    """Return the people, each with a role, and a question about each of the main ones."""
    named = [entity for entity in case.entities.values() if entity.kind == "person"]
    lines = [
        case.voice.say("page.person_line", name=phrasing.capital(entity.name), role=entity.role) for entity in named
    ]
    text = "\n".join([case.voice.say("page.people"), *lines])
    return Reply(Kind.COURTESY, text, choices=themes.about_people(case))


def when(case: Case) -> Reply:
    """Return the timeline as text."""
    moments = timeline(case)
    lines = [case.voice.say("page.timeline_line", day=moment.label, text=moment.text) for moment in moments]
    cited = tuple(dict.fromkeys(moment.citation for moment in moments))
    facts = tuple(moment.fact for moment in moments)
    text = "\n\n".join([case.voice.say("page.timeline"), *lines])
    return Reply(Kind.ANSWER, text, facts=facts[:MOST_TOLD], citations=cited)


def helplines(case: Case) -> Reply:
    """Return three contacts first, and the needs by which there are more."""
    cards = contacts.cards(case, case.care.concerns["contacts"].contacts)
    head, more = case.voice.say("page.helplines"), case.voice.say("page.helplines_more")
    text = "\n\n".join([head, *contacts.lines(case, cards), more])
    return Reply(Kind.SUPPORT, text, helplines=cards, choices=contacts.needs(case, case.care.offered), urgent=True)


def privacy(case: Case) -> Reply:
    """Return what is kept and what is not."""
    return _plain(case, "privacy", web=case.helplines["covering-tracks"].web, runs=_runs(case))


def _runs(case: Case) -> str:
    """Who runs the bot, and how they are reached where they say it; the end of a sentence."""
    key = "page.run_by_named" if case.contact else "page.run_by"
    return contacts.sentence(case.voice.say(key, contact=case.contact))


def forget(case: Case) -> Reply:
    """Return what forgetting did, where nothing but the context is held of a chat."""
    return _plain(case, "forget")


def about(case: Case) -> Reply:
    """Return version, as-of date and how answers are made."""
    return _plain(case, "about", version=version(), runs=_runs(case))


PAGES: Mapping[str, Callable[[Case], Reply]] = {
    "start": start,
    "help": help_,
    "topics": themes.topics,
    "people": people,
    "timeline": when,
    "sources": sources,
    "headlines": headlines,
    "differences": differences.page,
    "helplines": helplines,
    "privacy": privacy,
    "forget": forget,
    "about": about,
}
"""Every page by its name, which is also its command and the word that brings it up."""


def page(case: Case, named: str) -> Reply | None:
    """Return a page by its name, one of several by its number behind it (`differences/2`); None where there is none."""
    name, _, number = named.partition("/")
    if number and name == "differences":
        return differences.page(case, themes.number_in(number))
    return PAGES[named](case) if named in PAGES else None


def _plain(case: Case, name: str, **fields: object) -> Reply:
    return Reply(Kind.COURTESY, case.voice.say(f"page.{name}", **phrasing.of_the_case(case), **fields))
