"""Three copies of the bot behind haproxy, with a real Redis: what sixty people are told while a copy and the server end.

    python -m tests.telegram.copies

Needs `redis-server` and `haproxy` (both in Debian). Sixty people talk by webhook; in the middle a copy is killed, later
Redis ends and comes back empty. Everything that Redis was told is listened to, and it is made to write a dump, which
are searched for texts, names and ids. Prints what came of it; exits with 1 where anything is lost, wrong or readable.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bot.faces.telegram.outgoing.render import render
from bot.reply import NOTHING, Context, Reply
from bot.settings import SharedState
from tests.shared import conversation
from tests.telegram.double import Double
from tests.telegram.people import Person
from tests.telegram.session import Process, process
from tests.telegram.store import EVERY_CONTRACT
from tests.telegram.test_process import free_port, hooked

PEOPLE, COPIES = 60, 3
FIRST_ID = 7_310_440_001
"""The first person's id: long enough to be found wherever it stands."""

SECRET = "a-secret-of-these-three-copies-alone-0123456789"

TALKS = (
    ("what car was it", "who was the driver", "and what age is he", "was he charged", "who said that"),
    ("how old was Yasmin", "and her killer?", "=1 how old was Zayd", "where did it happen", "when was that"),
    ("the driver", "2", "what happened to him", "/forget", "and how old is he"),
    ("my husband hits me", "what car was it", "does it cost anything", "who stabbed her", "how did he die"),
    ("who made the petition", "how many signed it", "=0 what was the petition for", "why", "thanks"),
    ("he is outside with a knife", "who was the lawyer", "what did he say", "/timeline", "later"),
)
"""What people write; `=N text` edits the message that they wrote as number N."""

PROGRAMS = {"redis-server": "redis-server", "haproxy": "haproxy"}
PROXY = """
defaults
    mode http
    timeout connect 1s
    timeout client 70s
    timeout server 70s
    retries 2
    option redispatch
    default-server check inter 200ms fall 1 rise 1
frontend telegram
    bind 127.0.0.1:{port}
    default_backend copies
backend copies
    balance roundrobin
    option httpchk GET /health
{servers}
"""


@dataclass
class Tally:
    """What came of all that was written."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@dataclass
class Somebody:
    """A person, what they wrote, and what they would be told by one bot that nothing happens to."""

    person: Person
    tally: Tally
    context: Context = NOTHING
    written: list[tuple[dict[str, object], Context]] = field(default_factory=list)

    async def talks(self, talk: tuple[str, ...]) -> None:
        """Write each message when the last is answered."""
        for text in talk:
            if text.startswith("="):
                number, _, words = text[1:].partition(" ")
                await self.edits(int(number), words)
            elif text.startswith("/") or text == "later":
                self.tally.counts["pages" if await self._told(text) else "lost"] += 1
                self.context = NOTHING if text == "/forget" else self.context
            else:
                await self.asks(text)
            await asyncio.sleep(0.3)

    async def asks(self, text: str) -> None:
        """Ask, and hold the reply against what it ought to be, in the context of what was told or as a first message."""
        before = self.context
        made = await self._told(text)
        self.written.append((made or {}, before))
        if made is None:
            self.tally.counts["lost"] += 1
            return
        self._weigh(text, self.person.sees[-1].text, before)

    async def edits(self, number: int, text: str) -> None:
        """Edit a message; where the exchange isn't known any longer, nothing changes."""
        made, before = self.written[number]
        seen = [(shown.id, shown.edited) for shown in self.person.sees]
        await self.person.edits(made, text)
        for _ in range(100):
            changed = [shown for shown in self.person.sees if (shown.id, shown.edited) not in seen]
            if changed:
                kept = self.context
                self._weigh(text, changed[-1].text, before)
                self.context = kept
                return
            await asyncio.sleep(0.02)
        self.tally.counts["edit of what is known no longer"] += 1

    async def _told(self, text: str) -> dict[str, object] | None:
        """Write, and wait for what is new; an answer told again, since its copy was killed in the middle, is counted."""
        shown = self.person.double.seen[self.person.chat]
        seen, earlier = len(shown), {one.text for one in shown}
        made = self.person.writes(text)
        with suppress(TimeoutError):
            await self.person.double.until(lambda: any(one.text not in earlier for one in shown[seen:]), 15.0)
            await asyncio.sleep(0.05)
            new = [one.text for one in shown[seen:]]
            self.tally.counts["doubled"] += len(new) - len(set(new) - earlier)
            return made
        return None

    def _weigh(self, text: str, told: str, before: Context) -> None:
        for kind, context in (("right", before), ("as a first message", NOTHING)):
            reply, after = conversation().reply(text, context)
            if told == plain(reply):
                self.tally.counts[kind] += 1
                self.context = after
                return
        self.tally.counts["wrong"] += 1
        self.tally.wrong.append(f"{text!r}: {told[:70]!r}")


