"""Text files of wordings: what people write, one a line, under what it asks for and the hand that wrote it.

    [car]                     what the lines below ask for
    @ second hand             who wrote them
    what was he driving
    + was it blue             a question to which the plain answer is yes
    - was it a red one        a question to which the plain answer is no

Blank lines and lines that begin with `#` are for the reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from knowledge.case.model import Fact
from knowledge.case.problems import Mark, Problem, meant


class Wording(NamedTuple):
    """One line. `sign` is `+` for yes, `-` for no, empty otherwise; `hand` is empty where none is named.

    `under` is the place of the line that says what it asks for.
    """

    id: str
    text: str
    sign: str
    hand: str
    mark: Mark
    under: Mark


def read_wordings(file: str, text: str, problems: list[Problem]) -> Iterator[Wording]:
    """Yield the wordings of a file in their order. What cannot be read is added to the problems."""
    id_ = hand = ""
    under = Mark(file)
    for number, line in enumerate(text.splitlines(), 1):
        mark, content = Mark(file, number), " ".join(line.split())
        if not content or content.startswith("#"):
            continue
        if content.startswith("[") and content.endswith("]"):
            id_, hand, under = content[1:-1].strip(), "", mark
        elif content.startswith("@"):
            hand = content[1:].strip()
        elif not id_:
            problems.append(
                Problem(mark, "wording", "nothing says what this line asks for", "write `[id]` on a line above it")
            )
        else:
            sign = content[0] if content[:2] in {"+ ", "- "} else ""
            yield Wording(id_, content[2:] if sign else content, sign, hand, mark, under)


SIGNS = {"": "ask", "+": "yes", "-": "no"}
"""The kinds of wording by the sign that one begins with."""


def with_wordings(
    facts: Mapping[str, Fact], wordings: Iterable[Wording], problems: list[Problem], marks: dict[str, Mark]
) -> dict[str, Fact]:
    """Return the facts with their wordings, in the order of the files; the question that offers a fact is one of them."""
    told: set[Mark] = set()
    found: dict[str, dict[str, list[str]]] = {id_: {"ask": [], "yes": [], "no": []} for id_ in facts}
    for wording in wordings:
        if wording.id not in facts:
            if wording.under in told:
                continue
            told.add(wording.under)
            mend = meant(wording.id, facts, "add the fact, or take its wordings out")
            problems.append(Problem(wording.under, "reference", f"no fact is called {wording.id}", mend))
            continue
        found[wording.id][SIGNS[wording.sign]].append(wording.text)
        marks.setdefault(f"fact:{wording.id}.wording.{wording.text}", wording.mark)
    for id_, fact in facts.items():
        if fact.question not in {text for some in found[id_].values() for text in some}:
            found[id_]["ask"].insert(0, fact.question)
    return {
        id_: fact._replace(
            ask=tuple(dict.fromkeys(found[id_]["ask"])),
            yes=tuple(dict.fromkeys(found[id_]["yes"])),
            no=tuple(dict.fromkeys(found[id_]["no"])),
        )
        for id_, fact in facts.items()
    }
