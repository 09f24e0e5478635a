"""What the bot listens on, and what it tells there about itself: /live, /ready and /metrics."""

from __future__ import annotations

import errno
import socket
from typing import TYPE_CHECKING, Any

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.settings import OWN_PAGES, Listening, SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.faces.telegram.metrics import Tally

LARGEST = 1_000_000
"""Bytes of a request at the most; Telegram's updates are far smaller."""

BACKLOG = 128
"""Connections that wait to be taken, at the most."""


class Silent(RequestHandler):
    """Answers errors with their number only."""

    def write_error(self, status_code: int, **_: Any) -> None:
        """Answer an error."""
        self.finish(f"{status_code}\n")

    def log_exception(self, *_: Any) -> None:
        """Log nothing: what failed may hold words."""


class Health:
    """Whether messages are being answered. Each question is asked anew, and answered with a line or, where all is well, "".

    A line of `hindrances` says why no messages are answered; one of `notes` what an operator should know besides.
    """

    def __init__(self) -> None:
        """Start with no questions."""
        self.hindrances: list[Callable[[], str]] = []
        self.notes: list[Callable[[], str]] = []

    def told(self) -> tuple[bool, str]:
        """Return whether messages are being answered, and the page that says so."""
        in_the_way = next(filter(None, (ask() for ask in self.hindrances)), "")
        lines = [f"not answering: {in_the_way}" if in_the_way else "ok", *filter(None, (ask() for ask in self.notes))]
        return not in_the_way, "".join(f"{line}\n" for line in lines)


class Live(Silent):
    """Says 200 while the process can answer at all."""

    def get(self) -> None:
        """Answer."""
        self.finish("ok\n")

    head = get


class Ready(Silent):
    """Says 200 while messages are being answered, 503 before, after and otherwise."""

    def initialize(self, health: Health) -> None:
        """Take the questions to ask."""
        self._health = health

    def get(self) -> None:
        """Answer."""
        is_well, page = self._health.told()
        self.set_status(200 if is_well else 503)
        self.finish(page)

    head = get


class Metrics(Silent):
    """Tells counts and latencies."""

    def initialize(self, tally: Tally) -> None:
        """Take the counts."""
        self._tally = tally

    def get(self) -> None:
        """Answer in Prometheus' text format; 501 where its client isn't installed."""
        try:
            page = self._tally.text()
        except ImportError:
            self.set_status(501)
            self.finish("metrics need the package prometheus-client; install casebook[metrics]\n")
        else:
            self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            self.finish(page)

    head = get


def routes_of(health: Health) -> list[Any]:
    """Return the pages about whether the bot lives and answers."""
    return [
        (name, Live if name == "/live" else Ready, {} if name == "/live" else {"health": health}) for name in OWN_PAGES
    ]


def open_health(at: Listening, health: Health, tally: Tally) -> HTTPServer:
    """Listen for an orchestrator and for Prometheus."""
    return listen(bind(at), at, [*routes_of(health), ("/metrics", Metrics, {"tally": tally})])


def bind(at: Listening) -> socket.socket:
    """Take an address and a port; nobody can connect yet. Raise SettingError where they can't be had.

    `::` is every address of the machine, IPv4 too.
    """
    try:
        taken = socket.socket(socket.AF_INET6 if ":" in at.address else socket.AF_INET)
        try:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if taken.family == socket.AF_INET6:
                taken.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, at.address != "::")
            taken.bind((at.address, at.port))
            taken.setblocking(False)
        except BaseException:
            taken.close()
            raise
    except (OSError, UnicodeError) as error:
        raise _refused(at, error) from None
    return taken


def listen(taken: socket.socket, at: Listening, routes: list[Any]) -> HTTPServer:
    """Let others connect, and answer them."""
    server = HTTPServer(Application(routes, log_function=lambda _: None), max_body_size=LARGEST)
    try:
        taken.listen(BACKLOG)
    except OSError as error:
        taken.close()
        raise _refused(at, error) from None
    server.add_sockets([taken])
    return server


def _refused(at: Listening, error: OSError | UnicodeError) -> SettingError:
    why = error.errno if isinstance(error, OSError) else None
    port, address = f"{at.setting}_PORT", f"{at.setting}_LISTEN"
    if why == errno.EADDRINUSE:
        mend = "choose another, or stop what listens there"
        return SettingError(port, f"port {at.port} is taken", mend, may_pass=True)
    if why in {errno.EACCES, errno.EPERM}:
        return SettingError(port, f"port {at.port} isn't allowed to this user", "choose one from 1024 on")
    if why == errno.EADDRNOTAVAIL:
        return SettingError(address, "is no address of this machine now", "write one that is", may_pass=True)
    mend = "write one such as 127.0.0.1, ::1, 0.0.0.0 for every one, or :: for every one, IPv6 too"
    return SettingError(address, "is no address that can be listened on", mend)
