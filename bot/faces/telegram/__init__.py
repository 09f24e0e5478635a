"""The Telegram face."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from telegram.error import InvalidToken

from bot.faces.telegram.face import serve
from bot.faces.telegram.quiet import hush, tell
from bot.settings import TELEGRAM, SettingError

if TYPE_CHECKING:
    from bot.conversation import Conversation
    from bot.settings import Settings
    from knowledge.model import Voice

__all__ = ["run"]


def run(conversation: Conversation, voice: Voice, settings: Settings) -> int:
    """Run the bot until SIGTERM or SIGINT and return the exit code: 0, or 2 for a setting that is wrong."""
    hush()
    try:
        asyncio.run(serve(conversation, voice, settings))
    except InvalidToken:
        other = "" if settings.base_url == TELEGRAM else ", or mend TELEGRAM_BASE_URL"
        tell(f"casebook: TELEGRAM_BOT_TOKEN: Telegram doesn't know this token; copy it again from @BotFather{other}")
        return 2
    except SettingError as error:
        tell(f"casebook: {error}")
        return 2
    return 0
