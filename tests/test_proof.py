"""What a fact says stands in what it shows: planted faults are told at their line, honest edits are left alone."""

import re
import shutil

import pytest

from knowledge.case.layers import MESSAGES, OWN, SHIPPED, VOICE
from knowledge.case.load import load
from knowledge.checks import proof
from knowledge.checks.proof import proved
from knowledge.checks.sources import given, provenance
from tests.conftest import BOATHOUSE
from tests.mutations.kept import Kept
from tests.shared import change


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A copy of what proof needs of the shipped case; of all that people write it needs nothing."""
    folder = tmp_path_factory.mktemp("proof")
    shutil.copytree(SHIPPED / "seeds", folder / "seeds")
    shutil.copytree(SHIPPED / "knowledge/facts", folder / "knowledge/facts")
    shutil.copy(SHIPPED / "knowledge/case.yaml", folder / "knowledge")
    shutil.copy(SHIPPED / "knowledge/helplines.yaml", folder / "knowledge")
    shutil.copytree(SHIPPED / VOICE, folder / VOICE, ignore=shutil.ignore_patterns(OWN))
    (folder / VOICE / OWN).mkdir()
    for name in ("wordings/none.txt", "voice/moves.txt", *(f"voice/{messages}.txt" for messages in MESSAGES)):
        file = folder / "knowledge" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("# none\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def shipped(copied):
    """What is told of that copy with a fact of it edited, and where the edit stands; what isn't touched is read once."""
    kept = Kept()
    with kept.quickly({}):
        assert [*proof.proved(load(copied), {})] == []

    def with_edit(*edit):
        file, line, text = edited(copied, *edit)
        with kept.quickly({str(file): text.encode("utf-8")}):
            return (str(file), line), [*proof.proved(load(copied), {})]

    return with_edit


@pytest.fixture
def boathouse(tmp_path):
    return shutil.copytree(BOATHOUSE, tmp_path / "boathouse")


def edit(folder, *change):
    """Change a field of a fact, and say where its value stands."""
    file, line, text = edited(folder, *change)
    file.write_text(text, encoding="utf-8")
    return str(file), line


