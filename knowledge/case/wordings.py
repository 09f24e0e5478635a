"""Files of wordings: what people write, one a line, under what it asks for and the hand that wrote it.

    [car]                     what the lines below ask for
    @ second hand             who wrote them
    what was he driving
    + was it blue             a question to which the plain answer is yes
    - was it a red one        a question to which the plain answer is no

Blank lines and lines that begin with `#` are for the reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from knowledge.case.nodes import Mark, Problem


class Wording(NamedTuple):
    """One line. `sign` is `+` for yes, `-` for no, empty otherwise; `hand` is empty where none is named."""

    id: str
    text: str
    sign: str
    hand: str
    mark: Mark


def read_wordings(file: str, text: str, problems: list[Problem]) -> Iterator[Wording]:
    """Yield the wordings of a file in their order. What cannot be read is added to the problems."""
    id_ = hand = ""
    for number, line in enumerate(text.splitlines(), 1):
        mark, content = Mark(file, number), " ".join(line.split())
        if not content or content.startswith("#"):
            continue
        if content.startswith("[") and content.endswith("]"):
            id_, hand = content[1:-1].strip(), ""
        elif content.startswith("@"):
            hand = content[1:].strip()
        elif not id_:
            problems.append(
                Problem(mark, "wording", "nothing says what this line asks for", "write `[id]` on a line above it")
            )
        else:
            sign = content[0] if content[:2] in {"+ ", "- "} else ""
            yield Wording(id_, content[2:] if sign else content, sign, hand, mark)
