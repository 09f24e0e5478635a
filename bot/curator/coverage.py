"""`casebook coverage`: what of each article no fact cites, and why."""

from __future__ import annotations

from pathlib import Path

from bot.curator.check import read_articles
from knowledge.case.load import paragraphs
from knowledge.case.model import Case
from knowledge.checks.passages import room_in

SHOWN = 60


def run(case: Case, articles: Path) -> int:
    """Print, for each article, the paragraphs that are left out, and those nobody has looked at. Returns 1 for these."""
    if not articles.is_dir():
        print(f"casebook: --articles: there is no folder {articles}; give the folder that holds the articles' texts")
        return 2
    texts = read_articles(articles)
    cited = {id_ for fact in case.facts.values() for id_ in fact.passages}
    missing = 0
    for source in case.sources.values():
        text = paragraphs(texts.get(source.id, ""))
        used = {passage.paragraph for id_, passage in source.passages.items() if id_ in cited}
        room = room_in(case, source, text)
        share = room.quoted / (room.words or 1)
        print(f"{source.id}: {len(used)} of {len(text)} paragraphs cited, {share:.0%} of the words quoted")
        for number, paragraph in enumerate(text, 1):
            if number in used:
                continue
            reason = source.left_out.get(str(number))
            missing += reason is None
            shown = paragraph if len(paragraph) <= SHOWN else f"{paragraph[:SHOWN]}…"
            print(f"  {number:3} {'left out: ' + reason if reason else 'NOT CITED: ' + shown}")
    print(f"{missing} paragraphs are neither cited nor left out on purpose")
    return int(missing > 0)
