"""What "he", "it" and "the second one" mean in a conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from bot.context import Context
from knowledge.lookup import Lookup
from knowledge.model import Case, Fact
from knowledge.question import Question

PLURAL = "they"
ITS = frozenset(("it", "its"))
HAPPENING = frozenset(("happen", "happened", "happens", "happening", "occur", "occurred"))
"""Words that say of "it" that it is what the whole case is about: "when did it happen?"."""
COUNTED = {"first": 0, "second": 1, "third": 2}
"""The words that count the people of an answer."""
AFTER_COUNT = "one man woman person guy lady councillor say said says do did is was get has have think want mean"
AFTER_COUNTS = frozenset(AFTER_COUNT.split())
"""What may follow such a word where it counts people: "the first one", "the second say", not "the first of May"."""
COUNTING = frozenset((*COUNTED, "the", "one"))
"""The words of a message that does nothing but count: "the second one"."""


class Antecedents:
    """Finds whom or what a word of a message stands for. Holds nothing of any conversation."""

    def __init__(self, case: Case, lookup: Lookup) -> None:
        self._case = case
        self._lookup = lookup
        self.plain = tuple(id_ for id_, entity in case.entities.items() if PLURAL not in entity.pronouns)
        """Whom a pronoun may mean where nothing was told; a bare "they" means nobody then."""

    def meant(self, question: Question, context: Context, likely: Sequence[str]) -> dict[str, str]:
        """Return what each pronoun of a question stands for: the first of the likely people whom it fits, or a thing."""
        words = set(question.words)
        told = "" if words & HAPPENING else self.thing(context)
        thing = told or (self._case.it if context.facts else "")
        meant = dict.fromkeys(words & ITS, thing) if thing else {}
        for pronoun in ("he", "she", PLURAL):
            fits = [id_ for id_ in likely if pronoun in self._case.entities[id_].pronouns]
            named = any(pronoun in self._case.entities[id_].pronouns for id_ in question.entities)
            if fits and not named:
                forms = words & set(self._case.entities[fits[0]].pronouns) - ITS
                meant.update(dict.fromkeys(forms, fits[0]))
        return meant

    def thing(self, context: Context) -> str:
        """Return what "it" means: what the last fact says of it, or else one before."""
        return next(filter(None, (self._case.facts[id_].it for id_ in context.facts)), "")

    def spoken(self, context: Context) -> tuple[frozenset[str], frozenset[str]]:
        """Return those of whom the last turn spoke, named or told of, and those of whom the turns before it did."""
        told = self._case.facts[context.facts[0]].about if context.facts else ()
        latest = max((at for at, id_ in enumerate(context.people, 1) if id_ in told), default=len(context.people))
        return frozenset(context.people[:latest]), frozenset(context.people[latest:])

    def topics(self, fact: Fact, context: Context) -> tuple[str, ...]:
        """Return what a bare "when?" may ask about once a fact was told, likeliest first: whom else was named since."""
        since = [self.name(id_) for id_ in context.people[:1] if id_ not in fact.about]
        return tuple(dict.fromkeys(filter(None, (*since, fact.it or self.name(fact.about[0]), self.thing(context)))))

    def counted(self, words: Sequence[str], context: Context) -> str:
        """Return whom "the first one" means among the people of the last fact told that is about several, if anybody."""
        after = dict(pairwise((*words, "one")))
        place = next((COUNTED[word] for word in words if word in COUNTED and after[word] in AFTER_COUNTS), None)
        if place is None:
            return ""
        told = (self._case.facts[id_].about for id_ in context.facts)
        named = ([id_ for id_ in about if self._case.entities[id_].is_named] for about in told)
        several = next((people for people in named if len(people) > 1), [])
        return several[place] if place < len(several) else ""

    def named(self, words: tuple[str, ...], context: Context) -> str:
        """Return the entity that the words do nothing but name, by a pronoun too; empty where they do more."""
        entities = self._lookup.read(" ".join(words)).entities
        if len(entities) == 1 and self._lookup.names(words, entities[0]):
            return entities[0]
        if COUNTING.issuperset(words):
            return self.counted(words, context)
        if len(words) != 1:
            return ""
        likely = (*context.people, *self.plain)
        return next((id_ for id_ in likely if words[0] in self._case.entities[id_].pronouns), "")

    def said_in_full(self, words: tuple[str, ...], meant: Mapping[str, str]) -> str:
        """Return the words with names in place of pronouns, but for those that are part of a name: "her son"."""
        within = {place for _, start, end in self._lookup.mentions(words) for place in range(start, end)}
        return " ".join(
            word if place in within else self.name(meant.get(word, word)) for place, word in enumerate(words)
        )

    def name(self, word: str) -> str:
        """Return an entity's name as people write it; any other word as it is."""
        entity = self._case.entities.get(word)
        if entity is None:
            return word
        return entity.name if entity.is_named or not entity.aliases else entity.aliases[0]
