"""Which ways to say claims are alike to whoever reads a question for them: of many, one needs to be asked.

The claims of a case say tens of thousands of phrases, in words that are mostly told apart by nothing but the lists of
the English layer in which they stand.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from functools import lru_cache

from knowledge.case.model import Case, Claim, Fact
from knowledge.language.assertion import UNTIL, AssertionReader
from knowledge.language.english import Language

APART = ("light", "glue", "auxiliary", "negation", "numbers", "tens", "decades", "stages")
"""Lists of `polar` of which each word says something of its own,"""
APART_OF_DAYS = ("months", "weekdays")
"""and those of `dates`."""
BEHIND_FIGURES = ("to-figure", "for-figure")
"""Lists of `polar` that are looked at only behind a figure: "out 4 him"."""
DOING = "ing"
"""The ending of what somebody does, whatever stands before it"""


class Alike:
    """Knows the ways to say the claims of a case by their kinds."""

    def __init__(self, case: Case, language: Language, reader: AssertionReader) -> None:
        self._case = case
        self._language = language
        self._units = reader.every_unit
        self._lists: dict[str, set[str]] = {}
        self._together: dict[str, list[frozenset[str]]] = {}
        for name, text in _listed(case, language):
            words = frozenset(text.split())
            if len(words) > 1:
                self._together.setdefault(min(words), []).append(words)
            else:
                self._lists.setdefault(text, set()).add(name)
        self._counting: dict[str, set[str]] = {}
        for word, lists in self._lists.items():
            for unit in self._units(word):
                self._counting.setdefault(unit, set()).update(lists)
        self._numbers: dict[Hashable, int] = {}
        self._of_word, self._of_who = (lru_cache(maxsize=None)(find) for find in (self._word, self._who))

    def kinds(self, fact: Fact, claim: Claim) -> Iterator[tuple[str, Hashable]]:
        """Yield each way to say a claim with what is the same for those that are met where it is, None for one like no other.

        That is one that holds a figure, a saying, or what somebody is called.
        """
        told = (claim.many is None, claim.age is None, claim.when is None, bool(claim.only), claim.who in fact.speakers)
        frame = self._number((claim.verb, *told, *map(self._of_who, (claim.who, *claim.whom[:1]))))
        for what in claim.what or ("",):
            words = what.split()
            yield what, None if self._is_saying(words) else (frame, *map(self._of_word, words))

    def _is_saying(self, words: list[str]) -> bool:
        """Whether some of the words mean together what none does alone."""
        some = [whole for word in words if word in self._together for whole in self._together[word]]
        return any(whole.issubset(words) for whole in some) or any(map(str.isdecimal, words))

    def _word(self, word: str) -> int:
        """The number of what is the same for words that stand in the same lists, or count as words that do."""
        is_itself = word in self._case.entities or self._language.is_short(word) or not word.isalpha()
        counting = frozenset(name for unit in self._units(word) for name in self._counting.get(unit, ()))
        lists = frozenset(self._lists.get(word, ()))
        return self._number((word if is_itself else "", lists, counting, word.endswith(DOING)))

    def _who(self, who: str) -> int:
        """The number of the kind of somebody who is found by name, of anybody else, or a thing, as it stands."""
        entity = self._case.entities.get(who)
        words = self._language.wording(entity.name) if entity else ()
        is_found = [*self._language.mentions(words)] == [(who, 0, len(words))]
        return self._number((entity.kind, entity.pronouns) if entity and is_found else who)

    def _number(self, kind: Hashable) -> int:
        return self._numbers.setdefault(kind, len(self._numbers))


def _listed(case: Case, language: Language) -> Iterator[tuple[str, str]]:
    """Yield what is looked for in a question, with its list; what says something of its own is a list by itself."""
    english = case.english
    polar = {name: texts for name, texts in english.polar.items() if name not in BEHIND_FIGURES}
    yield from ((name, text) for name, texts in polar.items() for text in texts)
    yield from (("event", word) for text in case.event for word in text.split())
    yield from ((owner, word) for thing, owner in case.things.items() for word in thing.split())
    yield from ((text, text) for text in (*english.sayings, *map(" ".join, language.aliases)))
    apart: list[Iterable[str]] = [english.polar.get(name, ()) for name in APART]
    apart += [english.dates.get(name, ()) for name in APART_OF_DAYS]
    apart += [english.words("asking"), UNTIL]
    apart += [entity.pronouns for entity in case.entities.values()]
    yield from ((word, word) for texts in apart for text in texts for word in text.split())
