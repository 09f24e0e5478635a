"""What is typed in place of a tap: the label of a choice, a word for it, or its number in the last list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from bot import compose, differences, themes
from bot.antecedents import COUNTING
from bot.pages import PAGES
from knowledge.case.general import English
from knowledge.case.model import Case
from knowledge.language.text import Phrases, tokenise

MOST_AROUND = 4
"""How many words of politeness are looked at on either side of a label."""
LONGEST = 12
"""The most words of a message that does nothing but choose a number: "ok yes please can i have the last one"."""
NOBODY = ("no", "one")
"""What begins as "no 1" does and is no number."""
DIGITS = 2
"""Digits of the longest number that a list is counted with."""


class Picking:
    """Reads what is picked, with the lists of the English layer."""

    def __init__(self, english: English) -> None:
        self._behind, self._ahead = english.words("polite-behind"), english.words("polite-ahead")
        self._wanting = Phrases.of(english.lists["wanting"])
        self._heads, self._tails = english.words("number-heads"), english.words("number-tails")
        self._cardinals = {word: value for value, word in enumerate(english.lists["cardinals"], 1)}
        self._ordinals = {word: value for value, word in enumerate(english.lists["ordinals"], 1)}
        self._letters = {word: value for value, word in enumerate(english.lists["letters"], 1)}
        self._pair = {word: value for value, word in enumerate(english.lists["of-two"], 1)}
        self._last = english.words("last")
        turning = (("earlier", -1), ("later", 1))
        self._turns = {tuple(text.split()): step for name, step in turning for text in english.lists[name]}
        self._turning = frozenset().union(*self._turns)

    def readings(self, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Yield the words of a message, then with ever less of the number and politeness that stand around a label."""
        ahead = takewhile(lambda word: word in self._ahead or word.isdigit(), words[:MOST_AROUND])
        behind = takewhile((self._behind | self._tails).__contains__, words[: -MOST_AROUND - 1 : -1])
        before, after = sum(1 for _ in ahead), sum(1 for _ in behind)
        for start in range(before + 1):
            for end in range(len(words), len(words) - after - 1, -1):
                if start < end:
                    yield words[start:end]

    def turned(self, words: tuple[str, ...]) -> int:
        """Return -1 for words that turn a list back, 1 for those that turn it on, 0 for all others."""
        if self._turning.isdisjoint(words):
            return 0
        return next((self._turns[some] for some in self.readings(words) if some in self._turns), 0)

    def number_in(self, words: tuple[str, ...], last: int) -> int:
        """Return the number, from 1, that a message consists of but for politeness, 0 where it is none.

        `last` is what "the last one" means.
        """
        if len(words) > LONGEST:
            return 0
        while words and words[-1] in self._behind:
            words = words[:-1]
        words = self._without_ahead(words)
        the = words[:1] == ("the",)
        rest = words[1:] if the else words
        if len(rest) > 1 and rest[0] in self._heads and rest != NOBODY:
            return self._counted(rest[1:])
        if len(rest) > 1 and rest[-1] in self._tails:
            rest, the = rest[:-1], True
        if not the and (found := self._counted(rest)):
            return found
        return self._ordered(rest, last)

    def _without_ahead(self, words: tuple[str, ...]) -> tuple[str, ...]:
        while words:
            ahead = self._wanting.opening(words) or int(words[0] in self._ahead)
            if not ahead:
                break
            words = words[ahead:]
        return words

    def _counted(self, words: Sequence[str]) -> int:
        """A number in figures, in words, or a letter that stands for one."""
        if len(words) != 1:
            return 0
        (word,) = words
        if word.isdecimal() and len(word) <= DIGITS:
            return int(word)
        return self._cardinals.get(word) or self._letters.get(word, 0)

    def _ordered(self, words: Sequence[str], last: int) -> int:
        """A place in a row: "third", "3rd", "latter", "last"."""
        if len(words) != 1:
            return 0
        (word,) = words
        if word in self._last:
            return last
        figures = word[:-2] if word[-2:] in {"st", "nd", "rd", "th"} else ""
        if figures.isdecimal() and len(figures) <= DIGITS:
            return int(figures)
        return self._ordinals.get(word) or self._pair.get(word, 0)


SUPPORT_PAGES = {"helplines": "care.show_all", "topics": "care.back"}
"""The pages that a support reply offers, with the sentences that are their labels."""

PLEA = "help"
"""The page whose name is a cry unless it stands alone: "please help", "send help"."""


class Typed:
    """Knows every label and word that a face shows, and what choice it stands for. Holds nothing of any conversation."""

    def __init__(self, case: Case) -> None:
        self._ids: dict[tuple[str, ...], str] = {}
        for text, id_ in _labels(case):
            self._ids.setdefault(tokenise(text), id_)
        self._numbers = dict(_numbers(case))
        self._picking = Picking(case.english)
        self._turns = {**themes.turns(case), **differences.turns(case)}
        self._longest = len(case.care.needs)
        self._most = max(map(len, self._ids)) + 2 * MOST_AROUND

    def chosen(self, words: tuple[str, ...], offered: Sequence[str]) -> str:
        """Return the id of the choice that a message takes up, by its words or by its number among those offered.

        While a page of several is the last list shown, "later", "more" or "back" turn it.
        """
        if words == (PLEA,):
            return f"page:{PLEA}"
        step = self._picking.turned(words)
        turned = self._turns.get(tuple(offered), ("", ""))[step > 0] if step else ""
        if turned:
            return turned
        for some in self._picking.readings(words) if len(words) <= self._most else ():
            id_ = self._ids.get(some) or self._numbers.get("".join(some))
            if id_:
                return id_
        number = self._picking.number_in(words, len(offered))
        return offered[number - 1] if 0 < number <= len(offered) else ""

    def is_beyond(self, words: tuple[str, ...], offered: Sequence[str]) -> bool:
        """Tell whether a message is a number that no choice of the last list has, and that means nothing else."""
        number = self._picking.number_in(words, len(offered))
        return len(offered) < number <= self._longest and not COUNTING.issuperset(words)


def _labels(case: Case) -> Iterator[tuple[str, str]]:
    """What may be typed, and the choice it stands for; of two alike the first counts."""
    yield from ((name, f"page:{name}") for name in PAGES if name != PLEA)
    yield from ((case.voice.say(key), f"page:{name}") for name, key in SUPPORT_PAGES.items())
    yield case.voice.say("page.all_topics"), "page:topics"
    for need in case.care.needs.values():
        yield from ((text, f"need:{need.id}") for text in (need.label, *need.words))
    for card in case.helplines.values():
        yield from ((text, f"contact:{card.id}") for text in (card.short, card.name, *card.also))
    known = [fact for fact in case.facts.values() if fact.is_offered]
    yield from ((choice.label, choice.id) for choice in map(compose.suggestion, known))
    yield from themes.titles(case)
    yield from ((fact.title, f"fact:{fact.id}") for fact in known)


def _numbers(case: Case) -> Iterator[tuple[str, str]]:
    """The telephone numbers as they may be typed, in digits only."""
    for card in case.helplines.values():
        for number in filter(None, (card.phone, card.international)):
            yield "".join(filter(str.isdigit, number)), f"contact:{card.id}"
