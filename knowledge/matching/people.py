"""Who somebody is, and how old: what can be told of people without the words of a claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.case.model import Case, Claim, Fact, Status
from knowledge.language.assertion import Assertion, AssertionReader
from knowledge.language.quantities import Range
from knowledge.language.sense import NAMED, Term
from knowledge.matching.finding import Bearing, Finding
from knowledge.matching.parties import Likely, Parties

FAR = 10
"""Years by which an age that is asked about roughly can't be the one that is told."""


class People:
    """The people of a case, by name and age. Holds nothing of any conversation."""

    def __init__(self, case: Case, reader: AssertionReader, parties: Parties) -> None:
        self._case = case
        self._parties = parties
        self._age, self._compared, self._naming = (
            reader.units(" ".join(text for name in names for text in case.english.polar.get(name, ())))
            for names in (("age",), ("older", "younger"), ("naming",))
        )
        claims = ((fact, claim) for fact in case.facts.values() for claim in fact.claims)
        self._ages = {claim.who: (fact, claim) for fact, claim in claims if claim.age is not None}
        told = (fact for fact in case.facts.values() if fact.status is not Status.UNREPORTED and not fact.speakers)
        persons = (fact for fact in told if {"person", "name"} & {*fact.gives[:1]})
        self._who_is = {fact.about[0]: fact for fact in reversed([*persons])}

    def findings(self, asked: Assertion, likely: Likely) -> Iterator[Finding]:
        """Yield what the ages and the names say of what was asked."""
        yield from self._of_ages(asked, likely)
        yield from self._of_two_people(asked)

    def _of_ages(self, asked: Assertion, likely: Likely) -> Iterator[Finding]:
        if not (asked.numbers or asked.older):
            return
        people = [term for term in asked.terms if term.is_somebody]
        rest = {term.unit for term in asked.terms if not term.is_somebody}
        if len(people) == 2 and asked.older and rest <= self._compared | self._age:  # noqa: PLR2004
            yield from self._of_two_ages(asked, people, likely)
        if not asked.numbers or asked.days or asked.older or not rest <= self._age:
            return
        for id_, (fact, claim) in self._ages.items():
            if people and all(self._parties.means(term, id_, likely) for term in people):
                age = claim.age or 0
                if not any(one.about and 0 < abs(one.least - age) <= FAR for one in asked.numbers):
                    yield self._of_number(asked, fact, claim, age)

    def _of_two_ages(self, asked: Assertion, people: Sequence[Term], likely: Likely) -> Iterator[Finding]:
        for one, (fact, first) in self._ages.items():
            for other, (_, second) in self._ages.items():
                if (
                    one != other
                    and self._parties.means(people[0], one, likely)
                    and self._parties.means(people[1], other, likely)
                ):
                    years = ((first.age or 0) - (second.age or 0)) * asked.older
                    bearing = _apart(asked.numbers, years)
                    if bearing is None:
                        continue
                    yield Finding.of(asked, self._of_both(fact, one, other), first, bearing)

    def _of_both(self, fact: Fact, one: str, other: str) -> Fact:
        """The fact that gives both ages, where there is one."""
        both = (
            fact for fact in self._case.facts.values() if fact.gives[:1] == ("age",) and {one, other} <= {*fact.about}
        )
        return next(both, fact)

    @staticmethod
    def _of_number(asked: Assertion, fact: Fact, claim: Claim, value: int) -> Finding:
        fits = all(one.least <= value <= one.most for one in asked.numbers)
        return Finding.of(asked, fact, claim, Bearing.SAME if fits else Bearing.OTHER)

    def _of_two_people(self, asked: Assertion) -> Iterator[Finding]:
        """That one whom a name names is not the one who is described: "is Ann the caretaker", or is called so.

        The fact is the one that says who the described one is, or else the named one.
        """
        if asked.be < 0 or asked.has or asked.older or asked.by or asked.numbers or asked.days:
            return
        people = [self._case.entities.get(term.unit[1:]) for term in asked.terms if term.unit[0] == NAMED]
        rest = {term.unit for term in asked.terms if term.unit[0] != NAMED}
        if len(people) != len(("one", "other")) or not rest <= self._naming:
            return
        if not all(one is not None and one.is_apart for one in people):
            return
        one, other = filter(None, people)
        if one.id == other.id and rest and one.is_named and one.id in self._who_is:
            claim = Claim(who=one.id, verb="is", whom=(one.id,), still=True)
            yield Finding.of(asked, self._who_is[one.id], claim, Bearing.SAME)
        if one.id == other.id or one.id in other.may_be or other.id in one.may_be:
            return
        fact = next((fact for person in (other, one) if (fact := self._who_is.get(person.id))), None)
        if fact is not None:
            claim = Claim(who=one.id, verb="isnt", whom=(other.id,), still=True)
            yield Finding.of(asked, fact, claim, Bearing.SAME)


def _apart(asked: Sequence[Range], years: int) -> Bearing | None:
    """Whether one is so many years older than another; None where a year more or less, by their birthdays, could tell."""
    if years <= 0:
        return Bearing.OTHER
    if all(one.least <= years <= one.most for one in asked):
        return Bearing.SAME
    return Bearing.OTHER if any(years + 1 < one.least or years - 1 > one.most for one in asked) else None
