"""What was said to be so, held against what the facts claim: who did what to whom, how many, when, and whether it is so.

Nothing is found by likeness. A claim counts only where every word that carries meaning is accounted for by it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from knowledge.case.model import Case, Claim, Fact, Status
from knowledge.language.assertion import Assertion, AssertionReader
from knowledge.language.quantities import Range
from knowledge.language.reading import Language
from knowledge.language.sense import MEANT, NAMED, Term
from knowledge.matching.parties import IMPERSONAL, IT, SAME, Likely, Other, Parties

FAR = 10
"""Years by which an age that is asked about roughly can't be the one that is told."""
ALIKE = ("yes", "said")
"""Leads that what is said of somebody has together where each part of it has them"""
TIMES = 2
"""How many times as many, or as few, a count that is asked about roughly can't be."""
NEARLY = 0.1
"""A count that is told as nearly so many may be less by this share of it."""


REPORT = "report"
"""The speaker of what a report says in its own words, though others said the rest of the fact"""


class Bearing(StrEnum):
    """What a claim says of what was asked."""

    SAME = "same"
    OTHER = "other"
    """Something else is so, and only one can be."""
    ELSE = "else"
    """It is so of somebody else."""


class Spoken(NamedTuple):
    """What was spoken of before a question.

    `people` are entity ids, those of the latest turn first; `it` is what "it" means, empty where nothing was told. A
    `story` beside the question may be about others, whom nobody named. `last` is the fact told last.
    """

    people: Likely = ()
    it: str = ""
    story: bool = False
    last: str = ""

    def leads_to(self, fact: Fact, case: Case, *, it: bool, names: bool) -> bool:
        """Tell whether a question may be of a fact: one of "it" (`it`), or one that `names` nobody, asks of what was spoken of."""
        if it and (self.story or self.it not in {"", fact.it or case.it}):
            return False
        if names and not it:
            return True
        latest = next(filter(None, self.people), frozenset[str]())
        return not latest or not latest.isdisjoint(fact.about)


class Finding(NamedTuple):
    """A claim that bears on what was asked. `asked` is the entity that it was asked of, where that is another."""

    fact: Fact
    claim: Claim
    bearing: Bearing
    denied: bool
    agreed_by_no: bool
    tense: str
    asked: Other = SAME
    asking: str = ""
    is_open: bool = False
    """Whether it rests on a pronoun that may mean others, since nobody was spoken of"""
    what: frozenset[str] = frozenset()
    """The words that say what the claim says: of two claims the one that says more tells better"""

    @property
    def is_then(self) -> bool:
        """Tell whether it was asked of now what was so then, and will not be so for ever: an age."""
        return self.claim.age is not None and self.tense == "present"

    @property
    def speakers(self) -> tuple[str, ...]:
        """Return who said it, nobody where it isn't somebody's claim."""
        if self.claim.speaker == REPORT:
            return ()
        if self.claim.speaker:
            return (self.claim.speaker,)
        return self.fact.speakers if self.fact.status is Status.CLAIMED else ()

    @property
    def lead(self) -> str:
        """Return how an answer begins: `yes`, `no`, `said`, `said_not`, `else`, or nothing."""
        if self.bearing is Bearing.ELSE and not (self.claim.only and self.asked.is_who):
            return "else"
        if self.speakers and self.claim.verb != "said":
            return (
                "" if self.bearing is not Bearing.SAME else "said" if self.claim.denies == self.denied else "said_not"
            )
        holds = self.bearing is Bearing.SAME
        agrees = (holds != self.claim.denies) != self.denied
        return "yes" if agrees != self.agreed_by_no else "no"


class _Held(NamedTuple):
    """A finding, and the words of what was asked for which its claim does not account."""

    finding: Finding
    left: frozenset[str]


