"""CURATORS.md, with the output of each command that it shows made anew in a folder of its own.

    python -m tests.curators            what differs from the page
    python -m tests.curators --write    the page anew

Blocks are carried out from the top: `$ casebook ...` is run; lines "In `FILE`, below `TEXT`:", "At the end of `FILE`...:",
"as `FILE`:" and "In `FILE`, `OLD` becomes `NEW`" say what becomes of a file.
"""

import contextlib
import io
import itertools
import os
import re
import shlex
import sys
import tempfile
from pathlib import Path
from unittest import mock

from bot.__main__ import main as casebook
from tests.shared import change, page_made

PAGE = Path(__file__).parent.parent / "CURATORS.md"
INDENT = "    "
BELOW = re.compile(r"^In `(\S+)`, below `([^`]+)`:$")
AT_THE_END = re.compile(r"^At the end of `(\S+)`.*:$")
AS = re.compile(r"as `(\S+)`:$")
BECOMES = re.compile(r"^In `(\S+)`, `([^`]+)` becomes `([^`]+)`")
SHARED = "mill"
"""What a line of `check` begins with that is about the case itself, and not about words that every case shares."""


def made(page: str) -> str:
    """The page with what its commands print."""
    settings = {"CASEBOOK_INDEX": "", "CASEBOOK_CONTACT": "", "COLUMNS": "80", "NO_COLOR": "1"}
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        mock.patch.dict(os.environ, {**settings, "XDG_CACHE_HOME": f"{folder}/cache"}),
    ):
        return "\n".join(_blocks(page.split("\n")))


def _blocks(lines):
    before = ""
    for is_code, group in itertools.groupby(_marked(lines), key=lambda one: one[0]):
        some = [line for _, line in group]
        if not is_code:
            for line in some:
                if change_ := BECOMES.match(line):
                    change(Path(change_[1]), change_[2], change_[3])
            yield from some
            before = next((line for line in reversed(some) if line), "")
            continue
        _apply(before, "\n".join(line.removeprefix(INDENT) for line in some).rstrip("\n") + "\n")
        yield from _run(some)


def _marked(lines):
    """Each line, with whether it belongs to a block of code: an empty one does between two that do."""
    code = [line.startswith(INDENT) for line in lines]
    for at, line in enumerate(lines):
        later = next((code[at + more] for more in range(1, len(lines) - at) if lines[at + more]), False)
        earlier = next((code[at - less] for less in range(1, at + 1) if lines[at - less]), False)
        yield code[at] or (not line and earlier and later), line


def _apply(said: str, text: str) -> None:
    """What a line before a block says is to become of it."""
    if found := BELOW.match(said):
        change(Path(found[1]), f"{found[2]}\n", f"{found[2]}\n{text}")
    elif found := AT_THE_END.match(said):
        with Path(found[1]).open("a", encoding="utf-8") as file:
            file.write(f"\n{text}")
    elif found := AS.search(said):
        Path(found[1]).write_text(text, encoding="utf-8")


def _run(block):
    """A block with its commands run; a block without any as it is."""
    commands = [line for line in block if line.startswith(f"{INDENT}$ casebook")]
    if not commands:
        yield from block
        return
    for number, line in enumerate(commands):
        out = io.StringIO()
        arguments = shlex.split(line.removeprefix(f"{INDENT}$ casebook"))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            casebook(arguments)
        shown = out.getvalue().rstrip().splitlines()
        if arguments[:1] == ["check"]:
            shown = [one for one in shown if one.startswith(SHARED)]
        yield from ([""] if number else [])
        yield line
        yield from (f"{INDENT}{one}".rstrip() for one in shown)


if __name__ == "__main__":
    sys.exit(page_made(PAGE, made, __doc__))
