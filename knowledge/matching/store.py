"""Where an index and a case that was read are kept: in files made ahead, in the user's cache folder, or in memory alone.

They hold what was made from the case's own files, nothing that anybody typed.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import platformdirs

from knowledge.matching import ready
from knowledge.matching.index import Index, IndexFileError
from knowledge.matching.ready import Ready, UnreadyError

SETTING = "CASEBOOK_INDEX"
"""The setting that names a file made ahead; `none` keeps everything in memory."""
NOWHERE = "none"
KEPT = 3
"""How many of each kind stay in the cache folder, the newest: one a case, and one for a branch beside."""
INDEX, READY = ".index", ".ready"
"""How the names of the two kinds of files end; that of a case stands beside an index that was made ahead."""


def find(digest: str, env: Mapping[str, str]) -> Index | None:
    """Return the index that was learned from what the digest stands for, None where none is kept that is whole."""
    for file in _files(digest, env):
        with suppress(OSError, IndexFileError):
            return read(file, digest)
    return None


def keep(index: Index, digest: str, env: Mapping[str, str]) -> None:
    """Keep an index in the cache folder, and no more than the newest few; where that can't be written, do nothing."""
    if env.get(SETTING) != NOWHERE:
        with suppress(OSError):
            _keep(_head(INDEX, digest) + index.to_bytes(), f"{digest}{INDEX}")


def find_ready(digest: str, env: Mapping[str, str]) -> Ready | None:
    """Return the case whose files the digest stands for, as it was read and found sound; None where none is kept that is whole."""
    named = env.get(SETTING, "")
    if named == NOWHERE:
        return None
    head = _head(READY, digest)
    for file in (*([_beside(Path(named))] if named else []), _folder() / f"{digest}{READY}"):
        with suppress(OSError, UnreadyError):
            data = file.read_bytes()
            if data.startswith(head):
                return ready.from_bytes(data[len(head) :])
    return None


def keep_ready(case: Ready, digest: str, env: Mapping[str, str], index: Path | None = None) -> None:
    """Keep a case that was found sound: beside an index made ahead, else in the cache folder; where that can't be, do nothing."""
    if index is None and env.get(SETTING) == NOWHERE:
        return
    with suppress(OSError):
        if index is not None:
            _write(_head(READY, digest) + ready.to_bytes(case), _beside(index))
        else:
            _keep(_head(READY, digest) + ready.to_bytes(case), f"{digest}{READY}")


def read(file: Path, digest: str) -> Index:
    """Read an index. Raises OSError where there is no file, IndexFileError where it is another one or not whole."""
    data = file.read_bytes()
    head = _head(INDEX, digest)
    if not data.startswith(head):
        raise IndexFileError("it was learned from something else")
    return Index.from_bytes(data[len(head) :])


def write(index: Index, digest: str, file: Path) -> None:
    """Write an index to a file. Raises OSError."""
    _write(_head(INDEX, digest) + index.to_bytes(), file)


def _head(kind: str, digest: str) -> bytes:
    return f"casebook {kind[1:]} {digest}\n".encode()


def _beside(index: Path) -> Path:
    return index.with_name(index.name + READY)


def _keep(data: bytes, name: str) -> None:
    """Write a file into the cache folder, and let go all but the newest few of its kind. Raises OSError."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    _write(data, folder / name)
    kept = sorted(folder.glob(f"*{Path(name).suffix}"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in kept[KEPT:]:
        file.unlink(missing_ok=True)


def _write(data: bytes, file: Path) -> None:
    """Write a file beside its place and rename it, so that nobody ever reads half of one. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _files(digest: str, env: Mapping[str, str]) -> list[Path]:
    named = env.get(SETTING, "")
    if named == NOWHERE:
        return []
    kept = _folder() / f"{digest}{INDEX}"
    return [Path(named), kept] if named else [kept]


def _folder() -> Path:
    return Path(platformdirs.user_cache_dir("casebook", appauthor=False))
