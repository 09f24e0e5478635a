"""How one line becomes wrong, and where that may be told."""

from __future__ import annotations

import re

from tests.mutations.kinds import Edit, depth, head, in_block, misspelt, put


def lost(pattern: str):
    """A line that is left out, told where its entry begins, or beside the gap, or where what stands above the gap begins."""
    compiled = re.compile(pattern)

    def edit(lines: list[str], at: int) -> Edit | None:
        if not compiled.match(lines[at]) or in_block(lines, at):
            return None
        end = at + 1
        while end < len(lines) and lines[end].strip() and depth(lines[end]) > depth(lines[at]):
            end += 1
        above, before = head(lines, at), at - 1
        while before > above and depth(lines[before]) > depth(lines[at]):
            before -= 1
        kept = [*lines[:at], *lines[end:]]
        return Edit(kept, (above, before, at - 1, at))

    return edit


def twice(pattern: str):
    """A line that stands two times."""
    compiled = re.compile(pattern)

    def edit(lines: list[str], at: int) -> Edit | None:
        if not compiled.match(lines[at]) or in_block(lines, at):
            return None
        return Edit(put(lines, at, lines[at], lines[at]), (at, at + 1))

    return edit


def swallowed(lines: list[str], at: int) -> Edit | None:
    """An item indented by two more than the one above it."""
    if at == 0 or not re.match(r"\s+- [a-z\"]", lines[at]) or not re.match(r"\s+- [a-z\"][^:'\[{]*$", lines[at - 1]):
        return None
    return Edit(put(lines, at, "  " + lines[at]), (at,)) if depth(lines[at]) == depth(lines[at - 1]) else None


def swallowed_field(lines: list[str], at: int) -> Edit | None:
    """A field indented as the text above it, of which it becomes a part."""
    known = re.match(r"\s+(short|gives|about|passages|related|then): ", lines[at])
    if not known or not in_block(lines, at - 1):
        return None
    return Edit(put(lines, at, "  " + lines[at]), (at, head(lines, at)))


def cut(lines: list[str], at: int) -> Edit | None:
    """A file that ends within an entry."""
    if not re.match(r"\s+(status|question|topic|answer|quote|paragraph|name|short|for): ", lines[at]):
        return None
    return Edit([*lines[: at - 1], ""], (head(lines, at), at - 1, at - 2))


def merge(lines: list[str], at: int) -> Edit | None:
    """What is left of two changes that met."""
    if not re.match(r"\s+[a-z_]+: \S", lines[at]) or in_block(lines, at):
        return None
    return Edit(put(lines, at, "<<<<<<< HEAD", lines[at], "=======", lines[at], ">>>>>>> other"), (at, at + 2, at + 4))


def at_once(lines: list[str], at: int) -> Edit | None:
    """A byte of another encoding."""
    if not re.search(r": [A-Z\"][a-z]", lines[at]):
        return None
    return Edit(put(lines, at, lines[at] + " \udc92"), (at,))


def dedent(lines: list[str], at: int) -> Edit | None:
    """A field that is one space out of line."""
    if not re.match(r"\s+[a-z_]+: \S", lines[at]) or in_block(lines, at) or re.match(r"\s*- ", lines[at]):
        return None
    return Edit(put(lines, at, lines[at][1:]), (at - 1, at, head(lines, at)))


def returned(lines: list[str], at: int) -> Edit | None:
    """All of the lines end as another system's do."""
    return Edit([f"{line}\r" for line in lines], (at,)) if at == 3 else None


def misspelt_id(found: re.Match[str]) -> str:
    """What is found, with the id in it misspelt."""
    id_ = next(filter(None, found.groups()))
    return found[0].replace(id_, misspelt(id_), 1)
