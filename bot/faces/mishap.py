"""A reply that failed: what the operator is told of it, and the chat."""

from __future__ import annotations

from bot.operator import tell, where
from bot.reply import Kind, Reply
from knowledge.case.model import Voice


def own_up(voice: Voice, error: BaseException) -> Reply:
    """Tell the operator of a reply that raised, and return what its chat is told instead."""
    tell(f"casebook: {where(error)}")
    return sorry(voice)


def sorry(voice: Voice) -> Reply:
    """Return what a chat is told whose reply failed."""
    return Reply(Kind.COURTESY, voice.say("courtesy.failed"))
