"""Care: whether somebody who writes is in danger, hurt, distressed, or asking for support. Decided before any search."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.lookup import Lookup
from knowledge.model import Case
from knowledge.patterns import compile_any
from knowledge.text import tokenise

GRAVEST_FIRST = (
    "danger", "crisis", "child", "stalking", "abuse", "own", "worried", "past", "bereaved", "witness", "harm",
    "contacts", "upset",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cry:
    """What was heard: the concern, the contacts for it in order (empty: those of the concern), a line before all else."""

    concern: str
    contacts: tuple[str, ...] = ()
    line: str = ""


class Care:
    """Hears distress. Holds nothing of what people write."""

    def __init__(self, case: Case) -> None:
        self._case = case
        people = [entity for entity in case.entities.values() if entity.kind == "person"]
        names = [" ".join(tokenise(name)) for entity in people for name in (entity.name, *entity.aliases)]
        lists = {**case.care.lists, "case": tuple(name for name in names if name)}
        self._signals = [
            (signal, compile_any(signal.when, lists), compile_any(signal.unless, lists)) for signal in case.care.signals
        ]
        self._needs = [(need, compile_any(need.when, lists)) for need in case.care.needs.values()]

    def read(self, message: str, lookup: Lookup) -> Cry | None:
        """Return what is heard in a message, or None where nothing is."""
        words = [word for token in tokenise(message) for word in tokenise(self._case.english.expand.get(token, token))]
        text = " ".join(words) + " "
        concerns = {signal.concern for signal, when, unless in self._signals if when and when.search(text) and not (unless and unless.search(text))}
        concern = next((name for name in GRAVEST_FIRST if name in concerns), None)
        if concern is None:
            return None
        contacts = self._contacts(text) if concern == "contacts" else ()
        return Cry(concern, contacts)

    def _contacts(self, text: str) -> tuple[str, ...]:
        found = [need for need, when in self._needs if when and when.search(text)]
        return tuple(dict.fromkeys(id_ for need in found for id_ in need.contacts))
