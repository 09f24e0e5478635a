"""FIELDS.md, made from what reads a case: every field, its form and its values; what each is for is kept as it stands there.

python -m tests.fields            what differs from the page
python -m tests.fields --write    the page anew
"""

import functools
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from knowledge.case import read
from knowledge.case.load import load_case
from knowledge.case.model import GIVEN, VERBS
from knowledge.case.nodes import Fields
from tests.shared import page_made

PAGE = Path(__file__).parent.parent / "FIELDS.md"

FORMS = {
    "text": "text",
    "texts": "list",
    "marked_texts": "list",
    "one_or_more": "text, or a list",
    "integer": "number",
    "integers": "list of numbers",
    "date": "day, as 2022-01-24",
    "flag": "`true` or `false`",
    "choice": "one of",
    "mappings": "fields below it",
    "below": "fields below it",
    "pairs": "`name: text` below it",
}
"""The ways in which a field is read, in words."""
VALUES = {("source", "given"): GIVEN, ("fact", "gives"): tuple(sorted(load_case().english.question))}
"""Values that are known elsewhere than where they are read."""


class Field(NamedTuple):
    """A field as it is read."""

    name: str
    form: str
    needed: bool
    values: tuple[str, ...] = ()


class Section(NamedTuple):
    """A kind of entry, where it stands, and its fields by name."""

    id: str
    title: str
    fields: dict[str, Field]


CASE = "title: a\nentities: {x: {kind: person, is: living}}\n"
SOURCE = "about: a\npassages: {x: {paragraph: 1}}\n"
FACTS = "- {id: x, basis: {note: a}, differs: [{note: a}]}\n"
CLAIMS = "x:\n" + "".join(f"- {{who: y, {verb}: [z], many: 1, age: 1}}\n" for verb in VERBS)
CARDS = "x: {name: a}\n"

READ: tuple[tuple[Callable[[], object], tuple[tuple[str, str], ...]], ...] = (
    (
        lambda: read.read_top("case.yaml", CASE, [], {}),
        (("entity", "An entity, in `case.yaml` under `entities`"), ("case", "The case, in `knowledge/case.yaml`")),
    ),
    (
        lambda: read.read_source("x.yaml", SOURCE, [], {}),
        (("passage", "A passage, in a source under `passages`"), ("source", "A source, in `seeds/*.yaml`")),
    ),
    (
        lambda: read.read_facts("x.yaml", FACTS, [], {}, frozenset()),
        (
            ("basis", "What is to be known of a day, in a fact under `basis`"),
            ("difference", "A difference, in a fact under `differs`"),
            ("fact", "A fact, in `knowledge/facts/*.yaml`"),
        ),
    ),
    (
        lambda: read.read_claims("x.yaml", CLAIMS, {"x": None}, [], {}),
        tuple([("claim", "A claim, in `knowledge/claims/*.yaml` under the id of its fact")] * len(VERBS)),
    ),
    (
        lambda: read.read_helplines([("x.yaml", CARDS)], [], {}),
        (("card", "A contact, in `knowledge/helplines.yaml`"),),
    ),
)
"""What reads each file, and what it has read the whole of, one after the other."""
ORDER = ("case", "entity", "source", "passage", "fact", "difference", "basis", "claim", "card")


@contextmanager
def watched() -> Iterator[list[dict[str, Field]]]:
    """The fields that are read of each entry, once it has been read whole."""
    whole: list[dict[str, Field]] = []
    seen: dict[int, dict[str, Field]] = {}
    optional: dict[int, set[str]] = {}

    def watching(name):
        real = getattr(Fields, name)

        @functools.wraps(real)
        def reads(self, key, *given, **named):
            needed = name in {"text", "integer", "choice"} and named.get("default") is None
            needed = needed and key not in optional.get(id(self), ())
            values = tuple(given[1]) if name == "choice" else ()
            fields = seen.setdefault(id(self), {})
            if key not in fields:  # a form that is read by way of another one is itself
                fields[key] = Field(key, name, needed, values)
            return real(self, key, *given, **named)

        return reads

    def asked(self, key, real=Fields.__contains__):
        optional.setdefault(id(self), set()).add(key)  # it is read where it is given, and not otherwise
        return real(self, key)

    def ended(self, real=Fields.end):
        optional.pop(id(self), None)
        whole.append(seen.pop(id(self), {}))
        real(self)

    with mock.patch.multiple(Fields, **{name: watching(name) for name in FORMS}, end=ended, __contains__=asked):
        yield whole


def sections() -> list[Section]:
    found: dict[str, Section] = {}
    for reads, kinds in READ:
        with watched() as whole:
            reads()
        assert len(whole) == len(kinds), [sorted(one) for one in whole]
        for (id_, title), fields in zip(kinds, whole, strict=True):
            known = found.setdefault(id_, Section(id_, title, {}))
            known.fields.update({name: field for name, field in fields.items() if name not in known.fields})
    assert sorted(found) == sorted(ORDER)
    return [found[id_] for id_ in ORDER]


def row(section: Section, field: Field, purpose: str) -> str:
    values = field.values or VALUES.get((section.id, field.name), ())
    form, listed = FORMS[field.form], ", ".join(f"`{value}`" for value in values)
    form = f"{form} {listed}" if field.form == "choice" else f"{form} of {listed}" if listed else form
    return f"| `{field.name}` | {form}{'; needed' if field.needed else ''} | {purpose} |"


ROW = re.compile(r"^\| `([\w-]+)` \| .* \| (.*) \|$")


def purposes(page: str) -> dict[tuple[str, str], str]:
    """What the page says that each field is for, by section and field."""
    found = {}
    title = ""
    for line in page.splitlines():
        if line.startswith("## "):
            title = line.removeprefix("## ")
        elif known := ROW.match(line):
            found[title, known[1]] = known[2]
    return found


def made(page: str) -> str:
    """The page as it should be, with what it says of each field."""
    said = purposes(page)
    head = page.partition("\n## ")[0].rstrip()
    lines = [head]
    for section in sections():
        lines += ["", f"## {section.title}", "", "| field | holds | what it is for |", "|---|---|---|"]
        lines += [row(section, field, said.get((section.title, field.name), "")) for field in section.fields.values()]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(page_made(PAGE, made, __doc__))
