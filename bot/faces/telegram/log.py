"""Log hygiene: of what libraries log, only level, logger and kind of error come through; never words, never a token."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import Any

from bot.operator import tell

LOUD = ("telegram", "httpx", "httpcore", "httpx2", "httpcore2", "tornado", "asyncio", "apscheduler", "PIL")
"""Loggers whose lines can hold the token (httpx: every address) or people's words (telegram: every update)."""


class Bare(logging.Formatter):
    """Formats a record without its message: that is where tokens and words are.

    >>> record = logging.LogRecord("telegram.ext", logging.ERROR, "", 0, "she wrote %s", ("help",), None)
    >>> Bare().format(record)
    'ERROR telegram.ext'
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return level, logger and the kind of error."""
        kind = record.exc_info[0] if record.exc_info else None
        return f"{record.levelname} {record.name}" + (f" {kind.__name__}" if kind else "")


class _Stderr(logging.Handler):
    """Writes to stderr, whatever that is by then."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        tell(self.format(record))


def hush() -> None:
    """Keep every library's log to what is critical, and of that to level, logger and kind of error.

    Errors below come as exceptions too, and are told of once a minute; a library would tell of each try.
    """
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # or each 429 warns that retry_after will change its type
    handler = _Stderr()
    handler.setFormatter(Bare())
    for name in LOUD:
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(logging.CRITICAL)


def hush_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Keep an error that no task's owner saw to its kind: asyncio would print its text and its locals' text."""

    def told(_: asyncio.AbstractEventLoop, about: dict[str, Any]) -> None:
        kind = type(about.get("exception")).__name__
        tell(f"casebook: an unexpected {kind} in the background")

    loop.set_exception_handler(told)
