"""A folder read into a Case. Nothing is half loaded: every problem is found before any is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge import read_case, read_voice
from knowledge.model import Case, Voice
from knowledge.problems import BrokenCaseError, Mark, Problem

WEIGHTS = "knowledge/weights.bin"
"""What was learned from a case's wordings; `casebook learn` writes it, the check proves it fresh."""

CARE_WEIGHTS = "knowledge/voice/care.bin"
"""What was learned from the labelled messages of the care layer, likewise."""

VOICE_FILES = ("english.yaml", "languages.yaml", "care.yaml", "examples.yaml", "moves.yaml")
"""The files of `voice/` that have a shape of their own; every other one holds sentences."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case with the places its parts were read from, as `kind:id` and `kind:id.field`, and what is wrong with it."""

    case: Case
    marks: Mapping[str, Mark]
    problems: tuple[Problem, ...]


def load_case(folder: Path | None = None) -> Case:
    """Load the case in `folder`, or the shipped one. Raises BrokenCaseError with every problem found."""
    loaded = load(folder)
    if loaded.problems:
        raise BrokenCaseError(loaded.problems)
    return loaded.case


def load(folder: Path | None = None) -> Loaded:
    """Load a case and what is wrong with it, without judging what only `check` judges."""
    files = _Files(folder)
    problems: list[Problem] = []
    marks: dict[str, Mark] = {}
    top = read_case.read_top(*files.one("knowledge/case.yaml"), problems, marks)
    sources = {}
    for name, text in files.all("seeds"):
        source = read_case.read_source(name, text, problems, marks)
        sources[source.id] = source
    facts = {}
    for name, text in files.all("knowledge/facts"):
        facts |= {fact.id: fact for fact in read_case.read_facts(name, text, problems, marks, frozenset(facts))}
    helplines = read_case.read_helplines(*files.one("knowledge/helplines.yaml"), problems, marks)
    sentences: dict[str, str] = {}
    for name, text in files.voice():
        sentences |= read_voice.read_sentences(name, text, problems, marks)
    english = read_voice.read_english(*files.one("knowledge/voice/english.yaml"), problems)
    care = read_voice.read_care(
        files.one("knowledge/voice/care.yaml"), files.one("knowledge/voice/examples.yaml"), problems, marks
    )
    moves = read_voice.read_moves(*files.one("knowledge/voice/moves.yaml"), problems, marks)
    languages = read_voice.read_languages(*files.one("knowledge/voice/languages.yaml"), problems)
    case = Case(
        title=top.title,
        place=top.place,
        about=top.about,
        year=top.year,
        as_of=top.as_of or date.min,
        entities=top.entities,
        sources=sources,
        facts=facts,
        helplines=helplines,
        voice=Voice(sentences),
        english=english,
        care=care,
        moves=moves,
        languages=languages,
        weights=files.bytes(WEIGHTS),
        care_weights=files.bytes(CARE_WEIGHTS),
    )
    return Loaded(case, marks, tuple(sorted(problems)))


class _Files:
    """The files of a case folder; what it does not bring of `voice/` and the helplines, the shipped one serves."""

    def __init__(self, folder: Path | None) -> None:
        shipped = {part: resources.files("knowledge") for part in ("knowledge",)}
        self._shipped: dict[str, Traversable] = shipped | {"seeds": shipped_seeds()}
        self._folder = folder

    def one(self, path: str) -> tuple[str, str]:
        """Return the name and text of one file."""
        own = self._own(path)
        if own is not None and own.is_file():
            return self._read(path, own)
        part, _, rest = path.partition("/")
        shared = path == "knowledge/helplines.yaml" or path.startswith("knowledge/voice/")
        shipped = self._shipped[part] / rest
        if (self._folder is None or shared) and shipped.is_file():
            return self._read(path, shipped)
        missing = Problem(Mark(path), "missing-file", "the file is missing", "create it; the README shows a case's files")
        raise BrokenCaseError((missing,))

    def all(self, path: str) -> Iterator[tuple[str, str]]:
        """Yield name and text of every YAML file in a folder, by name."""
        part, _, rest = path.partition("/")
        folder = self._own(path) or (self._shipped[part] / rest if rest else self._shipped[part])
        if not folder.is_dir():
            missing = Problem(Mark(path), "missing-file", "the folder is missing", "create it with at least one YAML file")
            raise BrokenCaseError((missing,))
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".yaml"):
                yield self._read(f"{path}/{file.name}", file)

    def voice(self) -> Iterator[tuple[str, str]]:
        """Yield the files of sentences, the case's own in place of a shipped one of the same name."""
        shipped = {file.name for file in (self._shipped["knowledge"] / "voice").iterdir()}
        own = self._own("knowledge/voice")
        if own is not None and own.is_dir():
            shipped |= {file.name for file in own.iterdir()}
        for name in sorted(shipped - set(VOICE_FILES)):
            if name.endswith(".yaml"):
                yield self.one(f"knowledge/voice/{name}")

    def bytes(self, path: str) -> bytes:
        """Return a file's bytes, empty where there is none."""
        part, _, rest = path.partition("/")
        own = self._own(path)
        if own is not None and (own.is_file() or path == WEIGHTS):
            return own.read_bytes() if own.is_file() else b""
        file = self._shipped[part] / rest
        return file.read_bytes() if file.is_file() else b""

    def _own(self, path: str) -> Traversable | None:
        return None if self._folder is None else self._folder / path

    def _read(self, path: str, file: Traversable) -> tuple[str, str]:
        name = path if self._folder is None else str(file)
        try:
            return name, file.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            problem = Problem(Mark(name), "encoding", f"byte {error.start} is not UTF-8", "save the file as UTF-8")
            raise BrokenCaseError((problem,)) from None


def shipped_seeds() -> Traversable:
    """Return the shipped sources, beside the package in a checkout and in an installation alike."""
    return resources.files("seeds")
