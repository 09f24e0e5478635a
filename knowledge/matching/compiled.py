"""The claims of a case in the units of the language, each put where a question looks for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from knowledge.case.model import Case, Claim, Fact
from knowledge.language.assertion import Assertion, AssertionReader
from knowledge.language.english import Language
from knowledge.language.sense import NAMED
from knowledge.matching.finding import REPORT
from knowledge.matching.parties import IMPERSONAL, IT


class CompiledClaim(NamedTuple):
    """A claim in the units of the language. Of `what`, the longest first, and `thing` any alternative is enough, whole."""

    fact: Fact
    claim: Claim
    thing: tuple[frozenset[str], ...]
    what: tuple[frozenset[str], ...]
    but: tuple[frozenset[str], ...]
    objects: frozenset[str]
    """Entities that stand in `what`"""
    known: frozenset[str]
    """Units that it accounts for whatever it is about, and whichever of its alternatives is said"""

    @property
    def every(self) -> frozenset[str]:
        """Return all the units that it can account for."""
        return self.known.union(*self.what, *self.but, *self.thing)

    @property
    def ways(self) -> tuple[frozenset[str], ...]:
        """Return whatever must be said, whole, for the claim to bear on it: any of them."""
        return (*self.what, *self.but, *filter(None, self.thing if self.claim.verb == "is" else ()))

    def things_in(self, words: AbstractSet[str]) -> frozenset[str]:
        """Return the words that name what it is about: "the whip was a Renault" calls a car so twice."""
        return frozenset[str]().union(*(units for units in self.thing if units <= words))

    def is_of_thing(self, asked: Assertion, words: AbstractSet[str]) -> bool:
        """Tell whether what it is about is named, or called "it" or "this" where nobody is named first."""
        named = any(units and units <= words for units in self.thing)
        return named or (frozenset() in self.thing and (asked.it or not (asked.terms and asked.terms[0].is_somebody)))


class Compiled(NamedTuple):
    """All claims of a case, with what finds them.

    `every` are the units that each can account for; `dated` those that only a day asks for; `by_unit` has under a unit
    the ways to say something that hold it, and the places in `claims` of those that are said so.
    """

    claims: tuple[CompiledClaim, ...]
    every: tuple[frozenset[str], ...]
    dated: tuple[CompiledClaim, ...]
    by_unit: Mapping[str, Mapping[frozenset[str], Sequence[int]]]
    saying: frozenset[str]
    told: frozenset[str]
    """Those of `saying` by which somebody says that something is so"""
    wild: frozenset[str]
    event: frozenset[str]
    words: frozenset[str]
    """Every word by which a claim is told: right as it stands, whether a wording holds it or not"""

    @staticmethod
    def of(case: Case, language: Language, reader: AssertionReader) -> Compiled:
        """Return the claims of a case as its language reads them."""
        return Compiler(case, language, reader).compiled(case.facts.values())


class Compiler:
    """Puts claims in the units of the language, those of a whole case or of a few facts."""

    def __init__(self, case: Case, language: Language, reader: AssertionReader) -> None:
        self._entities = case.entities
        self._language = language
        self._reader = reader
        self._saying, self._told, self._wild, self._event = (
            reader.units(" ".join(case.english.polar.get(name, ())))
            for name in ("saying", "told", "wildcards", "event")
        )
        self._event |= reader.units(" ".join(case.event))
        self._publications = case.publications

    def compiled(self, facts: Iterable[Fact]) -> Compiled:
        """Return the claims of some facts."""
        claims = tuple(self._claim(fact, claim) for fact in facts for claim in fact.claims)
        held = Counter(unit for one in claims for units in one.ways for unit in units)
        by_unit: dict[str, dict[frozenset[str], list[int]]] = {}
        for place, one in enumerate(claims):
            for units in {*one.ways}:
                rarest = min(units, key=lambda unit: (held[unit], unit))  # it is looked at least often there
                by_unit.setdefault(rarest, {}).setdefault(units, []).append(place)
        return Compiled(
            claims=claims,
            every=tuple(one.every for one in claims),
            dated=tuple(one for one in claims if one.claim.who == IT and not one.what),
            by_unit=by_unit,
            saying=self._saying,
            told=self._saying & self._told,
            wild=self._wild,
            event=self._event,
            words=self._words([one.claim for one in claims]),
        )

    def _words(self, claims: Iterable[Claim]) -> frozenset[str]:
        phrases = {text for claim in claims for text in (claim.who, *claim.what, *claim.may, *claim.but)}
        words = {word for text in phrases - self._entities.keys() for word in text.split()}
        return frozenset(part for word in words for part in self._language.wording(word))

    def _claim(self, fact: Fact, claim: Claim) -> CompiledClaim:
        units = self._reader.units
        claim = claim._replace(speaker=REPORT) if claim.speaker in self._publications else claim
        is_thing = claim.who not in {*self._entities, IMPERSONAL, IT}
        event = self._event if claim.who == IT else frozenset[str]()
        what = sorted(map(units, claim.what), key=len, reverse=True)
        known = event.union(*map(self._reader.every_unit, claim.may), (NAMED + id_ for id_ in claim.whom))
        known |= self._wild if claim.whom else frozenset()
        known |= self._saying if claim.verb == "said" else frozenset()
        return CompiledClaim(
            fact=fact,
            claim=claim,
            thing=tuple(units(text) for text in claim.who.split(" / ")) if is_thing else (),
            what=tuple(filter(None, what)),
            but=tuple(filter(None, map(units, claim.but))),
            objects=frozenset(unit for some in what for unit in some if unit[0] == NAMED),
            known=known - self._reader.denials,
        )
