"""Where the reports differ: each point with both sides in their own words, what is better supported and why, a few on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bot import compose, themes
from bot.reply import Kind, Reply
from knowledge.case.model import Case, Fact, Passage

ON_A_PAGE = 3
"""Points on a page: with both sides of each quoted they are as long as an answer may be."""


class _Point(NamedTuple):
    """A fact that one report tells otherwise, with the passages of both sides."""

    fact: Fact
    passages: tuple[Passage, ...]


def page(case: Case, number: int = 1) -> Reply:
    """Return a page by its number, from 1, or that the reports agree; a number beyond the last means the last."""
    pages = _pages(case)
    return themes.numbered(pages, number) if pages else compose.courtesy(case, "page.no_differences")


def turns(case: Case) -> Mapping[tuple[str, ...], tuple[str, str]]:
    """Return, by the ids of all that a page offers, the ids of the page before and of the one behind it."""
    pages = _pages(case)
    return dict(themes.neighbours(pages, _id, _id(1))) if len(pages) > 1 else {}


def _id(page: int) -> str:
    return themes.page_id("page:differences", page)


def _points(case: Case) -> list[_Point]:
    """Every point once: a passage that several facts tell of is told with the first of them."""
    points, told = [], set[str]()
    for fact in case.facts.values():
        apart = [id_ for difference in fact.differs for id_ in difference.passages]
        if not apart or not told.isdisjoint(apart):
            continue
        told.update(apart)
        points.append(_Point(fact, _sides(case, fact, tuple(map(case.passage, dict.fromkeys(apart))))))
    return points


def _sides(case: Case, fact: Fact, apart: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """What tells it otherwise, behind one that the fact stands on, another report's if it can be; two reports need no third."""
    reports = {passage.source for passage in apart}
    if len(reports) > 1:
        return apart
    others = [passage for passage in case.shown_passages(fact) if passage not in apart]
    return (*sorted(others, key=lambda passage: passage.source in reports)[:1], *apart)


def _pages(case: Case) -> tuple[Reply, ...]:
    points = _points(case)
    count = -(-len(points) // ON_A_PAGE)
    pages = []
    for number in range(1, count + 1):
        some = points[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
        key = "page.differences_page" if count > 1 else "page.differences"
        head = case.voice.say(key, page=number, pages=count)
        choices = [compose.suggestion(point.fact) for point in some]
        choices += themes.turning(case, number, count, _id)
        text = "\n\n".join([head, *(_told(case, point) for point in some)])
        cited = compose.passages_cited(case, [one for point in some for one in point.passages])
        facts = tuple(point.fact.id for point in some)
        pages.append(Reply(Kind.ANSWER, text, facts=facts, citations=cited, choices=tuple(choices)))
    return tuple(pages)


def _told(case: Case, point: _Point) -> str:
    """One point: its title, both sides quoted, and what its differences say of them."""
    quotes = "; ".join(_quoted(case, passage) for passage in point.passages)
    notes = " ".join(difference.note for difference in point.fact.differs)
    return case.voice.say("page.difference_line", title=point.fact.title, quotes=quotes, notes=notes)


def _quoted(case: Case, passage: Passage) -> str:
    """A passage in words, with the report that it is from."""
    quote = case.voice.say("source.quote", quote=passage.quote)
    source = case.sources[passage.source]
    return case.voice.say("page.difference_side", publisher=source.publisher or source.counts_as, quote=quote)
