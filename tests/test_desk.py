"""The curator's desk: sources, passages, facts, and what a question lacks."""

import json
import re

import pytest

from bot.curator import build
from bot.operator import as_told
from knowledge.case.load import load
from knowledge.matching import store
from tests.conftest import BOATHOUSE
from tests.shared import change

TEXTS = BOATHOUSE / "articles"


def test_facts_are_listed_and_looked_for(casebook):
    """A fact a line; a word leaves those that have it; a misspelt one gets a proposal."""
    code, out, _ = casebook("facts", "--case", BOATHOUSE)
    assert code == 0
    assert out.splitlines()[0].split() == ["id", "title", "status", "wordings", "sources"]
    assert re.search(r"^boats +How many boats were lost +disputed +\d+ +gazette, courier$", out, re.MULTILINE)
    assert out.endswith("6 facts\n")
    assert casebook("facts", "smoke", "--case", BOATHOUSE)[1].splitlines()[1:] == [
        "smoke  What the caretaker said  claimed  4         gazette",
        "1 fact of 6",
    ]
    assert casebook("facts", "alarn", "--case", BOATHOUSE)[:2] == (1, "no fact has 'alarn'; did you mean 'alarm'?\n")


ARTICLE = """\
date 2022-02-04 Ferry sinks in harbour

The Quay Courier

By Una Reed

A ferry sank in the harbour, and nobody was on it.
"""


def test_a_source_is_written_from_the_head_of_its_article(scratch, tmp_path, casebook):
    """Paragraphs are numbered; publisher, headline and day are filled in; nothing else of the text is in the file."""
    article = tmp_path / "ferry.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    code, out, _ = casebook("add-source", article, "--id", "ferry", "--case", scratch)
    assert code == 0
    assert "1  date 2022-02-04 Ferry sinks in harbour\n2  The Quay Courier\n" in out
    written = (scratch / "seeds/ferry.yaml").read_text(encoding="utf-8")
    assert written.startswith(
        'publisher: "The Quay Courier"\nheadline: "Ferry sinks in harbour"\npublished: 2022-02-04\n'
    )
    assert "nobody was on it" not in written
    assert [(one.rule, one.message) for one in load(scratch).problems] == [("missing", "about is missing")]
    change(scratch / "seeds/ferry.yaml", "# about: the night of the flood ", "about: the ferry ")
    assert load(scratch).problems == ()


def test_a_source_that_is_there_is_left_as_it_is(scratch, casebook):
    """Its file is proposed on the screen, and not written."""
    before = (scratch / "seeds/gazette.yaml").read_bytes()
    code, out, _ = casebook("add-source", TEXTS / "gazette.txt", "--id", "gazette", "--case", scratch)
    assert code == 0
    assert "seeds/gazette.yaml is there already and left as it is:" in out
    assert (scratch / "seeds/gazette.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("head", "publisher", "headline", "published"),
    [
        (
            "Ten boats lost\n\nThe Marsh Gazette, March 5, 2019\n",
            '"The Marsh Gazette"',
            '"Ten boats lost"',
            "2019-03-05",
        ),
        ("The club met on Monday. It was cold.\n", "null", "null", "null"),
        ('He said: "no"\n\n5th March 2019\n', "null", '"He said: \\"no\\""', "2019-03-05"),
        ("Ten boats lost\n\n31 February 2019\n", "null", '"Ten boats lost"', "null"),
    ],
)
def test_what_the_head_does_not_show_is_null(tmp_path, casebook, head, publisher, headline, published):
    """Nothing is guessed, and no day is made up."""
    article = tmp_path / "a.txt"
    article.write_text(head, encoding="utf-8")
    out = casebook("add-source", article, "--id", "a")[1]
    shown = [f"publisher: {publisher}", f"headline: {headline}", f"published: {published}"]
    assert [line.strip() for line in out.splitlines() if line.strip() in shown] == shown


def test_words_are_found_whatever_their_typos(casebook):
    """The shortest span that says them is quoted verbatim, with its paragraph, whose words they are, and what room is left."""
    code, out, _ = casebook("cite", "A LIGHT wher there shud have been", "--articles", TEXTS, "--case", BOATHOUSE)
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "seeds/gazette.yaml, under passages:"
    assert lines[1] == '  have-been: {paragraph: 4, quote: "a light where there should have been", speaker: ID}'
    assert lines[3] == "these are somebody's words: for ID write who said them, finch"
    assert lines[4] == "gazette: 27 of 61 words are quoted, 3 more may be, this is 4 too many: quote less"


def test_a_passage_that_is_cited_is_as_check_wants_it(scratch, casebook):
    """What is printed, pasted as it stands, is verbatim in its paragraph."""
    out = casebook("cite", "the cause is not known", "--articles", TEXTS, "--case", scratch)[1]
    pasted = out.splitlines()[1]
    assert pasted == '  cause-known: {paragraph: 3, quote: "The cause is not known"}'
    change(scratch / "seeds/courier.yaml", "passages:\n", f"passages:\n{pasted}\n")
    _, told_, _ = casebook("check", "--case", scratch, "--articles", TEXTS, "--format", "json")
    rules = {problem["rule"] for problem in json.loads(told_) if "courier.yaml" in problem["file"]}
    assert rules == {"unused-passage"}


def test_words_that_are_quoted_already_are_told(casebook):
    """The passage is named that holds them."""
    out = casebook("cite", "i smelt smoke", "--articles", TEXTS, "--case", BOATHOUSE)[1]
    assert out.startswith("gazette/smoke quotes it already: “I smelt smoke”\n")


