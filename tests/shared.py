"""What tests and the scripts beside them share."""

from __future__ import annotations

from functools import cache

from bot.conversation import Conversation
from bot.loading import conversation_of


@cache
def conversation() -> Conversation:
    """The shipped case's conversation, made once."""
    return conversation_of(None)
