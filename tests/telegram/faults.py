"""An hour of faults in a minute: refusals, 429s, 500s, cut lines, halved answers, restarts by SIGTERM and SIGKILL.

    python -m tests.telegram.faults [SECONDS]

Every message must be answered, and none twice but for what the protocol leaves open: a line cut after the send, and a
kill between the reply and its confirmation. There the counts are shown.
"""

from __future__ import annotations

import asyncio
import random
import signal
import sys
from collections import Counter
from dataclasses import dataclass, field

from tests.telegram.double import Double
from tests.telegram.people import Person
from tests.telegram.session import Process, environment, process

FAULTS = {
    "400": 0.01,
    "401": 0.01,
    "404": 0.01,
    "429": 0.01,
    "500": 0.02,
    "502": 0.01,
    "before": 0.02,
    "after": 0.02,
    "half": 0.01,
}
"""How often each fault happens to a request: far more often than in an hour's traffic."""

PER_SECOND = 25
CRIES = 6
"""The chats that only cry for help; the others ask."""


@dataclass
class Story:
    """What was done to the bot, and to whom."""

    done: Counter[str] = field(default_factory=Counter)
    open: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    cries: Counter[int] = field(default_factory=Counter)


def misfortune(story: Story, chance: random.Random) -> object:
    """Return what decides on the fault of each request, and notes where it left open whether it was sent."""

    def fault(method: str, form: dict[str, str]) -> str | None:
        at = chance.random()
        for name, share in FAULTS.items():
            if (at := at - share) < 0.0:
                story.done[name] += 1
                if name in {"after", "half"} and method == "sendMessage":
                    story.open[_token(form["text"]) or form["chat_id"]] += 1
                return name
        return None

    return fault


def _token(text: str) -> str:
    return next((word for word in text.split() if word.startswith("q-")), "")


async def restarts(double: Double, story: Story, stop: asyncio.Event, seconds: float) -> None:
    """Keep a bot running, ended by SIGTERM and SIGKILL by turns, so many seconds after it has begun to answer."""
    numbers = [signal.SIGTERM, signal.SIGKILL]
    while not stop.is_set():
        async with process(environment(double)) as running:
            await double.until(lambda running=running: "answering" in running.log, 60)  # type: ignore[misc]
            try:
                await asyncio.wait_for(stop.wait(), seconds)
            except TimeoutError:
                number = numbers.pop(0)
                numbers.append(number)
                story.done[number.name] += 1
                await running.end(number)
                if number == signal.SIGKILL:  # noted when it is dead: until then it goes on answering
                    _note_unconfirmed(double, story)
            else:
                await settle(double, running)


async def settle(double: Double, running: Process) -> None:
    """Let a bot answer what still waits, and end it."""
    await double.until(lambda: not double.updates, 60)
    await running.end(signal.SIGTERM)


def _note_unconfirmed(double: Double, story: Story) -> None:
    for update in double.updates.values():
        message = update.get("message", {})
        told = [_token(shown.text) for shown in double.seen[message["chat"]["id"]]]
        if message["text"] in told:
            story.open[message["text"]] += 1
        elif "hits" in message["text"]:
            story.open[str(message["chat"]["id"])] += 1


async def people(double: Double, story: Story, seconds: float, chance: random.Random) -> None:
    """Write at a steady rate."""
    for n in range(int(seconds * PER_SECOND)):
        person = Person(double, chance.randrange(1, 60))
        crying = person.chat <= CRIES
        text = "he hits me" if crying else f"q-{n}"
        story.cries[person.chat] += crying
        story.asked[text] += not crying
        person.writes(text)
        await asyncio.sleep(1 / PER_SECOND)


def account(double: Double, story: Story) -> dict[str, int]:
    """Count what became of the messages."""
    told = Counter(_token(shown.text) for seen in double.seen.values() for shown in seen)
    lines = ("connection broke", "went wrong")
    offered = sum(any(line in shown.text for line in lines) for seen in double.seen.values() for shown in seen)
    asked = [text for text in story.asked if text.startswith("q-")]
    unanswered = [text for text in asked if not told[text]]
    twice = [text for text in asked if told[text] > 1]
    support = {chat: sum("0808" in shown.text for shown in double.seen[chat]) for chat in story.cries if chat <= CRIES}
    return {
        "questions": len(asked),
        "answered": len(asked) - len(unanswered),
        "told to ask again": len(unanswered),
        "lost": max(0, len(unanswered) - offered),
        "doubled": sum(told[text] - 1 for text in twice),
        "doubled without reason": sum(max(0, told[text] - 1 - story.open[text]) for text in twice),
        "cries for help": sum(story.cries.values()),
        "cries lost": sum(max(0, story.cries[chat] - count) for chat, count in support.items()),
        "support sent twice": sum(max(0, count - story.cries[chat]) for chat, count in support.items()),
    }


async def run(seconds: float, every: float, seed: int = 5) -> tuple[Story, dict[str, int]]:
    """Run for so many seconds with a restart every so many, then let all settle without faults."""
    story, chance, stop = Story(), random.Random(seed), asyncio.Event()
    async with Double() as double:
        double.fault = misfortune(story, chance)  # type: ignore[assignment]
        keeping = asyncio.create_task(restarts(double, story, stop, every))
        await double.until(lambda: double.calls, 60)  # however long a start takes on a busy machine
        await people(double, story, seconds, chance)
        double.fault = lambda _method, _form: None
        stop.set()
        await keeping
        if double.updates:  # the people fell silent while no bot ran
            async with process(environment(double)) as running:
                await settle(double, running)
        return story, account(double, story)


async def main(seconds: float = 60.0) -> None:
    """Run and print."""
    story, counts = await run(seconds, seconds / 12)
    print("faults:", ", ".join(f"{name} {count}" for name, count in sorted(story.done.items())))
    for name, count in counts.items():
        print(f"{count:6}  {name}")


if __name__ == "__main__":
    asyncio.run(main(*map(float, sys.argv[1:])))
