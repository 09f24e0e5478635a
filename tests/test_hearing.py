"""Hearing: the long, the writer's own life, what follows an answer, and other languages."""

import pytest

from bot.reply import NOTHING, Kind

DANGER = "If you are in danger now, call 999."
CLOSE = "It sounds as if this may be close to you. You don't have to be alone with it."
LATE = "he never let me have my own money"
CALM = (
    "the harbour was quiet on sunday so we walked along the water for a while before tea in the small place by the bridge "
    "where the bus came late while we stood there with the neighbours talking of the new fence with plants for the spring "
)


def test_what_stands_late_in_a_long_message_is_heard_as_if_it_stood_alone(ask):
    """Eighty words about a walk take nothing from the sentence behind them."""
    alone, late = ask(LATE), ask(CALM * 2 + LATE)
    assert late.kind is Kind.SUPPORT
    assert late.text == alone.text


@pytest.mark.parametrize("message", ["he is at this very moment kicking me", "she is as i type this hitting me"])
def test_danger_is_heard_across_words_between(ask, message):
    """Up to five words may stand between the one who does it and what is done now."""
    assert ask(message).text.startswith(DANGER)


def test_a_clause_is_no_danger_where_the_whole_tells_of_something_else(ask):
    """A clause that alone could be of this minute is read by what the message tells of as a whole."""
    reply = ask(
        "my mum n dad fought all through my childhood, police round and everything. im 26 and can't be near shouting"
    )
    assert not reply.text.startswith(DANGER)


def test_a_statement_about_ones_own_life_that_weighs_gets_somebody_to_talk_to(ask):
    """What nothing explains is heard, gently."""
    assert ask("i sit in the bath every night and cry").text.startswith(CLOSE)
    assert ask("my hands shake when the phone rings").text.startswith(CLOSE)


def test_a_statement_about_the_invented_case_and_ones_own_life_apart(boathouse):
    """A statement of hurt is heard, and being cross with work is not."""
    replies = {
        message: boathouse.reply(message, NOTHING)[0]
        for message in ("i get pushed around at home", "she said she would burn the house down", "i hate my job")
    }
    assert replies["i get pushed around at home"].kind is Kind.SUPPORT
    assert replies["she said she would burn the house down"].kind is Kind.SUPPORT
    assert replies["i hate my job"].kind is not Kind.SUPPORT


@pytest.mark.parametrize(
    ("before", "message", "fact"),
    [("who was geoff barraclough", "who is he again", "barraclough-role"), ("who was the lawyer", "what he said", "")],
)
def test_a_question_that_leans_on_an_answer_is_no_cry(ask, before, message, fact):
    """After an answer a "he" is the one of the answer; asked first, the same words may be about somebody at the door."""
    reply = ask(before, message)
    assert reply.kind is not Kind.SUPPORT
    assert not fact or reply.facts == (fact,)


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("من قتلها؟", "في حالة الخطر"),
        ("她是谁杀的", "如果您有危险"),
        ("谁", "如果您有危险"),
        ("ποιος τη σκότωσε", "Αν κινδυνεύετε"),
        ("кто её убил", "Если вам угрожает"),
    ],
)
def test_a_script_tells_the_language(ask, message, line):
    """Somebody who writes in another script is told in it where there is help, however few words they write."""
    reply = ask(message)
    assert reply.text.startswith(line)
    assert reply.helplines


MOST_SPOKEN = {
    "pl": "mąż mnie bije",
    "ro": "soțul meu mă bate",
    "pa": "ਮੇਰਾ ਪਤੀ ਮੈਨੂੰ ਮਾਰਦਾ ਹੈ",
    "ur": "میرا شوہر مجھے مارتا ہے",
    "bn": "আমার স্বামী আমাকে মারে",
    "gu": "મારા પતિ મને મારે છે",
    "ar": "زوجي يضربني",
    "ta": "என் கணவர் என்னை அடிக்கிறார்",
    "fa": "شوهرم مرا می‌زند",
    "hi": "मेरा पति मुझे मारता है",
    "so": "ninkayga ayaa i garaaca",
    "zh": "我丈夫打我",
}
"""A cry in each of the twelve languages that callers of helplines in the UK speak most, by language."""


