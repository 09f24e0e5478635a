"""Care: whether somebody who writes is in danger, hurt, distressed, or asking for support. Decided before any search.

A message is heard in four ways: a language that isn't English, the signals of `voice/care.yaml`, the labelled messages
of `voice/examples.yaml` from which the learned weights generalise, and, for what nothing else explains, who it speaks of.
It is heard whole, without its politeness, and clause by clause, and the gravest counts. Who does what to whom decides
before likeness does whether it is the writer who is hurt or the one who hurts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from knowledge.clauses import Manners
from knowledge.decide import THRESHOLD, Outcome
from knowledge.english import English
from knowledge.languages import Ear
from knowledge.lookup import Lookup, searching
from knowledge.model import Case, Signal
from knowledge.patterns import PatternError, PatternReader, Patterns
from knowledge.question import asks, pieces, sentences
from knowledge.roles import RoleReader, Roles
from knowledge.search import Candidate, Ranking, Search, Wording
from knowledge.text import MAX_TOKENS, tokenise

CALM = "none"
CLOSE = "close"
LEAST_WORDS = 4
"""The least words of a statement that is heard as one about the writer's own life."""

GRAVEST_FIRST = (
    "danger", "crisis", "child", "own", "stalking", "abuse", "worried", "past", "bereaved", "witness", "harm",
    "contacts", "upset", CLOSE,
)  # fmt: skip

MANNERS = ("hello", "thanks")
"""The moves that are nothing but politeness."""

FEW = 2
"""The most words, as typed, of a message of which likeness says nothing: so few are a cry only by a signal."""

GUILT = ("own", "harm")
"""What is only of the one who does harm."""
SUFFERED = frozenset({"abuse", "stalking", "past", "witness", CLOSE})
"""What is only of the one to whom it is done; somebody `worried` too, unless harm is done among others."""

PLEAS = frozenset({"danger", "contacts"})
"""What is heard even in a question that follows on an answer and speaks of nobody near."""

# Measured by four-fold cross-validation on the labelled messages (3,700 cries and 2,300 messages that look like one) and
# on 1,200 wordings of facts held out: further down, one miss less costs one false alarm more.
SURE = 0.20
"""The least score, 0.0 to 1.0, at which the examples alone say that something is going on."""
LEAD = -0.15
"""The least lead of that over a message about nothing but the case; below zero, for a miss does more harm."""
SURE_FOLLOWING = 0.40
"""The least score of such a message where it follows on an answer: "so he just happened to be going past"."""
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


Readings = tuple[tuple[str, ...], ...]
"""The words of a message, once for each way in which it is read."""


class Signals:
    """The patterns of `voice/care.yaml`, ready to be looked for.

    `<case>` stands for the names of the case's people, and with an s for what is theirs. Raises PatternError for a
    pattern that cannot be read, or leaves its signal silent where that is asked for.
    """

    def __init__(self, case: Case, *, ignore_broken: bool = False) -> None:
        people = [entity for entity in case.entities.values() if entity.kind == "person"]
        names = [" ".join(tokenise(name)) for entity in people for name in (entity.name, *entity.aliases)]
        owners = [f"{name}s" for name in names if name and name[-1] != "s"]
        self.lists = {**case.care.lists, "case": (*filter(None, names), *owners)}
        self.reader = PatternReader(self.lists)
        read = self.reader.read_all
        signals = [signal for signal in case.care.signals if not (ignore_broken and _broken(signal, read))]
        self._signals = {signal.id: signal for signal in signals}
        self._when = read({signal.id: signal.when for signal in signals})
        self._unless = read({signal.id: signal.unless for signal in signals})
        self._named = self.reader.piece("<case>")

    def heard(self, readings: Readings) -> Iterator[Signal]:
        """Yield the signals that a message sets off in any of its readings."""
        shown = {id_ for words in readings for id_ in self._shown(words)}
        yield from (signal for id_, signal in self._signals.items() if id_ in shown)

    def _shown(self, words: Sequence[str]) -> set[str]:
        shown = self._when.names(words)
        return shown - self._unless.names(self._unclaimed(words)) if shown else shown

    def fires(self, id_: str, readings: Readings) -> bool:
        """Tell whether a message sets off one signal."""
        return any(signal.id == id_ for signal in self.heard(readings))

    def _unclaimed(self, words: Sequence[str]) -> list[str]:
        """The words without the case's people where the writer claims one: "my ex-husband" is nobody of the case."""
        kept: list[str] = []
        while len(kept) < len(words):
            at = len(kept)
            claimed = at and words[at - 1] in {"my", "our"}
            end = max(self._named.ends(words, at), default=at) if claimed else at
            kept += ["someone"] * (end - at) or [words[at]]
        return kept


def _broken(signal: Signal, read: Callable[[Mapping[str, Iterable[str]]], object]) -> bool:
    try:
        read({signal.id: (*signal.when, *signal.unless)})
    except PatternError:
        return True
    return False


