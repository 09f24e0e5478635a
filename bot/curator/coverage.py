"""`casebook coverage`: which sentences of each article no passage covers, and what is left out on purpose."""

from __future__ import annotations

from pathlib import Path

from bot.curator.check import read_articles
from knowledge.case.load import paragraphs
from knowledge.case.model import Case
from knowledge.checks.passages import room_in, uncovered

SHOWN = 60


def run(case: Case, articles: Path) -> int:
    """Print, for each article, what is left out and what nobody has looked at. Returns 1 for a whole paragraph of that."""
    if not articles.is_dir():
        print(f"casebook: --articles: there is no folder {articles}; give the folder that holds the articles' texts")
        return 2
    texts = read_articles(articles)
    cited = {id_ for fact in case.facts.values() for id_ in fact.cited}
    missing = sentences = 0
    for source in case.sources.values():
        text = paragraphs(texts.get(source.id, ""))
        used = {passage.paragraph for id_, passage in source.passages.items() if id_ in cited}
        room = room_in(case, source, text)
        share = room.quoted / (room.words or 1)
        print(f"{source.id}: {len(used)} of {len(text)} paragraphs cited, {share:.0%} of the words quoted")
        for number, paragraph in enumerate(text, 1):
            missing += number not in used and str(number) not in source.left_out
            for place, reason in source.left_out.items():
                if place.partition(".")[0] == str(number):
                    print(f"  {place:5} left out: {reason}")
            for nth, sentence in uncovered(source, number, paragraph, cited):
                sentences += 1
                shown = sentence if len(sentence) <= SHOWN else f"{sentence[:SHOWN]}…"
                print(f"  {number}.{nth:<3} no passage: {shown}")
    print(f"{sentences} sentences stand behind no fact, {missing} paragraphs are neither cited nor left out on purpose")
    return int(missing > 0)
