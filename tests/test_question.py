"""A message taken apart: which of its sentences ask, and what belongs to each."""

import pytest

from knowledge.question import Part, asks, split, untagged


@pytest.mark.parametrize(
    "sentence",
    ["who was she", "so what killed him", "did they help", "and how old was he", "Is that so?", "anyway why not"],
)
def test_a_sentence_asks(sentence):
    """By its mark, by its first word, or by the first behind a filler."""
    assert asks(sentence)


@pytest.mark.parametrize(
    "sentence", ["it was my stepdad", "he is outside", "when i read it i thought oh", "I'm on eleven."]
)
def test_a_sentence_tells(sentence):
    """A subject before its verb tells, and so does a story that begins with when."""
    assert not asks(sentence)


def test_a_question_keeps_the_sentence_beside_it():
    """What was told before, or behind where nothing was; never another question."""
    assert split("It was cold. Who came? Why?") == (Part("Who came?", "It was cold."), Part("Why?"))
    assert split("Who came? It was cold.") == (Part("Who came?", "It was cold."),)


def test_one_thing_asked_about_two_is_two_questions():
    """ "about his mother and about the police" asks twice."""
    asked = [part.text for part in split("What did he say about his mother and about the police?")]
    assert asked == ["What did he say about his mother", "What did he say about the police"]


def test_a_question_without_words_of_its_own_asks_of_the_sentence_before():
    """ "The car was red. Was it?" is one question about the car."""
    assert [part.text for part in split("The car was red. Was it?")] == ["The car was red. Was it?"]


def test_no_more_than_three_questions():
    """The first three are kept, in their order."""
    message = "Who was it? When was it? Where was it? Why was it?"
    assert [part.text for part in split(message)] == ["Who was it?", "When was it?", "Where was it?"]


@pytest.mark.parametrize("message", ["The car was red, was it?", "She stayed, didn't she?", "It burned, did it not ?"])
def test_a_tag_belongs_to_its_statement(message):
    """What turns a statement into a question is no question of its own, and is taken off it whole."""
    assert [part.text for part in split(message)] == [message]
    assert untagged(message) == message.split(",")[0]


def test_a_second_question_is_no_tag():
    """Without a comma before it "did he" asks again."""
    assert [part.text for part in split("Did she come and did he?")] == ["Did she come", "did he?"]
    assert untagged("Was it he who did it?") == "Was it he who did it?"