class _Compiled(NamedTuple):
    """A claim in the units of the language. Of `what`, the longest first, and `thing` any alternative is enough, whole."""

    fact: Fact
    claim: Claim
    thing: tuple[frozenset[str], ...]
    what: tuple[frozenset[str], ...]
    may: frozenset[str]
    but: tuple[frozenset[str], ...]
    objects: frozenset[str]
    """Entities that stand in `what`"""

    @property
    def ways(self) -> tuple[frozenset[str], ...]:
        """Return whatever must be said, whole, for the claim to bear on it: any of them."""
        return (*self.what, *self.but, *filter(None, self.thing if self.claim.verb == "is" else ()))

    def as_thing(self, term: Term) -> Term:
        """Return a term that names an entity which the claim takes for what somebody has, or is, as no person."""
        return term._replace(is_somebody=False) if term.is_somebody and term.unit in self.objects else term


class Claims:
    """The claims of a case, ready to be held against what is asked. Holds nothing of any conversation."""

    def __init__(self, case: Case, reader: AssertionReader) -> None:
        self._case = case
        self._reader = reader
        self._saying, self._age, self._wild, self._compared, self._event, self._naming = (
            reader.units(" ".join(text for name in names for text in case.english.polar.get(name, ())))
            for names in (("saying",), ("age",), ("wildcards",), ("older", "younger"), ("event",), ("naming",))
        )
        self._event |= reader.units(" ".join(case.event))
        publications = {source.counts_as for source in case.sources.values()}
        self._publications = {id_ for id_, entity in case.entities.items() if entity.name in publications}
        self._ages: dict[str, _Compiled] = {}
        self._dated: list[_Compiled] = []
        self._by_unit: defaultdict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        self._all = [self._compiled(fact, claim) for fact in case.facts.values() for claim in fact.claims]
        held = Counter(unit for one in self._all for units in one.ways for unit in units)
        for place, one in enumerate(self._all):
            self._add(place, one, held)
        self._parties = Parties(case, reader.units, self._wild)
        told = (fact for fact in case.facts.values() if fact.status is not Status.UNREPORTED and not fact.speakers)
        persons = (fact for fact in told if {"person", "name"} & {*fact.gives[:1]})
        self._who_is = {fact.about[0]: fact for fact in reversed([*persons])}

    def _compiled(self, fact: Fact, claim: Claim) -> _Compiled:
        units = self._reader.units
        claim = claim._replace(speaker=REPORT) if claim.speaker in self._publications else claim
        is_thing = claim.who not in {*self._case.entities, IMPERSONAL, IT}
        event = self._event if claim.who == IT else frozenset[str]()
        what = sorted(map(units, claim.what), key=len, reverse=True)
        return _Compiled(
            fact=fact,
            claim=claim,
            thing=tuple(units(text) for text in claim.who.split(" / ")) if is_thing else (),
            what=tuple(filter(None, what)),
            may=event.union(*map(self._reader.every_unit, claim.may)),
            but=tuple(filter(None, map(units, claim.but))),
            objects=frozenset(unit for some in what for unit in some if unit[0] == NAMED),
        )

    def _add(self, place: int, compiled: _Compiled, held: Mapping[str, int]) -> None:
        """Put a claim where it is looked for: of each way to say it, under the unit that the fewest ways hold."""
        if compiled.claim.age is not None:
            self._ages[compiled.claim.who] = compiled
        if compiled.claim.who == IT and not compiled.what:
            self._dated.append(compiled)
        for units in {*compiled.ways}:
            self._by_unit[min(units, key=lambda unit: (held[unit], unit))].append((place, units))

    def findings(self, asked: Sequence[Assertion], spoken: Spoken) -> tuple[Finding, ...]:
        """Return every claim that bears on what was asked, in any way that it may be read."""
        likely = tuple(filter(None, spoken.people))
        found: list[Finding] = []
        for assertion in sorted(asked, key=lambda one: one.turned):
            if assertion.turned and any(one.lead in {"yes", "no", "said", "said_not"} for one in found):
                break
            if spoken.story and not likely and any(term.unit[0] == MEANT for term in assertion.terms):
                continue
            found += self._of_ages(assertion, likely)
            found += self._of_two_people(assertion)
            names = any(term.is_somebody for term in assertion.terms)
            units = {term.unit for term in assertion.terms}
            words = {term.unit for term in assertion.terms if not term.is_somebody}
            near = sorted({place for unit in units for place, way in self._by_unit.get(unit, ()) if way <= units})
            parts: list[_Held] = []
            for compiled in (*(self._all[place] for place in near), *(self._dated if assertion.days else ())):
                if spoken.leads_to(compiled.fact, self._case, it=assertion.it, names=names):
                    held = self._held(assertion, words, compiled, likely, spoken.last)
                    parts += () if held is None else (held,)
            whole = [one.finding for one in parts if not one.left]
            found += whole or _together(assertion, parts)
        is_open = not likely and any(term.unit[0] == MEANT for one in asked for term in one.terms)
        asking = asked[0].asking if asked else ""
        kept = (one for one in found if asking or not self._may_have_changed(one))
        return tuple(one._replace(is_open=is_open, asking=asking) for one in kept)

    @staticmethod
    def _may_have_changed(finding: Finding) -> bool:
        """Whether a question asks of now what the reports tell of then; of an age it is said when that was so."""
        claim = finding.claim
        dated = claim.still or claim.age is not None or claim.when is not None or claim.only
        return finding.lead in {"yes", "no"} and finding.tense == "present" and not dated

    # Ages

    def _of_ages(self, asked: Assertion, likely: Likely) -> Iterator[Finding]:
        if not (asked.numbers or asked.older):
            return
        people = [term for term in asked.terms if term.is_somebody]
        rest = {term.unit for term in asked.terms if not term.is_somebody}
        if len(people) == 2 and asked.older and rest <= self._compared | self._age:  # noqa: PLR2004
            yield from self._of_two_ages(asked, people, likely)
        if not asked.numbers or asked.days or asked.older or not rest <= self._age:
            return
        for id_, compiled in self._ages.items():
            if people and all(self._parties.means(term, id_, likely) for term in people):
                age = compiled.claim.age or 0
                if not any(one.about and 0 < abs(one.least - age) <= FAR for one in asked.numbers):
                    yield self._of_number(asked, compiled, age)

    def _of_two_ages(self, asked: Assertion, people: Sequence[Term], likely: Likely) -> Iterator[Finding]:
        for one, first in self._ages.items():
            for other, second in self._ages.items():
                if (
                    one != other
                    and self._parties.means(people[0], one, likely)
                    and self._parties.means(people[1], other, likely)
                ):
                    years = ((first.claim.age or 0) - (second.claim.age or 0)) * asked.older
                    bearing = _apart(asked.numbers, years)
                    if bearing is None:
                        continue
                    yield Finding(
                        self._of_both(first.fact, one, other),
                        first.claim,
                        bearing,
                        asked.denied,
                        asked.agreed_by_no,
                        asked.tense,
                    )

    def _of_both(self, fact: Fact, one: str, other: str) -> Fact:
        """The fact that gives both ages, where there is one."""
        both = (
            fact for fact in self._case.facts.values() if fact.gives[:1] == ("age",) and {one, other} <= {*fact.about}
        )
        return next(both, fact)

    @staticmethod
    def _of_number(asked: Assertion, compiled: _Compiled, value: int) -> Finding:
        fits = all(one.least <= value <= one.most for one in asked.numbers)
        return Finding(
            compiled.fact,
            compiled.claim,
            Bearing.SAME if fits else Bearing.OTHER,
            asked.denied,
            asked.agreed_by_no,
            asked.tense,
        )

    # Who is who

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
            yield Finding(self._who_is[one.id], claim, Bearing.SAME, asked.denied, asked.agreed_by_no, asked.tense)
        if one.id == other.id or one.id in other.may_be or other.id in one.may_be:
            return
        fact = next((fact for person in (other, one) if (fact := self._who_is.get(person.id))), None)
        if fact is not None:
            claim = Claim(who=one.id, verb="isnt", whom=(other.id,), still=True)
            yield Finding(fact, claim, Bearing.SAME, asked.denied, asked.agreed_by_no, asked.tense)

    # Claims of any kind

    def _held(self, asked: Assertion, words: set[str], one: _Compiled, likely: Likely, last: str) -> _Held | None:
        """Hold one claim against what was asked, with the words that it leaves; None where it doesn't bear on it.

        `words` are the units of what was asked but for those that name somebody.
        """
        if one.objects:
            asked = asked._replace(terms=tuple(map(one.as_thing, asked.terms)))
            words = {term.unit for term in asked.terms if not term.is_somebody}
        said = self._said(asked, one, words) if self._may_be_said(asked, one, words) else None
        measured = self._measured(asked, one)
        if said is not None and not said[0] and asked.there and self._is_of_others(asked, one.claim, likely):
            return None
        left = None if said is None or measured is None else self._left(one, words, said[0], last)
        if said is None or measured is None or left is None:
            return None
        if asked.turned and (one.claim.verb == "said" or (asked.denies and asked.denies not in said[0])):
            return None
        bearing = measured if measured is Bearing.OTHER else said[1]
        thing = next((units for units in one.thing if units <= words), frozenset[str]())
        asked_of = self._parties.asked_of(asked, one.claim, said[0], likely)
        if (
            asked_of is None
            or (asked_of.id and bearing is Bearing.OTHER)
            or self._parties.contradicts(asked, said[0], likely)
        ):
            return None
        claim = self._reported(one, said[0])
        found = Finding(
            one.fact, claim, bearing, asked.denied, asked.agreed_by_no, asked.tense, asked_of, what=said[0] | thing
        )
        if asked_of.id and one.claim.denies:
            return None  # what isn't so of one says nothing of another
        found = found._replace(bearing=Bearing.ELSE) if asked_of.id else found
        if found.lead == "said_not" and asked.negated:
            return None
        # A fact that is about somebody has something to say of them: who has an order may be under it or be kept safe by it.
        return None if found.lead == "else" and asked_of.id in one.fact.about else _Held(found, left)

    def _reported(self, one: _Compiled, what: frozenset[str]) -> Claim:
        """A claim, as the report's own where it is that its speaker said, asked or thanked: that nobody says of themselves."""
        spoke = one.claim.who in one.fact.speakers and not what.isdisjoint(self._saying)
        return one.claim._replace(speaker=REPORT) if spoke and not one.claim.speaker else one.claim

    def _is_of_others(self, asked: Assertion, claim: Claim, likely: Likely) -> bool:
        """Whether something that there was is asked of others than the first whom it was for: a warrant for the police."""
        people = [term for term in asked.terms if term.is_somebody]
        return any(not any(self._parties.means(term, id_, likely) for id_ in claim.whom[:1]) for term in people)

    def _may_be_said(self, asked: Assertion, one: _Compiled, words: set[str]) -> bool:
        """Whether what was asked has the verb of a claim: "has" or "says" where the claim does, anything where it tells what happened."""
        match one.claim.verb:
            case "has" | "hasnt":
                return asked.has or asked.there
            case "said":
                return not words.isdisjoint(self._saying)
        return one.claim.who != IT or _is_told(asked, words, self._event)

    def _left(self, one: _Compiled, words: set[str], what: frozenset[str], last: str) -> frozenset[str] | None:
        """The words for which a claim doesn't account; None where what it is about is neither named nor was told last."""
        thing = next((units for units in one.thing if units <= words), None)
        if one.thing and thing is None and one.fact.id != last:
            return None
        known = what | one.may | (thing or frozenset())
        known |= {NAMED + id_ for id_ in one.claim.whom}
        known |= self._wild if one.claim.whom else frozenset()
        known |= self._saying if one.claim.verb == "said" else frozenset()
        return frozenset(words - known)

    def _said(self, asked: Assertion, one: _Compiled, words: set[str]) -> tuple[frozenset[str], Bearing] | None:
        """The words that say what a claim says, or something that only it can be, and which of the two they do."""
        what = next((units for units in one.what if units <= words), None)
        other = frozenset[str]().union(*(units for units in one.but if units <= words))
        if other and (what is not None or one.claim.verb == "is"):
            return other | (what or frozenset()), Bearing.OTHER
        if what is not None:
            return what, Bearing.SAME
        if not one.what and (one.claim.who == IT and asked.days):
            return frozenset(), Bearing.SAME
        exists = asked.there and one.thing and one.claim.verb == "is" and not one.claim.denies
        return (frozenset(), Bearing.SAME) if exists else None

    @staticmethod
    def _measured(asked: Assertion, one: _Compiled) -> Bearing | None:
        """Whether the numbers and dates that were asked are those of a claim; None where it has none, or they can't tell."""
        bearing = Bearing.SAME
        if one.claim.denies and one.claim.many is not None and not asked.numbers:
            return None  # that they weren't two says nothing of one
        if asked.days:
            if one.claim.when is None:
                return None
            if not all(day.fits(one.claim.when) for day in asked.days):
                bearing = Bearing.OTHER
        for number in asked.numbers:
            if one.claim.many is None:
                return None
            counted = _counted(number, one.claim.many, nearly=one.claim.nearly)
            if counted is None:
                return None
            bearing = counted if counted is Bearing.OTHER else bearing
        return bearing