def edited(folder, fact, field, old, new):
    """The file with a field of a fact changed, where its value stands, and the whole text."""
    for file in sorted((folder / "knowledge/facts").glob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        found = re.search(rf"^- id: {fact}\n(?:(?!- id: ).*\n?)*", text, re.MULTILINE)
        if found:
            at = re.search(rf"^  {field}: ((?:.*\n)(?:    .*\n)*)", found[0], re.MULTILINE)
            value = " ".join(at[1].split())
            assert old in value, value
            start = found.start() + at.start(1)
            changed = re.sub(r"^>- ", ">-\n    ", value.replace(old, new, 1))
            rest = text[found.start() + at.end(1) :]
            return file, text[:start].count("\n") + 1, f"{text[:start]}{changed}\n{rest}"
    raise AssertionError(fact)


def told(problems):
    return [(problem.mark.file, problem.mark.line) for problem in problems]


PLANTED = [
    # a wrong number
    ("age-yasmin", "answer", "43", "34"),
    ("age-mccaskie", "answer", "41", "42"),
    ("age-mccaskie", "short", "41", "fourteen"),
    ("age-driver", "answer", "was 26", "was 28"),
    ("near-home", "answer", "150", "250"),
    ("petition-count", "answer", "Nearly 5,000", "Nearly 50,000"),
    ("petition-count", "moment", "5,000", "6,000"),
    ("children", "answer", "two children", "three children"),
    ("victim", "short", "43", "44"),
    ("warrant-days", "answer", "three weeks", "four weeks"),
    ("warrant-days", "follows", "20 days", "21 days"),
    ("time", "answer", "9am", "8am"),
    ("age-yasmin", "values", "43", "34"),
    ("printed-contacts", "answer", "0808 2000 247", "0808 2000 274"),
    ("unreported-birthday", "answer", "41", "40"),
    # a wrong date, or a report's date told as the date of what it tells of
    ("date", "answer", "24 January 2022", "25 January 2022"),
    ("date", "answer", "2022", "2021"),
    ("warrant-issued", "answer", "4 January", "5 January"),
    ("warrant-issued", "when", "2022-01-04", "2022-01-05"),
    ("what-happened", "when", "2022-01-24", "2022-01-23"),
    ("interview", "answer", "4 February", "5 February"),
    ("inquests", "answer", "1 February", "2 February"),
    ("no-trial", "answer", "had opened, ITV News London reported on", "had opened by"),
    (
        "bail",
        "answer",
        "ITV News London reported on 1 February 2022, before that bail ran out, that he",
        "By 1 February 2022, before that bail ran out, he",
    ),
    # a wrong weekday
    ("weekday", "answer", "on a Monday", "on a Tuesday"),
    ("weekday", "answer", "Wednesday 26", "Thursday 26"),
    ("date", "answer", "Monday 24", "Sunday 24"),
    ("courageous", "answer", "Tuesday 25", "Wednesday 25"),
    # another speaker
    ("hell-on-earth", "speaker", "zayd-bakkali", "butler-thalassis"),
    ("decision-time", "speaker", "rawlinson", "naseem"),
    ("barraclough-said", "speaker", "barraclough", "begum"),
    ("hell-on-earth", "answer", "Zayd Bakkali", "Neil Rawlinson"),
    ("earlier-attacks", "answer", "Nafiska Butler-Thalassis", "Rita Begum"),
    ("naseem-said", "answer", "Sal Naseem", "Neil Rawlinson"),
    ("lbc-report", "answer", "Sophie Barnett", "Louise Scott"),
    ("interview", "answer", "Louise Scott", "Sophie Barnett"),
    # a quotation in another's mouth
    ("could-police-have", "answer", "Her elder son, Zayd Bakkali,", "Councillor Geoff Barraclough"),
    (
        "family-on-driver",
        "answer",
        'Members of the family reportedly called him "a',
        'DCI Neil Rawlinson called him "a',
    ),
    (
        "family-describes-her",
        "answer",
        "a woman who said that she was her aunt, and who spoke",
        "her elder son, who spoke",
    ),
    ("monster", "answer", "A son", "An aunt"),
    ("councillors", "answer", "Geoff Barraclough spoke", "Rita Begum spoke"),
    # a quotation that isn't word for word
    ("hell-on-earth", "answer", "like hell on earth", "like hell upon earth"),
    ("vital-witness", "answer", "a vital witness", "a key witness"),
    ("petition-title", "answer", "is a hero", "is a saint"),
    ("son-trust", "short", "never trust them fully again", "never trust them again"),
    ("son-describes-her", "short", "misplaced star", "fallen star"),
    # a passage that doesn't hold what is said over it
    ("car", "passages", "itv-driver/renault, lbc/renault", "itv-driver/evil, lbc/byline"),
    ("age-yasmin", "passages", "lbc/from-maida-vale, hamhigh/age-yasmin, itv-son/age-yasmin", "lbc/byline"),
    ("lawyer", "answer", "Mohammed Akunjee", "Michael Akunjee"),
    ("who-killed-her", "answer", "Leon McCaskie", "Leon McCaskey"),
    ("street", "answer", "Chippenham Road", "Chipping Road"),
    ("rawlinson-who", "answer", "Specialist Crime Command", "Special Crime Unit"),
    ("driver-name", "answer", "as Abraham", "as Joseph"),
    # another publisher, or one where two are needed
    ("ambush", "answer", "ITV News London", "LBC"),
    ("earlier-attacks", "answer", "in Ham & High", "in LBC"),
    ("car", "passages", "itv-driver/renault, lbc/renault", "itv-driver/renault"),
]
"""(fact, field, what stands there, the fault)"""

HONEST = [
    ("age-yasmin", "answer", "Yasmin Chkaifi was 43.", "At the time Yasmin Chkaifi was 43 years old."),
    ("age-driver", "answer", "The driver was 26.", "The man at the wheel was twenty-six."),
    ("age-mccaskie", "answer", "Leon McCaskie was 41.", "McCaskie was 41."),
    ("children", "answer", "had two children", "had 2 children"),
    ("warrant-days", "answer", "for three weeks", "for 3 weeks"),
    ("warrant-issued", "answer", "on 4 January 2022", "on January 4 2022"),
    (
        "warrant-issued",
        "answer",
        "as the IOPC's statement says",
        "by what the Independent Office for Police Conduct states",
    ),
    ("date", "answer", "on Monday 24 January 2022", "on 24 January 2022, a Monday"),
    ("date", "answer", "Monday 24 January 2022", "Monday, 24 January"),
    ("near-home", "answer", "ITV News reports that", "As ITV News has it,"),
    (
        "street",
        "answer",
        "LBC reports that she was found in Chippenham Road.",
        "She was found in Chippenham Road, says LBC.",
    ),
    (
        "who-killed-her",
        "answer",
        "Yasmin Chkaifi's ex-husband, Leon McCaskie, killed",
        "Her former husband, Leon McCaskie, killed",
    ),
    ("people-tried", "answer", "A number of people in the street", "Several people in the street"),
    ("hell-on-earth", "answer", "Zayd Bakkali, Yasmin Chkaifi's elder son,", "Ms Chkaifi's elder son, Mr Bakkali,"),
    ("vital-witness", "answer", "Police called the driver", "The Met called him"),
    (
        "inquests",
        "answer",
        "as ITV News London reported on 1 February 2022",
        "ITV News London's report of 1 February 2022 says",
    ),
    ("lawyer", "answer", "The driver's lawyer was Mohammed Akunjee", "Mohammed Akunjee was the driver's lawyer"),
    ("courageous", "short", "DCI Neil Rawlinson said", "Neil Rawlinson, a Detective Chief Inspector, said"),
    ("petition-title", "answer", "The petition's title was", "It was called"),
    (
        "barraclough-said",
        "answer",
        "Councillor Geoff Barraclough said in Ham & High",
        "Geoff Barraclough told Ham & High",
    ),
    (
        "could-police-have",
        "answer",
        "Leon McCaskie killed Yasmin Chkaifi. Her",
        "McCaskie killed her. Yasmin Chkaifi's",
    ),
    ("interview", "answer", "The report is dated 4 February 2022.", "Its date is 4 February 2022."),
    ("driver-support", "answer", "DCI Neil Rawlinson said", "Detective Chief Inspector Rawlinson said"),
    ("unreported-birthday", "answer", "They do give ages:", "Ages are given:"),
]
"""(fact, field, what stands there, the same in other words)"""


def test_all_that_the_shipped_case_says_is_shown():
    """No name, number, date or quoted word of a fact stands on nothing."""
    assert list(map(str, proved(load(), {}))) == []


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: f"{planted[0]}-{planted[1]}-{planted[3][:20]}")
def test_a_planted_fault_is_told_at_its_line(shipped, planted):
    """A wrong number, date, weekday, speaker, quotation, name or publisher; the passages at hand are enough to see it."""
    fact, field, *_ = planted
    where, problems = shipped(*planted)
    if field in {"passages", "follows"}:
        assert problems
        assert all(problem.message.startswith(f"{fact}: ") for problem in problems)
    else:
        assert where in told(problems), problems
    assert all(problem.mend for problem in problems)


