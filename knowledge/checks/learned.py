"""Rules for what is learned: the wordings are spelt right, and each finds its own fact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.care.signals import Signals
from knowledge.case.load import Loaded
from knowledge.case.model import Case
from knowledge.case.problems import Level, Mark, Problem
from knowledge.language.reading import Language, Reader
from knowledge.language.text import tokenise
from knowledge.matching.corpus import aliases_of, wordings_of
from knowledge.matching.index import Index
from knowledge.matching.search import Query, Search
from knowledge.matching.tuning import Tuning

LONG_ENOUGH = 5
"""Letters from which on a word that is one edit from a common one is probably a slip."""


class Learned(NamedTuple):
    """What reads and searches as the bot does."""

    reader: Reader
    search: Search

    @classmethod
    def of(cls, case: Case, index: Index) -> Learned:
        """Return the reader and the search of a case."""
        sought = Signals(case, ignore_broken=True).reader.vocabulary
        reader = Reader(Language(case.english, aliases_of(case)), index.vocabulary, sought)
        return cls(reader, Search(wordings_of(case), reader, index, Tuning().fuzzy))


def spelt(loaded: Loaded, learned: Learned) -> Iterator[Problem]:
    """No wording holds a word of no list that is one edit from a common one: a misspelt wording makes its word a known one.

    Passes: "who drove", and slang that `expand` or `same` of the English layer lists. Warns: "who drvoe".
    """
    language = learned.reader.language
    right = language.english.common | language.layer
    common = sorted(word for word in right if len(word) >= LONG_ENOUGH - 1)
    told: set[str] = set()
    for wording in loaded.wordings:
        for word in tokenise(wording.text):
            if len(word) < LONG_ENOUGH or word in right or word in told or not word.isalpha():
                continue
            told.add(word)
            near = process.extractOne(word, common, scorer=OSA.distance, score_cutoff=1)
            if near and language.stem(word) != language.stem(near[0]):
                mend = f"write {near[0]}, or add the word to english.yaml or common.txt"
                yield Problem(wording.mark, "spelling", f"{word!r} is in no list of words", mend, Level.WARNING)


def wordings_find_their_fact(loaded: Loaded, learned: Learned) -> Iterator[Problem]:
    """Asking a fact's own wording finds that fact first.

    Passes: "How old was she?" finds the fact under which it stands. Fails: it finds another one.
    """
    for fact in loaded.case.facts.values():
        queries = [Query(learned.reader.read(wording).texts) for wording in fact.wordings]
        for wording, row in zip(fact.wordings, learned.search.rows(queries), strict=True):
            found = learned.search.candidates(row)
            first = found[0].id if found else "nothing"
            if first != fact.id:
                message = f"{wording!r} finds {first} before {fact.id}"
                mend = "say it more plainly, or move it to that fact"
                yield Problem(mark_of(loaded, fact.id, wording), "self-find", message, mend)


def mark_of(loaded: Loaded, fact: str, wording: str) -> Mark:
    """Return where a wording stands."""
    keys = (f"fact:{fact}.{key}.{wording}" for key in ("ask", "yes", "no"))
    return next(loaded.marks[key] for key in keys if key in loaded.marks)
