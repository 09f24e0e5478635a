"""Whether an answer begins with yes or no. Pure, and rather without a word than with a wrong one.

It does where a curated wording says just what the question says, of the same people, and where the question puts a bare
number to a fact that has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from knowledge.case.model import Case, Fact, Status
from knowledge.language.sense import MEANT, NAMED, Sense, Senses, root
from knowledge.matching.finding import Bearing, Finding, Spoken

AGE = ("age",)
NOW = ("present", "perfect")


class _Said(NamedTuple):
    """What a wording of a fact says, and the answer to it. `own` are its terms with those whom its pronouns mean."""

    answer: str
    shape: tuple[bool, str, int]
    sense: Sense
    own: tuple[str, ...]


class Leads:
    """Gives answers their yes or no. What it keeps are the senses of the case's own wordings."""

    def __init__(self, case: Case, senses: Senses) -> None:
        self._case = case
        self._senses = senses
        self._of_facts: dict[str, tuple[_Said, ...]] = {}
        polar = case.english.polar
        self._lasting, self._saying, self._age = (
            frozenset(map(root, polar.get(part, ()))) for part in ("lasting", "saying", "age")
        )

    def lead(self, asked: Sense, fact: Fact, spoken: Spoken) -> str:
        """Return `yes`, `no` or nothing: how the telling of a fact begins where this was asked."""
        shape = _shape(asked)
        alike = [said for said in self._wordings(fact) if said.shape == shape]
        if not alike and not fact.values:
            return ""
        meant = self._meant(asked, fact, spoken)
        names = any(map(_is_somebody, asked.terms))
        if not asked.terms or meant is None or not spoken.leads_to(fact, self._case, it=asked.it, names=names):
            return ""
        terms = [meant.get(term, term) for term in asked.terms]
        if fact.status is Status.CLAIMED and self._saying.union(NAMED + id_ for id_ in fact.speakers).isdisjoint(terms):
            return ""
        for said in alike:
            if all(map(_agree, terms, said.sense.terms, said.own)):
                return "" if self._may_have_changed(said.answer, asked, terms, fact) else said.answer
        return self._by_number(asked, terms, fact)

    def _meant(self, asked: Sense, fact: Fact, spoken: Spoken) -> Mapping[str, str] | None:
        """Whom each pronoun means; without one that means nobody spoken of, and None where it might mean several.

        The owner within a name ("her ex") must be somebody whom the fact is about: another's is another.
        """
        meant: dict[str, str] = {}
        for pronoun in {*asked.owners, *filter(_is_pronoun, asked.terms)}:
            fits = (self._fitting(pronoun, people) - {*asked.terms} for people in spoken.people)
            likely = next(filter(None, fits), frozenset[str]())
            if len(likely) > 1 or (spoken.story and not likely):
                return None
            meant.update((pronoun, term) for term in likely)
        owners = {meant[pronoun] for pronoun in asked.owners if pronoun in meant}
        return meant if owners <= {NAMED + id_ for id_ in fact.about} else None

    def _fitting(self, pronoun: str, people: Iterable[str]) -> frozenset[str]:
        """Those of some people for whom a pronoun can stand, as terms."""
        form = pronoun.removeprefix(MEANT)
        return frozenset(NAMED + id_ for id_ in people if form in self._case.entities[id_].pronouns)

    def _wordings(self, fact: Fact) -> tuple[_Said, ...]:
        """What the wordings of a fact say to which the answer is yes, and then those to which it is no."""
        found = self._of_facts.get(fact.id)
        if found is None:
            wordings = [("yes", wording) for wording in fact.yes] + [("no", wording) for wording in fact.no]
            found = self._of_facts[fact.id] = tuple(self._said(answer, wording, fact) for answer, wording in wordings)
        return found

    def _said(self, answer: str, wording: str, fact: Fact) -> _Said:
        sense = self._senses.wording(wording)
        return _Said(answer, _shape(sense), sense, tuple(self._own(term, sense, fact) for term in sense.terms))

    def _own(self, term: str, said: Sense, fact: Fact) -> str:
        """Whom a wording's pronoun means: the only one of its fact whom it fits, and nothing of several.

        Where the wording names such a one, or the fact is about none, the pronoun stands for itself.
        """
        fits = self._fitting(term, fact.about) if _is_pronoun(term) else frozenset[str]()
        if not fits or any(self._fitting(term, (named,)) for named in _named(said)):
            return term
        return next(iter(fits)) if len(fits) == 1 else ""

    def _may_have_changed(self, answer: str, asked: Sense, terms: Sequence[str], fact: Fact) -> bool:
        """Whether a question asks of now what the reports tell of then, other than who is who, or what doesn't pass."""
        if fact.gives[:1] == AGE:
            return asked.tense in NOW
        lasts = all(map(_is_somebody, terms)) or not self._lasting.isdisjoint(terms)
        return answer == "yes" and asked.tense == "present" and not lasts

    def _by_number(self, asked: Sense, terms: Sequence[str], fact: Fact) -> str:
        """Hold a number against the one of a fact, where nothing beside it but names, and words of age, could turn it."""
        numbers = [term for term in terms if term.isdigit()]
        if len(fact.values) != 1 or len(numbers) != 1 or asked.tense != "past":
            return ""
        about = [NAMED + id_ for id_ in fact.about]
        full = [self._first(term) for term in terms]
        beside = {*full} - {*numbers}
        after = full[full.index(numbers[0]) + 1 :]
        if fact.gives[:1] == AGE:
            bare = asked.be and beside - self._age == {about[0]}
        else:
            bare = after[:1] == about[:1] and beside <= {*about}
        return ("yes" if int(numbers[0]) in fact.values else "no") if bare else ""

    def _first(self, term: str) -> str:
        """Whom a pronoun means where nobody was spoken of: the first of the case whom it fits."""
        fits = self._case.entities if _is_pronoun(term) else ()
        return next((NAMED + id_ for id_ in fits if self._fitting(term, (id_,))), term)


