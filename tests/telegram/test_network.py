"""The way to Telegram: one's own authority, proxies, IPv6, and what is told where there is none."""

from __future__ import annotations

import asyncio
import shutil
import signal
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.telegram.double import TOKEN, Double
from tests.telegram.people import Person
from tests.telegram.session import environment, process, serving, started, together
from tests.telegram.test_process import STARTED, free_port, hooked

STAND_IN = "import runpy; runpy.run_module('tests.telegram.stand_in', run_name='__main__')"


class Relay:
    """A way that leads on to one port: through `CONNECT`, through SOCKS 5, or straight on; it counts who came."""

    def __init__(self, to: int, kind: str = "straight", answer: str = "200 OK") -> None:
        """Take where it leads, what it speaks, and what it answers to CONNECT."""
        self.to = to
        self.kind = kind
        self.answer = answer
        self.came = 0

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Lead one connection on."""
        self.came += 1
        with suppress(OSError, asyncio.IncompleteReadError):
            if self.kind == "connect":
                await reader.readuntil(b"\r\n\r\n")
                writer.write(f"HTTP/1.1 {self.answer}\r\n\r\n".encode())
                if not self.answer.startswith("200"):
                    writer.close()
                    return
            elif self.kind == "socks":
                await reader.readexactly(3)
                writer.write(b"\5\0")
                head = await reader.readexactly(5)
                await reader.readexactly((head[4] if head[3] == 3 else 3) + 2)
                writer.write(b"\5\0\0\1\0\0\0\0\0\0")
            inner, outer = await asyncio.open_connection("127.0.0.1", self.to)
            await asyncio.gather(_pour(reader, outer), _pour(inner, writer))


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def relayed(relay: Relay, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[int]:
    """Listen for a relay, at any free port or a given one; yields the port."""
    server = await asyncio.start_server(relay.take, host, port)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@together
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALL_PROXY", "gopher://127.0.0.1:9"),
        ("HTTP_PROXY", "::::"),
        ("https_proxy", "http://127.0.0.1:port"),
        ("NO_PROXY", "http://::::"),
        ("SSL_CERT_FILE", "/nowhere/ca.pem"),
        ("SSL_CERT_FILE", "/dev/null"),
    ],
)
async def test_broken_network_setting(name: str, value: str) -> None:
    """A setting of the network that can't be used is named in one line, without its value, exit 2."""
    async with process({"TELEGRAM_BOT_TOKEN": TOKEN, name: value}) as running:
        assert await running.over() == 2
    assert running.log.startswith(f"casebook: {name}: ")
    assert running.log.count("\n") == 1
    assert value not in running.log


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """Make a key and a certificate of one's own, in one file."""
    if not shutil.which("openssl"):
        pytest.skip("needs openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    files = ["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate]
    subprocess.run([*make.split(), *files], check=True, capture_output=True)
    key.write_text(key.read_text("utf-8") + certificate.read_text("utf-8"), "utf-8")
    return key


@together
async def test_own_authority(authority: Path) -> None:
    """A Bot API behind one's own authority is told as not trusted, and answered through with SSL_CERT_FILE."""
    async with Double(authority) as double:
        async with process(environment(double)) as running:
            await running.told()
            assert await running.end(signal.SIGTERM) == 0
        assert running.log.startswith("casebook: Telegram can't be reached (its certificate isn't trusted; ")
        async with process(environment(double, SSL_CERT_FILE=str(authority))) as running:
            assert (await Person(double).asks("Who was she?")).text.startswith("1. Who")
            assert await running.end(signal.SIGTERM) == 0
        assert running.log == STARTED


@together
async def test_socks_without_its_package() -> None:
    """A SOCKS proxy is refused in one line that says what to install, where what it needs is not there."""
    env = {"TELEGRAM_BOT_TOKEN": TOKEN, "ALL_PROXY": "socks5://127.0.0.1:9"}
    async with process(env, "-c", f"import sys; sys.modules['socksio'] = None; {STAND_IN}") as running:
        assert await running.over() == 2
    line = "casebook: ALL_PROXY: is a SOCKS proxy, which needs the package socksio; install casebook[socks]\n"
    assert running.log == line


