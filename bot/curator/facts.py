"""`casebook facts`: what there is, a fact a line: id, title, status, how many wordings, sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.case.model import Case, Fact
from knowledge.case.problems import nearest
from knowledge.language.text import tokenise

HEAD = ("id", "title", "status", "wordings", "sources")


def run(case: Case, word: str) -> int:
    """Print the facts, or those that have a word in id, title, status, sources, answer or a wording. Returns 1 for none."""
    facts = [fact for fact in case.facts.values() if not word or _has(fact, tokenise(word))]
    if not facts:
        known = {text for fact in case.facts.values() for text in _words(fact)}
        near = nearest(word.lower(), known)
        print(f"no fact has {word!r}; did you mean {near!r}?" if near else f"no fact has {word!r}")
        return 1
    for line in table([HEAD, *(_row(fact) for fact in facts)]):
        print(line)
    count = "1 fact" if len(facts) == 1 else f"{len(facts)} facts"
    print(count if len(facts) == len(case.facts) else f"{count} of {len(case.facts)}")
    return 0


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows as lines, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _row(fact: Fact) -> tuple[str, ...]:
    return (fact.id, fact.title, fact.status, str(len(fact.wordings)), ", ".join(_sources(fact)) or "-")


def _sources(fact: Fact) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id_.partition("/")[0] for id_ in fact.cited))


def _words(fact: Fact) -> frozenset[str]:
    texts = (fact.id, fact.title, fact.status, *_sources(fact), fact.answer, *fact.wordings)
    return frozenset(word for text in texts for word in (text, *tokenise(text)))


def _has(fact: Fact, words: Sequence[str]) -> bool:
    return _words(fact).issuperset(words)
