"""What whoever runs the bot is told, on stderr and without anybody's words; and what a chat is told whose reply failed."""

from __future__ import annotations

import io
import sys

from bot.reply import Kind, Reply
from knowledge.case.model import Voice

BAD_USAGE = 2
"""The exit code of a command that was called in a way that it doesn't know."""


def tell(line: str) -> None:
    """Write one line for the operator on stderr, where there is one. Callers pass no person's words, ids or secrets."""
    if sys.stderr is not None:
        try:
            sys.stderr.write(line + "\n")
            sys.stderr.flush()
        except OSError:  # what could not be written stays in its buffer, and would fail again at the end with code 120
            unbuffered = io.FileIO(2, "w", closefd=False)
            sys.stderr = io.TextIOWrapper(unbuffered, "utf-8", "backslashreplace", write_through=True)


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


def own_up(voice: Voice, error: BaseException) -> Reply:
    """Tell the operator of a reply that raised, and return what its chat is told instead."""
    tell(f"casebook: {where(error)}")
    return sorry(voice)


def sorry(voice: Voice) -> Reply:
    """Return what a chat is told whose reply failed."""
    return Reply(Kind.COURTESY, voice.say("courtesy.failed"))