@together
@pytest.mark.parametrize(
    ("name", "kind", "scheme"),
    [
        ("HTTPS_PROXY", "connect", "http"),
        ("https_proxy", "connect", "http"),
        ("ALL_PROXY", "connect", "http"),
        pytest.param(
            "ALL_PROXY", "socks", "socks5", marks=pytest.mark.skipif(not find_spec("socksio"), reason="needs socksio")
        ),
    ],
)
async def test_proxy(name: str, kind: str, scheme: str, authority: Path) -> None:
    """Through the proxy that a setting names messages are fetched and answered."""
    async with Double(authority) as double, relayed(relay := Relay(double.port, kind)) as port:
        env = environment(double, SSL_CERT_FILE=str(authority), **{name: f"{scheme}://127.0.0.1:{port}"})
        async with process(env) as running:
            assert (await Person(double).asks("Who was she?")).text.startswith("1. Who")
            assert await running.end(signal.SIGTERM) == 0
    assert running.log == STARTED
    assert relay.came


@together
async def test_no_proxy(authority: Path) -> None:
    """A host that NO_PROXY names is reached past the proxy."""
    async with Double(authority) as double:
        dead = f"http://127.0.0.1:{free_port()}"
        env = environment(double, SSL_CERT_FILE=str(authority), HTTPS_PROXY=dead, NO_PROXY="localhost")
        async with process(env) as running:
            assert (await Person(double).asks("Who was she?")).text.startswith("1. Who")
            assert await running.end(signal.SIGTERM) == 0
    assert running.log == STARTED


@together
@pytest.mark.parametrize(
    ("answer", "cause"), [("407 who are you", "the proxy refuses"), ("", "the connection is refused")]
)
async def test_a_proxy_in_the_way(answer: str, cause: str, authority: Path) -> None:
    """A proxy that refuses, or isn't there, is told with the setting that names it, never with what it said."""
    async with Double(authority) as double, relayed(Relay(double.port, "connect", answer)) as port:
        way = f"http://127.0.0.1:{port if answer else free_port()}"
        env = environment(double, SSL_CERT_FILE=str(authority), HTTPS_PROXY=way)
        async with process(env) as running:
            await running.told()
            assert await running.end(signal.SIGTERM) == 0
    assert running.log == f"casebook: Telegram can't be reached ({cause}; HTTPS_PROXY may be the cause); trying again\n"


@together
async def test_ipv6_base_url() -> None:
    """A Bot API at an IPv6 address is reached."""
    if not _has_ipv6():
        pytest.skip("needs IPv6")
    async with (
        Double() as double,
        relayed(relay := Relay(double.port), "::1") as port,
        process(environment(double, TELEGRAM_BASE_URL=f"http://[::1]:{port}/bot")) as running,
    ):
        assert (await Person(double).asks("Who was she?")).text.startswith("1. Who")
        assert await running.end(signal.SIGTERM) == 0
    assert running.log == STARTED
    assert relay.came


@together
@pytest.mark.parametrize("listen", ["::1", "::"])
async def test_ipv6_listen(listen: str, capfd: pytest.CaptureFixture[str]) -> None:
    """The webhook is listened for at an IPv6 address; at `::` over IPv4 as well."""
    if not _has_ipv6():
        pytest.skip("needs IPv6")
    async with Double() as double:
        hosts = ["[::1]"] if listen == "::1" else ["[::1]", "127.0.0.1"]
        for host in hosts:
            env = hooked(double, port := free_port()) | {"TELEGRAM_WEBHOOK_LISTEN": listen}
            env["TELEGRAM_WEBHOOK_URL"] = f"http://{host}:{port}/casebook"
            async with serving(double, **env):
                person = Person(double, port)
                assert (await person.asks("Who was she?")).text.startswith("1. Who")
    named = [host.strip("[]") for host in hosts]
    assert capfd.readouterr().err == "".join(started(f"by webhook at {host}") for host in named)


def _has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True
