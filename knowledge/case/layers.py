"""A case's files, and the layers of a voice: what the program says and hears in every case, and what one case brings of its own.

The general voice stands in `knowledge/voice/` of the shipped folder, with the support contacts beside it. What a case brings
in its own `knowledge/voice/`, it brings of the same files, and only what differs: a sentence by its key, a contact by its id,
further words of a list, further wordings. The words of the shipped case itself stand in `own/`, within the general voice.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from knowledge.case.nodes import BrokenCaseError, Fields, Mark, Problem, parse

SHIPPED = Path(__file__).parents[2]
"""The folder of the case that ships with the program: beside this package in a checkout and in an installation."""

VOICE = "knowledge/voice"
OWN = "own"
"""Where a folder that holds a general voice has the words of its own case."""
HELPLINES = "helplines.yaml"
SHAPED = ("english.yaml", "languages.yaml", "care.yaml", HELPLINES)
"""The files of a voice that have a shape of their own; every other YAML file there holds sentences."""


class Text(NamedTuple):
    """A file's name, as it is told, and what it holds."""

    file: str
    text: str


class Files:
    """The files of a case folder, and the layers of its voice."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder or SHIPPED
        self._named = folder is not None
        self._voice = self.folder / VOICE
        self._is_whole = (self._voice / OWN).is_dir()
        self._general = self.folder if self._is_whole else SHIPPED
        if self._is_whole:
            self._voice /= OWN

    def is_borrowed(self, file: str) -> bool:
        """Tell whether a file, by the name that it is told by, is of the general voice and not of this case's folder."""
        return not self._is_whole and Path(file).is_relative_to(SHIPPED)

    def one(self, path: str) -> Text:
        """Return the name and text of one file. Raises BrokenCaseError where there is none."""
        return self._one(self.folder, path)

    def all(self, path: str, pattern: str) -> Iterator[Text]:
        """Yield name and text of every file in a folder, by name. Raises BrokenCaseError where there is no folder."""
        if not (self.folder / path).is_dir():
            missing = Problem(
                Mark(path), "missing-file", "the folder is missing", f"create it with at least one {pattern} file"
            )
            raise BrokenCaseError((missing,))
        yield from self.any(path, pattern)

    def any(self, path: str, pattern: str) -> Iterator[Text]:
        """Yield the same of a folder that a case may do without."""
        yield from map(self._text, sorted((self.folder / path).glob(pattern)))

    def layers(self, name: str) -> list[Text]:
        """Return a file of the general voice, and what the case brings of it. Raises BrokenCaseError where there is no general one."""
        beside = name == HELPLINES
        own = self.folder / "knowledge" / name if beside and not self._is_whole else self._voice / name
        general = self._one(self._general, f"knowledge/{name}" if beside else f"{VOICE}/{name}")
        return [general, *([self._text(own)] if own.is_file() else [])]

    def sentences(self) -> Iterator[Text]:
        """Yield the files of sentences, those of the general voice first."""
        for folder in (self._general / VOICE, self._voice):
            yield from (self._text(file) for file in sorted(folder.glob("*.yaml")) if file.name not in SHAPED)

    def _one(self, folder: Path, path: str) -> Text:
        if not (folder / path).is_file():
            missing = Problem(
                Mark(path), "missing-file", "the file is missing", "create it; the README shows a case's files"
            )
            raise BrokenCaseError((missing,))
        return self._text(folder / path)

    def _text(self, file: Path) -> Text:
        name = str(file if self._named else file.relative_to(self.folder))
        try:
            return Text(name, file.read_text(encoding="utf-8"))
        except UnicodeDecodeError as error:
            problem = Problem(Mark(name), "encoding", f"byte {error.start} is not UTF-8", "save the file as UTF-8")
            raise BrokenCaseError((problem,)) from None


def document(texts: Sequence[Text], problems: list[Problem]) -> Fields | None:
    """Read a document that is one mapping, of one file or of several, each laid over those before it."""
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
