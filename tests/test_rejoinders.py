"""What somebody writes of the contacts that they were given, and what is only a little like a cry."""

import pytest

from bot.reply import NOTHING, Kind

ABUSE = "my husband hits me most weekends"


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("does it cost anything to ring", "What each says a call costs"),
        ("what time do they shut", "When each is open"),
        ("will it show on the phone bill", "This number isn't on phone bills"),
        ("who will pick up", "People answer these"),
        ("will they tell the police", "may have to pass on"),
        ("do i have to give my name", "would rather not give a name"),
        ("i dont want to talk to anybody", "You don't have to talk to anybody"),
        ("its not the first time", "That it has happened before matters"),
        ("im a man by the way", "Men's Advice Line"),
        ("i should say im gay", "Galop"),
        ("not now", "whenever you want them"),
        ("no its ok, im fine", "It was good that you said it"),
        ("my english is not good, do they speak polish", "interpreter"),
        ("i dont live in the uk", "From abroad"),
        ("would that number turn up on our contract", "This number isn't on phone bills"),
        ("are they obliged to inform anyone", "may have to pass on"),
        ("he did it to his last wife as well", "That it has happened before matters"),
        ("its alright, my sister has come round", "It was good that you said it"),
        ("is there anybody there who speaks tigrinya", "interpreter"),
        ("i should have said im a man", "Men's Advice Line"),
        ("im 72", "Hourglass"),
        ("is it against the law what he does", "whatever the law calls it"),
        ("how would i even begin the call", "You don't need the right words"),
        ("they would only laugh at me", "You are not imagining it"),
        ("i wont be pressing charges", "without going to the police"),
        ("the police knew, they just left", "These lines are not the police"),
        ("do not tell a soul", "I tell nobody"),
        ("who would look after the dog", "ask them about animals"),
        ("where would i sleep tonight if i went", "somewhere safe to stay"),
        ("should i unplug it", "Ask them before you change"),
        ("but he is my son and i love him", "You can love somebody"),
        ("so which of the two should i ring", "The one that stands first"),
        ("what could they even do for me", "They listen, and can tell you"),
        ("that number is only for england", "send the name of the nation"),
        ("surely thats meant for mothers", "Whom each is for"),
        ("is it not too long ago by now", "It is not too late"),
        ("its 3 in the morning", "When each is open"),
        ("my visa is from him, they will send me home?", "may have to pass on"),
        ("what do they actually do when you ring", "They listen, and can tell you"),
        ("its not my sister. its me", "You can tell it to whoever answers"),
        ("he's one of them, so who do i tell", "These lines are not the police"),
        ("hes just come in, gtg", "press 55"),
        ("tried that one, it was shut", "That you tried was a step"),
        ("what should i say to him about it", "You don't need the right words"),
        ("please don't let anyone come to my house", "I can't send anybody to you"),
        ("waited for ages and then lost my nerve", "That you tried was a step"),
        ("i wind him up though, thats the truth", "what they do is theirs to choose"),
        ("will anybody turn up at my door if i ring", "without going to the police"),
        ("we're both lads, is that still ok", "Galop"),
    ],
)
def test_what_is_said_of_contacts_is_answered(conversation, message, says):
    """A line or two and at most two contacts; what was going on still stands, and no fact of the case is told."""
    _, context = conversation.reply(ABUSE)
    reply, after = conversation.reply(message, context)
    assert (reply.kind, reply.facts, reply.suggestions) == (Kind.SUPPORT, (), ())
    assert says in reply.text
    assert len(reply.helplines) <= 2
    assert after.concern == context.concern


@pytest.mark.parametrize(
    "message",
    [
        "dont call anyone im fine",
        "not now",
        "ta x",
        "i dont want to talk to anybody",
        "is it free",
        "i cant call he hears",
    ],
)
def test_after_an_act_already_done_the_ambulance_stays_first(conversation, message):
    """Whatever is said of the contacts, a refusal too: 999 first, then Samaritans or whatever was asked."""
    _, context = conversation.reply("i took the whole box an hour ago")
    reply, after = conversation.reply(message, context)
    assert reply.text.startswith("Please call 999 now, or get somebody to")
    assert "That is all right" not in reply.text
    assert after.concern == context.concern == "taken"


