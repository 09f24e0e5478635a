"""Who did it to whom: whether those of whom something is asked have the places that they have in a claim."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from knowledge.case.model import Case, Claim
from knowledge.language.assertion import OWNERS, Assertion
from knowledge.language.sense import MEANT, NAMED, Term

IMPERSONAL = "someone"
"""Who does what nobody is named for: "he was never charged"."""
IT = "it"
"""What the case is about, as one who asks "when did it happen?" means it"""
THEY = f"{MEANT}they"
WHO = "who"
"""The word that asks for whoever does or is so"""

Likely = Sequence[frozenset[str]]
"""People spoken of before, the latest first"""


class Other(NamedTuple):
    """Somebody in the place of one of a claim, nobody where `id` is empty; `is_who`: of the one who does or is so."""

    id: str = ""
    is_who: bool = False


SAME = Other()


class Parties:
    """Knows who may be meant, of a case's entities. Holds nothing of any conversation."""

    def __init__(
        self, case: Case, units: Callable[[str], frozenset[str]], wild: frozenset[str], saying: frozenset[str]
    ) -> None:
        """`units` says what words count as, `wild` are those that may stand for anybody, `saying` say something."""
        self._case = case
        self._wild = wild
        self._saying = saying
        self._only: dict[str, Claim] = {}
        for fact in case.facts.values():
            for claim in fact.claims:
                if claim.only and claim.verb == "did" and claim.whom:
                    self._only |= {next(iter(some)): claim for some in map(units, claim.what) if len(some) == 1}
        self._alike = {id_: frozenset((id_, *entity.may_be)) for id_, entity in case.entities.items()}

    def asked_of(self, asked: Assertion, claim: Claim, what: frozenset[str], likely: Likely) -> Other | None:
        """Return whom it is asked of in the place of those of a claim, nobody where it is of these, None for neither.

        `what` are the words that say what the claim says.
        """
        is_thing = claim.who not in {*self._case.entities, IMPERSONAL}
        if claim.verb in {"did", "didnt"} and not is_thing and (claim.whom or claim.who == IMPERSONAL):
            return self._doing(asked, claim, what, likely)
        people = [term for term in asked.terms if term.is_somebody]
        if claim.who == IT:
            people = self._without_anybody(asked, people, claim, what)
        everybody = (*claim.whom, *(() if is_thing else (claim.who,)))
        strange = [term for term in people if not self._is_among(term, everybody, likely)]
        if claim.who == IT and not strange:
            return self._happening(asked, claim, people, likely)
        if claim.verb in {"is", "isnt"} and not self._is_being(asked, claim, what, people, likely):
            return None
        if is_thing:
            alone = len(strange) == 1 and bool(claim.whom)
            return self._another(strange[0], claim, likely, is_who=False) if alone else None if strange else SAME
        first = next((term for term in asked.terms if term.is_somebody or term.unit in what), None)
        return self._being(asked, claim, first, people, likely)

    def contradicts(self, asked: Assertion, what: frozenset[str], likely: Likely) -> bool:
        """Tell whether it says besides that somebody did what only another can have done: "was it over when she killed him"."""
        return any(
            not (self.means(before, claim.who, likely) and self._is_among(behind, claim.whom, likely))
            for at, (before, verb, behind) in enumerate(
                zip(asked.terms, asked.terms[1:], asked.terms[2:], strict=False)
            )
            if (claim := self._only.get(verb.unit)) and verb.unit not in what
            if before.is_somebody and behind.is_somebody and at + 2 not in asked.by
        )

    def is_of_others(self, asked: Assertion, claim: Claim, likely: Likely) -> bool:
        """Tell whether something that there was is asked of others than those whom it was for: a warrant for the police."""
        people = (term for term in asked.terms if term.is_somebody)
        fit = (*(claim.whom if asked.terms and asked.terms[-1].unit == THEY else claim.main), claim.who)
        return any(not self._is_among(term, fit, likely) for term in people)

    def is_said_by_another(self, asked: Assertion, claim: Claim, speakers: Sequence[str], likely: Likely) -> bool:
        """Tell whether another is told to have said it, of whom the claim knows nothing: "did she say she is a witness"."""
        sayers = (*claim.whom, *speakers, *((claim.speaker,) if claim.speaker else ()))
        anybody = next((at for at, term in enumerate(asked.terms) if term.unit in self._wild), len(asked.terms))
        return any(
            at <= anybody and not self._is_among(before, sayers, likely)
            for at, (before, behind) in enumerate(pairwise(asked.terms), 1)
            if before.is_somebody and behind.unit in self._saying and at != asked.be
        )

    def _being(
        self,
        asked: Assertion,
        claim: Claim,
        first: Term | None,
        people: Sequence[Term],
        likely: Likely,
    ) -> Other | None:
        """The same for what somebody is or has: they are the first of those named, and stand before what they have."""
        named = [term for term in people if self.means(term, claim.who, likely)]
        strange = [term for term in people if not self._is_among(term, (*claim.whom, claim.who), likely)]
        if sum(term.unit[0] == NAMED for term in named) > 1:
            return None
        if not named and len(strange) == 1:
            return self._another(strange[0], claim, likely, is_who=True)
        others = [term for term in people if not self.means(term, claim.who, likely)]
        if (
            others
            and others[0].unit[0] == NAMED
            and claim.main
            and not strange
            and not self._is_among(others[0], claim.main, likely)
        ):
            return None
        if claim.verb == "said" and named and is_passive(asked, asked.terms.index(named[0]) + 1):
            return None
        has = claim.verb in {"has", "hasnt"}
        begins = first in named if has else people[:1] == named[:1]
        missing = not named and (asked.asking == WHO or (has and asked.there))
        return SAME if not strange and ((named and begins) or missing) else None

    def _is_being(
        self, asked: Assertion, claim: Claim, what: frozenset[str], people: Sequence[Term], likely: Likely
    ) -> bool:
        """Whether something is said to be so, or done to somebody, rather than done by them."""
        by = [term for place, term in enumerate(asked.terms) if place in asked.by and term.is_somebody]
        if any(not self._is_among(term, claim.main, likely) for term in by):
            return False
        doing = any(term.unit in what and term.words[0].endswith("ing") for term in asked.terms)
        others = len(people) > (claim.who in self._case.entities)
        return not (doing and others) and (asked.be >= 0 or not (asked.tense or _does(asked, what)))

    def _without_anybody(
        self, asked: Assertion, people: Sequence[Term], claim: Claim, what: frozenset[str]
    ) -> list[Term]:
        """Those named of what happened, but for "they" who are nobody in particular, and whose place it was: "at her flat"."""
        owners = {
            at
            for at, (term, behind) in enumerate(pairwise(asked.terms))
            if term.unit[0] == MEANT and term.words[0] in OWNERS and behind.unit in what and not claim.whom
        }
        impersonal = asked.terms[:1] != (next(iter(people), None),) or len(people) > 1
        return [
            term
            for at, term in enumerate(asked.terms)
            if term.is_somebody and at not in owners and not (term.unit == THEY and impersonal)
        ]

    def _happening(self, asked: Assertion, claim: Claim, people: Sequence[Term], likely: Likely) -> Other | None:
        """Nobody else where those named had the places in what happened that they are asked in: its doer is the first of `whom`."""
        if len(claim.whom) < 2:  # noqa: PLR2004
            return SAME if len(people) <= 1 else None
        if not people or (people[0].unit == THEY and len(people) == 1):
            return SAME
        verb = next((at for at, term in enumerate(asked.terms) if not term.is_somebody), len(asked.terms))
        doer, done = claim.whom[:2]
        passive = is_passive(asked, verb)
        if len(people) == 1:
            return SAME if not passive or self.means(people[0], done, likely) else None
        return SAME if self.means(people[0], done if passive else doer, likely) else None

    def _doing(self, asked: Assertion, claim: Claim, what: frozenset[str], likely: Likely) -> Other | None:
        """The same for what one does to another, by their places before and behind the verb."""
        at = next((at for at, term in enumerate(asked.terms) if term.unit in what), 0)
        passive = is_passive(asked, at)
        before = [term for term in asked.terms[:at] if term.is_somebody]
        by = [term for place, term in enumerate(asked.terms) if place in asked.by and term.is_somebody]
        behind = [term for term in asked.terms[at:] if term.is_somebody and term not in by]
        agents, patients = (by, before + behind) if passive else (before, behind)
        wild = any(term.unit in self._wild for term in asked.terms)
        strange = [term for term in patients if not self._may_be_done_to(term, claim, likely, passive=passive)]
        if strange:
            alone = len(strange) == 1 and not agents and bool(claim.whom)
            return self._another(strange[0], claim, likely, is_who=False) if alone else None
        if (
            patients
            and patients[0].unit[0] == NAMED
            and claim.main
            and not self._is_among(patients[0], claim.main, likely)
        ):
            return None
        if passive and not (before and self._is_among(before[0], claim.main or (claim.who,), likely)):
            return None
        told = len(what) > 1  # "dropped the case" tells what was done, "dropped" alone doesn't
        if not (passive or patients or wild or told or not claim.whom or asked.asking == WHO):
            return None
        return self._by(asked, agents, claim, likely, passive=passive)

    def _may_be_done_to(self, term: Term, claim: Claim, likely: Likely, *, passive: bool) -> bool:
        """Whether it may be somebody to whom it is done, or a pronoun for whoever does it: "did he break his order"."""
        itself = not passive and term.unit[0] == MEANT and self.means(term, claim.who, likely)
        return itself or self._is_among(term, claim.whom, likely)

    def _by(
        self, asked: Assertion, agents: Sequence[Term], claim: Claim, likely: Likely, *, passive: bool
    ) -> Other | None:
        """The same for those who are said to have done it; what was done to somebody needs nobody named."""
        if claim.who == IMPERSONAL:
            return SAME if all(term.unit == THEY for term in agents) else None
        if all(self.means(term, claim.who, likely) for term in agents):
            return SAME if agents or passive or asked.asking == WHO else None
        return self._another(agents[0], claim, likely, is_who=True) if len(agents) == 1 else None

    def _is_one_of(self, term: Term, ids: Sequence[str], likely: Likely) -> bool:
        return any(self.means(term, id_, likely) for id_ in ids)

    def _is_among(self, term: Term, ids: Sequence[str], likely: Likely) -> bool:
        """Whether a term means one of some entities, or, as "they", several of them together."""
        together = term.unit == THEY and len(ids) > 1
        return together or self._is_one_of(term, ids, likely)

    def means(self, term: Term, id_: str, likely: Likely) -> bool:
        """Tell whether a term means an entity: it names it, or is a pronoun that means it, or may where nobody was spoken of."""
        if term.unit[0] == NAMED:
            return term.unit == NAMED + id_
        entity = self._case.entities.get(id_)
        form = term.unit[1:]
        if entity is None or form not in entity.pronouns:
            return False
        for people in likely:
            fits = {one for one in people if form in self._case.entities[one].pronouns}
            if fits:
                return fits == {id_}
        return True

    def _another(self, term: Term, claim: Claim, likely: Likely, *, is_who: bool) -> Other | None:
        """Whom a term names in the place of one whom it can't mean; None where it may mean the same.

        `is_who` says that it stands for who it is that does or is so, of whom alone a claim may be proved.
        """
        other, form = term.unit[1:], term.unit[1:]
        if term.unit[0] == MEANT:
            fitting = ([one for one in people if form in self._case.entities[one].pronouns] for people in likely)
            spoken = next(filter(None, fitting), [])
            other = spoken[0] if len(spoken) == 1 else ""
        own = {claim.who, *claim.whom}
        if (
            not other
            or other in own
            or any(other in self._alike.get(id_, ()) or id_ in self._alike[other] for id_ in own)
        ):
            return None
        return Other(other, is_who)


def is_passive(asked: Assertion, at: int) -> bool:
    """Tell whether the verb at a place, or behind a word that says how, is done to whoever stands before it."""
    verb = asked.terms[at : at + 2]
    doing = any(term.words[0].endswith("ing") for term in verb if not term.is_somebody)
    return 0 <= asked.be <= at < len(asked.terms) and not doing


def _does(asked: Assertion, what: frozenset[str]) -> bool:
    """Whether somebody before a verb does it to somebody behind: "she arrested Tom", not "he fled, that Tom"."""
    verb = _verb(asked, what)
    before = next((term for term in asked.terms[:verb] if term.is_somebody), None)
    behind = next(iter(asked.terms[verb + 1 : verb + 2]), None)
    if before is None or behind is None or not behind.is_somebody or verb + 1 in asked.by:
        return False
    return behind.unit != before.unit and (behind.unit[0] == MEANT or before.unit[0] == NAMED)


def _verb(asked: Assertion, what: frozenset[str]) -> int:
    """The place of the first word that says what a claim says, behind the last where none does."""
    return next((at for at, term in enumerate(asked.terms) if term.unit in what), len(asked.terms))
