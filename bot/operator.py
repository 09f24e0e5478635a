"""What whoever runs the bot is told, on stderr and without anybody's words; and what a chat is told whose reply failed."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TextIO, TypeVar

from bot.reply import Kind, Reply
from knowledge.case.general import Voice

# The exit codes; beside them 0 for an end that was asked for, and 130 for Ctrl-C in the terminal.
FAILED = 1
"""A check that found something, a case that can't be read, a reply that failed; of the Telegram bot: what may be well
at another start, as a port still taken or an error of ours."""
BAD_USAGE = 2
"""A command that isn't known, or a setting or (of the Telegram bot) a case that would be as wrong at another start."""

PATIENCE = 1.0
"""Seconds before a command first tells how far it has come."""
PAUSE = 5.0
"""Seconds from one such line to the next."""

T = TypeVar("T")


class UsageError(Exception):
    """What a command was given can't be used: the file, its line or the option, what is wrong, and the mend."""

    def __init__(self, place: object, problem: str, mend: str) -> None:
        super().__init__(f"{place}: {problem}; {mend}")


def tell(line: str) -> None:
    """Write one line for the operator on stderr, where there is one. Callers pass no person's words, ids or secrets."""
    if sys.stderr is not None:
        try:
            sys.stderr.write(line + "\n")
            sys.stderr.flush()
        except OSError:  # a full disk, a reader that is gone
            sys.stderr = _unbuffered()
        except ValueError:  # closed in here, so that its number may be another file's by now
            sys.stderr = None


def _unbuffered() -> TextIO | None:
    """Return stderr anew without a buffer, where what couldn't be written would fail again at the end with code 120."""
    try:
        raw = io.FileIO(2, "w", closefd=False)
    except OSError:  # closed for good
        return None
    return io.TextIOWrapper(raw, "utf-8", "backslashreplace", write_through=True)


def as_told(
    items: Sequence[T], what: str, clock: Callable[[], float] = time.monotonic, say: Callable[[str], None] = tell
) -> Iterator[T]:
    """Yield the items, and tell how many are done once it takes a while."""
    due = clock() + PATIENCE
    for done, item in enumerate(items):
        if clock() >= due:
            say(f"casebook: {what}: {done} of {len(items)}")
            due = clock() + PAUSE
        yield item


def version() -> str:
    """Return the installed version, "" where it isn't installed."""
    from importlib import metadata  # noqa: PLC0415 - takes longer than all else of a start

    try:
        return metadata.version("casebook")
    except metadata.PackageNotFoundError:
        return ""


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
