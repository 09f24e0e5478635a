"""Care: whether somebody who writes is in danger, hurt, distressed, or asking for support. Decided before any search.

A message is heard in four ways: a language that isn't English, the signals of `voice/care.yaml`, the labelled messages
of `voice/examples.yaml` from which the learned weights generalise, and, for what nothing else explains, who it speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple

from knowledge.decide import THRESHOLD, Outcome
from knowledge.languages import Ear
from knowledge.lookup import Lookup, searching
from knowledge.model import Case, Signal
from knowledge.patterns import PatternError, PatternReader
from knowledge.question import asks, pieces, sentences
from knowledge.search import Candidate, Ranking, Wording
from knowledge.text import MAX_TOKENS, tokenise

CALM = "none"
CLOSE = "close"
LEAST_WORDS = 4
"""The least words of a statement that is heard as one about the writer's own life."""

GRAVEST_FIRST = (
    "danger", "crisis", "child", "own", "stalking", "abuse", "worried", "past", "bereaved", "witness", "harm",
    "contacts", "upset", CLOSE,
)  # fmt: skip

PLEAS = frozenset({"danger", "contacts"})
"""What is heard even in a question that follows on an answer and speaks of nobody near."""

# Measured with version 3 of the scorer by five-fold cross-validation on the labelled messages (2,900 cries and 1,000
# messages that look like one) and on the wordings of the facts: further down, one miss less costs one false alarm more.
SURE = 0.15
"""The least score, 0.0 to 1.0, at which the examples alone say that something is going on."""
LEAD = -0.10
"""The least lead of that over a message about nothing but the case; below zero, for a miss does more harm."""
SURE_ASKING = 0.25
LEAD_ASKING = -0.05
"""The same two where the message asks something as well."""
SURE_OF_OTHERS = 0.20
LEAD_OF_OTHERS = 0.0
"""The same two where the message speaks neither of the writer nor of somebody near."""
SURE_FOLLOWING = 0.40
"""The least score of such a message where it follows on an answer: "so he just happened to be going past"."""
SURE_TOLD = 0.25
LEAD_TOLD = 0.06
"""The same two for what a message tells beside its question, where the question is left out."""
WINDOW = MAX_TOKENS - 10
OVERLAP = 10
"""Words of one piece of a long message, and how many of them it shares with the next."""
CASE_LEAD = 0.30
"""The least lead of a fact over a cry where the message speaks of the writer's own life."""
CASE_PLAIN = 0.38
"""The least score at which a message that asks nothing is one about the case."""
CALM_LEAD = 0.20
"""The least lead of messages about nothing over every concern, at which a statement is one of those."""
CASE_SURE = 0.60
"""The score from which a question about the case stays one, unless the examples are surer still."""


class Cry(NamedTuple):
    """What was heard: the concern, why, and a line to say before all else.

    `contacts` are those for it, in order; where there are none, the concern's own serve.
    """

    concern: str
    contacts: tuple[str, ...] = ()
    why: str = ""
    line: str = ""


class Signals:
    """The patterns of `voice/care.yaml`, ready to be looked for.

    `<case>` stands for the names of the case's people. Raises PatternError for a pattern that cannot be read, or leaves
    its signal silent where that is asked for.
    """

    def __init__(self, case: Case, *, ignore_broken: bool = False) -> None:
        people = [entity for entity in case.entities.values() if entity.kind == "person"]
        names = [" ".join(tokenise(name)) for entity in people for name in (entity.name, *entity.aliases)]
        self.lists = {**case.care.lists, "case": tuple(filter(None, names))}
        self._expand = case.english.expand
        read = PatternReader(self.lists).read_all
        signals = [signal for signal in case.care.signals if not (ignore_broken and _broken(signal, read))]
        self._signals = {signal.id: signal for signal in signals}
        self._when = read({signal.id: signal.when for signal in signals})
        self._unless = read({signal.id: signal.unless for signal in signals})

    def heard(self, words: Sequence[str]) -> Iterator[Signal]:
        """Yield the signals that a message's words set off."""
        shown = self._when.names(words)
        if shown:
            shown -= self._unless.names(words)
            yield from (signal for id_, signal in self._signals.items() if id_ in shown)

    def fires(self, id_: str, message: str) -> bool:
        """Tell whether a message, spelt well, sets off one signal."""
        words = [word for typed in tokenise(message) for word in self._expand.get(typed, typed).split()]
        return any(signal.id == id_ for signal in self.heard(words))


