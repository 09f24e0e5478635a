"""Follow-ups: a conversation is read as people hold one."""

import pytest

from bot.reply import Context, Kind


def test_a_pronoun_stands_for_whom_was_spoken_of(ask):
    """He is the killer after the killer, the driver after the driver."""
    assert ask("Who killed her?", "and how old was he?").facts == ("age-mccaskie",)
    assert ask("Who was the driver?", "and how old was he?").facts == ("age-driver",)


def test_a_bare_name_asks_the_last_question_again(ask):
    """ "and her son?" after an age asks for his; "no, I meant the driver" corrects."""
    assert ask("How old was Yasmin?", "and the driver?").facts == ("age-driver",)
    assert ask("How old was Leon McCaskie?", "no, I meant the driver").facts == ("age-driver",)


def test_a_pronoun_stands_for_the_last_spoken_of_even_in_a_common_question(ask):
    """ "is he in prison?" is mostly asked of the killer; after the driver was spoken of it is the driver."""
    assert ask("Who was the driver?", "is he in prison?").facts == ("driver-decision",)


@pytest.mark.parametrize("again", ["say it again", "can you repeat that pls", "sorry what was that again"])
def test_an_answer_is_said_again(ask, again):
    """Asked for, the same words come twice running; after contacts they are given again."""
    question = "Who was the driver?"
    assert ask(question, again).text == ask(question).text
    assert ask("he hits me every week", again).kind is Kind.SUPPORT


@pytest.mark.parametrize("shorter", ["shorter", "tl;dr", "in one sentence", "sum that up for me", "thats too long"])
def test_an_answer_is_said_in_short(ask, case, shorter):
    """The fact's own short form, with its passages."""
    reply = ask("Who was the driver?", shorter)
    assert reply.text == case.facts["driver-name"].short
    assert reply.citations == ask("Who was the driver?").citations


def test_it_stands_for_what_was_told(ask):
    """ "did it work?" of the alarm, of the petition or of those who tried; "did it happen" still asks of the killing."""
    assert ask("Did she have an alarm?", "did it work?").facts == ("unreported-alarm-used",)
    assert ask("Was there a petition?", "did it work?").facts == ("driver-decision",)
    assert ask("Did anyone try to stop him?", "and did it work?").facts == ("driver-hit-him",)
    assert ask("What car was it?", "when did it happen?").facts == ("date",)


def test_a_bare_question_asks_of_what_was_told(ask):
    """ "how many?" after the petition counts its names, after the children them; "how long?" the warrant's days."""
    assert ask("Was there a petition?", "how many?").facts == ("petition-count",)
    assert ask("Any kids?", "how many?").facts == ("children",)
    assert ask("Was there a warrant?", "and how long?").facts == ("warrant-days",)
    assert ask("When did it happen?", "and where?").facts == ("street",)


def test_what_only_describes_whom_a_question_is_about_asks_nothing(ask):
    """Before a pause it is told beside the question, and finds nothing by itself."""
    reply = ask("that woman in maida vale, had she told the police about him?")
    assert reply.facts == ("sons-contact-with-police",)
    assert not reply.text.startswith("Yes")


def test_the_other_one_is_another_of_the_same_kind(ask):
    """After one councillor, the other woman; after her aunt, the other relative."""
    assert ask("What did Cllr Begum say?", "no sorry I meant the other woman").facts == ("butler-thalassis",)
    assert ask("What did her aunt say?", "and the other one?").facts == ("relative-said",)


def test_no_yes_for_the_age_of_another(ask):
    """McCaskie was 41; she was not."""
    assert ask("was she 41?").text.startswith("No. Yasmin Chkaifi was 43")
    assert ask("who was killed?", "was she 41?").text.startswith("No. Yasmin Chkaifi was 43")


def test_thanks_beside_words_are_thanks(ask):
    """Nothing is looked up in "thanks, that's useful for my coursework"."""
    reply = ask("Who was the driver?", "thanks that's really useful for my law coursework")
    assert reply.kind is Kind.COURTESY


