"""The English layer with a case's names: what words count as, whom and what they name, and what they ask for.

One wording and one question are taken alike, so that learning and asking can never drift apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import snowballstemmer

from knowledge.case.general import English
from knowledge.case.model import Case
from knowledge.language.text import Phrases, tokenise

ENTITY = "@"
"""What an entity's id begins with among the words; no word that anybody types holds it."""
NUMBER_DIGITS = 9
"""Digits of the longest number that a question is taken to mention."""


class Terms(NamedTuple):
    """What is counted of a text.

    `atoms`: its distinct words, concepts and entities. `units`: the sequence whose pairs are counted, where a concept
    or an entity stands in the place of its words, and each word counts as the head of its group.
    """

    atoms: tuple[str, ...]
    units: tuple[str, ...]


class Question(NamedTuple):
    """What a run of words asks. `entities` are named in it; `wants` are the kinds of answer that its wording asks for.

    `polar` says that it wants yes or no; `numbers` are those that it mentions.
    """

    entities: tuple[str, ...]
    wants: frozenset[str]
    polar: bool
    numbers: tuple[int, ...]


class Language:
    """Reads with the English layer and a case's names. `stem` and `unit` say what a word counts as."""

    def __init__(
        self, english: English, aliases: Mapping[tuple[str, ...], str], own: AbstractSet[str] = frozenset()
    ) -> None:
        """`own` are words that the case says itself."""
        self.english = english
        self.aliases = aliases
        self._expand = {word: tuple(text.split()) for word, text in english.expand.items()}
        self._spans = _spans(english.phrases, aliases)
        # By first word, or by the first two where there are more: few questions hold an opening at all.
        self._openings: dict[str | tuple[str, str], list[tuple[str, ...]]] = {}
        for span in sorted(self._spans, key=lambda span: (-len(span), span)):
            self._openings.setdefault(span[0] if len(span) == 1 else (span[0], span[1]), []).append(span)
        self._auxiliaries = english.words("auxiliaries")
        self._alias_lengths = _lengths(aliases)
        self._kinds = {tokenise(phrase): kind for kind, some in english.question.items() for phrase in some}
        self._kind_lengths = _lengths(self._kinds)
        self._stemmed: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord
        self._stems: dict[str, str] = {}
        self._known = english.known | own

    @classmethod
    def of(cls, case: Case) -> Language:
        """Return the language of a case, with the names of its entities."""
        said = {what for fact in case.facts.values() for claim in fact.claims for what in claim.what}
        return cls(case.english, aliases_of(case), set(" ".join(said).split()))

    @cached_property
    def layer(self) -> frozenset[str]:
        """Every word that the layer and the aliases bring to the vocabulary."""
        spanned = {word for span in self._spans for word in span}
        spanned.update(word for target in self._spans.values() for word in target if word[0] != ENTITY)
        expanded = {word for words in self._expand.values() for word in words}
        same = self.english.same
        return frozenset(spanned | expanded | set(self._expand) | set(same) | set(same.values()))

    def forms(self, word: str) -> tuple[str, str]:
        """Return a word's stem, and its unit. An entity is its own."""
        return word if word[0] == ENTITY else self.stem(word), self.unit(word)

    def unit(self, word: str) -> str:
        """Return what a word counts as: the stem of its group's head. An entity counts as itself."""
        return word if word[0] == ENTITY else self.stem(self.english.same.get(word, word))

    def stem(self, word: str) -> str:
        """Return the stem of a word. That of a word of the language or the case is kept, never one that somebody may have made up."""
        found = self._stems.get(word)
        if found is None:
            found = word if word[0].isdigit() else self._stemmed(word)  # nor are decades years
            if word in self._known:
                self._stems[word] = found
        return found

    def is_short(self, word: str) -> bool:
        """Tell whether a word is a short form of others."""
        return word in self._expand

    def written_out(self, word: str) -> tuple[str, ...]:
        """Return a short form as the words that it stands for, any other word as it is."""
        return self._expand.get(word, (word,))

    def wording(self, text: str) -> tuple[str, ...]:
        """Return the words of a curated text, every one right as it stands."""
        return tuple(part for word in tokenise(text) for part in self.written_out(word))

    def phrases(self, texts: Iterable[str]) -> Phrases:
        """Return curated texts as phrases to be looked for."""
        return Phrases(map(self.wording, texts))

    def terms(self, words: Sequence[str], unit: Callable[[str], str]) -> Terms:
        """Return what is counted of some words."""
        atoms = dict.fromkeys(words)
        openings = self._openings.keys()
        if openings.isdisjoint(atoms) and openings.isdisjoint(pairwise(words)):
            units = list(map(unit, words))
        else:
            units = self._spanned(words, atoms, unit)
        return Terms(tuple(atoms), tuple(units))

    def _spanned(self, words: Sequence[str], atoms: dict[str, None], unit: Callable[[str], str]) -> list[str]:
        """The units of words some of which stand for concepts or entities; those are added to the atoms."""
        units: list[str] = []
        at = 0
        while at < len(words):
            span = self._span(words, at)
            if span:
                found = self._spans[span]
                atoms.update(dict.fromkeys(found))
                # A first name and a surname that stand apart in the aliases still name one entity once.
                if found[0][0] != ENTITY or units[-1:] != [found[0]]:
                    units.extend(word if word[0] == ENTITY else unit(word) for word in found)
                at += len(span)
            else:
                units.append(unit(words[at]))
                at += 1
        return units

    def _span(self, words: Sequence[str], at: int) -> tuple[str, ...]:
        """The longest span that begins here, empty where none does."""
        opened = self._openings.get((words[at], words[at + 1]), ()) if at + 1 < len(words) else ()
        for span in opened:
            if tuple(words[at : at + len(span)]) == span:
                return span
        return (words[at],) if words[at] in self._openings else ()

    def question(self, words: Sequence[str]) -> Question:
        """Return what some words ask."""
        some = tuple(words)
        after = 1 if some[:1] in (("so",), ("and",)) else 0
        return Question(
            entities=self.entities(some),
            wants=self._wants(some),
            polar=bool(some[after:]) and some[after] in self._auxiliaries,
            numbers=tuple(int(word) for word in some if word.isdecimal() and len(word) <= NUMBER_DIGITS),
        )

    def entities(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return the entities named, in the order in which they are named."""
        return tuple(dict.fromkeys(entity for entity, _, _ in self.mentions(words)))

    def mentions(self, words: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
        """Yield each entity named with the places, from and to, of the words that name it, the longest alias first."""
        if self._alias_lengths.keys().isdisjoint(words):
            return
        end = 0
        for at in [at for at, word in enumerate(words) if word in self._alias_lengths]:
            lengths = self._alias_lengths[words[at]] if at >= end else ()
            for length in lengths:
                entity = self.aliases.get(words[at : at + length])
                if entity:
                    end = at + length
                    yield entity, at, end
                    break

    def _wants(self, words: tuple[str, ...]) -> frozenset[str]:
        wanted = set()
        for at, word in [(at, word) for at, word in enumerate(words) if word in self._kind_lengths]:
            for length in self._kind_lengths[word]:
                kind = self._kinds.get(words[at : at + length])
                if kind and (kind != "yesno" or at == 0):
                    wanted.add(kind)
                    break
        return frozenset(wanted)


def _lengths(phrases: Iterable[tuple[str, ...]]) -> dict[str, list[int]]:
    """How many words the phrases have that begin with a word, the longest first."""
    found: dict[str, set[int]] = {}
    for phrase in phrases:
        found.setdefault(phrase[0], set()).add(len(phrase))
    return {word: sorted(lengths, reverse=True) for word, lengths in found.items()}


def _spans(
    phrases: Mapping[str, str], aliases: Mapping[tuple[str, ...], str]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The word sequences that stand for something, and what they stand for; an alias wins over a phrase."""
    spans = {tuple(key.split()): tuple(value.split()) for key, value in phrases.items()}
    spans.update({key: (ENTITY + value,) for key, value in aliases.items()})
    return {key: value for key, value in spans.items() if key}


class Sayings:
    """Says the `sayings` of the English layer plainly. Words that name somebody stay as they are, but within a longer saying."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._plain = {
            language.wording(saying): language.wording(plain) for saying, plain in language.english.sayings.items()
        }
        self._phrases = Phrases(self._plain)
        polar = language.english.polar
        self._figures = {
            figure: (word, frozenset(polar.get(name, ())))
            for figure, word, name in (("2", "to", "to-figure"), ("4", "for", "for-figure"))
        }

    def plainly(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return the words with each saying in plain ones, the longest first, and figures that are words as these."""
        if not self._figures.keys().isdisjoint(words):
            words = tuple(self._spelt(word, behind) for word, behind in zip(words, (*words[1:], ""), strict=True))
        if not self._phrases.begin(words):
            return words
        names = [(start, end) for _, start, end in self._language.mentions(words)]
        found: list[str] = []
        at = 0
        while at < len(words):
            length = self._phrases.opening(words, at)
            inside = (
                at <= start and end <= at + length and end - start < length
                for start, end in names
                if start < at + length and at < end
            )
            if length and all(inside):
                found += self._plain[words[at : at + length]]
                at += length
            else:
                found.append(words[at])
                at += 1
        return tuple(found)

    def _spelt(self, word: str, behind: str) -> str:
        """A figure as the word that it stands for before another one: "out 4 him"."""
        spelt, before = self._figures.get(word, (word, frozenset[str]()))
        return spelt if behind in before else word


def aliases_of(case: Case) -> Mapping[tuple[str, ...], str]:
    """Return the ways in which people write of each entity, in words.

    Who is "the man in the car" is also "the bloke in the motor", and whatever else the layer has for either (`lists`,
    men and women; `same`).
    """
    aliases: dict[tuple[str, ...], str] = {}
    for entity in case.entities.values():
        for alias in (entity.name, *entity.aliases, *entity.misspelt):
            words = tokenise(alias)
            if words:
                aliases.setdefault(words, entity.id)
    called = [case.english.words(name) for name in ("men", "women")]
    alike: dict[str, set[str]] = {}
    for word, head in case.english.same.items():
        alike.setdefault(head, {head}).add(word)
    others = {
        other: id_
        for words, id_ in aliases.items()
        for other in _as_others_call(words, called, alike.get(case.english.same.get(words[-1], words[-1]), set()))
    }
    return others | aliases


def _as_others_call(
    words: tuple[str, ...], called: Iterable[frozenset[str]], alike: Iterable[str]
) -> Iterator[tuple[str, ...]]:
    """A description that begins with a word for somebody, "the" before it or not, with each of the others in its place.

    `alike` are the words that mean the same as its last one: "the bloke with the blade".
    """
    at = 1 if words[:1] == ("the",) else 0
    rest = words[at + 1 :]
    names = next((names for names in called if words[at] in names), frozenset[str]()) if rest else ()
    heads = [("the",)] if at else [(), ("the",)]
    return ((*head, name, *rest[:-1], last) for head in heads for name in names for last in {rest[-1], *alike})
