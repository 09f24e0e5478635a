"""What stands around a question and says nothing of the case: politeness, whom the writer has it from, what they are.

"My nan reckons", "so the lot at bingo say", "woman in the chemist told me", "I used to get the bus down there". Whoever
told it is never somebody of the case: they are the writer's ("my", "our"), or anybody at a place of everyday life.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.language.english import Language
from knowledge.language.questions import Words
from knowledge.language.reading import texts
from knowledge.language.text import COMMA, Phrases

MOST_BEFORE = 2
"""The most words between "my" and whom it is said of: "my good old neighbour"."""
WHETHER = "whether"
"""What stands before a question that wants yes or no, where it is asked behind something."""


class Asides:
    """Knows what to leave out, by the `polar` lists of the English layer."""

    def __init__(self, language: Language) -> None:
        self._language = language
        polar = language.english.polar

        def words(name: str) -> frozenset[str]:
            return frozenset(polar.get(name, ()))

        def phrases(name: str) -> Phrases:
            return language.phrases(polar.get(name, ()))

        self._own, self._some, self._tellers, self._anybody = map(words, ("own", "some", "tellers", "anybody"))
        self._bands, self._spots, self._at = map(words, ("bands", "spots", "at"))
        self._told, self._whereabouts, self._outlets, self._heard = map(
            phrases, ("told", "whereabouts", "outlets", "heard")
        )
        self._teasing, self._checking, self._together = map(phrases, ("teasing", "checking", "together"))
        self._fillers = language.english.words("fillers")
        self._echo, self._writer, self._doubt = map(words, ("echo", "writer", "doubt"))
        self._others = frozenset(polar.get("third", ()))
        self._feeling = phrases("feeling")

    def without(self, said: Words) -> Words:
        """Return the words of a question or statement without asides; all of them where nothing else would be left."""
        segments = list(_segments(said))
        kept = [segment for segment in segments if not self.is_aside(segment)] if len(segments) > 1 else segments
        if not kept:
            return said
        bare = [segment[self._told_by(texts(segment)) :] or segment for segment in kept]
        bare[-1] = self._without_tail(bare[-1])
        return tuple(word for segment in bare for word in segment)

    def tell_nobody(self, words: Words) -> bool:
        """Tell whether some words bring up nobody: asides, and what somebody like "my nan" says of those who are asked about."""
        return all(self.is_aside(segment) or self._told_by(texts(segment)) for segment in _segments(words))

    def is_aside(self, words: Words) -> bool:
        """Tell whether some words say nothing of the case."""
        said = self._together.left(texts(words))
        said = said[self._filled(said) :]
        if not said:
            return True
        behind = self._told_by(said)
        if behind and self._echo.issuperset(said[behind:]):
            return True
        return self._is_doubt_of_teller(said) or self._checking.opening(said) == len(said) or self._is_of_writer(said)

    def _is_of_writer(self, said: tuple[str, ...]) -> bool:
        """Whether the writer says something of themselves, and neither denies anything nor names anybody else."""
        if said[0] not in self._writer or not self._doubt.isdisjoint(said) or any(map(self._is_teller, said)):
            return False
        plain = self._feeling.left(said)
        return self._others.isdisjoint(plain) and not any(self._language.mentions(plain))

    def _without_tail(self, words: Words) -> Words:
        """The words without what follows them unpaused: "... so my nan reckons", "... or is my son pulling my leg"."""
        said = texts(words)
        teases = bool(self._teasing.closing(said))
        for at in range(2, len(said)):
            joined = said[at] in {"so", "as", "or"}
            if (joined and self._is_told(said[at + 1 :])) or (teases and self._is_doubt_of_teller(said[at:])):
                return words[:at]
        return words

    def _is_told(self, said: tuple[str, ...]) -> bool:
        said = said[1:] if said[:1] == ("so",) else said
        behind = self._told_by(said)
        return bool(behind) and self._echo.issuperset(said[behind:])

    def _is_doubt_of_teller(self, said: tuple[str, ...]) -> bool:
        """Whether it asks if whoever told it is having the writer on: "or is my son pulling my leg"."""
        at = 1 if said[:1] == ("or",) else 0
        end = self._subject(said, at + 1)
        return bool(end) and self._teasing.opening(said, end) == len(said) - end > 0

    def _filled(self, said: tuple[str, ...]) -> int:
        return next((at for at, word in enumerate(said) if word not in self._fillers), len(said))

    def _told_by(self, said: tuple[str, ...]) -> int:
        """How many words at the beginning say from whom the writer has it, 0 where none do."""
        start = self._filled(said)
        heard = self._heard.opening(said, start)
        if heard:
            end = self._place(said, start + heard) or start + heard + self._outlets.opening(said, start + heard)
            return self._joined(said, end) if end > start + heard else 0
        place = self._place(said, start)
        subject = self._subject(said, place) if place else 0
        if place and not subject and said[place : place + 1] == ("they",):
            subject = place + 1
        subject = subject or self._subject(said, start)
        if not subject:
            return 0
        subject += said[subject : subject + 1] in {("she",), ("he",), ("they",)}
        told = self._told.opening(said, subject)
        return self._joined(said, subject + told) if told else 0

    @staticmethod
    def _joined(said: tuple[str, ...], at: int) -> int:
        """The place behind what may join it to what was told: "to me that"."""
        for words in (("to",), ("me", "us"), ("as", "about"), ("that",)):
            at += said[at : at + 1] != () and said[at] in words
        return at

    def _subject(self, said: tuple[str, ...], at: int) -> int:
        """The place behind somebody who is no person of the case, 0 where nobody such stands there."""
        word = said[at] if at < len(said) else ""
        outlet = self._outlets.opening(said, at)
        if outlet:
            return at + outlet
        if word in self._anybody:
            return self._place(said, at + 1) or at + 1
        if word in self._own:
            for end in range(at + 1, min(at + 2 + MOST_BEFORE, len(said))):
                if self._is_teller(said[end]):
                    return self._place(said, end + 1) or end + 1
            return 0
        if word in self._some or word == "the":
            band = next((end for end in range(at + 1, min(at + 4, len(said))) if said[end] in self._bands), 0)
            if band and (band > at + 1 or self._place(said, band + 1)) and not self._names(said[at + 1 : band]):
                return self._place(said, band + 1) or band + 1
            at += word in self._some
        return self._place(said, at + 1) if at < len(said) and self._is_teller(said[at]) else 0

    def _is_teller(self, word: str) -> bool:
        return word in self._tellers or word.removesuffix("s") in self._tellers

    def _names(self, said: tuple[str, ...]) -> bool:
        return any(self._language.mentions(said))

    def _place(self, said: tuple[str, ...], at: int) -> int:
        """The place behind where somebody is of whom the case knows nothing: "next door", "at the school gates"."""
        fixed = self._whereabouts.opening(said, at)
        if fixed:
            return at + fixed
        if at >= len(said) or said[at] not in self._at:
            return 0
        return next((end + 1 for end in range(at + 1, min(at + 4, len(said))) if said[end] in self._spots), 0)


def _segments(said: Words) -> Iterator[Words]:
    """The words between pauses."""
    start = 0
    for at, word in enumerate(said, 1):
        if word.mark or at == len(said):
            yield said[start:at]
            start = at


class Markers:
    """Takes off what stands before or behind a question and says nothing, "lowkey", "tho", "sorry to be a pain", "could you tell me".

    By the lists `markers`, `leading-up`, `asking-for` and `returning` of the English layer.
    """

    def __init__(self, language: Language) -> None:
        english = language.english
        self._markers, self._returning = (language.phrases(english.lists[name]) for name in ("markers", "returning"))
        self._fillers = english.words("fillers")
        self._asking_for = english.words("asking-for")
        self._leading_up = english.words("leading-up") | self._asking_for
        self._asking = english.words("asking")
        self._openly = self._asking - english.words("auxiliaries")

    def without(self, words: Words) -> Words:
        """Return the words without what says nothing at their beginning and their end; all of them where nothing would be left."""
        said = texts(words)
        start, end = 0, len(said)
        while opening := self._opening(said[:end], start):
            start += opening
        while closing := self._markers.closing(said[start:end]):
            end -= closing
        start = self._behind_return(words[:end], start)
        return words[self._behind_lead(said[:end], start) : end] or words

    def _opening(self, said: tuple[str, ...], start: int) -> int:
        """How many words at a place are a marker, "ok" and "so" before it among them."""
        filled = next((at for at in range(start, len(said)) if said[at] not in self._fillers), len(said)) - start
        for taken in (0, filled):
            marker = self._markers.opening(said, start + taken)
            if marker:
                return taken + marker
        return 0

    def _behind_lead(self, said: tuple[str, ...], start: int) -> int:
        """Where a question begins that is led up to: "I wonder whether you could tell me" and then "who"."""
        asks = False
        for at in range(start, len(said)):
            if asks and said[at] in self._openly and at + 1 < len(said):
                return self._behind_lead(said, at + 1) if said[at] == WHETHER else at
            if said[at] not in self._leading_up:
                return start
            asks = asks or said[at] in self._asking_for
        return start

    def _behind_return(self, words: Words, start: int) -> int:
        """Where a question begins behind the pause after what somebody turns back to."""
        said = texts(words)
        if not self._returning.opening(said, start):
            return start
        pause = next((at for at in range(start, len(words) - 1) if words[at].mark == COMMA), None)
        return pause + 1 if pause is not None and said[pause + 1] in self._asking else start
