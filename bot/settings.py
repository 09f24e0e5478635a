"""What the environment says about how the bot runs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from urllib.parse import unquote, urlsplit

TELEGRAM = "https://api.telegram.org/bot"
"""Where Telegram's Bot API is, up to the token."""

KNOWN = frozenset({
    "CASEBOOK_CONTACT",
    "CASEBOOK_HEALTH_LISTEN",
    "CASEBOOK_HEALTH_PORT",
    "CASEBOOK_INDEX",
    "CASEBOOK_STATE_SECRET",
    "CASEBOOK_STATE_URL",
    "TELEGRAM_BASE_URL",
    "TELEGRAM_BOT_TOKEN",
    "TELEGRAM_MESSAGES_PER_SECOND",
    "TELEGRAM_WEBHOOK_LISTEN",
    "TELEGRAM_WEBHOOK_PORT",
    "TELEGRAM_WEBHOOK_SECRET",
    "TELEGRAM_WEBHOOK_URL",
})  # fmt: skip
"""Every setting that the project reads, here or elsewhere."""

OWN_PAGES = ("/health", "/live", "/ready")
"""What the bot tells about itself, beside the webhook too."""

SLOWEST = 1.0
"""Messages a second for all chats, at the least: with fewer, people in danger would wait for those before them."""

_PREFIXES = ("CASEBOOK_", "TELEGRAM_")
_NEAR = 0.75
"""How much a misspelt name has in common with the one that was meant, from 0 to 1."""
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PORTS = range(1, 65536)
_DIGITS = 5
_SECRET_LETTERS = 32


class SettingError(Exception):
    """A setting that the bot cannot run with: its name, what is wrong, what to do. Never holds the value.

    `may_pass` says that the same setting may do at another start.
    """

    def __init__(self, setting: str, problem: str, mend: str, *, may_pass: bool = False) -> None:
        """Name the setting, the problem and the mend."""
        super().__init__(f"{setting}: {problem}; {mend}")
        self.setting = setting
        self.problem = problem
        self.mend = mend
        self.may_pass = may_pass


@dataclass(frozen=True, slots=True)
class Listening:
    """An address and a port to listen on, set by `{setting}_LISTEN` and `{setting}_PORT`."""

    setting: str
    address: str
    port: int


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram delivers, and where the bot listens for it. `path` is the path of `url`."""

    url: str
    at: Listening
    secret: str = field(repr=False)

    @property
    def path(self) -> str:
        """Return the path that is listened on."""
        return urlsplit(self.url).path or "/"


@dataclass(frozen=True, slots=True)
class SharedState:
    """What several copies of the bot share: the server's address, and the secret that seals what it keeps."""

    url: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """How the Telegram face runs. The token and the secret never show in a repr.

    `webhook` is None for polling. `messages_per_second` is the pace for all chats together, 0.0 for no limit.
    `health` is where health and metrics are told, None for nowhere; `state` is None where this process alone knows its
    chats.
    """

    token: str = field(repr=False)
    base_url: str = TELEGRAM
    webhook: Webhook | None = None
    messages_per_second: float = 30.0
    health: Listening | None = None
    state: SharedState | None = None

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """Read the settings; an empty value counts as none. Raise SettingError for the first that is wrong."""
        given = _given(env)
        token = _token(given)
        webhook = _webhook(given, token)
        health = _listening("CASEBOOK_HEALTH", given) if "CASEBOOK_HEALTH_PORT" in given else None
        if webhook and health and webhook.at.port == health.port:
            raise SettingError("CASEBOOK_HEALTH_PORT", "is the webhook's port as well", "choose another")
        return cls(
            token=token,
            base_url=_base_url(given),
            webhook=webhook,
            messages_per_second=_pace(given),
            health=health,
            state=_state(given),
        )


