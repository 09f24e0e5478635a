"""What a curator is told: every problem at once, at its line, with the mend."""

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from bot.curator import build, check
from knowledge import checks
from knowledge.case.load import load
from knowledge.case.problems import Level
from tests.mutations.kept import Kept
from tests.shared import change


@pytest.fixture(scope="module")
def made_ahead(brief, tmp_path_factory):
    """The sound case's index: it serves wherever a test breaks no wording."""
    file = tmp_path_factory.mktemp("made") / "brief.index"
    assert build.run(brief, file) == 0
    return file


@pytest.fixture(autouse=True)
def kept_apart(made_ahead, monkeypatch, tmp_path):
    """What is learned of a broken case is worth nothing to anybody."""
    monkeypatch.setenv("CASEBOOK_INDEX", str(made_ahead))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


WORDINGS = "knowledge/wordings/fire.txt"


class Edited:
    """The invented case with its files as a test edits them: none is written, and what isn't edited is read once."""

    def __init__(self, folder, kept):
        self._folder = folder
        self._kept = kept
        self._files = {}

    def change(self, name, old, new):
        """Change a text in a file, and say on which line it stands."""
        text = self._files.get(name) or (self._folder / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))
        return text[: text.index(old)].count("\n") + 1

    def write(self, name, text):
        self._files[name] = text

    def check(self, form):
        """Run `check` on it."""
        with self._kept.quickly({str(self._folder / name): text.encode() for name, text in self._files.items()}):
            return check.run(check.Options(self._folder, self._folder / "articles", form))


@pytest.fixture(scope="module")
def kept(brief):
    """What is read and told of the case as it is."""
    found = Kept()
    with found.quickly({}):
        loaded = load(brief)
        assert [*checks.structure(loaded)] == []
        assert Level.ERROR not in {problem.level for problem in checks.rest(loaded, None, datetime.now(UTC).date())}
    return found


@pytest.fixture
def edited(brief, kept):
    return Edited(brief, kept)


def told(edited, capsys, form="json"):
    capsys.readouterr()
    code = edited.check(form)
    out = capsys.readouterr().out
    return code, json.loads(out) if form == "json" else out


def test_a_sound_case_passes(edited, capsys):
    """The invented case has no errors: quotations verbatim, every wording finds its fact."""
    code, problems = told(edited, capsys)
    assert [problem for problem in problems if problem["level"] == "error"] == []
    assert code == 0


