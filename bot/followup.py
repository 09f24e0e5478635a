"""Messages that lean on what was said before: choices taken up, bare names, "why?", "who said that?", "tell me more"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Context
from knowledge.attribution import Attributed
from knowledge.decide import Leaning, Outcome
from knowledge.lookup import MOVE, Found, Lookup
from knowledge.model import Case, Fact
from knowledge.text import tokenise

SUPPORT_PAGES = {"helplines": "care.show_all", "topics": "care.back"}
"""The pages that a support reply offers, with the sentences that are their labels."""

PICKS = ("pick-1", "pick-2", "pick-3")

EXACT = (*PICKS, "lead-in")
"""Moves that are matched word for word, never by likeness."""

LIKELY = 0.25
"""How much better a reading without a pronoun's person must score than the one with it."""

LEANING_MOVES = (
    "who-said",
    "which-paper",
    "report-date",
    "more",
    "sure",
    "why-that",
    "when-that",
    "where-that",
    "who-that",
    "how-that",
    "other-one",
)
"""Moves that mean something only after something was told."""

COURTESIES = ("hello", "thanks", "bye", "okay")
"""Moves that a longer message may begin or end with, but which are not what it is about."""

NOT_MOVES = frozenset(MOVE + move for move in EXACT)
NOT_AT_FIRST = NOT_MOVES | {MOVE + move for move in LEANING_MOVES}
NOT_IN_LONG = NOT_AT_FIRST | {MOVE + move for move in COURTESIES}
MOST_TRIED = 6
"""How many wordings of the last fact are asked again of somebody else."""

POINTING = "it its that this these those they them their there one ones then such same"
POINTERS = frozenset(POINTING.split())
"""Words of a short message that mean something told before."""

ECHO = "what where how and or about also too the agree so well"
ECHOES = POINTERS | frozenset(ECHO.split())
"""The words of a message that puts the last question to a report: "and what about LBC?"."""

COUNTED = {"first": 0, "second": 1, "third": 2}
"""The words that count the people of an answer."""
COUNTING = frozenset((*COUNTED, "the", "one"))
"""The words of a message that does nothing but count: "the second one"."""

SHORT = 8
"""The most words of a message that leans on the last answer and asks nothing of its own."""


