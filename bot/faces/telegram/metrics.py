"""Counts and latencies for the operator, in Prometheus' text format. Never content, never who."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.settings import SettingError

if TYPE_CHECKING:
    from bot.reply import Kind

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper bounds of the latency buckets, in seconds from taking a message to its last reply sent."""


class Tally(Protocol):
    """What is counted."""

    def replied(self, kind: Kind, seconds: float) -> None:
        """Count a reply and the time it took."""

    def failed(self, kind: str) -> None:
        """Count an error by its kind."""

    def unreached(self, kind: str) -> None:
        """Count what is no error of ours: blocked, migrated, no right to write, markup refused, a cut line."""

    def let_go(self) -> None:
        """Count a message above its chat's pace that got no reply of its own."""

    def text(self) -> bytes:
        """Return all counts as a page for Prometheus."""


class NoTally:
    """Counts nothing."""

    def replied(self, kind: Kind, seconds: float) -> None:
        """Do nothing."""

    def failed(self, kind: str) -> None:
        """Do nothing."""

    def unreached(self, kind: str) -> None:
        """Do nothing."""

    def let_go(self) -> None:
        """Do nothing."""

    def text(self) -> bytes:
        """Return an empty page."""
        return b""


class Prometheus:
    """Counts with Prometheus' own client, which the extra `metrics` brings."""

    def __init__(self) -> None:
        """Set up counters of this object's own, so that two never mix."""
        try:
            import prometheus_client as prometheus  # noqa: PLC0415 - an extra, and off by default
        except ImportError:
            problem, mend = "needs prometheus-client", "install casebook[metrics], or leave the setting out"
            raise SettingError("CASEBOOK_METRICS_PORT", problem, mend) from None
        self._page = prometheus.generate_latest
        self._registry = registry = prometheus.CollectorRegistry()
        self._replies = prometheus.Histogram(
            "casebook_reply_seconds",
            "Time from message to reply, by kind",
            ["kind"],
            buckets=SECONDS,
            registry=registry,
        )
        self._errors = prometheus.Counter("casebook_errors", "Errors, by kind", ["kind"], registry=registry)
        self._unreached = prometheus.Counter(
            "casebook_unreached", "Replies that Telegram did not take as they were, by why", ["kind"], registry=registry
        )

        self._let_go = prometheus.Counter(
            "casebook_let_go", "Messages above their chat's pace that got no reply of their own", registry=registry
        )

    def replied(self, kind: Kind, seconds: float) -> None:
        """Count a reply and the time it took."""
        self._replies.labels(kind.value).observe(seconds)

    def failed(self, kind: str) -> None:
        """Count an error by its kind."""
        self._errors.labels(kind).inc()

    def unreached(self, kind: str) -> None:
        """Count a reply that Telegram did not take as it was."""
        self._unreached.labels(kind).inc()

    def let_go(self) -> None:
        """Count a message that got no reply of its own."""
        self._let_go.inc()

    def text(self) -> bytes:
        """Return the page."""
        return self._page(self._registry)
