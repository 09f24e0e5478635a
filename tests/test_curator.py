"""The curator's commands: what they print of an invented case, and how they end."""

import io
import json
import shutil
from datetime import date, timedelta

import pytest

from bot.faces.terminal import Look
from knowledge.case.load import load
from knowledge.checks.care import dated
from tests.conftest import BOATHOUSE
from tests.shared import change

CHECKED = date(2024, 3, 1)
CARD = f"lamp:\n  name: The Lamp\n  for: Anyone\n  source: https://lamp.example\n  checked: {CHECKED}\n"


@pytest.fixture
def casebook(casebook):
    """Run the command in this process, and return its exit code with what it printed."""
    return lambda *arguments: casebook(*arguments)[:2]


@pytest.fixture
def labelled(tmp_path):
    """Write labelled messages to a file."""

    def write(*labels):
        file = tmp_path / "labelled.jsonl"
        file.write_text("".join(f"{json.dumps(label)}\n" for label in labels), encoding="utf-8")
        return file

    return write


RIGHT = {
    "id": "age",
    "q": "How old was Ada Finch?",
    "kinds": ["answer"],
    "all": ["61"],
    "facts": ["age"],
    "tags": ["ages"],
}


def test_evaluate_counts_what_is_right(casebook, labelled):
    """A message with the reply that it wants is right, under its own tag, its file's and in all."""
    code, out = casebook("evaluate", "--case", BOATHOUSE, labelled(RIGHT))
    assert code == 0
    assert [line.split() for line in out.splitlines()[:3]] == [
        ["ages", "1/1", "100.0%"],
        ["labelled", "1/1", "100.0%"],
        ["ALL", "1/1", "100.0%"],
    ]


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"kinds": ["support"]}, "kind answer, wanted support"),
        ({"all": ["62"]}, "lacks /62/"),
        ({"none": ["sixty|61"]}, "says /sixty|61/"),
        ({"cite": ["courier"]}, "cites gazette, wanted courier"),
        ({"facts": ["alarm"]}, "tells age, wanted alarm"),
    ],
)
def test_evaluate_lists_each_failure_with_its_fault(casebook, labelled, wrong, fault):
    """What falls short of its label is named with the message, the fault and the reply, and counts as not right."""
    code, out = casebook("evaluate", "--case", BOATHOUSE, labelled(RIGHT, RIGHT | wrong | {"id": "second"}))
    assert code == 0
    assert out.startswith(f"second  'How old was Ada Finch?'\n    {fault}\n    -> answer age: 'Ada Finch was 61.'\n")
    assert "ALL                         1/2     50.0%" in out
    assert "answers that state something wrong: 1" in out


def test_evaluate_follows_a_conversation(casebook, labelled):
    """The turns of one conversation lean on each other, and are counted one by one."""
    turns = [
        {"q": "Who raised the alarm?", "kinds": ["answer"]},
        {"q": "how old was she", "kinds": ["answer"], "all": ["61"]},
    ]
    _, out = casebook("evaluate", "--case", BOATHOUSE, labelled({"id": "talk", "turns": turns}))
    assert "ALL                         2/2    100.0%" in out


@pytest.mark.parametrize(
    ("question", "lead", "counted"),
    [
        ("Was Ada Finch 61?", "yes", "1 right, 0 missing, 0 wrong"),
        ("Was Ada Finch 61?", "no", "0 right, 0 missing, 1 wrong"),
        ("Was Ada Finch 61?", "none", "0 right, 0 missing, 1 wrong"),
        ("Was Ada Finch 50?", "no", "1 right, 0 missing, 0 wrong"),
        ("How old was Ada Finch?", "none", "1 right, 0 missing, 0 wrong"),
        ("How old was Ada Finch?", "yes", "0 right, 1 missing, 0 wrong"),
    ],
)
def test_evaluate_counts_leads(casebook, labelled, question, lead, counted):
    """Where a label says how an answer must begin, right, missing and wrong beginnings are counted."""
    _, out = casebook("evaluate", "--case", BOATHOUSE, labelled(RIGHT | {"q": question, "lead": lead}))
    assert f"leads: {counted}" in out


