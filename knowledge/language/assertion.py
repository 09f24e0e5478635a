"""What a question that wants yes or no, or a statement, says is so: in terms that can be held against a claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import NamedTuple, Self

from knowledge.case.model import Case
from knowledge.language.asking_behind import AskingBehind
from knowledge.language.english import Language, Sayings
from knowledge.language.quantities import Day, Quantities, Range
from knowledge.language.questions import Splitter, Words
from knowledge.language.reading import texts
from knowledge.language.sense import ITS, MEANT, NAMED, TENSES, Senses, Term
from knowledge.language.text import COMMA, Phrases
from knowledge.language.turns import Turns

LONGEST = 40
"""The most words of what is held against claims: a longer message says more than one thing."""
OWNERS = frozenset(("his", "her", "their"))
NEVER = "never"
"""A word that denies in a question too, which "isn't it?" doesn't"""
AND = "and"
HE = f"{MEANT}he"
UNTIL = frozenset(("until", "till", "til"))
KEPT = ("ive", "er", "ers")
"""Endings that make another word of one"""


class Assertion(NamedTuple):
    """What is said to be so. `terms` carry meaning, in their order; a form of "be" or "get" stands before the term at `be`.

    `numbers` and `days` stand apart from the terms, as does `older`: 1 for a comparison "older", -1 for "younger".
    `denied` is a statement that something isn't so: a question that asks "isn't it?" asks whether it is; one with a tag
    is `agreed_by_no`, "he never drove off, did he?" - "No." `there` begins what exists, `has` what somebody has; `it`
    tells whether something is called so.
    """

    terms: tuple[Term, ...]
    be: int
    """Place of the first term behind a form of "be" or "get", -1 where there is none"""
    by: frozenset[int]
    """Places among the terms of those by whom something was done"""
    bare: frozenset[int]
    """Places of the terms before which no preposition stands"""
    owned: frozenset[int]
    """Places of the terms directly behind somebody whose they may be: "her flat"."""
    numbers: tuple[Range, ...]
    days: tuple[Day, ...]
    older: int
    denied: bool
    agreed_by_no: bool
    there: bool
    has: bool
    it: bool
    tense: str
    negated: bool = False
    """Whether a question holds a word that denies: "did they not bother" may want to hear that they didn't"""
    turned: bool = False
    """Whether it leaves out a word that denies the whole, as "nobody" and "refused" may do: to be held only where nothing else is"""
    denies: str = ""
    """What such a word stands before, where it denies no more than that: "no charge", "without looking"."""
    weighty: frozenset[str] = frozenset()
    """Units of the words that carry nothing but where a claim has them: "lovely" in "treated her lovely"."""
    described: frozenset[str] = frozenset()
    """Units of the words that describe somebody, one of which a claim must say: "was he her ex husband"."""
    who_described: str = ""
    asking: str = ""
    """The word that asks for what is not said: "who", "when"; nothing where yes or no is wanted"""


