"""Every YAML file of a case read into values. Nothing is half read: every problem is found before any is told."""

from __future__ import annotations

from datetime import date

from knowledge import read_case, read_voice
from knowledge.load import Files
from knowledge.model import Case, Fact, Voice
from knowledge.problems import Mark, Problem


def read(files: Files) -> tuple[Case, dict[str, Mark], list[Problem]]:
    """Read a case, the places of its parts, and what is wrong with it. Raises BrokenCaseError for a missing file."""
    problems: list[Problem] = []
    marks: dict[str, Mark] = {}
    top = read_case.read_top(*files.one("knowledge/case.yaml"), problems, marks)
    sources = [read_case.read_source(name, text, problems, marks) for name, text in files.all("seeds")]
    facts: dict[str, Fact] = {}
    for name, text in files.all("knowledge/facts"):
        facts |= {fact.id: fact for fact in read_case.read_facts(name, text, problems, marks, frozenset(facts))}
    sentences: dict[str, str] = {}
    for name, text in files.voice():
        sentences |= read_voice.read_sentences(name, text, problems, marks)
    voice = "knowledge/voice"
    case = Case(
        title=top.title,
        place=top.place,
        about=top.about,
        it=top.it,
        year=top.year,
        as_of=top.as_of or date.min,
        entities=top.entities,
        sources={source.id: source for source in sources},
        facts=facts,
        helplines=read_case.read_helplines(*files.one("knowledge/helplines.yaml"), problems, marks),
        voice=Voice(sentences),
        english=read_voice.read_english(*files.one(f"{voice}/english.yaml"), problems),
        care=read_voice.read_care(
            files.one(f"{voice}/care.yaml"), files.one(f"{voice}/examples.yaml"), problems, marks
        ),
        moves=read_voice.read_moves(*files.one(f"{voice}/moves.yaml"), problems, marks),
        languages=read_voice.read_languages(*files.one(f"{voice}/languages.yaml"), problems),
    )
    return case, marks, problems
