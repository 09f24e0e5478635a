"""RULES.md, made from the table of rules.

python -m tests.rules            what differs from the page
python -m tests.rules --write    the page anew
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.rules import OTHERS, RULES, Rule
from tests.shared import page_made

PAGE = Path(__file__).parents[2] / "RULES.md"
HEAD = """# Every rule of `casebook check`

A problem is told as `file:line:column: error|warning: message [rule]; the mend`. Errors marked *structure* would make a reply
raise, or say a wrong number: `casebook build` and the bot refuse a case that has one. Everything else is told by `check` and
`build`, and answered all the same. This page is made by `python -m tests.rules --write`, and each row is tested.

| rule | what it asks | passes | fails |
|---|---|---|---|
"""


def made() -> str:
    """The page."""
    rows = [
        f"| `{rule.id}`{_sort(rule)} | {rule.says} | {_shown(rule.passes)} | {_shown(rule.fails)} |"
        for rule in RULES
        if rule.fails or rule.passes
    ]
    rows += [f"| `{id_}` | {says} | | |" for id_, says in OTHERS.items()]
    rows += [f"| `{rule.id}` (warning) | {rule.says} | | |" for rule in RULES if not (rule.fails or rule.passes)]
    return HEAD + "\n".join(rows) + "\n"


def _sort(rule: Rule) -> str:
    return " *structure*" if rule.structure else " (warning)" if rule.warns else ""


def _shown(piece: str) -> str:
    """A piece of a file in one line of a table."""
    text = piece.strip("\n").encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    text = text if len(text) < 130 else f"{text[:60]} …"
    lines = [line.strip() for line in text.replace("|", "\\|").split("\n") if line.strip()]
    return " ⏎ ".join(f"`` {line} ``" if "`" in line else f"`{line}`" for line in lines) or "nothing"


if __name__ == "__main__":
    sys.exit(page_made(PAGE, lambda _: made(), __doc__))
