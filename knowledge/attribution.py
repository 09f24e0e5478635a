"""A question put to one report, "what does LBC say about the warrant?", taken apart into the report and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from knowledge.model import Case
from knowledge.text import tokenise

LEADING = (
    "according to acc per as in by from on for the a and do does did has have had is was version account report of"
)
"""Words that lead up to the name of a report and ask nothing."""
TELLING = (
    "news article articles report reports reported story piece paper newspaper site website coverage account version "
    "say says said saying tell tells told us me mention mentions mentioned write writes wrote give gives gave claim "
    "claims claimed state states stated have has got print prints printed put puts anything that whether if as"
)
"""Words that may follow the name of a report and tell only that it tells."""
ABOUT = "about on of regarding concerning regards re"
"""Words before what a report is asked about: what stands after them is the question."""
BARE = "what whats anything"
"""Words that ask nothing more once the topic stands alone."""
LEADS, TELLS, TOPICS, BARES = (frozenset(words.split()) for words in (LEADING, TELLING, ABOUT, BARE))


class Attributed(NamedTuple):
    """What is left of a question without the report it is put to, and the ids of that publication's sources.

    Nothing is left of "and LBC?".
    """

    text: str
    publication: str
    sources: frozenset[str]


class Attribution:
    """Finds the publication that a question names, by the aliases of the entities that bear a source's name."""

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

    def read(self, text: str) -> Attributed | None:
        """Take a question apart; None where it names no publication."""
        words = tokenise(text)
        for start in (at for at, word in enumerate(words) if word in self._first):
            for length in self._lengths:
                publication = self._aliases.get(words[start : start + length])
                if publication:
                    rest = " ".join(_without(words, start, start + length))
                    return Attributed(rest, publication, self._sources[publication])
        return None


def _without(words: tuple[str, ...], start: int, end: int) -> tuple[str, ...]:
    """The words but for those from start to end, and but for what leads up to them and follows from them."""
    while start and words[start - 1] in LEADS:
        start -= 1
    while end < len(words) and words[end] in TELLS:
        end += 1
    topic = end < len(words) and words[end] in TOPICS
    head = words[: start - 1] if topic and start and words[start - 1] in BARES else words[:start]
    return (*head, *words[end + topic :])
