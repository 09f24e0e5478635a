"""What a case is matched by: all wordings of its facts, its moves and its concerns, and the names of its entities."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from knowledge.case.model import Case, Fact
from knowledge.language.reading import Language
from knowledge.language.text import ASK, STOP, tokenise, tokens
from knowledge.matching.index import Index
from knowledge.matching.learning import VERSION, Example, learn
from knowledge.matching.search import CALM, CONCERN, MOVE, Wording


def wordings_of(case: Case) -> tuple[Wording, ...]:
    """Return every wording of the case: of its facts, of the moves (`move:...`) and of the concerns (`concern:...`).

    A passage is a wording too, of the fact that stands on the fewest besides it: people ask who said the words they read.
    """
    facts = [Wording(fact.id, text) for fact in case.facts.values() for text in fact.wordings]
    holders: dict[str, Fact] = {}
    for fact in sorted(case.facts.values(), key=lambda fact: len(fact.passages)):
        for passage in fact.passages:
            holders.setdefault(passage, fact)
    passages = (passage for source in case.sources.values() for passage in source.passages.values())
    quoted = [Wording(holders[passage.id].id, passage.quote) for passage in passages if passage.id in holders]
    moves = [Wording(MOVE + move, text) for text, move in case.moves]
    examples = [Wording(CONCERN + concern, text) for text, concern in case.care.examples]
    return (*facts, *quoted, *moves, *examples)


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


def aliases_of(case: Case) -> Mapping[tuple[str, ...], str]:
    """Return the ways in which people write of each entity, in words."""
    aliases: dict[tuple[str, ...], str] = {}
    for entity in case.entities.values():
        for alias in (entity.name, *entity.aliases, *entity.misspelt):
            words = tokenise(alias)
            if words:
                aliases.setdefault(words, entity.id)
    return aliases


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
    language = Language(case.english, aliases_of(case))
    examples = [
        Example(wording.label, language.terms(language.wording(wording.text), lambda word: language.forms(word)[1]))
        for wording in (*wordings_of(case), *_parts(case))
    ]
    return learn(examples, language.forms, language.layer)