@pytest.mark.parametrize(
    ("path", "old", "new", "rule", "mend"),
    [
        ("seeds/gazette.yaml", "nine boats were lost", "nine boats were burned", "verbatim", "copy the words"),
        ("seeds/gazette.yaml", "paragraph: 4", "paragraph: 2", "paragraph", "it stands in paragraph 4"),
        ("seeds/gazette.yaml", '"I smelt smoke"', '""', "quotation-length", "quote between 1 and 40"),
        ("seeds/gazette.yaml", 'paragraph: 5, quote: "nine boats were lost"', "paragraph: 6", "paragraph", "has 5"),
        ("seeds/gazette.yaml", "speaker: finch", "speaker: fynch", "reference", "did you mean finch?"),
        ("knowledge/case.yaml", "it: the fire", "central: [boathose]", "reference", "did you mean boathouse?"),
        ("seeds/gazette.yaml", "2019-03-05", "5 March 2019", "date", "year-month-day"),
        ("seeds/gazette.yaml", "publisher:", "publishr:", "unknown-field", "did you mean publisher?"),
        ("knowledge/case.yaml", "  fire: The fire and", "  fyre: The fire and", "reference", "did you mean fire?"),
        (
            "knowledge/case.yaml",
            "fire: The fire and the alarm",
            "fire: Who raised the alarm",
            "same-wording",
            "another",
        ),
        ("knowledge/facts/fire.yaml", "gazette/smoke", "gazette/smok", "reference", "did you mean gazette/smoke?"),
        ("knowledge/facts/fire.yaml", "[age, smoke]", "[age, smoek]", "reference", "did you mean smoke?"),
        ("knowledge/facts/fire.yaml", "- id: age", "- id: alarm", "duplicate", "id of its own"),
        ("knowledge/facts/fire.yaml", "status: claimed", "status: claim", "value", "write one of"),
        ("knowledge/facts/fire.yaml", "values: [61]", "values: [61, 62]", "values", "the only number"),
        ("knowledge/facts/fire.yaml", "claimed\n  speaker: finch", "claimed", "status", "add `speaker:`"),
        (
            "knowledge/facts/fire.yaml",
            "status: claimed\n",
            "status: claimed\n  responsible: finch\n",
            "status",
            "take `responsible:` out",
        ),
        (
            "knowledge/facts/fire.yaml",
            "speaker: finch",
            "responsible: fynch\n  speaker: finch",
            "reference",
            "did you mean finch?",
        ),
        (
            "knowledge/facts/fire.yaml",
            "  short: Ada Finch was 61.",
            "  topic: How old the caretaker Ada Finch was then\n  short: Ada Finch was 61.",
            "topic",
            "in 6 words",
        ),
        (
            "knowledge/facts/fire.yaml",
            "  short: Ada Finch was 61.",
            "  topic: 'Ada Finch: age'\n  short: Ada Finch was 61.",
            "topic",
            "without a colon",
        ),
        ("knowledge/facts/fire.yaml", "unreported\n  nearest: night", "unreported", "status", "give it `nearest:`"),
        ("knowledge/facts/fire.yaml", "2019-03-03", "2019-13-03", "date", "year-month-day"),
        ("knowledge/facts/fire.yaml", "Ada Finch was 61.", "The tragedy struck Ada Finch.", "wording", ""),
        (WORDINGS, "How old was Ada Finch?", "Who raised the alarm?", "same-wording", "keep one"),
        ("knowledge/facts/fire.yaml", "short: Ada Finch was 61.", "short: She was 61.", "unnamed", "name the person"),
        ("knowledge/facts/fire.yaml", "Ada Finch, the caretaker, raised", "Her neighbours raised", "unnamed", "name"),
        (WORDINGS, "How did she notice?", "+ Was there smoke?", "claim", "move it to `ask`"),
        ("knowledge/facts/fire.yaml", "short: '\"I smelt smoke\".'", "short: Smoke.", "claim", "say whose claim it is"),
        ("knowledge/facts/fire.yaml", "speaker: finch", "speaker: fitch", "reference", "did you mean finch?"),
        ("knowledge/facts/fire.yaml", "speaker: finch", "speaker: [finch, fitch]", "reference", "did you mean finch?"),
        ("knowledge/facts/fire.yaml", "speaker: finch", "speaker: boathouse", "speaker", "name the person"),
        ("knowledge/facts/fire.yaml", "speaker: finch", "speaker: [finch, club]", "speaker", "under `who_said:`"),
        ("knowledge/facts/fire.yaml", "speaker: finch", "speaker: finch\n  who_said: None.", "speaker", "`who_said:`"),
        (
            "knowledge/facts/fire.yaml",
            "related: [alarm, b",
            "also: [gazette/alam]\n  related: [alarm, b",
            "reference",
            "did you",
        ),
        (
            "knowledge/facts/fire.yaml",
            "related: [alarm, b",
            "silent: [courer]\n  related: [alarm, b",
            "reference",
            "did you",
        ),
        (
            "knowledge/facts/fire.yaml",
            "related: [alarm, b",
            "also: [gazette/night]\n  related: [alarm, b",
            "also",
            "keep it",
        ),
    ],
)
def test_a_broken_case_is_told_at_its_line(edited, capsys, path, old, new, rule, mend):
    """What was wrong, in which file and line, and the mend; exit 1."""
    line = edited.change(path, old, new)
    code, problems = told(edited, capsys)
    found = [problem for problem in problems if problem["rule"] == rule]
    assert code == 1
    assert found, problems
    assert found[0]["file"].endswith(path)
    assert found[0]["line"] == line
    assert mend in found[0]["mend"]


