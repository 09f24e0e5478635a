"""The signs of danger and distress that an editor wrote down: the patterns of `voice/care.yaml`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from knowledge.case.general import Signal
from knowledge.case.model import Case
from knowledge.language.patterns import PatternError, PatternReader
from knowledge.language.text import tokenise


class Signals:
    """The patterns, ready to be looked for.

    `<case>` stands for the names of the case's people, and with an s for what is theirs. Raises PatternError for a
    pattern that cannot be read, or leaves its signal silent where that is asked for.
    """

    def __init__(self, case: Case, *, ignore_broken: bool = False) -> None:
        people = [entity for entity in case.entities.values() if entity.kind == "person"]
        names = [" ".join(tokenise(name)) for entity in people for name in (entity.name, *entity.aliases)]
        owners = [f"{name}s" for name in names if name and name[-1] != "s"]
        self.lists = {**case.care.lists, "case": (*filter(None, names), *owners)}
        self.reader = PatternReader(self.lists)
        read = self.reader.read_all
        signals = [signal for signal in case.care.signals if not (ignore_broken and _broken(signal, read))]
        self._signals = {signal.id: signal for signal in signals}
        self._when = read({signal.id: signal.when for signal in signals})
        self._unless = read({signal.id: signal.unless for signal in signals})
        for need in case.care.needs.values():
            self.reader.read(need.when)
        self._named = self.reader.piece("<case>")
        self._mine = frozenset(case.care.lists["mine"])

    def heard(self, typed: Sequence[str], said: Sequence[str]) -> Iterator[Signal]:
        """Yield the signals that a message's words set off, before or after mending; mending undoes no `unless`."""
        shown = self._when.names(typed)
        mended = set[str]() if typed == said else self._when.names(said)
        if shown or mended:
            excused = self._unless.names(self._unclaimed(typed), shown | mended)
            mended = mended and mended - self._unless.names(self._unclaimed(said), mended)
            shown = (shown | mended) - excused
            yield from (signal for id_, signal in self._signals.items() if id_ in shown)

    def _unclaimed(self, words: Sequence[str]) -> list[str]:
        """The words without the case's people where the writer claims one: "my ex-husband" is nobody of the case."""
        kept: list[str] = []
        while len(kept) < len(words):
            at = len(kept)
            claimed = at and words[at - 1] in self._mine
            end = max(self._named.ends(words, at), default=at) if claimed else at
            kept += ["someone"] * (end - at) or [words[at]]
        return kept


def _broken(signal: Signal, read: Callable[[Mapping[str, Iterable[str]]], object]) -> bool:
    try:
        read({signal.id: (*signal.when, *signal.unless)})
    except PatternError:
        return True
    return False
