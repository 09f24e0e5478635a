"""Memory over 100,000 messages: the bot as a process, its resident size read from /proc as it goes.

python -m tests.telegram.soak [MESSAGES]
"""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

from tests.telegram.double import Double
from tests.telegram.people import Person
from tests.telegram.session import environment, process


def resident(process_id: int) -> float:
    """Return the resident size of a process in MiB."""
    lines = Path(f"/proc/{process_id}/status").read_text("utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


async def run(messages: int, chats: int, steps: int = 10, step: int = 500) -> list[float]:
    """Send messages from ever new chats among so many and return the size after each of so many parts."""
    sizes = []
    async with Double() as double, process(environment(double)) as running:
        double.records = False
        await double.until(lambda: double.polls, 30)
        for part in range(steps):
            for start in range(0, messages // steps, step):
                for n in range(start, start + step):
                    Person(double, 1 + (part * messages // steps + n) % chats).writes(f"question {n}")
                await double.until(lambda: not double.updates, 60)
            sizes.append(resident(running.process.pid))
            print(f"{(part + 1) * messages // steps:8} messages  {sizes[-1]:6.1f} MiB", flush=True)
        await running.end(signal.SIGTERM)
    return sizes


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    grown = asyncio.run(run(count, 30_000))
    print(f"second half: {grown[-1] - grown[len(grown) // 2]:+.1f} MiB")
