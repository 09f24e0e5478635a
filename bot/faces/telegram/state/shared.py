"""A store that several copies of the bot share: Redis or Valkey, which sees sealed values under sealed names.

A name is a keyed hash of what it stands for, a value is encrypted and bound to its name, and each ends by itself. A
pace alone is a bare time, since the server reckons with it. No server that saves to a disk is taken.
"""

from __future__ import annotations

import hashlib
import json
import os
from time import monotonic
from typing import TYPE_CHECKING, Any

from bot.faces.telegram.state.store import InMemory
from bot.operator import tell
from bot.settings import SettingError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.faces.telegram.state.store import Key, Kind, Rate
    from bot.settings import SharedState

URL = "CASEBOOK_STATE_URL"

ANSWERS = 0.3
"""Seconds in which the server must answer: longer, and a person waits for nothing but a context."""

AWAY = 1.0
"""Seconds until a server that was away is asked again."""

IDLE = 60
"""Seconds that a pace is kept beyond the time when it has caught up."""

_NONCE = 12

_RECKON = f"""
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local due = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local mode, interval, slack, seconds = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local next = due
if mode == 'step' then next = due + interval end
if mode == 'hold' then next = math.max(due, now + seconds + slack) end
if mode ~= 'due' and next > now then
  redis.call('SET', KEYS[1], string.format('%.6f', next), 'PX', math.ceil((next - now + {IDLE}) * 1000))
end
return string.format('%.6f', math.max(0, due - slack - now))
"""


