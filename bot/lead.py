"""Whether an answer begins with yes or no: only where a curated wording says so, or a number settles it."""

from __future__ import annotations

from knowledge.lookup import Found, Lookup
from knowledge.model import Case, Fact
from knowledge.question import Question

SEXES = ("he", "she")


def lead(case: Case, fact: Fact, found: Found, lookup: Lookup) -> str:
    """Return `yes`, `no` or nothing.

    A wording counts where the question says the same as it: the same words that carry meaning, whatever their order.
    A number counts where the question guesses one that is not among the fact's. Neither does where the question asks
    about "her" and the fact is about no woman, or the other way about.
    """
    if not found.question.polar or not _about_them(case, fact, found.question):
        return ""
    asked = lookup.meaning(found.question.text)
    for answer, wordings in (("yes", fact.yes), ("no", fact.no)):
        if any(lookup.meaning_of_wording(wording) == asked for wording in wordings):
            return answer
    guessed = set(found.question.numbers)
    if fact.values and guessed and not guessed & set(fact.values):
        return "no"
    return ""


def _about_them(case: Case, fact: Fact, question: Question) -> bool:
    """Whether a fact is about somebody whom each pronoun of a question fits."""
    of_fact = {pronoun for id_ in fact.about for pronoun in case.entities[id_].pronouns}
    return all(sex in of_fact for sex in SEXES if sex in question.words)
