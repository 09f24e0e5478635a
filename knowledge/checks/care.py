"""Rules for the care layer: its contacts, its signals, how long ago a card was looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from knowledge.care import GRAVEST_FIRST, Signals
from knowledge.load import Loaded
from knowledge.patterns import PatternError, PatternReader
from knowledge.problems import Level, Mark, Problem
from knowledge.text import tokenise

STALE_DAYS = 90
"""Days after which somebody should read a card's source again."""


def references(loaded: Loaded) -> Iterator[Problem]:
    """Every contact, concern and need that the care layer names exists.

    Passes: `contacts: [refuge]` where a card `refuge` exists. Fails: `concern: dangr`.
    """
    signs, cards = loaded.case.care, loaded.case.helplines
    for kind, rows in (("concern", signs.concerns), ("need", signs.needs)):
        for row in rows.values():
            yield from _contacts(loaded.marks[f"{kind}:{row.id}"], row.contacts, cards)
    for need in signs.needs.values():
        yield from _concern(loaded.marks[f"need:{need.id}"], need.row, signs.concerns)
    if sorted(signs.offered) != sorted(signs.needs):
        mend = f"write each of {', '.join(signs.needs)} once"
        yield Problem(Mark("knowledge/voice/care.yaml"), "reference", "`offered` is not a list of all needs", mend)
    for signal in signs.signals:
        yield from _concern(loaded.marks[f"signal:{signal.id}"], signal.concern, signs.concerns)
    for concern in GRAVEST_FIRST:
        yield from _concern(Mark("knowledge/voice/care.yaml"), concern, signs.concerns)


def cards(loaded: Loaded) -> Iterator[Problem]:
    """Every card says on which page it is stated, and names a card that exists.

    Passes: `when_closed: refuge` where a card `refuge` exists. Fails: a card without `source`.
    """
    known = loaded.case.helplines
    for card in known.values():
        mark = loaded.marks[f"helpline:{card.id}"]
        if not card.source:
            yield Problem(mark, "card", f"{card.id} has no source", "give the page that states it")
        yield from _contacts(mark, [card.when_closed] if card.when_closed else (), known)


def _contacts(mark: Mark, ids: Collection[str], known: Collection[str]) -> Iterator[Problem]:
    for id_ in ids:
        if id_ not in known:
            yield Problem(mark, "reference", f"there is no contact {id_}", f"write one of {', '.join(known)}")


def _concern(mark: Mark, concern: str, known: Collection[str]) -> Iterator[Problem]:
    if concern not in known:
        yield Problem(mark, "reference", f"there is no concern {concern}", f"write one of {', '.join(known)}")


def words(loaded: Loaded) -> Iterator[Problem]:
    """What may be typed in place of a need's label leads to that need alone, and asks for no fact.

    Passes: `words: [women]` under one need. Fails: under two, or `words: [the petition]` where a fact has that title.
    """
    facts = loaded.case.facts.values()
    taken = {tokenise(text): fact.id for fact in facts for text in (fact.title, *fact.wordings)}
    for need in loaded.case.care.needs.values():
        for word in (need.label, *need.words):
            other = taken.setdefault(tokenise(word), need.id)
            if other != need.id:
                mend = "keep it in one of the two"
                yield Problem(loaded.marks[f"need:{need.id}"], "same-word", f"{word!r} leads to {other} too", mend)


def signals(loaded: Loaded) -> Iterator[Problem]:
    """Every pattern can be read, and a signal fires on what must set it off and is silent on what must not.

    Passes: `fires: ["hes here"]` under a pattern that finds it. Fails: `silent: ["was he here"]` under one that does.
    """
    signs = loaded.case.care
    heard = Signals(loaded.case, ignore_broken=True)
    read = PatternReader(heard.lists).read
    for signal in signs.signals:
        mark = loaded.marks[f"signal:{signal.id}"]
        for pattern in (*signal.when, *signal.unless):
            try:
                read([pattern])
            except PatternError as error:
                yield Problem(mark, "pattern", f"{pattern!r}: {error}", "patterns.py explains how one is written")
        for message in signal.fires:
            if not heard.fires(signal.id, message):
                here = loaded.marks.get(f"signal:{signal.id}.fires.{message}", mark)
                yield Problem(here, "signal-silent", f"{message!r} doesn't set off {signal.id}", "widen its patterns")
        for message in signal.silent:
            if heard.fires(signal.id, message):
                here = loaded.marks.get(f"signal:{signal.id}.silent.{message}", mark)
                yield Problem(here, "signal-fires", f"{message!r} sets off {signal.id}", "narrow it, or add an unless")


def dated(loaded: Loaded, today: date) -> Iterator[Problem]:
    """A card's page was read within the last 90 days. A card whose page nobody could read has no day.

    Passes: `checked:` of last month. Warns: `checked:` of last year, or none.
    """
    for card in loaded.case.helplines.values():
        mark = loaded.marks[f"helpline:{card.id}"]
        if card.checked is None:
            message = f"nobody has read the page that {card.id} names"
            yield Problem(mark, "unread-card", message, f"read {card.source} and give the day", Level.WARNING)
        elif (today - card.checked).days > STALE_DAYS:
            message = f"{card.id} was checked on {card.checked}, more than {STALE_DAYS} days ago"
            yield Problem(mark, "stale-card", message, f"read {card.source} and renew the date", Level.WARNING)
