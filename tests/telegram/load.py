"""Load: the bot as it ships, on real questions, beside a bare echo bot of the same library.

    python -m tests.telegram.load [--rounds N] [--chats N] [--messages N] [FILE...]

The files hold labelled messages, as `casebook evaluate` reads them; without any, those of tests/labelled and tests/golden
are asked. All that the people write is there at once. The bots run by turns, so that what else the machine does falls on
both. A second time, each send takes as long as over a real network.

Every reply is compared with what the conversation says in this process to the same messages in the same order: lost,
doubled, other words and chats out of order must be none.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, cycle, islice
from pathlib import Path

from bot.conversation import Conversation
from bot.faces.telegram.handlers.commands import parse
from bot.reply import NOTHING
from tests.shared import LABELLED, conversation, talks
from tests.telegram.double import Double, Shown
from tests.telegram.people import Person
from tests.telegram.session import environment, process

CASEBOOK = ("-m", "bot", "telegram")
ECHO = ("-m", "tests.telegram.echo", "16")

SLOW = 0.05
"""What a send takes over a real network, in seconds beside the bot's own work."""

STEADY, STEADILY = 40, 120
"""Messages a second at the steady rate at which waits are measured, and how many."""

MOST_CPU, LEAST_RATE = 1.1, 0.95
"""What the bot may need of the echo bot's CPU, and must reach of its messages a second."""


@dataclass(frozen=True)
class Faults:
    """What became of replies: messages without one, replies too many, replies of other words, chats in another order."""

    lost: int = 0
    doubled: int = 0
    other: int = 0
    disordered: int = 0

    def __add__(self, more: Faults) -> Faults:
        """Add those of another chat or run."""
        return Faults(
            self.lost + more.lost,
            self.doubled + more.doubled,
            self.other + more.other,
            self.disordered + more.disordered,
        )

    def __str__(self) -> str:
        """Return one line."""
        return f"lost {self.lost}  doubled {self.doubled}  other {self.other}  out of order {self.disordered}"


@dataclass(frozen=True)
class Figures:
    """What a bot did: messages a second in a rush, milliseconds of CPU a message, waits in milliseconds, faults."""

    rate: float
    work: float
    waits: tuple[float, ...]
    faults: Faults

    def __str__(self) -> str:
        """Return one line."""
        waits = f"{statistics.median(self.waits):6.1f} {max(self.waits):6.1f} ms median and slowest wait"
        return f"{self.rate:5.0f} a second  {self.work:5.2f} ms of CPU each  {waits}  {self.faults}"


def asked_by(chats: int, messages: int, files: Iterable[Path] = LABELLED) -> list[tuple[str, ...]]:
    """Deal out what is asked: to each chat so many messages of whole conversations, the same in each run.

    Those in which somebody asks for help are left out, since such a message passes those before it, and those with a
    command, typed as a bare word too: Telegram's own pages of the timeline are no reply of the conversation's.
    """
    of = conversation()

    def is_plain(text: str) -> bool:
        return bool(text.strip()) and parse(text, None) is None and not of.looks_like_help(text)

    found = [talk for talk in talks(files) if all(map(is_plain, talk))]
    random.Random(1).shuffle(found)
    dealt = cycle(found)
    return [tuple(islice(chain.from_iterable(dealt), messages)) for _ in range(chats)]


def answers(asked: Sequence[str], of: Conversation) -> list[str]:
    """Return what a conversation says to messages in a row."""
    context, told = NOTHING, []
    for text in asked:
        reply, context = of.reply(text, context)
        told.append(reply.text)
    return told


def compared(wanted: Sequence[str], seen: Sequence[Shown]) -> Faults:
    """Compare the replies that a chat saw with those wanted, each of which stands whole in its message."""
    squeezed = ["".join(text.split()) for text in wanted]
    known = sorted(set(squeezed), key=len, reverse=True)
    shown = ["".join(message.text.split()) for message in seen]
    told = [next((text for text in known if text in message), "") for message in shown]
    missing, extra = Counter(squeezed) - Counter(told), Counter(told) - Counter(squeezed)
    other = extra.pop("", 0)
    disordered = not missing and not extra and not other and told != squeezed
    return Faults(missing.total(), extra.total(), other, int(disordered))


