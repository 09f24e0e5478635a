"""The Telegram face."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.faces.telegram.app import serve
from bot.faces.telegram.log import hush
from bot.operator import BAD_USAGE, FAILED, tell, where
from bot.settings import SettingError

if TYPE_CHECKING:
    from bot.conversation import Talker
    from bot.settings import Settings
    from knowledge.case.general import Voice

__all__ = ["run"]


def run(conversation: Talker, voice: Voice, settings: Settings) -> int:
    """Run the bot until SIGTERM or SIGINT. Return the exit code, as `bot.operator` lists them."""
    hush()
    try:
        asyncio.run(serve(conversation, voice, settings))
    except SettingError as error:
        tell(f"casebook: {error}")
        return FAILED if error.may_pass else BAD_USAGE
    except Exception as error:  # noqa: BLE001 - whatever it is, the operator gets one line, without anybody's words
        tell(f"casebook: {where(error)}")
        return FAILED
    return 0