class AssertionReader:
    """Reads what is said to be so, with the `polar` lists of the English layer."""

    def __init__(self, case: Case, language: Language, splitter: Splitter, senses: Senses) -> None:
        self._language = language
        self._splitter = splitter
        self._senses = senses
        self._places = {id_ for id_, entity in case.entities.items() if entity.kind == "place"}
        self._entities = case.entities
        polar = case.english.polar

        def words(name: str) -> frozenset[str]:
            return frozenset(polar.get(name, ()))

        self._be, self._got, self._negation, self._relative = map(words, ("be", "got", "negation", "relative"))
        self._turns = Turns(case, language, senses, self._unit)
        self._light = words("light") | words("glue") | words("auxiliary")
        self._weighty = words("weighty")
        self._auxiliaries = case.english.words("auxiliaries") | words("modal")
        self._asking = case.english.words("asking") - self._auxiliaries
        self._fellows, self._pointing = words("fellows"), words("pointing")
        self._have, self._prepositions = words("have"), words("prepositions")
        self._closing = words("closing")
        self._denying, self._determining, self._failing = map(words, ("denying", "determining", "failing"))
        self._correcting = words("correcting")
        self._contrast, self._open, self._together = (
            Phrases(map(language.wording, polar.get(name, ()))) for name in ("contrast", "open", "together")
        )
        self.behind = AskingBehind(case.english, splitter, self._asking, self._auxiliaries)
        self._quantities = Quantities(language)
        self._sayings = Sayings(language)
        self._how_much = words("how_much")
        self._tenses = {word: tense for tense in TENSES for word in polar.get(tense, ())}
        self._compared = {word: sign for name, sign in (("older", 1), ("younger", -1)) for word in polar.get(name, ())}
        # The claims of a case say thousands of phrases in a few hundred words.
        self._units_of = lru_cache(maxsize=None)(self._counts_as)
        self._every_unit_of = lru_cache(maxsize=None)(self._counts_with_all)

    @property
    def denials(self) -> frozenset[str]:
        """Return what the words that deny count as: nowhere do they change nothing."""
        return frozenset(map(self._unit, (self._negation | self._denying) - self._failing))

    @classmethod
    def of(cls, case: Case, language: Language) -> Self:
        """Return the reader of a case, with what it needs."""
        splitter = Splitter(case.english)
        return cls(case, language, splitter, Senses(case, language, splitter))

    def units(self, phrase: str) -> frozenset[str]:
        """Return what the words of a claim's phrase count as, but for those that carry nothing; an entity's id names it."""
        return frozenset().union(*map(self._units_of, phrase.split()))

    def every_unit(self, phrase: str) -> frozenset[str]:
        """Return what the words of a phrase count as, with those that carry nothing: another form of them may ("waiting")."""
        return frozenset().union(*map(self._every_unit_of, phrase.split()))

    def _counts_with_all(self, word: str) -> frozenset[str]:
        plain = () if word in self._entities else self._language.wording(word)
        return self._units_of(word).union(map(self._unit, plain))

    def _counts_as(self, word: str) -> frozenset[str]:
        if word in self._entities:
            return frozenset((NAMED + word,))
        parts = self._language.wording(word)
        return frozenset(self._unit(part) for part in parts if part not in self._light or part in self._weighty)

    def _unit(self, word: str) -> str:
        """What a word counts as. One for who does something, or is like it, is not what was done: "abuser", "abused"."""
        return word.removesuffix("s") if word.endswith(KEPT) else self._language.unit(word)

    def asks_openly(self, said: Words) -> bool:
        """Tell whether a question asks "who" or "when" and not whether something is so, by its first word."""
        words = texts(self._splitter.unfilled(said))
        begins = any(word in self._asking for word in words[:1]) and not self._is_answered(words)
        return begins or self.behind.asks(said)

    def read(self, said: Words, unframed: tuple[str, ...]) -> tuple[Assertion, ...]:
        """Return what a question or statement says, in each way that it may be read; nothing for one that says too much.

        `unframed` are its words without what stands around it, see `Senses.unframed`. Of one that asks "who" or "when"
        it is what it takes for granted.
        """
        if len(said) > LONGEST:
            return ()
        bare = self._splitter.untagged(said)
        unframed = self._before_denial(bare, unframed)
        words = self._before_contrast(self._sayings.plainly(self._together.left(unframed)))
        while words and words[-1] in self._closing:
            words = words[:-1]
        words = words[2:] if self._is_answered(words) else words
        words = self.behind.asked_first(words)
        verb = next((at for at, word in enumerate(words) if word in self._auxiliaries), min(len(words), 1))
        # "the one who did it" asks nothing.
        asking = next((word for word in words[:verb] if word in self._asking - self._relative), "")
        asking = asking or next((word for word in words[: min(verb, 1)] if word in self._asking), "")
        if not words or (asking and asking != words[0]) or self._open.first(words, 1) < len(words):
            return ()
        if self.behind.asks_after_pause(bare):
            return ()
        tagged = len(bare) < len(said)
        doubly = self._denials_in(said) > self._denials_in(bare)
        asks = words[0] in self._auxiliaries or tagged
        found = self._read(
            words[bool(asking) :], statement=not (asks or asking), tagged=tagged, doubly=doubly, asking=asking
        )
        # Of two clauses, what a word denies in one is no denial of the other: "nobody signed, the public was against him".
        several = any(word.mark == COMMA for word in bare[:-1])
        return tuple(one for one in found if not (several and (one.turned or (one.denied and self._corrects(bare)))))

    def _denials_in(self, said: Words) -> int:
        return sum(word.text in self._negation for word in said)

    def _corrects(self, said: Words) -> bool:
        """Whether a pause behind a denial begins what is so instead: "he is no suspect, more a witness"."""
        denied = next((at for at, word in enumerate(said) if word.text in self._negation), len(said))
        return any(
            word.mark == COMMA and behind.text in self._correcting
            for word, behind in zip(said[denied:], said[denied + 1 :], strict=False)
        )

    def _before_denial(self, said: Words, unframed: tuple[str, ...]) -> tuple[str, ...]:
        """The words before what is denied behind a pause: "it was in the street, not indoors"."""
        comma = max((at for at, word in enumerate(said[:-1], 1) if word.mark == COMMA), default=0)
        behind = texts(said[comma:]) if comma else ()
        denies = behind[:1] == ("not",) and self._auxiliaries.isdisjoint(behind) and unframed[-len(behind) :] == behind
        return unframed[: -len(behind)] if denies else unframed

    def _is_answered(self, words: tuple[str, ...]) -> bool:
        """Whether it asks for a number and gives one: "how old was he, 41?"."""
        asks = words[:1] == ("how",) and len(words) > len(("how", "many")) and words[1] in self._how_much
        return asks and bool(self._quantities.numbered(self._named(words[2:]))[1])

    def _before_contrast(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words before what something is said to be instead of: "stayed rather than run away"."""
        return words[: self._contrast.first(words, 1)]

    def _read(
        self, words: tuple[str, ...], *, statement: bool, tagged: bool, doubly: bool, asking: str
    ) -> Iterator[Assertion]:
        """`doubly` says that the tag denies too, so that a denial wants a yes: "he didn't run, he stayed, didn't he?"."""
        tense = next((self._tenses[word] for word in words if word in self._tenses), "")
        terms = self._named(self._senses.unowned(words))
        terms = self._turns.unpicked(terms)
        if not tense and all(term.is_somebody or self._is_light(term) for term in terms):
            return  # nothing is said of whoever is named
        for some, turned, denies in self._turns.readings(terms):
            rest, numbers = self._quantities.numbered(some)
            rest, days = self._quantities.dated(rest)
            rest, negation = self._affirmed(rest)
            be = next((at for at in range(len(rest)) if self._is_being(rest, at)), -1)
            there = any(term.unit == "there" for term in rest[:3])
            places = [at for at, term in enumerate(rest) if not self._is_light(term)]
            told = [rest[at] for at in places]
            between = [{term.unit for term in rest[max(before, 0) : at]} for before, at in pairwise((-1, *places))]
            older = next((self._compared[term.unit] for term in told if term.unit in self._compared), 0)
            yield Assertion(
                terms=tuple(
                    term if term.unit[0] in NAMED + MEANT else Term(self._unit(term.unit), term.words, term.is_somebody)
                    for term in told
                ),
                be=sum(not self._is_light(term) for term in rest[:be]) if be >= 0 else -1,
                by=frozenset(at for at, place in enumerate(places) if place and rest[place - 1].unit == "by"),
                owned=frozenset(at for at, place in enumerate(places) if place and self._may_own(rest[place - 1])),
                bare=frozenset(at for at, words in enumerate(between) if words.isdisjoint(self._prepositions)),
                numbers=numbers,
                days=days,
                older=older,
                denied=turned
                != (negation in {NEVER, *self._determining} or (bool(negation) and (statement or tagged))),
                agreed_by_no=bool(negation) and tagged and not doubly,
                negated=bool(negation) and not (statement or tagged),
                turned=turned,
                denies=denies,
                there=there,
                has=not self._have.isdisjoint(words),
                it=not ITS.isdisjoint(words),
                tense=tense,
                described=frozenset(
                    self._unit(term.unit)
                    for term in some
                    if term not in terms and not (term.is_somebody or self._is_light(term))
                ),
                who_described=next((term.unit for term in terms if term.unit[0] == NAMED and term not in some), ""),
                weighty=frozenset(self._unit(term.unit) for term in rest if term.unit in self._weighty),
                asking=asking,
            )

    @staticmethod
    def _may_own(term: Term) -> bool:
        return term.unit[0] == NAMED or term.words[0] in OWNERS

    def _affirmed(self, terms: Sequence[Term]) -> tuple[list[Term], str]:
        """The terms without the word that denies the whole, and that word, if one stands before all else that carries meaning.

        One behind is a part of what is said: "did they ask him not to"; so is one that says when: "not until summer".
        """
        if terms and terms[0].unit not in self._negation and any(term.unit in UNTIL for term in terms):
            return list(terms), ""
        for at, term in enumerate(terms):
            if term.unit in self._negation:
                return [*terms[:at], *terms[at + 1 :]], term.unit
            asks = at == 0 and term.unit in self._auxiliaries
            subject = not any(one.is_somebody for one in terms[:at]) and self._is_denied(terms, at)
            if not (term.is_somebody or self._is_light(term) or asks or subject):
                break
        return list(terms), ""

    def _is_denied(self, terms: Sequence[Term], at: int) -> bool:
        """Whether what is said of the thing there is denied: "the warrant was not", "was the warrant not"."""
        denied = next((place for place in range(at, len(terms)) if terms[place].unit == "not"), at)
        between = terms[at + 1 : denied]
        others = sum(not (one.is_somebody or self._is_light(one)) for one in between)
        begins = terms[0].unit in self._auxiliaries or terms[denied - 1].unit in self._tenses
        return denied > at and begins and others <= sum(one.unit == AND for one in between)

    def _is_being(self, terms: Sequence[Term], at: int) -> bool:
        """Whether a form of "be" or "get" stands there, of somebody or something: "was it on a Monday that" is of nobody."""
        following = terms[at + 1].unit if at + 1 < len(terms) else ""
        clause = any(term.unit in self._relative for term in terms[at + 2 :])
        got = terms[at].unit in self._got and not (at + 1 < len(terms) and terms[at + 1].is_somebody)
        return (terms[at].unit in self._be and not (following in ITS and clause)) or got

    def _is_light(self, term: Term) -> bool:
        return term.unit in self._light

    def _named(self, words: tuple[str, ...]) -> list[Term]:
        """The words as terms, entities and pronouns marked, numbers in figures."""
        found: list[Term] = []
        at = 0
        for entity, start, end in self._language.mentions(words):
            found += [self._term(word) for word in words[at:start]]
            found.append(Term(NAMED + entity, words[start:end], entity not in self._places))
            at = end
        return self._once(self._counted(self._meant([*found, *(self._term(word) for word in words[at:])])))

    def _meant(self, terms: list[Term]) -> list[Term]:
        """The terms with "he" for a man of whom no more is said: "they took the man", not "the man in a hat"."""
        kept: list[Term] = []
        for term, behind in zip_longest(terms, terms[1:]):
            pointed = term.unit in self._fellows and kept and kept[-1].unit in self._pointing
            if pointed and (behind is None or behind.unit not in self._prepositions | self._relative):
                kept[-1] = Term(HE, term.words, is_somebody=True)
            else:
                kept.append(term)
        return kept

    def _once(self, terms: list[Term]) -> list[Term]:
        """The terms with one for somebody who is named twice: "her lad Tom", and at the beginning "Ann, is she"."""
        kept: list[Term] = []
        for term in terms:
            kind, what = term.unit[:1], term.unit[1:]
            last = self._entities.get(kept[-1].unit[1:]) if kept and kept[-1].unit[0] == NAMED else None
            first = self._entities.get(kept[0].unit[1:]) if kept and kept[0].unit[0] == NAMED else None
            begins = first is not None and all(one.unit in self._auxiliaries for one in kept[1:])
            if last is not None and kind == NAMED and what in last.may_be:
                kept[-1] = term
            elif first is None or not begins or kind != MEANT or what not in first.pronouns:
                kept.append(term)
        return kept

    def _term(self, word: str) -> Term:
        unit = self._senses.forms.get(word, word)
        return Term(unit, (word,), unit[0] == MEANT)

    def _counted(self, terms: Sequence[Term]) -> list[Term]:
        figures = self._senses.counted([term.unit for term in terms])
        if len(figures) == len(terms):
            return [
                term if term.unit == unit else term._replace(unit=unit)
                for term, unit in zip(terms, figures, strict=True)
            ]
        return [
            Term(unit, (unit,), unit[0] == MEANT or (unit[0] == NAMED and unit[1:] not in self._places))
            for unit in figures
        ]
