"""What was said to be so, held against what the facts claim: who did what to whom, how many, when, and whether it is so.

Nothing is found by likeness. A claim counts only where every word that carries meaning is accounted for by it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from knowledge.case.model import Case, Claim, Fact
from knowledge.language.assertion import Assertion, AssertionReader
from knowledge.language.quantities import Range
from knowledge.language.reading import Language
from knowledge.language.sense import MEANT, NAMED, Term
from knowledge.matching.finding import REPORT, Bearing, Finding, Held, Spoken, together
from knowledge.matching.parties import IMPERSONAL, IT, Likely, Parties
from knowledge.matching.people import People
from knowledge.matching.things import Things

TIMES = 2
"""How many times as many, or as few, a count that is asked about roughly can't be."""
NEARLY = 0.1
"""A count that is told as nearly so many may be less by this share of it."""


class _Compiled(NamedTuple):
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

    def things_in(self, words: Set[str]) -> frozenset[str]:
        """Return the words that name what it is about: "the whip was a Renault" calls a car so twice."""
        return frozenset[str]().union(*(units for units in self.thing if units <= words))

    def is_of_thing(self, asked: Assertion, words: Set[str]) -> bool:
        """Tell whether what it is about is named, or called "it" or "this" where nobody is named first."""
        named = any(units and units <= words for units in self.thing)
        return named or (frozenset() in self.thing and (asked.it or not (asked.terms and asked.terms[0].is_somebody)))


