"""Whether a request that failed may be sent again: the rule against lost and doubled replies.

The Bot API has no key against doubles, and a cut connection doesn't say whether the message went out. So:

- refused with 429: again, when the wait that Telegram names is over; nothing was sent
- no connection came about: again, with growing pauses; nothing was sent
- answered with 5xx: again, with growing pauses; Telegram sends nothing then, as a rule
- cut, timed out or answered by halves after the request had left: perhaps sent. Sent again only what does no harm
  twice: edits, deletions, and a reply with a helpline, where twice is better than never. Any other reply is not sent
  twice; the person gets a short line instead, with a button that shows the answer again
- refused as unknown (401, 404): again, with growing pauses; the token was taken at the start, and nothing was sent
- refused for good (400, 403, 409): never
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

_UNCONNECTED = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout"})
"""Names of the HTTP client's errors before a request leaves; names, so that the next client's are known too."""


class Verdict(Enum):
    """What a failure says about the request."""

    UNSENT = "Nothing was sent."
    UNSURE = "It may have been sent."
    REFUSED = "It can never work."


def judge(error: TelegramError) -> Verdict:
    """Say what the failure tells about the request.

    >>> judge(NetworkError("Bad Gateway"))
    <Verdict.UNSENT: 'Nothing was sent.'>
    >>> judge(BadRequest("Message is too long"))
    <Verdict.REFUSED: 'It can never work.'>
    """
    if isinstance(error, (BadRequest, Forbidden, ChatMigrated, Conflict)):
        return Verdict.REFUSED
    if isinstance(error, (RetryAfter, InvalidToken)) or type(error.__cause__).__name__ in _UNCONNECTED:
        return Verdict.UNSENT
    answered = error.__cause__ is None or isinstance(error.__cause__, TelegramError)
    if type(error) is NetworkError and answered:
        return Verdict.UNSENT
    return Verdict.UNSURE


def wait_of(error: RetryAfter) -> float:
    """Return the wait that Telegram asks for, in seconds."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