def plain(reply: Reply) -> str:
    """Return a reply as a chat shows its last message."""
    return render(reply, conversation().case.voice)[-1].plain


class Server:
    """A Redis of our own that saves nothing, and all that it is told."""

    def __init__(self, folder: Path, port: int) -> None:
        """Take where it may write a dump, and its port."""
        self.folder = folder
        self.port = port
        self.heard = folder / "heard.txt"

    async def start(self) -> None:
        """Start it, empty, and listen."""
        self.running = await asyncio.create_subprocess_exec(
            "redis-server", "--port", str(self.port), "--save", "", "--appendonly", "no", "--dir", str(self.folder),
            stdout=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        while await self.says("PING") != "PONG":  # noqa: ASYNC110 - of another process
            await asyncio.sleep(0.05)
        with self.heard.open("ab") as heard:
            self.listening = await asyncio.create_subprocess_exec(
                "redis-cli", "-p", str(self.port), "MONITOR", stdout=heard, stderr=asyncio.subprocess.DEVNULL
            )

    async def says(self, *command: str) -> str:
        """Return what it answers to a command."""
        asking = await asyncio.create_subprocess_exec(
            "redis-cli", "-p", str(self.port), *command,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        return (await asking.communicate())[0].decode().strip()

    async def end(self) -> None:
        """End it at once."""
        self.running.kill()
        await self.running.wait()
        with suppress(ProcessLookupError):
            self.listening.kill()
        await self.listening.wait()


def readable(server: Server) -> list[str]:
    """Return what of texts, names and ids stands in what the server heard and in its dump."""
    heard = server.heard.read_bytes() + (server.folder / "dump.rdb").read_bytes()
    told = {word for talk in TALKS for text in talk for word in text.split() if len(word) > 4}
    facts = {id_ for id_ in conversation().case.facts if "-" in id_}
    ids = {str(FIRST_ID + n) for n in range(2 * PEOPLE)} | {"Somebody", "abuse", "danger"}
    return sorted(word for word in told | facts | ids if word.lower().encode() in heard.lower())


def memory(copy: Process) -> int:
    """Return how much memory a copy has, in MiB."""
    pages = Path(f"/proc/{copy.process.pid}/statm").read_text("utf-8").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") >> 20


async def contracts(port: int) -> None:
    """Hold the real server to what the suite asks of the store in memory."""
    from bot.faces.telegram.state.shared import Shared

    store = Shared(SharedState(f"redis://127.0.0.1:{port}/1", SECRET))
    await store.open()
    for contract in EVERY_CONTRACT:
        await contract(store, asyncio.sleep)
    await store.close()
    print(f"contracts kept by redis-server: {len(EVERY_CONTRACT)} of {len(EVERY_CONTRACT)}")


async def refuses_to_save(port: int) -> bool:
    """Say whether the bot ends with 2 and one line at a server that saves."""
    async with Double() as double:
        env = hooked(double, free_port()) | state(port)
        async with process(env, "-m", "bot", "telegram") as copy:
            code = await asyncio.wait_for(copy.over(), 30)
    print(f"a server that saves: exit {code}, {copy.log.strip()}")
    return code == 2 and len(copy.log.strip().splitlines()) == 1


def state(port: int) -> dict[str, str]:
    """Return the settings that copies share."""
    return {"CASEBOOK_STATE_URL": f"redis://127.0.0.1:{port}/0", "CASEBOOK_STATE_SECRET": SECRET}


async def round_of_talks(double: Double, tally: Tally, first: int) -> None:
    """Let sixty people talk, a few begin each moment."""
    people = [Somebody(Person(double, first + n), tally) for n in range(PEOPLE)]
    talking = []
    for n, one in enumerate(people):
        talking.append(asyncio.create_task(one.talks(TALKS[n % len(TALKS)])))
        await asyncio.sleep(0.03)
    await asyncio.gather(*talking)


async def health(port: int) -> str:
    """Return what a copy says of its health."""
    async with httpx.AsyncClient(verify=False, trust_env=False) as client:
        try:
            return (await client.get(f"http://127.0.0.1:{port}/health")).text.strip()
        except httpx.HTTPError:
            return ""


async def main() -> int:
    """Run all of it; return 0 where nothing is lost, wrong or readable."""
    for program, package in PROGRAMS.items():
        if shutil.which(program) is None:
            print(f"{program} is missing: install the package {package}")
            return 1
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server, proxied = Server(folder, free_port()), free_port()
        await server.start()
        stack.push_async_callback(server.end)
        await contracts(server.port)
        double = await stack.enter_async_context(Double())
        ports = [free_port() for _ in range(COPIES)]
        servers = "\n".join(f"    server copy{n} 127.0.0.1:{port}" for n, port in enumerate(ports))
        (folder / "haproxy.cfg").write_text(PROXY.format(port=proxied, servers=servers), encoding="utf-8")
        running = []
        for port in ports:
            env = hooked(double, port) | state(server.port)
            env |= {
                "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{proxied}/casebook",
                "TELEGRAM_MESSAGES_PER_SECOND": "30",
            }
            running.append(await stack.enter_async_context(process(env, "-m", "bot", "telegram")))
        proxy = await asyncio.create_subprocess_exec("haproxy", "-q", "-f", str(folder / "haproxy.cfg"))
        stack.push_async_callback(proxy.wait)
        stack.callback(proxy.terminate)
        for port in ports:
            while not (await health(port)).startswith("ok"):  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.1)
        await asyncio.sleep(0.5)
        calm, stirred = Tally(), Tally()
        await round_of_talks(double, calm, FIRST_ID)
        before = [memory(copy) for copy in running[1:]]
        talking = asyncio.create_task(round_of_talks(double, stirred, FIRST_ID + PEOPLE))
        await asyncio.sleep(2.5)
        running[0].process.send_signal(signal.SIGKILL)
        await asyncio.sleep(2.0)
        await server.end()
        await asyncio.sleep(1.0)
        away = await health(ports[1])
        await server.start()
        await talking
        await server.says("SAVE")
        found = readable(server)
        after = [memory(copy) for copy in running[1:]]
        print(f"calm:    {dict(calm.counts)} {calm.wrong[:5]}")
        print(f"stirred: {dict(stirred.counts)} {stirred.wrong[:5]}")
        print(f"while Redis was away, /health said: {away!r}")
        print(f"readable in MONITOR and the dump: {found or 'nothing'}")
        print(f"memory in MiB after one round: {before}, after two: {after}")
        well = not (
            calm.counts["lost"] or calm.counts["wrong"] or calm.counts["doubled"] or calm.counts["as a first message"]
        )
        well &= not (stirred.counts["lost"] or stirred.counts["wrong"] or found)
        await server.says("CONFIG", "SET", "save", "60 1")
        well &= await refuses_to_save(server.port)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
