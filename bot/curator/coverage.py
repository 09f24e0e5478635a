"""`casebook coverage`: sentence by sentence, which facts rest on an article, what is left out and why, what nobody looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from bot.curator import articles, coverage_page
from bot.operator import BAD_USAGE, tell
from knowledge.case.load import paragraphs
from knowledge.case.model import Case, Passage, Source
from knowledge.checks.passages import Room, room_in, uncovered

SHOWN = 60
"""The most characters of a sentence without a passage that the terminal shows."""


class Sentence(NamedTuple):
    """One sentence of an article. `place` is paragraph and number, `5.2`; `left_out` says why no fact is made of it.

    `passages` are those that quote a word of it, or name its paragraph; `facts` are the ids of those that cite them.
    """

    place: str
    text: str
    passages: tuple[Passage, ...]
    facts: tuple[str, ...]
    left_out: str

    @property
    def is_open(self) -> bool:
        """Tell whether it is neither behind a fact nor left out."""
        return not (self.facts or self.left_out)


class Paragraph(NamedTuple):
    """A paragraph by its number, with its sentences. `is_missing`: no fact cites it, and it isn't left out as a whole."""

    number: int
    sentences: tuple[Sentence, ...]
    is_missing: bool


class Article(NamedTuple):
    """What a case makes of one article."""

    source: Source
    paragraphs: tuple[Paragraph, ...]
    room: Room

    @property
    def cited(self) -> int:
        """Return how many paragraphs some fact cites."""
        return sum(any(sentence.facts for sentence in paragraph.sentences) for paragraph in self.paragraphs)

    @property
    def share(self) -> float:
        """Return the share of the words that is quoted, 0.0 to 1.0."""
        return self.room.quoted / (self.room.words or 1)

    @property
    def open(self) -> tuple[Sentence, ...]:
        """Return the sentences that stand behind no fact and aren't left out."""
        return tuple(one for paragraph in self.paragraphs for one in paragraph.sentences if one.is_open)


def run(case: Case, folder: Path, page: Path | None) -> int:
    """Print what each article's sentences stand behind, and write it as a page. Returns 1 for a whole paragraph of nothing."""
    texts = articles.read(folder)
    read = [article(case, source, texts) for source in case.sources.values()]
    for one in read:
        print(
            f"{one.source.id}: {one.cited} of {len(one.paragraphs)} paragraphs cited, {one.share:.0%} of the words quoted"
        )
        for line in lines(one):
            print(line)
    sentences = sum(len(one.open) for one in read)
    missing = sum(paragraph.is_missing for one in read for paragraph in one.paragraphs)
    print(f"{sentences} sentences stand behind no fact, {missing} paragraphs are neither cited nor left out on purpose")
    if page is not None:
        try:
            page.write_text(coverage_page.page(case, read), encoding="utf-8")
        except OSError as error:
            tell(f"casebook: --html: {page} can't be written ({error.strerror}); name a file in a folder that can be")
            return BAD_USAGE
        print(f"{page} is written: open it in a browser")
    return int(missing > 0)


def lines(one: Article) -> Iterator[str]:
    """Yield a line for each sentence, or for a paragraph that is one."""
    for paragraph in one.paragraphs:
        whole = one.source.left_out.get(str(paragraph.number))
        if whole is not None:
            yield f"  {paragraph.number:<5} left out: {whole}"
        for sentence in paragraph.sentences:
            if sentence.facts:
                yield f"  {sentence.place:5} {', '.join(sentence.facts)}"
            elif sentence.left_out and whole is None:
                yield f"  {sentence.place:5} left out: {sentence.left_out}"
            elif sentence.is_open:
                text = sentence.text
                shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
                yield f"  {sentence.place:5} no passage: {shown}"


def article(case: Case, source: Source, texts: Mapping[str, str]) -> Article:
    """Return what a case makes of one article; of one whose text isn't there, nothing."""
    text = paragraphs(texts.get(source.id, ""))
    citing: dict[str, list[str]] = {}
    for fact in case.facts.values():
        for id_ in fact.cited:
            citing.setdefault(id_, []).append(fact.id)
    return Article(
        source,
        tuple(_paragraph(source, number, one, citing) for number, one in enumerate(text, 1)),
        room_in(case, source, text),
    )


def _paragraph(source: Source, number: int, text: str, citing: Mapping[str, list[str]]) -> Paragraph:
    passages = [one for one in source.passages.values() if one.paragraph == number]
    bare = source._replace(passages={}, left_out={})
    places = {
        one.id: {place for place, _ in uncovered(bare._replace(passages={one.id: one}), number, text, {one.id})}
        for one in passages
    }
    whole = source.left_out.get(str(number), "")
    sentences = []
    for place, said in uncovered(bare, number, text, ()):
        behind = tuple(one for one in passages if place not in places[one.id])
        facts = tuple(dict.fromkeys(id_ for one in behind for id_ in citing.get(one.id, ())))
        left_out = source.left_out.get(f"{number}.{place}", whole)
        sentences.append(Sentence(f"{number}.{place}", said, behind, facts, left_out))
    is_cited = any(one.id in citing for one in passages)
    return Paragraph(number, tuple(sentences), not is_cited and not whole)