def _together(asked: Assertion, parts: Sequence[_Held]) -> Iterator[Finding]:
    """Several things said of one and the same, each claimed: "he followed her and rang her". So where all of them are.

    What one claim leaves must be what another says, not what may stand beside it. Of a denial each part may be what is
    denied; nothing is said of it.
    """
    if asked.denied or asked.turned or asked.asking:
        return
    of_one: defaultdict[tuple[str, str, tuple[str, ...]], list[_Held]] = defaultdict(list)
    for one in parts:
        claim = one.finding.claim
        if one.finding.lead in ALIKE:
            of_one[claim.who, one.finding.lead, one.finding.speakers].append(one)
        elif one.finding.lead:
            return
    for several in of_one.values():
        told = frozenset[str]().union(*(one.finding.what for one in several))
        fitting = [one for one in several if one.left <= told]
        if fitting:
            best = max(fitting, key=lambda one: len(one.finding.what))
            yield best.finding._replace(what=told)


def words_of_claims(case: Case, language: Language) -> frozenset[str]:
    """Return every word by which a claim is told: right as it stands, whether a wording holds it or not."""
    claims = [claim for fact in case.facts.values() for claim in fact.claims]
    phrases = {text for claim in claims for text in (claim.who, *claim.what, *claim.may, *claim.but)}
    words = {word for text in phrases - case.entities.keys() for word in text.split()}
    return frozenset(part for word in words for part in language.wording(word))


