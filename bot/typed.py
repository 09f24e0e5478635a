"""What is typed in place of a tap: the label of a choice, a word that stands for it, or its number in the last list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from bot import compose
from bot.antecedents import COUNTING
from bot.pages import PAGES
from knowledge.model import Case, Status
from knowledge.text import tokenise

SUPPORT_PAGES = {"helplines": "care.show_all", "topics": "care.back"}
"""The pages that a support reply offers, with the sentences that are their labels."""

PLEA = "help"
"""The page whose name is a cry unless it stands alone: "please help", "send help"."""

POLITE = "please pls plz thanks thank you ta cheers"
BEHIND = frozenset(POLITE.split())
"""What people write after a label or a number that they take up."""
TAKING_UP = "hi hello hey ok okay yes yeah send show type press tap click choose pick copy call ring phone text dial"
BEFORE = frozenset(("please", "pls", "plz", *TAKING_UP.split()))
"""What they write before one."""
MOST_AROUND = 4
"""How many such words are looked at on either side."""

CARDINALS = "one two three four five six seven eight nine ten"
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
TEENS = "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
TEENTHS = "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
COUNTS = (f"{CARDINALS} {TEENS}".split(), f"{ORDINALS} {TEENTHS}".split())
VALUES = {word: value for words in COUNTS for value, word in enumerate(words, 1)}
VALUES |= {"a": 1, "b": 2, "c": 3, "former": 1, "latter": 2}
LAST = "last"
WANTING = "i want|i will take|i would like|i had like|can i have|could i have|give me|lets do|let us do|go for|show me|tell me"
_AHEAD = re.compile(rf"^(?:(?:{WANTING}|{'|'.join(sorted(BEFORE))}) )+")
_NUMBER = re.compile(
    rf"(?:(?:the )?(?:number|option|choice|question|no|nr|num|n) )?(\d{{1,2}})"
    rf"|(?:(?:the )?(?:number|option|choice|question) )?({'|'.join(COUNTS[0])})"
    rf"|(?:the )?({'|'.join(COUNTS[1])}|\d{{1,2}}(?=st|nd|rd|th)|{LAST})(?:st|nd|rd|th)?(?: (?:one|option|choice|question))?"
    rf"|(?:the )?(former|latter)|([abc])"
)


def readings(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of a message, then with ever less of the number and politeness that stand around a label.

    >>> list(readings("4. Scotland, please"))
    [('4', 'scotland', 'please'), ('4', 'scotland'), ('scotland', 'please'), ('scotland',)]
    """
    words = tokenise(text)
    before = sum(1 for _ in takewhile(lambda word: word in BEFORE or word.isdigit(), words[:MOST_AROUND]))
    behind = sum(1 for _ in takewhile(BEHIND.__contains__, words[: -MOST_AROUND - 1 : -1]))
    for start in range(before + 1):
        for end in range(len(words), len(words) - behind - 1, -1):
            if start < end:
                yield words[start:end]


def number_in(text: str, last: int) -> int:
    """Return the number, from 1, that a message consists of but for politeness, 0 where it is none. `last` is the last one.

    >>> number_in("no. 4 please", 7), number_in("the fourth", 7), number_in("The last one", 7), number_in("24 January", 7)
    (4, 4, 7, 0)
    """
    words = list(tokenise(text))
    while words and words[-1] in BEHIND:
        words.pop()
    found = _NUMBER.fullmatch(_AHEAD.sub("", " ".join(words)))
    if found is None:
        return 0
    word = next(filter(None, found.groups()))
    return last if word == LAST else VALUES.get(word) or int(word)


class Typed:
    """Knows every label and word that a face shows, and what choice it stands for. Holds nothing of any conversation."""

    def __init__(self, case: Case) -> None:
        self._ids: dict[tuple[str, ...], str] = {}
        for text, id_ in _labels(case):
            self._ids.setdefault(tokenise(text), id_)
        self._numbers = dict(_numbers(case))
        self._longest = len(case.care.needs)

    def chosen(self, text: str, offered: Sequence[str]) -> str:
        """Return the id of the choice that a message takes up, by its words or by its number among those offered."""
        if text.strip(" /.?!").lower() == PLEA:
            return f"page:{PLEA}"
        for words in readings(text):
            id_ = self._ids.get(words) or self._numbers.get("".join(words))
            if id_:
                return id_
        number = number_in(text, len(offered))
        return offered[number - 1] if 0 < number <= len(offered) else ""

    def is_beyond(self, text: str, offered: Sequence[str]) -> bool:
        """Tell whether a message is a number that no choice of the last list has, and that means nothing else."""
        number = number_in(text, len(offered))
        return len(offered) < number <= self._longest and not COUNTING.issuperset(tokenise(text))


def _labels(case: Case) -> Iterator[tuple[str, str]]:
    """What may be typed, and the choice it stands for; of two alike the first counts."""
    yield from ((name, f"page:{name}") for name in PAGES if name != PLEA)
    yield from ((case.voice.say(key), f"page:{name}") for name, key in SUPPORT_PAGES.items())
    for need in case.care.needs.values():
        yield from ((text, f"need:{need.id}") for text in (need.label, *need.words))
    for card in case.helplines.values():
        yield from ((text, f"contact:{card.id}") for text in (card.short, card.name, *card.also))
    known = [fact for fact in case.facts.values() if fact.status is not Status.UNREPORTED]
    yield from ((choice.label, choice.id) for choice in map(compose.suggestion, known))
    yield from ((fact.title, f"fact:{fact.id}") for fact in known)


def _numbers(case: Case) -> Iterator[tuple[str, str]]:
    """The telephone numbers as they may be typed, in digits only."""
    for card in case.helplines.values():
        for number in filter(None, (card.phone, card.international)):
            yield "".join(filter(str.isdigit, number)), f"contact:{card.id}"