def test_what_is_disclosed_beside_it_is_heard_again(conversation):
    """Who says in one breath who they are and what is done to them is believed, with the contact that fits."""
    _, context = conversation.reply("he has a knife")
    reply, _ = conversation.reply("im gay and my boyfriend hits me", context)
    assert reply.text.startswith("I'm sorry this is happening to you.")
    assert reply.helplines[0].id == "galop"


def test_what_is_told_of_the_one_spoken_of_is_not_of_the_case(conversation):
    """ "I'm her dad" after a worry is of whom the writer worries about."""
    _, context = conversation.reply("my daughter's husband hits her")
    assert "runs this bot" not in conversation.reply("I'm her dad, I'm 83", context)[0].text


@pytest.mark.parametrize("question", ["thx. was the driver charged", "Thanks. What car was it?"])
def test_a_question_behind_thanks_is_answered(conversation, question):
    """A word of thanks for the contacts takes nothing from what is asked of the case behind it."""
    _, context = conversation.reply(ABUSE)
    reply, _ = conversation.reply(question, context)
    assert reply.kind is Kind.ANSWER
    assert reply.facts


def test_a_place_told_in_a_question_about_the_contacts_brings_its_line(conversation):
    """Whoever asks whether a line serves where they are gets the one that does."""
    _, context = conversation.reply(ABUSE)
    assert conversation.reply("im in wales, does that one still work", context)[0].helplines[0].id == "wales"


def test_who_cannot_talk_gets_what_is_reached_in_writing(conversation):
    _, context = conversation.reply(ABUSE)
    assert "in writing" in conversation.reply("i cant ring he hears everything", context)[0].text


def test_nobody_is_told_that_what_they_do_is_not_their_fault(conversation):
    """ "Its not the first time" of somebody who hits is answered otherwise."""
    _, context = conversation.reply("i hit my girlfriend again and i hate it")
    assert "not your fault" not in conversation.reply("its not the first time, i did it to my ex", context)[0].text


def test_without_a_concern_it_is_an_ordinary_message(conversation):
    assert conversation.reply("its not the first time", NOTHING)[0].kind is not Kind.SUPPORT


@pytest.mark.parametrize("message", ["hes outside the door now with a knife", "i have taken all the tablets"])
def test_danger_comes_before_all_that_is_said_of_contacts(conversation, message):
    _, context = conversation.reply(ABUSE)
    assert "999" in conversation.reply(message, context)[0].text.partition("\n")[0]


def test_a_question_about_the_case_is_answered_while_a_concern_stands(conversation):
    _, context = conversation.reply(ABUSE)
    reply, _ = conversation.reply("what car was it", context)
    assert (reply.facts, "helplines" in reply.text) == (("car",), True)


def test_an_act_already_done_begins_with_the_ambulance(ask):
    """Whoever took it: the first line, then Samaritans, and nothing of pressing 55."""
    for message in ("i took the whole box an hour ago", "my sister has swallowed all her tablets"):
        reply = ask(message)
        assert "999" in reply.text.partition("\n")[0]
        assert "55" not in reply.text
        assert "Samaritans" in reply.text


def test_what_is_only_a_little_like_a_cry_gives_way_to_a_plain_question(ask):
    """It is answered, with a line on where somebody to talk to can be found."""
    reply = ask("hes lucky he was dead before i got there. was there a trial")
    assert reply.kind is Kind.ANSWER
    assert reply.facts == ("no-trial",)


def test_danger_of_somebody_else_is_told_as_such(ask):
    """ "If anyone is in danger now", where it is not whoever writes."""
    assert ask("he is hitting my sister and she is bleeding").text.startswith("If anyone is in danger now, call 999.")
    assert ask("he is at the door with a knife").text.startswith("If you are in danger now, call 999.")


@pytest.mark.parametrize(
    ("message", "first"),
    [("we live in cardiff", "wales"), ("belfast", "northern-ireland"), ("i dont have papers", "refuge")],
)
def test_what_somebody_tells_of_themselves_after_contacts_brings_those_that_fit(conversation, message, first):
    _, context = conversation.reply(ABUSE)
    reply, after = conversation.reply(message, context)
    assert reply.text.startswith("Thank you for telling me.")
    assert reply.helplines[0].id == first
    assert after.concern == context.concern