def _is_told(asked: Assertion, words: set[str], event: frozenset[str]) -> bool:
    """Whether anything is said to be, or to have happened: a bare "the knife" says neither."""
    return asked.be >= 0 or bool(asked.tense) or asked.there or not words.isdisjoint(event)


def _apart(asked: Sequence[Range], years: int) -> Bearing | None:
    """Whether one is so many years older than another; None where a year more or less, by their birthdays, could tell."""
    if years <= 0:
        return Bearing.OTHER
    if all(one.least <= years <= one.most for one in asked):
        return Bearing.SAME
    return Bearing.OTHER if any(years + 1 < one.least or years - 1 > one.most for one in asked) else None


def _counted(asked: Range, value: int, *, nearly: bool) -> Bearing | None:
    """Whether a count is in the range asked for; None where one that is only nearly known, and may have grown, can't tell."""
    if asked.about:
        far = asked.least * TIMES < value or asked.least > value * TIMES
        return Bearing.SAME if asked.least == value else Bearing.OTHER if far else None
    if not nearly:
        return Bearing.SAME if asked.least <= value <= asked.most else Bearing.OTHER
    least, most = int(value * (1 - NEARLY)), value - 1
    if asked.least <= least and most <= asked.most:
        return Bearing.SAME
    return Bearing.OTHER if asked.most < least else None
