"""What stands around a question and says nothing."""

import pytest

from knowledge.language.asides import Markers
from knowledge.language.english import Language
from knowledge.language.reading import as_read, texts
from tests.shared import conversation

LANGUAGE = Language.of(conversation().case)


def left_of(said: str) -> str:
    """What is left of a message."""
    return " ".join(texts(Markers(LANGUAGE).without(as_read(said, LANGUAGE))))


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("lowkey who was the driver tho", "who was the driver"),
        ("sorry to bother you, could you please tell me where it happened, many thanks", "where it happened"),
        ("I'd like to know whether he was charged", "he was charged"),
        ("what I should like to know is how old she was", "how old she was"),
        ("quick question: what car was it lol", "what car was it"),
        ("I wonder whether I might trouble you to tell me who he was", "who he was"),
        ("going back to her family, how did they speak of her", "how did they speak of her"),
    ],
)
def test_only_what_asks_is_left(said, left):
    """Politeness, slang and "could you tell me" go, at the beginning and the end."""
    assert left_of(said) == left


@pytest.mark.parametrize("said", ["do you know her", "tell me about the driver", "thanks", "her family"])
def test_what_asks_for_something_is_kept(said):
    """What stands behind no question, and a message that is nothing else, stay whole."""
    assert left_of(said) == said
