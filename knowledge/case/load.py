"""A folder read into a Case, and an article into its paragraphs. Nothing is half read: every problem is found before any is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path, PurePath
from typing import NamedTuple

from knowledge.case import read, voice
from knowledge.case.general import Voice
from knowledge.case.layers import HELPLINES, MESSAGES, Files
from knowledge.case.model import Case, Fact, Theme
from knowledge.case.problems import BrokenCaseError, Mark, Problem
from knowledge.case.wordings import Wording, read_wordings, with_wordings

QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})


def plain(text: str) -> str:
    """Fold quote marks and white space, which differ between a page and its copies."""
    return " ".join(text.translate(QUOTES).split())


def paragraphs(text: str) -> list[str]:
    """Return the non-empty lines, folded; the first is paragraph 1."""
    return [plain(line) for line in text.splitlines() if line.strip()]


class Loaded(NamedTuple):
    """A case with the places its parts were read from, as `kind:id` and `kind:id.field`, and what is wrong with it.

    `wordings` are the lines of the files of wordings, moves and examples, in their order; `texts` are all files as they
    were read, by the names that places have. `borrowed` says which of them are of the general voice, where this case is
    not the one that they come with.
    """

    case: Case
    marks: Mapping[str, Mark]
    problems: tuple[Problem, ...]
    wordings: tuple[Wording, ...]
    texts: Mapping[str, str]
    borrowed: Callable[[str], bool]

    def at(self, owner: str, *fields: str) -> Mark:
        """Return where a field stands, one within another, or the innermost around it whose place is known.

        Raises KeyError where not even the owner's is.
        """
        while fields and ".".join((owner, *fields)) not in self.marks:
            fields = fields[:-1]
        return self.marks[".".join((owner, *fields))]


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
    for name, text in files.sentences(harmless=top.harmless):
        sentences |= voice.read_sentences(name, text, problems, marks)
    english = voice.read_english(files.layers("english.yaml"), files.layers("common.txt"), problems, marks)
    places = voice.read_places(files.layers("places.yaml"), problems, marks)
    case = Case(
        title=top.title,
        what=top.what,
        place=top.place,
        about=top.about,
        it=top.it,
        event=top.event,
        things=top.things,
        year=top.year,
        as_of=top.as_of or date.min,
        entities=top.entities,
        central=top.central,
        themes=_themes(top.themes, together),
        harmless=top.harmless,
        sources={source.id: source for source in sources},
        facts=with_wordings(facts, wordings, problems, marks),
        helplines=read.read_helplines(files.layers(HELPLINES), problems, marks),
        voice=Voice(sentences),
        english=english,
        care=voice.read_care(files.layers("care.yaml"), examples, rejoined, problems, marks, places=places),
        moves=tuple((move.text, move.id) for move in moves),
        languages=voice.read_languages(files.layers("languages.yaml"), problems, marks),
    )
    problems += files.problems
    lines = (*wordings, *moves, *examples, *rejoined)
    return Loaded(case, marks, tuple(sorted(problems)), lines, files.texts, files.is_borrowed)


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
    for names in (("moves",), MESSAGES, ("rejoinders",)):
        several = (text for name in names for text in files.layers(f"{name}.txt"))
        yield (wording for name, text in several for wording in read_wordings(name, text, problems))
