"""What is typed in place of a tap: the label of a choice, a word that stands for it, or its number in the last list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot import compose
from bot.antecedents import COUNTING
from bot.pages import PAGES
from bot.picking import MOST_AROUND, Picking
from knowledge.case.model import Case, Status
from knowledge.language.text import tokenise

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
        self._longest = len(case.care.needs)
        self._most = max(map(len, self._ids)) + 2 * MOST_AROUND

    def chosen(self, words: tuple[str, ...], offered: Sequence[str]) -> str:
        """Return the id of the choice that a message takes up, by its words or by its number among those offered."""
        if words == (PLEA,):
            return f"page:{PLEA}"
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
