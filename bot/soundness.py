"""Whether a case's files were found sound before, so that a start need not look again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePath

from knowledge import checks
from knowledge.case.load import Loaded
from knowledge.matching import store

DIGITS = 32
RULES = sorted(Path(checks.__file__).parent.glob("*.py"))


def digest(loaded: Loaded) -> str:
    """Return what stands for the files of a case and the rules that they were held against."""
    found = hashlib.sha256()
    for rules in RULES:
        found.update(rules.read_bytes())
    for name, text in sorted(loaded.texts.items()):
        file = PurePath(name)
        found.update(f"\n{file.parent.name}/{file.name} {len(text)}\n".encode())
        found.update(text.encode("utf-8", "surrogatepass"))
    return found.hexdigest()[:DIGITS]


def is_sound(loaded: Loaded, env: Mapping[str, str]) -> bool:
    """Tell whether just these files were found sound."""
    return not loaded.problems and store.is_noted(digest(loaded), env)


def note(loaded: Loaded, env: Mapping[str, str], beside: Path | None) -> None:
    """Keep that they are sound: beside an index that was made ahead, or in the cache folder."""
    store.note(digest(loaded), env, beside)
