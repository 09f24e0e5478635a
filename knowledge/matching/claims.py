"""What was said to be so, held against what the facts claim: who did what to whom, how many, when, and whether it is so.

Nothing is found by likeness. A claim counts only where every word that carries meaning is accounted for by it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from knowledge.case.model import Case, Claim, Fact
from knowledge.language.assertion import Assertion, AssertionReader
from knowledge.language.reading import Language
from knowledge.language.sense import MEANT, NAMED
from knowledge.matching.finding import REPORT, Finding, Held, Spoken, together
from knowledge.matching.holding import Compiled, Holder
from knowledge.matching.parties import IMPERSONAL, IT, Parties
from knowledge.matching.people import People
from knowledge.matching.verdict import Tuning


class Claims:
    """The claims of a case, ready to be held against what is asked. Holds nothing of any conversation."""

    def __init__(self, case: Case, reader: AssertionReader, tuning: Tuning = Tuning()) -> None:  # noqa: B008 - frozen
        self._case = case
        self._reader = reader
        self._saying, self._told, self._wild, self._event = (
            reader.units(" ".join(case.english.polar.get(name, ())))
            for name in ("saying", "told", "wildcards", "event")
        )
        self._event |= reader.units(" ".join(case.event))
        publications = {source.counts_as for source in case.sources.values()}
        self._publications = {id_ for id_, entity in case.entities.items() if entity.name in publications}
        self._dated: list[Compiled] = []
        self._by_unit: defaultdict[str, dict[frozenset[str], list[int]]] = defaultdict(dict)
        self._all = [self._compiled(fact, claim) for fact in case.facts.values() for claim in fact.claims]
        self._every = [one.every for one in self._all]
        held = Counter(unit for one in self._all for units in one.ways for unit in units)
        for place, one in enumerate(self._all):
            self._add(place, one, held)
        self._parties = Parties(case, reader.units, self._wild, self._saying & self._told)
        self._people = People(case, reader, self._parties)
        self._holder = Holder(case, reader, self._parties, tuning.padding)

    def _compiled(self, fact: Fact, claim: Claim) -> Compiled:
        units = self._reader.units
        claim = claim._replace(speaker=REPORT) if claim.speaker in self._publications else claim
        is_thing = claim.who not in {*self._case.entities, IMPERSONAL, IT}
        event = self._event if claim.who == IT else frozenset[str]()
        what = sorted(map(units, claim.what), key=len, reverse=True)
        known = event.union(*map(self._reader.every_unit, claim.may), (NAMED + id_ for id_ in claim.whom))
        known |= self._wild if claim.whom else frozenset()
        known |= self._saying if claim.verb == "said" else frozenset()
        return Compiled(
            fact=fact,
            claim=claim,
            thing=tuple(units(text) for text in claim.who.split(" / ")) if is_thing else (),
            what=tuple(filter(None, what)),
            but=tuple(filter(None, map(units, claim.but))),
            objects=frozenset(unit for some in what for unit in some if unit[0] == NAMED),
            known=known - self._reader.denials,
        )

    def _add(self, place: int, compiled: Compiled, held: Mapping[str, int]) -> None:
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
                    held = self._holder.held(assertion, words, compiled, likely, spoken.last)
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


def words_of_claims(case: Case, language: Language) -> frozenset[str]:
    """Return every word by which a claim is told: right as it stands, whether a wording holds it or not."""
    claims = [claim for fact in case.facts.values() for claim in fact.claims]
    phrases = {text for claim in claims for text in (claim.who, *claim.what, *claim.may, *claim.but)}
    words = {word for text in phrases - case.entities.keys() for word in text.split()}
    return frozenset(part for word in words for part in language.wording(word))
