"""What was learned is kept for the next start: nothing is learned twice, and an edited answer makes nothing stale."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from tests.shared import change

BOT = [sys.executable, "-m", "bot"]
ANSWERS, WORDINGS = "knowledge/facts/fire.yaml", "knowledge/wordings/fire.txt"


@pytest.fixture
def ask(scratch, tmp_path):
    """Ask the invented case one question in a process of its own, with a cache folder of the test's own."""

    def asked(question="What age was Ada Finch then?", **environment):
        own = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "CASEBOOK_INDEX": "", **environment}
        return subprocess.run(
            [*BOT, "--case", str(scratch), "ask", question],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, **own},
            check=True,
        )

    return asked


@pytest.fixture
def kept(tmp_path):
    """Return the files of a kind that are kept, by name."""
    return lambda kind: {file.name: file for file in (tmp_path / "cache/casebook").glob(f"*.{kind}")}


def learns(ran) -> bool:
    """Whether a start learned, which it says in one line; it says nothing otherwise."""
    assert ran.stderr.count("\n") == ("learning" in ran.stderr), ran.stderr
    return "learning" in ran.stderr


def test_the_first_start_learns_and_an_edited_answer_does_not(ask, scratch, kept):
    """The second start finds what the first one kept; an answer is seen at once, a wording is learned again."""
    assert learns(ask())
    first = kept("index")
    change(scratch / ANSWERS, "answer: Ada Finch was 61.", "answer: Ada Finch was 61, by both reports.")
    answered = ask()
    assert not learns(answered)
    assert "61, by both reports" in answered.stdout
    assert kept("index").keys() == first.keys()
    change(scratch / WORDINGS, "finch age", "finch age\nHow many winters had the caretaker seen?")
    answered = ask("How many winters had she seen?")
    assert learns(answered)
    assert "61, by both reports" in answered.stdout
    assert len(kept("index")) == len(first) + 1


def test_a_torn_file_is_learned_again(ask, kept):
    """Of half of one nobody hears but by the one line, and the next start finds it whole."""
    whole = ask().stdout
    (file,) = kept("index").values()
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])
    ran = ask()
    assert learns(ran)
    assert ran.stdout == whole
    assert file.read_bytes() == data


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda data: data[: len(data) // 2], id="torn"),
        pytest.param(lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:], id="a bit turned"),
        pytest.param(
            lambda data: data[: data.index(b"\n") + 1] + _summed(b"cos\nsystem\n(S'touch hurt'\ntR."), id="foreign"
        ),
        pytest.param(
            lambda data: (
                data[: data.index(b"\n") + 1]
                + _summed(b"cbuiltins\ngetattr\n(cknowledge.case.model\nCase\nS'passages_from'\ntR.")
            ),
            id="an attribute",
        ),
        pytest.param(
            lambda data: data[: data.index(b"\n") + 1] + _summed(pickle.dumps(["other"])), id="something else"
        ),
    ],
)
def test_a_case_that_was_kept_and_spoilt_is_read_again(ask, kept, spoil, scratch):
    """Nothing that such a file asks for is done, and the next start finds it whole."""
    whole = ask().stdout
    (file,) = kept("ready").values()
    data = file.read_bytes()
    spoilt = spoil(data)
    file.write_bytes(spoilt)
    ran = ask()
    assert (ran.stdout, ran.stderr) == (whole, "")
    assert len(file.read_bytes()) == len(data)  # its sets may stand in another order
    assert file.read_bytes() != spoilt
    assert not [*scratch.rglob("hurt"), *Path().glob("hurt")]


def _summed(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4) + data


def test_a_cache_that_cannot_be_written_is_done_without(ask, tmp_path):
    """The start learns then, and answers."""
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    ran = ask()
    assert learns(ran)
    assert "61" in ran.stdout
    assert (tmp_path / "cache").read_text(encoding="utf-8") == "a file where the folder should be"


def test_none_keeps_nothing(ask, tmp_path):
    """`CASEBOOK_INDEX=none` leaves the disk alone."""
    assert learns(ask(CASEBOOK_INDEX="none"))
    assert not (tmp_path / "cache").exists()


def test_an_index_made_ahead_is_found_by_its_name(ask, scratch, tmp_path, kept):
    """`casebook build --to FILE` writes what `CASEBOOK_INDEX` names; one of another case is not taken for it."""
    made = tmp_path / "made.index"
    build = [*BOT, "build", "--case", str(scratch), "--to", str(made)]
    subprocess.run(build, check=True, env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert not kept("index") | kept("ready")
    ran = ask(CASEBOOK_INDEX=str(made))
    assert not learns(ran)
    assert "61" in ran.stdout
    change(scratch / WORDINGS, "finch age", "the age of Finch, please")
    assert learns(ask(CASEBOOK_INDEX=str(made)))
