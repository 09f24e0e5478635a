"""Rules for the care layer: its contacts, its signals, how long ago a card was looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import cache
from itertools import chain

from knowledge.care.cries import GRAVEST_FIRST
from knowledge.care.hearing import ABOUT_ME
from knowledge.care.pieces import typed_of
from knowledge.care.signals import Signals
from knowledge.case.general import CareSigns
from knowledge.case.load import Loaded
from knowledge.case.model import STALE_DAYS
from knowledge.case.problems import Level, Mark, Problem
from knowledge.checks.wordings import Learned, words_of
from knowledge.language.patterns import Choice, PatternError, PatternReader
from knowledge.language.text import tokenise

REJOINDERS = "rejoinders.txt"


def references(loaded: Loaded) -> Iterator[Problem]:
    """Every contact, concern, need and circumstance that the care layer names exists.

    Passes: `contacts: [refuge]` where a card `refuge` exists. Fails: `concern: dangr`.
    """
    signs, cards = loaded.case.care, loaded.case.helplines
    for kind, rows in (("concern", signs.concerns), ("need", signs.needs)):
        for row in rows.values():
            yield from _contacts(loaded.at(f"{kind}:{row.id}", "contacts"), row.contacts, cards)
    for need in signs.needs.values():
        yield from _concern(loaded.at(f"need:{need.id}", "row"), need.row, signs.concerns)
    if sorted(signs.offered) != sorted(signs.needs):
        mend = f"write each of {', '.join(signs.needs)} once"
        yield Problem(Mark("knowledge/voice/care.yaml"), "reference", "`offered` is not a list of all needs", mend)
    yield from _circumstances(loaded)
    for signal in signs.signals:
        yield from _concern(loaded.at(f"signal:{signal.id}", "concern"), signal.concern, signs.concerns)
    for concern in GRAVEST_FIRST:
        yield from _concern(Mark("knowledge/voice/care.yaml"), concern, signs.concerns)


def _circumstances(loaded: Loaded) -> Iterator[Problem]:
    signs, cards = loaded.case.care, loaded.case.helplines
    for one in signs.circumstances.values():
        owner = f"circumstance:{one.id}"
        yield from _contacts(loaded.at(owner, "contacts"), one.contacts, cards)
        for concern in one.rows:
            yield from _concern(loaded.at(owner, "rows"), concern, signs.concerns)
        for name, others in (("unless", one.unless), ("together", chain.from_iterable(one.together))):
            for other in {*others} - {*signs.circumstances}:
                mend = "write one of those of care.yaml"
                yield Problem(loaded.at(owner, name), "reference", f"there is no circumstance {other}", mend)


def rejoinders(loaded: Loaded) -> Iterator[Problem]:
    """What is said to a message about contacts that were given is there, and names what exists.

    Passes: `say: Thank you.` Fails: neither `say` nor `row`, or messages under a name that care.yaml doesn't have.
    """
    signs, cards = loaded.case.care, loaded.case.helplines
    if ABOUT_ME not in signs.rejoinders:
        mend = "give it under rejoinders: it answers whoever tells of themselves"
        yield Problem(Mark("knowledge/voice/care.yaml"), "reference", f"there is no rejoinder {ABOUT_ME}", mend)
    for rejoinder in signs.rejoinders.values():
        mark = loaded.marks[f"rejoinder:{rejoinder.id}"]
        owner = f"rejoinder:{rejoinder.id}"
        yield from _contacts(loaded.at(owner, "contacts"), rejoinder.contacts, cards)
        yield from _concern(loaded.at(owner, "row"), rejoinder.row, {*signs.concerns, ""})
        if not (rejoinder.say or rejoinder.row):
            yield Problem(
                mark, "rejoinder", f"nothing is said to {rejoinder.id}", "give it `say:`, or the `row:` of a concern"
            )
    for wording in loaded.wordings:
        if wording.mark.file.endswith(REJOINDERS) and wording.id not in signs.rejoinders:
            mend = f"write one of {', '.join(signs.rejoinders)}, or add it to care.yaml"
            yield Problem(wording.under, "reference", f"there is no rejoinder {wording.id}", mend)


def cards(loaded: Loaded) -> Iterator[Problem]:
    """Every card says on which page it is stated, and names a card that exists.

    Passes: `when_closed: refuge` where a card `refuge` exists. Fails: a card without `source`.
    """
    known = loaded.case.helplines
    for card in known.values():
        mark = loaded.marks[f"helpline:{card.id}"]
        if not card.source:
            yield Problem(mark, "card", f"{card.id} has no source", "give the page that states it")
        mark = loaded.at(f"helpline:{card.id}", "when_closed")
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
    taken = {words_of(text): fact.id for fact in facts for text in (fact.title, *fact.wordings)}
    for need in loaded.case.care.needs.values():
        for word in (need.label, *need.words):
            other = taken.setdefault(tokenise(word), need.id)
            if other != need.id:
                mend = "keep it in one of the two"
                yield Problem(
                    loaded.at(f"need:{need.id}", "words"), "same-word", f"{word!r} leads to {other} too", mend
                )


def signals(loaded: Loaded, learned: Learned) -> Iterator[Problem]:
    """A signal fires on what must set it off and is silent on what must not.

    The messages are read as care reads them, as typed and as mended. Passes: `fires: ["hes here"]` under a pattern that
    finds it. Fails: `silent: ["was he here"]` under one that does.
    """
    heard = Signals(loaded.case, ignore_broken=True)
    for signal in loaded.case.care.signals:
        for key, messages in (("fires", signal.fires), ("silent", signal.silent)):
            for message in messages:
                reading = learned.reader.read(message)
                typed = typed_of(reading.words, learned.reader.language)
                fires = any(one.id == signal.id for one in heard.heard(typed, reading.texts))
                mark = loaded.at(f"signal:{signal.id}", key, message)
                if key == "fires" and not fires:
                    what = f"{message!r} doesn't set off {signal.id}"
                    yield Problem(mark, "signal-silent", what, "widen its patterns")
                if key == "silent" and fires:
                    yield Problem(
                        mark, "signal-fires", f"{message!r} sets off {signal.id}", "narrow it, or add an unless"
                    )


def patterns(loaded: Loaded) -> Iterator[Problem]:
    """Every pattern can be read.

    Passes: `when: ["^ [male|man] $"]`. Fails: `when: ["[zebra]"]`, `when: ["<thm>"]` where no list is called so.
    """
    for mark, pattern, choices in _read(loaded):
        if isinstance(choices, PatternError):
            mend = "write words, a|b, bruis*, [just], ... or the <name> of a list"
            yield Problem(mark, "pattern", f"{pattern!r}: {choices}", mend)


def dead(loaded: Loaded) -> Iterator[Problem]:
    """Every pattern can be found in a message.

    Passes: `when: [queer]`. Fails: `when: [Queer]`, for words are looked for in lower case and without accents.
    """
    for mark, pattern, choices in _read(loaded):
        pieces = () if isinstance(choices, PatternError) else zip(pattern.split(), choices, strict=True)
        dead = [piece for piece, choice in pieces if not choice.can_be(_as_it_stands)]
        if dead:
            message = f"{pattern!r} can't be found: no message is read with {' or '.join(map(repr, dead))} in it"
            yield Problem(mark, "pattern-dead", message, "write it in lower case, without accents or apostrophes")


def every_pattern(signs: CareSigns) -> Iterator[tuple[str, str, str]]:
    """Yield every pattern behind the owner and the field where it stands."""
    for signal in signs.signals:
        yield from ((f"signal:{signal.id}", "when", pattern) for pattern in signal.when)
        yield from ((f"signal:{signal.id}", "unless", pattern) for pattern in signal.unless)
    for need in signs.needs.values():
        yield from ((f"need:{need.id}", "when", pattern) for pattern in need.when)
    for one in signs.circumstances.values():
        yield from ((f"circumstance:{one.id}", "when", pattern) for pattern in one.when)
    for name, some in signs.lists.items():
        yield from (("list:care.lists", name, pattern) for pattern in some)
    yield from (("list:care", "figurative", pattern) for pattern in signs.figurative)


def _read(loaded: Loaded) -> Iterator[tuple[Mark, str, tuple[Choice, ...] | PatternError]]:
    """Every pattern at its place, read, or why it can't be."""
    signs = loaded.case.care
    reader = PatternReader({**signs.lists, "case": ("somebody",)})
    for owner, key, pattern in every_pattern(signs):
        mark = loaded.at(owner, key, pattern)
        try:
            yield mark, pattern, tuple(map(reader.piece, pattern.split()))
        except PatternError as error:
            yield mark, pattern, error


@cache
def _as_it_stands(word: str) -> bool:
    """Whether a word, or the beginning of one, comes out of a message as it went in."""
    return tokenise(word) == (word,)


def dated(loaded: Loaded, today: date) -> Iterator[Problem]:
    """A card's page was read within the last 90 days. A card whose page nobody could read has no day.

    Passes: `checked:` of last month. Warns: `checked:` of last year, or none.
    """
    for card in loaded.case.helplines.values():
        mark = loaded.marks[f"helpline:{card.id}"]
        if card.checked is None:
            message = f"nobody has read the page that {card.id} names"
            yield Problem(mark, "unread-card", message, f"read {card.source} and give the day", Level.WARNING)
        elif card.is_stale(today):
            message = f"{card.id} was checked on {card.checked}, more than {STALE_DAYS} days ago"
            yield Problem(mark, "stale-card", message, f"read {card.source} and renew the date", Level.WARNING)
