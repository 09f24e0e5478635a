"""What a question that wants yes or no, or a statement, says is so: in terms that can be held against a claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, Self

from knowledge.case.model import Case
from knowledge.language.english import Language, Sayings
from knowledge.language.quantities import Day, Quantities, Range
from knowledge.language.questions import Splitter, Words
from knowledge.language.reading import texts
from knowledge.language.sense import ITS, MEANT, NAMED, TENSES, Senses, Term
from knowledge.language.text import COMMA, Phrases

LONGEST = 40
"""The most words of what is held against claims: a longer message says more than one thing."""
NEVER = "never"
"""A word that denies in a question too, which "isn't it?" doesn't"""
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
        self._light = words("light") | words("glue") | words("auxiliary")
        self._auxiliaries = case.english.words("auxiliaries") | words("modal")
        self._asking = case.english.words("asking") - self._auxiliaries
        self._have = words("have")
        self._closing = words("closing")
        self._denying, self._determining, self._failing = map(words, ("denying", "determining", "failing"))
        self._everybody = words("everybody")
        self._correcting, self._going_on = words("correcting"), words("going-on")
        self._contrast, self._open, self._together = (
            Phrases(map(language.wording, polar.get(name, ()))) for name in ("contrast", "open", "together")
        )
        self._picking = tuple(map(language.wording, polar.get("picking", ())))
        self._quantities = Quantities(language)
        self._sayings = Sayings(language)
        self._how_much = words("how_much")
        self._sexes = [(words("men"), "she"), (words("women"), "he")]
        self._harming = words("harming")
        self._tenses = {word: tense for tense in TENSES for word in polar.get(tense, ())}
        self._compared = {word: sign for name, sign in (("older", 1), ("younger", -1)) for word in polar.get(name, ())}
        # The claims of a case say thousands of phrases in a few hundred words.
        self._units_of = lru_cache(maxsize=None)(self._counts_as)
        self._every_unit_of = lru_cache(maxsize=None)(self._counts_with_all)

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
        return frozenset(self._unit(part) for part in self._language.wording(word) if part not in self._light)

    def _unit(self, word: str) -> str:
        """What a word counts as. One for who does something, or is like it, is not what was done: "abuser", "abused"."""
        return word.removesuffix("s") if word.endswith(KEPT) else self._language.forms(word)[1]

    def asks_openly(self, said: Words) -> bool:
        """Tell whether a question asks "who" or "when" and not whether something is so, by its first word."""
        words = texts(self._splitter.unfilled(said))
        return any(word in self._asking for word in words[:1]) and not self._is_answered(words)

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
        verb = next((at for at, word in enumerate(words) if word in self._auxiliaries), min(len(words), 1))
        # "the one who did it" asks nothing.
        asking = next((word for word in words[:verb] if word in self._asking - self._relative), "")
        asking = asking or next((word for word in words[: min(verb, 1)] if word in self._asking), "")
        if not words or (asking and asking != words[0]) or self._open.first(words, 1) < len(words):
            return ()
        tagged = len(bare) < len(said)
        asks = words[0] in self._auxiliaries or tagged
        found = self._read(words[bool(asking) :], statement=not (asks or asking), tagged=tagged, asking=asking)
        # Of two clauses, what a word denies in one is no denial of the other: "nobody signed, the public was against him".
        several = any(word.mark == COMMA for word in bare[:-1])
        return tuple(one for one in found if not (several and (one.turned or (one.denied and self._corrects(bare)))))

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

    def _read(self, words: tuple[str, ...], *, statement: bool, tagged: bool, asking: str) -> Iterator[Assertion]:
        tense = next((self._tenses[word] for word in words if word in self._tenses), "")
        terms = self._named(self._senses.unowned(words))
        terms = self._unpicked(terms)
        if not tense and all(term.is_somebody or self._is_light(term) for term in terms):
            return  # nothing is said of whoever is named
        for some, turned, denies in self._readings(terms):
            rest, numbers = self._quantities.numbered(some)
            rest, days = self._quantities.dated(rest)
            rest, negation = self._affirmed(rest)
            be = next((at for at in range(len(rest)) if self._is_being(rest, at)), -1)
            there = any(term.unit == "there" for term in rest[:3])
            told = [
                (term, at > 0 and rest[at - 1].unit == "by") for at, term in enumerate(rest) if not self._is_light(term)
            ]
            older = next((self._compared[term.unit] for term, _ in told if term.unit in self._compared), 0)
            yield Assertion(
                terms=tuple(
                    term if term.unit[0] in NAMED + MEANT else Term(self._unit(term.unit), term.words, term.is_somebody)
                    for term, _ in told
                ),
                be=sum(not self._is_light(term) for term in rest[:be]) if be >= 0 else -1,
                by=frozenset(at for at, (_, by) in enumerate(told) if by),
                numbers=numbers,
                days=days,
                older=older,
                denied=turned or negation in {NEVER, *self._determining} or (bool(negation) and (statement or tagged)),
                agreed_by_no=bool(negation) and tagged,
                negated=bool(negation) and not (statement or tagged),
                turned=turned,
                denies=denies,
                there=there,
                has=not self._have.isdisjoint(words),
                it=not ITS.isdisjoint(words),
                tense=tense,
                asking=asking,
            )

    def _affirmed(self, terms: Sequence[Term]) -> tuple[list[Term], str]:
        """The terms without the word that denies the whole, and that word, if one stands before all else that carries meaning.

        One behind is a part of what is said: "did they ask him not to".
        """
        for at, term in enumerate(terms):
            if term.unit in self._negation:
                return [*terms[:at], *terms[at + 1 :]], term.unit
            if not term.is_somebody and not self._is_light(term):
                break
        return list(terms), ""

    def _is_being(self, terms: Sequence[Term], at: int) -> bool:
        """Whether a form of "be" or "get" stands there, of somebody or something: "was it on a Monday that" is of nobody."""
        following = terms[at + 1].unit if at + 1 < len(terms) else ""
        clause = any(term.unit in self._relative for term in terms[at + 2 :])
        return (terms[at].unit in self._be and not (following in ITS and clause)) or terms[at].unit in self._got

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
        return self._once(self._counted([*found, *(self._term(word) for word in words[at:])]))

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

    def _unpicked(self, terms: list[Term]) -> list[Term]:
        """The terms without the frame that picks somebody out: "was it him who", "is she the one that"."""
        for at, term in enumerate(terms):
            if term.unit not in self._relative:
                continue
            before = terms[:at]
            somebody = [one for one in before if one.is_somebody]
            denial = [one for one in before if one.unit in self._negation]
            empty = self._light | self._be | self._negation
            plain = tuple(one.unit for one in before if not one.is_somebody and one.unit not in empty)
            if somebody and (other := self._of_other_sex(somebody[0], plain)):
                return [*denial, somebody[0], Term("was", ("was",)), Term(other, (other,))]
            if somebody and (
                not plain
                or any(tuple(one for one in phrase if one not in self._light) == plain for phrase in self._picking)
            ):
                return [*denial, *somebody[:1], *terms[at + 1 :]]
            return terms
        return terms

    def _of_other_sex(self, term: Term, words: tuple[str, ...]) -> str:
        """The word that calls somebody a woman who is a man, or the other way round; nothing where none does."""
        entity = self._entities.get(term.unit[1:])
        wrong = next((sex for sex, form in self._sexes if entity is not None and form in entity.pronouns), frozenset())
        return next((word for word in words if word in wrong), "")

    def _described(self, terms: list[Term]) -> list[Term] | None:
        """The terms with the last entity as it is described, where any stands before it: "was he her ex husband"."""
        people = [at for at, term in enumerate(terms) if term.is_somebody]
        if len(people) < 2:  # noqa: PLR2004
            return None
        first = terms[people[0]].unit
        at = next((at for at in people[1:] if terms[at].unit == first and first[0] == NAMED), people[-1])
        if terms[at].unit != first and all(term.unit not in self._be for term in terms[:at]):
            return None
        entity = self._entities.get(terms[at].unit[1:]) if terms[at].unit[0] == NAMED else None
        if entity is None or entity.kind != "person":
            return None
        return [*terms[:at], *(self._term(word) for word in terms[at].words), *terms[at + 1 :]]

    def _readings(self, terms: list[Term]) -> Iterator[tuple[list[Term], bool, str]]:
        """The terms in each way that they may be read, whether a word that denies is left out, and what alone it denies."""
        ways = (
            terms,
            self._described(terms),
            self._backwards(terms),
            self._done_to(terms),
            self._while_going_on(terms),
        )
        found = [some for some in ways if some is not None]
        yield from ((some, False, "") for some in found)
        for some in found:
            if any(term.unit in self._everybody for term in some):
                continue
            at = next((at for at in range(len(some)) if self._denies(some, at)), None)
            if at is not None:
                rest = [term for term in some[at + 1 :] if not self._is_light(term)]
                alone = self._unit(rest[0].unit) if some[at].unit in self._determining and rest else ""
                yield [*some[:at], *some[at + 1 :]], True, alone

    def _while_going_on(self, terms: list[Term]) -> list[Term] | None:
        """The terms without a verb that says of the next that it went on: "did he go on ringing her"."""
        told = [at for at, term in enumerate(terms) if not self._is_light(term)]
        at = next(
            (
                at
                for at, behind in pairwise(told)
                if terms[at].unit in self._going_on and terms[behind].words[0].endswith("ing")
            ),
            None,
        )
        return None if at is None else [*terms[:at], *terms[at + 1 :]]

    def _denies(self, terms: Sequence[Term], at: int) -> bool:
        """Whether a word denies what is said: "failed" only what comes behind it, not "they tried and failed"."""
        last = terms[at].unit in self._failing and all(map(self._is_light, terms[at + 1 :]))
        return terms[at].unit in self._denying and not last

    def _done_to(self, terms: list[Term]) -> list[Term] | None:
        """The terms with whom something is done to before it, where "they" do it, whoever they are: "have they let him go".

        What harms somebody is done by few, and by those alone.
        """
        people = [at for at, term in enumerate(terms) if term.is_somebody]
        said = {term.unit for term in terms}
        if len(people) != 2 or terms[people[0]].unit != f"{MEANT}they" or not said.isdisjoint(self._harming):  # noqa: PLR2004
            return None
        first, second = people
        if terms[second].unit == terms[first].unit or terms[second].unit[1:] in self._places:
            return None
        before = [term for term in terms[:first] if term.unit in self._negation]
        if any(term.unit not in self._negation and not self._is_light(term) for term in terms[:first]):
            return None
        rest = [*terms[first + 1 : second], *terms[second + 1 :]]
        return [terms[second], Term("was", ("was",)), *before, *rest]

    def _backwards(self, terms: list[Term]) -> list[Term] | None:
        """The terms with whom a description means before it, where it stands first: "her killer was Tom"."""
        people = [at for at, term in enumerate(terms) if term.unit[0] == NAMED]
        if len(people) != 2 or terms[people[0]].unit != terms[people[1]].unit:  # noqa: PLR2004
            return None
        first, second = people
        described = [self._term(word) for word in terms[first].words]
        return [terms[second], *terms[:first], *described, *terms[first + 1 : second], *terms[second + 1 :]]
