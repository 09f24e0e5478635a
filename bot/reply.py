"""What goes in and out of a turn: the reply, one typed value that every face only renders, and the context kept for the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from knowledge.case.model import Case, Fact, Helpline, Status


class Kind(StrEnum):
    """The kinds of reply."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    UNKNOWN = "unknown"
    SUPPORT = "support"
    COURTESY = "courtesy"


class Citation(NamedTuple):
    """A passage as shown to a reader.

    `paragraph` counts the non-empty lines of the article from 1. `quote` is verbatim, empty where
    the paragraph is named and not quoted.
    `publisher`, `headline` and `published` are None where they are not known.
    """

    source: str
    publisher: str | None
    headline: str | None
    published: date | None
    paragraph: int
    quote: str


class Choice(NamedTuple):
    """Something to tap, or to type: `label` typed as a message leads to the same reply as the tap.

    `id` is stable across restarts and at most 60 bytes: `fact:ID`, `page:NAME`, `theme:ID`, `need:NAME` or
    `contact:ID`; `theme:ID/2` is the second page of a theme.
    """

    id: str
    label: str


class Reply(NamedTuple):
    """One reply.

    `text` is all that the bot says in words, paragraphs parted by an empty line, support contacts included, the list of
    sources left out. `facts` are the ids of the facts told, in the order told. `suggestions` are next questions;
    `choices` are answers to what the bot asks back, kinds of help, or what a page offers. `score` runs from 0.0 to 1.0,
    1.0 for whatever needs no search. `urgent` says that somebody may be in danger: such a reply goes out before any
    other. `lead` is how the first answer begins: `yes`, `no`, `said` or `said_not` where somebody said so, `else` where
    it is so of another, or nothing. `understood` says that it begins with what was understood, since something else may
    have been meant.
    """

    kind: Kind
    text: str
    facts: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    helplines: tuple[Helpline, ...] = ()
    suggestions: tuple[Choice, ...] = ()
    choices: tuple[Choice, ...] = ()
    score: float = 1.0
    urgent: bool = False
    lead: str = ""
    understood: bool = False

    @property
    def offers(self) -> tuple[Choice, ...]:
        """Return all that can be chosen, in the order in which every face shows it and a typed number counts it."""
        return (*self.choices, *self.suggestions)


class Context(NamedTuple):
    """The ids that a follow-up may lean on, most recent first.

    `facts` are told facts (at most eight), `people` entity ids that were spoken of (at most six), `offered` the ids of
    the choices of the last list shown (at most as many as the longest list has). `concern` is the kind of danger or
    distress that the person has shown, or empty: it keeps a support line under later answers. `contacts` are the ids of
    those that were given for it (at most as many as are shown at once).
    """

    facts: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    concern: str = ""
    contacts: tuple[str, ...] = ()

    def of_concern(self, other: Context) -> Context:
        """Return the context with what another holds of danger and distress."""
        return self._replace(concern=other.concern, contacts=other.contacts)

    @property
    def shows_contacts(self) -> bool:
        """Tell whether the last list shown stood under contacts: what is said next may be said of these."""
        return any(id_.startswith("need:") for id_ in self.offered)


NOTHING = Context()


MOST_FACTS = 8
MOST_PEOPLE = 6


def after(case: Case, context: Context, facts: Sequence[Fact], named: Sequence[str]) -> Context:
    """Return the context after some facts were told, the last of them first, and some people named.

    Who was asked for by a description ("her son") is whoever the fact tells of first; who was asked for at all ("who
    drove into him") comes before those whom the question named. What isn't reported is about whoever was asked for.
    """
    others = {id_ for fact in facts if fact.status is not Status.UNREPORTED for id_ in fact.about[1:]}
    named = [id_ for id_ in named if case.entities[id_].is_named or id_ not in others]
    ids = tuple(dict.fromkeys([*(fact.id for fact in reversed(facts)), *context.facts]))
    about = [id_ for fact in reversed(facts) for id_ in fact.about]
    asked_for = [fact.about[0] for fact in facts[-1:] if "person" in fact.gives]
    people = tuple(dict.fromkeys([*asked_for, *named, *about, *context.people]))
    return context._replace(facts=ids[:MOST_FACTS], people=people[:MOST_PEOPLE])
