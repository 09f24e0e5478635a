"""Log hygiene: of what libraries log, only level, logger and kind of error come through; never words, never a token."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from typing import Any

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


def tell(line: str) -> None:
    """Write one line for the operator on stderr. Callers pass no person's words, ids or secrets."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def where(error: BaseException) -> str:
    """Return kind, file and line of an error: the innermost place in our own code, without its text.

    >>> try:
    ...     int("a secret")
    ... except ValueError as error:
    ...     "secret" in where(error)
    False
    """
    trace, place = error.__traceback__, ""
    while trace:
        file = trace.tb_frame.f_code.co_filename.replace("\\", "/")
        if not place or "/site-packages/" not in file:
            place = f"{'/'.join(file.rsplit('/', 3)[1:])}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {place or 'an unknown place'}"
