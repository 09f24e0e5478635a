"""Whom or what the words of a message stand for in a conversation: "he", "it", "the second one"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from bot.reply import Context
from knowledge.case.model import Case, Entity, Fact
from knowledge.language.english import Language
from knowledge.language.questions import Words
from knowledge.language.reading import Word, texts
from knowledge.language.text import Phrases, tokenise

ITS = frozenset(("it", "its"))
THESE = frozenset(("that", "this"))
"""What else stands for a report, "when was that published", or for what the case is about: "when did that happen"."""
COUNTED = {"first": 0, "second": 1, "third": 2}
"""The words that count the people of an answer."""
COUNTING = frozenset((*COUNTED, "the", "one"))
"""The words of a message that does nothing but count: "the second one"."""


OF_SOMEBODY = frozenset(("age", "job", "name"))
"""The kinds of answer that only somebody has."""


class Antecedents:
    """Finds whom or what a word of a message stands for. Holds nothing of any conversation."""

    def __init__(self, case: Case, language: Language) -> None:
        self._case = case
        self._language = language
        self._happening = language.english.words("happening")
        self._after_count = language.english.words("after-count")
        self._of_them = Phrases.of(language.english.lists["of-them"])
        self._names = {id_: language.wording(_name(entity)) for id_, entity in case.entities.items()}
        self.publications = case.publications
        self._report = language.english.lists["reporting"][:1]
        self._abouts = language.english.words("abouts") | language.english.words("topics")
        self._things = {id_: language.wording(fact.it) for id_, fact in case.facts.items() if fact.it}
        self._it = language.wording(case.it)
        self._doing = {"he": {"he", "his"}, "she": {"she", "her", "hers"}, "they": {"they", "their"}}
        self._pronouns = frozenset(form for entity in case.entities.values() for form in entity.pronouns)

    def meant(self, words: tuple[str, ...], context: Context, likely: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return the words that each pronoun of a question stands for: of the first likely person whom it fits, or a thing."""
        said = set(words)
        told = () if said & self._happening else self.thing(context)
        thing = told or (self._it if context.facts else ())
        its = ITS | THESE if self.report(context) or said & self._happening else ITS
        meant = dict.fromkeys(said & its, thing) if thing else {}
        meant.update({form: self._names[id_] for form, id_ in self.whom(words, likely).items()})
        return meant

    def whom(self, words: tuple[str, ...], likely: Sequence[str]) -> dict[str, str]:
        """Return the entity that each pronoun of a question stands for: the first of the likely ones whom it fits."""
        said = set(words)
        meant: dict[str, str] = {}
        if not likely or said.isdisjoint(self._pronouns):
            return meant
        named = self._language.entities(words)
        called = {form for id_ in named for form in self._case.entities[id_].pronouns}
        for pronoun, done in (("he", "him"), ("she", "her"), ("they", "them")):
            fits = [id_ for id_ in likely if pronoun in self._case.entities[id_].pronouns]
            others = [id_ for id_ in fits if id_ not in named]
            if pronoun in called and done != "her" and done in said and not said & self._doing[pronoun] and others:
                meant[done] = others[0]  # "did Tom hit him": another than whoever is named
            elif pronoun in called and others and self._comes_first(pronoun, words):
                meant[pronoun] = others[0]
            elif fits and pronoun not in called:
                forms = said & set(self._case.entities[fits[0]].pronouns) - ITS
                meant.update(dict.fromkeys(forms, fits[0]))
        return meant

    def _comes_first(self, pronoun: str, words: tuple[str, ...]) -> bool:
        """Whether a pronoun stands before the only name that it fits, as what is said of that: "what did he say about Tom"."""
        mentions = self._language.mentions(words)
        starts = [start for id_, start, _ in mentions if pronoun in self._case.entities[id_].pronouns]
        if pronoun not in words or not starts or min(starts) < words.index(pronoun):
            return False
        return words[min(starts) - 1] in self._abouts

    def thing(self, context: Context) -> tuple[str, ...]:
        """Return the words for what "it" means: the report that was spoken of last, what the last fact says of it, or else one before."""
        report = self.report(context)
        if report:
            return (*self._names[report], *self._report)
        return next((self._things[id_] for id_ in context.facts if id_ in self._things), ())

    def report(self, context: Context) -> str:
        """Return the publication that was spoken of last, as long as reports are what is spoken of; empty where none was."""
        if not context.facts or not self.is_of_a_report(self._case.facts[context.facts[0]]):
            return ""
        return next((id_ for id_ in context.people[:1] if id_ in self.publications), "")

    def is_of_a_report(self, fact: Fact) -> bool:
        """Tell whether a fact is about reports, and not about what they tell."""
        return fact.about[0] in self.publications or (
            "source" in fact.gives and not self.publications.isdisjoint(fact.about)
        )

    def spoken(self, context: Context) -> tuple[frozenset[str], frozenset[str]]:
        """Return those of whom the last turn spoke, named or told of, and those of whom the turns before it did."""
        told = self._case.facts[context.facts[0]].about if context.facts else ()
        latest = max((at for at, id_ in enumerate(context.people, 1) if id_ in told), default=len(context.people))
        return frozenset(context.people[:latest]), frozenset(context.people[latest:])

    def topics(self, fact: Fact, wants: frozenset[str], context: Context) -> tuple[tuple[str, ...], ...]:
        """Return what a bare "when?" may ask about once a fact was told, likeliest first: whom else was named since.

        What only somebody has is asked of whoever was told, and not of what they did: "who did it", "age?".
        """
        since = [self._names[id_] for id_ in context.people[:1] if id_ not in fact.about]
        is_somebody = self._case.entities[fact.about[0]].kind == "person"
        who = [self._names[fact.about[0]]] if OF_SOMEBODY & wants and is_somebody else []
        own = self._things.get(fact.id) or self._names[fact.about[0]]
        return tuple(dict.fromkeys(filter(None, (*since, *who, own, self.thing(context)))))

    def counted(self, words: Sequence[str], context: Context) -> str:
        """Return whom "the first one" means among the people of the last fact told that is about several, if anybody.

        "The third" is not the one who was spoken of last, where a single other is left.
        """
        place = self._counted_at(words)
        if place is None:
            return ""
        nth = COUNTED[words[place]]
        abouts = (self._case.facts[id_].about for id_ in context.facts)
        named = ([id_ for id_ in about if self._case.entities[id_].is_named] for about in abouts)
        several = next((people for people in named if len(people) > 1), [])
        if nth >= len(several):
            return ""
        told = [self._case.facts[id_].about[0] for id_ in context.facts]
        left = [id_ for id_ in several if id_ not in told and self._case.entities[id_].kind == "person"]
        return left[0] if several[nth] == told[0] and len(left) == 1 else several[nth]

    def counted_by_name(self, words: tuple[str, ...], entity: str) -> tuple[str, ...]:
        """Return the words with the name of the one counted in place of "the first one" or "the first of them"."""
        place = self._counted_at(words)
        if place is None:
            return words
        before, behind = words[:place], words[place + 1 :]
        if before[-1:] == ("the",):
            before = before[:-1]
        counted = 1 if behind[:1] == ("one",) else self._of_them.opening(behind)
        return (*before, *self.name(entity), *behind[counted:])

    def _counted_at(self, words: Sequence[str]) -> int | None:
        """Where somebody is counted in a message, None where nobody is."""
        if COUNTED.keys().isdisjoint(words):
            return None
        after = dict(pairwise((*words, "one")))
        counts = (
            at
            for at, word in enumerate(words)
            if word in COUNTED and (after[word] in self._after_count or self._of_them.opening(tuple(words), at + 1))
        )
        return next(counts, None)

    def named(self, words: tuple[str, ...], context: Context) -> str:
        """Return the entity that the words do nothing but name, by a pronoun too; empty where they do more."""
        aliases = self._language.aliases
        owned = (*words[:-1], words[-1].removesuffix("s")) if words else words
        entity = aliases.get(words) or aliases.get(owned)
        if entity:
            return entity
        if words and COUNTING.issuperset(words):
            return self.counted(words, context)
        if len(words) != 1:
            return ""
        likely = (*context.people, *self._case.entities) if context.facts else ()
        return next((id_ for id_ in likely if words[0] in self._case.entities[id_].pronouns), "")

    def said_in_full(self, words: Words, meant: Mapping[str, tuple[str, ...]]) -> Words:
        """Return the words with names in place of pronouns, but for those that are part of a name: "her son"."""
        said = texts(words)
        within = {at for _, start, end in self._language.mentions(said) for at in range(start, end)}
        return tuple(
            new
            for at, word in enumerate(words)
            for new in (
                map(Word, meant[word.text], meant[word.text]) if word.text in meant and at not in within else (word,)
            )
        )

    def name(self, entity: str) -> tuple[str, ...]:
        """Return an entity's name as people write it, in words."""
        return self._names[entity]


def _name(entity: Entity) -> str:
    """What people write for somebody: the first way to call them that is a part of their name, or how one is called who has none."""
    if not entity.is_named:
        return entity.aliases[0] if entity.aliases else entity.name
    words = set(tokenise(entity.name))
    return next((alias for alias in entity.aliases if words.issuperset(alias.split())), entity.name)
