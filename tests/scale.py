"""What becomes of a large fact base: `python -m tests.scale [--facts N --wordings N]`, without them both shapes.

Facts of invented words: how long learning takes, how large the index is, the memory at its peak, and what a question
costs. Each shape runs in a process of its own, so that the peaks are their own. Then the same as the folder of a case: how
long `casebook build` and `check` take, and a start.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.curator import new
from knowledge.case.general import English
from knowledge.language.english import Language
from knowledge.language.reading import Reader
from knowledge.matching.ascent import Example, learn
from knowledge.matching.index import Index
from knowledge.matching.search import Query, Search, Wording

SHAPES = ((2_000, 20), (160, 625))
GLUE = re.findall(r"\w+", "what when where who how was is did the a of in on to for and it he she they why which")
SYLLABLES = [first + second for first in "bcdfghjklmnprstvwz" for second in "aeiou"]
VOCABULARY = 12_000
ASKED = 500


def wordings(facts: int, each: int) -> list[Wording]:
    """Wordings of 4 to 12 words: half of them glue, most others from the dozen of their fact's topic."""
    pick = random.Random(3)
    words = ["".join(pick.choices(SYLLABLES, k=pick.choice((2, 3, 3, 4)))) for _ in range(VOCABULARY)]
    made = []
    for fact in range(facts):
        topic = pick.sample(words, 12)
        for _ in range(each):
            said = [
                pick.choice(GLUE) if pick.random() < 0.45 else pick.choice(topic if pick.random() < 0.85 else words)
                for _ in range(pick.randint(4, 12))
            ]
            made.append(Wording(f"fact-{fact:04}", " ".join(said)))
    return made


def measure(facts: int, each: int) -> str:
    made = wordings(facts, each)
    language = Language(English(lists={"auxiliaries": frozenset()}), {})
    started = time.perf_counter()
    examples = [
        Example(one.label, language.terms(one.text.split(), lambda word: language.forms(word)[1])) for one in made
    ]
    index, _ = learn(examples, language.forms, ())
    learned = time.perf_counter() - started
    data = index.to_bytes()
    index = Index.from_bytes(data)
    search = Search(made, Reader(language, index.vocabulary), index, 0.2)
    times, right = [], 0
    for one in random.Random(5).sample(made, ASKED):
        started = time.perf_counter()
        (row,) = search.rows([Query(tuple(one.text.split()))])
        found = search.candidates(row)
        times.append(1000 * (time.perf_counter() - started))
        right += found[0].id == one.label
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return (
        f"{facts} facts of {each} wordings: learned in {learned:.1f} s with {peak:.2f} GB, {len(data) / 1e6:.1f} MB, "
        f"asked in {statistics.median(times):.2f} ms (median), {statistics.quantiles(times, n=100)[98]:.2f} ms (99%), "
        f"{right} of {ASKED} right"
    )


def of_case(facts: int, each: int) -> str:
    """Say how long the commands take that a curator waits for, with the starter's facts beside the invented ones."""
    made: dict[str, list[str]] = {}
    for one in wordings(facts, each):
        made.setdefault(one.label, []).append(one.text)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "case"
        with contextlib.redirect_stdout(None):
            new.run(folder)
        rest = "status: reported, about: [mill], gives: [reason], answer: So it is told., short: So it is., passages: [herald/night]"
        told = "\n".join(f"- {{id: {id_}, title: Of {id_}, question: Of {id_}?, {rest}}}" for id_ in made)
        (folder / "knowledge/facts/many.yaml").write_text(told, encoding="utf-8")
        said = "\n".join(line for id_, some in made.items() for line in (f"[{id_}]", *dict.fromkeys(some)))
        (folder / "knowledge/wordings/many.txt").write_text(said, encoding="utf-8")
        env = {**os.environ, "XDG_CACHE_HOME": f"{name}/cache", "CASEBOOK_INDEX": ""}

        def seconds(*command: str) -> float:
            started = time.perf_counter()
            whole = [sys.executable, "-m", "bot", *command, "--case", str(folder)]
            subprocess.run(whole, env=env, stdout=subprocess.DEVNULL, check=command[0] != "check")
            return time.perf_counter() - started

        built, checked, asked = seconds("build"), seconds("check"), seconds("ask", "when was the flood")
    return f"as a case: built in {built:.1f} s, checked in {checked:.1f} s, asked from the start in {asked:.2f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--facts", type=int)
    parser.add_argument("--wordings", type=int)
    given = parser.parse_args()
    if given.facts and given.wordings:
        print(measure(given.facts, given.wordings), flush=True)
        print(of_case(given.facts, given.wordings), flush=True)
        return
    for facts, each in SHAPES:
        subprocess.run(
            [sys.executable, "-m", "tests.scale", "--facts", str(facts), "--wordings", str(each)], check=True
        )


if __name__ == "__main__":
    main()