@pytest.mark.parametrize(
    ("old", "new", "rule", "level", "mend"),
    [
        ("finch age", "finch age\nFinch, age?!", "double", "warning", "keep one of the two"),
        ("Who called for help?", "Who called for help?\nwho raised the alram", "spelling", "warning", "write alarm"),
        ("What did she smell?", "Who raised the alarm?", "self-find", "error", "say it more plainly"),
        ("date of the fire", "date of the fire\n?!", "no-words", "error", "write words"),
        ("# How people ask", "How people ask", "wording", "error", "write `[id]`"),
        ("[age]", "[agee]", "reference", "error", "did you mean age?"),
    ],
)
def test_a_wording_is_told_at_its_line(edited, capsys, old, new, rule, level, mend):
    """Whatever is wrong with one line of a file of wordings is told of that very line."""
    line = edited.change(WORDINGS, old, new) + new.count("\n")
    told_of = [problem for problem in told(edited, capsys)[1] if problem["line"] == line]
    (found,) = [problem for problem in told_of if problem["rule"] == rule]
    assert found["level"] == level
    assert found["file"].endswith(WORDINGS)
    assert mend in found["mend"]


def test_a_fact_that_few_wordings_ask_for_is_told_where_it_begins(edited, brief, capsys):
    """A reminder at the fact, none once there are ten."""
    facts = (brief / "knowledge/facts/fire.yaml").read_text(encoding="utf-8").splitlines()
    more = "\n".join(f"Was Ada Finch aged {age}?" for age in range(50, 55))
    edited.change(WORDINGS, "finch age", f"finch age\n{more}")
    few = [problem for problem in told(edited, capsys)[1] if problem["rule"] == "few-wordings"]
    begins = [at for at, line in enumerate(facts, 1) if line.startswith("- id: ") and line != "- id: age"]
    assert [(problem["line"], problem["level"]) for problem in few] == [(line, "warning") for line in begins]


@pytest.mark.parametrize(
    "answer",
    [
        "Ada Finch said that she was 61, and that her boat was lost.",
        "A woman said that she was 61.",
        "The caretaker was 61. She raised the alarm.",
        "People came out of their houses; they saw the smoke.",
        "The reports don't give Ada Finch's age. They do say that she raised the alarm.",
        'Somebody called out: "She is in there".',
    ],
)
def test_a_pronoun_may_stand_for_whoever_was_named_before_it(edited, capsys, answer):
    """A name, an alias or a plain noun before it is enough; "they" may be the reports, and quoted words are the speaker's."""
    edited.change("knowledge/facts/fire.yaml", "answer: Ada Finch was 61.", f"answer: >-\n    {answer}")
    assert "unnamed" not in {problem["rule"] for problem in told(edited, capsys)[1]}


@pytest.mark.parametrize(
    "answer",
    [
        "The boathouse burned, and he saw it.",
        "Ada Finch raised the alarm. He was 61.",
        "The reports don't say when they met Ada Finch.",
        "According to her, Ada Finch was 61.",
    ],
)
def test_a_pronoun_without_anybody_before_it_is_an_error(edited, capsys, answer):
    """Another's name doesn't do, nor one that comes after, nor the reports within a clause of their own."""
    edited.change("knowledge/facts/fire.yaml", "answer: Ada Finch was 61.", f"answer: >-\n    {answer}")
    assert "unnamed" in {problem["rule"] for problem in told(edited, capsys)[1]}


