"""A question put to one report, "what does LBC say about the warrant?", taken apart into the report and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from knowledge.case.model import Case
from knowledge.language.reading import Word


class Attributed(NamedTuple):
    """What is left of a question without the report it is put to, and the ids of that publication's sources.

    Nothing is left of "and LBC?".
    """

    words: tuple[Word, ...]
    publication: str
    sources: frozenset[str]


class Attribution:
    """Finds the publication that a question names, by the aliases of the entities that bear a source's name.

    Of the English layer's lists, `leads` lead up to the name of a report and ask nothing, `tells` may follow it and
    say only that it tells, `topics` stand before what is asked, and `bares` ask nothing more once a topic stands alone.
    """

    def __init__(self, case: Case, aliases: Mapping[tuple[str, ...], str]) -> None:
        self._sources = {
            entity.id: frozenset(source.id for source in case.sources.values() if source.counts_as == entity.name)
            for entity in case.entities.values()
        }
        named = {alias: id_ for alias, id_ in aliases.items() if self._sources[id_]}
        possessive = {(*alias[:-1], alias[-1] + "s"): id_ for alias, id_ in named.items()}
        self._aliases = {**possessive, **named}
        self._first = frozenset(alias[0] for alias in self._aliases)
        self._lengths = sorted({len(alias) for alias in self._aliases}, reverse=True)
        self._leads, self._tells = case.english.words("leads"), case.english.words("tells")
        self._topics, self._bares = case.english.words("topics"), case.english.words("bares")

    def read(self, words: tuple[Word, ...]) -> Attributed | None:
        """Take a question apart; None where it names no publication."""
        texts = tuple(word.text for word in words)
        for start in (at for at, text in enumerate(texts) if text in self._first):
            for length in self._lengths:
                publication = self._aliases.get(texts[start : start + length])
                if publication:
                    rest = self._without(words, start, start + length)
                    return Attributed(rest, publication, self._sources[publication])
        return None

    def _without(self, words: tuple[Word, ...], start: int, end: int) -> tuple[Word, ...]:
        """The words but for those from start to end, and but for what leads up to them and follows from them."""
        while start and words[start - 1].text in self._leads:
            start -= 1
        while end < len(words) and words[end].text in self._tells:
            end += 1
        topic = end < len(words) and words[end].text in self._topics
        bare = topic and start and words[start - 1].text in self._bares
        return (*words[: start - 1 if bare else start], *words[end + topic :])
