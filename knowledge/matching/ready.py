"""A case read and found sound, as bytes that the next start takes up without reading a line of YAML."""

from __future__ import annotations

import hashlib
import importlib
import io
import pickle
import zlib
from datetime import date
from enum import Enum
from typing import Any, NamedTuple, Self

from knowledge.case.layers import SHIPPED, Files
from knowledge.case.model import Case
from knowledge.language.assertion import AssertionReader
from knowledge.language.english import Language
from knowledge.matching import learning
from knowledge.matching.compiled import Compiled

DIGITS = 32
SUM = 4
"""The bytes of the checksum before the rest."""


class UnreadyError(ValueError):
    """Bytes that are not what `to_bytes` wrote."""


class Ready(NamedTuple):
    """A case that nothing structural is wrong with, its claims compiled, and the digest of what its index is learned from."""

    case: Case
    claims: Compiled
    learned_from: str

    @classmethod
    def of(cls, case: Case) -> Self:
        """Make a sound case ready."""
        language = Language.of(case)
        claims = Compiled.of(case, language, AssertionReader.of(case, language))
        return cls(case, claims, learning.digest(case))


def digest(files: Files) -> str:
    """Return what stands for the files of a case and the program that reads them, 32 hexadecimal digits."""
    found = hashlib.sha256()
    for source in sorted((SHIPPED / "knowledge").rglob("*.py")):
        found.update(source.read_bytes())
    for name, data in files.contents():
        found.update(f"\n{name} {len(data)}\n".encode())
        found.update(data)
    return found.hexdigest()[:DIGITS]


def to_bytes(ready: Ready) -> bytes:
    """Return a case that is ready as bytes, with a checksum."""
    data = pickle.dumps(ready, pickle.HIGHEST_PROTOCOL)
    return zlib.crc32(data).to_bytes(SUM) + data


def from_bytes(data: bytes) -> Ready:
    """Read what `to_bytes` wrote. Raises UnreadyError for anything else; nothing is made but records of this project."""
    if zlib.crc32(data[SUM:]).to_bytes(SUM) != data[:SUM]:
        raise UnreadyError("it isn't whole")
    try:
        found = _Records(io.BytesIO(data[SUM:])).load()
    except (pickle.UnpicklingError, ValueError, TypeError, LookupError, AttributeError, ImportError, EOFError) as error:
        raise UnreadyError(str(error)) from error
    if not isinstance(found, Ready):
        raise UnreadyError("it is something else")
    return found


def _member(kind: type[Enum], name: str) -> Enum:
    """A member of an enumeration, which the first releases of Python 3.11 write as `getattr` of it. Raises UnpicklingError for anything else."""
    if not (isinstance(kind, type) and issubclass(kind, Enum)):
        message = f"it asks for {name} of {kind}"
        raise pickle.UnpicklingError(message)
    return kind[name]


class _Records(pickle.Unpickler):
    """Makes records of this project and dates alone: whatever else a file may ask for is refused."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("datetime", "date"):
            return date
        if (module, name) == ("builtins", "getattr"):
            return _member
        if module.startswith("knowledge."):
            found = getattr(importlib.import_module(module), name)
            if isinstance(found, type) and issubclass(found, tuple | Enum):
                return found
        message = f"it asks for {module}.{name}"
        raise pickle.UnpicklingError(message)
