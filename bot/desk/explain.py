"""`casebook explain`: how a message was understood, readable in a minute."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation import Conversation
from bot.typed import Typed
from knowledge import decide
from knowledge.care import Care
from knowledge.decide import Scored
from knowledge.lookup import Found, Lookup
from knowledge.model import Case
from knowledge.question import split
from knowledge.text import fold

SHOWN = 5
PARTS_SHOWN = 6


def explain(case: Case, message: str) -> str:
    """Return the way of a message: its choice, what care heard, its questions, each word, each candidate, and the reply."""
    message = fold(message)
    lookup = Lookup(case)
    chosen = Typed(case).chosen(message, ())
    lines = [f"typed      for the choice {chosen}"] if chosen else []
    lines.append(f"care       {_care(case, lookup, message)}")
    for number, part in enumerate(split(message), 1):
        found = lookup.find(part.text, story=part.story, explain=True)
        lines += ["", f"question {number} {part.text!r}", *_question(found)]
    reply, _ = Conversation(case).reply(message)
    lines += ["", f"reply      {reply.kind}: {', '.join(reply.facts) or '-'}"]
    return "\n".join(lines)


def _care(case: Case, lookup: Lookup, message: str) -> str:
    heard = Care(case).read(message, lookup)
    return f"{heard.concern}: {heard.why}" if heard else "nothing heard"


def _question(found: Found) -> Iterator[str]:
    question = found.question
    yield f"  names    {', '.join(question.entities) or '-'}"
    yield f"  wants    {', '.join(sorted(question.wants)) or '-'}{'  (yes or no)' if question.polar else ''}"
    yield f"  {'typed':16} {'read as':16} {'known':6} weight"
    for token in found.ranking.tokens:
        yield f"  {token.typed:16.16} {token.word:16.16} {'yes' if token.known else 'no':6} {token.weight:6.2f}"
    yield f"  outcome  {found.verdict.outcome} (answers from {decide.THRESHOLD}, asks back from {decide.DOUBT}, lead {decide.MARGIN})"
    for place, scored in enumerate(found.verdict.scored[:SHOWN], 1):
        yield from _candidate(place, scored)


def _candidate(place: int, scored: Scored) -> Iterator[str]:
    candidate = scored.candidate
    yield f"  {place}. {scored.id}  {scored.score:.3f}  (searched {candidate.score:.3f})"
    yield f"     nearest wording: {candidate.wording!r}"
    if candidate.parts:
        strongest = sorted(candidate.parts, key=lambda part: -abs(part[1]))[:PARTS_SHOWN]
        yield "     because: " + ", ".join(f"{name} {weight:+.2f}" for name, weight in strongest)
    for reason, factor in scored.why:
        yield f"     {reason}: {factor:+.2f}" if factor < decide.NEAR_TOPIC + 0.01 else f"     {reason}: x{factor:.2f}"
