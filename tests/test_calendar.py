"""Days reckoned: how long between, which came first, what happened then; a report's day is never told as the event's."""

import shutil

import pytest

from bot import pages
from knowledge.case.load import load
from knowledge.checks.facts import events
from knowledge.matching.index import Index
from tests.conftest import BOATHOUSE
from tests.shared import change

NOT_SETTLED = "don't say which came first"
FALSE_INTERVAL = "warrant-days"

INTERVALS = {
    "how many days after the killing did LBC report": "2 days",
    "How many days between the killing and LBC's report?": "2 days",
    "how many days after the killing did ITV report": "8 days",
    "days between 4 jan and 24 jan": "20 days",
    "how many days between the 4th of january and the killing": "20 days",
    "how many days after she died did Rawlinson speak": "1 day:",
    "how long after the killing was the driver cleared": "isn't reported; ITV News London reported it on 1 February 2022, 8 days after the killing",
    "how many days after the arrest was he released without charge": "Those two reports are 6 days apart",
    "how long between the killing and the IOPC investigation": "reported it on 4 February 2022, 11 days after the killing",
    "hi there, hope you're ok, i was just wondering how many days there were between her being killed and the driver getting released without charge? thanks": "8 days after",
    "gap between stabbing and him being let off": "8 days after",
    "how soon after the attack was the driver arrested": "LBC reported it on 26 January 2022, 2 days after",
    "how long after she was killed did the petition start": "The day of the start of the petition isn't reported",
    "how many weeks from the killing to the ITV interview": "11 days (1 week and 4 days) after",
    "how long between the order and the killing": "The day of the order against Leon McCaskie isn't reported",
    "how long was he on bail before he was cleared": "Those two reports are 6 days apart",
    "how many days from the killing to ham and high's report": "Ham & High's report bears no date",
    "from the warrant to Zayd being on ITV, how long is that": "31 days after the issue of the warrant",
    "warrant to the interview with the son - how long": "31 days after the issue of the warrant",
    "how long after the killing did ITV publish the interview with Zayd": "11 days: the killing was on Monday 24 January 2022, ITV News's report",
    "between her death and the police letting the driver off, how long?": "8 days after the killing",
    "how much time between the LBC one and the ITV London one": "6 days: LBC's report",
    "how long was it after the bail that they dropped it": "Those two reports are 6 days apart",
}


@pytest.mark.parametrize(("asked", "says"), INTERVALS.items())
def test_how_long_lay_between(ask, asked, says):
    """Days are counted between the two, in any order of words; where one isn't reported, the reply says so and what is known."""
    reply = ask(asked)
    assert says in reply.text
    assert FALSE_INTERVAL not in reply.facts
    assert "three weeks" not in reply.text


@pytest.mark.parametrize(
    "asked",
    [
        "how long had the warrant been out",
        "how long before the killing was the warrant issued",
        "how many days were between the warrant and the killing",
        "how many weeks between the warrant and the murder",
        "how long had they been after him before he killed her",
        "the scrote was wanted for how long before it kicked off",
    ],
)
def test_the_interval_that_a_fact_tells_is_told_by_it(ask, asked):
    """Between the warrant and the killing the fact answers, with what ITV News says."""
    assert ask(asked).facts == ("warrant-days",)


def test_both_passages_of_an_interval_are_shown(ask):
    """What was counted rests on the passages of both days, and on those by which one of two printed days was chosen."""
    reply = ask("how many days after she died did Rawlinson speak")
    shown = {(citation.source, citation.quote) for citation in reply.citations}
    assert ("lbc", "on Tuesday") in shown
    assert ("hamhigh", "January 4") in shown
    assert ("itv-son", "in Maida Vale on Monday 24 January") in shown
    assert "Ham & High prints 4 January" in reply.text
    assert "says Tuesday" in reply.text


@pytest.mark.parametrize(
    ("asked", "facts"),
    {
        "how long between the killing and the trial": ("no-trial",),
        "how many days between the killing and the vigil": ("unreported-funeral",),
        "how many weeks between the killing and his sentencing": ("no-trial",),
        "how long before the police came": ("unreported-police-visits",),
    }.items(),
)
def test_what_has_no_place_in_the_calendar_gets_no_interval(ask, asked, facts):
    """Where one of two was no event, what is known of it is told, and never the days between two others."""
    assert ask(asked).facts == facts


ORDERS = {
    "was the warrant before or after the restraining order": "The issue of the warrant came after the order",
    "which came first, the warrant or the killing": "The issue of the warrant came first: it was on Tuesday 4 January 2022",
    "was yasmin killed before or after the warrant was issued": "The issue of the warrant came first",
    "did ITV report before LBC or after": "LBC's report came first",
    "was the petition before the arrest or after": "The start of the petition came after the driver's arrest",
    "which happened first: the driver's arrest or the petition?": "The start of the petition came after",
    "was the driver bailed before or after the killing": "The driver's release on bail came after the killing",
    "what came first, the petition or the bail": NOT_SETTLED,
    "was the driver released before or after the interview": NOT_SETTLED,
    "which was earlier, the order or the alarm": NOT_SETTLED,
    "did the inquests open before or after the driver was cleared": NOT_SETTLED,
    "was he released before or after 30 January": NOT_SETTLED,
}


