"""Rules for facts: what they refer to, what their status asks of them, how they are asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.case.load import Loaded
from knowledge.case.model import Fact, Status
from knowledge.case.problems import Mark, Problem

MOST_CHARACTERS = 440
"""The most characters of one answer, so that two of them fit into a reply."""


def references(loaded: Loaded) -> Iterator[Problem]:
    """Every id that a fact names exists.

    Passes: `related: [date]` where a fact `date` exists. Fails: `related: [dat]`.
    """
    case = loaded.case
    passages = {id_ for source in case.sources.values() for id_ in source.passages}
    for fact in case.facts.values():
        yield from _known(loaded, fact, "passages", fact.passages, passages)
        yield from _known(loaded, fact, "related", fact.related, case.facts)
        yield from _known(loaded, fact, "about", fact.about, case.entities)
        yield from _known(loaded, fact, "contacts", fact.contacts, case.helplines)
        yield from _known(loaded, fact, "nearest", (fact.nearest,) if fact.nearest else (), case.facts)
        yield from _known(loaded, fact, "speaker", (fact.speaker,) if fact.speaker else (), case.entities)
        for difference in fact.differs:
            yield from _known(loaded, fact, "differs", difference.passages, passages)


def _known(loaded: Loaded, fact: Fact, key: str, ids: Collection[str], known: Collection[str]) -> Iterator[Problem]:
    for id_ in ids:
        if id_ not in known:
            near = process.extractOne(id_, sorted(known), scorer=OSA.normalized_distance, score_cutoff=0.5)
            mend = f"did you mean {near[0]}?" if near else "create it, or remove it here"
            yield Problem(_mark(loaded, fact, key, id_), "reference", f"{key} names {id_}, which doesn't exist", mend)


def statuses(loaded: Loaded) -> Iterator[Problem]:
    """A fact has what its status asks for: passages, a speaker, differences, or the nearest fact.

    Passes: `status: claimed` with a `speaker`. Fails: `status: disputed` without `differs`, `status: unreported` with
    passages of its own or with no `nearest`.
    """
    for fact in loaded.case.facts.values():
        unreported = fact.status is Status.UNREPORTED
        wrong = []
        if unreported and (fact.passages or not fact.nearest):
            wrong.append(
                ("an unreported fact has no passages, and a nearest one", "give it `nearest:` and no passages")
            )
        if not unreported and not fact.passages:
            wrong.append(("no passage stands behind it", "add `passages:`, or make its status unreported"))
        if fact.status is Status.CLAIMED and not fact.speaker:
            wrong.append(("a claim needs its speaker", "add `speaker:` with the id of who said it"))
        if fact.status is Status.DISPUTED and not fact.differs:
            wrong.append(("a disputed fact tells how reports differ", "add `differs:` with passages and a note"))
        for message, mend in wrong:
            yield Problem(_mark(loaded, fact, "status"), "status", f"{fact.id}: {message}", mend)


def shape(loaded: Loaded) -> Iterator[Problem]:
    """An answer is short, its date lies within the time that the reports cover, and it has one value at the most.

    Passes: an answer of two to four sentences. Fails: one of more than 440 characters, `when:` after `as_of`, `values: [9, 10]`.
    """
    case = loaded.case
    for fact in case.facts.values():
        if len(fact.answer) > MOST_CHARACTERS:
            message = f"{fact.id}: the answer has {len(fact.answer)} characters, more than {MOST_CHARACTERS}"
            yield Problem(
                _mark(loaded, fact, "answer"), "answer-length", message, "say it in two to four short sentences"
            )
        if len(fact.values) > 1:
            mend = "keep the only number that is right, or none"
            yield Problem(_mark(loaded, fact, "values"), "values", f"{fact.id}: several values settle nothing", mend)
        if fact.moment and not fact.when:
            mend = "give its day under `when:`, or take the moment out"
            yield Problem(_mark(loaded, fact, "moment"), "date", f"{fact.id}: a moment needs its day", mend)
        if fact.when and (fact.when > case.as_of or fact.when.year < case.year - 1):
            message = f"{fact.id}: {fact.when} lies outside the time of the reports"
            mend = f"give a date in {case.year - 1} or later, and not after {case.as_of}"
            yield Problem(_mark(loaded, fact, "when"), "date", message, mend)


def _mark(loaded: Loaded, fact: Fact, key: str, item: str = "") -> Mark:
    names = (f"fact:{fact.id}.{key}.{item}", f"fact:{fact.id}.{key}", f"fact:{fact.id}")
    return next(loaded.marks[name] for name in names if name in loaded.marks)
