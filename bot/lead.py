"""Whether an answer begins with yes or no: only where a curated wording says so, or a number settles it."""

from __future__ import annotations

from knowledge.lookup import Found, Lookup
from knowledge.model import Fact


def lead(fact: Fact, found: Found, lookup: Lookup) -> str:
    """Return `yes`, `no` or nothing.

    A wording counts where the question says the same as it: the same words that carry meaning, whatever their order.
    A number counts where the question guesses one that is not among the fact's.
    """
    if not found.question.polar:
        return ""
    asked = lookup.meaning(found.question.text)
    for answer, wordings in (("yes", fact.yes), ("no", fact.no)):
        if any(lookup.meaning_of_wording(wording) == asked for wording in wordings):
            return answer
    guessed = set(found.question.numbers)
    if fact.values and guessed and not guessed & set(fact.values):
        return "no"
    return ""
