"""What the bot keeps of a conversation: ids, never words."""

from __future__ import annotations

from typing import NamedTuple


class Context(NamedTuple):
    """The ids that a follow-up may lean on, most recent first.

    `facts` are told facts (at most eight), `people` entity ids that were spoken of (at most six), `offered` the ids of
    the choices of the last list shown (at most as many as the longest list has). `concern` is the kind of danger or distress that the person has shown, or
    empty: it keeps a support line under later answers.
    """

    facts: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    concern: str = ""


NOTHING = Context()
