"""Days asked about in other words, and questions put to one report, to two, or to all of them."""

import pytest

from bot import pages
from bot.curator.evaluate import MOST_CHARACTERS

UNDATED = {
    "on which date did the inquests open": "The day of the opening of the inquests isn't reported; ITV News London",
    "what date did the petition start": "The day of the start of the petition isn't reported; LBC",
    "on what exact day was the alarm fitted": "The day of the fitting of the alarm isn't reported",
    "date of the arrest of the driver": "The day of the driver's arrest isn't reported",
    "what day did he contact her": "No day is reported for that.",
    "when did the aunt speak": "No day is reported for that.",
}


@pytest.mark.parametrize(("asked", "says"), UNDATED.items())
def test_that_a_day_is_not_reported_comes_first(ask, asked, says):
    """Who asks for a day that no report gives is told so before anything else."""
    assert ask(asked).text.startswith(says)


def test_what_a_report_says_of_a_day_without_naming_it_is_told(ask):
    """ "Last week" is all that is known of the call to be de-arrested."""
    assert "says last week" in ask("when did the driver ask to be de-arrested").text


def test_a_day_that_is_known_is_not_denied(ask):
    """Details of the killing have its day."""
    for asked in ("when did people try to stop him", "what day was he run over", "on which day did he ambush her"):
        assert "No day is reported" not in ask(asked).text


ORDERS = {
    "was the warrant issued before the killing": "Yes.",
    "was the killing before the warrant": "No.",
    "was the petition going before the police made their mind up about the driver": "Yes.",
    "did ITV's interview come out before or after the driver was released": "ITV News's report came after the driver's release without charge",
    "was the driver cleared before ITV spoke to the son": "The reports don't say which came first.",
}


@pytest.mark.parametrize(("asked", "says"), ORDERS.items())
def test_whether_one_was_before_another(ask, asked, says):
    """Yes and no where days or passages settle it, and else that they don't."""
    assert ask(asked).text.startswith(says)


@pytest.mark.parametrize(
    "asked",
    [
        "was the warrant issued the day before the killing",
        "was he arrested after the killing",
        "did they decide about the driver before his bail ran out",
    ],
)
def test_no_yes_by_days_to_what_they_do_not_tell(ask, asked):
    """How close, who was meant, and when something ended don't follow from two days."""
    assert not ask(asked).text.startswith("Yes.\n")


@pytest.mark.parametrize(
    ("asked", "says"),
    {
        "26/01/2022 - what's that date got to do with it": "Reported on Wednesday 26 January 2022: Nearly 5,000",
        "24.1.22": "Monday 24 January 2022: Leon McCaskie",
        "2022-01-24": "Monday 24 January 2022: Leon McCaskie",
        "25-01-2022 what happened": "Tuesday 25 January 2022: DCI Neil Rawlinson",
        "the 4th of feb, what's that": "Reported on Friday 4 February 2022",
        "and january 4th that year landed on a what": "4 January 2022 was a Tuesday",
    }.items(),
)
def test_a_day_in_figures_tells_what_was_then(ask, asked, says):
    """However a day is written, and wherever it stands in the question."""
    assert says in ask(asked).text


ONE_REPORT = {
    "is there anything about a warrant in the ITV News London report": "ITV News London doesn't say.",
    "is the petition in the ITV interview with zayd": "doesn't say.",
    "is there anything on the alarm in LBC": "a panic alarm installed in our flat",
    "what name does ITV's interview with the son give the driver": "known only as Abraham",
    "does the ITV interview name the street": "in the street",
    "in the Ham & High, what's the word for the driver": '"a passer-by"',
    "LBC names a street. which one": "Chippenham Road",
    "Which councillors are quoted in the Ham & High?": "Nafiska Butler-Thalassis",
    "give me the gist of the Ham & High piece": "Labour councillors",
}


@pytest.mark.parametrize(("asked", "says"), ONE_REPORT.items())
def test_a_topic_put_to_one_report_is_found(ask, asked, says):
    """What is asked of a report is told, and not what the whole report is about."""
    assert says in ask(asked).text


TWO_REPORTS = {
    "petition numbers, LBC vs ITV London?": ("LBC has: “signed by nearly 5,000 people”", "ITV News London has: “"),
    "how does LBC's version differ from Ham & High's on the warrant": ("LBC has nothing of it", "Ham & High has: “"),
    "LBC and ITV on the alarm": ("LBC has: “a panic alarm", "ITV News has: “"),
}


@pytest.mark.parametrize(("asked", "says"), TWO_REPORTS.items())
def test_two_reports_are_held_against_each_other(ask, asked, says):
    """Each has its own words told, or that it has none."""
    text = ask(asked).text
    for one in says:
        assert one in text


@pytest.mark.parametrize(
    ("asked", "fact"),
    {
        "I notice that they do not describe the driver the same. How does each?": "driver-described",
        "only one of them prints the driver's own words, which": "why-driver-acted",
        "I think Ham & High's date for the stabbing is a slip. Is it?": "date",
    }.items(),
)
def test_a_question_put_to_all_is_found(ask, asked, fact):
    """What all of them are asked for is told, with which of them have it."""
    assert ask(asked).facts == (fact,)


