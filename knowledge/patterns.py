"""A small pattern language for signs of danger, plain enough for an editor.

A pattern is words parted by spaces, matched anywhere in a message in order, each next to the one before:

    he|she           either word
    black-eye        two words that are one choice among others: scared|black-eye
    [just]           a word that may be missing
    ...              up to five words of any kind
    <them>           any entry of a named list, which may be several words long
    ^ and $          the beginning and the end of the message

So `<them> is ... outside|downstairs` finds "my ex is standing right outside".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

END = "$"
GAP = r"(?:\S+ ){0,5}?"


class PatternError(ValueError):
    """A pattern that cannot be read, with the reason."""


def compile_pattern(pattern: str, lists: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    """Compile one pattern against text of words that are each followed by one space. Raises PatternError."""
    return re.compile("".join(_piece(word, lists) for word in pattern.split()))


def compile_any(patterns: Iterable[str], lists: Mapping[str, tuple[str, ...]]) -> re.Pattern[str] | None:
    """Compile patterns into one that finds any of them; None where there are none."""
    pieces = [compile_pattern(pattern, lists).pattern for pattern in patterns]
    return re.compile("|".join(f"(?:{piece})" for piece in pieces)) if pieces else None


def _piece(word: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    if word == "^":
        return r"^"
    if word == "...":
        return GAP
    if word.startswith("[") and word.endswith("]"):
        return f"(?:{_piece(word[1:-1], lists)})?"
    parts = word.split("|")
    options = {option for part in parts if part != END for option in _options(part, lists)}
    if not options:
        return r"$"
    piece = r"(?<!\S)(?:" + "|".join(sorted(options, key=lambda option: (-len(option), option))) + ") "
    return f"(?:{piece}|$)" if END in parts else piece


def _options(part: str, lists: Mapping[str, tuple[str, ...]]) -> list[str]:
    if part.startswith("<") and part.endswith(">"):
        if part[1:-1] not in lists:
            known = ", ".join(sorted(lists))
            message = f"no list is called {part[1:-1]}; there are {known}"
            raise PatternError(message)
        return [re.escape(entry) for entry in lists[part[1:-1]]]
    if not part.replace("*", "").replace("-", "").isalnum():
        message = f"{part!r} is no word of a pattern"
        raise PatternError(message)
    return [re.escape(part.replace("-", " ")).replace(r"\*", r"\S*").replace(r"\ ", " ")]
