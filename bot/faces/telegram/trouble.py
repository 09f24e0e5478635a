"""What went wrong between the bot and Telegram, what a refusal means, and how it is told: by its cause, never by anybody's words."""

from __future__ import annotations

import asyncio
import math
import re
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

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

from bot.faces.telegram.network import proxies
from bot.operator import tell
from bot.settings import SettingError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator


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


LONGEST = 100
"""Characters told of a description at the most."""

HOOKED = "a webhook that was set elsewhere takes this bot's messages; deleting it"
TWICE = "another copy of this bot is fetching the messages; stop one of the two"

_QUOTATION = re.compile(r"[\"<“]|(?<![a-z])'|\. |[^ -~]")
_OWN = re.compile(r"[A-Za-z_',:;()-]+|\(?\d{1,3}\)?[,:;]?")
_SHARED = 3
_CAUSES = {
    "SSLCertVerificationError": "its certificate isn't trusted; one's own authority is named by SSL_CERT_FILE",
    "SSLError": "no TLS comes about",
    "gaierror": "its name isn't found",
    "ConnectionRefusedError": "the connection is refused",
    "ProxyError": "the proxy refuses",
    "TimeoutException": "no answer in time",
    "JSONDecodeError": "its answer can't be read",
    "InvalidURL": "its address can't be used",
    "ConnectError": "no connection comes about",
}
"""What lies behind a failure, the first that is found in the chain of its causes; by name, as in `_UNCONNECTED`."""


def trouble(error: TelegramError | SettingError) -> str:
    """Say what is the matter.

    >>> trouble(Conflict("terminated by other getUpdates request"))
    'another copy of this bot is fetching the messages; stop one of the two'
    """
    if isinstance(error, SettingError):
        return str(error)
    if isinstance(error, RetryAfter):
        return f"Telegram asks for a pause of {wait_of(error):.0f} seconds"
    if isinstance(error, Conflict):
        return HOOKED if is_hooked(error) else TWICE
    if isinstance(error, InvalidToken):
        return "Telegram refuses the token that it took before"
    if judge(error) is Verdict.REFUSED:
        return f"Telegram refuses {'; '.join(getattr(error, '__notes__', ())) or type(error).__name__}"
    return f"Telegram can't be reached ({'; '.join((_cause(error), *_way(error)))})"


def is_hooked(error: TelegramError) -> bool:
    """Say whether nothing can be fetched because a webhook is set."""
    return isinstance(error, Conflict) and "webhook" in error.message.lower()


def said(description: str, sent: str = "") -> str:
    """Return what Telegram says of a refusal, as far as the words are its own.

    Telegram quotes what it was sent: it is cut there, loses what holds digits as ids do, and is dropped where three
    words in a row stand in `sent`.

    >>> said("Can't parse entities: can't find end tag corresponding to start tag <b>")
    "Can't parse entities: can't find end tag corresponding to start tag"
    >>> said("Chat 123456789 not found, retry 3")
    'Chat … not found, retry 3'
    >>> said("My sister is afraid", "my sister is afraid of him")
    ''
    """
    own = [word if _OWN.fullmatch(word) else "…" for word in _QUOTATION.split(description)[0].split()]
    bare, theirs = _bare(own), f" {' '.join(_bare(sent.split()))} "
    for start in range(max(1, len(own) - _SHARED + 1)):
        if f" {' '.join(bare[start : start + _SHARED])} " in theirs:
            return ""
    return " ".join(own)[:LONGEST]


def _bare(said: Iterable[str]) -> list[str]:
    """Words without the marks around them, which a description cuts off or adds."""
    return [word.strip(".,:;!?()").lower() for word in said]


def _cause(error: TelegramError) -> str:
    if error.__cause__ is None or isinstance(error.__cause__, TelegramError):
        answered = said(error.message)
        if judge(error) is Verdict.UNSENT and answered:
            return f"it answers {answered}"
    kinds = [kind.__name__ for cause in _chain(error) for kind in type(cause).__mro__]
    return next((words for name, words in _CAUSES.items() if name in kinds), "the connection broke")


def _way(error: TelegramError) -> tuple[str, ...]:
    """Name the proxies that may stand in the way, where no connection came about or held."""
    if error.__cause__ is None or not (names := proxies()):
        return ()
    return (f"{', '.join(names)} may be the cause",)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        yield from getattr(error, "exceptions", ())  # where more than one address was tried
        error = error.__cause__ or error.__context__  # httpcore leaves out the cause


T = TypeVar("T")

PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds before each further try; the last one over and over."""

MINUTE = 60.0
"""Seconds between two lines of complaint."""


class Patience:
    """Waits out failures; says so at once and then once a minute."""

    def __init__(self) -> None:
        """Start without complaint."""
        self._failures = 0
        self._told: float | None = None
        self.matter = ""
        """What the last try failed for, empty where it didn't."""

    def complain(self, error: TelegramError | SettingError) -> None:
        """Count a failure, and tell of it where a minute has passed since the last line."""
        now = asyncio.get_running_loop().time()
        self.matter = trouble(error)
        if self._told is None or now - self._told >= MINUTE:
            self._told = now
            tell(f"casebook: {self.matter}; trying again")
        self._failures += 1

    async def bear(self, error: TelegramError | SettingError) -> None:
        """Complain, then wait: as long as Telegram asks for, or longer each time."""
        self.complain(error)
        pause = PAUSES[min(self._failures, len(PAUSES)) - 1]
        await asyncio.sleep(wait_of(error) if isinstance(error, RetryAfter) else pause)

    def relieve(self) -> None:
        """Begin anew: all is well."""
        self._failures = 0
        self.matter = ""

    async def until(self, action: Callable[[], Awaitable[T]], *, at_most: float = math.inf) -> T:
        """Do something as often as it takes. Raise a SettingError that has come each time for `at_most` seconds."""
        since = None
        while True:
            try:
                done = await action()
            except SettingError as error:
                now = asyncio.get_running_loop().time()
                since = now if since is None else since
                if now - since >= at_most:
                    raise
                await self.bear(error)
            except TelegramError as error:
                since = None
                await self.bear(error)
            else:
                self.relieve()
                return done
