"""Rules for wordings that stand nearly twice: under two facts, and but for one misspelt word the same."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from knowledge.case.load import Loaded
from knowledge.case.problems import Problem
from knowledge.checks.wordings import words_of
from knowledge.language.english import Language

LONG_ENOUGH = 4
"""Letters from which on a word of no list may be another one misspelt."""


def nearly_twice(loaded: Loaded) -> Iterator[Problem]:
    """No wording is another fact's but for one misspelt word.

    Passes: "who raised the alarm" under one fact. Fails: "who rased the alarm" under another.
    """
    language = Language.of(loaded.case)
    right = language.english.common | language.layer
    said = [(wording, words_of(wording.text)) for wording in loaded.wordings if wording.id in loaded.case.facts]
    unknown = [
        (wording, words, place)
        for wording, words in said
        for place, word in enumerate(words)
        if len(word) >= LONG_ENOUGH and word not in right and word.isalpha()
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
