"""A folder read into a Case: from its built file where that is fresh, and from its YAML otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from knowledge import built
from knowledge.model import Case
from knowledge.problems import BrokenCaseError, Mark, Problem

BUILT = "knowledge/built.bin"
"""A case built for a quick start; `casebook build` writes it, the check proves it fresh."""

CARE = "knowledge/voice/care.bin"
"""What was learned from the labelled messages of the care layer; `casebook build` writes it as well."""

SHAPED = ("english.yaml", "languages.yaml", "care.yaml", "examples.yaml", "moves.yaml")
"""The files of `voice/` that have a shape of their own; every other one holds sentences."""

LEARNED = ("english.yaml", "examples.yaml", "moves.yaml")
"""The files that the care layer learns from."""

SHIPPED = Path(__file__).parent.parent
"""The folder of the case that ships with the program: beside this package in a checkout and in an installation."""


class Loaded(NamedTuple):
    """A case with the places its parts were read from, as `kind:id` and `kind:id.field`, and what is wrong with it.

    `fresh` says that the built file was made from these very files.
    """

    case: Case
    marks: Mapping[str, Mark]
    problems: tuple[Problem, ...]
    fresh: bool


def load_case(folder: Path | None = None) -> Case:
    """Load the case in `folder`, or the shipped one. Raises BrokenCaseError with every problem found."""
    files = Files(folder)
    kept = built.unpack(files.data(BUILT), files.fingerprint())
    if kept is not None:
        case, weights = kept
        return case._replace(weights=weights, care_weights=files.care())
    loaded = load(folder)
    if loaded.problems:
        raise BrokenCaseError(loaded.problems)
    return loaded.case


def load(folder: Path | None = None) -> Loaded:
    """Read a case's YAML with the place of everything in it, and what is wrong with it."""
    from knowledge import read  # noqa: PLC0415 - a fresh built file needs no YAML

    files = Files(folder)
    case, marks, problems = read.read(files)
    kept = built.unpack(files.data(BUILT), files.fingerprint())
    care = files.care()
    case = case._replace(weights=kept[1] if kept else b"", care_weights=care)
    return Loaded(case, marks, tuple(sorted(problems)), kept is not None and bool(care))


class Files:
    """The files of a case folder; what it does not bring of `voice/` and the helplines, the shipped one serves."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder or SHIPPED
        self._named = folder is not None

    def one(self, path: str) -> tuple[str, str]:
        """Return the name and text of one file. Raises BrokenCaseError where there is none."""
        file = self._file(path)
        if not file.is_file():
            missing = Problem(
                Mark(path), "missing-file", "the file is missing", "create it; the README shows a case's files"
            )
            raise BrokenCaseError((missing,))
        return self._text(path, file)

    def all(self, path: str) -> Iterator[tuple[str, str]]:
        """Yield name and text of every YAML file in a folder, by name. Raises BrokenCaseError where there is no folder."""
        for file in self._within(path):
            yield self._text(f"{path}/{file.name}", file)

    def voice(self) -> Iterator[tuple[str, str]]:
        """Yield the files of sentences, the case's own in place of a shipped one of the same name."""
        folders = (SHIPPED / "knowledge/voice", self.folder / "knowledge/voice")
        names = {file.name for folder in folders if folder.is_dir() for file in folder.glob("*.yaml")}
        for name in sorted(names - set(SHAPED)):
            yield self.one(f"knowledge/voice/{name}")

    def data(self, path: str) -> bytes:
        """Return a file's bytes, empty where there is none."""
        file = self._file(path)
        return file.read_bytes() if file.is_file() else b""

    def fingerprint(self) -> bytes:
        """Return what stands for the present contents of every file that a case is read from."""
        voice = [f"knowledge/voice/{name}" for name in SHAPED if name != "examples.yaml"]
        paths = ["knowledge/case.yaml", "knowledge/helplines.yaml", *voice]
        named = [(path, self.data(path)) for path in paths]
        try:
            within = [
                (f"{part}/{file.name}", file) for part in ("seeds", "knowledge/facts") for file in self._within(part)
            ]
        except BrokenCaseError:
            return b""
        named += [(path, file.read_bytes()) for path, file in within]
        named += [(name, text.encode()) for name, text in self.voice()]
        return built.fingerprint(named)

    def care_fingerprint(self) -> bytes:
        """Return what stands for the present contents of what the care layer learns from."""
        return built.fingerprint((name, self.data(f"knowledge/voice/{name}")) for name in LEARNED)

    def care(self) -> bytes:
        """Return what the care layer learned, empty where it is stale or missing."""
        data = self.data(CARE)
        print_ = self.care_fingerprint()
        return data[len(print_) :] if data.startswith(print_) else b""

    def _within(self, path: str) -> list[Path]:
        folder = self.folder / path
        if not folder.is_dir():
            missing = Problem(
                Mark(path), "missing-file", "the folder is missing", "create it with at least one YAML file"
            )
            raise BrokenCaseError((missing,))
        return sorted(folder.glob("*.yaml"))

    def _file(self, path: str) -> Path:
        own = self.folder / path
        shared = path == "knowledge/helplines.yaml" or path.startswith("knowledge/voice/")
        return SHIPPED / path if shared and not own.is_file() else own

    def _text(self, path: str, file: Path) -> tuple[str, str]:
        name = str(file) if self._named else path
        try:
            return name, file.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            problem = Problem(Mark(name), "encoding", f"byte {error.start} is not UTF-8", "save the file as UTF-8")
            raise BrokenCaseError((problem,)) from None
