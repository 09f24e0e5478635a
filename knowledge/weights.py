"""What was learned from the wordings, and its one compact form as bytes.

The weights of a feature for all facts are one *row*: a byte a fact, 128 being nothing, times 2 to the row's shift,
times `unit`. A word has its own row, in which its letter groups are already counted. So has a pair that many wordings
hold; a rarer one points to the rows of those wordings.
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from array import array
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

FORMAT = b"casebook weights 2\n"
VERSION = 3
"""Raise it with any change of features or of learning: what was built before is stale then."""
CHECKSUM = 4
"""Bytes of the checksum that follows it."""
RARE = 3
"""Wordings up to which a pair points to their rows."""
POSTING = 1 << 63
"""The bit that marks a pair's value as up to `RARE` wordings, each plus one, `POSTING_BITS` bits each."""
POSTING_BITS = 21
UNIT_BITS = 24
ZERO = 128
"""The byte of a row that weighs nothing."""
NO_ROW = 0xFFFFFFFF


class WeightsError(ValueError):
    """The bytes are not weights of this version."""


class Weights(NamedTuple):
    """Learned weights.

    `words` are the vocabulary, with each one's uses in the wordings (`counts`), index in `units` (`unit_of`), row or
    `NO_ROW` (`row_of`) and inverse document frequency (`idf`, nats, 0 for a word of the layer that no wording holds).
    `pairs` are sorted keys (see `pair_key`) with a row or a posting each (`targets`). `squares` is, for each row, what
    its feature adds to the square of a question's length; `rare_square` what a rare pair adds.
    """

    digest: str
    facts: tuple[str, ...]
    words: tuple[str, ...]
    units: tuple[str, ...]
    unit: float
    rare_square: float
    wording_rows: int
    counts: array[int]
    unit_of: array[int]
    row_of: array[int]
    idf: array[float]
    pairs: array[int]
    targets: array[int]
    squares: array[float]
    shifts: array[int]
    rows: bytes


_ARRAYS: tuple[tuple[str, str], ...] = (
    ("counts", "I"),
    ("unit_of", "I"),
    ("row_of", "I"),
    ("idf", "f"),
    ("pairs", "Q"),
    ("targets", "Q"),
    ("squares", "f"),
    ("shifts", "B"),
)


def pair_key(first: int, second: int, *, ordered: bool) -> int:
    """One whole number for a pair of unit indices; for an unordered pair the smaller index comes first."""
    return ((first << UNIT_BITS | second) << 1) | ordered


def dump(weights: Weights) -> bytes:
    """The weights as bytes, the same for the same weights on every machine."""
    head = {
        "digest": weights.digest,
        "facts": weights.facts,
        "words": weights.words,
        "units": weights.units,
        "unit": weights.unit,
        "rare_square": weights.rare_square,
        "wording_rows": weights.wording_rows,
    }
    parts = [json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()]
    for name, code in _ARRAYS:
        values = array(code, getattr(weights, name))
        parts.append(_little(values).tobytes())
    parts.append(weights.rows)
    sizes = struct.pack(f"<{len(parts)}Q", *map(len, parts))
    body = sizes + b"".join(parts)
    return FORMAT + struct.pack("<I", zlib.crc32(body)) + body


def load(data: bytes) -> Weights:
    """Read what `dump` wrote; `WeightsError` where the bytes are something else."""
    if not data.startswith(FORMAT):
        raise WeightsError("these are not learned weights of this version: learn them again")
    body = memoryview(data)[len(FORMAT) + CHECKSUM :]
    if data[len(FORMAT) : len(FORMAT) + CHECKSUM] != struct.pack("<I", zlib.crc32(body)):
        raise WeightsError("the learned weights are damaged: learn them again")
    try:
        count = len(_ARRAYS) + 2
        ends = accumulate(struct.unpack_from(f"<{count}Q", body), initial=8 * count)
        parts = [body[start:end] for start, end in pairwise(ends)]
        head: dict[str, Any] = json.loads(bytes(parts[0]))
        for name in ("facts", "words", "units"):
            head[name] = tuple(head[name])
        for (name, code), part in zip(_ARRAYS, parts[1:], strict=False):
            values: array[Any] = array(code)
            values.frombytes(part)
            head[name] = _little(values)
        return Weights(**head, rows=bytes(parts[-1]))
    except (struct.error, ValueError, KeyError, TypeError) as error:
        raise WeightsError("the learned weights are damaged: learn them again") from error


def _little(values: array[Any]) -> array[Any]:
    """The array with its bytes in little-endian order, whatever the machine."""
    if sys.byteorder == "big":
        values = array(values.typecode, values)
        values.byteswap()
    return values
