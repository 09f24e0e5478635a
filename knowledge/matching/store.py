"""Where an index is kept: in a file that somebody made ahead, in the user's cache folder, or in memory alone.

It holds numbers learned from the case's own wordings, nothing that anybody typed.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import platformdirs

from knowledge.matching.index import Index, IndexFileError

SETTING = "CASEBOOK_INDEX"
"""The setting that names a file made ahead; `none` keeps everything in memory."""
NOWHERE = "none"
KEPT = 3
"""How many indexes stay in the cache folder, the newest: one a case, and one for a branch beside."""
HEAD = b"casebook index "
SOUND = ".sound"
"""How the file beside an index ends that names the files from which it was made, as they were found sound."""


def find(digest: str, env: Mapping[str, str]) -> Index | None:
    """Return the index that was learned from what the digest stands for, None where none is kept that is whole."""
    for file in _files(digest, env):
        with suppress(OSError, IndexFileError):
            return read(file, digest)
    return None


def keep(index: Index, digest: str, env: Mapping[str, str]) -> None:
    """Keep an index in the cache folder, and no more than the newest few; where that can't be written, do nothing."""
    if env.get(SETTING) == NOWHERE:
        return
    with suppress(OSError):
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        write(index, digest, folder / f"{digest}.index")
        _let_go(folder, "*.index")


def _let_go(folder: Path, pattern: str) -> None:
    """Keep the newest few of some files."""
    kept = sorted(folder.glob(pattern), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in kept[KEPT:]:
        file.unlink(missing_ok=True)


def note(digest: str, env: Mapping[str, str], beside: Path | None) -> None:
    """Keep that what the digest stands for was found sound: beside an index made ahead, else in the cache folder."""
    if beside is None and env.get(SETTING) == NOWHERE:
        return
    with suppress(OSError):
        if beside is not None:
            beside.with_name(beside.name + SOUND).write_text(digest, encoding="ascii")
            return
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{digest}{SOUND}").write_text(digest, encoding="ascii")
        _let_go(folder, f"*{SOUND}")


def is_noted(digest: str, env: Mapping[str, str]) -> bool:
    """Tell whether what the digest stands for was found sound."""
    named = env.get(SETTING, "")
    if named == NOWHERE:
        return False
    beside = [Path(named + SOUND)] if named else []
    for file in (*beside, _folder() / f"{digest}{SOUND}"):
        with suppress(OSError, UnicodeError):
            if file.read_text(encoding="ascii") == digest:
                return True
    return False


def read(file: Path, digest: str) -> Index:
    """Read an index. Raises OSError where there is no file, IndexFileError where it is another one or not whole."""
    data = file.read_bytes()
    head = HEAD + digest.encode() + b"\n"
    if not data.startswith(head):
        raise IndexFileError("it was learned from something else")
    return Index.from_bytes(data[len(head) :])


def write(index: Index, digest: str, file: Path) -> None:
    """Write an index beside its place and rename it, so that nobody ever reads half of one. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(HEAD + digest.encode() + b"\n" + index.to_bytes())
        Path(name).chmod(0o644)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _files(digest: str, env: Mapping[str, str]) -> list[Path]:
    named = env.get(SETTING, "")
    if named == NOWHERE:
        return []
    kept = _folder() / f"{digest}.index"
    return [Path(named), kept] if named else [kept]


def _folder() -> Path:
    return Path(platformdirs.user_cache_dir("casebook", appauthor=False))
