"""`casebook build`: a case made ready for a quick start, its weights learned anew from the wordings."""

from __future__ import annotations

from pathlib import Path

from knowledge import built
from knowledge.care import examples_of
from knowledge.learn import learn
from knowledge.load import BUILT, CARE, Files, load
from knowledge.lookup import aliases_of, wordings_of
from knowledge.model import Case
from knowledge.problems import BrokenCaseError
from knowledge.weights import dump


def run(folder: Path | None) -> int:
    """Learn and write what is stale. Returns 0. Raises BrokenCaseError where the YAML has problems."""
    loaded = load(folder)
    if loaded.problems:
        raise BrokenCaseError(loaded.problems)
    files = Files(folder)
    if not files.care():
        weights = dump(learn(examples_of(loaded.case), loaded.case.english, {}))
        _write(files.folder / CARE, files.care_fingerprint() + weights)
    _write(files.folder / BUILT, built.pack(files.fingerprint(), lean(loaded.case), weights_of(loaded.case)))
    return 0


def weights_of(case: Case) -> bytes:
    """Return the weights of the search, learned from the wordings of the facts and the moves."""
    return dump(learn(wordings_of(case), case.english, aliases_of(case)))


def lean(case: Case) -> Case:
    """Return a case without what only the check needs: the tests of the signals."""
    signals = tuple(signal._replace(fires=(), silent=()) for signal in case.care.signals)
    return case._replace(weights=b"", care_weights=b"", care=case.care._replace(signals=signals))


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    print(f"{file}: {len(data):,} bytes")
