"""Rules for quotations: verbatim, short, and little enough of each article."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from knowledge.case.load import Loaded, paragraphs, plain
from knowledge.case.model import Case, Passage, Source
from knowledge.case.problems import Level, Mark, Problem
from knowledge.checks.wordings import QUOTED

MOST_WORDS = 40
"""The most words of one quotation."""

MOST_SHARE = 0.5
"""The most of an article's words that may be quoted in all."""


def short_enough(loaded: Loaded) -> Iterator[Problem]:
    """A quotation has 1 to 40 words; a passage without one names a paragraph alone.

    Passes: `quote: "They lived next door."`, `{paragraph: 13}`. Fails: a quotation of 41 words, or an empty one.
    """
    for source in loaded.case.sources.values():
        for passage in source.passages.values():
            count = len(passage.quote.split())
            mark = loaded.marks.get(f"passage:{passage.id}.quote")
            if mark and not 0 < count <= MOST_WORDS:
                mend = f"quote between 1 and {MOST_WORDS} words"
                yield Problem(mark, "quotation-length", f"the quotation has {count} words", mend)


def verbatim(loaded: Loaded, articles: Mapping[str, str]) -> Iterator[Problem]:
    """A quotation stands word for word in the paragraph that it names; all of them are half the article at the most.

    Quote marks and white space are folded. Passes: a span copied from the paragraph. Fails: one word changed, the
    wrong paragraph, or an article quoted beyond half its words.
    """
    for source in loaded.case.sources.values():
        if source.id not in articles:
            mark = loaded.marks[f"source:{source.id}"]
            mend = f"put {source.id}.txt into the folder of articles"
            yield Problem(mark, "article-missing", f"there is no article {source.id}.txt to compare with", mend)
            continue
        text = paragraphs(articles[source.id])
        yield from _not_verbatim(loaded, source, text)
        room = room_in(loaded.case, source, text)
        if room.left < 0:
            message = f"{room.quoted} of the article's {room.words} words are quoted, more than half"
            yield Problem(loaded.marks[f"source:{source.id}"], "quoted-too-much", message, "shorten some quotations")


class Room(NamedTuple):
    """How many words an article has, and how many of them are quoted, each counted once."""

    words: int
    quoted: int

    @property
    def left(self) -> int:
        """Return how many more words may be quoted; below 0 where it is too much already."""
        return int(self.words * MOST_SHARE) - self.quoted


WORD = re.compile(r"\S+")


def room_in(case: Case, source: Source, text: list[str]) -> Room:
    """Count the words of an article that are quoted, in a passage or within the quote marks of a fact that cites it.

    `text` are its paragraphs, folded. A word that several quotations cover counts once.
    """
    words = quoted = 0
    for number, paragraph in enumerate(text, 1):
        places = [word.span() for word in WORD.finditer(paragraph)]
        spans = [_span(paragraph, quote) for quote in _quotations(case, source, number)]
        words += len(places)
        quoted += sum(any(start < to and at < end for at, to in spans) for start, end in places)
    return Room(words, quoted)


def _quotations(case: Case, source: Source, number: int) -> Iterator[str]:
    """What is quoted of one paragraph."""
    cited = {passage.id for passage in source.passages.values() if passage.paragraph == number}
    yield from (source.passages[id_].quote for id_ in cited)
    for fact in case.facts.values():
        if not cited.isdisjoint(fact.passages):
            for text in (fact.answer, fact.short, fact.moment):
                yield from (span[0].strip('"“”') for span in QUOTED.finditer(text))


def _span(paragraph: str, quote: str) -> tuple[int, int]:
    """Where a quotation stands in a paragraph, nowhere where it doesn't."""
    quote = plain(quote).rstrip(".,?").lower()
    at = paragraph.lower().find(quote) if quote else -1
    return (at, at + len(quote)) if at >= 0 else (0, 0)


def _not_verbatim(loaded: Loaded, source: Source, text: list[str]) -> Iterator[Problem]:
    for passage in source.passages.values():
        if not passage.quote:
            yield from _no_paragraph(loaded, passage, text)
            continue
        quote = plain(passage.quote)
        found = [number for number, paragraph in enumerate(text, 1) if quote in paragraph]
        if passage.paragraph in found:
            continue
        if found:
            mark = loaded.at(f"passage:{passage.id}", "paragraph")
            message = f"the quotation is not in paragraph {passage.paragraph}"
            yield Problem(mark, "paragraph", message, f"it stands in paragraph {found[0]}")
        else:
            mark = loaded.at(f"passage:{passage.id}", "quote")
            yield Problem(mark, "verbatim", "the article doesn't say this", "copy the words from the article")


def _no_paragraph(loaded: Loaded, passage: Passage, text: list[str]) -> Iterator[Problem]:
    if not 0 < passage.paragraph <= len(text):
        mark = loaded.at(f"passage:{passage.id}", "paragraph")
        message = f"there is no paragraph {passage.paragraph}"
        yield Problem(mark, "paragraph", message, f"the article has {len(text)}")


SENTENCE_END = re.compile(r"[.?!][\"')]*\s+(?=[\"'(]*[A-Z])")


def uncovered(source: Source, number: int, paragraph: str, cited: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield the sentences of a paragraph, counted from 1, that none of the cited passages quotes a word of.

    A passage without a quotation stands for the whole paragraph; what is left out on purpose is not told.
    """
    passages = [one for id_, one in source.passages.items() if one.paragraph == number and id_ in cited]
    if str(number) in source.left_out or not all(one.quote for one in passages):
        return
    spans = [_span(paragraph, one.quote) for one in passages]
    ends = [*(found.end() for found in SENTENCE_END.finditer(paragraph)), len(paragraph)]
    for place, (start, end) in enumerate(zip([0, *ends], ends, strict=False), 1):
        if f"{number}.{place}" not in source.left_out and not any(at < end and start < to for at, to in spans):
            yield place, paragraph[start:end].strip()


def covered(loaded: Loaded, articles: Mapping[str, str]) -> Iterator[Problem]:
    """Every paragraph is cited by a fact, or left out with a reason.

    Passes: a paragraph with a passage that some fact cites. Fails: one that nothing cites and `left_out` doesn't name.
    """
    cited = {id_ for fact in loaded.case.facts.values() for id_ in fact.cited}
    for source in loaded.case.sources.values():
        used = {passage.paragraph for id_, passage in source.passages.items() if id_ in cited}
        for number in range(1, len(paragraphs(articles.get(source.id, ""))) + 1):
            if number not in used and str(number) not in source.left_out:
                mark = loaded.marks.get(f"source:{source.id}", Mark(source.id))
                message = f"paragraph {number} is neither cited nor left out on purpose"
                yield Problem(mark, "coverage", message, "cite it from a fact, or give the reason under left_out")
    for source in loaded.case.sources.values():
        for passage in source.passages.values():
            if passage.id not in cited:
                mark = loaded.marks[f"passage:{passage.id}"]
                message = f"no fact cites {passage.id}"
                yield Problem(mark, "unused-passage", message, "cite it from a fact or remove it", Level.WARNING)
