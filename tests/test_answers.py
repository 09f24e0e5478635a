"""What an answer is: true, short, cited, with yes or no only where a source settles it."""

import pytest

from bot import pages
from bot.compose import citations, put_to
from bot.reply import Kind
from knowledge.case.model import Passage, Status
from knowledge.language.attribution import Attributed


def test_an_answer_cites_the_passages_it_stands_on(ask):
    """The date comes with the passages of the reports that give it, and of the one that differs."""
    reply = ask("When was Yasmin Chkaifi killed?")
    assert reply.kind is Kind.ANSWER
    assert "24 January 2022" in reply.text
    assert {cited.source for cited in reply.citations} == {"itv-son", "itv-driver", "hamhigh"}
    assert all(cited.quote and cited.paragraph > 0 for cited in reply.citations)


def test_a_paragraph_is_not_named_beside_a_quotation_from_it(case):
    """What is quoted of a paragraph names it already; a paragraph that several passages name stands there once."""
    fact = case.facts["car"]
    source = case.sources["lbc"]
    named = {f"lbc/{name}": Passage(f"lbc/{name}", "lbc", at) for name, at in (("a", 8), ("b", 9), ("c", 9))}
    sources = {**case.sources, "lbc": source._replace(passages={**source.passages, **named})}
    cited = citations(case._replace(sources=sources), [fact._replace(passages=(*named, *fact.passages))])
    assert [(one.source, one.paragraph, bool(one.quote)) for one in cited] == [
        ("lbc", 9, False),
        ("itv-driver", 4, True),
        ("lbc", 8, True),
    ]


def test_what_a_report_has_and_isnt_quoted_from_it_is_said_without_a_quotation(case):
    """A question put to a report of which a paragraph is named alone gets no empty quotation."""
    fact, source = case.facts["years-of-abuse"], case.sources["lbc"]
    named = {"lbc/named": Passage("lbc/named", "lbc", 9)}
    sources = {**case.sources, "lbc": source._replace(passages={**source.passages, **named})}
    asked = Attributed((), "lbc", frozenset(("lbc",)))
    reply = put_to(case._replace(sources=sources), fact._replace(also=tuple(named)), asked)
    assert reply.text == f"{fact.short} LBC says so, in words that I don't quote."
    assert [(one.source, one.paragraph) for one in reply.citations] == [("lbc", 9)]


def test_what_follows_is_named_by_whoever_asks_where_it_is_from(ask):
    """The words that no report has are told apart from what comes from the reports."""
    text = ask("How long had the warrant been out?", "says who?").text
    assert 'No report says "20 days" in so many words: that follows from what is reported.' in text


def test_the_page_of_sources_says_what_came_with_a_report(case):
    """A date or a publisher that a report's own text doesn't have is told as given with it."""
    lines = {line.partition(",")[0]: line for line in pages.sources(case).text.split("\n\n")}
    assert lines["ITV News London"].endswith("(Given with the report, not in its text: the publisher, the date.)")
    assert lines["LBC"].endswith("(Given with the report, not in its text: the publisher.)")
    assert "Given" not in lines["ITV News"]


def test_a_question_put_to_one_report_is_answered_from_it_or_says_so(ask):
    """Its passages come first; where there are none of its own, that is said."""
    own = ask("what does LBC say about the petition?")
    assert own.facts == ("petition",)
    assert own.citations[0].source == "lbc"
    other = ask("according to LBC, had he abused her before?")
    assert other.facts == ("years-of-abuse",)
    assert "LBC has: “a very abusive relationship which got worse after the divorce”;" in other.text
    assert other.citations[0].source == "lbc"
    assert ask("according to Ham & High, what time did it happen?").citations[0].quote == "on the morning"
    assert ask("according to ITV, what time did it happen?").text.startswith("ITV News doesn't say. Leon McCaskie")


def test_a_question_about_a_report_is_not_put_to_it(ask):
    """Who wrote it, whom it quotes and which name it prints are asked of the report itself."""
    assert ask("who wrote the LBC article?").facts == ("lbc-report",)
    assert ask("what did the lawyer tell ITV?").facts == ("anyone-else",)
    assert ask("which name did LBC use for the killer?").facts == ("other-name",)


def test_where_reports_differ_both_are_told_and_the_better_supported_named(ask):
    """4 and 24 January, with the reason for preferring the 24th."""
    text = ask("Was it the 4th or the 24th of January?").text
    assert "4 January" in text
    assert "24 January is better supported" in text


def test_every_fact_can_be_told_in_short(conversation, case):
    """Tapping any fact tells it, at most 900 characters, cited unless the reports don't say."""
    for fact in case.facts.values():
        reply, _ = conversation.choose(f"fact:{fact.id}")
        assert reply.facts == (fact.id,)
        assert len(reply.text) <= 900
        assert reply.citations
        assert reply.kind is (Kind.UNKNOWN if fact.status is Status.UNREPORTED else Kind.ANSWER)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Was she stabbed?", "Yes."),
        ("Was she shot?", "No."),
        ("Was the driver charged with murder?", "No."),
        ("Was there a warrant for his arrest?", "Yes."),
        ("was yasmin 50", "No."),
    ],
)
def test_yes_or_no_where_a_source_settles_it(ask, question, begins):
    """A yes-or-no question begins with the plain answer where the fact base has one."""
    assert ask(question).text.startswith(begins)