class Seal:
    """Hides names and values with keys made from a secret that all copies are given."""

    def __init__(self, secret: str) -> None:
        """Take the secret."""
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415 - of an extra

        def key(use: bytes) -> bytes:
            return hashlib.blake2b(secret.encode(), digest_size=32, person=use).digest()

        self._names = key(b"casebook names")
        self._values = ChaCha20Poly1305(key(b"casebook values"))
        self.texts = key(b"casebook texts")

    def name(self, kind: str, key: Key) -> str:
        """Return the name that a value is kept under."""
        told = json.dumps([kind, *key]).encode()
        return "casebook:" + hashlib.blake2b(told, digest_size=16, key=self._names).hexdigest()

    def close(self, name: str, value: bytes) -> bytes:
        """Return a value that only this seal opens, and only under its name."""
        nonce = os.urandom(_NONCE)
        return nonce + self._values.encrypt(nonce, value, name.encode())

    def open(self, name: str, sealed: bytes) -> bytes | None:
        """Return what was sealed, or None for what another secret has sealed or somebody changed."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above

        try:
            return self._values.decrypt(sealed[:_NONCE], sealed[_NONCE:], name.encode())
        except (InvalidTag, ValueError):
            return None


class Shared:
    """Keeps values on a server. While that is away, contexts are none, and each copy keeps marks and pace by itself."""

    def __init__(self, where: SharedState) -> None:
        """Take where the server is, and the secret. Raise SettingError where the extra isn't installed."""
        try:
            from redis import exceptions  # noqa: PLC0415 - an extra, for those who run several copies
            from redis.asyncio import Redis  # noqa: PLC0415
            from redis.asyncio.retry import Retry  # noqa: PLC0415
            from redis.backoff import NoBackoff  # noqa: PLC0415

            self._seal = Seal(where.secret)
        except ImportError:
            mend = "install casebook[redis], or leave the setting out"
            raise SettingError(URL, "needs redis and cryptography", mend) from None
        self._server: Any = Redis.from_url(
            where.url,
            socket_timeout=ANSWERS,
            socket_connect_timeout=ANSWERS,
            retry=Retry(NoBackoff(), 1),  # a connection that the server closed meanwhile
        )
        self._reckon = self._server.register_script(_RECKON)
        self._errors, self._refusals = (exceptions.RedisError, OSError, TimeoutError), exceptions.ResponseError
        self._no_password = (exceptions.AuthenticationError, exceptions.NoPermissionError)
        self._alone = InMemory()
        self._asks_again = 0.0
        self._trouble = ""

    @property
    def key(self) -> bytes:
        """Return a key that all copies share."""
        return self._seal.texts

    @property
    def trouble(self) -> str:
        """Return what is the matter, in a few words; empty where all is well."""
        return self._trouble

    async def open(self) -> None:
        """Ask whether the server saves; go on without it where it can't be reached. Raise SettingError where it does."""
        try:
            await self._ask()
        except self._errors as error:
            self._lose(error)

    async def close(self) -> None:
        """Close the connections."""
        await self._server.aclose()

    async def get(self, kind: Kind, key: Key) -> bytes | None:
        """Return a value, or None."""
        name = self._seal.name(kind.name, key)
        sealed = await self._or(None, lambda: self._server.get(name))
        return None if sealed is None else self._seal.open(name, sealed)

    async def put(self, kind: Kind, values: Mapping[Key, bytes]) -> None:
        """Keep values."""
        several = self._server.pipeline(transaction=False)
        for key, value in values.items():
            name = self._seal.name(kind.name, key)
            several.set(name, self._seal.close(name, value), px=_milliseconds(kind.seconds))
        await self._or(None, several.execute)

    async def drop(self, kind: Kind, key: Key) -> None:
        """Forget a value or a list."""
        await self._or(None, lambda: self._server.delete(self._seal.name(kind.name, key)))

    async def mark(self, kind: Kind, key: Key) -> bool:
        """Keep that a key was seen; return whether it is new."""
        name = self._seal.name(kind.name, key)
        value, lasts = self._seal.close(name, b""), _milliseconds(kind.seconds)
        new = await self._or(_AWAY, lambda: self._server.set(name, value, nx=True, px=lasts))
        return await self._alone.mark(kind, key) if new is _AWAY else bool(new)

    async def append(self, kind: Kind, key: Key, items: list[bytes], most: int) -> None:
        """Add items to a list."""
        name = self._seal.name(kind.name, key)
        several = self._server.pipeline(transaction=True)
        several.rpush(name, *(self._seal.close(name, item) for item in items))
        several.ltrim(name, -most, -1)
        several.pexpire(name, _milliseconds(kind.seconds))
        await self._or(None, several.execute)

    async def take(self, kind: Kind, key: Key) -> list[bytes]:
        """Return a list, and forget it."""
        name = self._seal.name(kind.name, key)
        several = self._server.pipeline(transaction=True)
        several.lrange(name, 0, -1)
        several.delete(name)
        sealed, _ = await self._or(([], 0), several.execute)
        return [item for item in (self._seal.open(name, one) for one in sealed) if item is not None]

    async def step(self, key: Key, rate: Rate, *, urgent: bool) -> float:
        """Reserve the next step of a key, and return the seconds until it."""
        wait = await self._reckoned("step", key, rate)
        if wait is None:
            return await self._alone.step(key, rate, urgent=urgent)
        return 0.0 if urgent else wait

    async def due(self, key: Key, rate: Rate) -> float:
        """Return the seconds until the next step of a key."""
        wait = await self._reckoned("due", key, rate)
        return await self._alone.due(key, rate) if wait is None else wait

    async def hold(self, key: Key, rate: Rate, seconds: float) -> None:
        """Let a key make no step for so many seconds."""
        if await self._reckoned("hold", key, rate, seconds) is None:
            await self._alone.hold(key, rate, seconds)

    async def _reckoned(self, what: str, key: Key, rate: Rate, seconds: float = 0.0) -> float | None:
        numbers: list[str | float] = [what, rate.interval, rate.slack, seconds]
        wait = await self._or(None, lambda: self._reckon([self._seal.name("pace", key)], numbers))
        return None if wait is None else float(wait)

    async def _or(self, otherwise: Any, work: Callable[[], Awaitable[Any]]) -> Any:
        """Do something on the server; `otherwise` is the answer of one that is away."""
        try:
            if self._trouble:
                if monotonic() < self._asks_again:
                    return otherwise
                self._asks_again = monotonic() + AWAY
                await self._ask()
                self._trouble = ""
                tell("casebook: the shared state is back")
            return await work()
        except SettingError as error:  # it came back, and saves now
            self._trouble = error.problem
        except self._errors as error:
            self._lose(error)
        return otherwise

    async def _ask(self) -> None:
        try:
            answer = await self._server.config_get("save", "appendonly")
        except self._no_password:
            raise SettingError(
                URL, "is refused by the server", "give user and password, with leave for CONFIG GET"
            ) from None
        except self._refusals:
            mend = "allow CONFIG GET, or take a server that does"
            raise SettingError(URL, "names a server that doesn't say whether it saves", mend) from None
        if answer.get("save") or answer.get("appendonly") != "no":
            mend = 'start it with --save "" --appendonly no: what is kept of chats goes to no disk'
            raise SettingError(URL, "names a server that saves to a disk", mend)

    def _lose(self, error: BaseException) -> None:
        """Go on without the server, and say so once."""
        self._asks_again = monotonic() + AWAY
        if not self._trouble:
            late = isinstance(error, TimeoutError) or "Timeout" in type(error).__name__
            self._trouble = "no answer in time" if late else "no connection"
            tell(f"casebook: the shared state is away ({self._trouble}); answers go on without context")


_AWAY = object()


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))