def test_the_pages_of_differences_quote_both_sides_and_say_what_is_better_supported(case):
    """Each point has two reports' words, or two of one report, and then what decides it, or that nothing does."""
    pages_read = [pages.page(case, name) for name in ("differences", "differences/2", "differences/3")]
    assert all(len(page.text) <= MOST_CHARACTERS for page in pages_read)
    points = [point for page in pages_read for point in page.text.split("\n\n")[1:]]
    assert len(points) == 7
    for point in points:
        assert point.count("“") >= 2
        assert any(words in point for words in ("better supported", "Nothing in the reports settles", "fit"))


def test_the_pages_of_differences_turn_and_offer_each_point(ask):
    """Back and on by the same words as the themes; the last page is told again, a number brings the point itself."""
    said = ("differences", "later", "later", "later", "earlier")
    heads = [ask(*said[: turn + 1]).text.split(":")[0] for turn in range(len(said))]
    assert [head[-11:] for head in heads] == [f"page {number} of 3" for number in (1, 2, 3, 3, 2)]
    assert ask(*said, "2").facts == ask(*said).facts[1:2]


@pytest.mark.parametrize(
    "asked",
    [
        "how do LBC and Ham & High differ",
        "what's different between ham & high and lbc",
        "LBC vs ITV News",
        "so do LBC, ITV and Ham & High agree on everything?",
        "who is right?",
    ],
)
def test_reports_held_against_each_other_with_nothing_besides_bring_the_page(ask, asked):
    """Two that are named and compared, or nobody knows what about: all points in which the reports differ."""
    assert ask(asked).text.startswith("Where the reports differ, page 1 of 3:")


@pytest.mark.parametrize(
    ("turns", "fact", "says"),
    [
        (("when was she killed?", "who's right"), "date", "the day of the warrant"),
        (("LBC says driver is on bail, ITV says he is free. who is right",), "driver-status", "1 February"),
        (("how old was she", "which one do i believe"), "age-yasmin", "This comes from LBC"),
    ],
)
def test_which_report_to_believe_is_asked_of_what_was_told_or_of_the_rest_of_the_message(ask, turns, fact, says):
    """No opinion: what each says, and what supports it."""
    reply = ask(*turns)
    assert reply.facts == (fact,)
    assert says in reply.text


@pytest.mark.parametrize(
    ("asked", "fact"),
    [
        ("is her age the same in every report?", "age-yasmin"),
        ("do they agree on his name", "other-name"),
        ("was he an ex husband or ex partner, they write different things", "relation"),
        ("how many weeks he was wanted by police before he did it", "warrant-days"),
    ],
)
def test_what_every_report_is_asked_for_is_found(ask, asked, fact):
    """The same for all of them, or each its own; a span of days that a fact plainly tells is told by it."""
    assert ask(asked).facts == (fact,)


@pytest.mark.parametrize(
    ("asked", "says"),
    {
        "what day of the week was the warrant issued": "4 January 2022 was a Tuesday",
        "What day of week did the ITV interview with the son come out?": "4 February 2022 was a Friday",
        "the son interview on 4 february, which day of week is it?": "4 February 2022 was a Friday",
        "what day of the week did the inquests open": "The day of the opening of the inquests isn't reported",
        "the interview with zayd bakkali, what weekday was that published pls": "The day of ITV News's interview",
        "What day was it on 1 February 2022 when the news came?": "1 February 2022 was a Tuesday",
        "what day of the week was it": "Leon McCaskie killed Yasmin Chkaifi on a Monday",
    }.items(),
)
def test_the_weekday_of_what_is_named_is_told(ask, asked, says):
    """That of the event or of the report; of the killing it is what the reports say themselves."""
    assert ask(asked).text.startswith(says)


@pytest.mark.parametrize(
    ("asked", "says"),
    {
        "when was that ITV piece about the son published pls": "ITV News's report is dated 4 February 2022",
        "how long from the lbc story to the itv one about driver being let off": "6 days",
        "how many days after the killing did lbc put its story out": "2 days",
        "how many weeks from the killing to the ITV interview": "The day of ITV News's interview with Zayd",
    }.items(),
)
def test_which_report_is_meant_is_told_by_what_it_is_about(ask, asked, says):
    """Of a publisher's two reports the one that has to do with what is named; an interview is no report."""
    assert ask(asked).text.startswith(says)


def test_who_is_told_something_is_no_report_that_it_is_put_to(ask):
    """What somebody told a publisher is not what that publisher says of them."""
    assert ask("What did the son tell ITV News about the police?").text.startswith("Zayd Bakkali")


@pytest.mark.parametrize(
    "message",
    [
        "was the Ham & High report published before the ITV one",
        "did the Ham & High report come out before the killing",
        "how long after Ham & High published did police release the driver",
    ],
)
def test_a_report_without_a_day_is_said_to_bear_none(ask, message):
    """What is asked of the day on which it came out is answered by that, whatever it is held against."""
    assert "Ham & High's report bears no date" in ask(message).text


def test_a_guessed_day_is_not_the_day_that_is_asked_about(ask):
    assert ask("when did it happen", "and which day of the week, I thought Tuesday").facts == ("weekday",)


def test_when_may_tell_what_is_asked_about(ask):
    """ "When he came" tells, and what is asked stands behind it."""
    reply = ask("when the son came to see the spot what did he ask people to do")
    assert reply.facts == ("son-at-scene",)
    assert "prayers" in reply.text


def test_a_first_time_is_compared_with_nothing(ask):
    assert ask("did he attack her before, or this was first time?").facts == ("earlier-attacks",)