def test_words_that_no_article_says_are_not_made_up(casebook):
    """It says so, and quotes nothing."""
    code, out, _ = casebook("cite", "wholly other business", "--articles", TEXTS, "--case", BOATHOUSE)
    assert (code, out) == (1, "no article says 'wholly other business'\n")


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (lambda _: None, "--articles: {} holds no article; put each there in a file called as its source, ID.txt"),
        (lambda folder: folder.rmdir(), "--articles: there is no folder {}; give the folder that holds the articles' texts"),
        (lambda folder: (folder / "a.txt").write_bytes(b"one\ntw\x92o\n"), "{}/a.txt:2: this line is not UTF-8; save the file as UTF-8"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", [["cite", "boats"], ["coverage"]])
def test_articles_that_cannot_be_read_are_told_in_a_line(tmp_path, casebook, command, make, line):
    """What is wrong, where, and the mend; no traceback."""
    folder = tmp_path / "articles"
    folder.mkdir()
    make(folder)
    told_ = casebook(*command, "--articles", folder, "--case", BOATHOUSE)
    assert told_ == (2, "", f"casebook: {line.format(folder)}\n")


def test_explain_gives_the_values_that_decided(casebook):
    """The probability with what it had to reach, what it is made of, and the next."""
    out = casebook("explain", "--case", BOATHOUSE, "how old was ada finch then")[1]
    assert re.search(r"^why        age: probability [01]\.\d+ \(needed: 0\.12\), ", out, re.MULTILINE)
    unreported = casebook("explain", "--case", BOATHOUSE, "what caused the fire")[1]
    assert re.search(r"^why        cause: probability [01]\.\d+ \(needed: 0\.2\), ", unreported, re.MULTILINE)
    assert re.search(r"^     logit:   .*\blearned \+\d", out, re.MULTILINE)
    assert "why        what care hears comes before any answer\n" in casebook("explain", "he has got a knife")[1]


def test_a_question_is_shown_what_it_lacks_of_a_wanted_fact(casebook):
    """The nearest wording, the rival and its lead, and a change that finds the fact when it is made."""
    asked = "what got destroyed"
    out = casebook("explain", "--case", BOATHOUSE, asked, "--wanted", "boats")[1]
    told_ = out[out.index("wanted     boats") :]
    assert re.search(r"^  likely   0\.\d+; 0\.12 is needed to be told: 0\.\d+ too little$", told_, re.MULTILINE)
    unreported = casebook("explain", "--case", BOATHOUSE, "reason", "--wanted", "cause")[1]
    assert re.search(r"^  likely   0\.\d+; 0\.2 is needed to be told: ", unreported, re.MULTILINE)
    assert re.search(r"^  rival    \S+  [01]\.\d+; ahead by 0\.\d+$", told_, re.MULTILINE)
    assert re.search(r"^  nearest  '.*lost.*'$", told_, re.MULTILINE)
    assert "  would find it: with one of these words more: lost\n" in told_
    assert "reply      answer: boats" in casebook("explain", "--case", BOATHOUSE, f"{asked} lost")[1]
    assert told_.endswith(f"add the line {asked!r} under [boats] in knowledge/wordings\n")


def test_what_was_wanted_and_found_needs_no_change(casebook):
    out = casebook("explain", "--case", BOATHOUSE, "how old was ada finch", "--wanted", "age")[1]
    assert out.endswith("wanted     age: How old was Ada Finch?\n  it is what this question finds\n")


def test_no_wording_gets_past_care(casebook):
    out = casebook("explain", "--case", BOATHOUSE, "he has got a knife", "--wanted", "age")[1]
    assert out.endswith("  care hears danger in it, and that comes before any answer: no wording changes that\n")


def test_a_wanted_fact_that_does_not_exist_is_told(casebook):
    code, out, err = casebook("explain", "--case", BOATHOUSE, "how old", "--wanted", "agee")
    assert (code, out, err) == (2, "", "casebook: --wanted: no fact is called agee; did you mean age?\n")


def test_questions_that_find_nothing_stand_under_the_nearest_fact(tmp_path, casebook):
    """A file of plain questions: those that find something count, the others are listed with what became of them."""
    file = tmp_path / "asked.txt"
    file.write_text("# by readers\nHow old was Ada Finch?\n\nqqq zzz xxx\nhello\n", encoding="utf-8")
    code, out, _ = casebook("evaluate", "--case", BOATHOUSE, file)
    assert code == 0
    assert "ALL                         1/3     33.3%\n" in out
    listed = out[out.index("found nothing, by the nearest fact:") :]
    assert "    'qqq zzz xxx'  not found\n" in listed
    assert "    'hello'  taken for no question\n" in listed
    assert "Ada Finch?" not in listed


def test_a_line_that_is_no_label_is_named(tmp_path, casebook, monkeypatch):
    made = tmp_path / "made.index"  # so that nothing is said of learning, whatever the other tests let go
    assert build.run(BOATHOUSE, made) == 0
    monkeypatch.setenv(store.SETTING, str(made))
    file = tmp_path / "labelled.jsonl"
    file.write_text('{"id": "a", "q": "hello", "kinds": ["courtesy"]}\n{"id": "b", "q": "hello"}\n', encoding="utf-8")
    code, out, err = casebook("evaluate", "--case", BOATHOUSE, file)
    assert (code, out) == (2, "")
    assert (
        err == f"casebook: {file}:2: this is no labelled question ('kinds' is missing); CURATORS.md shows their form\n"
    )


def test_what_takes_long_says_how_far_it_is():
    """Nothing within a second; then a line now and then."""
    now, said = iter([0.0, 0.5, 1.5, 1.5, 3.0, 7.0, 7.0, 7.5]), []
    assert list(as_told("abcde", "asking", lambda: next(now), said.append)) == [*"abcde"]
    assert said == ["casebook: asking: 1 of 5", "casebook: asking: 3 of 5"]
