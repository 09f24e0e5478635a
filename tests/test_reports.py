"""Who says what: speakers, what one report has of an answer, a report summed up, and the reports themselves."""

import pytest

from bot.reply import Kind
from knowledge.case.model import Status


@pytest.mark.parametrize(
    ("question", "asked", "wanted"),
    [
        ("What was it like living with McCaskie?", "who said that?", ["Zayd Bakkali, told ITV News"]),
        ("Did she have many friends?", "says who", ["said that she was Yasmin Chkaifi's aunt", "as LBC quotes her"]),
        ("What did Rita Begum say?", "who said so", ["Rita Begum", "as Ham & High quotes her"]),
        ("What did her son tell MailOnline?", "how do you know", ["told MailOnline so", "LBC doesn't name the son"]),
        (
            "Could the police have prevented it?",
            "according to who",
            ["Zayd Bakkali, told ITV News", "Geoff Barraclough said, as Ham & High"],
        ),
        (
            "What was she like?",
            "who said that?",
            ["Zayd Bakkali, spoke of", "her aunt, of", "a son, whom LBC doesn't name"],
        ),
        ("Had he abused her before?", "who said that?", ["Zayd Bakkali", "Nafiska Butler-Thalassis said"]),
        ("What kind of order was he under?", "who says so", ["ITV News says in its own words", "Barraclough spoke"]),
        ("Does her family blame the driver?", "says who", ["Zayd Bakkali, praised", "doesn't say which of them"]),
        ("How many children did she have?", "who said that?", ["aunt gave the ages", "in its own words"]),
    ],
)
def test_each_speaker_is_named_with_what_is_theirs(ask, question, asked, wanted):
    """ "Who said that?" names whoever said each part, and the outlet that it stands in."""
    text = ask(question, asked).text
    assert [part for part in wanted if part not in text] == []


def test_a_claim_has_a_speaker_and_its_report(case):
    """Every claim names who said it, and every text of who said what names an outlet of its passages."""
    for fact in case.facts.values():
        assert fact.speakers or fact.status is not Status.CLAIMED
        if fact.who_said:
            publishers = [case.sources[passage.source].counts_as for passage in case.shown_passages(fact)]
            assert any(publisher in fact.who_said for publisher in publishers), fact.id


SAID = [
    ("what car was it", "LBC", "blue Renault"),
    ("What is the IOPC investigating?", "Ham & High", "the contact the Met had with Ms Chkaifi"),
    ("How old was Yasmin?", "ITV", "the 43-year-old"),
    ("How did Leon McCaskie die?", "LBC", "blue Renault"),
    ("What time did it happen?", "Ham & High", "on the morning"),
    ("Who ran him over?", "Ham & High", "hit by a car driven by a passer-by"),
    ("How was she killed?", "LBC", "stab injuries"),
    ("Was the driver arrested?", "ITV", "arrested on suspicion of murder"),
    ("When did it happen?", "LBC", "Monday morning"),
    ("How old was her son?", "ITV News", "18-year-old son"),
    ("Had he abused her before?", "Ham & High", "abuse she suffered from McCaskie"),
    ("What did her son say about the police?", "LBC", "told MailOnline"),
]
NOT_SAID = [
    ("what car was it", "Ham & High"),
    ("How old was Leon McCaskie?", "ITV"),
    ("Was there a warrant out for him?", "LBC"),
    ("Was there a warrant out for him?", "ITV News London"),
    ("Was there a petition?", "Ham & High"),
    ("Was the driver on bail?", "ITV"),
    ("What was the petition called?", "ITV"),
    ("What was the driver's name?", "Ham & High"),
    ("What is her son's name?", "LBC"),
    ("Was the driver charged?", "LBC"),
    ("Was there an inquest?", "Ham & High"),
]


@pytest.mark.parametrize(("question", "report", "words"), SAID)
def test_what_a_report_says_is_told_in_its_words(ask, question, report, words):
    """The last answer put to a report quotes it, and shows its passages alone."""
    for asked in (f"what does {report} say about it?", f"and {report}?", f"does {report} say that too?"):
        reply = ask(question, asked)
        assert words in reply.text, asked
        assert "doesn't say." not in reply.text
        assert len({cited.publisher.removesuffix(" London") for cited in reply.citations}) == 1


@pytest.mark.parametrize(("question", "report"), NOT_SAID)
def test_a_report_that_does_not_say_it_is_told_as_that(ask, question, report):
    """The others' word follows, and no passage of that report speaks for it."""
    name = "ITV News" if report == "ITV" else report
    reply = ask(question, f"what about {report}?")
    assert reply.text.startswith(f"{name} doesn't say. ")
    assert reply.facts == ask(question).facts


@pytest.mark.parametrize(
    ("question", "source", "begins"),
    [
        ("what car was it according to LBC?", "lbc", "The driver's car"),
        ("What does Ham & High say the IOPC is looking at?", "hamhigh", "The Met referred"),
        ("How old was she according to ITV News?", "itv-son", "Yasmin Chkaifi was 43"),
        ("Who hit him according to Ham & High?", "hamhigh", "While Leon McCaskie"),
    ],
)
def test_a_whole_question_put_to_a_report_shows_its_passage_first(ask, question, source, begins):
    """Also where other reports stand behind the answer otherwise."""
    reply = ask(question)
    assert reply.text.startswith(begins)
    assert reply.citations[0].source == source