STRENGTH = (("yes", "no"), ("said", "said_not"), ("else",))
"""Leads that come before others, those together that speak against each other."""


def deciding(findings: Sequence[Finding], ranked: Sequence[str], *, told: bool) -> Finding | None:
    """Return the finding that decides how an answer begins, and of which fact; None where none does, or they don't agree.

    `ranked` are the facts that were found, the best first, `told` whether the best would be told. What is so comes
    before what is not since something else is; that somebody else is meant is said only of the fact that would be told.
    """
    if any(one.asking for one in findings):
        return _granted(findings, ranked, told=told)
    for leads in STRENGTH:
        fitting = _telling([one for one in findings if one.lead in leads])
        same = [one for one in fitting if one.bearing is Bearing.SAME] or fitting
        alike = fitting if any(one.is_open for one in fitting) else same
        if len({one.lead for one in alike}) > 1:
            return None
        if same:
            place = {id_: at for at, id_ in enumerate(ranked)}
            best = min(same, key=lambda one: (one.is_padded, place.get(one.fact.id, len(place))))
            if best.is_padded:
                return None
            return best if best.lead != "else" or not told or best.fact.id == ranked[0] else None
    return None


def _telling(findings: Sequence[Finding]) -> list[Finding]:
    """The findings but for those that take less of what was asked than others that say the contrary of the same."""
    return [
        one
        for one in findings
        if not any(
            one.what < other.what and one.lead != other.lead and one.bearing is other.bearing for other in findings
        )
    ]


def _granted(findings: Sequence[Finding], ranked: Sequence[str], *, told: bool) -> Finding | None:
    """What a question that asks "who" or "when" takes for granted: it finds the fact where words alone don't.

    Where it is so of somebody else than asked, and that fact would be told, it is said.
    """
    same = [one for one in findings if one.bearing is Bearing.SAME and not one.claim.denies]
    if not told:
        facts = {one.fact.id for one in same}
        return same[0] if len(facts) == 1 else None
    other = [one for one in findings if one.lead == "else" and one.fact.id == ranked[0]]
    return other[0] if other and not same else None


def _shape(sense: Sense) -> tuple[bool, str, int]:
    """What is the same of all that say the same: whether a form of "be" makes it, its time, and how many terms it has."""
    return sense.be, sense.tense, len(sense.terms)


def _is_pronoun(term: str) -> bool:
    return term.startswith(MEANT)


def _is_somebody(term: str) -> bool:
    return term.startswith((NAMED, MEANT))


def _named(sense: Sense) -> Iterator[str]:
    return (term.removeprefix(NAMED) for term in sense.terms if term.startswith(NAMED))


def _agree(asked: str, said: str, meant: str) -> bool:
    """Whether two terms are the same; a pronoun that means nobody yet is, where it's plain whom the wording's means."""
    return (asked == said and bool(meant)) if _is_pronoun(asked) else asked == meant