def test_a_short_question_asks_of_what_was_told_last(ask):
    """ "names?" means those who were spoken of, "did it work?" what was."""
    assert ask("who tried to stop it?", "names?").facts == ("unreported-bystander-names",)
    assert ask("was there an alarm?", "did it work?").facts == ("unreported-alarm-used",)
    assert ask("tell me about the petition", "did it work?").facts == ("driver-decision",)


def test_whoever_spoke_speaks_on(ask):
    """ "and about the police?" asks the same one; "he" in "what did he say about the driver" isn't the driver."""
    assert ask("What did her son say about her?", "and about the police?").facts == ("son-trust",)
    spoke = ("Who is Rawlinson?", "what did he say about the bystanders?", "and about the driver?")
    assert ask(*spoke).facts == ("vital-witness",)
    assert ask("Who is Rawlinson?", "What did he say about the driver?").facts == ("vital-witness",)


def test_a_report_that_was_spoken_of_is_asked_on(ask):
    """ "when was that published" and "what does it say" mean the report that was named last."""
    named = ("who wrote the LBC report?", "and the Ham & High one?")
    assert ask(*named).facts == ("report-authors",)
    assert ask(*named, "when was that published?").facts == ("hamhigh-date",)
    assert ask(*named, "what does it say?").facts == ("hamhigh-says",)


def test_what_happened_is_the_case_where_nothing_near_has_a_day(ask):
    """ "when did that happen" after an age asks of what the case is about, and isn't answered by the age again."""
    assert ask("who was she", "and how old was he", "when did that happen").facts == ("date",)


def test_a_correction_is_not_answered_by_what_was_told(ask):
    """ "no, I meant ..." never gets the same answer again."""
    told = ask("who is Akunjee?").facts
    assert not {*told} & {*ask("who is Akunjee?", "no, I meant what he said about the driver").facts}


def test_the_third_is_whoever_was_not_asked_about_yet(ask):
    """After two of three councillors, "and the third one" is the one who is left, in whichever order they were asked about."""
    two = ("What did Barraclough say?", "and Rita Begum?")
    assert ask("Which councillors spoke?", *two, "and the third one").facts == ("butler-thalassis",)


def test_people_of_an_answer_can_be_counted(ask):
    """ "what did the first one say?" and "and the second?" go through the people that an answer named."""
    councillors = ("Which councillors spoke?", "what did the first one say?", "and the second?", "and the third one")
    assert ask(*councillors[:2]).facts == ("barraclough-said",)
    assert ask(councillors[0], "what did the first of them have to say?").facts == ("barraclough-said",)
    assert ask(*councillors[:3]).facts == ("butler-thalassis",)
    assert ask(*councillors).facts == ("begum-said",)
    assert ask(councillors[0], "what happened on the first of January").facts != ("barraclough-said",)


def test_who_says_so_names_speaker_and_report(ask):
    """The answer to "who said that?" is the speaker of the last fact and the report it stands in."""
    reply = ask("What did Geoff Barraclough say?", "who said that?")
    assert "Barraclough" in reply.text
    assert "Ham & High" in reply.text
    assert reply.citations


def test_the_last_question_can_be_put_to_a_report(ask):
    """ "and Ham & High?" tells what that report has of the last answer, or that it doesn't say."""
    asked = "How old was the driver?"
    assert ask(asked, "and Ham & High?").text.startswith("Ham & High doesn't say. The driver was 26.")
    assert ask(asked, "does LBC say the same?").facts == ("age-driver",)
    assert "LBC has: “a 26-year-old man”." in ask(asked, "does LBC say the same?").text


def test_more_tells_the_next_fact_and_ends(ask):
    """ "tell me more" goes on to something near that hasn't been told."""
    first = ask("Was there a petition?")
    second = ask("Was there a petition?", "tell me more")
    assert second.kind in {Kind.ANSWER, Kind.UNKNOWN}
    assert second.facts != first.facts