class Said(NamedTuple):
    """A piece of a message as read: its text, its words in each reading, what it is like, who does what to whom."""

    text: str
    readings: Readings
    ranking: Ranking
    roles: Roles

    @property
    def words(self) -> tuple[str, ...]:
        """The words as mended."""
        return self.ranking.words

    def holds(self, patterns: Patterns) -> bool:
        """Whether patterns are found in any reading."""
        return any(map(patterns.found, self.readings))


def readings(text: str, english: English, mended: tuple[str, ...]) -> Readings:
    """Return the words of a text as typed, with their short forms written out, and as mended, each once.

    What is looked for by the word must be found as it was typed: repair takes a word that it doesn't know for another.
    """
    typed = tokenise(text)
    written = tuple(word for token in typed for word in english.expand.get(token, token).split())
    return tuple(dict.fromkeys((typed, written, mended)))


class Care:
    """Hears distress. Holds nothing of what people write."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._signals = Signals(case)
        lists, reader = case.care.lists, self._signals.reader
        self._needs = [(need, reader.read(need.when)) for need in case.care.needs.values()]
        self._named = [
            (card.id, reader.read(["-".join(tokenise(name)) for name in (card.short, *card.also)]))
            for card in case.helplines.values()
        ]
        self._figurative = reader.read(case.care.figurative)
        self._names = _names(case)
        self._roles = RoleReader(lists, reader)
        self._manners = Manners([*lists["polite"], *(wording for wording, move in case.moves if move in MANNERS)])
        self._examples = search_of(case, reader)
        self._own = frozenset(lists["own"])
        asking = sorted(lists["asking"], key=len, reverse=True)
        self._asking = re.compile(rf"\b(?:{'|'.join(map(re.escape, asking))})\b")
        self._ear = Ear(case.languages)

    def one_message(self) -> AbstractContextManager[None]:
        """Read one message within it, see `Search.one_message`."""
        return self._examples.one_message()

    def read(self, message: str, lookup: Lookup, *, following: bool = False) -> Cry | None:
        """Return what is heard in a message, or None where nothing is. `following`: after an answer about the case."""
        language = self._ear.hear(message, self._examples.knows)
        if language is not None:
            return Cry("language", why=language.name, line=language.line)
        pieces = [self._read(piece) for piece in self._pieces(message)]
        cries = [cry for piece in pieces for cry in self._heard(piece, lookup, following=following)]
        if not cries:
            return self._personal(pieces[-1], lookup)
        return min(cries, key=lambda cry: GRAVEST_FIRST.index(cry.concern))

    def _pieces(self, message: str) -> list[str]:
        """What is heard by itself: the clauses of a message and then the whole of it, or the windows of a long one."""
        whole = windows(message)
        return whole if len(whole) > 1 else self._manners.clauses(message) or whole

    def _read(self, text: str) -> Said:
        """Read a piece. A name of the case's people is anybody's where it is the writer to whom that person does it."""
        said = self._said(text)
        named = not self._names.isdisjoint(said.words)
        if not (named and (said.roles.to_writer or self._claims(said.words))):
            return said
        return self._said(" ".join("someone" if word in self._names else word for word in said.words))

    def _said(self, text: str) -> Said:
        ranking = self._examples.rank(text)
        found = readings(text, self._case.english, ranking.words)
        return Said(text, found, ranking, self._roles.read(ranking.words))

    def _claims(self, words: Sequence[str]) -> bool:
        """Whether the writer speaks of somebody of a name as theirs: "my Leon"."""
        return any(first in {"my", "our"} and second in self._names for first, second in pairwise(words))

    def _personal(self, said: Said, lookup: Lookup) -> Cry | None:
        """Hear a statement about the writer's own life that nothing else explains: contacts, rather than "not found"."""
        typed = said.readings[0]
        if len(typed) < LEAST_WORDS or not self._speaks_of_self(said.words) or question_in(said.text):
            return None
        if said.holds(self._figurative) or not self._names.isdisjoint(said.words):
            return None
        best, calm = _best(said.ranking)
        if calm > CASE_PLAIN and calm - best.score > CALM_LEAD:
            return None
        if self._about_case(said.text, lookup, 0.0) or self._explained(said.text, lookup):
            return None
        return Cry(CLOSE, why="a statement about the writer's own life")

    def _explained(self, message: str, lookup: Lookup) -> bool:
        """Whether a fact answers a message that asks somewhere inside, or it is plainly about the case or a courtesy."""
        best = lookup.find(message).verdict.best
        asking = pieces(message)[0].text != message
        is_fact = best is not None and best.id in self._case.facts
        return best is not None and best.score > (THRESHOLD if asking and is_fact else CASE_PLAIN)

    def _heard(self, said: Said, lookup: Lookup, *, following: bool) -> Iterator[Cry]:
        for signal in self._signals.heard(said.readings):
            yield self._cry(signal.concern, said, f"the signal {signal.id}")
        if len(tokenise(said.text)) > FEW:
            yield from self._like(said, lookup, following=following)

    def _like(self, said: Said, lookup: Lookup, *, following: bool) -> Iterator[Cry]:
        """Hear what the labelled messages say of a piece."""
        best, calm = _best(said.ranking)
        told = said.roles.to_writer or (said.roles.by_writer and best.fact in GUILT)
        if not (told or (best.score >= SURE and best.score - calm >= LEAD)):
            return
        near = self._speaks_of_self(said.words)
        aside = following and not near and best.fact not in PLEAS
        if aside and (best.score < SURE_FOLLOWING or question_in(said.text)):
            return  # "was he never locked up for it?" leans on what was told, and speaks of nobody else
        if best.fact != "contacts" and said.holds(self._figurative):
            return
        claimed = said.roles.to_writer or best.score >= CASE_SURE
        if not claimed and self._about_case(said.text, lookup, best.score + near * CASE_LEAD):
            return
        yield self._cry(best.fact, said, f"is like {best.wording!r} ({best.score:.2f})", sure=best.score >= calm)

    def _cry(self, concern: str, said: Said, why: str, *, sure: bool = True) -> Cry:
        """What was heard, in the row of the one who does it or the one to whom it is done."""
        concern = turned(concern, said.roles, [found.fact for found in said.ranking.candidates], sure=sure)
        return Cry(concern, self._contacts(concern, said), why)

    def _speaks_of_self(self, words: Sequence[str]) -> bool:
        """Whether a message speaks of the writer, beyond the "I'd like to know" with which people ask."""
        return not self._own.isdisjoint(self._asking.sub(" ", " ".join(words)).split())

    def _about_case(self, window: str, lookup: Lookup, score: float) -> bool:
        # A message of many windows is looked at window by window, so its pieces need no search of their own.
        long = len(window.split()) > MAX_TOKENS // 2
        verdict = (lookup.find(window) if long else lookup.search_within(window)).verdict
        least = score if question_in(window) else max(score, CASE_PLAIN)
        return verdict.outcome is Outcome.ANSWER and verdict.best is not None and verdict.best.score > least

    def _contacts(self, concern: str, said: Said) -> tuple[str, ...]:
        if concern != "contacts":
            return ()
        named = [id_ for id_, names in self._named if said.holds(names)]
        needed = [id_ for need, when in self._needs if said.holds(when) for id_ in need.contacts]
        return tuple(dict.fromkeys([*named, *needed]))