@pytest.mark.parametrize("honest", HONEST, ids=lambda honest: f"{honest[0]}-{honest[3][:20]}")
def test_the_same_in_other_words_is_no_fault(shipped, honest):
    """Another order, figures for words, another form of a date or of a name: nothing is told."""
    assert list(map(str, shipped(*honest)[1])) == []


def with_paragraphs(folder):
    """What is told of the invented case with its whole articles beside it."""
    articles = {file.stem: file.read_text(encoding="utf-8") for file in (folder / "articles").glob("*.txt")}
    loaded = load(folder)
    return [*proved(loaded, articles), *given(loaded), *provenance(loaded, articles)]


def seed(folder, name, old, new):
    """Change a line of a seed, and say where it stands."""
    file = folder / "seeds" / name
    return str(file), change(file, old, new)


def test_the_invented_case_is_proved_by_its_paragraphs(boathouse):
    """With the articles at hand nothing is told of it."""
    assert with_paragraphs(boathouse) == []


NAMED = 'alarm: {paragraph: 3, quote: "The caretaker, Ada Finch, 61, raised the alarm at about 2am"}'


def test_a_paragraph_that_is_named_and_not_quoted_is_proof(boathouse):
    """Without the articles nobody can tell; with them the paragraph itself is held against the answer."""
    seed(boathouse, "gazette.yaml", NAMED, "alarm: {paragraph: 3}")
    assert with_paragraphs(boathouse) == []
    where = edit(boathouse, "age", "answer", "61", "62")
    assert where not in told(proved(load(boathouse), {}))
    assert where in told(with_paragraphs(boathouse))