def test_a_choice_is_taken_up_by_number_by_words_or_by_tap(conversation):
    """After an answer its suggestions can be typed as 2, as the second, or in their own words."""
    reply, context = conversation.reply("Was there a petition?")
    wanted = reply.suggestions[1]
    told = conversation.choose(wanted.id, context)[0]
    for typed in ("2", "the second", wanted.label):
        assert conversation.reply(typed, context)[0].facts == told.facts


def test_an_old_button_gets_a_kind_line(conversation):
    """A choice that no longer exists is answered, not dropped."""
    assert conversation.choose("fact:of-long-ago")[0].kind is Kind.COURTESY


def test_the_context_holds_ids_only_and_is_bounded(conversation, case):
    """After many messages the context is short, and nothing in it is what somebody wrote."""
    context = Context()
    for fact in case.facts.values():
        _, context = conversation.reply(fact.ask[0], context)
    assert len(context.facts) <= 8
    assert len(context.people) <= 6
    assert set(context.facts) <= set(case.facts)
    assert set(context.people) <= set(case.entities)


def test_forget_drops_the_context(conversation):
    """After forgetting, a follow-up has nothing to lean on."""
    _, context = conversation.reply("Who was the driver?")
    _, context = conversation.reply("forget", context)
    assert context.facts == ()


def test_the_same_message_in_the_same_context_gets_the_same_reply(conversation):
    """There is no chance and no clock in a reply."""
    context = Context(facts=("warrant",), people=("leon-mccaskie",))
    assert conversation.reply("why?", context) == conversation.reply("why?", context)


def test_the_same_is_asked_of_another_report(ask):
    """ "and the Ham & High one?" after what LBC said sums that report up; after who wrote LBC's, it is who wrote that one."""
    assert ask("What does LBC say?", "and the Ham & High one?").facts == ("hamhigh-says",)
    assert ask("What did LBC report about all this?").facts == ("lbc-says",)


def test_him_beside_a_name_is_somebody_else(ask):
    """After those who tried to stop it, "what did the police say about them" is of them, not of the police."""
    assert ask("Did people try to stop him?", "What did the police say about them?").facts == ("courageous",)


def test_what_was_understood_is_said_where_it_is_not_plain(ask, conversation):
    """A question that two facts fit nearly alike is answered with its topic first, and offers the other; a plain one is not."""
    plain = ask("How old was the driver?")
    assert plain.text.startswith("The driver was 26")
    reply, _ = conversation.reply("ok what did he do to her b4 that")
    assert reply.text.startswith(f"{conversation.case.facts[reply.facts[0]].topic}: ")
    rivals = [
        one.id
        for one in conversation.decide("ok what did he do to her b4 that").answers[0].found.verdict.candidates[1:]
    ]
    assert reply.suggestions[0].id.removeprefix("fact:") in rivals


@pytest.mark.parametrize(
    ("first", "meant"),
    [
        ("who was the driver", "driver"),
        ("how old was zayd", "zayd-bakkali"),
        ("which man stabbed her", "leon-mccaskie"),
    ],
)
def test_what_age_is_he_means_whoever_was_spoken_of(first, meant, case, ask):
    """A fact that tells of other people's ages alone is no answer where the age of the one who is meant is known."""
    told = case.facts[ask(first, "and what age is he").facts[0]]
    assert "age" in told.gives
    assert meant in told.about


def test_whoever_was_asked_for_is_spoken_of_after_nothing_is_reported(ask):
    assert ask("who was the driver", "is he muslim", "what did zayd say about him").facts == ("son-on-driver",)


@pytest.mark.parametrize(
    ("first", "then", "says"),
    [
        ("how old was the driver", "LBC has another number", "LBC has: “a 26-year-old man”"),
        ("when did it happen", "hmm Ham & High gives another date tho?", "“January 4”"),
        ("what order was there against him", "ITV calls it something different tho dont they", "“restraining order"),
    ],
)
def test_a_report_that_is_said_to_tell_it_otherwise_is_asked(ask, first, then, says):
    assert says in ask(first, then).text
