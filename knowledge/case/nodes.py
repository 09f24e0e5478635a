"""YAML read as nodes: every scalar as it was typed, with its place, and what is wrong there.

Scalars are never interpreted by YAML, which ends the surprises of YAML 1.1 (`no`, `24:30`, `2022-01-24`, `0999`).
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import yaml

from knowledge.case.problems import Mark, Problem, meant

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # a build of pyyaml without libyaml: the same nodes, more slowly
    from yaml import SafeLoader  # type: ignore[assignment]

T = TypeVar("T")

NULL = frozenset({"null", "Null", "NULL", "~", ""})
NULLABLE = frozenset({"publisher", "headline", "published", "line", "danger"})
"""The fields in which it is said that something isn't known, or that there is none."""
EMPTIABLE = frozenset({"is", "when", "greetings"})
"""The lists in which nothing may stand."""
DIGITS = 9
"""The most digits of a number."""


class Loader(SafeLoader):
    """Leaves every scalar as it is: nobody asks what YAML would make of it, and to find out takes half of the time."""

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: object) -> str:
        """Return the tag of a text for whatever has none of its own."""
        del kind, value, implicit
        return "tag:yaml.org,2002:str"


class _Stream(io.StringIO):
    """A text with the name of its file, which every node that is read from it bears."""

    def __init__(self, file: str, text: str) -> None:
        super().__init__(text)
        self.name = file


def parse(file: str, text: str) -> tuple[yaml.Node | None, list[Problem]]:
    """Parse one YAML document. Returns its root node, or None with the problem where it is no YAML."""
    try:
        return yaml.compose(_Stream(file, text), Loader), []
    except yaml.MarkedYAMLError as error:
        opened = re.search("flow|quoted", error.context or "")  # what was never closed is told where it opens
        at = error.context_mark if opened else error.problem_mark or error.context_mark
        mark = Mark(file, at.line + 1, at.column + 1) if at else Mark(file)
        what = error.problem or error.context or "this is not YAML"
        return None, [Problem(mark, "yaml", what, "mend the YAML here; indentation and quotes are the usual reasons")]
    except yaml.YAMLError as error:
        what = str(error).splitlines()[0]
        return None, [Problem(Mark(file), "yaml", what, "remove the characters that YAML does not allow")]


def is_number(text: str) -> bool:
    """Tell whether a text is a whole number of a length that can be meant."""
    return text.isascii() and text.isdecimal() and len(text) <= DIGITS


def mark_of(node: yaml.Node) -> Mark:
    """Return where a node begins."""
    return Mark(node.start_mark.name, node.start_mark.line + 1, node.start_mark.column + 1)


