"""What a mutation is, and how each kind picks its places: the same ones every time."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

SEED = 11


class Mutation(NamedTuple):
    """One slip: the kind, the file, what it holds now, and the lines at which it may be told."""

    kind: str
    file: str
    data: bytes
    lines: frozenset[int]
    what: str


class Kind(NamedTuple):
    """A kind of slip: why it is one, in which files, how a line of them becomes wrong, and at how many places."""

    name: str
    why: str
    files: tuple[str, ...]
    places: int
    edit: Callable[[list[str], int], Edit | None]


class Edit(NamedTuple):
    """The lines of a file after a slip, and where it may be told, counted from 0."""

    lines: list[str]
    at: tuple[int, ...]


def mutations(kinds: Iterable[Kind], texts: dict[str, str]) -> Iterator[Mutation]:
    """Yield the mutations of each kind, at places spread over its files."""
    for kind in kinds:
        pick = random.Random(f"{SEED} {kind.name}")
        files = [name for name in texts if any(name.startswith(start) for start in kind.files)]
        places = [(name, at) for name in files for at in range(texts[name].count("\n"))]
        pick.shuffle(places)
        made = 0
        used: dict[str, int] = {}
        for name, at in places:
            if made >= kind.places:
                break
            if used.get(name, 0) > kind.places // max(1, len(files)) + 1:
                continue
            lines = texts[name].split("\n")
            edit = kind.edit(lines, at)
            if edit is None:
                continue
            data = "\n".join(edit.lines)
            lines_told = frozenset(line + 1 for place in edit.at for line in (place, place + 1))
            yield Mutation(kind.name, name, data.encode("utf-8", "surrogateescape"), lines_told, lines[at].strip()[:70])
            made += 1
            used[name] = used.get(name, 0) + 1


def put(lines: list[str], at: int, *instead: str) -> list[str]:
    """The lines with some in the place of one."""
    return [*lines[:at], *instead, *lines[at + 1 :]]


def line_edit(pattern: str, change: Callable[[re.Match[str]], str | None]) -> Callable[[list[str], int], Edit | None]:
    """An edit of one line that a pattern is found in: what is found becomes something else."""
    compiled = re.compile(pattern)

    def edit(lines: list[str], at: int) -> Edit | None:
        line = lines[at]
        found = compiled.search(line)
        if found is None or line.lstrip().startswith("#") or in_block(lines, at):
            return None
        instead = change(found)
        if instead is None:
            return None
        return Edit(put(lines, at, line[: found.start()] + instead + line[found.end() :]), (at,))

    return edit


def head(lines: list[str], at: int) -> int:
    """Where the entry that a line belongs to begins: the nearest line above that is indented by less."""
    indent = depth(lines[at])
    for above in range(at - 1, -1, -1):
        if lines[above].strip() and not lines[above].lstrip().startswith("#") and depth(lines[above]) < indent:
            return above
    return next((at for at, line in enumerate(lines) if line.strip() and not line.startswith("#")), 0)


def depth(line: str) -> int:
    """The indent of a line, that of its field where it begins a list's entry."""
    bare = len(line) - len(line.lstrip())
    return bare + 1 if re.match(r"\s*- [a-z_]+: ", line) else bare


def in_block(lines: list[str], at: int) -> bool:
    """Whether a line is part of a text that stands below its field."""
    indent = len(lines[at]) - len(lines[at].lstrip())
    for above in range(at - 1, max(-1, at - 25), -1):
        line = lines[above]
        if line.strip() and len(line) - len(line.lstrip()) < indent:
            return bool(re.search(r"[|>]-?$", line))
    return False


def misspelt(word: str) -> str:
    """A word with two of its letters in the wrong order."""
    for place in range(1, len(word) - 1):
        if word[place] != word[place + 1] and word[place : place + 2].isalpha():
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word + "x"


def other_digit(number: str) -> str:
    """A number with its last digit changed."""
    return re.sub(r"\d(?=\D*$)", lambda found: str((int(found[0]) + 1) % 10), number)


def within(group: int, change):
    """Replace one group of what is found."""
    return lambda found: (
        found[0][: found.start(group) - found.start()]
        + change(found[group])
        + found[0][found.end(group) - found.start() :]
    )
