"""What stands before or behind a question and says nothing: "lowkey", "tho", "sorry to be a pain", "could you tell me"."""

from __future__ import annotations

from knowledge.language.english import Language
from knowledge.language.questions import Words
from knowledge.language.reading import texts
from knowledge.language.text import Phrases

WHETHER = "whether"
"""What stands before a question that wants yes or no, where it is asked behind something."""


class Markers:
    """Takes them off, by the lists `markers` and `politely` of the English layer."""

    def __init__(self, language: Language) -> None:
        english = language.english
        self._markers, self._politely = (
            Phrases(map(language.wording, english.lists[name])) for name in ("markers", "politely")
        )
        self._asking = english.words("asking") - english.words("auxiliaries")

    def without(self, words: Words) -> Words:
        """Return the words without what says nothing at their beginning and their end; all of them where nothing would be left."""
        said = texts(words)
        start, end = 0, len(said)
        while opening := self._markers.opening(said[:end], start):
            start += opening
        while closing := self._markers.closing(said[start:end]):
            end -= closing
        asked = start + self._politely.opening(said[:end], start)
        if said[asked:end] and said[asked] in self._asking:
            start = asked + (said[asked] == WHETHER)
        return words[start:end] or words