@pytest.mark.parametrize("message", ["im disabled", "I'm in a wheelchair", "im pregnant"])
def test_nobody_is_taken_for_old(conversation, message):
    _, context = conversation.reply(ABUSE)
    reply, _ = conversation.reply(message, context)
    assert "Thank you for telling me" in reply.text
    assert "older" not in reply.text


@pytest.mark.parametrize(
    ("asked", "next_", "says"),
    [
        ("who can i ring", "is it free?", "What each says a call costs"),
        ("helplines", "do they keep it secret", "may have to pass on"),
        ("is there a number i can text", "when are they open", "When each is open"),
        ("im deaf, who can help", "does it cost", "What each says a call costs"),
        ("helplines", "im a man by the way", "Men's Advice Line"),
    ],
)
def test_who_asked_for_contacts_and_told_nothing_is_answered_about_them_too(conversation, asked, next_, says):
    """While they are the last that was shown; they put no line under what is asked of the case afterwards."""
    _, shown = conversation.reply(asked)
    reply, after = conversation.reply(next_, shown)
    assert (reply.kind, after.concern) == (Kind.SUPPORT, "")
    assert says in reply.text
    told, answered = conversation.reply("who was the driver", after)
    assert told.kind is Kind.ANSWER
    assert "send: helplines" not in told.text
    assert conversation.reply(next_, answered)[0].kind is not Kind.SUPPORT


MAN = "my wife hits me, i am a bloke of six foot two"


@pytest.mark.parametrize("message", ["who will pick up", "does it cost anything", "the bananas are blue"])
def test_the_contacts_that_fitted_are_told_again(ask, message):
    assert ask(MAN, message).helplines[0].id == ask(MAN).helplines[0].id == "mens-advice-line"


def test_what_somebody_tells_of_themselves_later_is_kept_too(ask):
    assert ask(ABUSE, "i should say im gay", "who will pick up").helplines[0].id == "galop"


def test_whoever_may_do_harm_is_blamed_for_nothing_and_told_that_it_is_theirs(ask):
    reply = ask("im scared of what i will do to her when she gets in", "she knows how to wind me up though")
    assert "what you do is yours to choose" in reply.text
    assert "not your fault" not in reply.text


def test_what_happens_to_whom_somebody_worries_about_is_told_as_danger_of_others(ask):
    worry = "a girl on my floor is crying every night and her boyfriend shouts at her for hours"
    assert ask(worry, "he's kicking her door in").text.startswith("If anyone is in danger now, call 999.")
    assert ask(worry, "now he's hitting me as well").text.startswith("If you are in danger now, call 999.")


def test_a_question_behind_a_word_that_wants_no_contacts_is_answered(ask):
    reply = ask("this story upsets me so much", "no i dont want to talk to anybody. was the driver charged?")
    assert (reply.kind, reply.facts) == (Kind.ANSWER, ("driver-decision",))


def test_who_asks_after_a_cry_what_the_bot_is_is_told_of_a_person_too(ask):
    assert "Samaritans" not in ask("are you a real person").text
    assert "Samaritans" in ask("i keep cutting myself since he left", "are you a real person").text


def test_what_is_asked_of_whoever_answers_tells_nothing_of_whoever_writes(ask):
    first = "my uncle used to come into my room when i was nine"
    assert ask(first, "will it be a woman").helplines[0].id == ask(first).helplines[0].id


def test_a_line_for_people_like_them_is_given_to_whoever_would_rather_not_explain(ask):
    reply = ask(ABUSE, "is there one for trans people, i dont want to explain myself to them")
    assert reply.helplines[0].id == "galop"


def test_a_question_that_is_none_of_the_case_is_no_unsure_answer_about_it(ask):
    """As long as nothing of the case was told, a question that hardly finds anything is said more of what is going on."""
    first = "my boyfriend has my nudes and says he will send them to my school. im 15"
    assert ask(first, "will i get in trouble for taking them").kind is Kind.SUPPORT
    assert ask(first, "how old was the driver").facts == ("age-driver",)