@pytest.mark.parametrize(
    ("wording", "is_told"),
    [
        ("Was it smoky?", True),
        ("Is it reported that it smelt?", True),
        ("Did Ada smell smoke?", False),
        ("Did somebody say that it smelt?", False),
        ("was there smoke, according to the report", False),
    ],
)
def test_a_claim_is_led_only_where_the_wording_asks_what_was_said(edited, capsys, wording, is_told):
    """Under yes and no of a claim stands what names the speaker, or has a word of saying."""
    edited.change(WORDINGS, "How did she notice?", f"- {wording}")
    assert ("claim" in {problem["rule"] for problem in told(edited, capsys)[1]}) is is_told


def test_a_card_whose_page_nobody_read_is_told_as_that(edited, capsys):
    """A card may do without a day of checking, but not without a source, and the check reminds of it."""
    cards = "knowledge/helplines.yaml"
    edited.write(cards, "lamp:\n  name: The Lamp\n  for: Anyone\n  source: https://lamp.example\n")
    of_cards = [problem for problem in told(edited, capsys)[1] if "card" in problem["rule"]]
    assert [(problem["rule"], problem["level"]) for problem in of_cards] == [("unread-card", "warning")]
    edited.change(cards, "  source: https://lamp.example\n", "  source: ''\n")
    assert ("card", "error") in {(problem["rule"], problem["level"]) for problem in told(edited, capsys)[1]}


def test_broken_yaml_is_told_without_a_traceback(scratch):
    """Every file's problem at once, exit 1."""
    change(scratch / "seeds/gazette.yaml", "publisher: The", "publisher: [The")
    change(scratch / "knowledge/facts/fire.yaml", "  title: The cause", " title: The cause")
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "--case", str(scratch), "ask", "when"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "gazette.yaml:" in ran.stderr
    assert "fire.yaml:" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_an_article_quoted_beyond_half_is_an_error(edited, capsys):
    """Other people's work is quoted in short passages only."""
    edited.change(
        "seeds/courier.yaml",
        "passages:",
        "passages:\n  most: {paragraph: 2, quote: 'Ten boats were lost when a boathouse burned down on Sunday, the club''s treasurer Owen Pell said'}",
    )
    assert "quoted-too-much" in {problem["rule"] for problem in told(edited, capsys)[1]}


def test_what_is_left_of_each_article_is_told(edited, capsys):
    """One line an article; a word that two quotations cover counts once, and so does one that an answer quotes."""
    before = told(edited, capsys, "text")[1]
    assert "courier: 4 of 30 words quoted, 11 left\n" in before
    again = 'passages:\n  more: {paragraph: 2, quote: "boats were lost when"}'
    edited.change("seeds/courier.yaml", "passages:", again)
    assert "courier: 5 of 30 words quoted, 10 left\n" in told(edited, capsys, "text")[1]
    edited.change("knowledge/facts/fire.yaml", "The Courier has ten,", 'The Courier has "ten boats were lost when a",')
    assert "courier: 6 of 30 words quoted, 9 left\n" in told(edited, capsys, "text")[1]


def test_annotations_for_github(edited, capsys):
    """`--format github` writes the annotations that its checks show beside a line."""
    edited.change("seeds/gazette.yaml", "nine boats were lost", "nine boats were burned")
    _, out = told(edited, capsys, "github")
    assert "::error file=" in out
    assert "title=verbatim" in out


def test_a_list_of_claims_that_nothing_names_is_told_at_its_line(scratch, casebook):
    """A misspelt name is told where it stands, and not only where it is missed."""
    claims = scratch / "knowledge/claims"
    claims.mkdir()
    (claims / "fire.yaml").write_text(
        'lists:\n  alram: [bell, siren]\nalarm:\n  - {who: finch, did: ["raise <alarm>"]}\n', encoding="utf-8"
    )
    code, out, _ = casebook("check", "--case", scratch)
    assert code == 1
    assert "claims/fire.yaml:2:10: error: nothing names alram [reference]; take it out" in out
    assert "claims/fire.yaml:4:24: error: no list is called alarm [reference]" in out
