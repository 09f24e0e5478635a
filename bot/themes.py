"""What can be asked, by theme, the most asked first: the page of themes, the pages of one, and what turns them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from bot import compose
from bot.reply import Choice, Kind, Reply
from knowledge.case.model import Case, Fact, Theme

ON_A_PAGE = 8
"""Questions on a page: with what turns it they fit the screen of a phone."""

OPENERS = 3
"""Questions that somebody is offered who has asked none."""

MOST_PEOPLE = 6
"""People about whom a question is offered beside the list of all."""

NAMING = frozenset({"name", "job"})
"""Kinds of answer that say who somebody is."""


def most_asked(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return those of some facts that may be offered, the most asked first.

    What decides is for how many wordings people wrote when they were asked how they would ask for it: nothing counts
    what is asked of the bot. Of two alike the first in the files comes first.
    """
    return tuple(sorted((fact for fact in facts if fact.is_offered), key=lambda fact: -len(fact.wordings)))


def openers(case: Case) -> tuple[Choice, ...]:
    """Return the most asked question of each of the first themes; of one theme alone its most asked."""
    themes = [_questions(case, theme) for theme in _offered(case)]
    heads = [questions[0] for questions in themes] if len(themes) > 1 else themes[0] if themes else ()
    return tuple(map(compose.suggestion, heads[:OPENERS]))


def about_people(case: Case) -> tuple[Choice, ...]:
    """Return a question about each of the main people, those whom a fact says who they are, as the case lists them."""
    told = (_who_is(case, id_) for id_, entity in case.entities.items() if entity.kind == "person" and entity.is_apart)
    return tuple(compose.suggestion(fact) for fact in told if fact)[:MOST_PEOPLE]


def _who_is(case: Case, person: str) -> Fact | None:
    """The fact that says who somebody is: one that gives a name or a job before one that only gives a person."""
    giving = [fact for fact in case.facts.values() if "person" in fact.gives and fact.about[:1] == (person,)]
    return next(iter(sorted(most_asked(giving), key=lambda fact: NAMING.isdisjoint(fact.gives))), None)


def topics(case: Case) -> Reply:
    """Return the themes to choose from; where there is only one, its questions."""
    themes = _offered(case)
    if len(themes) == 1:
        return _pages(case, themes[0])[0]
    choices = tuple(Choice(f"theme:{theme.id}", theme.title) for theme in themes)
    return Reply(Kind.COURTESY, case.voice.say("page.topics"), choices=choices)


def theme(case: Case, named: str) -> Reply | None:
    """Return a page of a theme by what stands behind `theme:` in its id, `driver` or `driver/2`; None where there is none.

    A number beyond the last page means the last.
    """
    id_, _, number = named.partition("/")
    found = next((theme for theme in _offered(case) if theme.id == id_), None)
    if found is None:
        return None
    return numbered(_pages(case, found), number_in(number))


def number_in(typed: str) -> int:
    """Return the number of a page as its id has it, 1 where it has none."""
    return int(typed[:4]) if typed.isdecimal() else 1


def numbered(pages: Sequence[Reply], number: int) -> Reply:
    """Return a page by its number, from 1; a number beyond the last means the last."""
    return pages[min(max(number, 1), len(pages)) - 1]


def page_id(of: str, number: int) -> str:
    """Return the id of a page of several: the first has that of the whole."""
    return of if number == 1 else f"{of}/{number}"


def neighbours(
    pages: Sequence[Reply], id_of: Callable[[int], str], before_all: str
) -> Iterator[tuple[tuple[str, ...], tuple[str, str]]]:
    """Yield the ids of all that each page offers, with the id of the page before it, or `before_all`, and of the one behind it.

    Behind the last comes that page itself; nothing behind one that stands alone.
    """
    for at, page in enumerate(pages, 1):
        behind = id_of(min(at + 1, len(pages))) if len(pages) > 1 else ""
        yield tuple(choice.id for choice in page.offers), (id_of(at - 1) if at > 1 else before_all, behind)


def turning(case: Case, number: int, count: int, id_of: Callable[[int], str]) -> Iterator[Choice]:
    """Yield what turns a page of `count` back and on, by the id that `id_of` gives each number."""
    if number > 1:
        yield Choice(id_of(number - 1), case.voice.say("page.earlier"))
    if number < count:
        yield Choice(id_of(number + 1), case.voice.say("page.later"))


def turns(case: Case) -> Mapping[tuple[str, ...], tuple[str, str]]:
    """Return, by the ids of all that a page of a theme offers, the ids of the page before and of the one behind it.

    Before the first page comes the page of themes, behind the last that page itself; nothing behind one that stands
    alone.
    """
    return {
        ids: around
        for theme in _offered(case)
        for ids, around in neighbours(_pages(case, theme), partial(_id, theme), "page:topics")
    }


def titles(case: Case) -> Iterator[tuple[str, str]]:
    """Yield the titles of the themes that are offered, each with its id."""
    yield from ((theme.title, _id(theme, 1)) for theme in _offered(case))


def _offered(case: Case) -> tuple[Theme, ...]:
    """The themes that hold a question that may be offered."""
    return tuple(theme for theme in case.themes.values() if _questions(case, theme))


def _questions(case: Case, theme: Theme) -> tuple[Fact, ...]:
    return most_asked(case.facts[id_] for id_ in theme.facts)


def _id(theme: Theme, page: int) -> str:
    return page_id(f"theme:{theme.id}", page)


def _pages(case: Case, theme: Theme) -> tuple[Reply, ...]:
    questions, say = _questions(case, theme), case.voice.say
    count = -(-len(questions) // ON_A_PAGE)
    pages = []
    for page in range(1, count + 1):
        choices = [compose.suggestion(fact) for fact in questions[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]]
        choices += turning(case, page, count, partial(_id, theme))
        if len(_offered(case)) > 1:
            choices.append(Choice("page:topics", say("page.all_topics")))
        key = "page.theme_page" if count > 1 else "page.theme"
        text = say(key, title=theme.title, page=page, pages=count)
        pages.append(Reply(Kind.COURTESY, text, choices=tuple(choices)))
    return tuple(pages)
