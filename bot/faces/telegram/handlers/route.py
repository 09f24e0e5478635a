"""Which handler an update goes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from telegram import Message, Update

    from bot.faces.telegram.handlers.buttons import Press
    from bot.faces.telegram.handlers.inline import Inline
    from bot.faces.telegram.handlers.messages import Talk


class Route:
    """Passes each update to its handler; kinds that nobody asked for are left."""

    def __init__(self, talk: Talk, press: Press, inline: Inline) -> None:
        """Take the handlers."""
        self._talk = talk
        self._press = press
        self._inline = inline

    def wants(self, update: Update) -> bool:
        """Say whether an update is for the bot; most of what a group says is not."""
        message = update.message
        return message is None or self._talk.wants(message)

    async def handle(self, update: Update) -> None:
        """Handle an update."""
        if update.message:
            await self._talk.hear(update.message)
        elif update.edited_message:
            await self._talk.hear_again(update.edited_message)
        elif update.callback_query:
            await self._press.tap(update.callback_query)
        elif update.inline_query:
            await self._inline.offer(update.inline_query)

    async def acknowledge(self, update: Update) -> None:
        """Answer a tap at once, whatever its chat has waiting."""
        if update.callback_query:
            await self._press.acknowledge(update.callback_query)

    async def turn_away(self, message: Message) -> None:
        """Tell a chat that it sends more than can be answered."""
        await self._talk.turn_away(message)

    async def own_up(self, update: Update) -> None:
        """Tell a chat that its reply failed."""
        await self._talk.own_up(update)

    def is_cry(self, update: Update) -> bool:
        """Say whether an update asks for help."""
        message = update.message or update.edited_message
        return message is not None and self._talk.is_cry(message)
