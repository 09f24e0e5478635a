"""Everything that is checked of a fact base. A rule yields problems; nothing is printed here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from knowledge.checks import care, facts, learned, passages, people, words
from knowledge.load import Loaded
from knowledge.problems import Problem

RULES = (
    passages.short_enough,
    facts.references,
    facts.statuses,
    facts.shape,
    facts.wordings,
    words.avoided,
    people.named,
    people.claims,
    care.references,
    care.cards,
    care.words,
    care.lists,
    care.signals,
    care.needs,
    learned.fresh,
    learned.wordings_find_their_fact,
)
"""The rules that need nothing but the case, in the order of their cost."""


def check(loaded: Loaded, articles: Mapping[str, str] | None, today: date) -> Iterator[Problem]:
    """Yield every problem. `articles` are whole texts by source id, None where there are none to compare with."""
    yield from loaded.problems
    for rule in RULES:
        yield from rule(loaded)
    yield from care.dated(loaded, today)
    if articles is not None:
        yield from passages.verbatim(loaded, articles)
        yield from passages.covered(loaded, articles)