def test_evaluate_sweeps_a_number(casebook, labelled):
    """One line for each of five values, each with its measures."""
    file = labelled(RIGHT)
    code, out = casebook("evaluate", "--case", BOATHOUSE, file, "--sweep", "threshold=0.2:1.0")
    lines = out.splitlines()
    assert code == 0
    assert [line.split()[0] for line in lines] == [f"threshold={value}" for value in (0.2, 0.4, 0.6, 0.8, 1.0)]
    told = "1/1 right, 0 leads missing, 0 state something wrong (0 without a word of doubt), 0 cries missed, 0 false alarms"
    assert told in lines[0]


@pytest.mark.parametrize("sweep", ["threshhold=0:1", "threshold", "threshold=a:b"])
def test_evaluate_says_how_a_sweep_is_written(casebook, labelled, sweep):
    """A number that doesn't exist, or no two ends, is told with the mend; exit 2."""
    code, out = casebook("evaluate", "--case", BOATHOUSE, labelled(RIGHT), "--sweep", sweep)
    assert code == 2
    assert "write NAME=FROM:TO with one of threshold, denial" in out


def test_coverage_passes_where_every_paragraph_is_cited_or_left_out_on_purpose(casebook):
    """The invented case covers its articles."""
    code, out = casebook("coverage", "--case", BOATHOUSE, "--articles", BOATHOUSE / "articles")
    assert code == 0
    assert "gazette: 4 of 5 paragraphs cited" in out
    assert "  1     left out: The headline." in out
    assert out.endswith("0 sentences stand behind no fact, 0 paragraphs are neither cited nor left out on purpose\n")


def test_coverage_fails_where_a_paragraph_is_neither(casebook, scratch):
    """A paragraph that no fact cites and nobody left out is shown and counted; exit 1."""
    change(scratch / "seeds/gazette.yaml", "left_out:\n  1: The headline.\n", "")
    code, out = casebook("coverage", "--case", scratch, "--articles", scratch / "articles")
    assert code == 1
    assert "  1.1   no passage: Rowing club loses its boathouse" in out
    assert out.endswith("1 sentences stand behind no fact, 1 paragraphs are neither cited nor left out on purpose\n")


def test_coverage_tells_which_sentences_no_passage_covers(casebook, scratch):
    """Of a paragraph that is cited the other sentences are told, until one is left out or the whole paragraph is behind facts."""
    article = scratch / "articles/gazette.txt"
    change(article, "nobody was hurt.", "nobody was hurt. The club has 40 members. It will build again.")
    command = ("coverage", "--case", scratch, "--articles", scratch / "articles")
    code, out = casebook(*command)
    assert code == 0
    assert "  3.2   no passage: The club has 40 members.\n  3.3   no passage: It will build again.\n" in out
    change(scratch / "seeds/gazette.yaml", "left_out:\n", "left_out:\n  3.2: Of the club.\n")
    out = casebook(*command)[1]
    assert "  3.2   left out: Of the club.\n  3.3   no passage: It will build again.\n" in out
    change(scratch / "seeds/gazette.yaml", ', quote: "The caretaker, Ada Finch, 61, raised the alarm at about 2am"', "")
    assert "  3.3   alarm, age\n" in casebook(*command)[1]


def test_explain_shows_the_way_of_a_message(casebook):
    """The words as they were mended, who is named, each candidate with its score and reasons, and the reply."""
    code, out = casebook("explain", "--case", BOATHOUSE, "how", "oldd", "was", "Ada", "Finch")
    assert code == 0
    assert out.startswith("words      how oldd→old was ada finch\ncare       nothing heard\n")
    assert "reading 1  as typed: how old was ada finch\n  names    finch\n  wants    age\n  outcome  answer: " in out
    assert "  1. age  " in out
    assert "     nearest wording: 'How old was Ada Finch?'\n     logit:   " in out
    assert "\n     learned: " in out
    assert out.endswith("decided    tell\nreply      answer: age\n")


def test_explain_shows_what_care_heard(casebook):
    """A cry is explained by the concern and what set it off."""
    _, out = casebook("explain", "--case", BOATHOUSE, "he has got a knife")
    assert "care       danger: the signal " in out
    assert out.endswith("decided    support\nreply      support: -\n")


@pytest.mark.parametrize(("days", "is_told"), [(90, False), (91, True)])
def test_a_card_is_stale_after_ninety_days(scratch, days, is_told):
    """A card checked 90 days ago passes; one of a day more is told."""
    (scratch / "knowledge/helplines.yaml").write_text(CARD, encoding="utf-8")
    told = [problem.rule for problem in dated(load(scratch), CHECKED + timedelta(days=days))]
    assert ("stale-card" in told) is is_told


