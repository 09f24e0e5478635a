"""A case's files, and the layers of a voice: what the program says and hears in every case, and what one case brings of its own.

The general voice stands in `knowledge/voice/` of the shipped folder, with the support contacts beside it. What a case brings
in its own `knowledge/voice/`, it brings of the same files, and only what differs: a sentence by its key, a contact by its id,
further words of a list, further wordings. The words of the shipped case itself stand in `own/`, within the general voice.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from knowledge.case import stray
from knowledge.case.problems import BrokenCaseError, Mark, Problem

SHIPPED = Path(__file__).parents[2]
"""The folder of the case that ships with the program: beside this package in a checkout and in an installation."""

VOICE = "knowledge/voice"
OWN = "own"
"""Where a folder that holds a general voice has the words of its own case."""
HELPLINES = "helplines.yaml"
MESSAGES = (
    "danger", "danger-at-length", "home", "home-at-length", "children", "followed", "worry", "despair", "conduct", "past",
    "grief", "asks", "everyday", "family", "jokes",
)  # fmt: skip
"""The files of messages by what is going on with whoever writes them, the last three of those that are no cry."""
HARMLESS = "harmless.yaml"
"""The sentences that are otherwise in a case about no harm."""
SHAPED = ("english.yaml", "languages.yaml", "care.yaml", "places.yaml", HELPLINES)
"""The files of a voice that have a shape of their own; every other YAML file there holds sentences."""


class Text(NamedTuple):
    """A file's name, as it is told, and what it holds."""

    file: str
    text: str


class Files:
    """The files of a case folder, and the layers of its voice.

    `texts` are all that were read, by the names that they are told by, and `problems` what was wrong with any as a file.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder or SHIPPED
        self._named = folder is not None
        self.texts: dict[str, str] = {}
        self.problems = list(stray.found(self.folder, named=self._named))
        self._voice = self.folder / VOICE
        self._is_whole = (self._voice / OWN).is_dir()
        self._general = self.folder if self._is_whole else SHIPPED
        if self._is_whole:
            self._voice /= OWN

    def is_borrowed(self, file: str) -> bool:
        """Tell whether a file, by the name that it is told by, is of the general voice and not of this case's folder."""
        return not self._is_whole and Path(file).is_relative_to(SHIPPED)

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Yield every file that may be read, by whose folder it is in, its path there, and what it holds."""
        for folder, owner in {self._general: "general", self.folder: "own"}.items():
            for path in stray.ENDINGS:
                files = (file for file in sorted((folder / path).glob("*")) if file.suffix not in stray.OTHERS)
                yield from (
                    (f"{owner} {path}/{file.name}", file.read_bytes()) for file in filter(stray.is_meant, files)
                )

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
        yield from map(self._text, filter(stray.is_meant, sorted((self.folder / path).glob(pattern))))

    def layers(self, name: str) -> list[Text]:
        """Return a file of the general voice, and what the case brings of it. Raises BrokenCaseError where there is no general one."""
        beside = name == HELPLINES
        own = self.folder / "knowledge" / name if beside and not self._is_whole else self._voice / name
        general = self._one(self._general, f"knowledge/{name}" if beside else f"{VOICE}/{name}")
        return [general, *([self._text(own)] if own.is_file() else [])]

    def sentences(self, *, harmless: bool) -> Iterator[Text]:
        """Yield the files of sentences: those of the general voice, then those for a `harmless` case, then the case's own."""
        yield from self._sentences_in(self._general / VOICE)
        if harmless:
            yield self._one(self._general, f"{VOICE}/{HARMLESS}")
        yield from self._sentences_in(self._voice)

    def _sentences_in(self, folder: Path) -> Iterator[Text]:
        files = filter(stray.is_meant, sorted(folder.glob("*.yaml")))
        yield from (self._text(file) for file in files if file.name not in {*SHAPED, HARMLESS})

    def _one(self, folder: Path, path: str) -> Text:
        if not (folder / path).is_file():
            missing = Problem(
                Mark(path), "missing-file", "the file is missing", "create it; the README shows a case's files"
            )
            raise BrokenCaseError((missing,))
        return self._text(folder / path)

    def _text(self, file: Path) -> Text:
        name = str(file if self._named else file.relative_to(self.folder))
        self.texts[name], problems = read_text(name, file)
        self.problems += problems
        return Text(name, self.texts[name])


def read_text(name: str, file: Path) -> tuple[str, list[Problem]]:
    """Return what a file holds; where that is no UTF-8, with a sign for each byte that is none, and the problem."""
    return decoded(name, file.read_bytes())


def decoded(name: str, data: bytes) -> tuple[str, list[Problem]]:
    """Return the same of what was read."""
    try:
        return data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n"), []
    except UnicodeDecodeError as error:
        before = data[: error.start]
        mark = Mark(name, before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        wrong = Problem(mark, "encoding", f"byte {data[error.start]:#04x} is not UTF-8", "save the file as UTF-8")
        return data.decode("utf-8", "replace"), [wrong]
