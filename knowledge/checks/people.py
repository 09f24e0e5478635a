"""Rules for who is meant and who said it: an answer can follow any question, and a claim stays its speaker's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.case.load import Loaded
from knowledge.case.model import Case, Fact, Status
from knowledge.case.problems import Problem
from knowledge.checks.words import QUOTED
from knowledge.language.reading import Language
from knowledge.language.text import tokenise
from knowledge.matching.corpus import aliases_of

FORMS = {
    "he": frozenset(("he", "him", "his", "himself")),
    "she": frozenset(("she", "her", "hers", "herself")),
    "they": frozenset(("they", "them", "their", "theirs", "themselves")),
}
TEXTS = frozenset(("reports", "articles"))
"""What "they" can stand for where it begins a clause: "The reports don't say why. They do say when."."""
CLAUSE = re.compile(r"[.;:?!]\s")
POSSESSIVE = re.compile(r"['’]s\b")


def named(loaded: Loaded) -> Iterator[Problem]:
    """In an answer and in a short, whomever a pronoun stands for is named before it, by name or by a plain noun.

    "Her elder son" is a name where the case has it as an alias; a pronoun within quote marks is the speaker's own.
    Passes: `Ada Finch said that she was 61.`, `A woman said that she saw it.` Fails: `She was 61.`, or `He praised her.`
    where nobody stands before.
    """
    language = Language(loaded.case.english, aliases_of(loaded.case))
    for fact in loaded.case.facts.values():
        for key, text in (("answer", fact.answer), ("short", fact.short)):
            mark = loaded.marks.get(f"fact:{fact.id}.{key}")
            word = _unnamed(loaded.case, language, text) if mark else ""
            if mark and word:
                message = f"{fact.id}: nobody for whom {word!r} can stand is named before it"
                yield Problem(mark, "unnamed", message, "name the person: this can follow any question")


def _unnamed(case: Case, language: Language, text: str) -> str:
    """The first pronoun of a text that stands for nobody before it; empty where there is none."""
    english = case.english
    nouns = {form: english.words(f"nouns-{form}") | english.words("nouns-anybody") for form in FORMS}
    people: set[str] = set()
    able: set[str] = set()
    before: set[str] = set()
    for clause in CLAUSE.split(POSSESSIVE.sub("", QUOTED.sub(" ", text))):
        words = tokenise(clause)
        starts = {start: (entity, end) for entity, start, end in language.mentions(words)}
        place = 0
        while place < len(words):
            entity, end = starts.get(place, ("", place + 1))
            if entity:
                people |= {entity} if case.entities[entity].kind == "person" else set()
                able |= {form for form, of in FORMS.items() if of & set(case.entities[entity].pronouns)}
                able |= {"they"} if len(people) > 1 else set()
            else:
                form = next((form for form, of in FORMS.items() if words[place] in of), "")
                if form and form not in able and not (form == "they" and place == 0 and before & TEXTS):
                    return words[place]
                able |= {form for form in FORMS if words[place] in nouns[form]}
            before.update(words[place:end])
            place = end
    return ""


def claims(loaded: Loaded) -> Iterator[Problem]:
    """What a speaker claimed is told as the speaker's: the short is what was said, and no wording leads it as a fact.

    A short names the speaker, quotes, or begins with "That". A wording may stand under `yes` or `no` where it asks what
    was said: it names the speaker, or has a word of saying. Passes: `yes: [Did somebody say that it smelt?]`, `short: That
    it smelt of smoke.` Fails: `yes: [Was there smoke?]`, `short: The reports don't say.`
    """
    language = Language(loaded.case.english, aliases_of(loaded.case))
    for fact in loaded.case.facts.values():
        if fact.status is not Status.CLAIMED or not fact.speaker:
            continue
        short = loaded.marks.get(f"fact:{fact.id}.short")
        speaks = QUOTED.search(fact.short) or fact.short.startswith("That ")
        if short and not speaks and fact.speaker not in language.entities(tokenise(POSSESSIVE.sub("", fact.short))):
            yield Problem(
                short, "claim", f"{fact.id}: the short isn't what {fact.speaker} said", "say whose claim it is"
            )
        for key, wordings in (("yes", fact.yes), ("no", fact.no)):
            yield from _led(loaded, language, fact, key, wordings)


def _led(loaded: Loaded, language: Language, fact: Fact, key: str, wordings: Sequence[str]) -> Iterator[Problem]:
    for wording in wordings:
        words = tokenise(wording)
        if fact.speaker not in language.entities(words) and language.english.words("saying").isdisjoint(words):
            mark = loaded.marks.get(f"fact:{fact.id}.{key}.{wording}", loaded.marks[f"fact:{fact.id}"])
            message = f"{wording!r} asks whether it is so, and {fact.id} is what somebody said"
            yield Problem(mark, "claim", message, "move it to `ask`, or ask what the speaker said")
