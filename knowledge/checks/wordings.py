"""Rules for words: wordings enough, each in one place and spelt right, found by what was learned; none that an editor avoids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from knowledge.care.signals import Signals
from knowledge.case.load import Loaded
from knowledge.case.model import Case, Claim
from knowledge.case.problems import Level, Problem, meant
from knowledge.language.english import Language
from knowledge.language.reading import Reader
from knowledge.language.text import tokenise
from knowledge.matching.index import Index
from knowledge.matching.learning import wordings_of
from knowledge.matching.search import Query, Search
from knowledge.matching.thin import Thin
from knowledge.matching.verdict import Tuning

words_of = lru_cache(maxsize=1 << 18)(tokenise)
"""The words of a text, taken apart once: several rules look at the same wordings."""
LONG_ENOUGH = 5
"""Letters from which on a word that is one edit from a common one is probably a slip."""


class Learned(NamedTuple):
    """What reads and searches as the bot does. `met` are claims that were found to be met when they are asked for."""

    reader: Reader
    search: Search
    met: set[tuple[str, Claim]]

    @classmethod
    def of(cls, case: Case, index: Index, met: set[tuple[str, Claim]] | None = None) -> Learned:
        """Return the reader and the search of a case; `met` is what was found before, of the same words and names."""
        sought = Signals(case, ignore_broken=True).reader.vocabulary
        reader = Reader(Language.of(case), index.vocabulary, sought)
        search = Search(wordings_of(case), reader, index, Tuning().fuzzy, Thin.of(case, reader, index))
        return cls(reader, search, set() if met is None else met)


def spelt(loaded: Loaded, learned: Learned) -> Iterator[Problem]:
    """No wording holds a word of no list that is one edit from a common one: a misspelt wording makes its word a known one.

    Passes: "who drove", and slang that `expand` or `same` of the English layer lists. Warns: "who drvoe".
    """
    language = learned.reader.language
    right = language.english.common | language.layer
    common = _near(frozenset(word for word in right if len(word) >= LONG_ENOUGH - 1))
    told: set[str] = set()
    for wording in loaded.wordings:
        for word in words_of(wording.text):
            if len(word) < LONG_ENOUGH or word in right or word in told or not word.isalpha():
                continue
            told.add(word)
            near = common.to(word)
            if near and language.stem(word) != language.stem(near):
                mend = f"write {near}, or add the word to english.yaml or common.txt"
                yield Problem(wording.mark, "spelling", f"{word!r} is in no list of words", mend, Level.WARNING)


def plainly(loaded: Loaded) -> Iterator[Problem]:
    """What a saying stands for is said in words that a list of the layer or a claim has: in others nobody is understood.

    Passes: `sayings: {escape: [did a runner]}`. Warns: `sayings: {escpae: [did a runner]}`.
    """
    english = loaded.case.english
    claims = (claim for fact in loaded.case.facts.values() for claim in fact.claims)
    said = {text for claim in claims for text in (claim.who, *claim.what, *claim.may, *claim.but)}
    known = english.known.union(*map(words_of, said))
    for plain in dict.fromkeys(english.sayings.values()):
        strange = next((word for word in words_of(plain) if word not in known and not word.isdecimal()), "")
        if strange:
            mend = meant(strange, known, "use a word of the claims or of english.yaml")
            mark = loaded.at("list:english.sayings", plain)
            yield Problem(mark, "saying", f"{strange!r} is in no list of words and in no claim", mend, Level.WARNING)


class _Near:
    """Words by what is left of them without one letter: two words that are one edit apart share such a rest."""

    def __init__(self, words: Iterable[str]) -> None:
        self._rests: dict[str, list[str]] = {}
        for word in sorted(words):
            for rest in _rests(word):
                self._rests.setdefault(rest, []).append(word)

    def to(self, word: str) -> str:
        """Return the first word that is one edit away, empty where none is."""
        able = {one for rest in _rests(word) for one in self._rests.get(rest, ())}
        return min((one for one in able if OSA.distance(one, word, score_cutoff=1) <= 1), default="")


_near = lru_cache(maxsize=2)(_Near)
"""Made once where a case is checked again and again, as an editor's change is watched"""


