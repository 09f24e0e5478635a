"""Rules for who says what: the speakers of a fact, and the passages of further reports that say the same."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.case.load import Loaded
from knowledge.case.problems import Problem
from knowledge.language.english import Language
from knowledge.language.text import tokenise

SPEAK = frozenset(("person", "organisation"))
"""The kinds of entity that can say something."""


def speakers(loaded: Loaded) -> Iterator[Problem]:
    """Speakers are people or organisations, and where there are several, `who_said` tells what each of them said.

    Passes: `speaker: finch`, and `speaker: [finch, club]` with `who_said: Ada Finch told The Marsh Gazette of the
    smoke, and the club counted the boats.` Fails: `speaker: boathouse`, a place, and a `who_said` that leaves one of
    them out.
    """
    entities = loaded.case.entities
    language = Language.of(loaded.case)
    for fact in loaded.case.facts.values():
        mark = loaded.marks.get(f"fact:{fact.id}.speaker")
        if mark is None:
            continue
        for id_ in fact.speakers:
            if id_ in entities and entities[id_].kind not in SPEAK:
                message = f"{fact.id}: {id_} is a {entities[id_].kind} and says nothing"
                yield Problem(mark, "speaker", message, "name the person or the organisation that said it")
        named = language.entities(tokenise(fact.who_said)) if fact.who_said else fact.speakers[:1]
        for id_ in fact.speakers:
            if id_ in entities and id_ not in named:
                message = f"{fact.id}: nothing says what {id_} said"
                yield Problem(
                    mark, "speaker", message, "name each of the speakers under `who_said:`, with what is theirs"
                )


def also(loaded: Loaded) -> Iterator[Problem]:
    """A passage that is shown only when its report is asked for is not shown anyway.

    Passes: `also: [courier/boats]` beside `passages: [gazette/boats]`. Fails: one passage under both.
    """
    for fact in loaded.case.facts.values():
        for id_ in fact.also:
            if id_ in fact.passages:
                mark = loaded.marks[f"fact:{fact.id}.also.{id_}"]
                yield Problem(mark, "also", f"{fact.id}: {id_} is shown already", "keep it under one of the two")