async def measure(
    command: tuple[str, ...],
    asked: Mapping[int, Sequence[str]],
    wanted: Mapping[int, Sequence[str]],
    delay: float,
    steadily: int = STEADILY,
) -> Figures:
    """Run a bot against a fresh double: all that is asked at once, then some of it at a steady rate."""
    async with Double() as double, process(environment(double), *command) as running:
        await Person(double, 999_999).asks("hello")
        await asyncio.sleep(0.5)
        people = {chat: Person(double, chat) for chat in asked}
        double.delay = delay
        total = sum(map(len, asked.values()))
        start, busy = time.perf_counter(), cpu(running.process.pid)
        for n in range(max(map(len, asked.values()))):
            for chat, person in people.items():
                if n < len(asked[chat]):
                    person.writes(asked[chat][n])
        await double.until(lambda: sum(len(double.seen[chat]) for chat in asked) >= total, 300)
        rate = total / (time.perf_counter() - start)
        work = (cpu(running.process.pid) - busy) * 1000 / total
        await asyncio.sleep(0.3)
        faults = sum((compared(wanted[chat], double.seen[chat]) for chat in asked), Faults())
        waits = await _steadily(list(people.values()), [texts[0] for texts in asked.values()], steadily)
        await running.end(signal.SIGTERM)
    return Figures(rate, work, tuple(waits), faults)


def cpu(process_id: int) -> float:
    """Return the seconds of CPU that a process has taken: steadier than the clock where others use the machine."""
    fields = Path(f"/proc/{process_id}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _steadily(people: list[Person], texts: list[str], count: int) -> list[float]:
    async def ask(person: Person, text: str) -> float:
        start = time.perf_counter()
        await person.asks(text)
        return (time.perf_counter() - start) * 1000

    asking = []
    for n in range(count):
        asking.append(asyncio.create_task(ask(people[n % len(people)], texts[n % len(people)])))
        await asyncio.sleep(1 / STEADY)
    return list(await asyncio.wait_for(asyncio.gather(*asking), 60))


async def compare(dealt: Sequence[Sequence[str]], rounds: int, delay: float) -> None:
    """Measure both bots by turns, print each round and what one comes to of the other."""
    asked = dict(enumerate(dealt, start=1))
    bots = {
        "casebook": (CASEBOOK, {chat: answers(texts, conversation()) for chat, texts in asked.items()}),
        "echo": (ECHO, asked),
    }
    made: dict[str, list[Figures]] = {name: [] for name in bots}
    for n in range(rounds):
        for name in list(bots)[:: -1 if n % 2 else 1]:
            command, wanted = bots[name]
            made[name].append(await measure(command, asked, wanted, delay))
            print(f"  {name:9}", made[name][-1], flush=True)
    work, rate = (
        [statistics.median(getattr(figures, of) for figures in made[name]) for name in bots] for of in ("work", "rate")
    )
    print(f"  casebook's CPU is {work[0] / work[1]:.2f} of echo's, wanted at most {MOST_CPU}")
    print(f"  its messages a second are {rate[0] / rate[1]:.2f} of echo's, wanted at least {LEAST_RATE}")
    print("  casebook in all:", sum((figures.faults for figures in made["casebook"]), Faults()))


async def main() -> None:
    """Compare the bots with sends at once, and with sends that take a while."""
    parser = argparse.ArgumentParser(prog="python -m tests.telegram.load")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--chats", type=int, default=40)
    parser.add_argument("--messages", type=int, default=20, help="of each chat")
    parser.add_argument("files", nargs="*", type=Path, default=LABELLED)
    given = parser.parse_args()
    dealt = asked_by(given.chats, given.messages, given.files)
    for delay in (0.0, SLOW):
        print(f"{given.chats} chats of {given.messages} messages, a send takes {delay * 1000:.0f} ms beside the work")
        await compare(dealt, given.rounds, delay)


if __name__ == "__main__":
    asyncio.run(main())