def _rests(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def wordings_find_their_fact(loaded: Loaded, learned: Learned) -> Iterator[Problem]:
    """Asking a fact's own wording finds that fact first.

    Passes: "How old was she?" finds the fact under which it stands. Fails: it finds another one.
    """
    for fact in loaded.case.facts.values():
        said = (" ".join(words_of(wording)) for wording in fact.wordings)  # no sign says which fact is meant
        queries = [Query(learned.reader.read(words).texts) for words in said]
        for wording, row in zip(fact.wordings, learned.search.rows(queries), strict=True):
            found = learned.search.candidates(row)
            first = found[0].id if found else "nothing"
            if first != fact.id:
                message = f"{wording!r} finds {first} before {fact.id}"
                mend = "say it more plainly, or move it to that fact"
                yield Problem(loaded.at(f"fact:{fact.id}", "wording", wording), "self-find", message, mend)


ENOUGH = 10
"""Fewer wordings than this and people will not find the fact."""


def enough(loaded: Loaded) -> Iterator[Problem]:
    """A fact has enough wordings to be found by.

    Passes: ten wordings or more. Warns: fewer than ten.
    """
    for fact in loaded.case.facts.values():
        if len(fact.wordings) < ENOUGH:
            message = f"{fact.id} has {len(fact.wordings)} wordings"
            mend = f"add some, {ENOUGH} at least: short, plain, roundabout, slang"
            yield Problem(loaded.marks[f"fact:{fact.id}"], "few-wordings", message, mend, Level.WARNING)


def once(loaded: Loaded) -> Iterator[Problem]:
    """A wording stands once, and asks for one thing only.

    Passes: "who drove" under one fact. Fails: under two, or twice under one, in whatever letters and signs.
    """
    taken: dict[tuple[str, ...], tuple[str, int]] = {}
    for wording in loaded.wordings:
        words = words_of(wording.text)
        if not words:
            mend = "write words"
            yield Problem(wording.mark, "no-words", f"{wording.text!r} holds no word", mend)
            continue
        first, line = taken.setdefault(words, (wording.id, wording.mark.line))
        if (first, line) == (wording.id, wording.mark.line):
            continue
        where = "above" if first == wording.id else f"under {first}"
        rule = "same-wording" if first != wording.id else "double"
        level = Level.ERROR if first in loaded.case.facts and first != wording.id else Level.WARNING
        yield Problem(wording.mark, rule, f"{wording.text!r} stands {where} as well", "keep one of the two", level)


LONG_UNKNOWN = 4
"""Letters from which on a word of no list may be another one misspelt."""


def nearly_twice(loaded: Loaded, language: Language) -> Iterator[Problem]:
    """No wording is another fact's but for one misspelt word.

    Passes: "who raised the alarm" under one fact. Fails: "who rased the alarm" under another.
    """
    right = language.english.common | language.layer
    said = [(wording, words_of(wording.text)) for wording in loaded.wordings if wording.id in loaded.case.facts]
    unknown = [
        (wording, words, place)
        for wording, words in said
        for place, word in enumerate(words)
        if len(word) >= LONG_UNKNOWN and word not in right and word.isalpha()
    ]
    wanted = {(place, words[:place] + words[place + 1 :]) for _, words, place in unknown}
    like: dict[tuple[int, tuple[str, ...]], list[tuple[str, str]]] = {}
    for wording, words in said:
        for place, word in enumerate(words):
            key = (place, words[:place] + words[place + 1 :])
            if key in wanted:
                like.setdefault(key, []).append((word, wording.id))
    for wording, words, place in unknown:
        for word, other in like[place, words[:place] + words[place + 1 :]]:
            if other != wording.id and word != words[place] and OSA.distance(word, words[place], score_cutoff=1) <= 1:
                what = f"{wording.text!r} stands under {other} as well, but for {word}"
                yield Problem(wording.mark, "same-wording", what, f"write {word}, and keep one of the two")
                break


QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")


def avoided(loaded: Loaded) -> Iterator[Problem]:
    """No sentence of the bot's own uses a phrase that hides who did it, blames, or thrills.

    The phrases stand in `voice/avoid.yaml`, each with what to write. Words between quote marks are somebody's own and
    pass. Passes: `He attacked her.` Fails: `The tragedy unfolded.`
    """
    phrases = {
        key.removeprefix("avoid."): mend
        for key, mend in loaded.case.voice.sentences.items()
        if key.startswith("avoid.")
    }
    if not phrases:
        return
    pattern = re.compile(r"\b(" + "|".join(re.escape(phrase) for phrase in phrases) + r")\b|!", re.IGNORECASE)
    for name, text in _sentences(loaded):
        for found in pattern.finditer(QUOTED.sub(" ", text)):
            word = found.group(0)
            mend = phrases.get(word.lower(), "end the sentence with a full stop")
            yield Problem(loaded.marks[name], "wording", f"{word!r} is not a word for the bot's own voice", mend)


def _sentences(loaded: Loaded) -> Iterator[tuple[str, str]]:
    for fact in loaded.case.facts.values():
        for key in ("title", "answer", "short", "moment"):
            if f"fact:{fact.id}.{key}" in loaded.marks:
                yield f"fact:{fact.id}.{key}", getattr(fact, key)
    for name, sentence in loaded.case.voice.sentences.items():
        if not name.startswith("avoid."):
            yield f"sentence:{name}", sentence
    for concern in loaded.case.care.concerns.values():
        yield f"concern:{concern.id}", f"{concern.first} {concern.then}"
