"""Load: 200 chats of 20 messages each, and a steady rate, beside a bare echo bot in the same run.

    python -m tests.telegram.load [CHATS MESSAGES]

Counts what is lost, doubled or out of order, which must be nothing.
"""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.telegram.double import Double
from tests.telegram.people import Person
from tests.telegram.session import environment, process

STEADY = 60
"""Messages a second at the steady rate."""

DELAYS = (0.0, 0.05)
"""What a send takes beside the bot's own work, in seconds: at once, and as over a real network."""

BOT = ("-m", "tests.telegram.stand_in")


@dataclass(frozen=True)
class Figures:
    """What a bot did: messages a second in a rush, its own work a message, latencies in milliseconds at a steady rate, and faults."""

    rate: float
    work: float
    median: float
    late: float
    lost: int
    doubled: int
    disordered: int

    def __str__(self) -> str:
        """Return one line."""
        return (
            f"{self.rate:7.0f} a second  {self.work:5.2f} ms of CPU each  {self.median:6.1f} ms median  {self.late:6.1f} ms 99th percentile  "
            f"lost {self.lost}  doubled {self.doubled}  out of order {self.disordered}"
        )


async def measure(
    command: tuple[str, ...], chats: int, messages: int, delay: float = 0.0, steady: int = 240
) -> Figures:
    """Run a bot against a fresh double and measure it; `delay` is what each send takes, in seconds."""
    async with Double() as double:
        people = [Person(double, n + 1) for n in range(chats)]
        async with process(environment(double), *command) as running:
            await people[0].asks("q-0")
            await asyncio.sleep(0.5)
            double.seen.clear()
            double.delay = delay
            start, busy = time.perf_counter(), _busy(running.process.pid)
            for n in range(messages):
                for person in people:
                    person.writes(f"q{n}-{person.chat}")
            total = chats * messages
            await double.until(lambda: sum(map(len, double.seen.values())) >= total, 300)
            rate = total / (time.perf_counter() - start)
            work = (_busy(running.process.pid) - busy) * 1000 / total
            await asyncio.sleep(0.3)
            faults = _faults(double, people, messages)
            waits = await _steadily(double, people, steady)
            await running.end(signal.SIGTERM)
    return Figures(rate, work, statistics.median(waits), statistics.quantiles(waits, n=100)[98], *faults)


def _busy(process_id: int) -> float:
    """Return the seconds of CPU that a process has taken: steadier than the clock where others use the machine."""
    fields = Path(f"/proc/{process_id}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _faults(double: Double, people: list[Person], messages: int) -> tuple[int, int, int]:
    lost = doubled = disordered = 0
    for person in people:
        told = [next(word for word in shown.text.split() if "-" in word) for shown in double.seen[person.chat]]
        wanted = [f"q{n}-{person.chat}" for n in range(messages)]
        lost += len(set(wanted) - set(told))
        doubled += len(told) - len(set(told))
        disordered += list(dict.fromkeys(told)) != wanted
    return lost, doubled, disordered


async def _steadily(double: Double, people: list[Person], count: int) -> list[float]:
    double.seen.clear()
    waits: list[float] = []

    async def ask(person: Person) -> None:
        start = time.perf_counter()
        before = len(double.seen[person.chat])
        person.writes("s-1")
        while len(double.seen[person.chat]) <= before:  # noqa: ASYNC110 - as the double says
            await asyncio.sleep(0.001)
        waits.append((time.perf_counter() - start) * 1000)

    asking = []
    for n in range(count):
        asking.append(asyncio.create_task(ask(people[n % len(people)])))
        await asyncio.sleep(1 / STEADY)
    await asyncio.wait_for(asyncio.gather(*asking), 60)
    return waits


async def main(chats: int = 200, messages: int = 20) -> None:
    """Measure both bots, with sends at once and with sends that take 50 ms."""
    for delay in DELAYS:
        print(f"{chats} chats of {messages} messages, a send takes {delay * 1000:.0f} ms beside the bot's own work")
        few = messages if not delay else max(1, messages // 5)
        for name, command in (
            ("casebook", BOT),
            ("echo bot, one at a time", ("-m", "tests.telegram.echo", "1")),
            ("echo bot, 16 at a time", ("-m", "tests.telegram.echo", "16")),
        ):
            print(f"  {name:24}", await measure(command, chats, few if "one" not in name or not delay else 1, delay))


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
