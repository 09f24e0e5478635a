"""Counts and latencies for the operator, in Prometheus' text format. Never content, never who."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from bot.operator import version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prometheus_client import Metric

    from bot.reply import Kind

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper bounds of the latency buckets, in seconds from taking a message to its last reply sent."""


class Latencies:
    """How long replies took."""

    def __init__(self) -> None:
        """Start with none."""
        self.counts = [0] * (len(BOUNDS) + 1)
        self.total = 0.0

    def add(self, seconds: float) -> None:
        """Count one."""
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds

    def buckets(self) -> list[tuple[str, float]]:
        """Return how many took no longer than each bound.

        >>> latencies = Latencies()
        >>> latencies.add(7.0)
        >>> latencies.buckets()[-3:]
        [('10.0', 1), ('30.0', 1), ('+Inf', 1)]
        """
        return list(zip([*map(str, BOUNDS), "+Inf"], accumulate(self.counts), strict=True))


class Tally:
    """What is counted, whether or not anybody looks at it. `gauges` are asked when somebody does: name, meaning, value."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.gauges: list[tuple[str, str, Callable[[], float]]] = [
            (
                "casebook_last_heard_timestamp_seconds",
                "When Telegram last gave updates, or said there are none",
                lambda: self.last_heard,
            )
        ]
        self._latencies: dict[str, Latencies] = {}
        self._errors: Counter[str] = Counter()
        self._unreached: Counter[str] = Counter()
        self._pauses: Counter[str] = Counter()
        self._let_go = 0
        self.last_heard = 0.0
        """When Telegram last gave updates, or said that there are none, as `time.time()`."""

    def replied(self, kind: Kind, seconds: float) -> None:
        """Count a reply and the time it took."""
        self._latencies.setdefault(kind.value, Latencies()).add(seconds)

    def failed(self, kind: str) -> None:
        """Count an error by its kind."""
        self._errors[kind] += 1

    def unreached(self, kind: str) -> None:
        """Count what is no error of ours: blocked, migrated, no right to write, markup refused, a cut line."""
        self._unreached[kind] += 1

    def let_go(self) -> None:
        """Count a message above its chat's pace that got no reply of its own."""
        self._let_go += 1

    def paused(self, method: str) -> None:
        """Count a 429 by the method that it answered."""
        self._pauses[method] += 1

    def heard(self) -> None:
        """Note that Telegram gave updates, or said that there are none."""
        self.last_heard = time.time()

    def collect(self) -> Iterator[Metric]:
        """Yield all counts as Prometheus' own client wants them."""
        from prometheus_client.core import (  # noqa: PLC0415 - an extra
            CounterMetricFamily,
            GaugeMetricFamily,
            HistogramMetricFamily,
            InfoMetricFamily,
        )

        yield InfoMetricFamily("casebook_build", "The version that runs", {"version": version()})
        replies = HistogramMetricFamily(
            "casebook_reply_seconds", "Time from message to reply, by kind", labels=["kind"]
        )
        for kind, latencies in self._latencies.items():
            replies.add_metric([kind], latencies.buckets(), latencies.total)
        yield replies
        for name, meaning, label, counts in (
            ("casebook_errors", "Errors, by kind", "kind", self._errors),
            ("casebook_unreached", "Replies that Telegram did not take as they were, by why", "kind", self._unreached),
            ("casebook_pauses", "Times that Telegram asked for a pause (429), by method", "method", self._pauses),
        ):
            family = CounterMetricFamily(name, meaning, labels=[label])
            for value, count in counts.items():
                family.add_metric([value], count)
            yield family
        meaning = "Messages above their chat's pace that got no reply of their own"
        yield CounterMetricFamily("casebook_let_go", meaning, self._let_go)
        for name, meaning, ask in self.gauges:
            yield GaugeMetricFamily(name, meaning, ask())

    def text(self) -> bytes:
        """Return all counts as a page. Raises ImportError without Prometheus' client, which the extra `metrics` brings."""
        from prometheus_client import generate_latest  # noqa: PLC0415

        return generate_latest(self)
