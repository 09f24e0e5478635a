"""What a question that wants yes or no says, in a form in which two of them can be compared word for word."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import NamedTuple

from knowledge.case.model import Case
from knowledge.language.english import Language
from knowledge.language.questions import Splitter, Words
from knowledge.language.reading import as_read
from knowledge.language.text import COMMA, Phrases

NAMED, MEANT = "@", "?"
"""What an entity's id and a pronoun begin with among the terms; he, him and his are all "?he"."""
TENSES = ("past", "perfect", "present")
ITS = frozenset(("it", "its"))
ENDINGS = (("ied", "y"), ("ies", "y"), ("ed", ""), ("s", ""))
"""Endings that make no other word of one ("stabbed", but not "stabber"), and what stands in their place."""
THE = "the"
OWN = "own"
NAME = 4
"""The most words of a name before its last one."""
ROOT = 2
"""The least letters that an ending leaves."""


class Term(NamedTuple):
    """One thing said. `unit` is an entity's id or a pronoun, marked as such, or what a word counts as; `words` were written.

    `is_somebody` says whether it can do something, or have it done to them: a person, an organisation, a pronoun.
    """

    unit: str
    words: tuple[str, ...]
    is_somebody: bool = False


class Sense(NamedTuple):
    """What a question says.

    `terms` are, in their order, the entities named, pronouns, numbers, and the other words that carry meaning, without
    their endings. `be` tells whether a form of "be" makes it ("was he stabbed" is not "did he stab"), `tense` the time
    of its first verb, empty where it has none. `owners` are the pronouns within names ("her ex"); `it` tells whether
    something is called so.
    """

    terms: tuple[str, ...]
    be: bool
    tense: str
    owners: tuple[str, ...]
    it: bool


