"""A question looked up in a case: read, ranked, decided."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple

from knowledge.attribution import Attributed, Attribution
from knowledge.decide import Leaning, Verdict, decide
from knowledge.english import English
from knowledge.model import Case, Fact
from knowledge.question import Question, Reader, pieces
from knowledge.search import Ranking, Search, Wording
from knowledge.text import tokenise
from knowledge.weights import load

MOVE = "move:"
"""What the id of a move begins with, among the ids of facts."""


OWN = 0.1
"""How much better a reading must score in which a question is about a report than one in which it is put to it."""
SURE = 0.9
"""The score from which on the first reading stands in any case: it says what one of the wordings says."""


class Found(NamedTuple):
    """What looking up a question found. `attributed` is set where it was put to one of the reports."""

    question: Question
    ranking: Ranking
    verdict: Verdict
    attributed: Attributed | None = None

    @property
    def score(self) -> float:
        """Return the score of the best candidate, 0.0 to 1.0."""
        return self.verdict.best.score if self.verdict.best else 0.0


def wordings_of(case: Case) -> tuple[Wording, ...]:
    """Return every wording of the case: of its facts, and of the moves, whose ids begin with `move:`.

    A passage is a wording too, of the fact that stands on the fewest besides it: people ask who said the words they read.
    """
    facts = [Wording(fact.id, text) for fact in case.facts.values() for text in fact.wordings]
    holders: dict[str, Fact] = {}
    for fact in sorted(case.facts.values(), key=lambda fact: len(fact.passages)):
        for passage in fact.passages:
            holders.setdefault(passage, fact)
    quoted = [Wording(fact.id, case.passage(passage).quote) for passage, fact in holders.items()]
    moves = [Wording(MOVE + move, text) for text, move in case.moves]
    return (*facts, *quoted, *moves)


def aliases_of(case: Case) -> Mapping[tuple[str, ...], str]:
    """Return the ways in which people write of each entity, as tokens."""
    aliases: dict[tuple[str, ...], str] = {}
    for entity in case.entities.values():
        for alias in (entity.name, *entity.aliases, *entity.misspelt):
            tokens = tuple(tokenise(alias))
            if tokens:
                aliases.setdefault(tokens, entity.id)
    return aliases


def searching(
    wordings: Sequence[Wording],
    english: English,
    aliases: Mapping[tuple[str, ...], str],
    kept: bytes,
    correct: Container[str] = frozenset(),
) -> Search:
    """Return a search with the weights that were kept; where none were, they are learned now, which takes seconds."""
    return Search(wordings, english, aliases, load(kept) if kept else None, correct)


class Lookup:
    """Looks questions up in one case."""

    def __init__(self, case: Case) -> None:
        self._case = case
        aliases = aliases_of(case)
        self._aliases = aliases
        self._search = searching(wordings_of(case), case.english, aliases, case.weights)
        self._reader = Reader(aliases, case.english)
        self._attribution = Attribution(case, aliases)
        self._moves = frozenset(MOVE + move for _, move in case.moves)

    def one_message(self) -> AbstractContextManager[None]:
        """Read one message within it, see `Search.one_message`."""
        return self._search.one_message()

    def read(self, text: str) -> Question:
        """Read a question without looking it up."""
        return self._reader.read(text)

    def attributed(self, text: str) -> Attributed | None:
        """Return the report that a question is put to, with the rest of it; None where it names none."""
        return self._attribution.read(text)

    def find(
        self,
        text: str,
        *,
        people: frozenset[str] = frozenset(),
        leaning: Leaning | None = None,
        story: str = "",
        explain: bool = False,
    ) -> Found:
        """Look a question up. `people` are entities that its pronouns stand for, `story` the sentence told beside it.

        One that names a report is read as about the report and as put to it, and the better reading counts.
        """
        leaning = leaning or Leaning()
        found = self._find(text, people, leaning, story, explain=explain)
        attributed = self.attributed(text)
        if attributed is None or not attributed.text:
            return found
        near = leaning._replace(near=leaning.near | self._from(attributed))
        put = self._find(attributed.text, people, near, story, explain=explain)
        return found if found.score > min(put.score + OWN, SURE) else put._replace(attributed=attributed)

    def _find(self, text: str, people: frozenset[str], leaning: Leaning, story: str, *, explain: bool) -> Found:
        ranking = self._search.rank(text, entities=people, explain=explain)
        if story:
            told = self._search.rank(story)
            facts = tuple(found for found in told.candidates if found.fact not in self._moves)
            ranking = ranking.beside(told._replace(candidates=facts))
        question = self._reader.read(text, ranking.words)
        return Found(question, ranking, decide(self._case, question, ranking, leaning))

    def _from(self, attributed: Attributed) -> frozenset[str]:
        """The facts that a publication tells."""
        return frozenset(
            fact.id
            for fact in self._case.facts.values()
            if any(self._case.passage(id_).source in attributed.sources for id_ in fact.passages)
        )

    def search_within(self, message: str) -> Found:
        """Look up the piece of a rambling message that is most like a question about the case."""
        leaning = Leaning(without=self._moves)
        found = [self.find(piece.text, leaning=leaning, story=piece.story) for piece in pieces(message)]
        if not found:
            return self.find(message)
        return max(found, key=lambda item: item.score)

    def words(self, text: str) -> tuple[str, ...]:
        """Return the words of a text as somebody wrote them, short forms written out, and only plain slips mended."""
        return self._search.words(text)

    def names(self, words: tuple[str, ...], entity: str) -> bool:
        """Tell whether the words do nothing but name an entity."""
        return self._aliases.get(words) == entity

    def who(self, word: str) -> str:
        """Return the entity that a word names by itself, if any."""
        return self._aliases.get((word,), "")

    def mentions(self, words: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
        """Yield each entity that the words name, with the places, from and to, where they do."""
        return self._reader.mentions(words)

    def ask_of(self, wording: str, about: frozenset[str], name: str) -> Iterator[str]:
        """Yield a wording with one of those whom it asks about replaced by another name, each of them in turn."""
        words = tuple(tokenise(wording))
        for entity, start, end in self._reader.mentions(words):
            if entity in about:
                yield " ".join((*words[:start], name, *words[end:]))
