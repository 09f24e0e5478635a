"""Coverage: which facts rest on each sentence of the articles, on the screen and as a page."""

import re

import pytest

from bot.curator import articles
from knowledge.case.load import load_case, paragraphs
from tests.conftest import BOATHOUSE
from tests.shared import change

TEXTS = BOATHOUSE / "articles"
LONG = " The club has forty members and will build again before the summer of next year. So be it."


@pytest.fixture
def page(scratch, tmp_path, casebook):
    """The page of coverage of a case with sentences of every kind."""
    change(scratch / "articles/gazette.txt", "nobody was hurt.", f"nobody was hurt.{LONG}")
    file = tmp_path / "coverage.html"
    code, out, _ = casebook("coverage", "--case", scratch, "--articles", scratch / "articles", "--html", file)
    assert code == 0
    assert out.endswith(f"{file} is written: open it in a browser\n")
    return file.read_text(encoding="utf-8")


def test_coverage_tells_of_each_sentence_which_facts_rest_on_it(casebook):
    """By paragraph and number, the facts; what is left out with its reason."""
    out = casebook("coverage", "--case", BOATHOUSE, "--articles", TEXTS)[1]
    assert "  1     left out: The headline.\n  2.1   night\n  3.1   alarm, age\n  4.1   smoke\n  5.1   boats\n" in out


def test_the_page_shows_facts_reasons_and_what_nobody_looked_at(page):
    """Each sentence has its state in words."""
    sentences = dict(
        re.findall(r'Sentence (\S+): <span class="state">([^<]+)</span>', page[page.index("report-gazette") :])
    )
    states = [sentences[place] for place in ("1.1", "2.1", "3.1", "3.2")]
    assert states == ["Left out", "Behind facts", "Behind facts", "No fact"]
    assert '<a href="#fact-alarm">Who raised the alarm</a>, <a href="#fact-age">' in page
    assert "<p>The headline.</p>" in page


def test_the_page_holds_no_more_of_an_article_than_what_is_quoted(page, scratch):
    """No four words in a row of any sentence, but those that the case itself says or quotes."""
    case = load_case(scratch)
    said = [one.quote for source in case.sources.values() for one in source.passages.values()]
    said += [text for fact in case.facts.values() for text in (fact.answer, fact.title)]
    shown = page
    for text in (*said, *(source.headline or "" for source in case.sources.values())):
        shown = shown.replace(text.replace('"', "&quot;"), " ")
    for file in (scratch / "articles").glob("*.txt"):
        for paragraph in paragraphs(articles.text(file)):
            words = paragraph.split()
            runs = [" ".join(words[at : at + 4]) for at in range(len(words) - 3)]
            assert [run for run in runs if run in shown] == []
    assert "The club has … (15 words)" in page
    assert "So be" not in page


def test_the_page_needs_nothing_from_elsewhere(page):
    """No script, no address, no file."""
    assert not re.search(r"<script|<link|<img|https?:|@import|url\(", page)
    assert "default-src 'none'" in page


def test_signs_of_html_in_a_case_are_no_markup(scratch, tmp_path, casebook):
    """A title is text."""
    change(scratch / "knowledge/facts/fire.yaml", "title: The caretaker's age", "title: <b>The</b> & age")
    file = tmp_path / "coverage.html"
    casebook("coverage", "--case", scratch, "--articles", TEXTS, "--html", file)
    page = file.read_text(encoding="utf-8")
    assert page.count("&lt;b&gt;The&lt;/b&gt; &amp; age") == 2
    assert "<b>" not in page


def test_a_page_that_cannot_be_written_is_told(tmp_path, casebook):
    file = tmp_path / "nowhere/coverage.html"
    code, _, err = casebook("coverage", "--case", BOATHOUSE, "--articles", TEXTS, "--html", file)
    assert (code, err) == (
        2,
        f"casebook: --html: {file} can't be written (No such file or directory); name a file in a folder that can be\n",
    )
