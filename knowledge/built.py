"""A case built for a quick start: everything read from YAML, and the learned weights, in one file.

YAML is for editors; reading seven thousand lines of it takes longer than answering a thousand questions. The built file
holds the same values as JSON, with a fingerprint of the files that they came from: any change to one of these makes
it stale, and then the YAML is read instead.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import Any

from knowledge.english import English
from knowledge.model import (
    CareSigns,
    Case,
    Concern,
    Difference,
    Entity,
    Fact,
    Helpline,
    Language,
    Need,
    Passage,
    Signal,
    Source,
    Status,
    Voice,
)
from knowledge.weights import FORMAT, VERSION

MARK = b"casebook built 2\n"
FINGERPRINT = 16
SIZE = 8
SHAPE = repr([
    (kind.__name__, kind._fields)
    for kind in (CareSigns, Case, Concern, Difference, English, Entity, Fact, Helpline, Language, Need, Passage, Signal,
                 Source, Voice)
])  # fmt: skip
"""The fields of all that is kept, in their order: where they change, what was built before is stale."""


def fingerprint(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return 16 bytes that stand for the names and contents of some files, and for how what is kept is made and laid out."""
    found = hashlib.blake2b(f"{SHAPE}{FORMAT!r}{VERSION}".encode(), digest_size=FINGERPRINT)
    for name, data in sorted(files):
        found.update(f"{name}\n{len(data)}\n".encode())
        found.update(data)
    return found.digest()


def pack(print_: bytes, case: Case, weights: bytes) -> bytes:
    """Return a case and its weights as the bytes of the built file."""
    plain = json.dumps(_plain(case), separators=(",", ":")).encode()
    return MARK + print_ + len(plain).to_bytes(SIZE, "little") + plain + weights


def unpack(data: bytes, print_: bytes) -> tuple[Case, bytes] | None:
    """Return the case and its weights, None where the bytes are not of the files with this fingerprint."""
    head = len(MARK) + FINGERPRINT
    if data[:head] != MARK + print_:
        return None
    size = int.from_bytes(data[head : head + SIZE], "little")
    start = head + SIZE
    try:
        plain = json.loads(data[start : start + size])
    except ValueError:
        return None
    return _case(plain), data[start + size :]


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(value)
    return None if isinstance(value, bytes) else value


def _case(plain: list[Any]) -> Case:
    (
        title,
        place,
        about,
        it,
        year,
        as_of,
        entities,
        sources,
        facts,
        helplines,
        voice,
        english,
        care,
        moves,
        languages,
    ) = plain[:15]
    return Case(
        title,
        place,
        about,
        it,
        year,
        date.fromisoformat(as_of),
        {key: Entity(*_tuples(item)) for key, item in entities.items()},
        {key: _source(item) for key, item in sources.items()},
        {key: _fact(item) for key, item in facts.items()},
        {key: _helpline(item) for key, item in helplines.items()},
        Voice(voice[0]),
        _english(english),
        _care(care),
        tuple((wording, move) for wording, move in moves),
        {key: _language(item) for key, item in languages.items()},
    )


def _tuples(item: list[Any]) -> list[Any]:
    return [tuple(value) if isinstance(value, list) else value for value in item]


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _source(item: list[Any]) -> Source:
    id_, publisher, counts_as, headline, published, about, passages, left_out, sensational = item
    found = {key: Passage(*passage) for key, passage in passages.items()}
    reasons = {int(number): reason for number, reason in left_out.items()}
    return Source(id_, publisher, counts_as, headline, _day(published), about, found, reasons, sensational)


def _fact(item: list[Any]) -> Fact:
    values = dict(zip(Fact._fields, _tuples(item), strict=True))
    values["status"] = Status(values["status"])
    values["when"] = _day(values["when"])
    values["differs"] = tuple(Difference(tuple(passages), note) for passages, note in values["differs"])
    return Fact(**values)


def _helpline(item: list[Any]) -> Helpline:
    values = dict(zip(Helpline._fields, _tuples(item), strict=True))
    values["checked"] = _day(values["checked"])
    return Helpline(**values)


def _english(item: list[Any]) -> English:
    values = dict(zip(English._fields, item, strict=True))
    values["common"] = frozenset(values["common"])
    for key in ("question", "polar"):
        values[key] = {kind: tuple(phrases) for kind, phrases in values[key].items()}
    return English(**values)


def _care(item: list[Any]) -> CareSigns:
    concerns, needs, offered, lists, signals, figurative, examples = item
    return CareSigns(
        {key: Concern(*_tuples(concern)) for key, concern in concerns.items()},
        {key: Need(*_tuples(need)) for key, need in needs.items()},
        tuple(offered),
        {key: tuple(entries) for key, entries in lists.items()},
        tuple(Signal(*_tuples(signal)) for signal in signals),
        tuple(figurative),
        tuple((message, concern) for message, concern in examples),
    )


def _language(item: list[Any]) -> Language:
    id_, name, script, greetings, help_, words, line, danger = item
    return Language(id_, name, script, tuple(greetings), tuple(help_), frozenset(words), line, danger)
