"""Rules for claims: what they refer to, and that each of them can be met with; and a claim read back as a sentence."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from knowledge.case.load import Loaded
from knowledge.case.model import Case, Claim, Fact
from knowledge.case.problems import Level, Mark, Problem
from knowledge.checks.alike import Alike
from knowledge.checks.wordings import Learned
from knowledge.language.assertion import AssertionReader
from knowledge.language.english import Language
from knowledge.language.questions import Splitter
from knowledge.language.reading import as_read
from knowledge.language.sense import Senses
from knowledge.matching.claims import Claims
from knowledge.matching.compiled import Compiler
from knowledge.matching.finding import Spoken
from knowledge.matching.parties import IMPERSONAL, IT

ASKED = {"did": "did", "didnt": "did", "is": "was", "isnt": "was", "has": "did", "hasnt": "did", "said": "did"}
"""The word by which a claim is asked for."""
SAID = {
    "did": "did",
    "didnt": "did not",
    "is": "is or was",
    "isnt": "is or was not",
    "has": "has or had",
    "hasnt": "has or had not",
    "said": "said something of",
}


def sentence(case: Case, claim: Claim) -> str:
    """Return a claim as a sentence, for a curator to read.

    Beside each other stand the ways to say it; what may stand with it and changes nothing is left out.
    """
    who = _named(case, claim.who)
    whom = f" [{', '.join(_named(case, id_) for id_ in claim.whom)}]" if claim.whom else ""
    measured = [
        f"{'nearly ' if claim.nearly else ''}{claim.many} of them" if claim.many is not None else "",
        f"aged {claim.age}" if claim.age is not None else "",
        f"on {claim.when}" if claim.when else "",
    ]
    told = ", ".join(filter(None, (" / ".join(claim.what), *measured)))
    rest = [
        f"; not {', '.join(claim.but)}" if claim.but else "",
        f"; nobody else ({claim.only})" if claim.only else "",
        f"; so {_named(case, claim.speaker)} said" if claim.speaker else "",
    ]
    return f"{who[:1].upper()}{who[1:]} {SAID[claim.verb]} {told}{whom}{''.join(rest)}."


def _named(case: Case, who: str) -> str:
    return case.entities[who].name if who in case.entities else "somebody" if who == IMPERSONAL else who


def _each(loaded: Loaded) -> Iterator[tuple[Fact, Claim, Mark]]:
    for fact in loaded.case.facts.values():
        for number, claim in enumerate(fact.claims):
            yield fact, claim, loaded.marks[f"fact:{fact.id}.claim.{number}"]


def claims_refer(loaded: Loaded) -> Iterator[Problem]:
    """What a claim names exists, `only` is a passage of its fact, and no word that denies changes nothing.

    Passes: `{who: finch, did: [raise alarm], only: gazette/alarm}`. Fails: `whom: [clubb]`, `may: [not]`, and `only` with
    a passage that the fact doesn't cite.
    """
    entities, polar = loaded.case.entities, loaded.case.english.polar
    denying = {*polar.get("negation", ()), *polar.get("determining", ())}
    for fact, claim, mark in _each(loaded):
        named = [*claim.whom, *((claim.speaker,) if claim.speaker else ())]
        named += [claim.who] if "-" in claim.who and " " not in claim.who else []
        for id_ in named:
            if id_ not in entities:
                yield Problem(mark, "claim", f"{fact.id}: nobody is called {id_}", "name an entity of case.yaml")
        if claim.only and claim.only not in fact.cited:
            message = f"{fact.id}: the fact doesn't cite {claim.only}, which is to prove that it is nobody else"
            yield Problem(mark, "claim", message, "name one of its passages, or take `only` out")
        for text in claim.may:
            if not denying.isdisjoint(text.split()):
                message = f"{fact.id}: {text!r} denies, and so changes what is said"
                yield Problem(
                    mark, "claim", message, f"take it out of may, or make a way of its own of it in {claim.verb}"
                )
    yield from _named_of_entities(loaded)


def _named_of_entities(loaded: Loaded) -> Iterator[Problem]:
    """Whoever owns a thing, or may be somebody, is an entity."""
    case = loaded.case
    for name, owner in case.things.items():
        if owner and owner not in case.entities:
            message = f"nobody is called {owner}, whose {name} is"
            yield Problem(loaded.marks[f"thing:{name}"], "reference", message, "name an entity of case.yaml")
    for id_, entity in case.entities.items():
        for other in entity.may_be:
            if other not in case.entities:
                message = f"{id_} may be {other}, who doesn't exist"
                yield Problem(loaded.marks[f"entity:{id_}"], "reference", message, "name an entity of case.yaml")


def claims_can_be_asked(loaded: Loaded, learned: Learned) -> Iterator[Problem]:
    """Every way to say a claim is met when it is asked for plainly.

    Passes: `{who: finch, did: [raise alarm]}`, for "did Ada Finch raise alarm" meets it. Fails: `did: [do it]`, which
    holds no word that says anything.
    """
    asking = _Asking(loaded.case, learned.reader.language)
    for fact, claim, mark in _each(loaded):
        if (fact.id, claim) in learned.met:
            continue
        unmet = [*asking.unmet(fact, claim)]
        for what in unmet:
            message = f"{fact.id}: {what or 'it'!r} is never met: {sentence(loaded.case, claim)}"
            mend = "use words that say something; name an entity by its id"
            yield Problem(mark, "claim-unmet", message, mend, Level.WARNING)
        if not unmet:
            learned.met.add((fact.id, claim))


class _Asking:
    """Asks for claims, and of the ways to say them that are alike for one that is met."""

    def __init__(self, case: Case, language: Language) -> None:
        self._case = case
        self._language = language
        splitter = Splitter(case.english)
        self._senses = Senses(case, language, splitter)
        self._reader = AssertionReader(case, language, splitter, self._senses)
        self._compiler = Compiler(case, language, self._reader)
        self._alike = Alike(case, language, self._reader)
        self._met: set[Hashable] = set()

    def unmet(self, fact: Fact, claim: Claim) -> Iterator[str]:
        """Yield the ways to say a claim that are never met."""
        claims = None
        for what, kind in self._alike.kinds(fact, claim):
            if kind in self._met:
                continue
            claims = claims or self._alone(fact._replace(claims=(claim,)))
            asked = as_read(_asked(self._case, claim, what), self._language)
            if not claims.findings(self._reader.read(asked, self._senses.unframed(asked)), Spoken(last=fact.id)):
                yield what
            elif kind is not None:
                self._met.add(kind)

    def _alone(self, fact: Fact) -> Claims:
        """The claims of a fact as if a case had no others."""
        return Claims(self._case._replace(facts={fact.id: fact}), self._reader, self._compiler.compiled((fact,)))


def _asked(case: Case, claim: Claim, what: str) -> str:
    """A plain question for one way to say a claim, with a number or a day where it is asked by these."""
    who = _named(case, claim.who.partition(" / ")[0])
    whom = _named(case, claim.whom[0]) if claim.whom and claim.verb in {"did", "didnt"} else ""
    verb = {"has": "have", "hasnt": "have", "said": "say"}.get(claim.verb, "")
    number = str(claim.age if claim.age is not None else "") or (
        str(claim.many) if claim.many and (claim.denies or not what) else ""
    )
    what = " ".join(_named(case, word) for word in what.split())
    day = f"on {claim.when:%d %B %Y}".replace(" 0", " ") if claim.when and claim.who == IT and not what else ""
    if claim.who == IMPERSONAL:
        return f"was {whom} {what}"
    return " ".join(filter(None, (ASKED[claim.verb], who, verb, what, whom, number, day)))