@dataclass(slots=True)
class Fields:
    """One mapping node, read field by field. What is wrong with it is added to `problems`, never raised."""

    node: yaml.MappingNode
    problems: list[Problem]
    marks: dict[str, Mark] = field(default_factory=dict)
    _nodes: dict[str, yaml.Node] = field(default_factory=dict)
    _read: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Find duplicate keys, which YAML itself lets pass."""
        for key, value in self.node.value:
            mark = mark_of(key)
            if not isinstance(key, yaml.ScalarNode):
                self._add(mark, "key", "a key must be plain text", "write a word before the colon")
            elif key.value in self._nodes:
                self._add(mark, "duplicate", f"{key.value} is given twice", "keep one of the two")
            else:
                self._nodes[key.value] = value
                self.marks[key.value] = mark_of(value)

    def __contains__(self, key: str) -> bool:
        """Tell whether the field is given."""
        return key in self._nodes

    @property
    def mark(self) -> Mark:
        """Return where the mapping begins."""
        return mark_of(self.node)

    def at(self, key: str) -> Mark:
        """Return where a field's value begins, or the mapping where the field is missing."""
        return self.marks.get(key, self.mark)

    def text(self, key: str, *, default: str | None = None) -> str:
        """Return a text field with its white space folded; `null` and a missing field are the default."""
        node = self._take(key, required=default is None)
        if node is None:
            return default or ""
        if not isinstance(node, yaml.ScalarNode):
            self._add(mark_of(node), "type", f"{key} must be text", f"write `{key}: some words`")
            return default or ""
        value = "" if not node.style and node.value in NULL else " ".join(node.value.split())
        if not value and key not in NULLABLE:
            self._add(mark_of(node), "empty", f"{key} is empty", "write it, or take the field out")
        return value or default or ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty where the field is missing."""
        node = self._take(key, required=False)
        return tuple(value for value, _ in self._items(key, node))

    def one_or_more(self, key: str) -> tuple[str, ...]:
        """Return a text or a list of texts as a list, empty where the field is missing."""
        if isinstance(self._nodes.get(key), yaml.ScalarNode):
            return tuple(filter(None, (self.text(key, default=""),)))
        return self.texts(key)

    def marked_texts(self, key: str) -> tuple[tuple[str, Mark], ...]:
        """Return a list of texts with the place of each."""
        items = self._items(key, self._take(key, required=False))
        return tuple((value, mark_of(item)) for value, item in items)

    def integers(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers."""
        found = []
        for value, mark in self.marked_texts(key):
            if is_number(value):
                found.append(int(value))
            else:
                self._add(mark, "type", f"{value!r} in {key} is not a whole number", "write digits only")
        return tuple(found)

    def integer(self, key: str, *, default: str | None = None) -> int:
        """Return a whole number, 0 where it is none."""
        value = self.text(key, default=default)
        if is_number(value):
            return int(value)
        if value:
            self._add(self.at(key), "type", f"{value!r} in {key} is not a whole number", "write digits only")
        return 0

    def date(self, key: str) -> date | None:
        """Return a date, None where it is missing or null."""
        value = self.text(key, default="")
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            mend = "write it as year-month-day, 2022-01-24 for instance"
            self._add(self.at(key), "date", f"{value!r} in {key} is not a date", mend)
            return None

    def flag(self, key: str) -> bool:
        """Return True or False, False where the field is missing."""
        value = self.text(key, default="false")
        if value not in {"true", "false"}:
            self._add(self.at(key), "type", f"{value!r} in {key} is neither true nor false", "write true or false")
        return value == "true"

    def choice(self, key: str, kinds: Callable[[str], T], allowed: tuple[str, ...], default: T) -> T:
        """Return the field as one of the allowed values."""
        value = self.text(key)
        if value in allowed:
            return kinds(value)
        if value:
            self._add(self.at(key), "value", f"{key} is {value!r}", f"write one of {', '.join(allowed)}")
        return default

    def mappings(self, key: str) -> Iterator[tuple[str, Fields]]:
        """Yield the fields of a mapping of mappings, or of a list of mappings with empty names."""
        node = self._take(key, required=False)
        if isinstance(node, yaml.MappingNode):
            yield from Fields(node, self.problems).all_mappings()
        elif isinstance(node, yaml.SequenceNode):
            yield from (("", fields) for fields in entries(node, self.problems))

    def all_mappings(self) -> Iterator[tuple[str, Fields]]:
        """Yield every field of this mapping as a mapping of its own, by name."""
        for name, value in self._nodes.items():
            self._read.add(name)
            if isinstance(value, yaml.MappingNode):
                yield name, Fields(value, self.problems)
            else:
                self._add(self.at(name), "type", f"{name} must hold fields", "indent them below it")

    def below(self, key: str) -> Fields | None:
        """Return a field's own fields, None where it is missing."""
        return Fields(self.mapping_node(key), self.problems) if key in self else None

    def lists(self, key: str) -> Iterator[tuple[tuple[str, ...], Mark]]:
        """Yield each list in a list of lists, with its place."""
        node = self._take(key, required=False)
        for item in node.value if isinstance(node, yaml.SequenceNode) else ():
            yield tuple(value for value, _ in self._items(key, item)), mark_of(item)

    def mapping_node(self, key: str) -> yaml.MappingNode:
        """Return the mapping under a key, an empty one where the field is missing."""
        node = self._take(key, required=False)
        if isinstance(node, yaml.MappingNode):
            return node
        if node is not None:
            self._add(mark_of(node), "type", f"{key} must hold fields", "indent `name: value` lines below it")
        return yaml.MappingNode("", [], self.node.start_mark, self.node.end_mark)

    def pairs(self, key: str, *, blank: bool = False) -> Iterator[tuple[str, str, Mark]]:
        """Yield name, text and place of a mapping of texts, which may be `blank`."""
        node = self._take(key, required=False)
        if isinstance(node, yaml.MappingNode):
            once = Fields(node, [] if blank else self.problems)
            yield from ((name, once.text(name), once.at(name)) for name in once._nodes)
        elif node is not None:
            self._add(mark_of(node), "type", f"{key} must be names with texts", "write `name: text` lines")

    def end(self) -> None:
        """Report the fields that nobody read, each with the nearest that exists."""
        for key in self._nodes.keys() - self._read:
            mend = meant(key, self._read, f"use one of {', '.join(sorted(self._read))}")
            self._add(self.at(key), "unknown-field", f"no field is called {key}", mend)

    def close(self, owner: str, marks: dict[str, Mark], *several: str) -> None:
        """End, and keep the places: of the whole, of its fields, of each item of `several`: `need:men.when.male`."""
        self.end()
        marks[owner] = self.mark
        marks.update({f"{owner}.{key}": mark for key, mark in self.marks.items()})
        for key in several:
            if isinstance(self._nodes.get(key), yaml.MappingNode):
                items = [(name, mark) for name, _, mark in self.pairs(key, blank=True)]
            else:
                items = list(self.marked_texts(key))
            marks.update({f"{owner}.{key}.{item}": mark for item, mark in items})

    def _take(self, key: str, *, required: bool) -> yaml.Node | None:
        self._read.add(key)
        if key not in self._nodes and required:
            self._add(self.mark, "missing", f"{key} is missing", f"add `{key}:`")
        return self._nodes.get(key)

    def _items(self, key: str, node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            self._add(mark_of(node), "type", f"{key} must be a list", "write `- item` lines below it")
            return
        if not node.value and key not in EMPTIABLE:
            self._add(mark_of(node), "empty", f"{key} is empty", "write an item, or take the field out")
        for item in node.value:
            if isinstance(item, yaml.ScalarNode) and item.value.strip():
                yield " ".join(item.value.split()), item
            else:
                mark = mark_of(item)
                self._add(mark, "type", f"an item of {key} is not text", "write words after the dash")

    def _add(self, mark: Mark, rule: str, message: str, mend: str) -> None:
        self.problems.append(Problem(mark, rule, message, mend))


def entries(node: yaml.Node | None, problems: list[Problem]) -> Iterator[Fields]:
    """Yield the fields of each mapping in a list."""
    if not isinstance(node, yaml.SequenceNode):
        if node is not None:
            problems.append(Problem(mark_of(node), "type", "this must be a list", "begin each entry with `- `"))
        return
    for item in node.value:
        if isinstance(item, yaml.MappingNode):
            yield Fields(item, problems)
        else:
            problems.append(Problem(mark_of(item), "type", "an entry must hold fields", "write `- id: name`"))


def document(texts: Sequence[tuple[str, str]], problems: list[Problem]) -> Fields | None:
    """Read a document that is one mapping: of one file, by its name and text, or of several, each laid over those before it."""
    nodes = []
    for name, content in texts:
        node, found = parse(name, content)
        problems.extend(found)
        if isinstance(node, yaml.MappingNode):
            nodes.append(node)
        elif not found:
            problems.append(Problem(Mark(name), "type", "the file holds no fields", "write `name: value` lines"))
    return Fields(functools.reduce(laid_over, nodes), problems) if nodes else None


def laid_over(below: yaml.MappingNode, above: yaml.MappingNode) -> yaml.MappingNode:
    """Return a mapping with the fields of another laid over it, field by field.

    Mappings are merged in their turn, lists added at the end, and a text stands in place of the one below.
    """
    places = {key.value: at for at, (key, _) in enumerate(below.value) if isinstance(key, yaml.ScalarNode)}
    fields = list(below.value)
    for key, value in above.value:
        at = places.get(key.value) if isinstance(key, yaml.ScalarNode) else None
        if at is None:
            fields.append((key, value))
            continue
        under = fields[at][1]
        if isinstance(under, yaml.MappingNode) and isinstance(value, yaml.MappingNode):
            fields[at] = (key, laid_over(under, value))
        elif isinstance(under, yaml.SequenceNode) and isinstance(value, yaml.SequenceNode):
            both = [*under.value, *value.value]
            fields[at] = (key, yaml.SequenceNode(value.tag, both, value.start_mark, value.end_mark))
        else:
            fields[at] = (key, value)
    return yaml.MappingNode(above.tag, fields, above.start_mark, above.end_mark)


def flattened(
    node: yaml.MappingNode, prefix: str, problems: list[Problem], marks: dict[str, Mark]
) -> list[tuple[str, str]]:
    """Return the sentences of a mapping by their dotted keys; paragraphs stay apart, other white space is folded."""
    found: list[tuple[str, str]] = []
    for key, value in node.value:
        mark = mark_of(value)
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Problem(mark_of(key), "key", "a key must be plain text", "write a word before the colon"))
            continue
        name = prefix + key.value
        if any(name in (other, other.rpartition(".")[0]) for other, _ in found):
            problems.append(Problem(mark_of(key), "duplicate", f"{name} is given twice", "keep one of the two"))
        if isinstance(value, yaml.MappingNode):
            found += flattened(value, name + ".", problems, marks)
        elif isinstance(value, yaml.ScalarNode):
            paragraphs = [" ".join(part.split()) for part in value.value.split("\n")]
            found.append((name, ("\n\n" if value.style == ">" else "\n").join(filter(None, paragraphs))))
            marks[f"sentence:{name}"] = mark
        else:
            problems.append(Problem(mark, "type", f"{name} must be a sentence", "write words, not a list"))
    return found
