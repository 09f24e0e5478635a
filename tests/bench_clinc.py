"""How good the search is on other people's data: `python -m tests.bench_clinc clinc150.json [--curve]`.

Every method is built on the same wordings and asked the same questions in one run, so the figures can be compared
where this runs. Needs the `bench` extra. The data are CLINC150 (Larson et al., 2019, CC BY 3.0), drawn as its README
says: top-1 and the area under the ROC curve (AUROC) of the score, and *joint*, the mean of in-scope questions answered
rightly and out-of-scope ones refused, at the threshold that is best on `val`.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import snowballstemmer
from rank_bm25 import BM25Okapi
from rapidfuzz import fuzz, process

from knowledge.case.general import English
from knowledge.case.load import load_case
from knowledge.language.english import Language
from knowledge.language.reading import Reader, texts
from knowledge.matching.ascent import Example, learn
from knowledge.matching.index import Index
from knowledge.matching.search import Query, Search, Wording
from knowledge.matching.verdict import Tuning

Row = tuple[str, str | None]
Answer = tuple[str | None, float]
Method = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Result:
    """What a method answered to each row, and the milliseconds that each took."""

    rows: Sequence[Row]
    answers: Sequence[Answer]
    times: Sequence[float]

    def top1(self) -> float:
        """The share of in-scope rows whose best fact is right, 0 to 1."""
        inside = [fact == wanted for (_, wanted), (fact, _) in zip(self.rows, self.answers, strict=True) if wanted]
        return sum(inside) / len(inside)

    def joint(self, threshold: float) -> float:
        """The mean of rows answered rightly and rows refused, 0 to 1, at a least score."""
        right = refused = inside = 0
        for (_, wanted), (fact, score) in zip(self.rows, self.answers, strict=True):
            inside += wanted is not None
            right += wanted is not None and fact == wanted and score >= threshold
            refused += wanted is None and score < threshold
        return (right / inside + refused / (len(self.rows) - inside)) / 2

    def threshold(self) -> float:
        """The least score with the best joint figure, among the scores that were given."""
        scores = sorted({score for _, score in self.answers})
        return max(scores[:: max(1, len(scores) // 500)], key=self.joint)

    def auroc(self) -> float:
        """The chance that an in-scope row scores higher than one out of scope, ties counting half."""
        ranked = sorted(
            (score, wanted is not None) for (_, wanted), (_, score) in zip(self.rows, self.answers, strict=True)
        )
        total = outside = at = 0.0
        while int(at) < len(ranked):
            tied = [inside for score, inside in ranked[int(at) :] if score == ranked[int(at)][0]]
            inner = sum(tied)
            total += inner * (outside + (len(tied) - inner) / 2)
            outside += len(tied) - inner
            at += len(tied)
        return total / (outside * (len(ranked) - outside))


def ask(method: Method, rows: Sequence[Row]) -> Result:
    """Ask a method every row's question."""
    answers, times = [], []
    gc.collect()
    gc.freeze()  # no method pays for looking through another one's data
    for text, _ in rows:
        start = time.perf_counter()
        answers.append(method(text))
        times.append(1000 * (time.perf_counter() - start))
    return Result(rows, answers, times)


def peers(base: Sequence[Wording]) -> dict[str, Method]:
    """The methods beside ours: rapidfuzz over all wordings, and BM25 on stems."""
    choices = [wording.text for wording in base]

    def fuzzy(scorer: Callable[..., float]) -> Method:
        def best(question: str) -> Answer:
            _, score, place = process.extractOne(question, choices, scorer=scorer)
            return base[place].label, score

        return best

    stem = snowballstemmer.stemmer("english").stemWords
    bm25 = BM25Okapi([stem(re.findall(r"\w+", text.lower())) for text in choices])

    def okapi(question: str) -> Answer:
        scores = bm25.get_scores(stem(re.findall(r"\w+", question.lower())))
        place = int(scores.argmax())
        return base[place].label, float(scores[place])

    return {
        "rapidfuzz WRatio": fuzzy(fuzz.WRatio),
        "rapidfuzz token_set_ratio": fuzzy(fuzz.token_set_ratio),
        "BM25, stemmed": okapi,
        "rapidfuzz ratio": fuzzy(fuzz.ratio),
    }


