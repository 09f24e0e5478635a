"""`casebook explain`: why this reply and no other, from the very values that decided it; readable in a minute."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answering import Answer
from bot.conversation import Conversation
from bot.decision import Act, Decision
from bot.readings import Found
from bot.reply import NOTHING
from knowledge.checks.claims import sentence
from knowledge.language.reading import texts
from knowledge.matching.search import Candidate
from knowledge.matching.verdict import Verdict, alike, least

SHOWN = 5
PARTS_SHOWN = 6


def explain(conversation: Conversation, message: str) -> str:
    """Return the way of a message: its words, what care heard, each reading with its candidates, and the reply."""
    return "\n".join(_lines(conversation, message))


def _lines(conversation: Conversation, message: str) -> Iterator[str]:
    decision = conversation.decide(message)
    yield "words      " + " ".join(_word(word.typed, word.text, known=word.known) for word in decision.reading.words)
    yield f"care       {_care(decision)}"
    for number, found in enumerate(dict.fromkeys(decision.tried), 1):
        yield ""
        yield from _found(conversation, number, found)
    for days in decision.reckoned:
        about = [event.name or str(event.day) for event in days.events] or [
            f"{first} to {last}" for first, last in days.spans
        ]
        yield ""
        yield f"days       {days.asked.want}: {'; '.join(about) or '-'}"
    for answer in decision.answers:
        if answer.finding is not None:
            yield ""
            yield f"claim      {answer.finding.lead}: {sentence(conversation.case, answer.finding.claim)}"
    reply, _ = conversation.carry_out(decision, message, NOTHING)
    yield ""
    for why in _why(conversation, decision):
        yield f"why        {why}"
    yield f"decided    {decision.act}{f' {decision.choice}' if decision.choice else ''}"
    yield f"reply      {reply.kind}: {', '.join(reply.facts) or '-'}"


def _word(typed: str, taken: str, *, known: bool) -> str:
    return taken if typed == taken and known else f"{typed}→{taken}" if known else f"{typed}(unknown)"


def _care(decision: Decision) -> str:
    if decision.cry is not None:
        return f"{decision.cry.concern}: {decision.cry.why}"
    return "not asked" if decision.act in {Act.CHOOSE, Act.EMPTY, Act.BEYOND} else "nothing heard"


def _why(conversation: Conversation, decision: Decision) -> Iterator[str]:
    """What decided, with its values and what each of them had to reach."""
    match decision.act:
        case Act.CHOOSE:
            yield "the message is the label of a choice, or a word that stands for it: nothing is looked for"
        case Act.SUPPORT | Act.REJOINDER:
            yield "what care hears comes before any answer"
        case Act.TELL:
            for answer in decision.answers:
                yield _answer(conversation, answer)
        case _ if decision.found is not None:
            yield decision.found.verdict.why


def _answer(conversation: Conversation, answer: Answer) -> str:
    if answer.finding is not None:
        return f"{answer.fact.id}: the claim above accounts for every word of it that says something"
    verdict, tuning = answer.found.verdict, conversation.tuning
    rival = rival_of(conversation, verdict)
    next_ = (
        f"the next that says something else is {rival.id} ({rival.score:.3f})" if rival else "nothing else comes near"
    )
    doubt = f"; under {tuning.plainly} the answer begins with its topic" if verdict.sureness < tuning.plainly else ""
    return (
        f"{answer.fact.id}: probability {verdict.sureness:.3f} (needed: {least(answer.fact, tuning)}), {next_}{doubt}"
    )


def rival_of(conversation: Conversation, verdict: Verdict) -> Candidate | None:
    """Return the candidate that comes next and says something else than the best, None where there is none."""
    facts, (best, *others) = conversation.case.facts, verdict.candidates
    return next((one for one in others if not alike(facts, best.id, one.id)), None)


def _found(conversation: Conversation, number: int, found: Found) -> Iterator[str]:
    attempt, question, verdict = found.attempt, found.question, found.verdict
    yield f"reading {number}  {attempt.why}: {' '.join(texts(attempt.words))}"
    yield f"  names    {', '.join(question.entities) or '-'}"
    yield f"  wants    {', '.join(sorted(question.wants)) or '-'}{'  (yes or no)' if question.polar else ''}"
    yield f"  outcome  {verdict.outcome}: {verdict.why}"
    for place, candidate in enumerate(verdict.candidates[:SHOWN], 1):
        yield f"  {place}. {candidate.id}  {candidate.score:.3f}"
        yield f"     nearest wording: {candidate.wording!r}"
        made_of = conversation.made_of(candidate)
        if made_of:
            yield "     logit:   " + ", ".join(f"{name} {weight:+.2f}" for name, weight in made_of)
        parts = conversation.parts(attempt.query, candidate.id)[:PARTS_SHOWN]
        yield "     learned: " + ", ".join(f"{name} {weight:+.2f}" for name, weight in parts)
