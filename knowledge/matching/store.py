"""Where an index and a case that was read are kept: in files made ahead, in the user's cache folder, or in memory alone.

They hold what was made from the case's own files, nothing that anybody typed.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
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
    for data in _held(INDEX, digest, env):
        with suppress(IndexFileError):
            return Index.from_bytes(data)
    return None


def keep(index: Index, digest: str, env: Mapping[str, str]) -> None:
    """Keep an index in the cache folder, and no more than the newest few; where that can't be written, do nothing."""
    if env.get(SETTING) != NOWHERE:
        _keep(INDEX, digest, index.to_bytes())


def write(index: Index, digest: str, file: Path) -> None:
    """Write an index to a file. Raises OSError."""
    _write(_head(INDEX, digest) + index.to_bytes(), file)


def find_ready(digest: str, env: Mapping[str, str]) -> Ready | None:
    """Return the case whose files the digest stands for, as it was read and found sound; None where none is kept that is whole."""
    for data in _held(READY, digest, env):
        with suppress(UnreadyError):
            return ready.from_bytes(data)
    return None


def keep_ready(case: Ready, digest: str, env: Mapping[str, str], index: Path | None = None) -> None:
    """Keep a case that was found sound: beside an index made ahead, else in the cache folder; where that can't be, do nothing."""
    data = ready.to_bytes(case)
    if index is not None:
        with suppress(OSError):
            _write(_head(READY, digest) + data, _ahead(READY, index))
    elif env.get(SETTING) != NOWHERE:
        _keep(READY, digest, data)


def _held(kind: str, digest: str, env: Mapping[str, str]) -> Iterator[bytes]:
    """What the files of a kind hold that are kept under a digest: of one made ahead, then of the cache folder."""
    named, head = env.get(SETTING, ""), _head(kind, digest)
    if named == NOWHERE:
        return
    for file in (*([_ahead(kind, Path(named))] if named else []), _folder() / f"{digest}{kind}"):
        with suppress(OSError):
            data = file.read_bytes()
            if data.startswith(head):
                yield data[len(head) :]


def _head(kind: str, digest: str) -> bytes:
    return f"casebook {kind[1:]} {digest}\n".encode()


def _ahead(kind: str, index: Path) -> Path:
    """The file of a kind that was made ahead: an index, or the case beside it."""
    return index if kind == INDEX else index.with_name(index.name + kind)


def _keep(kind: str, digest: str, data: bytes) -> None:
    """Write a file into the cache folder, and let go all but the newest few of its kind; where that can't be, do nothing."""
    with suppress(OSError):
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        _write(_head(kind, digest) + data, folder / f"{digest}{kind}")
        kept = sorted(folder.glob(f"*{kind}"), key=lambda file: file.stat().st_mtime, reverse=True)
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


def _folder() -> Path:
    return Path(platformdirs.user_cache_dir("casebook", appauthor=False))
