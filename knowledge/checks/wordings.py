"""Rules for the files of wordings: enough of them, and each in one place."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.case.load import Loaded
from knowledge.case.problems import Level, Problem
from knowledge.language.text import tokenise

ENOUGH = 10
"""Fewer wordings than this and people will not find the fact."""


def enough(loaded: Loaded) -> Iterator[Problem]:
    """A fact has enough wordings to be found by.

    Passes: ten wordings or more. Warns: fewer than ten.
    """
    for fact in loaded.case.facts.values():
        if len(fact.wordings) < ENOUGH:
            message = f"{fact.id} has {len(fact.wordings)} wordings"
            mend = f"add some, {ENOUGH} at least: short, plain, roundabout, slang"
            yield Problem(loaded.marks[f"fact:{fact.id}"], "few-wordings", message, mend, Level.WARNING)


def once(loaded: Loaded) -> Iterator[Problem]:
    """A wording stands once, and asks for one thing only.

    Passes: "who drove" under one fact. Fails: under two, or twice under one, in whatever letters and signs.
    """
    taken: dict[tuple[str, ...], tuple[str, int]] = {}
    for wording in loaded.wordings:
        words = tokenise(wording.text)
        if not words:
            mend = "write words"
            yield Problem(wording.mark, "no-words", f"{wording.text!r} holds no word", mend)
            continue
        first, line = taken.setdefault(words, (wording.id, wording.mark.line))
        if (first, line) == (wording.id, wording.mark.line):
            continue
        where = "above" if first == wording.id else f"under {first}"
        rule = "same-wording" if first != wording.id else "double"
        level = Level.ERROR if first in loaded.case.facts and first != wording.id else Level.WARNING
        yield Problem(wording.mark, rule, f"{wording.text!r} stands {where} as well", "keep one of the two", level)