@pytest.mark.parametrize(("asked", "says"), ORDERS.items())
def test_which_came_first(ask, asked, says):
    """Order follows from days or from what a passage says; where it doesn't follow, the reply says so."""
    assert says in ask(asked).text


def test_an_order_without_days_shows_the_passage_that_says_it(ask):
    """That the order came before the warrant is ITV News's sentence, and it is shown."""
    shown = [citation.quote for citation in ask("was the warrant before or after the restraining order").citations]
    assert any("breaching a restraining order" in quote for quote in shown)


DAYS = {
    "what happened on 25 January": (("courageous",), "Tuesday 25 January 2022: DCI Neil Rawlinson"),
    "what happened on 25 January 2022": (("courageous",), "Tuesday 25 January 2022"),
    "what hapened on the 25th of janury": (("courageous",), "Tuesday 25 January 2022"),
    "wot happend on 24/01/2022": (("what-happened",), "Monday 24 January 2022: Leon McCaskie"),
    "what happened on 4 February": (("interview",), "Reported on Friday 4 February 2022"),
    "anything on feb 1st?": (("inquests", "driver-decision"), "Reported on Tuesday 1 February 2022"),
    "so like what went on on the 26th then": (("bail", "petition-count"), "Reported on Wednesday 26 January 2022"),
    "what happened in February 2022": (("inquests", "driver-decision", "interview"), "Reported on"),
    "what happened between 4 January and 24 January": (("warrant-issued", "what-happened"), "Tuesday 4 January 2022"),
    "what happened between the warrant and the killing": (("warrant-issued", "what-happened"), "Monday 24 January"),
    "what happened on the 4th": (("warrant-issued", "interview"), "Reported on Friday 4 February"),
    "what happened that Tuesday": (("courageous",), "Tuesday 25 January 2022"),
    "what happened the day after the killing": (("courageous",), "Tuesday 25 January 2022"),
    "what happened the next day": (("courageous",), "Tuesday 25 January 2022"),
    "what happened two days after the killing": (("bail", "petition-count"), "Reported on Wednesday 26 January"),
    "what happened after 26 January": (("inquests", "driver-decision", "interview"), "Reported on Tuesday 1 February"),
    "who spoke on 25 January": (("courageous",), "Tuesday 25 January 2022"),
    "on the 25th what happened": (("courageous",), "Tuesday 25 January 2022"),
    "two days after the killing what happened": (("bail", "petition-count"), "Reported on Wednesday 26 January"),
    "25 January 2022": (("courageous",), "Tuesday 25 January 2022"),
    "what happened the day before the killing": (("what-happened",), "Nothing in the reports is dated Sunday 23 January"),
    "what happened on 14 February": (("interview",), "Nothing in the reports is dated Monday 14 February 2022"),
    "what happened in december 2021": (("warrant-issued",), "Nothing in the reports is dated between 1 December 2021"),
}  # fmt: skip


@pytest.mark.parametrize(("asked", "facts", "says"), [(asked, *told) for asked, told in DAYS.items()])
def test_what_happened_on_a_day(ask, asked, facts, says):
    """A day lists what has it, then what was reported on it, told apart; where nothing has, the nearest is told."""
    reply = ask(asked)
    assert reply.facts == facts
    assert says in reply.text


@pytest.mark.parametrize(
    ("asked", "says"),
    {
        "what day of the week was 4 January 2022": "4 January 2022 was a Tuesday; that is from the calendar",
        "what day was the 4th of February 2022": "4 February 2022 was a Friday",
        "which day of the week was 1 Feb": "1 February 2022 was a Tuesday",
        "what day of the week was the 4th": "4 February 2022 was a Friday",
    }.items(),
)
def test_the_weekday_of_a_day(ask, asked, says):
    """The weekday of a day is reckoned, and the reply says that it is."""
    assert says in ask(asked).text


@pytest.mark.parametrize(
    ("asked", "says"),
    {
        "which report was first": "The first dated report is LBC's report, of 26 January 2022.",
        "which report was last": "The last is ITV News's report, of 4 February 2022.",
        "which paper reported it first?": "Ham & High's report bears no date.",
        "when did Ham & High publish its report": "The date of Ham & High's report isn't known",
        "when did ITV publish": "ITV News London's report followed on 1 February",
        "when did Rawlinson speak": "was on Tuesday 25 January 2022",
        "when was the Twitter statement posted": "don't say on which day the driver's statements were made. ITV News London reported on 1 February 2022",
        "when was the son at the scene": "don't say on which day a son of Yasmin Chkaifi visited the scene. LBC",
        "when did the inquests open": "isn't reported; ITV News London reported it on 1 February 2022",
    }.items(),
)
def test_when_something_was(ask, asked, says):
    """A question for a day is answered with the day, or with the day of the report where no other is known."""
    assert says in ask(asked).text


