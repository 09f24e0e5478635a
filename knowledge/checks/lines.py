"""Rules for the lines of files: what YAML lets pass, or tells far below, though it is plainly not what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.case.load import Loaded
from knowledge.case.problems import Mark, Problem

MERGE = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?= |$)", re.MULTILINE)
"""What version control writes where two changes meet."""
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
"""Characters that nobody sees; not those that join letters in some scripts."""
OTHER = re.compile(r"[\u0370-\u03ff\u0400-\u04ff]")
MIXED = re.compile(r"[A-Za-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][A-Za-z]")
"""A Greek or Cyrillic letter beside a Latin one, which it may look like."""
BLOCK = re.compile(r"^\s*(?:- )*(?:[^'\"#]*: )?(?:- )*[|>][+-]?\d?\s*(?:#.*)?$")
"""The line above a text that stands below it, as it is."""
ITEM = re.compile(r"^(\s*)- ")
PLAIN = re.compile(
    r"^\s*(?:- )+(?:[\w.-]+: +)?(?![\s'\"\[{|>&!*#-])[^#]*[^\s:#][^#:]*$|^\s*[\w.-]+: +(?![\s'\"\[{|>&!*#])[^#]*[^\s:#]$"
)
"""A line with a value that goes on where the next line is indented by more."""
SIGN = re.compile(r"^\s*(?:- )*(?:[\w.-]+: +)?(?:- )*[\[{]?([&!*@%`])(?=[^\s=])")
CUT = re.compile(r"\s#(?=[^\s#])")
FIELD = re.compile(r"^\s*([a-z_]{2,}):(?: |$)")
FIELDS = frozenset(
    [
        "about",
        "answer",
        "also",
        "passages",
        "question",
        "related",
        "short",
        "status",
        "title",
        "topic",
        "gives",
        "contacts",
        "quote",
        "paragraph",
        "speaker",
        "publisher",
        "headline",
        "published",
        "first",
        "then",
        "say",
        "own",
        "row",
        "label",
        "phone",
        "web",
        "source",
        "checked",
        "hours",
    ]
)
"""Fields that follow on a text; a line of prose that begins so is none."""


def merged(loaded: Loaded) -> Iterator[Problem]:
    """No file holds the marks of two changes that met."""
    for file, text in loaded.texts.items():
        for found in MERGE.finditer(text) if any(mark in text for mark in ("<<<<<<<", "=======", ">>>>>>>")) else ():
            mend = "keep one of the two versions, and take the marks out"
            yield Problem(_mark(file, text, found.start()), "merge", "two changes met here", mend)


def characters(loaded: Loaded) -> Iterator[Problem]:
    """No line holds a character that can't be seen, or one that looks like another."""
    for file, text in loaded.texts.items():
        yield from _of_text(file, text)


def _of_text(file: str, text: str) -> Iterator[Problem]:
    for found in UNSEEN.finditer(text, pos=int(text.startswith("\ufeff"))):
        what = f"the character U+{ord(found[0]):04X} can't be seen"
        yield Problem(_mark(file, text, found.start()), "characters", what, "take it out; write the words anew")
    for found in MIXED.finditer(text) if OTHER.search(text) else ():
        what = f"{found[0]!r} mixes two alphabets"
        yield Problem(_mark(file, text, found.start()), "characters", what, "write the word anew, in one alphabet")


def signs(loaded: Loaded) -> Iterator[Problem]:
    """No value begins with a sign that YAML keeps for itself, or is cut off by one; none goes on with the item below it."""
    unread = {problem.mark.file: problem.mark.line for problem in loaded.problems if problem.rule == "yaml"}
    for file, text in loaded.texts.items():
        if file.endswith(".yaml"):
            yield from _of_lines(file, text.split("\n"))
        if file in unread:
            yield from _unclosed(file, text.split("\n")[: unread[file]])


def _unclosed(file: str, lines: list[str]) -> Iterator[Problem]:
    """The first quotation that isn't closed on its line, in a file that can't be read further down."""
    for number, line in enumerate(lines, 1):
        found = re.match(r"[^#'\"]*(?:: |- |\[)\"", line)
        if found and line.replace('\\"', "").count('"') % 2:
            what, mend = "this quotation isn't closed here", 'end it with "'
            yield Problem(Mark(file, number, found.end()), "yaml", what, mend)
            return


def _of_lines(file: str, lines: list[str]) -> Iterator[Problem]:
    block = quoted = 0
    before = ""
    for number, line in enumerate(lines, 1):
        content = line.lstrip()
        indent = len(line) - len(content)
        if not content or (content.startswith("#") and not block):
            continue
        if block and indent >= block:
            field = FIELD.match(line)
            if field and field[1] in FIELDS:
                mend = "indent it as the field above"
                yield Problem(
                    Mark(file, number, indent + 1), "swallowed", f"{field[1]} is part of the text above", mend
                )
            continue
        block = 0
        if BLOCK.match(line):
            block, before = _inner(line) + 1, ""
            continue
        if not quoted:
            yield from _of_line(file, number, line)
            held = ITEM.match(line)
            if held and PLAIN.match(before) and indent > _inner(before):
                mend = "give the dashes of a list one indent"
                yield Problem(Mark(file, number, indent + 1), "swallowed", "this item is part of the one above", mend)
        quoted = _open(line, quoted)
        before = "" if quoted else line


def _inner(line: str) -> int:
    """The indent of the key or item that a value stands in."""
    found = re.match(r"\s*(?:- (?=[\w.-]+:(?: |$)))?", line)
    return found.end() if found else 0


def _open(line: str, quoted: int) -> int:
    """Whether a quotation in double marks is open behind a line: words go on, and mean nothing to YAML."""
    return (quoted + line.replace('\\"', "").count('"')) % 2


def _of_line(file: str, number: int, line: str) -> Iterator[Problem]:
    found = SIGN.match(line)
    if found:
        what = f"YAML takes {found[1]} for a sign of its own"
        yield Problem(Mark(file, number, found.start(1) + 1), "sign", what, "put the value in double quote marks")
    for found in CUT.finditer(line):
        ahead = line[: found.start()]
        if ahead.strip() and not ahead.count('"') % 2 and not ahead.count("'") % 2:
            what = "YAML leaves out what stands from # on"
            mend = "put the value in double quote marks, or write a space behind # where it is a remark"
            yield Problem(Mark(file, number, found.start() + 2), "sign", what, mend)
            break


def _mark(file: str, text: str, at: int) -> Mark:
    return Mark(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
