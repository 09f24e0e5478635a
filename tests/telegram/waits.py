"""How long others wait for their replies beside a chat that disturbs, by polling and by webhook, at the pace that is set by default.

    python -m tests.telegram.waits [PART...]

The parts are burst, pause, pauses, group and cries; without any, all are run, in about four minutes. What the others wait
beside nobody who disturbs stands above. Times swing with the machine: compare within one run.
"""

from __future__ import annotations

import argparse
import asyncio
import random
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from statistics import median

from bot.settings import Settings
from tests.shared import talks
from tests.telegram.double import TOKEN, Double
from tests.telegram.load import CASEBOOK
from tests.telegram.people import Person
from tests.telegram.session import environment, free_port, hooked, process

WAYS = ("polling", "webhook")
PACE = Settings.from_env({"TELEGRAM_BOT_TOKEN": TOKEN}).messages_per_second
QUESTION, CRY = "what car was it", "he is outside with a knife"

OTHERS = 20
"""Messages a second that others send, each from a chat of its own: more would find the pace used up."""

SECONDS = 10.0
"""How long the others write."""

AT_MOST = 40.0
"""Seconds after which a reply counts as lost."""

CRYING = 500_000
"""The first id of the chats that cry for help."""

PAUSE = "429 60"
OWN = (8, 15, 30)
"""How many messages of its own chat a cry stands behind."""


@dataclass(frozen=True)
class Disturbance:
    """What somebody does, its name on the command line and how long others write meanwhile, in seconds."""

    what: str
    do: Callable[[Double], Coroutine[None, None, None]]
    seconds: float = SECONDS


async def _nothing(_: Double) -> None:
    pass


async def _burst(double: Double) -> None:
    for _ in range(39):
        Person(double, 1).writes(QUESTION)


async def _pause(double: Double, chats: int = 1) -> None:
    paused: set[str] = set()
    double.fault = lambda method, form: PAUSE if method == "sendMessage" and form["chat_id"] in paused else None
    for chat in range(1, chats + 1):
        paused.add(str(chat))
        Person(double, chat).writes(QUESTION)
        await asyncio.sleep(4.0)


async def _pauses(double: Double) -> None:
    await _pause(double, 6)


async def _group(double: Double) -> None:
    for n in range(60):
        Person(double, n + 1, group=-1001).writes(f"@casebook_bot {QUESTION}")
        await asyncio.sleep(0.1)


ALONE = Disturbance("nobody disturbs", _nothing)
DISTURBANCES = {
    "burst": Disturbance("39 messages of one chat at once", _burst),
    "pause": Disturbance("one chat at 429 for 60 s", _pause),
    "pauses": Disturbance("six chats so, 4 s apart", _pauses, 24.0),
    "group": Disturbance("60 mentions in a group in 6 s", _group),
}


@asynccontextmanager
async def casebook(way: str, command: tuple[str, ...] = CASEBOOK) -> AsyncIterator[Double]:
    """Run the bot, as it ships by default, against a fresh double, and kill it at the end: what still waits is of no interest."""
    async with Double() as double:
        pace = {"TELEGRAM_MESSAGES_PER_SECOND": f"{PACE:g}"}
        env = environment(double) if way == "polling" else hooked(double, free_port())
        async with process(env | pace, *command):
            await Person(double, 999_999).asks("hello")
            yield double


class Watch:
    """Notes when each of some chats sees its first message in which some words stand."""

    def __init__(self, double: Double) -> None:
        """Take the double that the chats are in."""
        self.double = double
        self.waits: dict[int, float] = {}
        self._since: dict[int, tuple[float, str]] = {}

    def write(self, chat: int, text: str, words: str = "") -> None:
        """Send a message; what it waits for is a reply that holds the words."""
        self._since[chat] = asyncio.get_running_loop().time(), words
        Person(self.double, chat).writes(text)

    async def run(self) -> None:
        """Look, until told to stop."""
        while True:
            now = asyncio.get_running_loop().time()
            for chat, (since, words) in list(self._since.items()):
                if any(words in shown.text for shown in self.double.seen[chat]):
                    self.waits[chat] = now - since
                    del self._since[chat]
            await asyncio.sleep(0.005)

    async def done(self) -> None:
        """Wait until all have their replies; those that have none by then waited so long."""
        try:
            await self.double.until(lambda: not self._since, AT_MOST)
        except TimeoutError:
            self.waits |= dict.fromkeys(self._since, AT_MOST)


@asynccontextmanager
async def watching(double: Double) -> AsyncIterator[Watch]:
    """Watch the chats of a double."""
    watch = Watch(double)
    looking = asyncio.create_task(watch.run())
    try:
        yield watch
    finally:
        looking.cancel()


async def beside(
    way: str, disturbance: Disturbance, command: tuple[str, ...] = CASEBOOK
) -> tuple[list[float], list[float]]:
    """Return the seconds that others waited for answers, and those that cried for help, beside somebody who disturbs."""
    texts = sorted({text for talk in talks() for text in talk[:1] if text.strip() and not text.startswith("/")})
    random.Random(1).shuffle(texts)
    asked = cycle(texts)
    async with casebook(way, command) as double, watching(double) as watch:
        loop = asyncio.get_running_loop()
        disturbing, start = asyncio.create_task(disturbance.do(double)), loop.time()
        await asyncio.sleep(0.5)
        for n in range(int(disturbance.seconds * OTHERS)):
            watch.write(1000 + n, next(asked))
            if n % (3 * OTHERS) == OTHERS:
                watch.write(CRYING + n, CRY, "999")
            await asyncio.sleep(max(0.0, start + 0.5 + (n + 1) / OTHERS - loop.time()))
        await watch.done()
        disturbing.cancel()
    waits = watch.waits.items()
    return [wait for chat, wait in waits if chat < CRYING], [wait for chat, wait in waits if chat >= CRYING]


async def behind(way: str, own: int) -> tuple[float, float]:
    """Return the seconds that a cry waits behind so many messages of its own chat, and one of another chat meanwhile."""
    async with casebook(way) as double, watching(double) as watch:
        for _ in range(own):
            Person(double, 1).writes(QUESTION)
        await asyncio.sleep(0.1)
        watch.write(1, CRY, "999")
        watch.write(2, CRY, "999")
        await watch.done()
    return watch.waits[1], watch.waits[2]


async def main() -> None:
    """Run the parts and print what they come to."""
    parser = argparse.ArgumentParser(prog="python -m tests.telegram.waits")
    parser.add_argument("parts", nargs="*", metavar="PART", choices=[*DISTURBANCES, "cries", []])
    parts = parser.parse_args().parts or [*DISTURBANCES, "cries"]
    chosen = [DISTURBANCES[part] for part in parts if part != "cries"]
    for way in WAYS:
        print(f"{way}, {OTHERS} others a second, a pace of {PACE:g}")
        for disturbance in (ALONE, *chosen) if chosen else ():
            others, cries = await beside(way, disturbance)
            print(
                f"  {disturbance.what:33} others {median(others):6.2f} s median {max(others):6.2f} s slowest"
                f"   cries {max(cries):6.2f} s slowest",
                flush=True,
            )
        for own in OWN if "cries" in parts else ():
            mine, other = await behind(way, own)
            print(
                f"  a cry behind {own:2} of its own chat    {mine:6.2f} s   in another chat {other:6.2f} s", flush=True
            )


if __name__ == "__main__":
    asyncio.run(main())
