"""Questions that found nothing, by the fact that came nearest: where a wording is missing, or a fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from bot.decision import Decision
from bot.reply import Kind, Reply
from knowledge.case.model import Case

HOW = {
    Kind.ANSWER: "answered from no fact",
    Kind.CLARIFY: "asked back",
    Kind.UNKNOWN: "not found",
    Kind.SUPPORT: "heard as a cry",
    Kind.COURTESY: "taken for no question",
}
"""What became of a question instead."""
SHOWN = 100


class Unfound(NamedTuple):
    """A question, the reply that it got, and the fact that came nearest, empty where none did."""

    question: str
    reply: Reply
    nearest: str


def plain(question: str) -> dict[str, Any]:
    """Return the label of a question that wants a fact told, whichever: what is reported, or that it isn't."""
    return {"id": "", "q": question, "kinds": [Kind.ANSWER, Kind.UNKNOWN]}


def nearest(case: Case, decision: Decision) -> str:
    """Return the likeliest fact of what was looked at, empty where there was none."""
    looked = (*decision.tried, *((decision.found,) if decision.found else ()))
    candidates = [one for found in looked for one in found.verdict.candidates if one.id in case.facts]
    return max(candidates, key=lambda one: one.score).id if candidates else ""


def faults(reply: Reply) -> Iterator[str]:
    """Yield why a plain question found nothing; nothing where a fact was told."""
    if not reply.facts:
        yield HOW[reply.kind]


def grouped(lost: Sequence[Unfound]) -> Iterator[str]:
    """Yield the questions under their nearest facts, the fact with the most of them first."""
    if not lost:
        return
    by_fact: dict[str, list[Unfound]] = {}
    for one in lost:
        by_fact.setdefault(one.nearest, []).append(one)
    yield ""
    yield "found nothing, by the nearest fact:"
    for fact, some in sorted(by_fact.items(), key=lambda item: (not item[0], -len(item[1]), item[0])):
        yield f"  {fact or 'no fact is near'}: {len(some)}"
        for one in some:
            yield f"    {one.question[:SHOWN]!r}  {HOW[one.reply.kind]}"