def remarks(env: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each setting that has no effect.

    It stops nothing: people are answered all the same, and the name may be another program's, as TELEGRAM_API_ID is.
    """
    given = _given(env)
    for name in sorted(given):
        if name.upper().startswith(_PREFIXES) and name not in KNOWN:
            near = get_close_matches(name.upper(), sorted(KNOWN), 1, _NEAR)
            yield f"{name}: is no setting of this bot, and is not read" + (f"; did you mean {near[0]}?" if near else "")
    for needed, parts in (
        ("TELEGRAM_WEBHOOK_URL", ("TELEGRAM_WEBHOOK_LISTEN", "TELEGRAM_WEBHOOK_PORT", "TELEGRAM_WEBHOOK_SECRET")),
        ("CASEBOOK_HEALTH_PORT", ("CASEBOOK_HEALTH_LISTEN",)),
    ):
        for name in parts:
            if name in given and needed not in given:
                yield f"{name}: has no effect without {needed}; set that too, or take this out"


def _given(env: Mapping[str, str]) -> dict[str, str]:
    return {name: value.strip() for name, value in env.items() if value.strip()}


def _token(given: Mapping[str, str]) -> str:
    name = "TELEGRAM_BOT_TOKEN"
    if name not in given:
        raise SettingError(name, "is not set", "get a token from @BotFather and put it into the environment")
    if not _TOKEN.fullmatch(given[name]):
        raise SettingError(name, "is not a bot token", "copy it again from @BotFather: digits, a colon, letters")
    return given[name]


def _base_url(given: Mapping[str, str]) -> str:
    name = "TELEGRAM_BASE_URL"
    value = given.get(name, TELEGRAM)
    if not _is_address(value):
        raise SettingError(name, "is not an http or https address", f"leave it out, or write one like {TELEGRAM}")
    if not value.endswith("/bot"):
        raise SettingError(name, "does not end in /bot", f"the token is put behind it: write it like {TELEGRAM}")
    return value


def _webhook(given: Mapping[str, str], token: str) -> Webhook | None:
    name = "TELEGRAM_WEBHOOK_URL"
    if name not in given:
        return None
    if not _is_address(given[name]):
        raise SettingError(name, "is not an http or https address", "write one like https://example.org/casebook")
    if _holds(given[name], token):
        raise SettingError(name, "holds the token", "choose a path that says nothing, such as /casebook")
    if (path := urlsplit(given[name]).path) in OWN_PAGES:
        raise SettingError(name, f"ends in {path}, where the bot tells its health", "choose another path")
    secret = given.get("TELEGRAM_WEBHOOK_SECRET", "")
    if not _SECRET.fullmatch(secret):
        problem = "has a character that Telegram refuses, or too many" if secret else "is not set"
        mend = "give 1 to 256 of A-Z a-z 0-9 _ - : without it anybody could post to the webhook"
        raise SettingError("TELEGRAM_WEBHOOK_SECRET", problem, mend)
    return Webhook(given[name], _listening("TELEGRAM_WEBHOOK", given), secret)


def _holds(url: str, token: str) -> bool:
    """Say whether an address holds the token, written plainly or percent-encoded, however often over."""
    while token not in url:
        url, before = unquote(url), url
        if url == before:
            return False
    return True


def _state(given: Mapping[str, str]) -> SharedState | None:
    name, secret = "CASEBOOK_STATE_URL", given.get("CASEBOOK_STATE_SECRET", "")
    if name not in given:
        if secret:
            raise SettingError(name, "is not set, but CASEBOOK_STATE_SECRET is", "give both, or neither")
        return None
    try:
        parts = urlsplit(given[name])
        well = parts.scheme in {"redis", "rediss"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        well = False
    if not well:
        raise SettingError(
            name, "is not the address of a Redis or Valkey server", "write one like redis://127.0.0.1:6379/0"
        )
    if len(secret) < _SECRET_LETTERS:
        problem = f"is shorter than {_SECRET_LETTERS} characters" if secret else "is not set"
        mend = "give all copies the same random text, as `openssl rand -hex 32` makes"
        raise SettingError("CASEBOOK_STATE_SECRET", problem, mend)
    return SharedState(given[name], secret)


def _listening(setting: str, given: Mapping[str, str]) -> Listening:
    name = f"{setting}_PORT"
    value = given.get(name, "8080")
    if not (value.isascii() and value.isdigit() and len(value) <= _DIGITS and int(value) in _PORTS):
        raise SettingError(name, "is not a port", "write a whole number from 1 to 65535")
    return Listening(setting, given.get(f"{setting}_LISTEN", "127.0.0.1"), int(value))


def _pace(given: Mapping[str, str]) -> float:
    name = "TELEGRAM_MESSAGES_PER_SECOND"
    try:
        pace = float(given.get(name, "30"))
    except ValueError:
        pace = math.nan
    if not 0.0 <= pace < math.inf:
        raise SettingError(name, "is not a pace", "write a number such as 30, or 0 for no limit")
    if 0.0 < pace < SLOWEST:
        raise SettingError(name, "is so slow that people would go unanswered", "write 1 or more, or 0 for no limit")
    return pace


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
