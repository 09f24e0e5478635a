"""Everything that is checked of a fact base. A rule yields problems; nothing is printed here.

Of two sorts: what is wrong with the *structure* makes a reply raise, or say a number that is wrong, so that nothing is
built or answered before it is mended; everything else is told, and answered all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from pathlib import Path

from knowledge.case.load import Loaded, load
from knowledge.case.problems import BrokenCaseError, Level, Problem
from knowledge.checks import (
    care,
    claims,
    facts,
    gaps,
    lines,
    numbers,
    passages,
    people,
    proof,
    sources,
    voice,
    wordings,
)
from knowledge.checks.wordings import Learned
from knowledge.language.english import Language

STRUCTURE = (
    lines.merged,
    lines.characters,
    lines.signs,
    gaps.facts,
    gaps.ids,
    gaps.fields,
    sources.helplines,
    facts.references,
    facts.statuses,
    facts.events,
    sources.references,
    claims.claims_refer,
    voice.sentences,
    voice.placeholders,
    voice.lists,
    voice.rows,
    voice.moves,
    numbers.twice,
    numbers.told,
    numbers.danger,
    care.references,
    care.rejoinders,
    care.cards,
    care.patterns,
)
"""The rules for the structure."""

OTHERS = (
    gaps.loose,
    gaps.entities,
    gaps.sources,
    passages.short_enough,
    sources.given,
    facts.shape,
    facts.topics,
    facts.themes,
    facts.also,
    wordings.enough,
    wordings.once,
    wordings.avoided,
    numbers.shared,
    care.words,
    care.dead,
)
"""The rules for which nobody waits."""

READING = (people.minors, people.unnamed, wordings.plainly)
"""Those of them that need the English layer whole."""

BY_LANGUAGE = (
    facts.named,
    facts.claims,
    facts.speakers,
    people.wrongs,
    people.outcomes,
    wordings.nearly_twice,
)
"""Those that read with it as the bot does."""

LEARNED = (wordings.spelt, wordings.wordings_find_their_fact, care.signals, claims.claims_can_be_asked)
"""The rules that read as the bot does, with what it learned."""

CAUSES = frozenset({"missing-file", "file-name", "encoding", "merge", "sign", "swallowed", "characters", "yaml"})
"""Rules for what makes a file another one than was meant: whatever else is told may follow from it."""


def structure(loaded: Loaded) -> list[Problem]:
    """Return what would make a reply raise or say a wrong number, in order."""
    found = [*loaded.problems, *(problem for rule in STRUCTURE for problem in rule(loaded))]
    return ordered(problem for problem in found if problem.level is Level.ERROR)


def load_sound(folder: Path | None) -> Loaded:
    """Read a case with the place of everything in it. Raises BrokenCaseError with every structural problem found."""
    loaded = load(folder)
    errors = structure(loaded)
    if errors:
        raise BrokenCaseError(tuple(errors))
    return loaded


def is_readable(loaded: Loaded) -> bool:
    """Tell whether the lists by which words are read are there."""
    return not any(voice.lists(loaded))


def rest(loaded: Loaded, articles: Mapping[str, str] | None, today: date) -> Iterator[Problem]:
    """Yield what is wrong besides the structure, and what it warns of, as far as it shows without anything learned.

    `articles` are whole texts by source id, None where there are none to compare with.
    """
    yield from _own(loaded, _rest(loaded, articles, today))


def of_learned(loaded: Loaded, learned: Learned) -> Iterator[Problem]:
    """Yield what reading as the bot does shows."""
    yield from _own(loaded, chain.from_iterable(rule(loaded, learned) for rule in LEARNED))


def _own(loaded: Loaded, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Problems without warnings of the general voice: they are for whoever keeps that, not for every case that it serves."""
    yield from (one for one in problems if one.level is Level.ERROR or not loaded.borrowed(one.mark.file))


def _rest(loaded: Loaded, articles: Mapping[str, str] | None, today: date) -> Iterator[Problem]:
    yield from (problem for problem in loaded.problems if problem.level is not Level.ERROR)
    for rule in OTHERS:
        yield from rule(loaded)
    yield from numbers.cards(loaded, today)
    yield from care.dated(loaded, today)
    if is_readable(loaded):
        for rule in READING:
            yield from rule(loaded)
        language = Language.of(loaded.case)
        for reads in BY_LANGUAGE:
            yield from reads(loaded, language)
        yield from proof.proved(loaded, articles or {})
    if articles is not None:
        yield from passages.verbatim(loaded, articles)
        yield from passages.covered(loaded, articles)
        yield from sources.provenance(loaded, articles)


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems by their places, each once, and before them those from which others may follow."""
    return sorted(set(problems), key=lambda one: (one.rule not in CAUSES, one))