def test_yes_is_not_said_for_a_report_that_does_not_say_so(ask):
    """Yes stands for all the reports; of one that says nothing of it, or otherwise, it would be false."""
    assert ask("was the driver released without charge?").text.startswith("Yes.")
    assert ask("does LBC say that the driver was released without charge?").text.startswith(
        "LBC doesn't say. The driver"
    )
    assert ask("Was it the 24th of January?").text.startswith("Yes.")
    assert not ask("Was it the 24th of January according to Ham & High?").text.startswith("Yes.")


@pytest.mark.parametrize(
    ("asked", "name", "is_said"),
    [
        ("and ITV?", "ITV News", True),
        ("and ITV News London?", "ITV News London", True),
        ("what about ITV London?", "ITV News London", True),
        ("and the ITV report of 1 February?", "ITV News London", True),
        ("and the 1st of February 2022 ITV one?", "ITV News London", True),
        ("and ITV on 4 February?", "ITV News of 4 February 2022", False),
        ("and the ITV report from February 4th?", "ITV News of 4 February 2022", False),
    ],
)
def test_one_of_a_publishers_two_reports_can_be_asked(ask, asked, name, is_said):
    """By its own name or its day; the publisher's name alone means both."""
    text = ask("what car was it", asked).text
    assert (f"{name} has: “" if is_said else f"{name} doesn't say. ") in text


def test_a_day_that_no_report_came_out_on_is_part_of_the_question(ask):
    """What happened on a day is asked of both reports."""
    assert ask("what does ITV say about the warrant of 4 January?").citations[0].source == "itv-son"


@pytest.mark.parametrize(
    ("questions", "fact", "source"),
    [
        (["what does LBC say?", "sum up the LBC report", "what's in the lbc article"], "lbc-says", "lbc"),
        (["what does the Ham & High say?", "whats in the ham & high article"], "hamhigh-says", "hamhigh"),
        (["sum up the ITV report", "what does ITV say"], "itv-says", "itv-driver"),
        (["what does ITV News London say", "sum up the itv report from 1 feb"], "itv-driver-says", "itv-driver"),
        (["sum up the interview with Zayd", "summarise the ITV report of 4 February"], "itv-son-says", "itv-son"),
    ],
)
def test_a_report_is_summed_up_in_four_sentences(ask, questions, fact, source):
    """Each of them stands on passages that are shown, also right after another answer."""
    for question in questions:
        reply = ask(question)
        assert reply.facts == (fact,), question
        assert reply.text.count(". ") == 3
        assert reply.citations[0].source == source
    assert ask("what car was it", questions[-1]).facts in {(fact,), ("car",)}
    assert ask("what car was it", "what is in the LBC article").facts == ("lbc-says",)


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("what does ham & high say about her son", "son-name"),
        ("what does LBC say about the aunt", "aunt-said"),
        ("what does LBC say about the driver", "driver-hit-him"),
        ("what does lbc say about yasmin", "victim"),
    ],
)
def test_somebody_in_a_report_is_no_summary_of_it(ask, question, fact):
    """What it has of them is told, from its own passages."""
    reply = ask(question)
    assert reply.facts == (fact,)
    assert reply.citations[0].source in {"hamhigh", "lbc"}


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        (
            "which report was first",
            ["first dated report is LBC's report, of 26 January 2022", "Ham & High's report bears no date"],
        ),
        (
            "whats the newest article",
            ["last is ITV News's report, of 4 February 2022", "Ham & High's report bears no date"],
        ),
        ("in what order were they published", ["26 January 2022", "1 February", "4 February"]),
        ("when did ITV publish", ["1 February", "4 February"]),
        ("when was the Ham & High one published", ["date of Ham & High's report isn't known"]),
        ("when was the LBC report published", ["26 January 2022"]),
        ("when did itv news london publish its report", ["1 February 2022"]),
        ("who wrote it", ["Sophie Barnett wrote LBC's", "Ham & High's"]),
        ("who wrote the LBC report", ["Sophie Barnett"]),
        ("who wrote the Ham & High article", ["don't name who wrote the Ham & High"]),
    ],
)
def test_the_reports_themselves_can_be_asked_about(ask, question, wanted):
    """When, in what order and by whom; what isn't known is said to be so."""
    text = ask(question).text
    assert [part for part in wanted if part not in text] == []


def test_every_headline_is_told_or_said_to_be_unknown(ask):
    """Who asks for headlines learns which reports have none here."""
    for question in ("what is the headline", "what is the headline of the ham and high report"):
        reply = ask(question)
        assert reply.kind is Kind.COURTESY
        assert "Ham & High, date not known: the councillors' concerns. The headline isn't known." in reply.text
        assert "to face no further police action" in reply.text
    assert "isn't known" not in ask("list your sources").text