def ours(base: Sequence[Wording], english: English) -> tuple[Method, str]:
    """The project's own search, with the time it took to learn and to load, and the size of what it learned."""
    start = time.perf_counter()
    language = Language(english, {})
    examples = [
        Example(one.label, language.terms(language.wording(one.text), lambda word: language.forms(word)[1]))
        for one in base
    ]
    data = learn(examples, language.forms, language.layer)[0].to_bytes()
    learned = time.perf_counter()
    index = Index.from_bytes(data)
    reader = Reader(language, index.vocabulary)
    search = Search(base, reader, index, Tuning().fuzzy)
    loaded = time.perf_counter()

    def best(question: str) -> Answer:
        (row,) = search.rows([Query(texts(reader.read(question).words))])
        found = search.candidates(row)
        return (found[0].id, found[0].score) if found else (None, 0.0)

    note = f"learned in {learned - start:.1f} s, {len(data) / 1e6:.2f} MB, loaded in {1000 * (loaded - learned):.0f} ms"
    return best, note


def table(data: dict[str, list[Row]], english: English) -> None:
    """Print a row for each method."""
    base = [Wording(str(fact), text) for text, fact in data["base"]]
    mine, note = ours(base, english)
    print(f"{len(base)} wordings of {len({wording.label for wording in base})} intents; ours: {note}")
    print("| method | top-1 | joint | AUROC | ms, median | ms, p99 |\n|---|---|---|---|---|---|")
    for name, method in {**peers(base), "casebook": mine}.items():
        threshold = ask(method, data["val"]).threshold()
        clean, typo = ask(method, data["test"]), ask(method, data["typo"])
        print(
            f"| {name} | {100 * clean.top1():.1f} / {100 * typo.top1():.1f} "
            f"| {100 * clean.joint(threshold):.1f} / {100 * typo.joint(threshold):.1f} "
            f"| {clean.auroc():.3f} / {typo.auroc():.3f} "
            f"| {median(clean.times):.3f} / {median(typo.times):.3f} "
            f"| {quantiles(clean.times, n=100)[98]:.3f} / {quantiles(typo.times, n=100)[98]:.3f} |",
            flush=True,
        )


def curve(data: dict[str, list[Row]], english: English) -> None:
    """Print the time of a question as the wordings grow: real ones first, then real ones with words exchanged."""
    real = [Wording(fact, text) for name in ("base", "val", "test") for text, fact in data[name] if fact]
    words = sorted({word for wording in real for word in wording.text.split()})
    pick = random.Random(7)
    wordings = list(real)
    while len(wordings) < 100_000:
        wording = pick.choice(real)
        text = " ".join(pick.choice(words) if pick.random() < 0.2 else word for word in wording.text.split())
        wordings.append(Wording(wording.label, text))
    print(
        "| wordings | learn, s | MB | load, ms | ms, median | ms, p99 | rapidfuzz ratio, ms |\n|---|---|---|---|---|---|---|"
    )
    for count in (1_000, 10_000, 100_000):
        some = wordings[:: len(wordings) // count] if count > len(real) else real[:: len(real) // count]
        method, note = ours(some, english)
        mine = ask(method, data["typo"][::10])
        peer = ask(peers(some)["rapidfuzz ratio"], data["typo"][::50])
        print(
            f"| {len(some)} | {note} | {median(mine.times):.3f} | {quantiles(mine.times, n=100)[98]:.3f} "
            f"| {median(peer.times):.3f} |",
            flush=True,
        )


def main() -> None:
    """Read the data and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path, help="clinc150.json")
    parser.add_argument("--curve", action="store_true", help="time per question at 1,000 to 100,000 wordings")
    options = parser.parse_args()
    data = json.loads(options.data.read_text(encoding="utf-8"))
    english = load_case(None).english
    (curve if options.curve else table)(data, english)


if __name__ == "__main__":
    main()
