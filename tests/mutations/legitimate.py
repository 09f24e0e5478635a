"""Edits that a curator rightly makes: another wording, another telling with the same names and numbers. No rule speaks up."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from tests.mutations.kinds import SEED, Edit, Mutation, line_edit, put
from tests.mutations.slips import CARDS, CARE, CASE, FACTS, REPLIES, SEEDS, TELEGRAM

TOLD = {
    " didn't ": " did not ",
    " don't say ": " do not say ",
    " wasn't ": " was not ",
    " did not ": " didn't ",
    " as well": " too",
    " says that ": " writes that ",
    " said that ": " stated that ",
    " because ": " since ",
    " several ": " a number of ",
    " before that": " until then",
    " They do say ": " They do tell ",
    " also ": " too ",
}


def telling(lines: list[str], at: int) -> Edit | None:
    """A sentence told in other words."""
    line = lines[at]
    found = next((words for words in TOLD if words in line and "“" not in line and '"' not in line), None)
    is_told = re.match(r"  (?:answer|short): ", line) or (line.startswith("    ") and "answer: >" in lines[at - 1])
    return Edit(put(lines, at, line.replace(found, TOLD[found], 1)), (at,)) if found and is_told else None


def below(pattern: str, make: Callable[[str], str]):
    """A line more, below one that is found."""

    def edit(lines: list[str], at: int) -> Edit | None:
        found = re.match(pattern, lines[at])
        return Edit(put(lines, at, lines[at], make(found[1])), (at,)) if found else None

    return edit


EDITS = (
    ("another telling", (FACTS,), 30, telling),
    (
        "another title",
        (FACTS,),
        12,
        line_edit(r"^  title: (What|Who|Where|How) ", lambda found: f"{found[0]}it was said "),
    ),
    (
        "another wording",
        ("knowledge/wordings/",),
        25,
        below(r"^((?:what|who|when|where|why) [a-z ]{12,})$", lambda said: f"please could you tell me {said}"),
    ),
    (
        "another alias",
        (CASE,),
        4,
        line_edit(r"^    aliases: \[", lambda found: f"{found[0]}somebody whom nobody knows, "),
    ),
    (
        "another sentence",
        (REPLIES,),
        8,
        line_edit(r"\b(I answer|Ask me|Choose one|Please ask|You can send|Send)\b", lambda found: f"{found[0]},"),
    ),
    ("another sentence of Telegram", (TELEGRAM,), 3, line_edit(r"(?<=[a-z]) (?=please|I can)", lambda _: " then ")),
    (
        "another note of a card",
        (CARDS,),
        6,
        line_edit(r"^  (for|hours): ([A-Z][a-z ]+)$", lambda found: f"{found[0]}, as they say"),
    ),
    (
        "another line of care",
        (CARE,),
        4,
        line_edit(r"^    (first|then): ([A-Z][a-z' ]+\.)", lambda found: f"{found[0]} You are not alone."),
    ),
    ("a remark", (FACTS, SEEDS, CASE, CARE), 6, line_edit(r"^$", lambda _: "\n# as the editor has it")),
    (
        "another reason to leave out",
        (SEEDS,),
        4,
        line_edit(r"^  \d+(\.\d)?: [A-Z].*$", lambda found: f"{found[0].rstrip('.')}, and no more."),
    ),
    ("one related fact fewer", (FACTS,), 6, line_edit(r"^  related: \[[\w-]+, (?=[\w-]+, )", lambda _: "  related: [")),
)
"""The edit, in which files, at how many places, and how it is made."""


def edits(texts: dict[str, str]) -> list[Mutation]:
    """Return a hundred or so of them."""
    return [one for name, files, places, make in EDITS for one in _made(texts, name, files, places, make)]


def _made(texts: dict[str, str], name: str, files: tuple[str, ...], places: int, make) -> Iterator[Mutation]:
    pick = random.Random(f"{SEED} {name}")
    able = [(file, at) for file in texts if file.startswith(files) for at in range(1, texts[file].count("\n"))]
    pick.shuffle(able)
    for file, at in able:
        lines = texts[file].split("\n")
        edit = make(lines, at)
        if edit is not None and places:
            places -= 1
            yield Mutation(
                name, file, "\n".join(edit.lines).encode(), frozenset({at + 1, at + 2}), lines[at].strip()[:60]
            )
