"""One claim held against one thing that was said: whether it is the same, of the same, and how it bears on it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import NamedTuple

from knowledge.case.model import Case, Claim
from knowledge.language.assertion import Assertion, AssertionReader
from knowledge.language.sense import NAMED
from knowledge.matching.compiled import Compiled, CompiledClaim
from knowledge.matching.finding import REPORT, Bearing, Finding, Held
from knowledge.matching.measured import measured
from knowledge.matching.parties import IT, Likely, Parties
from knowledge.matching.things import Things


class _Met(NamedTuple):
    """What was asked, as a claim reads it; of `words`, its units but for whoever is somebody, `what` say what it says.

    `thing` are those that name what it is about, `left` those for which it doesn't account.
    """

    asked: Assertion
    words: frozenset[str]
    what: frozenset[str]
    bearing: Bearing
    thing: frozenset[str]
    left: frozenset[str]


class Holder:
    """Holds claims against what was asked. Holds nothing of any conversation."""

    def __init__(
        self, case: Case, reader: AssertionReader, compiled: Compiled, parties: Parties, padding: float
    ) -> None:
        """`padding` is the most words beside those that say it and those whom it is about."""
        self._parties = parties
        self._padding = padding
        self._things = Things(case, reader.units, parties.means)
        self._saying, self._wild, self._event = compiled.saying, compiled.wild, compiled.event
        self._spans = reader.units(" ".join(case.english.polar.get("spans", ())))

    def held(
        self, asked: Assertion, words: AbstractSet[str], one: CompiledClaim, likely: Likely, last: str
    ) -> Held | None:
        """Hold a claim against what was asked, with the words that it leaves; None where it doesn't bear on it.

        `words` are the units of what was asked but for those that name somebody, `last` is the fact told last.
        """
        met = self._met(asked, words, one)
        if met is None or (one.thing and not one.is_of_thing(met.asked, met.words) and one.fact.id != last):
            return None
        if not self._is_of_it(met, one, likely):
            return None
        other = self._parties.asked_of(met.asked, one.claim, met.what, likely)
        if other is None or (other.id and (met.bearing is Bearing.OTHER or one.claim.denies)):
            return None  # what isn't so of one says nothing of another
        beside = met.words - met.what - met.thing - met.left - self._event - self._wild
        found = Finding(
            one.fact,
            self._reported(one, met.what),
            Bearing.ELSE if other.id else met.bearing,
            asked.denied,
            asked.agreed_by_no,
            asked.tense,
            other,
            is_padded=len(beside) > self._padding,
            what=met.what | next((units for units in one.thing if units and units <= met.words), frozenset()),
        )
        # A fact about somebody has something to say of them: who has an order is under it, or kept safe by it.
        idle = found.lead == "else" and other.id in one.fact.about
        return None if idle or (found.lead == "said_not" and asked.negated) else Held(found, met.left)

    def _met(self, asked: Assertion, words: AbstractSet[str], one: CompiledClaim) -> _Met | None:
        """What was asked, where it holds a way to say the claim and nothing that its numbers and days can't tell."""
        if not self._may_be_said(asked, one, words):
            return None
        named = one.objects.intersection(term.unit for term in asked.terms)
        said = _said(asked, one, words | named)
        if said is None:
            return None
        what, bearing = said
        things = named & what
        asked, words = (_as_things(asked, things), words | things) if things else (asked, words)
        spans = one.claim.denies and not what.isdisjoint(self._spans)
        counted = measured(asked, one.claim, spans=spans)
        if counted is None:
            return None
        thing = one.things_in(words)
        bearing = counted if counted is Bearing.OTHER else bearing
        return _Met(asked, frozenset(words), what, bearing, thing, frozenset(words - one.known - what - thing))

    def _is_of_it(self, met: _Met, one: CompiledClaim, likely: Likely) -> bool:
        """Whether it is no other thing by what is denied, who is described or told to have said it, and where things stand."""
        asked, claim, own = met.asked, one.claim, met.what | met.thing
        if asked.there and self._parties.is_of_others(asked, claim, likely):
            return False
        if asked.there and asked.turned and not (one.thing or claim.verb in {"has", "hasnt"}):
            return False  # "there was nothing out for his arrest" denies what there was
        if asked.turned and (claim.verb == "said" or (asked.denies and asked.denies not in met.what)):
            return False
        says = claim.verb == "said" or not met.what.isdisjoint(self._saying)
        if not says and self._parties.is_said_by_another(asked, claim, one.fact.speakers, likely):
            return False
        if asked.described and asked.described.isdisjoint(own) and asked.who_described != NAMED + claim.who:
            return False
        stands = self._things.stand(asked, claim, own, met.what, likely)
        return stands and not self._parties.contradicts(asked, met.what, likely)

    def _may_be_said(self, asked: Assertion, one: CompiledClaim, words: AbstractSet[str]) -> bool:
        """Whether what was asked has a claim's verb: "has" or "says" where it does, anything where it tells what happened."""
        match one.claim.verb:
            case "has" | "hasnt":
                return asked.has or asked.there
            case "said":
                return not self._saying.isdisjoint(words)
        return one.claim.who != IT or _is_told(asked, words, self._event)

    def _reported(self, one: CompiledClaim, what: frozenset[str]) -> Claim:
        """A claim, as the report's own where it is that its speaker said or asked: that nobody says of themselves."""
        spoke = one.claim.who in one.fact.speakers and not what.isdisjoint(self._saying)
        return one.claim._replace(speaker=REPORT) if spoke and not one.claim.speaker else one.claim


def _said(asked: Assertion, one: CompiledClaim, words: AbstractSet[str]) -> tuple[frozenset[str], Bearing] | None:
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


def _as_things(asked: Assertion, units: frozenset[str]) -> Assertion:
    """What was asked with entities that a claim takes for what somebody has, or is, as nobody who does anything."""
    terms = (term._replace(is_somebody=term.is_somebody and term.unit not in units) for term in asked.terms)
    return asked._replace(terms=tuple(terms))


def _is_told(asked: Assertion, words: AbstractSet[str], event: frozenset[str]) -> bool:
    """Whether anything is said to be, or to have happened: a bare "the knife" says neither."""
    return asked.be >= 0 or bool(asked.tense) or asked.there or not event.isdisjoint(words)
