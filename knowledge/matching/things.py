"""What something is done to, or by, and has no name: whether it stands where a claim has it, and whose it is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from knowledge.case.model import Case, Claim
from knowledge.language.assertion import Assertion
from knowledge.language.sense import NAMED, Term
from knowledge.matching.parties import IMPERSONAL, IT, Likely


class Things:
    """Knows the things and places of a case. Holds nothing of any conversation."""

    def __init__(
        self, case: Case, units: Callable[[str], frozenset[str]], means: Callable[[Term, str, Likely], bool]
    ) -> None:
        """`units` says what the words of a phrase count as, `means` whether a term may mean an entity."""
        self._means = means
        places = {NAMED + id_ for id_, entity in case.entities.items() if entity.kind == "place"}
        self._owners = {unit: owner for thing, owner in case.things.items() for unit in units(thing)}
        self._things = frozenset((*places, *self._owners))
        self._event = units(" ".join(case.event))
        self._entities = case.entities.keys()

    def stand(self, asked: Assertion, claim: Claim, own: frozenset[str], what: frozenset[str], likely: Likely) -> bool:
        """Tell whether each stands where the claim has it: "the street killed her", "he signed the car" are of others.

        `own` are the words by which the claim was met, `what` those of them that say what it says.
        """
        if asked.terms and asked.terms[0].unit in self._things and not asked.there and not self._is_beside(asked):
            first = asked.terms[0].unit
            if first not in own or (
                first in what and claim.who in (*self._entities, IT, IMPERSONAL) and asked.be < 0 and 1 in asked.bare
            ):
                return False
        if self._is_anothers(asked, claim, own, what, likely):
            return False
        if claim.verb not in {"did", "didnt"} or asked.be >= 0:
            return True
        verb = next((at for at, term in enumerate(asked.terms) if term.unit in what), len(asked.terms))
        behind = next(
            (at for at in range(verb, len(asked.terms)) if asked.terms[at].unit not in what), len(asked.terms)
        )
        return not (
            behind < len(asked.terms) and behind in asked.bare and asked.terms[behind].unit in self._owners.keys() - own
        )

    def _is_beside(self, asked: Assertion) -> bool:
        """Whether the first only says more of what stands behind it: "the knife attack", "the Camden councillors"."""
        behind = next(iter(asked.terms[1:2]), None)
        return (
            behind is not None
            and 1 in asked.bare
            and (behind.is_somebody or (behind.unit in self._event and not behind.words[0].endswith("ed")))
        )

    def _is_anothers(
        self, asked: Assertion, claim: Claim, own: frozenset[str], what: frozenset[str], likely: Likely
    ) -> bool:
        """Whether a thing is said to be somebody's whose it isn't: "at the police's flat"."""
        does = claim.verb in {"did", "didnt"}
        return any(
            at in asked.owned
            and one.unit not in own
            and not any(
                self._means(one, id_, likely) for id_ in (self._owners[thing.unit], *(() if does else (claim.who,)))
            )
            for at, (one, thing) in enumerate(pairwise(asked.terms), 1)
            if self._owners.get(thing.unit) and thing.unit not in own - what
        )
