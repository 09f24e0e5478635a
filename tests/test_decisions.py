"""The numbers and rules that decide what is answered, each shown by a message that it turns."""

import pytest

from bot import compose
from bot.reply import NOTHING, Kind


@pytest.fixture
def asked(boathouse):
    """Ask the invented case some messages in a row, and return the last reply."""

    def last(*messages):
        context = NOTHING
        for message in messages:
            reply, context = boathouse.reply(message, context)
        return reply

    return last


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
    text = conversation.page("people").text.lower()
    people = [entity for entity in case.entities.values() if entity.kind == "person"]
    assert people
    assert all(person.name.lower() in text and person.role.lower() in text for person in people)