def _broken(signal: Signal, read: Callable[[Mapping[str, Iterable[str]]], object]) -> bool:
    try:
        read({signal.id: (*signal.when, *signal.unless)})
    except PatternError:
        return True
    return False


class Care:
    """Hears distress. Holds nothing of what people write."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._signals = Signals(case)
        read = PatternReader(case.care.lists).read
        self._needs = [(need, read(need.when)) for need in case.care.needs.values()]
        self._named = [
            (card.id, read(["-".join(tokenise(name)) for name in (card.short, *card.also)]))
            for card in case.helplines.values()
        ]
        self._examples = searching(examples_of(case), case.english, {}, case.care_weights)
        self._figurative = read(case.care.figurative)
        self._own = frozenset(case.care.lists["own"])
        asking = sorted(case.care.lists["asking"], key=len, reverse=True)
        self._asking = re.compile(rf"\b(?:{'|'.join(map(re.escape, asking))})\b")
        self._ear = Ear(case.languages)

    def one_message(self) -> AbstractContextManager[None]:
        """Read one message within it, see `Search.one_message`."""
        return self._examples.one_message()

    def read(self, message: str, lookup: Lookup, *, following: bool = False) -> Cry | None:
        """Return what is heard in a message, or None where nothing is. `following`: after an answer about the case."""
        heard = self._ear.hear(message)
        if heard is not None:
            return Cry("language", why=heard.language.name, line=heard.language.line)
        cries = [cry for window in windows(message) for cry in self._heard(window, lookup, following=following)]
        cries += self._told(message)
        if not cries:
            return self._personal(message, lookup)
        return min(cries, key=lambda cry: GRAVEST_FIRST.index(cry.concern))

    def _personal(self, message: str, lookup: Lookup) -> Cry | None:
        """Hear a statement about the writer's own life that nothing else explains: contacts, rather than "not found"."""
        ranking = self._examples.rank(message)
        words = ranking.words
        if len(words) < LEAST_WORDS or not self._speaks_of_self(words) or question_in(message):
            return None
        if self._figurative.found(words) or self._names_somebody(words, lookup):
            return None
        best, calm = _best(ranking)
        if calm > CASE_PLAIN and calm - (best.score if best else 0.0) > CALM_LEAD:
            return None
        if self._about_case(message, lookup, 0.0) or self._explained(message, lookup):
            return None
        return Cry(CLOSE, why="a statement about the writer's own life")

    def _names_somebody(self, words: Sequence[str], lookup: Lookup) -> bool:
        """Whether words hold a proper name of the case's people."""
        people = [self._case.entities[id_] for id_ in lookup.read(" ".join(words)).entities]
        return any(person.is_named and not set(tokenise(person.name)).isdisjoint(words) for person in people)

    def _told(self, message: str) -> list[Cry]:
        """Hear what is told beside a question, by itself: "How many years did she put up with it? I'm on eleven."."""
        told = " ".join(sentence for sentence in sentences(message) if not asks(sentence))
        if not told or told == message:
            return []
        ranking = self._examples.rank(told)
        best, calm = _best(ranking)
        if best is None or not self._own & set(ranking.words) or self._figurative.found(ranking.words):
            return []
        if best.score < SURE_TOLD or best.score - calm < LEAD_TOLD:
            return []
        return [Cry(best.fact, self._contacts(best.fact, ranking.words), f"tells what is like {best.wording!r}")]

    def _explained(self, message: str, lookup: Lookup) -> bool:
        """Whether a fact answers a message that asks somewhere inside, or it is plainly about the case or a courtesy."""
        best = lookup.find(message).verdict.best
        asking = pieces(message)[0].text != message
        is_fact = best is not None and best.id in self._case.facts
        return best is not None and best.score > (THRESHOLD if asking and is_fact else CASE_PLAIN)

    def _heard(self, window: str, lookup: Lookup, *, following: bool) -> Iterator[Cry]:
        ranking = self._examples.rank(window)
        text = list(ranking.words)
        for signal in self._signals.heard(text):
            yield Cry(signal.concern, self._contacts(signal.concern, text), f"the signal {signal.id}")
        if not ranking.candidates:
            return
        if self._figurative.found(text):
            return
        best, calm = _best(ranking)
        near, asking = self._speaks_of_self(text), bool(question_in(window))
        sure, lead = (SURE_ASKING, LEAD_ASKING) if asking else (SURE, LEAD)
        if not near:
            sure, lead = SURE_OF_OTHERS, LEAD_OF_OTHERS
        if best is None or best.score < sure or best.score - calm < lead:
            return
        aside = following and not near and best.fact not in PLEAS
        if aside and (best.score < SURE_FOLLOWING or asking):
            return  # "was he never locked up for it?" leans on what was told, and speaks of nobody else
        if best.score < CASE_SURE and self._about_case(window, lookup, best.score + near * CASE_LEAD):
            return
        yield Cry(best.fact, self._contacts(best.fact, text), f"is like {best.wording!r} ({best.score:.2f})")

    def _speaks_of_self(self, words: Sequence[str]) -> bool:
        """Whether a message speaks of the writer, beyond the "I'd like to know" with which people ask."""
        return not self._own.isdisjoint(self._asking.sub(" ", " ".join(words)).split())

    def _about_case(self, window: str, lookup: Lookup, score: float) -> bool:
        # A message of many windows is looked at window by window, so its pieces need no search of their own.
        long = len(window.split()) > MAX_TOKENS // 2
        verdict = (lookup.find(window) if long else lookup.search_within(window)).verdict
        least = score if question_in(window) else max(score, CASE_PLAIN)
        return verdict.outcome is Outcome.ANSWER and verdict.best is not None and verdict.best.score > least

    def _contacts(self, concern: str, text: Sequence[str]) -> tuple[str, ...]:
        if concern != "contacts":
            return ()
        named = [id_ for id_, names in self._named if names.found(text)]
        needed = [id_ for need, when in self._needs if when.found(text) for id_ in need.contacts]
        return tuple(dict.fromkeys([*named, *needed]))


def _best(ranking: Ranking) -> tuple[Candidate | None, float]:
    """The likeliest concern, and the score of there being none."""
    best = next((found for found in ranking.candidates if found.fact != CALM), None)
    calm = next((found.score for found in ranking.candidates if found.fact == CALM), 0.0)
    return best, calm


def examples_of(case: Case) -> tuple[Wording, ...]:
    """Return the labelled messages as wordings of their concerns; the moves are messages about nothing of the kind."""
    labelled = (Wording(concern, message) for message, concern in case.care.examples)
    return (*labelled, *(Wording(CALM, wording) for wording, _ in case.moves))


def windows(message: str) -> list[str]:
    """Cut a message into pieces short enough to be read whole, each once: the message itself, or runs of its words."""
    words = message.split()
    if len(tokenise(message)) < MAX_TOKENS and len(words) < MAX_TOKENS:
        return [message]
    return list(dict.fromkeys(" ".join(words[at : at + WINDOW]) for at in range(0, len(words), WINDOW - OVERLAP)))


def question_in(message: str) -> str:
    """Return the part of a message that asks something, empty where none does."""
    return " ".join(sentence for sentence in sentences(message) if asks(sentence))
