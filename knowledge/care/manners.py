"""The politeness around what somebody says: a message taken apart into clauses without greetings, thanks and apologies."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.language.questions import Words, sentences_of
from knowledge.language.reading import texts
from knowledge.language.text import Phrases

TURN = "but"
"""What stands before it makes way for what matters: "sorry to bother you but ..."."""


class Manners:
    """Phrases that say nothing of themselves: greetings, thanks, apologies, "I'd like to know"."""

    def __init__(self, phrases: Iterable[tuple[str, ...]]) -> None:
        self._phrases = Phrases(phrases)

    def clauses(self, message: Words) -> list[Words]:
        """Return what follows a "but", the sentences, and last the whole of a message, each once and without its manners."""
        sentences = sentences_of(message)
        turned = [self.without(after) for sentence in sentences if (after := _after_turn(sentence))]
        said = [kept for sentence in sentences if (kept := self.without(sentence))]
        whole = tuple(word for sentence in said for word in sentence)
        found = {texts(clause): clause for clause in (*turned, *said, whole)}
        return [clause for clause in found.values() if clause]

    def without(self, sentence: Words) -> Words:
        """Return a sentence without the manners that it begins and ends with."""
        said = texts(sentence)
        start, end = 0, len(said)
        while cut := self._phrases.opening(said, start):
            start += cut
        while cut := self._phrases.closing(said[start:end]):
            end -= cut
        kept = sentence[start:end]
        if not kept or kept[-1].mark == sentence[-1].mark:
            return kept
        return (*kept[:-1], kept[-1]._replace(mark=sentence[-1].mark))


def _after_turn(sentence: Words) -> Words:
    at = max((at for at, word in enumerate(sentence) if word.text == TURN), default=-1)
    return sentence[at + 1 :] if at >= 0 else ()