def turned(concern: str, roles: Roles, likely: Sequence[str], *, sure: bool = True) -> str:
    """Return the concern that fits who does what to whom; of several the likeliest, in the order of `likely`.

    Nobody is blamed for what another does, nor, unless that is `sure`, where the message tells of nothing done.
    """
    suffers = roles.to_writer or ((roles.pressed or roles.among_others) and not roles.by_writer)
    blameless = not roles.by_writer and (roles.of_others or not sure)
    if (suffers and concern in GUILT) or (blameless and concern == GUILT[0]):
        return next((other for other in likely if other not in {CALM, *GUILT}), "abuse")
    guilty = roles.by_writer and not roles.to_writer
    if guilty and (concern in SUFFERED or (concern == "worried" and not roles.among_others)):
        return next((other for other in likely if other in GUILT), GUILT[0])
    return concern


def search_of(case: Case, reader: PatternReader) -> Search:
    """Return the search among the labelled messages. What the patterns look for, and the language's words, it leaves alone."""
    known = replace(reader.vocabulary, words=reader.vocabulary.words | case.english.common)
    return searching(examples_of(case), case.english, {}, case.care_weights, known)


def _names(case: Case) -> frozenset[str]:
    """The words by which the case's people are named, no other words of the language among them."""
    people = [entity for entity in case.entities.values() if entity.kind == "person" and entity.is_named]
    return frozenset(word for person in people for word in tokenise(person.name)) - case.english.common


def _best(ranking: Ranking) -> tuple[Candidate, float]:
    """The likeliest concern, with no score where nothing is like any, and the score of there being none."""
    best = next((found for found in ranking.candidates if found.fact != CALM), Candidate("abuse", 0.0, ""))
    calm = next((found.score for found in ranking.candidates if found.fact == CALM), 0.0)
    return best, calm


def examples_of(case: Case) -> tuple[Wording, ...]:
    """Return the labelled messages as wordings of their concerns; the moves are messages about nothing of the kind.

    Each sentence of a message about nothing is one as well, for it is heard by itself.
    """
    labelled = [Wording(concern, message) for message, concern in case.care.examples]
    calm = [text for text, concern in case.care.examples if concern == CALM]
    parts = [sentence for text in calm for sentence in sentences(text) if sentence != text]
    return (*labelled, *(Wording(CALM, text) for text in (*parts, *(wording for wording, _ in case.moves))))


def windows(message: str) -> list[str]:
    """Cut a message into pieces short enough to be read whole, each once: the message itself, or runs of its words."""
    words = message.split()
    if len(tokenise(message)) < MAX_TOKENS and len(words) < MAX_TOKENS:
        return [message]
    return list(dict.fromkeys(" ".join(words[at : at + WINDOW]) for at in range(0, len(words), WINDOW - OVERLAP)))


def question_in(message: str) -> str:
    """Return the part of a message that asks something, empty where none does."""
    return " ".join(sentence for sentence in sentences(message) if asks(sentence))