class Claims:
    """The claims of a case, ready to be held against what is asked. Holds nothing of any conversation."""

    def __init__(self, case: Case, reader: AssertionReader) -> None:
        self._case = case
        self._reader = reader
        self._saying, self._told, self._wild, self._event = (
            reader.units(" ".join(case.english.polar.get(name, ()))) for name in ("saying", "told", "wildcards", "event")
        )
        self._denials = reader.denials
        self._spans = reader.units(" ".join(case.english.polar.get("spans", ())))
        self._event |= reader.units(" ".join(case.event))
        publications = {source.counts_as for source in case.sources.values()}
        self._publications = {id_ for id_, entity in case.entities.items() if entity.name in publications}
        self._dated: list[_Compiled] = []
        self._by_unit: defaultdict[str, dict[frozenset[str], list[int]]] = defaultdict(dict)
        self._all = [self._compiled(fact, claim) for fact in case.facts.values() for claim in fact.claims]
        self._every = [one.every for one in self._all]
        held = Counter(unit for one in self._all for units in one.ways for unit in units)
        for place, one in enumerate(self._all):
            self._add(place, one, held)
        self._parties = Parties(case, reader.units, self._wild, self._saying & self._told)
        self._things = Things(case, reader.units, self._parties.means)
        self._people = People(case, reader, self._parties)

    def _compiled(self, fact: Fact, claim: Claim) -> _Compiled:
        units = self._reader.units
        claim = claim._replace(speaker=REPORT) if claim.speaker in self._publications else claim
        is_thing = claim.who not in {*self._case.entities, IMPERSONAL, IT}
        event = self._event if claim.who == IT else frozenset[str]()
        what = sorted(map(units, claim.what), key=len, reverse=True)
        known = event.union(*map(self._reader.every_unit, claim.may), (NAMED + id_ for id_ in claim.whom))
        known |= self._wild if claim.whom else frozenset()
        known |= self._saying if claim.verb == "said" else frozenset()
        return _Compiled(
            fact=fact,
            claim=claim,
            thing=tuple(units(text) for text in claim.who.split(" / ")) if is_thing else (),
            what=tuple(filter(None, what)),
            but=tuple(filter(None, map(units, claim.but))),
            objects=frozenset(unit for some in what for unit in some if unit[0] == NAMED),
            known=known - self._denials,
        )

    def _add(self, place: int, compiled: _Compiled, held: Mapping[str, int]) -> None:
        """Put a claim where it is looked for: of each way to say it, under the unit that the fewest ways hold."""
        if compiled.claim.who == IT and not compiled.what:
            self._dated.append(compiled)
        for units in {*compiled.ways}:
            rarest = min(units, key=lambda unit: (held[unit], unit))
            self._by_unit[rarest].setdefault(units, []).append(place)

    def findings(self, asked: Sequence[Assertion], spoken: Spoken) -> tuple[Finding, ...]:
        """Return every claim that bears on what was asked, in any way that it may be read."""
        likely = tuple(filter(None, spoken.people))
        found: list[Finding] = []
        for assertion in sorted(asked, key=lambda one: one.turned):
            if assertion.turned and any(one.lead in {"yes", "no", "said", "said_not"} for one in found):
                break
            if spoken.story and not likely and any(term.unit[0] == MEANT for term in assertion.terms):
                continue
            found += self._people.findings(assertion, likely)
            names = any(term.is_somebody for term in assertion.terms)
            units = {term.unit for term in assertion.terms} | assertion.weighty
            words = {term.unit for term in assertion.terms if not term.is_somebody}
            near = sorted(
                {
                    place
                    for unit in self._by_unit.keys() & units
                    for way, places in self._by_unit[unit].items()
                    if way <= units
                    for place in places
                }
            )
            if not words <= frozenset().union(*(self._every[place] for place in near)):
                near = []  # not even together do they account for every word
            parts: list[Held] = []
            for compiled in (*(self._all[place] for place in near), *(self._dated if assertion.days else ())):
                if spoken.leads_to(compiled.fact, self._case, it=assertion.it, names=names):
                    held = self._held(assertion, words, compiled, likely, spoken.last)
                    parts += () if held is None else (held,)
            whole = [one.finding for one in parts if not one.left]
            found += whole or together(assertion, parts)
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

    def _held(self, asked: Assertion, words: set[str], one: _Compiled, likely: Likely, last: str) -> Held | None:
        """Hold one claim against what was asked, with the words that it leaves; None where it doesn't bear on it.

        `words` are the units of what was asked but for those that name somebody.
        """
        named = one.objects.intersection(term.unit for term in asked.terms)
        said = self._said(asked, one, words | named) if self._may_be_said(asked, one, words) else None
        if said is not None and not named.isdisjoint(said[0]):
            asked, words = _as_things(asked, named & said[0]), words | (named & said[0])
        measured = None if said is None else self._measured(asked, one, said[0])
        if said is not None and asked.there and self._is_of_others(asked, one.claim, likely):
            return None
        left = None if said is None or measured is None else self._left(asked, one, words, said[0], last)
        if said is None or measured is None or left is None:
            return None
        if asked.turned and (one.claim.verb == "said" or (asked.denies and asked.denies not in said[0])):
            return None
        if one.claim.verb != "said" and said[0].isdisjoint(self._saying) and self._parties.is_said_by_another(asked, one.claim, one.fact.speakers, likely):
            return None
        bearing = measured if measured is Bearing.OTHER else said[1]
        thing = one.things_in(words)
        is_of_who = asked.who_described == NAMED + one.claim.who
        if asked.described and asked.described.isdisjoint(said[0] | thing) and not is_of_who:
            return None
        if not self._things.stand(asked, one.claim, said[0] | thing, said[0], likely):
            return None
        asked_of = self._parties.asked_of(asked, one.claim, said[0], likely)
        if (
            asked_of is None
            or (asked_of.id and bearing is Bearing.OTHER)
            or self._parties.contradicts(asked, said[0], likely)
        ):
            return None
        claim = self._reported(one, said[0])
        found = Finding(
            one.fact, claim, bearing, asked.denied, asked.agreed_by_no, asked.tense, asked_of, what=said[0] | next((units for units in one.thing if units and units <= words), frozenset())
        )
        if asked_of.id and one.claim.denies:
            return None  # what isn't so of one says nothing of another
        found = found._replace(bearing=Bearing.ELSE) if asked_of.id else found
        # A fact that is about somebody has something to say of them: who has an order may be under it or be kept safe by it.
        idle = found.lead == "else" and asked_of.id in one.fact.about
        return None if idle or (found.lead == "said_not" and asked.negated) else Held(found, left)

    def _reported(self, one: _Compiled, what: frozenset[str]) -> Claim:
        """A claim, as the report's own where it is that its speaker said, asked or thanked: that nobody says of themselves."""
        spoke = one.claim.who in one.fact.speakers and not what.isdisjoint(self._saying)
        return one.claim._replace(speaker=REPORT) if spoke and not one.claim.speaker else one.claim

    def _is_of_others(self, asked: Assertion, claim: Claim, likely: Likely) -> bool:
        """Whether something that there was is asked of others than the first whom it was for: a warrant for the police."""
        people = [term for term in asked.terms if term.is_somebody]
        return any(not any(self._parties.means(term, id_, likely) for id_ in claim.main) for term in people)

    def _may_be_said(self, asked: Assertion, one: _Compiled, words: set[str]) -> bool:
        """Whether what was asked has the verb of a claim: "has" or "says" where the claim does, anything where it tells what happened."""
        match one.claim.verb:
            case "has" | "hasnt":
                return asked.has or asked.there
            case "said":
                return not words.isdisjoint(self._saying)
        return one.claim.who != IT or _is_told(asked, words, self._event)

    def _left(self, asked: Assertion, one: _Compiled, words: set[str], what: frozenset[str], last: str) -> frozenset[str] | None:
        """The words for which a claim doesn't account; None where what it is about is neither named nor was told last."""
        if one.thing and not one.is_of_thing(asked, words) and one.fact.id != last:
            return None
        return frozenset(words - one.known - what - one.things_in(words))

    def _said(self, asked: Assertion, one: _Compiled, words: set[str]) -> tuple[frozenset[str], Bearing] | None:
        """The words that say what a claim says, or something that only it can be, and which of the two they do."""
        said = words | asked.weighty
        what = next((units for units in one.what if units <= said), None)
        other = frozenset[str]().union(*(units for units in one.but if units <= said))
        if other and (what is not None or one.claim.verb == "is"):
            return other | (what or frozenset()), Bearing.OTHER
        if what is not None:
            return what, Bearing.SAME
        if not one.what and (one.claim.who == IT and asked.days):
            return frozenset(), Bearing.SAME
        exists = asked.there and one.thing and one.claim.verb == "is" and not one.claim.denies
        return (frozenset(), Bearing.SAME) if exists else None

    def _measured(self, asked: Assertion, one: _Compiled, what: frozenset[str]) -> Bearing | None:
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
            if one.claim.many is None and one.claim.denies and not what.isdisjoint(self._spans):
                continue  # what wasn't so for days wasn't for two
            if one.claim.many is None:
                return None
            counted = _counted(number, one.claim.many, nearly=one.claim.nearly)
            if counted is None:
                return None
            bearing = counted if counted is Bearing.OTHER else bearing
        return bearing


def words_of_claims(case: Case, language: Language) -> frozenset[str]:
    """Return every word by which a claim is told: right as it stands, whether a wording holds it or not."""
    claims = [claim for fact in case.facts.values() for claim in fact.claims]
    phrases = {text for claim in claims for text in (claim.who, *claim.what, *claim.may, *claim.but)}
    words = {word for text in phrases - case.entities.keys() for word in text.split()}
    return frozenset(part for word in words for part in language.wording(word))


def _as_things(asked: Assertion, units: frozenset[str]) -> Assertion:
    """What was asked with entities that a claim takes for what somebody has, or is, as nobody who does anything."""
    terms = (term._replace(is_somebody=term.is_somebody and term.unit not in units) for term in asked.terms)
    return asked._replace(terms=tuple(terms))


def _is_told(asked: Assertion, words: set[str], event: frozenset[str]) -> bool:
    """Whether anything is said to be, or to have happened: a bare "the knife" says neither."""
    return asked.be >= 0 or bool(asked.tense) or asked.there or not words.isdisjoint(event)


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
