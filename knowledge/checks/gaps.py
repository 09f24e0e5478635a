"""Rules for what is lost or empty: a case without facts, a person without pronouns, a source that doesn't say whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from knowledge.case.load import Loaded
from knowledge.case.model import GIVEN, Status
from knowledge.case.problems import Level, Mark, Problem, meant
from knowledge.checks import needed

ID = re.compile(r"[\w.'’-]{1,60}")
"""What anything may be called by which others name it."""


def facts(loaded: Loaded) -> Iterator[Problem]:
    """There is a fact. Passes: `- id: night`. Fails: an empty file in facts/."""
    if not loaded.case.facts:
        file = next((name for name in loaded.texts if PurePath(name).parent.name == "facts"), "knowledge/facts")
        yield Problem(Mark(file), "no-facts", "the case has no facts", "write one: FIELDS.md lists its fields")


def ids(loaded: Loaded) -> Iterator[Problem]:
    """An id is one word. Passes: `id: age-marsh`. Fails: `id: age marsh`, `id: move:age`."""
    kinds = {
        "fact": loaded.case.facts,
        "entity": loaded.case.entities,
        "helpline": loaded.case.helplines,
        "concern": loaded.case.care.concerns,
        "need": loaded.case.care.needs,
    }
    for kind, some in kinds.items():
        for id_ in some:
            if not ID.fullmatch(id_):
                mend = "write one word, of letters, digits and -"
                yield Problem(loaded.marks[f"{kind}:{id_}"], "id", f"{id_!r} is no id", mend)


def fields(loaded: Loaded) -> Iterator[Problem]:
    """A fact says whom it is about, a difference has its passages, and a fact is neither related to itself nor near itself.

    Passes: `about: [finch]`. Fails: no `about:`, `related: [age]` in the fact `age`.
    """
    for fact in loaded.case.facts.values():
        if not fact.about:
            yield Problem(loaded.at(f"fact:{fact.id}", "about"), "missing", "about is missing", "add `about:`")
        if any(not one.passages for one in fact.differs):
            mend = "give the passages that tell it otherwise"
            yield Problem(loaded.at(f"fact:{fact.id}", "differs"), "missing", "a difference has no passages", mend)
        if fact.nearest and fact.nearest in loaded.case.facts:
            near = loaded.case.facts[fact.nearest]
            if near.status is Status.UNREPORTED:
                mend = "name a fact that is reported"
                yield Problem(
                    loaded.at(f"fact:{fact.id}", "nearest"), "reference", f"{near.id} isn't reported either", mend
                )


def loose(loaded: Loaded) -> Iterator[Problem]:
    """What a fact gives is a kind of answer that is asked for; nothing is related to itself.

    Passes: `gives: [age]`. Fails: `gives: [agee]`, `related: [age]` in the fact `age`, no `gives:`.
    """
    known = {*loaded.case.english.question, needed.SUMMARY}
    for fact in loaded.case.facts.values():
        if not fact.gives and fact.status is not Status.UNREPORTED:
            mend = "say what kind of answer it is: FIELDS.md lists them"
            yield Problem(
                loaded.at(f"fact:{fact.id}", "gives"), "gives", f"{fact.id} gives nothing", mend, Level.WARNING
            )
        for kind in fact.gives:
            if kind not in known:
                mend = meant(kind, known, f"write one of {', '.join(sorted(known))}")
                yield Problem(loaded.at(f"fact:{fact.id}", "gives"), "gives", f"nobody asks for {kind}", mend)
        if fact.id in fact.related:
            yield Problem(
                loaded.at(f"fact:{fact.id}", "related"), "reference", f"{fact.id} is related to itself", "take it out"
            )
        if len(set(fact.related)) < len(fact.related):
            what = "a fact stands twice"
            yield Problem(loaded.at(f"fact:{fact.id}", "related"), "double", what, "keep one of the two", Level.WARNING)


def entities(loaded: Loaded) -> Iterator[Problem]:
    """A person has pronouns. Passes: `pronouns: [she, her]`. Fails: none."""
    for entity in loaded.case.entities.values():
        if entity.kind == "person" and not entity.pronouns:
            mend = "add `pronouns: [she, her]`, [he, him] or [they, them]"
            yield Problem(loaded.marks[f"entity:{entity.id}"], "pronouns", f"{entity.id} has no pronouns", mend)


def sources(loaded: Loaded) -> Iterator[Problem]:
    """A source says who published it, when, and under which headline, or `null` where nobody knows; not after the case's end.

    Passes: `headline: null`. Fails: no `headline:`, `published:` after `as_of`.
    """
    for source in loaded.case.sources.values():
        for field in GIVEN:
            if f"source:{source.id}.{field}" not in loaded.marks:
                mend = f"add `{field}:`, and null where it isn't known"
                yield Problem(loaded.marks[f"source:{source.id}"], "missing", f"{field} is missing", mend)
        if source.published and source.published > loaded.case.as_of:
            what = f"{source.published} is after {loaded.case.as_of}, the end of the reports"
            yield Problem(loaded.at(f"source:{source.id}", "published"), "date", what, "mend it, or `as_of`")
