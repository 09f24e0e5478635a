"""`python -m tests.mutations [--every N] [--show]`: every kind of slip, how many of it were made, and what came of them."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path

from tests.mutations.bench import Bench, Verdict
from tests.mutations.kinds import Mutation, mutations
from tests.mutations.legitimate import edits
from tests.mutations.slips import kinds

ARTICLES = Path(__file__).parents[3] / "shared/articles"
PROCESSES = 2
WHOLLY = 20
"""One in so many is asked questions too, where it was told and the bot starts all the same."""
OUTCOMES = ("told", "harmless", "elsewhere", "silent", "raised")


_bench: list[Bench] = []


def _open(articles: Path) -> None:
    _bench.append(Bench(articles))


def _verdict(mutation: Mutation, wholly: bool, asks: bool) -> Verdict:  # noqa: FBT001 - mapped over several processes
    return _bench[0].verdict(mutation, wholly=wholly, asks=asks)


def verdicts(pool: Executor, made: Sequence[Mutation], *, asks: bool) -> Iterator[Verdict]:
    """What becomes of each mutation, found by several processes."""
    wholly = [asks and number % WHOLLY == 0 for number in range(len(made))]
    return pool.map(_verdict, made, wholly, [asks] * len(made), chunksize=8)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only one in N")
    parser.add_argument("--articles", type=Path, default=ARTICLES, help="the articles' texts")
    parser.add_argument("--only", default="", help="only kinds with this in their name")
    options = parser.parse_args()
    started = time.perf_counter()
    bench = Bench(options.articles)
    some = [kind for kind in kinds(articles=bench.has_articles) if options.only in kind.name]
    outcomes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    bad = 0
    made = list(mutations(some, bench.texts))[:: options.every]
    legitimate = [] if options.only else edits(bench.texts)
    spoken = 0
    with ProcessPoolExecutor(PROCESSES, initializer=_open, initargs=(options.articles,)) as pool:
        for mutation, verdict in zip(made, verdicts(pool, made, asks=True), strict=True):
            outcomes[mutation.kind][verdict.outcome] += 1
            if not verdict.is_well:
                bad += 1
                where = f"{mutation.file}:{sorted(mutation.lines)}"
                print(f"{mutation.kind}: {where} {mutation.what!r}: {verdict.outcome} {verdict.why}")
                print(*(f"    {problem}"[:220] for problem in verdict.told[:3]), sep="\n")
        for edit, verdict in zip(legitimate, verdicts(pool, legitimate, asks=False), strict=True):
            if verdict.told or verdict.outcome == "raised":
                spoken += 1
                print(f"legitimate: {edit.file} {edit.what!r}: {verdict.why}", *verdict.told[:3], sep="\n    ")
    total: Counter[str] = Counter()
    print(f"\n{'kind':36}" + "".join(f"{one:>10}" for one in OUTCOMES) + "  why it is a slip")
    for kind in some:
        total += outcomes[kind.name]
        print(f"{kind.name:36}" + "".join(f"{outcomes[kind.name][one]:10}" for one in OUTCOMES) + f"  {kind.why}")
    print(f"{'all ' + str(total.total()):36}" + "".join(f"{total[one]:10}" for one in OUTCOMES))
    print(f"{spoken} of {len(legitimate)} legitimate edits told; {time.perf_counter() - started:.0f} s")
    return int(bad + spoken > 0)


if __name__ == "__main__":
    sys.exit(main())
