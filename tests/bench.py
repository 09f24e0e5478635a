"""The bot's search beside rapidfuzz's default, on the same wordings and questions in one run.

    python tests/bench.py ../shared/questions/public.jsonl

An answer counts as right where it satisfies its label (see `casebook evaluate`); both have the same facts to choose
from and the answer's text is made in the same way, so only the choice of the fact differs.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz, process

from bot import compose
from bot.desk.evaluate import faults
from knowledge.load import load_case
from knowledge.lookup import Lookup
from knowledge.model import Case

ROUNDS = 5


def labelled(file: Path) -> list[dict]:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row for row in rows if "answer" in row["kinds"] and "support" not in row["kinds"]]


def right(case: Case, label: dict, fact: str) -> bool:
    reply = compose.answer(case, [compose.Told(case.facts[fact])]) if fact in case.facts else None
    return reply is not None and not list(faults(label, reply))


def measure(case: Case, rows: list[dict], choose: Callable[[str], str]) -> str:
    found = [choose(row["q"]) for row in rows]
    times = []
    for _ in range(ROUNDS):
        for row in rows:
            started = time.perf_counter()
            choose(row["q"])
            times.append((time.perf_counter() - started) * 1000)
    share = sum(right(case, row, fact) for row, fact in zip(rows, found, strict=True)) / len(rows)
    worst = statistics.quantiles(times, n=100)[98]
    return f"{share:7.1%} {statistics.median(times):9.3f} {worst:9.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("questions", type=Path, help="labelled questions, as `casebook evaluate` reads them")
    rows = labelled(parser.parse_args().questions)
    case = load_case()
    lookup = Lookup(case)
    wordings = [(text, fact.id) for fact in case.facts.values() for text in fact.wordings]
    texts = [text for text, _ in wordings]

    def ours(question: str) -> str:
        best = lookup.find(question).verdict.best
        return best.id if best else ""

    def default(question: str) -> str:
        _, _, place = process.extractOne(question, texts, scorer=fuzz.WRatio)
        return wordings[place][1]

    print(f"{len(rows)} questions, {len(wordings)} wordings of {len(case.facts)} facts, single facts only")
    print(f"{'':28} {'right':>7} {'median ms':>9} {'99% ms':>9}")
    print(f"{'casebook':28} {measure(case, rows, ours)}")
    print(f"{'rapidfuzz extractOne WRatio':28} {measure(case, rows, default)}")


if __name__ == "__main__":
    main()
