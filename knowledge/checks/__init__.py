"""Everything that is checked of a fact base. A rule yields problems; nothing is printed here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from knowledge.case.load import Loaded
from knowledge.case.nodes import Level, Problem
from knowledge.checks import care, claims, facts, passages, people, proof, sources, speakers, wordings
from knowledge.checks.wordings import Learned

RULES = (
    passages.short_enough,
    sources.given,
    sources.references,
    sources.helplines,
    facts.references,
    facts.statuses,
    facts.shape,
    facts.topics,
    facts.themes,
    facts.events,
    wordings.enough,
    wordings.once,
    wordings.avoided,
    facts.named,
    facts.claims,
    speakers.speakers,
    speakers.also,
    people.wrongs,
    people.outcomes,
    people.minors,
    people.unnamed,
    claims.claims_refer,
    claims.claims_can_be_asked,
    care.references,
    care.rejoinders,
    care.cards,
    care.words,
    care.needs,
)
"""The rules that need nothing but the case."""

LEARNED = (wordings.spelt, wordings.wordings_find_their_fact, care.signals)
"""The rules that read as the bot does, with what it learned."""


def check(loaded: Loaded, learned: Learned, articles: Mapping[str, str] | None, today: date) -> Iterator[Problem]:
    """Yield every problem. `articles` are whole texts by source id, None where there are none to compare with.

    A warning of a file of the general voice is told to whoever keeps that one, and not of every case that it serves.
    """
    for problem in _all(loaded, learned, articles, today):
        if problem.level is Level.ERROR or not loaded.borrowed(problem.mark.file):
            yield problem


def _all(loaded: Loaded, learned: Learned, articles: Mapping[str, str] | None, today: date) -> Iterator[Problem]:
    yield from loaded.problems
    for rule in RULES:
        yield from rule(loaded)
    for reading in LEARNED:
        yield from reading(loaded, learned)
    yield from care.dated(loaded, today)
    yield from proof.proved(loaded, articles or {})
    if articles is not None:
        yield from passages.verbatim(loaded, articles)
        yield from passages.covered(loaded, articles)
        yield from sources.provenance(loaded, articles)
