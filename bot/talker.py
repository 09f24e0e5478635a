"""What a face needs of a conversation."""

from __future__ import annotations

from typing import Protocol

from bot.pages import Moment
from bot.reply import NOTHING, Context, Reply
from bot.typed import Picking


class Talker(Protocol):
    """Answers messages and taps. Holds nothing of what people write."""

    @property
    def timeline(self) -> tuple[Moment, ...]:
        """Return the moments of the case, by date."""

    @property
    def picking(self) -> Picking:
        """Return what reads labels and numbers that are typed."""

    def reply(self, message: str, context: Context = NOTHING) -> tuple[Reply, Context]:
        """Answer one message."""

    def choose(self, choice: str, context: Context = NOTHING) -> tuple[Reply, Context]:
        """Answer a tap."""

    def page(self, name: str) -> Reply:
        """Return a page by its name."""

    def looks_like_help(self, message: str) -> bool:
        """Tell whether a message would be answered with support contacts."""

    def search(self, message: str, most: int) -> tuple[Reply, ...]:
        """Return up to `most` answers, the best first."""