def test_a_signal_that_its_own_message_does_not_set_off_is_told_at_its_line(casebook, scratch):
    """What must fire a signal and doesn't, and what must not and does, are errors."""
    care = scratch / "knowledge/voice/care.yaml"
    line = change(care, 'fires: ["hes here"', 'fires: ["the tea is here"')
    change(care, 'silent: ["Was he outside her house?"', 'silent: ["hes outside"')
    code, out = casebook("check", "--case", scratch, "--format", "json")
    problems = [problem for problem in json.loads(out) if problem["rule"].startswith("signal-")]
    told = {(problem["rule"], problem["message"].split("'")[1]): problem["line"] for problem in problems}
    assert code == 1
    assert told["signal-silent", "the tea is here"] == line
    assert told["signal-fires", "hes outside"] == line + 1


def test_a_wording_that_finds_another_fact_is_told_at_its_line(casebook, scratch):
    """Of one wording under two facts, the place where it stands in vain is named with the fact that it finds."""
    wordings = scratch / "knowledge/wordings/fire.txt"
    text = wordings.read_text(encoding="utf-8")
    wordings.write_text(text.replace("number of boats\n", "number of boats\nWho raised the alarm?\n"), encoding="utf-8")
    code, out = casebook("check", "--case", scratch, "--format", "json")
    (told,) = [problem for problem in json.loads(out) if problem["rule"] == "self-find"]
    places = [
        at
        for at, line in enumerate(wordings.read_text(encoding="utf-8").splitlines(), 1)
        if line == "Who raised the alarm?"
    ]
    under = dict(zip(("alarm", "boats"), places, strict=True))
    first, vain = told["message"].removeprefix("'Who raised the alarm?' finds ").split(" before ")
    assert code == 1
    assert {first, vain} == {"alarm", "boats"}
    assert told["line"] == under[vain]


@pytest.mark.parametrize(
    ("variable", "value", "colours"), [("", "", True), ("NO_COLOR", "1", False), ("TERM", "dumb", False)]
)
def test_a_terminal_that_wants_no_colours_gets_none(monkeypatch, variable, value, colours):
    """NO_COLOR is heeded, and so is a terminal that knows none."""

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    if variable:
        monkeypatch.setenv(variable, value)
    assert Look.of(Terminal()).colours is colours
    assert not Look.of(io.StringIO()).colours


def test_a_hand_is_measured_by_what_the_others_taught(tmp_path, casebook):
    """Of the boathouse's wordings those of a second hand are asked of what was learned without them."""
    folder = tmp_path / "case"
    shutil.copytree(BOATHOUSE, folder)
    file = folder / "knowledge/wordings/fire.txt"
    text = file.read_text(encoding="utf-8")
    first = text.index("[", text.index("[") + 1)
    file.write_text(f"{text[:first]}@ newcomer\nqqq zzz xxx\n\n{text[first:]}", encoding="utf-8")
    code, printed = casebook("evaluate", "--hands", "newcomer", "--case", folder)
    assert (code, printed.split()[:4]) == (0, ["newcomer", "1", "told", "0.0%"])


def test_a_sweep_measures_hands(tmp_path, casebook):
    """One line a hand for each of five values of a number that decides."""
    folder = tmp_path / "case"
    shutil.copytree(BOATHOUSE, folder)
    file = folder / "knowledge/wordings/fire.txt"
    text = file.read_text(encoding="utf-8")
    first = text.index("[", text.index("[") + 1)
    file.write_text(f"{text[:first]}@ newcomer\nqqq zzz xxx\n\n{text[first:]}", encoding="utf-8")
    code, printed = casebook("evaluate", "--hands", "newcomer", "--sweep", "denial=0:1", "--case", folder)
    values = ["denial=0.0", "denial=0.25", "denial=0.5", "denial=0.75", "denial=1.0"]
    assert (code, [line.split()[:3] for line in printed.splitlines()]) == (
        0,
        [[value, "newcomer", "1"] for value in values],
    )


def test_a_hand_that_nobody_has_is_told(casebook):
    code, printed = casebook("evaluate", "--hands", "nobody", "--case", BOATHOUSE)
    assert (code, printed) == (2, "")


def test_evaluate_wants_a_file_or_hands(casebook):
    assert casebook("evaluate") == (2, "")
