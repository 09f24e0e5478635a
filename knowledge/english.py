"""How people write English: the curated layer under the search, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

NOTHING: Mapping[str, Any] = MappingProxyType({})


class English(NamedTuple):
    """The English layer of `voice/english.yaml`.

    `expand` turns one token into the words that it stands for, `phrases` a few words into plainer ones, `same` a word
    into the head of its group of near-synonyms. `common` are words that are never mended into something else.
    `question` gives the kinds of answer and the ways to ask for them, `polar` the words by which a question that wants
    yes or no is read.
    """

    expand: Mapping[str, str] = NOTHING
    phrases: Mapping[str, str] = NOTHING
    same: Mapping[str, str] = NOTHING
    common: frozenset[str] = frozenset()
    question: Mapping[str, tuple[str, ...]] = NOTHING
    polar: Mapping[str, tuple[str, ...]] = NOTHING
