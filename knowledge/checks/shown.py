"""What is shown of a fact: its passages, and their quotations or whole paragraphs, against which its words are held."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Self

from knowledge.case.load import plain
from knowledge.case.model import Case, Fact, Passage, Source

MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
WEEKDAYS = {name: number for number, name in enumerate(calendar.day_name)}
_MONTH = "|".join(MONTHS)
DATE = re.compile(rf"\b(?:(\d{{1,2}}) ({_MONTH})|({_MONTH}) (\d{{1,2}}))\b(?: (\d{{4}}))?")

Day = tuple[int, int]
"""A day of a month: (month, day)."""


class Shown(NamedTuple):
    """What stands behind a fact. `texts` are its passages' quotations, or their paragraphs where articles are at hand.

    `is_whole` is False where a paragraph is named as proof and its text isn't at hand: what it holds nobody can tell.
    """

    fact: Fact
    passages: tuple[Passage, ...]
    texts: tuple[str, ...]
    sources: tuple[Source, ...]
    is_whole: bool
    has_articles: bool

    @property
    def text(self) -> str:
        """Return all the texts."""
        return " | ".join(self.texts)

    @property
    def where(self) -> str:
        """Return what the fact was compared with, in words."""
        return "paragraph" if self.has_articles else "quotation"

    @property
    def published(self) -> set[Day]:
        """Return the days on which its sources were published, as far as they are known."""
        return {(source.published.month, source.published.day) for source in self.sources if source.published}

    @classmethod
    def of(cls, case: Case, fact: Fact, texts: Mapping[str, Sequence[str]]) -> Self:
        """Return what stands behind a fact; `texts` are the paragraphs of articles by source id, as far as they are at hand."""
        ids = dict.fromkeys([*fact.passages, *(id_ for difference in fact.differs for id_ in difference.passages)])
        if not ids and fact.nearest in case.facts:
            ids = dict.fromkeys(case.facts[fact.nearest].passages)
        known = {id_: passage for source in case.sources.values() for id_, passage in source.passages.items()}
        passages = tuple(known[id_] for id_ in ids if id_ in known)
        held = tuple(_held(passage, texts.get(passage.source, [])) for passage in passages)
        sources = tuple(case.sources[id_] for id_ in dict.fromkeys(passage.source for passage in passages))
        return cls(fact, passages, held, sources, all(held), bool(texts))


def _held(passage: Passage, text: Sequence[str]) -> str:
    if 0 < passage.paragraph <= len(text):
        return text[passage.paragraph - 1]
    return plain(passage.quote)


def day_in(found: Sequence[str | None]) -> Day:
    """Return the day that the first four groups of `DATE` found."""
    day, month, other_month, other_day = found[:4]
    return MONTHS[month or other_month or ""], int(day or other_day or 0)
