"""The ways in which one thing that is said may be read: who is described or picked out, who does it, what is denied."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from knowledge.case.model import Case
from knowledge.language.english import Language
from knowledge.language.sense import MEANT, NAMED, Senses, Term


class Turns:
    """Turns terms as they may be meant, with the `polar` lists of the English layer."""

    def __init__(self, case: Case, language: Language, senses: Senses, unit: Callable[[str], str]) -> None:
        """`unit` says what a word counts as."""
        self._entities = case.entities
        self._places = {id_ for id_, entity in case.entities.items() if entity.kind == "place"}
        self._senses = senses
        self._unit = unit
        polar = case.english.polar

        def words(name: str) -> frozenset[str]:
            return frozenset(polar.get(name, ()))

        self._be, self._negation, self._relative = map(words, ("be", "negation", "relative"))
        self._light = words("light") | words("glue") | words("auxiliary")
        self._denying, self._determining, self._failing = map(words, ("denying", "determining", "failing"))
        self._everybody, self._going_on, self._harming = map(words, ("everybody", "going-on", "harming"))
        self._picking = tuple(map(language.wording, polar.get("picking", ())))
        self._sexes = [(words("men"), "she"), (words("women"), "he")]

    def _term(self, word: str) -> Term:
        unit = self._senses.forms.get(word, word)
        return Term(unit, (word,), unit[0] == MEANT)

    def _is_light(self, term: Term) -> bool:
        return term.unit in self._light

    def unpicked(self, terms: list[Term]) -> list[Term]:
        """Return the terms without the frame that picks somebody out: "was it him who", "is she the one that"."""
        for at, term in enumerate(terms):
            if term.unit not in self._relative:
                continue
            before = terms[:at]
            somebody = [one for one in before if one.is_somebody]
            denial = [one for one in before if one.unit in self._negation]
            empty = self._light | self._be | self._negation
            plain = tuple(one.unit for one in before if not one.is_somebody and one.unit not in empty)
            if somebody and (other := self._of_other_sex(somebody[0], plain)):
                return [*denial, somebody[0], Term("was", ("was",)), Term(other, (other,))]
            if somebody and (
                not plain
                or any(tuple(one for one in phrase if one not in self._light) == plain for phrase in self._picking)
            ):
                return [*denial, *somebody[:1], *terms[at + 1 :]]
            return terms
        return terms

    def _of_other_sex(self, term: Term, words: tuple[str, ...]) -> str:
        """The word that calls somebody a woman who is a man, or the other way round; nothing where none does."""
        entity = self._entities.get(term.unit[1:])
        wrong = next((sex for sex, form in self._sexes if entity is not None and form in entity.pronouns), frozenset())
        return next((word for word in words if word in wrong), "")

    def _described(self, terms: list[Term]) -> list[Term] | None:
        """The terms with the last entity as it is described, where any stands before it: "was he her ex husband"."""
        people = [at for at, term in enumerate(terms) if term.is_somebody]
        if len(people) < 2:  # noqa: PLR2004
            return None
        first = terms[people[0]].unit
        at = next((at for at in people[1:] if terms[at].unit == first and first[0] == NAMED), people[-1])
        if terms[at].unit != first and all(term.unit not in self._be for term in terms[:at]):
            return None
        entity = self._entities.get(terms[at].unit[1:]) if terms[at].unit[0] == NAMED else None
        if entity is None or entity.kind != "person":
            return None
        return [*terms[:at], *(self._term(word) for word in terms[at].words), *terms[at + 1 :]]

    def readings(self, terms: list[Term]) -> Iterator[tuple[list[Term], bool, str]]:
        """Yield the terms in each way that they may be read, whether a word that denies is left out, and what it denies."""
        ways = (
            terms,
            self._described(terms),
            self._backwards(terms),
            self._done_to(terms),
            self._while_going_on(terms),
        )
        found = [some for some in ways if some is not None]
        yield from ((some, False, "") for some in found)
        for some in found:
            if any(term.unit in self._everybody for term in some):
                continue
            at = next((at for at in range(len(some)) if self._denies(some, at)), None)
            if at is not None:
                rest = [term for term in some[at + 1 :] if not self._is_light(term)]
                alone = self._unit(rest[0].unit) if some[at].unit in self._determining and rest else ""
                yield [*some[:at], *some[at + 1 :]], True, alone

    def _while_going_on(self, terms: list[Term]) -> list[Term] | None:
        """The terms without a verb that says of the next that it went on: "did he go on ringing her"."""
        told = [at for at, term in enumerate(terms) if not self._is_light(term)]
        at = next(
            (
                at
                for at, behind in pairwise(told)
                if terms[at].unit in self._going_on and terms[behind].words[0].endswith("ing")
            ),
            None,
        )
        return None if at is None else [*terms[:at], *terms[at + 1 :]]

    def _denies(self, terms: Sequence[Term], at: int) -> bool:
        """Whether a word denies what is said: "failed" only what comes behind it, not "they tried and failed"."""
        last = terms[at].unit in self._failing and all(map(self._is_light, terms[at + 1 :]))
        return terms[at].unit in self._denying and not last

    def _done_to(self, terms: list[Term]) -> list[Term] | None:
        """The terms with whom something is done to before it, where "they" do it, whoever they are: "have they let him go".

        What harms somebody is done by few, and by those alone.
        """
        people = [at for at, term in enumerate(terms) if term.is_somebody]
        said = {term.unit for term in terms}
        if len(people) != 2 or terms[people[0]].unit != f"{MEANT}they" or not said.isdisjoint(self._harming):  # noqa: PLR2004
            return None
        first, second = people
        if terms[second].unit == terms[first].unit or terms[second].unit[1:] in self._places:
            return None
        before = [term for term in terms[:first] if term.unit in self._negation]
        if any(term.unit not in self._negation and not self._is_light(term) for term in terms[:first]):
            return None
        rest = [*terms[first + 1 : second], *terms[second + 1 :]]
        return [terms[second], Term("was", ("was",)), *before, *rest]

    def _backwards(self, terms: list[Term]) -> list[Term] | None:
        """The terms with whom a description means before it, where it stands first: "her killer was Tom"."""
        people = [at for at, term in enumerate(terms) if term.unit[0] == NAMED]
        if len(people) != 2 or terms[people[0]].unit != terms[people[1]].unit:  # noqa: PLR2004
            return None
        first, second = people
        described = [self._term(word) for word in terms[first].words]
        return [terms[second], *terms[:first], *described, *terms[first + 1 : second], *terms[second + 1 :]]
