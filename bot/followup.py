"""Messages that lean on what was said before: bare names, "why?", "who said that?", "tell me more"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.antecedents import Antecedents
from bot.context import Context
from bot.lead import Spoken
from knowledge.attribution import Attributed
from knowledge.care import question_in
from knowledge.decide import Leaning, Outcome
from knowledge.lookup import MOVE, Found, Lookup
from knowledge.model import Case, Fact, Status
from knowledge.question import Question
from knowledge.text import tokenise

LEAD_IN = "lead-in"
EXACT = ("pick", LEAD_IN)
"""Moves that no likeness finds: what takes up a choice, and the words before a bare name."""

LIKELY = 0.1
"""How much better a reading that leaves a pronoun as it is must score than the one that names whom it stands for."""

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

ASKING_ONLY = (
    "who whom whose what when where why how which many much old long far often time times day date month year weekday "
    "hour age ages name names first last full surname called street road place colour exactly precisely about for with "
    "by to from at on in of was is were are did does do the a and or but so ok okay then not long ago that this it its they them please"
)
BARE = frozenset(ASKING_ONLY.split())
"""The words of a message that only asks: "how many?", "and where was that?"."""

LEAD_OUTS = (("i", "mean"), ("i", "meant"), ("that", "is"), ("though",), ("then",), ("too",), ("as", "well"))
"""What may follow a bare name: "the killer, I mean"."""

ECHO = "what where how and or about also too the agree so well"
ECHOES = POINTERS | frozenset(ECHO.split())
"""The words of a message that puts the last question to a report: "and what about LBC?"."""

SHORT = 8
"""The most words of a message that leans on the last answer and asks nothing of its own."""


class Followup:
    """Reads a message in the light of a context. Holds nothing of any conversation."""

    def __init__(self, case: Case, lookup: Lookup) -> None:
        self._case = case
        self._lookup = lookup
        self._antecedents = Antecedents(case, lookup)
        self._moves = frozenset(MOVE + move for _, move in case.moves)
        self._thanks = [tuple(tokenise(text)) for text, move in case.moves if move == "thanks"]
        self._lead_ins = sorted(
            (tuple(tokenise(text)) for text, move in case.moves if move == LEAD_IN), key=len, reverse=True
        )

    def thanks(self, text: str) -> bool:
        """Tell whether a message that asks nothing begins or ends with thanks."""
        words = tuple(tokenise(text))
        ends = any(thanks in (words[: len(thanks)], words[-len(thanks) :]) for thanks in self._thanks)
        return ends and not question_in(text)

    def find(self, text: str, context: Context, story: str = "") -> Found:
        """Look a question up as it stands, and with names in place of its pronouns; the better reading counts."""
        words = tokenise(text)
        counted = self._antecedents.counted(words, context)
        if counted:
            leaning = self._leaning(context, frozenset({counted}), words)._replace(without=self._moves)
            return self._lookup.find(text, people=leaning.people, leaning=leaning)
        named = self._antecedents.named(self._after_lead_in(words), context)
        if named:
            return self._lookup.find(self._antecedents.name(named), leaning=Leaning(without=self._moves))
        plain = self._lookup.find(text, leaning=self._leaning(context, frozenset(), words), story=story)
        bare = self._bare(plain.question, context)
        if bare is not None:
            return bare
        meant = self._antecedents.meant(plain.question, context, context.people)
        handicap = LIKELY
        if not meant and plain.verdict.outcome is not Outcome.ANSWER:
            meant = self._antecedents.meant(plain.question, context, self._antecedents.plain)
            handicap = 0.0
        if not meant:
            return plain
        people = frozenset(meant.values()) & self._case.entities.keys()
        in_full = self._antecedents.said_in_full(plain.question.words, meant)
        leant = self._lookup.find(in_full, leaning=self._leaning(context, people, ()), story=story)
        if plain.verdict.outcome is Outcome.ANSWER and leant.verdict.outcome is not Outcome.ANSWER:
            return plain
        best = plain.verdict.best
        if best and people and people.issubset(self._about(best.id)):
            handicap = 0.0
        return plain if plain.score >= leant.score + handicap else leant

    def meant(self, text: str, context: Context) -> tuple[str, ...]:
        """Return whom the pronouns of a question mean, of those who were spoken of."""
        if not context.people:
            return ()
        meant = self._antecedents.meant(self._lookup.read(text), context, context.people)
        return tuple(id_ for id_ in dict.fromkeys(meant.values()) if id_ in self._case.entities)

    def spoken(self, context: Context) -> Spoken:
        """Return who and what was spoken of, as far as a yes or no may lean on it."""
        last = self.last(context)
        it = self._antecedents.thing(context) or self._case.it
        return Spoken(self._antecedents.spoken(context), it if last else "")

    def _bare(self, question: Question, context: Context) -> Found | None:
        """Ask what a bare "how many?" or "and when?" asks of what was told last, where a fact gives that kind of answer."""
        last = self.last(context)
        if last is None or not question.wants or not BARE.issuperset(question.words):
            return None
        leaning = self._leaning(context, frozenset(), ())._replace(without=self._moves)
        asked = " ".join(word for word in question.words if word not in POINTERS)
        for topic in self._antecedents.topics(last, context):
            found = self._lookup.find(f"{asked} {topic}", leaning=leaning)
            best = found.verdict.best
            gives = self._case.facts[best.id].gives if best else ()
            if found.verdict.outcome is Outcome.ANSWER and (not gives or not question.wants.isdisjoint(gives)):
                return found
        return None

    def put_to(self, text: str, context: Context) -> Attributed | None:
        """Return the report to which the last question is put again: "does LBC say the same?"."""
        attributed = self._lookup.attributed(text) if context.facts else None
        echoes = attributed is not None and ECHOES.issuperset(tokenise(attributed.text))
        return attributed if echoes else None

    def same_of_another(self, text: str, context: Context) -> Found | None:
        """Ask the last question again of a newly named person: "and her son?", "no, I meant the driver"."""
        last = self.last(context)
        if last is None:
            return None
        words = self._without_lead_out(tuple(tokenise(text)))
        named = self._antecedents.named(self._after_lead_in(words), context)
        if not named:
            return None
        name = self._case.entities[named].name
        about = frozenset(last.about)
        asked = [text for wording in last.ask for text in self._lookup.ask_of(wording, about, name)]
        found = [self._lookup.find(text) for text in asked[:MOST_TRIED]]
        fitting = [item for item in found if item.verdict.best and named in self._about(item.verdict.best.id)]
        return max(fitting, key=lambda item: item.score, default=None)

    def _about(self, id_: str) -> tuple[str, ...]:
        return self._case.facts[id_].about if id_ in self._case.facts else ()

    def _after_lead_in(self, words: tuple[str, ...]) -> tuple[str, ...]:
        for lead_in in self._lead_ins:
            if words[: len(lead_in)] == lead_in and len(words) > len(lead_in):
                return words[len(lead_in) :]
        return words

    @staticmethod
    def _without_lead_out(words: tuple[str, ...]) -> tuple[str, ...]:
        for lead_out in LEAD_OUTS:
            if words[-len(lead_out) :] == lead_out and len(words) > len(lead_out):
                return words[: -len(lead_out)]
        return words

    def near(self, context: Context, kinds: Sequence[str]) -> Fact | None:
        """Return the fact next to the last one told that gives one of these kinds of answer."""
        last = self.last(context)
        if last is None:
            return None
        around = [self._case.facts[id_] for id_ in (*last.related, last.nearest) if id_ and id_ not in context.facts]
        giving = [fact for fact in (*around, last) if set(kinds) & set(fact.gives)]
        return next(iter(giving or (around if "reason" in kinds else ())), last)

    def next(self, context: Context) -> Fact | None:
        """Return the next fact near to what was told that hasn't been told yet; nobody asked for what isn't reported."""
        for told in context.facts:
            fact = self._case.facts[told]
            for id_ in (fact.nearest, *fact.related):
                if id_ and id_ not in context.facts and self._case.facts[id_].status is not Status.UNREPORTED:
                    return self._case.facts[id_]
        return None

    def other(self, context: Context) -> Fact | None:
        """Return the fact near the last one told that is about another whom the same pronoun, or "they", fits: "the other one"."""
        last = self.last(context)
        if last is None:
            return None
        fitting = {*self._case.entities[last.about[0]].pronouns, "they"}
        around = (self._case.facts[id_] for id_ in (*last.related, last.nearest) if id_)
        others = ((fact, self._case.entities[fact.about[0]]) for fact in around if fact.about[0] not in last.about)
        people = (fact for fact, entity in others if entity.kind == "person" and fitting & {*entity.pronouns})
        return next(people, None)

    def last(self, context: Context) -> Fact | None:
        """Return the last fact told."""
        return self._case.facts[context.facts[0]] if context.facts else None

    def _leaning(self, context: Context, people: frozenset[str], words: tuple[str, ...]) -> Leaning:
        short = len(words) <= SHORT
        last = self.last(context)
        if last is None:
            return Leaning(people=people, without=NOT_AT_FIRST if short else NOT_IN_LONG)
        return Leaning(
            people=people,
            near=frozenset(id_ for id_ in (*last.related, last.nearest) if id_),
            told=frozenset(context.facts if short and not POINTERS.isdisjoint(words) else ()),
            without=NOT_MOVES if short else NOT_IN_LONG,
        )
