"""`casebook explain --wanted FACT`: what keeps a question from a fact, and which changes, tried one by one, would find it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.conversation import Conversation
from bot.decision import Act, Decision
from bot.readings import Found
from knowledge.case.model import Fact
from knowledge.language.english import Language
from knowledge.language.reading import texts
from knowledge.matching.search import Candidate, Query
from knowledge.matching.verdict import least

PULLS = 3
"""How many words are shown that speak for the rival."""
SLIGHT = 0.02
"""A weight under which a word speaks for nothing in particular."""


EMPTY = ("asking", "auxiliaries", "subjects", "fillers", "articles", "leaning", "mentioning")
"""The lists of words that say nothing by themselves."""


class Compared(NamedTuple):
    """The reading in which a fact is likeliest: how likely it is there, and its rival, the best that is not it."""

    found: Found
    own: Candidate
    rival: Candidate | None


def wanted(conversation: Conversation, message: str, fact: Fact) -> Iterator[str]:
    """Yield what stands between a question and a fact, and what would have to change."""
    decision = conversation.decide(message)
    yield f"wanted     {fact.id}: {fact.question}"
    if decision.choice == f"fact:{fact.id}" or fact.id in {answer.fact.id for answer in decision.answers}:
        yield "  it is what this question finds"
        return
    if decision.act in {Act.SUPPORT, Act.REJOINDER}:
        heard = decision.cry.concern if decision.cry else decision.choice
        yield f"  care hears {heard} in it, and that comes before any answer: no wording changes that"
    tried = [_compared(conversation, found, fact) for found in decision.tried]
    if not tried:
        if decision.cry is None:
            yield "  nothing was looked for: the message is empty, or the label of a choice"
        return
    best = max(tried, key=lambda one: one.own.score)
    yield from _likely(conversation, best, fact)
    yield from _words(conversation, decision, best)
    yield from _changes(conversation, message, best, fact)


def _compared(conversation: Conversation, found: Found, fact: Fact) -> Compared:
    candidates = found.verdict.candidates
    own = next((one for one in candidates if one.id == fact.id), None)
    rival = next((one for one in candidates if one.id != fact.id), None)
    return Compared(found, own or conversation.candidate(found.attempt.query, fact.id), rival)


def _likely(conversation: Conversation, best: Compared, fact: Fact) -> Iterator[str]:
    needed = least(fact, conversation.tuning)
    enough = "enough" if best.own.score >= needed else f"{needed - best.own.score:.3f} too little"
    yield f"  likely   {best.own.score:.3f}; {needed} is needed to be told: {enough}"
    if best.rival:
        lead = best.rival.score - best.own.score
        where = f"ahead by {lead:.3f}" if lead >= 0 else f"behind by {-lead:.3f}"
        yield f"  rival    {best.rival.id}  {best.rival.score:.3f}; {where}"
        pulls = _pulls(conversation, best.found.attempt.query, fact, best.rival)
        if pulls:
            yield f"           what speaks for it: {', '.join(pulls)}"


def _pulls(conversation: Conversation, query: Query, fact: Fact, rival: Candidate) -> list[str]:
    """The words of a question that say more for the rival than for the fact."""
    own = dict(conversation.parts(query, fact.id))
    more = [(name, weight - own.get(name, 0.0)) for name, weight in conversation.parts(query, rival.id)]
    more.sort(key=lambda item: -item[1])
    return [f"{_in_words(name)} {weight:+.2f}" for name, weight in more[:PULLS] if weight > SLIGHT]


def _in_words(name: str) -> str:
    """A word or pair of a question as a curator would call it.

    >>> _in_words("^ then what"), _in_words("@sluice + who"), _in_words("gate then $")
    ("'what' at the beginning", "the name sluice beside 'who'", "'gate' at the end")
    """
    for sign, said in ((" then ", "before"), (" + ", "beside")):
        first, found, second = name.partition(sign)
        if first == "^" and found:
            return f"{_in_words(second)} at the beginning"
        if second == "$":
            return f"{_in_words(first)} at the end"
        if found:
            return f"{_in_words(first)} {said} {_in_words(second)}"
    return f"the name {name[1:]}" if name.startswith("@") else f"'{name}'"


def _words(conversation: Conversation, decision: Decision, best: Compared) -> Iterator[str]:
    unknown = [word.typed for word in decision.reading.words if not word.known]
    if unknown:
        yield f"  unknown  {', '.join(unknown)}: no wording of any fact has it"
    asked, said = _telling(conversation, _asked(best)), _telling(conversation, _said(conversation, best))
    yield f"  nearest  {best.own.wording!r}"
    yield f"           in that and not in the question: {', '.join(word for word in said if word not in asked) or '-'}"
    yield f"           in the question and not in that: {', '.join(word for word in asked if word not in said) or '-'}"


def _asked(best: Compared) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts(best.found.attempt.words)))


def _telling(conversation: Conversation, words: Sequence[str]) -> list[str]:
    """Those of some words that say something by themselves."""
    english = conversation.case.english
    empty = frozenset().union(*map(english.words, EMPTY))
    return [word for word in words if word not in empty]


def _said(conversation: Conversation, best: Compared) -> tuple[str, ...]:
    """The words of the nearest wording, as the question's are read."""
    return tuple(dict.fromkeys(Language.of(conversation.case).wording(best.own.wording)))


def _changes(conversation: Conversation, message: str, best: Compared, fact: Fact) -> Iterator[str]:
    """Changes of the question that were tried, and find the fact."""
    asked = _asked(best)
    missing = [word for word in _telling(conversation, _said(conversation, best)) if word not in asked]
    helping = [word for word in missing if _finds(conversation, f"{message} {word}", fact)]
    hindering = [word for word in asked if _finds(conversation, _without(asked, word), fact)]
    if helping:
        yield f"  would find it: with one of these words more: {', '.join(helping)}"
    elif missing and _finds(conversation, f"{message} {' '.join(missing)}", fact):
        yield f"  would find it: with all of these words more: {' '.join(missing)}"
    if hindering:
        yield f"  would find it: with one of these words less: {', '.join(hindering)}"
    yield f"  or give the question to it: add the line {message!r} under [{fact.id}] in knowledge/wordings"


def _without(words: Sequence[str], left_out: str) -> str:
    return " ".join(word for word in words if word != left_out)


def _finds(conversation: Conversation, message: str, fact: Fact) -> bool:
    return bool(message.strip()) and fact.id in conversation.reply(message)[0].facts