@pytest.mark.parametrize(("language", "message"), MOST_SPOKEN.items())
def test_a_cry_in_another_language_is_answered_in_it_with_999(ask, case, language, message):
    """The line in the writer's own language comes first, and 999 stands in it."""
    reply = ask(message)
    assert reply.text.startswith(case.languages[language].line)
    assert "999" in reply.text.partition("\n")[0]
    assert reply.helplines[0].short == "999"


@pytest.mark.parametrize(
    ("message", "language"),
    {
        "moj mąż zabiera mi telefon i pieniądze": "pl",
        "mon mari prend mon argent": "fr",
        "kocam telefonumu alıyor": "tr",
        "soțul meu îmi ia banii": "ro",
        "meu marido tira meu dinheiro": "pt",
    }.items(),
)
def test_what_is_told_of_home_in_another_language_is_answered_in_it(ask, case, message, language):
    """No phrase for a cry stands in it: its words alone tell the language."""
    assert ask(message).text.startswith(case.languages[language].line)


@pytest.mark.parametrize("message", ["ხმა მესმის კარებთან", "ბრატ ქმარი", "ngiyamesaba umlingani wami kakhulu"])
def test_a_script_or_words_that_are_not_known_get_the_row_of_languages(ask, message):
    reply = ask(message)
    assert reply.text.startswith("I answer only in English.")
    assert reply.helplines[0].short == "999"


@pytest.mark.parametrize(
    ("message", "first"),
    [
        ("what would you do if a bloke followed you home and he is outside right now", DANGER),
        ("if a man tells you he will kill you if you leave does he mean it", DANGER),
        ("what would u do if ur bf checked ur phone every night", "I'm sorry this is happening to you."),
        ("say your ex kept turning up at your work, who would you tell", "That is serious,"),
    ],
)
def test_what_is_supposed_of_you_is_meant_of_whoever_asks(ask, message, first):
    """People put what happens to them as a question to somebody else."""
    assert ask(message).text.startswith(first)


@pytest.mark.parametrize(
    "message",
    [
        "if you kill someone what do you get",
        "what would you do if you were the driver",
        "what happens if you breach a restraining order",
        "what do you do when your phone dies on the train",
    ],
)
def test_what_is_supposed_of_somebody_who_acts_or_of_no_harm_is_no_cry(ask, message):
    """A "you" that the supposing begins with does something, and nobody does it to them."""
    assert ask(message).kind is not Kind.SUPPORT


@pytest.mark.parametrize(
    "message",
    [
        "Husband always interpret for me at doctor, bank. He tell them what he want. I found out he say I am fine",
    ],
)
def test_a_faint_likeness_of_one_clause_gives_way_to_what_the_whole_message_is_like(ask, message):
    """What lies between two kinds in a clause is told by the rest."""
    assert "I'm sorry this is happening to you." in ask(message).text


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("already did it. everyones seen", "These people can help."),
        ("shes late. ive had a drink. shes gonna get it", "Asking for help to stop is a step."),
    ],
)
def test_what_is_said_more_after_a_cry_finds_no_fact_of_the_case(ask, message, says):
    """No question, and nobody of the case: whoever can help is told again, or as for a cry that little is sure of."""
    reply = ask("he threatened to post my nudes if i leave", message)
    assert reply.text.startswith(says)
    assert (reply.kind, reply.facts) == (Kind.SUPPORT, ())
    assert reply.helplines


def test_a_question_after_a_cry_is_answered(ask):
    """Also one of a few words that names somebody."""
    assert ask("my husband hits me", "the driver's name").facts == ("driver-name",)
