"""A message taken apart into single questions. Everything works on words that were read before; nothing reads text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from knowledge.case.general import English
from knowledge.language.reading import Word
from knowledge.language.text import AND, ASK, COMMA, STOP

Words = tuple[Word, ...]

MOST_PARTS = 3
"""How many questions of one message are answered at the most."""
MOST_ASKED = 2 * MOST_PARTS
"""A message that asks more than this stays whole."""
MOST_PIECES = 8
"""How many places inside a rambling message are looked at as the beginning of its question, the last ones first."""
MOST_TOLD = 16
"""Words told before a piece of a rambling message that may say what it is about."""


NAME_WORDS = 3
"""The most words before a pause that do nothing but name somebody or something."""
DESCRIBING_WORDS = 6
"""The most words before a pause that describe somebody, or something, of whom a question is then asked: "that man in the van"."""


MOST_STORY = 40
"""The last words told before a question that may say what it is about."""


class Part(NamedTuple):
    """One question of a message, and the sentence beside it that asks nothing but may say what it is about."""

    words: Words
    story: Words = ()


class Splitter:
    """Takes messages apart by the word lists of the English layer (`lists` in voice/english.yaml)."""

    def __init__(self, english: English) -> None:
        self._asking = english.words("asking")
        self._auxiliaries = english.words("auxiliaries")
        self._openly = self._asking - self._auxiliaries
        self._subjects = english.words("subjects")
        self._tagged = english.words("tagged")
        self._fillers = english.words("fillers")
        self._articles = english.words("articles")
        self._before = english.words("before")
        self._joining = english.words("joining")
        self._setting, self._clause = english.words("setting"), english.words("clause")
        self._tails = english.words("tails")
        self._checks = english.words("checks")
        self._asking_for, self._leading_up = english.words("asking-for"), english.words("leading-up")
        self._empty = self._auxiliaries | self._subjects | self._fillers | english.words("leaning")

    def split(self, words: Words) -> tuple[Part, ...]:
        """Split a message into the questions in it, in their order, at most three.

        Sentences that ask are kept, each with the sentence told before it, or behind it where none is; a message in
        which nothing asks stays whole.
        """
        sentences = sentences_of(words)
        asked = [at for at, one in enumerate(sentences) if self.asks(one) and not self._only_checks(sentences, at)]
        parts = [part for at in asked for part in self._parts(sentences, at)] or self._framed(sentences)
        if not parts or len(parts) > MOST_ASKED:
            return (Part(words),) if words else ()
        return tuple(parts[:MOST_PARTS])

    def _framed(self, sentences: Sequence[Words]) -> list[Part]:
        """Several questions in a sentence that doesn't ask by itself: "tell me who he was and where it happened"."""
        framed = [sentence for sentence in sentences if self._is_framed(sentence)]
        clauses = self.clauses(framed[-1]) if framed else []
        return [*map(Part, clauses)] if len(clauses) > 1 else []

    def _is_framed(self, sentence: Words) -> bool:
        """Whether a question stands in a sentence behind what asks for an answer: "I'd like to know how old she was"."""
        asks = False
        for word in sentence:
            if asks and word.text in self._openly:
                return True
            asks = word.text in self._asking_for or (asks and word.text in self._leading_up)
        return False

    def _only_checks(self, sentences: Sequence[Words], at: int) -> bool:
        """Whether a sentence states something that it wants confirmed before another asks: "there was a driver, yes? what did he do"."""
        *told, last = sentences[at]
        unmarked = (*told, last._replace(mark=""))
        return last.text in self._checks and not self.asks(unmarked) and any(map(self.asks, sentences[at + 1 :]))

    def _parts(self, sentences: Sequence[Words], at: int) -> list[Part]:
        """The questions of one sentence; the story belongs to the first of them, and the others lean on that one."""
        story = self._story(sentences, at)
        if story and self._empty.issuperset(word.text for word in sentences[at]):
            return [Part((*story, *sentences[at]))]
        first, *others = self.clauses(sentences[at])
        if others and self._only_describes(first):
            story, first, *others = (*story, *first)[-MOST_STORY:], *others
        return [Part(first, story), *map(Part, others)]

    def _story(self, sentences: Sequence[Words], at: int) -> Words:
        """What is told before a question, or behind it where nothing is, up to the question before it; the last words of it."""
        told: list[Words] = []
        for before in reversed(range(at)):
            if self.asks(sentences[before]) and not self._only_checks(sentences, before):
                break
            told.insert(0, sentences[before])
        behind = [sentence for sentence in sentences[at + 1 : at + 2] if not self.asks(sentence)]
        words = tuple(word for sentence in told or behind for word in sentence)
        return words[-MOST_STORY:]

    def asks(self, sentence: Words) -> bool:
        """Tell whether a sentence asks: by its question mark, or by the word that it begins with."""
        if sentence and sentence[-1].mark == ASK:
            return True
        after = self.unfilled(sentence)[:2]
        first, second = [*(word.text for word in after), "", ""][:2]
        if first in self._asking:
            return (first, second) not in {("when", "i"), ("have", "been"), ("what", "gets")}
        return second in self._openly and first not in self._subjects

    def untagged(self, words: Words) -> Words:
        """Return the words without the tag that makes a question of them: "did he?" at the end, or between two pauses."""
        for length in (2, 3):
            start = len(words) - length
            if start > 0 and words[start - 1].mark not in {STOP, ASK} and self._is_tag(words[start:]):
                return words[:start]
        for length in (2, 3) if words and words[0].text not in self._auxiliaries else ():
            for at in range(2, len(words) - length):
                if self._is_tag(words[at : at + length]) and self._is_apart(words, at, length):
                    return (*words[:at], *words[at + length :])
        return words

    @staticmethod
    def _is_apart(words: Words, at: int, length: int) -> bool:
        """Whether a tag inside a sentence stands between pauses, or denies: "she was 20 wasn't she the lady I mean"."""
        paused = words[at - 1].mark == COMMA and words[at + length - 1].mark == COMMA
        return words[at - 1].mark not in {STOP, ASK} and (paused or words[at + 1].text == "not")

    def unfilled(self, words: Words) -> Words:
        """Return the words without those at their beginning that say nothing: "so", "ok then"."""
        start = next((at for at, word in enumerate(words) if word.text not in self._fillers), len(words))
        return words[start:]

    def is_filler(self, words: Words) -> bool:
        """Tell whether words say nothing: "so", "ok then", or none at all."""
        return self._fillers.issuperset(word.text for word in words)

    def question_in(self, words: Words) -> Words:
        """Return the sentences of a message that ask something, nothing where none does."""
        return tuple(word for sentence in sentences_of(words) if self.asks(sentence) for word in sentence)

    def told_beside(self, words: Words) -> Words:
        """Return what a message tells, without a question that a word joins to it: "he's got a knife also who was that".

        Nothing where no question is joined so.
        """
        for at in range(1, len(words)):
            after = self._after_join(words, at) if words[at].text in self._joining else None
            if after is not None and not self._is_tag(words[after:]):
                return self.told_in(words[:at])
        return ()

    def told_in(self, words: Words) -> Words:
        """Return the sentences of a message that ask nothing."""
        return tuple(word for sentence in sentences_of(words) if not self.asks(sentence) for word in sentence)

    def pieces(self, words: Words) -> tuple[Part, ...]:
        """Return the pieces of a rambling message that may be its question, each with what was told just before it.

        They are what follows a question word, to the end of its sentence; the last ones first, for people ask after
        they have told. None where nothing asks.
        """
        found: list[Part] = []
        done = 0
        for sentence in sentences_of(words):
            starts = (at for at in range(len(sentence)) if self._opens(sentence, at))
            found.extend(Part(sentence[at:], words[max(0, done + at - MOST_TOLD) : done + at]) for at in starts)
            done += len(sentence)
        return tuple(reversed(found))[:MOST_PIECES]

    def _opens(self, sentence: Words, at: int) -> bool:
        """Tell whether a question may begin inside a sentence: "did she", but not "it was nine"."""
        if at == 0:
            return self.asks(sentence)
        word, before = sentence[at].text, sentence[at - 1].text
        following = sentence[at + 1].text if at + 1 < len(sentence) else ""
        return word in self._openly or (
            word in self._auxiliaries and following in self._subjects and before not in self._openly
        )

    def clauses(self, sentence: Words) -> list[Words]:
        """Return the questions that are joined in one sentence: "who was he and when did it happen, and where?"."""
        rest, tails = self._without_tails(self._asked_first(sentence))
        setting, rest = self._without_setting(rest)
        parts = self._about_both(rest) or self._joined(rest)
        parts[0] = (*setting, *parts[0])
        for tail in tails:
            parts.append((*tail, *self._unasked(parts[-1])))
        return parts

    def _asked_first(self, sentence: Words) -> Words:
        """A sentence with what it asks before what says of when it asks that: "when they divorced, did the abuse stop?"."""
        comma = next((at for at, word in enumerate(sentence[:-1], 1) if word.mark == COMMA), 0)
        clause, rest = sentence[:comma], sentence[comma:]
        begins = len(clause) >= len(("when", "he", "died")) and clause[0].text in self._clause
        if not begins or clause[1].text in self._asking or rest[0].text not in self._asking:
            return sentence
        return (*rest[:-1], rest[-1]._replace(mark=""), *clause[:-1], clause[-1]._replace(mark=rest[-1].mark))

    def _without_tails(self, sentence: Words) -> tuple[Words, list[Words]]:
        """The sentence without bare question words at its end, "... and when and where?", and these in their order."""
        tails: list[Words] = []
        while True:
            start = self._tail(sentence) if len(tails) <= MOST_ASKED else None
            if start is None:
                return sentence, tails
            tails.insert(0, tuple(word for word in sentence[start:] if word.text not in self._joining))
            sentence = sentence[:start]

    def _tail(self, sentence: Words) -> int | None:
        """Where a joined bare question word begins at the end of a sentence, if one does and something stands before."""
        for length in (2, 3, 4):
            start = len(sentence) - length
            tail = [word.text for word in sentence[start:]] if start > 0 else []
            if tail and tail[0] in self._joining:
                asking = tail[2:] if len(tail) > 2 and tail[1] in self._before else tail[1:]  # noqa: PLR2004
                if " ".join(asking) in self._tails:
                    return start
        return None

    def _without_setting(self, sentence: Words) -> tuple[Words, Words]:
        """What a sentence begins with that asks nothing by itself, "according to LBC, what time was it?", and the rest."""
        taken = 0
        while taken < len(sentence) and sentence[taken].text in self._setting:
            comma = next((at for at in range(taken, len(sentence) - 1) if sentence[at].mark == COMMA), None)
            if comma is None or self.asks(sentence[taken : comma + 1]):
                break
            taken = comma + 1
        return sentence[:taken], sentence[taken:]

    @staticmethod
    def _about_both(sentence: Words) -> list[Words]:
        """One thing asked about two: "what did he say about his mother and about the police?"."""
        said = [word.text for word in sentence]
        both = next((at for at in range(1, len(said) - 2) if said[at : at + 2] == ["and", "about"]), None)
        if both is None or "about" not in said[:both]:
            return []
        about = both - said[:both][::-1].index("about")
        return [sentence[:both], (*sentence[:about], *sentence[both + 2 :])] if about < both else []

    def _joined(self, sentence: Words) -> list[Words]:
        """The sentence cut where a joining word or sign stands before a question word; a tag, "did he?", is no cut."""
        cuts = [(0, 0)]
        at = 1
        while at < len(sentence):
            after = self._after_join(sentence, at)
            if after is not None and not self._is_tag(sentence[after:]):
                cuts.append((at, after))
                at = after
            at += 1
        ends = [start for start, _ in cuts[1:]] + [len(sentence)]
        parts = [sentence[after:end] for (_, after), end in zip(cuts, ends, strict=True) if sentence[after:end]]
        if len(parts) > MOST_ASKED:
            return parts
        return [
            (*part, *self._unasked(parts[nth])) if len(part) == 1 and part[0].text in self._asking and nth < len(parts)
            else part
            for nth, part in enumerate(parts, 1)
        ] or [sentence]  # fmt: skip

    def _after_join(self, sentence: Words, at: int) -> int | None:
        """Where a question begins behind a join at this place, if one does."""
        if at > 1 and {sentence[at - 1].text, sentence[at].text} <= self._joining:
            return None  # what follows these was looked at from the first of them
        after = at
        while after < len(sentence) and sentence[after].text in self._joining:
            after += 1
        if after == at and (sentence[at - 1].mark not in {COMMA, AND} or self._only_names(sentence[:at])):
            return None
        asks = after
        while asks < min(after + 2, len(sentence)) and sentence[asks].text in self._before:
            asks += 1
        return after if asks < len(sentence) and sentence[asks].text in self._asking else None

    def _only_names(self, before: Words) -> bool:
        """Whether what stands before a pause only says whom or what a question is about: "Ann, was she there?"."""
        return len(before) <= NAME_WORDS and before[-1].mark == COMMA and not self.asks(before)

    def _only_describes(self, clause: Words) -> bool:
        """Whether a clause only says of whom or what the next one asks: "that man in the van, was he charged?"."""
        begins = clause[0].text in self._articles
        return begins and len(clause) <= DESCRIBING_WORDS and clause[-1].mark == COMMA and not self.asks(clause)

    def _is_tag(self, rest: Words) -> bool:
        """Whether words are a tag, which asks nothing new: "did he?", "was she not?", "is it?"."""
        said = [word.text for word in rest if word.text != "not"]
        return len(said) == 2 and said[0] in self._auxiliaries and said[1] in self._tagged  # noqa: PLR2004

    def _unasked(self, clause: Words) -> Words:
        """A question without the word that asks, so that another can stand in its place: "who killed her", "when"."""
        asking = next((at for at, word in enumerate(clause) if word.text in self._openly), -1)
        return clause[asking + 1 :]


def sentences_of(words: Words) -> list[Words]:
    """Return the sentences of a message, each with the sign that ends it on its last word."""
    found: list[Words] = []
    start = 0
    for at, word in enumerate(words, 1):
        if word.mark in {STOP, ASK} or at == len(words):
            found.append(words[start:at])
            start = at
    return found