@pytest.mark.parametrize(
    ("fact", "old", "new"),
    [
        ("age", "61", "16"),
        ("age", "61", "sixty"),
        ("alarm", "2am", "3am"),
        ("alarm", "Ada Finch", "Owen Pell"),
        ("night", "3 March", "4 March"),
        ("night", "2019", "2018"),
        ("night", "3 March 2019", "Saturday 3 March 2019"),
        ("smoke", "smelt smoke", "saw smoke"),
        ("smoke", "The Marsh Gazette", "The Courier"),
        ("boats", "The Courier has ten", "The Courier has twelve"),
    ],
)
def test_a_fault_is_told_of_a_paragraph_too(boathouse, fact, old, new):
    """What the whole paragraph doesn't hold is told at the answer, as of a paragraph."""
    where = edit(boathouse, fact, "answer", old, new)
    problems = with_paragraphs(boathouse)
    assert where in told(problems)


def test_what_the_paragraph_holds_needs_no_quotation(boathouse):
    """With the articles at hand what the quotation leaves out is still proved: the paragraph is the proof."""
    seed(boathouse, "gazette.yaml", "The caretaker, Ada Finch, 61, raised the alarm at about 2am", "raised the alarm")
    assert with_paragraphs(boathouse) == []
    assert "quotation holds 61" in " ".join(problem.message for problem in proved(load(boathouse), {}))


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "mend"),
    [
        ("gazette.yaml", "given: [publisher, published]\n", "", "publisher:", "add publisher to `given:`"),
        ("gazette.yaml", "given: [publisher, published]", "given: [publisher]", "published:", "add published"),
        ("gazette.yaml", "[publisher, published]", "[publisher, published, headline]", "headline:", "take it out"),
        ("gazette.yaml", "loses its boathouse", "loses a boathouse", "headline:", "write what the text has"),
        ("gazette.yaml", "[publisher, published]", "[publisher, published, author]", "given:", "name those of"),
        ("courier.yaml", "[publisher]", "[publisher, published]", "given:", "name those of"),
        ("courier.yaml", "headline: null", "headline: Ten boats burned", "headline:", "add headline to `given:`"),
    ],
)
def test_where_a_source_is_from_is_held_against_its_text(boathouse, name, old, new, line, mend):
    """Publisher, headline and date stand in the text, or came with it, never both; an unknown one came from nowhere."""
    seed(boathouse, name, old, new)
    text = (boathouse / "seeds" / name).read_text(encoding="utf-8")
    problems = [problem for problem in with_paragraphs(boathouse) if problem.rule == "provenance"]
    assert (str(boathouse / "seeds" / name), text[: text.index(line)].count("\n") + 1) in told(problems)
    assert mend in " ".join(problem.mend for problem in problems)