@pytest.mark.parametrize(
    ("turns", "says"),
    [
        (("when was the driver released", "and how long after that did he thank people"), "statement of thanks came after"),
        (("what happened on 1 Feb", "and how many days later was the interview"), "3 days apart"),
        (("when did the petition start", "how long after the killing was that"), "2 days after the killing"),
        (("when did LBC report and how long after the killing was the driver cleared",), "8 days after the killing"),
    ],
)  # fmt: skip
def test_days_in_a_conversation(ask, turns, says):
    """ "That" and "later" mean what was told last, and a second question of a message may be about days."""
    assert says in ask(*turns).text


@pytest.mark.parametrize(
    ("asked", "facts"),
    {
        "how long was he abusing her": ("years-of-abuse",),
        "how long was he abusing her before he killed her": ("years-of-abuse",),
        "how long did the marriage last": ("unreported-marriage",),
        "when was the interview": ("interview",),
        "what happened": ("what-happened",),
        "what happened next": ("unreported-later",),
        "what happened to the driver": ("driver-decision",),
        "when was the warrant issued": ("warrant-issued",),
        "when was the driver released": ("decision-when",),
        "what day was it": ("weekday",),
        "what day of the week was it": ("weekday",),
        "sorry what day, did you say monday": ("weekday",),
        "was it on a wednesday": ("weekday",),
        "was the warrant issued on 24 January": ("warrant-issued",),
        "what was she doing the day before": ("unreported-that-morning",),
        "how old was she on the day": ("age-yasmin",),
        "how long was the road closed": ("unreported-scene",),
        "was it before or after the pandemic": ("begum-said",),
        "had he attacked her before or after the divorce": ("earlier-attacks",),
        "how long did the police take to arrive": ("unreported-emergency-call",),
    }.items(),
)
def test_what_is_no_question_for_the_calendar(ask, asked, facts):
    """What a fact answers keeps its fact, though words of the calendar stand in the question."""
    assert ask(asked).facts == facts


@pytest.mark.parametrize(
    "cry",
    ["he is coming on tuesday and he will kill me", "on 25 january he hit me and i am scared"],
)
def test_a_cry_that_names_a_day_is_heard(ask, cry):
    """Care comes before the calendar."""
    assert ask(cry).helplines


def test_the_timeline_tells_days_of_reports_apart(case):
    """What only a report dates stands under that report's day, and says so."""
    labels = {moment.fact: moment.label for moment in pages.timeline(case)}
    assert labels["what-happened"] == "24 January 2022"
    assert labels["driver-decision"] == "Reported on 1 February 2022"
    assert labels["interview"] == "Reported on 4 February 2022"
    days = [moment.day for moment in pages.timeline(case)]
    assert days == sorted(days)


@pytest.mark.parametrize(
    ("asked", "says"),
    {
        "what happened on 3 March": "Sunday 3 March 2019: The boathouse burned down.",
        "how many days after the fire did the Gazette report": "2 days: the fire was on Sunday 3 March 2019",
        "how many days between the fire and the courier's report": "The Courier's report bears no date.",
        "was the gazette's report before or after the fire": "The fire came first",
        "what day of the week was the 3rd": "3 March 2019 was a Sunday",
        "what happened on the 4th": "Nothing in the reports is dated Monday 4 March 2019",
        "which report was first": "The first dated report is The Marsh Gazette's report, of 5 March 2019.",
    }.items(),
)
def test_another_case_has_its_calendar(boathouse, asked, says):
    """Nothing of the shipped case stands in the way of days."""
    assert says in boathouse.reply(asked)[0].text


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("  event: the fire\n", "", "a day needs its event"),
        ("  when: 2019-03-03\n", "", "a moment needs its day"),
        ("  when: 2019-03-03\n", "  when: 2019-03-03\n  reported: gazette/night\n", "both its day and its report"),
        ("  when: 2019-03-03\n", "  when: 2019-03-03\n  after: {night: gazette/night}\n", "would come before itself"),
        ("  when: 2019-03-03\n", "  when: 2019-03-03\n  after: {alarm: gazette/alarm}\n", "comes after a fact of no event"),
        ("  when: 2019-03-03\n", "  when: 2019-03-03\n  between: [night]\n", "two events to lie between"),
    ],
)  # fmt: skip
def test_a_slip_in_an_event_is_told_at_its_line(tmp_path, was, becomes, says):
    """A curator is told what is wrong with an event, where, and how to mend it."""
    folder = shutil.copytree(BOATHOUSE, tmp_path / "case")
    change(folder / "knowledge/facts/fire.yaml", was, becomes)
    found = list(events(load(folder)))
    assert [says in problem.message and problem.mark.line > 0 and problem.mend != "" for problem in found] == [True]


def test_a_question_about_days_costs_one_product_more(conversation, monkeypatch):
    """An ordinary question is scored in one product, one about days in two."""
    products = []
    scores = Index.scores
    monkeypatch.setattr(Index, "scores", lambda self, read: products.append(len(read)) or scores(self, read))
    conversation.reply("what car was it")
    assert len(products) == 1
    conversation.reply("how long after the killing was the driver cleared")
    assert len(products) == 1 + 2
    conversation.reply("what happened on 25 January")
    assert len(products) == 1 + 2 + 1
