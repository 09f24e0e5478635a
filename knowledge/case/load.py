"""A folder read into a Case, and an article into its paragraphs. Nothing is half read: every problem is found before any is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path, PurePath
from typing import NamedTuple

from knowledge.case import read, stray, voice
from knowledge.case.model import Case, Fact, Theme, Voice
from knowledge.case.nodes import BrokenCaseError, Mark, Problem
from knowledge.case.wordings import Wording, read_wordings, with_wordings

QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})


def plain(text: str) -> str:
    """Fold quote marks and white space, which differ between a page and its copies."""
    return " ".join(text.translate(QUOTES).split())


def paragraphs(text: str) -> list[str]:
    """Return the non-empty lines, folded; the first is paragraph 1."""
    return [plain(line) for line in text.splitlines() if line.strip()]


SHAPED = ("english.yaml", "languages.yaml", "care.yaml", "places.yaml")
"""The files of `voice/` that have a shape of their own; every other YAML file there holds sentences."""

SHIPPED = Path(__file__).parents[2]
"""The folder of the case that ships with the program: beside this package in a checkout and in an installation."""

VOICE = "knowledge/voice"


class Loaded(NamedTuple):
    """A case with the places its parts were read from, as `kind:id` and `kind:id.field`, and what is wrong with it.

    `wordings` are the lines of the files of wordings, moves and examples, in their order; `texts` are all files as they
    were read, by the names that places have.
    """

    case: Case
    marks: Mapping[str, Mark]
    problems: tuple[Problem, ...]
    wordings: tuple[Wording, ...]
    texts: Mapping[str, str]


def load_case(folder: Path | None = None) -> Case:
    """Load the case in `folder`, or the shipped one. Raises BrokenCaseError with every problem found."""
    loaded = load(folder)
    if loaded.problems:
        raise BrokenCaseError(loaded.problems)
    return loaded.case


def load(folder: Path | None = None) -> Loaded:
    """Read a case with the place of everything in it, and what is wrong with it. Raises BrokenCaseError for a missing file."""
    files = Files(folder)
    problems: list[Problem] = []
    marks: dict[str, Mark] = {}
    top = read.read_top(*files.one("knowledge/case.yaml"), problems, marks)
    sources = [read.read_source(name, text, problems, marks) for name, text in files.all("seeds", "*.yaml")]
    facts: dict[str, Fact] = {}
    together: dict[str, tuple[str, ...]] = {}
    for name, text in files.all("knowledge/facts", "*.yaml"):
        some = read.read_facts(name, text, problems, marks, frozenset(facts))
        facts |= {fact.id: fact for fact in some}
        together[PurePath(name).stem] = tuple(fact.id for fact in some)
    for name, text in files.any("knowledge/claims", "*.yaml"):
        claims = read.read_claims(name, text, facts, problems, marks)
        facts |= {id_: facts[id_]._replace(claims=facts[id_].claims + more) for id_, more in claims.items()}
    wordings, moves, examples, rejoined = (tuple(lines) for lines in _wordings(files, problems))
    marks.update({f"move:{move.id}": move.mark for move in reversed(moves)})
    sentences: dict[str, str] = {}
    for name, text in files.sentences():
        sentences |= voice.read_sentences(name, text, problems, marks)
    english = voice.read_english(
        *files.one(f"{VOICE}/english.yaml"), files.one(f"{VOICE}/common.txt")[1], problems, marks
    )
    places = voice.read_places(*files.one(f"{VOICE}/places.yaml"), problems, marks)
    case = Case(
        title=top.title,
        place=top.place,
        about=top.about,
        it=top.it,
        event=top.event,
        year=top.year,
        as_of=top.as_of or date.min,
        entities=top.entities,
        central=top.central,
        themes=_themes(top.themes, together),
        sources={source.id: source for source in sources},
        facts=with_wordings(facts, wordings, problems, marks),
        helplines=read.read_helplines(*files.one("knowledge/helplines.yaml"), problems, marks),
        voice=Voice(sentences),
        english=english,
        care=voice.read_care(*files.one(f"{VOICE}/care.yaml"), examples, rejoined, problems, marks, places=places),
        moves=tuple((move.text, move.id) for move in moves),
        languages=voice.read_languages(*files.one(f"{VOICE}/languages.yaml"), problems, marks),
    )
    problems += files.problems
    return Loaded(case, marks, tuple(sorted(problems)), (*wordings, *moves, *examples, *rejoined), files.texts)


def _themes(titles: Mapping[str, str], together: Mapping[str, tuple[str, ...]]) -> dict[str, Theme]:
    """The themes in the order of their titles, then the files that have none: their names are their titles."""
    named = {id_: title for id_, title in titles.items() if id_ in together}
    others = {id_: " ".join(id_.split("-")).capitalize() for id_ in together if id_ not in named}
    return {id_: Theme(id_, title, together[id_]) for id_, title in {**named, **others}.items()}


def _wordings(files: Files, problems: list[Problem]) -> Iterator[Iterator[Wording]]:
    """The wordings of the facts, of the moves, the labelled messages, and what is written after contacts."""
    yield (
        wording
        for name, text in files.all("knowledge/wordings", "*.txt")
        for wording in read_wordings(name, text, problems)
    )
    for names in (("moves",), ("examples", "everyday"), ("rejoinders",)):
        several = (files.one(f"{VOICE}/{name}.txt") for name in names)
        yield (wording for name, text in several for wording in read_wordings(name, text, problems))


class Files:
    """The files of a case folder; what it does not bring of `voice/` and the helplines, the shipped one serves."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder or SHIPPED
        self._named = folder is not None
        self.texts: dict[str, str] = {}
        self.problems = list(stray.found(self.folder, named=self._named))

    def one(self, path: str) -> tuple[str, str]:
        """Return the name and text of one file. Raises BrokenCaseError where there is none."""
        own = self.folder / path
        shared = path == "knowledge/helplines.yaml" or path.startswith(VOICE)
        file = SHIPPED / path if shared and not own.is_file() else own
        if not file.is_file():
            missing = Problem(
                Mark(path), "missing-file", "the file is missing", "create it; the README shows a case's files"
            )
            raise BrokenCaseError((missing,))
        return self._text(path, file)

    def all(self, path: str, pattern: str) -> Iterator[tuple[str, str]]:
        """Yield name and text of every file in a folder, by name. Raises BrokenCaseError where there is no folder."""
        folder = self.folder / path
        if not folder.is_dir():
            missing = Problem(
                Mark(path), "missing-file", "the folder is missing", f"create it with at least one {pattern} file"
            )
            raise BrokenCaseError((missing,))
        yield from self.any(path, pattern)

    def any(self, path: str, pattern: str) -> Iterator[tuple[str, str]]:
        """Yield the same of a folder that a case may do without."""
        for file in sorted((self.folder / path).glob(pattern)):
            if stray.is_meant(file):
                yield self._text(f"{path}/{file.name}", file)

    def sentences(self) -> Iterator[tuple[str, str]]:
        """Yield the files of sentences, the case's own in place of a shipped one of the same name."""
        folders = (SHIPPED / VOICE, self.folder / VOICE)
        names = {file.name for folder in folders if folder.is_dir() for file in folder.glob("*.yaml")}
        for name in sorted(names - set(SHAPED)):
            yield self.one(f"{VOICE}/{name}")

    def _text(self, path: str, file: Path) -> tuple[str, str]:
        name = str(file) if self._named else path
        self.texts[name], problems = read_text(name, file)
        self.problems += problems
        return name, self.texts[name]


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
