"""The bot's menu and profile on Telegram, set by the program itself where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import BotCommand

from bot.faces.telegram.handlers.commands import COMMANDS

if TYPE_CHECKING:
    from bot.faces.telegram.outgoing.wire import Wire
    from knowledge.case.model import Voice


async def present(wire: Wire, voice: Voice) -> None:
    """Set commands, short description and description where Telegram shows others.

    Never part of the start: it may fail, and be tried again, while messages are answered.
    """
    commands = [BotCommand(name, voice.say(f"telegram.command.{name}")) for name in COMMANDS]
    if tuple(commands) != await wire.get_my_commands():
        await wire.set_my_commands(commands)
    short = voice.say("telegram.profile.short")
    if (await wire.get_my_short_description()).short_description != short:
        await wire.set_my_short_description(short)
    long = voice.say("telegram.profile.description")
    if (await wire.get_my_description()).description != long:
        await wire.set_my_description(long)
