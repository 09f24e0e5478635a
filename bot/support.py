"""What is said to a cry and to what follows it, and what of it stands afterwards."""

from __future__ import annotations

from bot import compose, contacts
from bot.decision import Decision
from bot.reply import Choice, Context, Reply, after
from bot.typed import SUPPORT_PAGES
from knowledge.care.cries import ACUTE, CONTACTS, GRAVE, Cry
from knowledge.care.hearing import ABOUT_ME
from knowledge.care.ruling import CLOSE
from knowledge.case.model import Case

NEEDS_OFFERED = 5
"""How many needs stand under a support reply (the care page: a closed choice, then "Show all")."""
ASKED_FOR = frozenset({CONTACTS, "quiet", "deaf", "tracks", "harm", "address"})
"""Concerns that say nothing of what is going on with the person, so that they are not kept."""

OFFERED_ALONE = GRAVE | {"harm", "address"}
"""Concerns beside which the case is offered, and not told of: whoever is in danger needs nothing else now."""


def heard(case: Case, decision: Decision, context: Context) -> tuple[Reply, Context]:
    """Answer a cry, and in short a question about the case that stood beside it; beside the gravest it is offered alone."""
    cry = _as_needed(case, decision.cry or Cry(CLOSE), decision)
    if context.concern and cry.concern == CONTACTS and not cry.contacts:
        cry = cry._replace(contacts=_standing(case, context))
    reply, kept = told(case, cry, context, asked=cry.concern == CONTACTS)
    fact = decision.beside
    if fact is None or fact.contacts or fact.responsible:  # who lives with it is told nothing of why she stayed
        return reply, kept
    if cry.concern in OFFERED_ALONE or not decision.is_plain_beside:
        return reply._replace(suggestions=compose.offered([fact])), kept
    text = f"{reply.text}\n\n{case.voice.say('care.asked_beside', text=fact.short)}"
    reply = reply._replace(text=text, facts=(fact.id,), citations=compose.citations(case, [fact]))
    return reply, after(case, kept, [fact], ())


def told(case: Case, cry: Cry, context: Context, *, asked: bool = False) -> tuple[Reply, Context]:
    """Return the reply to a cry, and the context in which it stands. `asked`: somebody asked for these contacts."""
    first = contacts.needs(case, case.care.offered[:NEEDS_OFFERED])
    choices = [*first, *(Choice(f"page:{page}", case.voice.say(key)) for page, key in SUPPORT_PAGES.items())]
    reply = contacts.support(case, cry, choices, asked=asked)
    return reply, context if cry.concern in ASKED_FOR else _given(context._replace(concern=cry.concern), reply)


def before(case: Case, reply: Reply, cry: Cry | None) -> Reply:
    """Return an answer behind the first line of what can't wait, or behind who listens, where the question was a little like that too."""
    if cry is None or cry.concern not in GRAVE:
        return reply
    line = case.care.concerns[cry.concern].first if cry.concern in ACUTE else compose.person_line(case)
    return reply._replace(text="\n\n".join(filter(None, (line, reply.text))))


def again(case: Case, context: Context) -> tuple[Reply, Context]:
    """Return the contacts for what was heard before, to somebody who says what isn't understood."""
    return told(case, Cry(CONTACTS, _standing(case, context)), context)


def rejoined(case: Case, rejoinder: str, cry: Cry | None, context: Context) -> tuple[Reply, Context]:
    """Answer what was said of the contacts that were given; what was going on stands as it did.

    `cry` holds the contacts that fit what somebody told of themselves.
    """
    found, standing = case.care.rejoinders[rejoinder], case.care.concerns[context.concern or CONTACTS]
    if found.row:
        fitting = (*cry.contacts, *case.care.concerns[found.row].contacts) if cry is not None else ()
        beside = cry.beside if cry is not None else ()
        reply, _ = told(case, Cry(found.row, fitting, line=standing.still, beside=beside), context)
        return reply, context
    reply = contacts.rejoined(case, found, standing, cry, context.contacts)
    fits = cry is not None or rejoinder.startswith(ABOUT_ME)
    return reply, _given(context, reply) if fits and reply.helplines else context


def _given(context: Context, reply: Reply) -> Context:
    """The context with the contacts of a reply as those that were given."""
    return context._replace(contacts=tuple(card.id for card in reply.helplines))


def _standing(case: Case, context: Context) -> tuple[str, ...]:
    """The contacts that were given for what was heard before."""
    return context.contacts or case.care.concerns[context.concern].contacts


def _as_needed(case: Case, cry: Cry, decision: Decision) -> Cry:
    """A request with the row of the need that its contacts begin with: "can I text someone" is the row `quiet`.

    Who asks only where somebody of the case lives is told no without being taken for one who means harm.
    """
    words, lists = set(decision.reading.texts), case.care.lists
    if cry.concern == "harm" and words & {*lists["whereabouts"]} and not words & {*lists["sought"]}:
        return Cry("address")
    needs = case.care.needs.values() if cry.concern == CONTACTS else ()
    rows = (need.row for need in needs if need.row in ASKED_FOR and cry.contacts[: len(need.contacts)] == need.contacts)
    return cry._replace(concern=next(rows, cry.concern))
