"""What lies in the folders of a case and isn't read: a file of another ending, a folder where a file is meant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knowledge.case.problems import Mark, Problem

ENDINGS = {
    "knowledge": {".yaml"},
    "knowledge/facts": {".yaml"},
    "knowledge/claims": {".yaml"},
    "knowledge/wordings": {".txt"},
    "knowledge/voice": {".yaml", ".txt"},
    "knowledge/voice/own": {".yaml", ".txt"},
    "seeds": {".yaml"},
}
"""The folders of a case, with how the files in them end."""
OTHERS = frozenset({".py", ".md", ".typed"})
"""Endings of files that may lie beside them and are none of the case."""


def found(folder: Path, *, named: bool) -> Iterator[Problem]:
    """Yield a problem for each thing in a case's folders that looks like a part of it and can't be read as one."""
    for path, endings in ENDINGS.items():
        for file in sorted((folder / path).glob("*")):
            mark = Mark(str(file) if named else f"{path}/{file.name}")
            if is_hidden(file) or (file.is_dir() and file.suffix not in endings) or file.suffix in OTHERS:
                continue
            if file.suffix not in endings:
                mend = f"let its name end in {' or '.join(sorted(endings))}, or take it away"
                yield Problem(mark, "file-name", "the file isn't read", mend)
            elif not file.is_file():
                yield Problem(mark, "file-name", "this is no file", "take it away, or give it another name")


def is_meant(file: Path) -> bool:
    """Tell whether a file is one of the case: no folder, no pipe, nothing that an editor hides."""
    return not is_hidden(file) and file.is_file()


def is_hidden(file: Path) -> bool:
    """Tell whether an editor or the system keeps a file for itself."""
    return file.name.startswith(".") or file.name.endswith("~") or file.name == "__pycache__"
