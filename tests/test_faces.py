"""The terminal and the pipe: the same reply, rendered."""

import json
import os
import subprocess
import sys

import pytest

from bot.faces import pipe, terminal
from bot.faces.terminal import Look

HERE = [sys.executable, "-m", "bot"]


def run(*arguments, given="", **environment):
    return subprocess.run(
        [*HERE, *arguments],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.parametrize("width", [30, 80])
def test_a_reply_fits_the_terminal(ask, case, width):
    """No line is wider than the terminal, on a phone or on a desk, and each citation shows where it is from."""
    shown = terminal.render(ask("When did it happen?"), case.voice, Look(width))
    assert max(map(len, shown.splitlines())) <= width
    assert "Ham & High" in shown
    assert "“" in shown


def test_a_paragraph_that_is_named_and_not_quoted_is_told_by_its_number(ask, case):
    """The terminal shows where it stands and no empty quotation; the JSON has the same fields, its quotation empty."""
    reply = ask("Who is Geoff Barraclough?")
    shown = terminal.render(reply, case.voice, Look(80))
    assert "\n[1] Ham & High, date not known, paragraph 5\n\n" in shown
    assert "“" not in shown
    said = json.loads(run("ask", "--json", "Who is Geoff Barraclough?").stdout)["citations"]
    assert said == [
        {
            "source": "hamhigh",
            "publisher": "Ham & High",
            "headline": None,
            "published": None,
            "paragraph": 5,
            "quote": "",
        }
    ]


def test_colours_only_where_they_are_wanted(ask, case):
    """Plain text has no escape codes in it."""
    reply = ask("When did it happen?")
    assert "\x1b" not in terminal.render(reply, case.voice, Look(80))
    assert "\x1b" in terminal.render(reply, case.voice, Look(80, colours=True))


def test_a_conversation_in_a_terminal(tmp_path):
    """Typed lines are answered in turn, a follow-up leans on the answer before, and the end of input ends it cleanly."""
    given = "Who was the driver?\nand how old was he?\n"
    ran = run("--case", ".", given=given, HOME=str(tmp_path))
    assert ran.returncode == 0
    assert ran.stderr == ""
    assert ran.stdout.count("\n> ") == 2
    assert "The driver was 26." in ran.stdout
    assert list(tmp_path.iterdir()) == []


def test_ask_answers_one_question():
    """`ask` prints an answer, `ask --json` the same as one object; any reply exits 0."""
    ran = run("ask", "How old was Yasmin?")
    assert ran.returncode == 0
    assert "43" in ran.stdout
    reply = json.loads(run("ask", "How old was Yasmin?", "--json").stdout)
    assert reply["kind"] == "answer"
    assert reply["facts"] == ["age-yasmin"]
    assert {"source", "publisher", "headline", "published", "paragraph", "quote"} <= set(reply["citations"][0])
    assert run("ask", "qwxz").returncode == 0


def test_bad_usage_exits_with_2():
    """A command that doesn't exist is told in words."""
    assert run("sing").returncode == 2
    assert run("ask").returncode == 2


def test_the_pipe_answers_in_order_and_keeps_chats_apart(conversation):
    """Each chat has its own context, and replies come in the order of the lines."""
    lines = [
        {"chat": "a", "text": "Who was the driver?"},
        {"chat": "b", "text": "Who killed her?"},
        {"chat": "a", "text": "how old was he?"},
        {"chat": "b", "text": "how old was he?"},
    ]
    replies = [json.loads(line) for line in pipe.run(conversation, [json.dumps(line).encode() for line in lines])]
    assert [reply["chat"] for reply in replies] == ["a", "b", "a", "b"]
    assert replies[2]["facts"] == ["age-driver"]
    assert replies[3]["facts"] == ["age-mccaskie"]


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[]",
        b'"words"',
        b'{"chat": 1}',
        b'{"chat": 1, "text": 7}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"chat": [], "text": "x"}',
    ],
)
def test_a_line_that_is_no_message_gets_an_error_and_the_run_goes_on(conversation, line):
    """The error names the line; the next one is answered."""
    good = json.dumps({"chat": 1, "text": "Who killed her?"}).encode()
    first, second = [json.loads(reply) for reply in pipe.run(conversation, [line, good])]
    assert first["error"].startswith("line 1: ")
    assert second["facts"] == ["who-killed-her"]


def test_a_line_of_a_million_characters(conversation):
    """It is answered like any other."""
    line = json.dumps({"chat": 1, "text": "a" * 1_000_000}).encode()
    assert json.loads(next(pipe.run(conversation, [line])))["kind"]


def test_a_support_reply_carries_its_contacts(conversation):
    """Contacts are in the words and as fields."""
    line = json.dumps({"chat": 1, "text": "my husband hits me"}).encode()
    reply = json.loads(next(pipe.run(conversation, [line])))
    assert reply["kind"] == "support"
    assert "0808 2000 247" in reply["text"]
    assert reply["helplines"][0]["phone"] == "0808 2000 247"


def test_a_missing_token_is_one_line_that_names_the_setting():
    """`casebook telegram` without a token exits 2."""
    ran = run("telegram", TELEGRAM_BOT_TOKEN="")
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "TELEGRAM_BOT_TOKEN" in ran.stderr
