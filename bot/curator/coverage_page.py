"""Coverage as a page of HTML that needs no server, no script and nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from knowledge.case.model import Case, Fact

if TYPE_CHECKING:
    from bot.curator.coverage import Article, Sentence

TEMPLATE = Path(__file__).with_name("coverage.html")
FIRST_WORDS = 3
"""How many words are shown of a sentence that no passage quotes: to find it by, and no more."""
LEAST_WORDS = 8
"""Words from which on a sentence shows its first: of a shorter one they would be much of it."""


def page(case: Case, read: Sequence[Article]) -> str:
    """Return the page."""
    open_ = sum(len(one.open) for one in read)
    summary = f"{_count(len(read), 'report')}, {_count(len(case.facts), 'fact')}. " + (
        f"{_count(open_, 'sentence')} neither behind a fact nor left out on purpose."
        if open_
        else "Every sentence is behind a fact, or left out on purpose."
    )
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=escape(case.title),
        summary=escape(summary),
        contents="\n".join(_entry(one) for one in read),
        reports="\n".join(line for one in read for line in _report(case, one)),
        facts="\n".join(_fact(fact) for fact in case.facts.values()),
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _entry(one: Article) -> str:
    left = f"{_count(len(one.open), 'sentence')} open" if one.open else "nothing open"
    return f'<li><a href="#report-{escape(one.source.id)}">{_title(one)}</a>: {left}</li>'


def _title(one: Article) -> str:
    source = one.source
    published = f"{source.published.day} {source.published:%B %Y}" if source.published else "date not known"
    return escape(f"{source.publisher or source.id}, {published}")


def _report(case: Case, one: Article) -> Iterator[str]:
    id_ = escape(one.source.id)
    yield f'<section aria-labelledby="report-{id_}">'
    yield f'<h2 id="report-{id_}">{_title(one)}</h2>'
    yield (
        f'<p class="quiet">Source {id_}. {one.cited} of {_count(len(one.paragraphs), "paragraph")} cited. '
        f"{one.room.quoted} of {_count(one.room.words, 'word')} quoted, {max(0, one.room.left)} more may be.</p>"
    )
    if not one.paragraphs:
        yield "<p>Its article is not among those that were read.</p>"
    for paragraph in one.paragraphs:
        yield f'<h3 id="{id_}-{paragraph.number}">Paragraph {paragraph.number}</h3>'
        yield '<ul class="sentences" role="list">'
        for sentence in paragraph.sentences:
            yield from _sentence(case, sentence)
        yield "</ul>"
    yield "</section>"


def _sentence(case: Case, sentence: Sentence) -> Iterator[str]:
    kind = "told" if sentence.facts else "left" if sentence.left_out else "open"
    states = {"told": "Behind facts", "left": "Left out", "open": "No fact"}
    yield f'<li class="{kind}">'
    yield f'<p>Sentence {sentence.place}: <span class="state">{states[kind]}</span></p>'
    quotes = dict.fromkeys(one.quote for one in sentence.passages if one.quote)
    for quote in quotes:
        yield f"<blockquote>“{escape(quote)}”</blockquote>"
    if not quotes:
        yield f'<p class="quiet">{escape(_length(sentence.text))}</p>'
    if sentence.facts:
        told = (case.facts[id_] for id_ in sentence.facts)
        yield "<p>" + ", ".join(f'<a href="#fact-{escape(one.id)}">{escape(one.title)}</a>' for one in told) + "</p>"
    elif sentence.left_out:
        yield f"<p>{escape(sentence.left_out)}</p>"
    elif sentence.passages:
        yield f"<p>No fact cites {escape(', '.join(one.id for one in sentence.passages))}.</p>"
    yield "</li>"


def _length(text: str) -> str:
    """How long a sentence is, with its first words where they are few of many."""
    words = text.split()
    length = _count(len(words), "word")
    return f"{' '.join(words[:FIRST_WORDS])} … ({length})" if len(words) >= LEAST_WORDS else length


def _fact(fact: Fact) -> str:
    behind = ", ".join(fact.cited) or f"not reported; nearest is {fact.nearest}"
    return (
        f'<li id="fact-{escape(fact.id)}"><strong>{escape(fact.title)}</strong> ({fact.status})<br>'
        f'{escape(fact.answer)}<br><span class="quiet">{escape(fact.id)}: {escape(behind)}</span></li>'
    )