class Followup:
    """Reads a message in the light of a context. Holds nothing of any conversation."""

    def __init__(self, case: Case, lookup: Lookup) -> None:
        self._case = case
        self._lookup = lookup
        self._moves = frozenset(MOVE + move for _, move in case.moves)
        self._exact = {tuple(tokenise(text)): move for text, move in case.moves if move in PICKS}
        self._lead_ins = sorted(
            (tuple(tokenise(text)) for text, move in case.moves if move == "lead-in"), key=len, reverse=True
        )

    def chosen(self, text: str, context: Context) -> str:
        """Return the id of the offered choice that the message takes up, or nothing."""
        words = tuple(tokenise(text))
        pick = self._exact.get(words)
        if pick is not None and PICKS.index(pick) < len(context.offered):
            return context.offered[PICKS.index(pick)]
        return next((id_ for id_ in context.offered if words and words == self._label(id_)), "")

    def _label(self, id_: str) -> tuple[str, ...]:
        kind, _, name = id_.partition(":")
        if kind == "fact" and name in self._case.facts:
            return tuple(tokenise(self._case.facts[name].ask[0]))
        if kind == "page" and name in SUPPORT_PAGES:
            return tuple(tokenise(self._case.voice.say(SUPPORT_PAGES[name])))
        if kind == "need" and name in self._case.care.needs:
            return tuple(tokenise(self._case.care.needs[name].label))
        return ()

    def find(self, text: str, context: Context, story: str = "") -> Found:
        """Look a question up with the people that its pronouns may stand for, or without where that fits better."""
        words = tokenise(text)
        counted = self._counted(words, context)
        if counted:
            leaning = self._leaning(context, counted, words)
            return self._lookup.find(text, people=counted, leaning=leaning._replace(without=self._moves))
        plain = self._lookup.find(text, leaning=self._leaning(context, frozenset(), words), story=story)
        people = self._people(plain, context.people)
        handicap = LIKELY
        if not people and plain.verdict.outcome is not Outcome.ANSWER:
            people = self._people(plain, tuple(self._case.entities))
            handicap = 0.0
        if not people:
            return plain
        leaning = self._leaning(context, people, words)
        leant = self._lookup.find(text, people=people, leaning=leaning, story=story)
        return plain if plain.score >= leant.score + handicap else leant

    def _counted(self, words: tuple[str, ...], context: Context) -> frozenset[str]:
        """Return whom "the first one" means among the people of the last fact told that is about several."""
        place = next((COUNTED[word] for word in words if word in COUNTED), None)
        if place is None:
            return frozenset()
        told = (self._case.facts[id_].about for id_ in context.facts)
        named = ([id_ for id_ in about if self._case.entities[id_].is_named] for about in told)
        several = next((people for people in named if len(people) > 1), [])
        return frozenset(several[place : place + 1])

    def put_to(self, text: str, context: Context) -> Attributed | None:
        """Return the report to which the last question is put again: "does LBC say the same?"."""
        attributed = self._lookup.attributed(text) if context.facts else None
        echoes = attributed is not None and ECHOES.issuperset(tokenise(attributed.text))
        return attributed if echoes else None

    def same_of_another(self, text: str, context: Context) -> Found | None:
        """Ask the last question again of a newly named person: "and her son?", "no, I meant the driver"."""
        rest = self._after_lead_in(tuple(tokenise(text)))
        if rest is None or not context.facts:
            return None
        last = self._case.facts[context.facts[0]]
        named = self._named(rest, context)
        if not named:
            return None
        name = self._case.entities[named].name
        asked = [self._lookup.ask_of(wording, frozenset(last.about), name) for wording in last.ask]
        found = [self._lookup.find(wording) for wording in list(filter(None, asked))[:MOST_TRIED]]
        fitting = [item for item in found if item.verdict.best and named in self._about(item.verdict.best.id)]
        return max(fitting, key=lambda item: item.score, default=None)

    def _about(self, id_: str) -> tuple[str, ...]:
        return self._case.facts[id_].about if id_ in self._case.facts else ()

    def _named(self, words: tuple[str, ...], context: Context) -> str:
        """Return the entity that the words do nothing but name, by a pronoun too; empty where they do more."""
        entities = self._lookup.read(" ".join(words)).entities
        if len(entities) == 1 and self._lookup.names(words, entities[0]):
            return entities[0]
        if COUNTING.issuperset(words):
            return next(iter(self._counted(words, context)), "")
        if len(words) != 1:
            return ""
        likely = (*context.people, *self._case.entities)
        return next((id_ for id_ in likely if words[0] in self._case.entities[id_].pronouns), "")

    def _after_lead_in(self, words: tuple[str, ...]) -> tuple[str, ...] | None:
        for lead_in in self._lead_ins:
            if words[: len(lead_in)] == lead_in and len(words) > len(lead_in):
                return words[len(lead_in) :]
        return None

    def near(self, context: Context, kinds: Sequence[str]) -> Fact | None:
        """Return the fact next to the last one told that gives one of these kinds of answer."""
        if not context.facts:
            return None
        last = self._case.facts[context.facts[0]]
        around = [self._case.facts[id_] for id_ in (*last.related, last.nearest) if id_ and id_ not in context.facts]
        giving = [fact for fact in (*around, last) if set(kinds) & set(fact.gives)]
        return next(iter(giving or (around if "reason" in kinds else ())), last)

    def next(self, context: Context) -> Fact | None:
        """Return the next fact near to what was told that hasn't been told yet."""
        for told in context.facts:
            fact = self._case.facts[told]
            for id_ in (fact.nearest, *fact.related):
                if id_ and id_ not in context.facts:
                    return self._case.facts[id_]
        return None

    def last(self, context: Context) -> Fact | None:
        """Return the last fact told."""
        return self._case.facts[context.facts[0]] if context.facts else None

    def _people(self, found: Found, likely: Sequence[str]) -> frozenset[str]:
        """Return whom the question's pronouns stand for: for each the first of the likely people whom it fits."""
        words = set(found.question.words)
        named = set(found.question.entities)
        meant = set()
        for pronoun in ("he", "she", "they"):
            fits = [id_ for id_ in likely if pronoun in self._case.entities[id_].pronouns]
            forms = set(self._case.entities[fits[0]].pronouns) if fits else set()
            if fits and words & forms and not any(pronoun in self._case.entities[id_].pronouns for id_ in named):
                meant.add(fits[0])
        return frozenset(meant)

    def _leaning(self, context: Context, people: frozenset[str], words: tuple[str, ...]) -> Leaning:
        short = len(words) <= SHORT
        if not context.facts:
            return Leaning(people=people, without=NOT_AT_FIRST if short else NOT_IN_LONG)
        last = self._case.facts[context.facts[0]]
        return Leaning(
            people=people,
            near=frozenset(id_ for id_ in (*last.related, last.nearest) if id_),
            told=frozenset(context.facts if short and not POINTERS.isdisjoint(words) else ()),
            without=NOT_MOVES if short else NOT_IN_LONG,
        )
