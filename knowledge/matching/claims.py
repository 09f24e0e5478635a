"""What was said to be so, held against what the facts claim: who did what to whom, how many, when, and whether it is so.

Nothing is found by likeness. A claim counts only where every word that carries meaning is accounted for by it.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.case.model import Case
from knowledge.language.assertion import Assertion, AssertionReader
from knowledge.language.sense import MEANT
from knowledge.matching.compiled import Compiled
from knowledge.matching.finding import Finding, Held, Spoken, together
from knowledge.matching.holding import Holder
from knowledge.matching.parties import Parties
from knowledge.matching.people import People
from knowledge.matching.verdict import Tuning


class Claims:
    """The claims of a case, ready to be held against what is asked. Holds nothing of any conversation."""

    def __init__(
        self,
        case: Case,
        reader: AssertionReader,
        compiled: Compiled,
        tuning: Tuning = Tuning(),  # noqa: B008 - frozen
    ) -> None:
        self._case = case
        self._all = compiled
        parties = Parties(case, reader.units, compiled.wild, compiled.told)
        self._people = People(case, reader, parties)
        self._holder = Holder(case, reader, compiled, parties, tuning.padding)

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