class Senses:
    """Reads what questions say, with a case's names and its English layer."""

    def __init__(self, case: Case, language: Language, splitter: Splitter) -> None:
        self._language = language
        self._splitter = splitter
        polar = case.english.polar
        self._glue, self._beside, self._joints, self._be, auxiliary = (
            frozenset(polar.get(part, ())) for part in ("glue", "beside_be", "joints", "be", "auxiliary")
        )
        self._verbs = self._be | auxiliary
        self._tenses = {word: tense for tense in TENSES for word in polar.get(tense, ())}
        self._tails = frozenset(map(language.wording, polar.get("tails", ())))
        self._heads = language.phrases(polar.get("heads", ()))
        self._long_tails = Phrases(tail for tail in self._tails if len(tail) > 1)
        self._ones, self._tens = (
            {word: scale * count for count, word in enumerate(polar.get(part, ()))}
            for part, scale in (("numbers", 1), ("tens", 10))
        )
        people = [entity for entity in case.entities.values() if entity.kind == "person"]
        self.forms = {form: MEANT + entity.pronouns[0] for entity in people for form in entity.pronouns}

    def wording(self, text: str) -> Sense:
        """Read what one of the case's own wordings says."""
        return self.read(self.unframed(as_read(text, self._language)))

    def read(self, unframed: tuple[str, ...]) -> Sense:
        """Read what a question, or a statement, says, given without what stands around it."""
        words = self.unowned(unframed)
        mentions = list(self._language.mentions(words))
        items = self.counted(_named(words, mentions))
        told = [item for at, item in enumerate(items) if not self._is_empty(items, at)]
        terms = [item for item in told if item not in self._joints]
        if all(term[0] in NAMED + MEANT for term in map(self._term, terms)):
            terms = told
        return Sense(
            terms=tuple(map(self._term, terms)),
            be=not self._be.isdisjoint(items),
            tense=next((self._tenses[item] for item in items if item in self._tenses), ""),
            owners=tuple(self.forms[words[start]] for _, start, _ in mentions if words[start] in self.forms),
            it=not ITS.isdisjoint(items),
        )

    def unframed(self, said: Words) -> tuple[str, ...]:
        """The words as written, without what stands around the question and asks nothing: "so", "is it true", "right"."""
        said = self._splitter.untagged(said)
        comma = max((at for at, word in enumerate(said[:-1], 1) if word.mark == COMMA), default=0)
        if comma and _written(said[comma:]) in self._tails:
            said = said[:comma]
        words = _written(self._splitter.unfilled(said))
        return words[self._heads.opening(words) : len(words) - self._long_tails.closing(words)]

    def unowned(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words with each name but for the ending that says whose something is; what names somebody as it stands stays.

        Nor does "own" say anything: "her own son".
        """
        owners = ("", *words)
        words = tuple(
            word
            for owner, word in zip(owners, words, strict=False)
            if word != OWN or not (owner in self.forms or owner.endswith("s"))
        )
        words = self._longest_named(words)
        names = self._language.aliases
        if not any(word[-1] == "s" and (word[:-1],) in names for word in words):
            return words
        within = {at for _, start, end in self._language.mentions(words) for at in range(start, end)}
        return tuple(
            word[:-1] if word[-1] == "s" and at not in within and self._is_name(words, at, names) else word
            for at, word in enumerate(words)
        )

    def _longest_named(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words without an article that hides a longer name behind it: "ex husband" in "the ex husband" is no "the ex"."""
        names = self._language.aliases
        hiding = {
            start
            for _, start, end in self._language.mentions(words)
            if words[start] == THE and any(words[start + 1 : last] in names for last in range(end + 1, len(words) + 1))
        }
        return tuple(word for at, word in enumerate(words) if at not in hiding)

    @staticmethod
    def _is_name(words: tuple[str, ...], at: int, names: Container[tuple[str, ...]]) -> bool:
        """Whether the word at a place, without its last letter, ends what names somebody."""
        return any((*words[start:at], words[at][:-1]) in names for start in range(max(0, at - NAME), at + 1))

    def counted(self, items: Sequence[str]) -> list[str]:
        """The items with each number as one, in figures: "forty", "one" is 41."""
        found: list[str] = []
        before = ""
        for item in items:
            if before in self._tens and self._ones.get(item, 0) in range(1, 10):
                found[-1] = str(self._tens[before] + self._ones[item])
            elif item in self._tens:
                found.append(str(self._tens[item]))
            else:
                found.append(str(self._ones[item]) if self._ones.get(item, 1) != 1 else item)
            before = item
        return found

    def _is_empty(self, items: Sequence[str], at: int) -> bool:
        """Whether an item carries no meaning: glue, a verb that only helps, "there" beside a form of "be"."""
        item = items[at]
        if item in self._glue or item in self._verbs:
            return True
        beside = (*items[max(at - 1, 0) : at], *items[at + 1 : at + 2]) if item in self._beside else ()
        return not self._be.isdisjoint(beside)

    def _term(self, item: str) -> str:
        return self.forms.get(item) or (item if item[0] == NAMED else root(item))


def root(word: str) -> str:
    """Return a word without an ending that only tells when or how many; no other form of it has the same root."""
    if word[0].isdigit():
        return word  # "in her 40s" isn't 40
    for ending, instead in ENDINGS:
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= ROOT:
            word = word.removesuffix(ending) + instead
            break
    word = word.removesuffix("e") if len(word) > ROOT else word
    return word[:-1] if len(word) > ROOT and word[-1] == word[-2] and word.isalpha() else word


def _named(words: Sequence[str], mentions: Sequence[tuple[str, int, int]]) -> list[str]:
    """The words with entities in place of those that name them."""
    found: list[str] = []
    at = 0
    for entity, start, end in mentions:
        found += [*words[at:start], NAMED + entity]
        at = end
    return [*found, *words[at:]]


def _written(words: Words) -> tuple[str, ...]:
    return tuple(part for word in words for part in word.written.split())
