"""`casebook learn`: the weights of the search and of the care layer, learned anew and kept beside the wordings."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from knowledge.care import examples_of
from knowledge.learn import learn
from knowledge.load import CARE_WEIGHTS, WEIGHTS, load_case
from knowledge.lookup import aliases_of, marked, wordings_of
from knowledge.weights import dump


def run(folder: Path | None) -> int:
    """Learn and write the weights of a case. A case without a care layer of its own shares the shipped one's."""
    case = load_case(folder)
    top = folder or Path(str(resources.files("knowledge"))).parent
    _write(top / WEIGHTS, dump(learn(wordings_of(case), case.english, marked(aliases_of(case)))))
    if folder is None or (folder / "knowledge/voice/examples.yaml").is_file():
        _write(top / CARE_WEIGHTS, dump(learn(examples_of(case), case.english, {})))
    return 0


def _write(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    print(f"{file}: {len(data):,} bytes")
