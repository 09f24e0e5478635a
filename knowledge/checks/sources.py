"""Rules for sources: who speaks in them, and whether publisher, headline and date stand in the text or came with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from knowledge.case.load import Loaded, plain
from knowledge.case.model import GIVEN, Source
from knowledge.case.problems import Problem, meant


def given(loaded: Loaded) -> Iterator[Problem]:
    """What is said to have come with an article is one of its fields, and is known.

    Passes: `given: [publisher]`. Fails: `given: [author]`, or `given: [headline]` over `headline: null`.
    """
    for source in loaded.case.sources.values():
        for field in source.given:
            if field not in GIVEN or getattr(source, field) is None:
                what = "is not known" if field in GIVEN else "is none of its fields"
                mend = f"name those of {', '.join(GIVEN)} that are known and not in the text"
                mark = loaded.marks[f"source:{source.id}.given.{field}"]
                yield Problem(mark, "provenance", f"{field} {what}", mend)


def references(loaded: Loaded) -> Iterator[Problem]:
    """Whoever speaks in a passage, and whom the whole case is about, is an entity of the case.

    Passes: `speaker: finch` where an entity `finch` exists. Fails: `speaker: fynch`.
    """
    case = loaded.case
    passages = [passage for source in case.sources.values() for passage in source.passages.values() if passage.speaker]
    named = [("speaker", one.speaker, f"passage:{one.id}.speaker") for one in passages]
    named += [("central", id_, f"case.central.{id_}") for id_ in case.central]
    for key, id_, mark in named:
        if id_ not in case.entities:
            mend = meant(id_, case.entities, "add the entity to case.yaml, or take it out here")
            yield Problem(loaded.marks[mark], "reference", f"{key} names {id_}, which doesn't exist", mend)


def helplines(loaded: Loaded) -> Iterator[Problem]:
    """Every contact that a source is said to print exists.

    Passes: `helplines: {refuge: ""}` where a card `refuge` exists. Fails: `helplines: {refoge: ""}`.
    """
    cards = loaded.case.helplines
    for source in loaded.case.sources.values():
        for id_ in source.helplines.keys() - cards.keys():
            mend = meant(id_, cards, "add the card to helplines.yaml, or take it out here")
            mark = loaded.marks[f"source:{source.id}.helplines.{id_}"]
            yield Problem(mark, "reference", f"there is no contact {id_}", mend)


def provenance(loaded: Loaded, articles: Mapping[str, str]) -> Iterator[Problem]:
    """Publisher, headline and date stand in the article's text, or under `given`, and never both.

    Passes: `published: 2022-01-26` over a text that has the date, or `given: [published]` over one that hasn't. Fails
    the other way about.
    """
    for source in loaded.case.sources.values():
        text = plain(articles.get(source.id, ""))
        for field in GIVEN if text else ():
            if getattr(source, field) is None:
                continue
            is_there, is_given = any(form in text for form in _forms(source, field)), field in source.given
            mark = loaded.marks[f"source:{source.id}.{field}"]
            if is_there and is_given:
                yield Problem(
                    mark, "provenance", f"the article's text has {getattr(source, field)}", "take it out of `given:`"
                )
            if not is_there and not is_given:
                mend = f"write what the text has, or add {field} to `given:`"
                yield Problem(mark, "provenance", f"the article's text doesn't have {getattr(source, field)}", mend)


def _forms(source: Source, field: str) -> tuple[str, ...]:
    """The ways in which an article may print one of its fields."""
    value = getattr(source, field)
    if not isinstance(value, date):
        return (plain(value),)
    month = f"{value:%B}"
    return (
        value.isoformat(),
        f"{value.day} {month} {value.year}",
        f"{month} {value.day}, {value.year}",
        f"{month} {value.day} {value.year}",
    )
