"""Rules for quotations: verbatim, short, and little enough of each article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.case.load import Loaded, paragraphs, plain
from knowledge.case.model import Passage, Source
from knowledge.case.nodes import Level, Mark, Problem

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
        quoted = sum(len(passage.quote.split()) for passage in source.passages.values())
        whole = sum(len(paragraph.split()) for paragraph in text)
        if quoted > whole * MOST_SHARE:
            message = f"{quoted} of the article's {whole} words are quoted, more than half"
            yield Problem(loaded.marks[f"source:{source.id}"], "quoted-too-much", message, "shorten some quotations")


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
            mark = loaded.marks[f"passage:{passage.id}.paragraph"]
            message = f"the quotation is not in paragraph {passage.paragraph}"
            yield Problem(mark, "paragraph", message, f"it stands in paragraph {found[0]}")
        else:
            mark = loaded.marks[f"passage:{passage.id}.quote"]
            yield Problem(mark, "verbatim", "the article doesn't say this", "copy the words from the article")


def _no_paragraph(loaded: Loaded, passage: Passage, text: list[str]) -> Iterator[Problem]:
    if not 0 < passage.paragraph <= len(text):
        mark = loaded.marks[f"passage:{passage.id}.paragraph"]
        message = f"there is no paragraph {passage.paragraph}"
        yield Problem(mark, "paragraph", message, f"the article has {len(text)}")


def covered(loaded: Loaded, articles: Mapping[str, str]) -> Iterator[Problem]:
    """Every paragraph is cited by a fact, or left out with a reason.

    Passes: a paragraph with a passage that some fact cites. Fails: one that nothing cites and `left_out` doesn't name.
    """
    cited = {id_ for fact in loaded.case.facts.values() for id_ in fact.passages}
    for source in loaded.case.sources.values():
        used = {passage.paragraph for id_, passage in source.passages.items() if id_ in cited}
        for number in range(1, len(paragraphs(articles.get(source.id, ""))) + 1):
            if number not in used and number not in source.left_out:
                mark = loaded.marks.get(f"source:{source.id}", Mark(source.id))
                message = f"paragraph {number} is neither cited nor left out on purpose"
                yield Problem(mark, "coverage", message, "cite it from a fact, or give the reason under left_out")
    for source in loaded.case.sources.values():
        for passage in source.passages.values():
            if passage.id not in cited:
                mark = loaded.marks[f"passage:{passage.id}"]
                message = f"no fact cites {passage.id}"
                yield Problem(mark, "unused-passage", message, "cite it from a fact or remove it", Level.WARNING)
