"""The numbers and rules that decide what is answered, each shown by a message that it turns."""

from functools import partial

import pytest

from bot import compose
from bot.reply import Kind
from tests.shared import conversation, last


@pytest.fixture
def asked(boathouse):
    """Ask the invented case some messages in a row, and return the last reply."""
    return partial(last, boathouse)


def test_a_question_in_few_words_of_its_own_is_answered(asked):
    """A story before a question, and three bare words, are surely enough to answer from."""
    assert asked("it burned on a sunday, which date").facts == ("night",)
    assert asked("boathouse fire boats").kind is Kind.ANSWER


def test_nothing_is_denied_that_was_hardly_asked(ask):
    """Where a denial is merely the likeliest it isn't said: "not found" spreads nothing."""
    assert ask("Does any article mention threats to kill").facts == ()


def test_the_sentence_beside_a_question_counts_for_it(asked):
    """Who is meant stands in the sentence before, and the question alone says what is wanted of her."""
    assert asked("the caretaker raised the alarm. how old is she").facts == ("age",)


def test_a_question_is_found_inside_a_longer_message(ask):
    """Where the whole says nothing sure, a piece of it is asked."""
    assert ask("i live nearby and i saw flowers, why did he do it").facts == ("unreported-motive",)


@pytest.mark.parametrize("again", ["Leon McCaskie though", "and McCaskie then", "leon tho"])
def test_a_name_with_a_word_behind_it_asks_the_last_question_again(ask, again):
    """The small word is dropped, and what is left is a name alone."""
    assert ask("how old was Yasmin", again).facts == ("age-mccaskie",)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("when was the worrent", "when was the warrant"), ("when was the inkwest", "when was the inquest")],
)
def test_a_word_with_two_slips_is_understood(ask, typed, meant):
    """From six letters on two edits are mended."""
    assert ask(meant).facts[0].startswith(meant.split()[-1])
    assert ask(typed).facts == ask(meant).facts


def test_answers_too_long_to_be_told_together_are_told_in_short(boathouse):
    """Three long facts at once are told each in its short form, and one of them alone in full."""
    facts = boathouse.case.facts
    long = [facts[id_]._replace(answer=f"{id_} " + "word " * 80) for id_ in ("night", "alarm", "boats")]
    together = compose.answer(boathouse.case, [compose.Told(fact) for fact in long])
    assert together.text == "\n\n".join(fact.short for fact in long)
    assert compose.answer(boathouse.case, [compose.Told(long[0])]).text == long[0].answer


def test_the_page_of_people_names_everybody(case, conversation):
    """Each person of the case stands there with a role."""
    text = conversation.choose("page:people")[0].text.lower()
    people = [entity for entity in case.entities.values() if entity.kind == "person"]
    assert people
    assert all(person.name.lower() in text and person.role.lower() in text for person in people)


@pytest.mark.parametrize(
    ("message", "fact"),
    [("is the lad still on bail or is he sorted", "driver-status"), ("He was husband or before-husband?", "relation")],
)
def test_what_is_just_likely_enough_is_told(ask, message, fact):
    """The least score that is answered lets through what few wordings are like."""
    assert ask(message).facts == (fact,)


@pytest.mark.parametrize("message", ["he beats me at scrabble", "i nearly died laughing"])
def test_what_hardly_anything_is_like_is_not_asked_back(ask, message):
    """Under the least score at which it asks back, it says that it doesn't find it."""
    assert ask(message).kind is Kind.UNKNOWN


def test_a_piece_of_a_message_is_told_where_the_whole_finds_nothing(ask):
    """What stands around a question need not be understood."""
    assert ask("im dying to know what happened to the driver").facts == ("driver-decision",)


def test_a_remark_that_follows_an_answer_is_no_cry(ask):
    """Somebody who speaks of others after an answer still speaks of the case."""
    assert ask("What colour was the car?", "And he says the fella was 30.").kind is Kind.ANSWER


@pytest.mark.parametrize(
    ("before", "fact"),
    [("Was the driver charged?", "decision-when"), ("When was the warrant issued?", "warrant-issued")],
)
def test_a_bare_question_finds_a_fact_that_gives_what_it_wants(ask, before, fact):
    """After an answer "when" gets a date, not the fact next to it that has none."""
    assert ask(before, "when").facts == (fact,)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("hi who was she", "victim"),
        ("hey when was it?", "date"),
        ("hiya what happened", "what-happened"),
        ("hi what car", "car"),
        ("bye who was she", "victim"),
    ],
)
def test_a_greeting_is_no_answer_to_a_question(text: str, fact: str) -> None:
    """Where something is asked beside a greeting, that is answered."""
    reply, _ = conversation().reply(text)
    assert reply.facts[:1] == (fact,)


@pytest.mark.parametrize(
    "text", ["hi", "hello there mate", "good morning", "hi can you help me", "ok thanks", "hi bot"]
)
def test_a_greeting_alone_is_greeted(text: str) -> None:
    """Nothing is asked, and no fact is told."""
    reply, _ = conversation().reply(text)
    assert reply.kind is Kind.COURTESY


def test_what_somebody_else_said_is_no_answer_to_what_one_said() -> None:
    """The lawyer told ITV News something too; who asks for the son's words gets the son's."""
    reply, _ = conversation().reply("what did zayd tell itv news")
    assert "zayd-bakkali" in conversation().case.facts[reply.facts[0]].about
