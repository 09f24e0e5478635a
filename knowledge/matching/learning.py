"""What a case is matched by, and the index that is learned from it.

What is learned from are the wordings of its facts, its moves and its concerns; its names are known besides.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from knowledge.case.model import Case, Fact
from knowledge.language.english import Language, aliases_of
from knowledge.language.reading import Reader
from knowledge.language.text import ASK, STOP, tokens
from knowledge.matching import heldout
from knowledge.matching.ascent import Example, learn
from knowledge.matching.heldout import HeldOut
from knowledge.matching.index import Index
from knowledge.matching.search import CALM, CONCERN, MOVE, REJOINDER, Search, Wording
from knowledge.matching.sureness import Sureness
from knowledge.matching.thin import few_wordings

VERSION = 14
"""Raise it with any change of what is counted or how it is learned: what was kept before is stale then."""


def wordings_of(case: Case) -> tuple[Wording, ...]:
    """Return every wording of the case, each with the class that it is of.

    A fact by its id, a move (`move:...`), a concern (`concern:...`), what is written after contacts (`rejoinder:...`).
    A passage is a wording too, of the fact that stands on the fewest besides it: people ask who said the words they
    read.
    """
    facts = [Wording(fact.id, text) for fact in case.facts.values() for text in fact.wordings]
    holders: dict[str, Fact] = {}
    for fact in sorted(case.facts.values(), key=lambda fact: len(fact.passages)):
        for passage in fact.passages:
            holders.setdefault(passage, fact)
    passages = (passage for source in case.sources.values() for passage in source.passages.values() if passage.quote)
    quoted = [Wording(holders[passage.id].id, passage.quote) for passage in passages if passage.id in holders]
    moves = [Wording(MOVE + move, text) for text, move in case.moves]
    examples = [Wording(CONCERN + concern, text) for text, concern in case.care.examples]
    rejoined = [Wording(REJOINDER + rejoinder, text) for text, rejoinder in case.care.rejoined]
    return (*facts, *quoted, *moves, *examples, *rejoined)


def _parts(case: Case) -> Iterator[Wording]:
    """Each sentence of a message about nothing, for it is heard by itself."""
    for text, concern in case.care.examples:
        if concern == CALM:
            sentence: list[str] = []
            whole = tokens(text)
            for token in whole:
                sentence.append(token.word)
                if token.mark in {STOP, ASK} and len(sentence) < len(whole):
                    yield Wording(CONCERN + CALM, " ".join(sentence))
                    sentence = []


def digest(case: Case) -> str:
    """Return what stands for everything that learning depends on, 32 hexadecimal digits: an edited answer changes nothing."""
    english = case.english
    inputs = (
        VERSION,
        sorted(set(wordings_of(case))),
        [sorted(layer.items()) for layer in (english.expand, english.phrases, english.same)],
        sorted((" ".join(alias), entity) for alias, entity in aliases_of(case).items()),
    )
    return hashlib.blake2b(json.dumps(inputs).encode(), digest_size=16).hexdigest()


def learned(case: Case) -> Index:
    """Learn the index of a case, which takes seconds."""
    language = Language.of(case)
    forms = cache(language.forms)
    wordings = wordings_of(case)
    examples = {
        Example(one.label, language.terms(language.wording(one.text), lambda word: forms(word)[1])): one
        for one in sorted({*wordings, *_parts(case)})
    }
    index, duals = learn(examples, forms, language.layer)
    if few_wordings(case):
        return index  # of a fact with few wordings hardly anything is left without one of them
    reader = Reader(language, index.vocabulary)
    search = Search(wordings, reader, index, 0.0)
    sureness = Sureness(case.facts, search, reader, index)
    held = [
        HeldOut(examples[example], some)
        for example, some in duals.items()
        if not example.label.startswith(REJOINDER) and example.terms.atoms
    ]
    return replace(index, sureness=heldout.weights(case.facts, search, sureness, held))
