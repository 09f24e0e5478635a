"""How a sentence names the case, its reports, a day, several names: what sentences are filled in with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.case.model import Case


def of_the_case(case: Case) -> dict[str, str]:
    """Return the fields by which sentences speak of the case: what it is, how many reports there are, until when they reach."""
    number = len(case.sources)
    form = "one" if number == 1 else "several"
    undated = [source.publisher or source.counts_as for source in case.sources.values() if source.published is None]
    fields = {"count": count(case, number), "as_of": day(case.as_of), "undated": joined(undated), "what": case.what}
    reach = {"one": "one_undated", "several": "several_undated"}[form] if undated else form
    return {
        **fields,
        "reports": case.voice.say(f"phrase.reports.{form}", **fields),
        "held": case.voice.say(f"phrase.held.{form}", **fields),
        "reach": case.voice.say(f"phrase.reach.{reach}", **fields),
        "end": case.voice.say(f"phrase.end.{reach}", **fields),
    }


def count(case: Case, number: int) -> str:
    """Return a number in words where there is a word for it."""
    words = case.english.lists["cardinals"]
    return words[number - 1] if 0 < number <= len(words) else str(number)


def day(when: date) -> str:
    """Return a date as people say it.

    >>> day(date(2022, 2, 4))
    '4 February 2022'
    """
    return f"{when.day} {when:%B %Y}"


def joined(names: Sequence[str]) -> str:
    """Return names with a comma between them, and "and" before the last."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def capital(text: str) -> str:
    """Return a text with its first letter as a capital."""
    return text[:1].upper() + text[1:]
