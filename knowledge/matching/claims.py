"""What was said to be so, held against what the facts claim: who did what to whom, how many, when, and whether it is so.

Nothing is found by likeness. A claim counts only where every word that carries meaning is accounted for by it.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.case.model import Case, Claim
from knowledge.language.assertion import Assertion, AssertionReader
from knowledge.language.quantities import Range
from knowledge.language.sense import MEANT
from knowledge.matching.compiled import Compiled, CompiledClaim
from knowledge.matching.finding import REPORT, Bearing, Finding, Held, Spoken, together
from knowledge.matching.parties import IT, Likely, Parties
from knowledge.matching.people import People

TIMES = 2
"""How many times as many, or as few, a count that is asked about roughly can't be."""
NEARLY = 0.1
"""A count that is told as nearly so many may be less by this share of it."""


class Claims:
    """The claims of a case, ready to be held against what is asked. Holds nothing of any conversation."""

    def __init__(self, case: Case, reader: AssertionReader, compiled: Compiled) -> None:
        self._case = case
        self._all = compiled
        self._saying, self._wild, self._event = compiled.saying, compiled.wild, compiled.event
        self._parties = Parties(case, reader.units, self._wild)
        self._people = People(case, reader, self._parties)

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
            units = {term.unit for term in assertion.terms}
            words = {term.unit for term in assertion.terms if not term.is_somebody}
            near = sorted(
                {
                    place
                    for unit in self._all.by_unit.keys() & units
                    for way, places in self._all.by_unit[unit].items()
                    if way <= units
                    for place in places
                }
            )
            if not words <= frozenset().union(*(self._all.every[place] for place in near)):
                near = []  # not even together do they account for every word
            parts: list[Held] = []
            for compiled in (
                *(self._all.claims[place] for place in near),
                *(self._all.dated if assertion.days else ()),
            ):
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

    def _held(self, asked: Assertion, words: set[str], one: CompiledClaim, likely: Likely, last: str) -> Held | None:
        """Hold one claim against what was asked, with the words that it leaves; None where it doesn't bear on it.

        `words` are the units of what was asked but for those that name somebody.
        """
        if one.objects:
            asked = asked._replace(terms=tuple(map(one.as_thing, asked.terms)))
            words = {term.unit for term in asked.terms if not term.is_somebody}
        said = self._said(asked, one, words) if self._may_be_said(asked, one, words) else None
        measured = self._measured(asked, one)
        if said is not None and asked.there and self._is_of_others(asked, one.claim, likely):
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
        found = Finding.of(asked, one.fact, claim, bearing)._replace(asked=asked_of, what=said[0] | thing)
        if asked_of.id and one.claim.denies:
            return None  # what isn't so of one says nothing of another
        found = found._replace(bearing=Bearing.ELSE) if asked_of.id else found
        # A fact that is about somebody has something to say of them: who has an order may be under it or be kept safe by it.
        idle = found.lead == "else" and asked_of.id in one.fact.about
        return None if idle or (found.lead == "said_not" and asked.negated) else Held(found, left)

    def _reported(self, one: CompiledClaim, what: frozenset[str]) -> Claim:
        """A claim, as the report's own where it is that its speaker said, asked or thanked: that nobody says of themselves."""
        spoke = one.claim.who in one.fact.speakers and not what.isdisjoint(self._saying)
        return one.claim._replace(speaker=REPORT) if spoke and not one.claim.speaker else one.claim

    def _is_of_others(self, asked: Assertion, claim: Claim, likely: Likely) -> bool:
        """Whether something that there was is asked of others than the first whom it was for: a warrant for the police."""
        people = [term for term in asked.terms if term.is_somebody]
        return any(not any(self._parties.means(term, id_, likely) for id_ in claim.whom[:1]) for term in people)

    def _may_be_said(self, asked: Assertion, one: CompiledClaim, words: set[str]) -> bool:
        """Whether what was asked has a claim's verb: "has" or "says" where it does, anything where it tells what happened."""
        match one.claim.verb:
            case "has" | "hasnt":
                return asked.has or asked.there
            case "said":
                return not words.isdisjoint(self._saying)
        return one.claim.who != IT or _is_told(asked, words, self._event)

    def _left(self, one: CompiledClaim, words: set[str], what: frozenset[str], last: str) -> frozenset[str] | None:
        """The words for which a claim doesn't account; None where what it is about is neither named nor was told last."""
        thing = next((units for units in one.thing if units <= words), None)
        if one.thing and thing is None and one.fact.id != last:
            return None
        return frozenset(words - one.known - what - (thing or frozenset()))

    def _said(self, asked: Assertion, one: CompiledClaim, words: set[str]) -> tuple[frozenset[str], Bearing] | None:
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
    def _measured(asked: Assertion, one: CompiledClaim) -> Bearing | None:
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
