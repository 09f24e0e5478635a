"""What would make a reply raise, or say a wrong number: `build` and the bot refuse it with the same lines, and nothing else."""

import json
import signal
import subprocess
import sys
import time
from unittest.mock import Mock

import pytest

from bot import loading
from bot.__main__ import main
from bot.curator import build, check
from knowledge import checks
from knowledge.case.load import load
from knowledge.case.problems import BrokenCaseError, Mark, Problem
from tests.shared import change

FACTS = "knowledge/facts/fire.yaml"


@pytest.fixture(autouse=True)
def kept_apart(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("CASEBOOK_INDEX", raising=False)


@pytest.fixture
def unlearned(monkeypatch):
    """Learning takes seconds, and nothing here depends on what is learned."""
    for module in (build, loading):
        monkeypatch.setattr(module, "index_of", lambda *_: None)
    monkeypatch.setattr(loading, "Conversation", lambda *_, **__: Mock())


@pytest.mark.usefixtures("unlearned")
def test_build_and_the_bot_refuse_what_would_raise_with_the_lines_of_check(scratch, capsys):
    """An id that doesn't exist: one line, at its place, and no index."""
    change(scratch / FACTS, "related: [age, smoke]", "related: [age, smoek]")
    line = f"{scratch}/{FACTS}:25:18: error: related names smoek, which doesn't exist [reference]; did you mean smoke?"
    for command in (["build"], ["ask", "who raised the alarm"]):
        assert main([*command, "--case", str(scratch)]) == 1
        assert capsys.readouterr().err == f"{line}\n"


@pytest.mark.usefixtures("unlearned")
def test_the_bot_answers_where_only_the_rest_is_wrong_and_build_tells_it(scratch, capsys):
    """An age that no passage has is told when the case is built, and nobody waits for the mend."""
    change(scratch / FACTS, "answer: Ada Finch was 61.", "answer: Ada Finch was 16.")
    assert build.run(scratch, None) == 0
    assert "no quotation holds 16 [proof]" in capsys.readouterr().err
    assert loading.conversation_of(scratch)


@pytest.mark.usefixtures("unlearned")
@pytest.mark.parametrize("first", [lambda case: build.run(case, None), loading.conversation_of], ids=["build", "start"])
def test_a_start_with_files_that_were_found_sound_reads_and_checks_nothing_more(scratch, monkeypatch, first):
    """The case that is kept spares the YAML and the rules; a file that has changed since, or is new, is looked at again."""
    first(scratch)
    looked = []
    monkeypatch.setattr(checks, "structure", lambda _: looked.append(1) or [])
    loading.conversation_of(scratch)
    assert looked == []
    change(scratch / FACTS, "title: The cause", "title: What caused it")
    loading.conversation_of(scratch)
    assert looked == [1]
    (scratch / "knowledge/voice/further.yaml").write_text("further: {words: Yes.}", encoding="utf-8")
    loading.conversation_of(scratch)
    assert looked == [1, 1]


def test_the_first_ten_errors_are_told_and_how_many_more_there_are():
    """Whoever starts the bot is told enough to begin with."""
    problems = tuple(Problem(Mark("a.yaml", line), "value", "wrong", "mend it") for line in range(1, 14))
    lines = str(BrokenCaseError(problems)).split("\n")
    assert (len(lines), lines[-1]) == (11, "and 3 more: casebook check tells all")


def test_what_makes_a_file_another_is_told_before_what_follows_from_it(scratch):
    """A bracket that is left open comes first, at the line where it opens."""
    line = change(scratch / "seeds/gazette.yaml", "given: [publisher, published]", "given: [publisher, published")
    first = checks.structure(load(scratch))[0]
    assert (first.rule, first.mark.line) == ("yaml", line)


def test_annotations_are_escaped_as_github_reads_them():
    """What has a meaning in a workflow command is written in its code."""
    problem = Problem(Mark("a,b:c.yaml", 2, 3), "proof", "100%\r\nsure", "mend it")
    assert check.github([problem]) == (
        "::error file=a%2Cb%3Ac.yaml,line=2,col=3,title=proof::100%25%0D%0Asure; mend it"
    )


def test_watching_checks_again_after_a_change_and_ends_on_ctrl_c(scratch):
    """The lines change with the file; Ctrl-C ends with exit 0 and no traceback."""
    change(scratch / FACTS, "related: [age, smoke]", "related: [age, smoek]")
    change(scratch / "seeds/gazette.yaml", "given: [publisher, published]", "given: [publisher, published")
    command = [sys.executable, "-u", "-m", "bot", "check", "--watch", "--case", str(scratch), "--format", "json"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True, preexec_fn=_heeds_interrupts) as process:  # noqa: PLW1509 - no threads here
        assert "waiting for a change" in _line_of(process.stderr)
        change(scratch / "seeds/gazette.yaml", "given: [publisher, published", "given: [publisher, published]")
        assert "waiting for a change" in _line_of(process.stderr)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in err
    first, _, second = out.partition("]\n[")
    assert '"yaml"' in first
    assert "reference" in {one["rule"] for one in json.loads(f"[{second}")}
    assert '"yaml"' not in second


def _heeds_interrupts():
    """Undo what a shell does to a job in the background: it ignores Ctrl-C, and so do its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _line_of(stream):
    """The next line that isn't about learning."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        line = stream.readline()
        if "learning" not in line:
            return line
    raise AssertionError(stream)


@pytest.mark.parametrize("face", [["ask", "hello"], ["ask", "--json", "hello"]])
def test_a_reply_that_raises_says_one_line_with_999(face, brief, capsys, monkeypatch):
    """Whoever asks on the command line is told what to do in danger, and the operator where it failed."""
    conversation = loading.conversation_of(brief)

    def fails(*_):
        raise KeyError("a secret")

    monkeypatch.setattr(type(conversation), "reply", fails)
    monkeypatch.setattr(loading, "conversation_of", lambda _: conversation)
    assert main(face) == 1
    told = capsys.readouterr()
    assert "999" in told.out
    assert "secret" not in told.out + told.err