@pytest.mark.parametrize("question", ["Did the police fail her?", "Did he threaten her?", "Was it preventable?"])
def test_no_yes_or_no_where_none_does(ask, question):
    """What only somebody says is told as theirs, without a verdict of the bot's own."""
    assert not ask(question).text.startswith(("Yes", "No."))


@pytest.mark.parametrize(
    "question",
    [
        "what was McCaskie's job?",
        "what did the inquest find?",
        "what is the younger child's name?",
        "what is the surname of the driver",
    ],
)
def test_what_the_reports_do_not_say_is_said_so(ask, question):
    """An unreported thing about our own people is refused, with the nearest thing that is reported and a human being."""
    reply = ask(question)
    assert reply.kind is Kind.UNKNOWN
    assert "don't" in reply.text
    assert "116 123" in reply.text


@pytest.mark.parametrize("question", ["what's the weather tomorrow", "tell me a joke", "who won the football"])
def test_off_topic_is_told_what_the_bot_is_for(ask, question):
    """Something else altogether gets one line on what the bot answers."""
    reply = ask(question)
    assert reply.kind is Kind.UNKNOWN
    assert reply.facts == ()


def test_a_sensational_headline_is_shown_only_where_it_is_asked_for(ask):
    """The petition's citations and the list of sources are without it; who asks for the headlines gets it."""
    assert all(cited.headline is None for cited in ask("Was there a petition?").citations if cited.source == "lbc")
    assert "mowed down" not in ask("sources").text
    assert "to face no further police action" in ask("sources").text
    for message in ("headlines", "what was LBC's headline?"):
        assert "mowed down" in ask(message).text


def test_two_questions_are_answered_in_their_order(ask):
    """Who and when, in one message, once each."""
    reply = ask("who killed her and when was the warrant issued?")
    assert reply.facts == ("who-killed-her", "warrant-issued")


def test_two_questions_behind_tell_me_are_two(ask):
    """What leads up to them asks nothing by itself."""
    assert ask("tell me how old she was and where she lived").facts == ("age-yasmin", "where-she-lived")


def test_what_is_only_checked_before_a_question_is_its_story(ask):
    """ "there was a driver, yes?" is no question where another follows."""
    assert ask("there was a driver, yes? what did he do").facts == ("driver-hit-him",)


def test_a_message_that_is_surer_as_a_whole_is_read_so(ask):
    """ "What was her reasoning?" says little without what was told before it."""
    told = "My nan swears somebody on the council tied it to all of us being stuck indoors that year."
    assert ask(f"{told} What was her reasoning?").facts == ("begum-said",)


def test_a_question_inside_a_story_is_found(ask):
    """The story around the question is left out."""
    story = (
        "My nan was talking about this on Sunday and we could not agree. I said I would look it up. How old was Yasmin?"
    )
    assert ask(story).facts == ("age-yasmin",)


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        ("who killed her and when", ("who-killed-her", "date")),
        ("when and where was she killed", ("date", "street")),
        ("Where did she die and how?", ("dead-at-scene", "how")),
    ],
)
def test_a_bare_question_word_takes_up_the_rest_of_its_neighbour(ask, message, facts):
    """What stands alone beside "and" asks the same of the same."""
    assert ask(message).facts == facts


def test_words_of_a_passage_find_who_said_them(ask):
    """A quotation is a way to ask for the fact that stands on it."""
    assert ask("Who said 'we have all lived in the area for years'?").facts == ("relative-said",)


@pytest.mark.parametrize(
    "message", ["differences", "where do the papers contradict one another", "what don't the reports agree on"]
)
def test_where_the_reports_differ_is_told_with_both_sides(ask, case, message):
    """Every passage that tells it otherwise is shown once, beside one that the answer stands on."""
    first, second, third = (ask(*turns) for turns in ((message,), (message, "later"), (message, "later", "later")))
    apart = {id_ for fact in case.facts.values() for difference in fact.differs for id_ in difference.passages}
    pages_read = [[cited.quote for cited in reply.citations] for reply in (first, second, third)]
    assert {case.passage(id_).quote for id_ in apart} <= {quote for page in pages_read for quote in page}
    assert all(len(set(page)) == len(page) for page in pages_read)
    assert "The IOPC's statement gives Monday 24 January" in first.text
    assert case.passage("itv-son/monday").quote in pages_read[0]


def test_a_case_whose_reports_agree_says_so(case):
    """There is nothing to set side by side."""
    agreeing = case._replace(facts={id_: fact._replace(differs=()) for id_, fact in case.facts.items()})
    assert pages.page(agreeing, "differences").text == case.voice.say("page.no_differences")


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("what did Barraclough and Begum say", ("barraclough-said", "begum-said")),
        ("how did Yasmin and McCaskie die", ("killer-died", "how")),
        ("how old were yasmin and leon", ("ages-both",)),
        ("Did Yasmin and Leon have children", ("unreported-father",)),
    ],
)
def test_of_two_who_are_named_together_both_are_told(ask, question, facts):
    """Unless one fact tells of both, or nothing is reported of them together."""
    assert ask(question).facts == facts
