"""What a conversation keeps after a reply: ids of facts, people and choices, the most recent first, a few of each."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Context
from knowledge.case.model import Case, Fact

MOST_FACTS = 8
MOST_PEOPLE = 6


def after(case: Case, context: Context, facts: Sequence[Fact], named: Sequence[str]) -> Context:
    """Return the context after some facts were told, the last of them first, and some people named.

    Who was asked for by a description ("her son") is whoever the fact tells of first.
    """
    named = [id_ for id_ in named if case.entities[id_].is_named or not any(id_ in fact.about[1:] for fact in facts)]
    ids = tuple(dict.fromkeys([*(fact.id for fact in reversed(facts)), *context.facts]))
    about = [id_ for fact in reversed(facts) for id_ in fact.about]
    people = tuple(dict.fromkeys([*named, *about, *context.people]))
    return context._replace(facts=ids[:MOST_FACTS], people=people[:MOST_PEOPLE])
