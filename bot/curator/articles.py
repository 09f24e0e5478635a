"""The articles' texts as a curator keeps them: a folder with one file for each source, called ID.txt, a line a paragraph."""

from __future__ import annotations

import json
from pathlib import Path

from bot.operator import UsageError


def read(folder: Path) -> dict[str, str]:
    """Return the articles' texts by source id. Raises UsageError for no folder, no articles, or a text that isn't UTF-8."""
    if not folder.is_dir():
        problem, mend = f"there is no folder {folder}", "give the folder that holds the articles' texts"
        raise UsageError("--articles", problem, mend)
    files = [file for file in sorted(folder.glob("*.txt")) if file.is_file() and not file.name.startswith(".")]
    if not files:
        problem, mend = f"{folder} holds no article", "put each there in a file called as its source, ID.txt"
        raise UsageError("--articles", problem, mend)
    return {file.stem: text(file) for file in files}


def text(file: Path) -> str:
    """Return the text of a file. Raises UsageError where it can't be read, with the line that isn't UTF-8."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        before = file.read_bytes()[: error.start].splitlines() or [b""]
        place = f"{file}:{len(before)}"
        raise UsageError(place, "this line is not UTF-8", "save the file as UTF-8") from None
    except OSError as error:
        raise UsageError(file, f"can't be read ({error.strerror})", "name a file of text") from None


def in_yaml(words: str | None) -> str:
    r"""Return a text as YAML reads it back, whatever signs it holds, and `null` for none.

    >>> in_yaml('called a "hero": so he was')
    '"called a \\"hero\\": so he was"'
    """
    return "null" if words is None else json.dumps(words, ensure_ascii=False)
