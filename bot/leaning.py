"""What a follow-up leans on: the question that was answered last, said beside it, and the facts that lie near to its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.finder import Leaning
from bot.reply import Context
from knowledge.case.model import Fact
from knowledge.language.english import Language
from knowledge.matching.search import Query


class Leanings:
    """Says what a question leans on. Holds nothing of any conversation."""

    def __init__(self, facts: Mapping[str, Fact], language: Language) -> None:
        asking = language.english.words("asking")
        self._asked = {
            id_: tuple(word for word in language.wording(fact.question) if word not in asking)
            for id_, fact in facts.items()
        }
        near: dict[str, set[str]] = {id_: set() for id_ in facts}
        for id_, fact in facts.items():
            for other in filter(None, (*fact.related, fact.nearest)):
                near[id_].add(other)
                near[other].add(id_)
        self._near = {id_: frozenset(others) for id_, others in near.items()}

    def of(self, said: Sequence[str], context: Context, *, of_reports: bool) -> Leaning | None:
        """Return what a question leans on, names in the place of its pronouns; None where nothing was told."""
        if not context.facts:
            return None
        last = context.facts[0]
        beside = (word for word in self._asked[last] if word not in said)
        return Leaning(Query((*said, *beside)), last, self._near[last], of_reports)
