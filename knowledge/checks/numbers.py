"""Rules for numbers that somebody may call: each is held against a second place where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from knowledge.case.load import Loaded
from knowledge.case.problems import Mark, Problem, meant, nearest
from knowledge.checks import needed

NUMBER = re.compile(r"\+?\d(?:[\d \-.]*\d)?")
COUNTRY = "44"
"""The code of the United Kingdom, behind which the first 0 of a number falls away."""
LONG_ENOUGH = 3
"""Digits from which on a number is one that is called; a year is none."""
ADDRESS = re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
LONG_WORD = 8
SHARED = ("needs", "nations")
"""Fields of cards whose words stand in several of them."""


def digits(text: str) -> list[str]:
    """Return the numbers of a text in bare digits.

    >>> digits("0700 123 456, or text 70701")
    ['0700123456', '70701']
    """
    return [re.sub(r"\D", "", found) for found in NUMBER.findall(text)]


def twice(loaded: Loaded) -> Iterator[Problem]:
    """A card's number is given a second time, in the same digits: from abroad, or under `again`.

    Passes: `phone: 0700 123 456` beside `international: +44 700 123 456`. Fails: `phone: 0700 123 465` beside the same.
    """
    for card in loaded.case.helplines.values():
        again = {number for text in card.again for number in digits(text)}
        abroad = digits(card.international)
        for field in ("phone", "text"):
            mark = loaded.at(f"helpline:{card.id}", field)
            if field == "phone" and card.phone and not digits(card.phone):
                yield Problem(mark, "number", f"{card.phone!r} holds no number", "write it in digits")
            for number in digits(getattr(card, field)):
                home = COUNTRY + number.removeprefix("0")
                if len(number) < LONG_ENOUGH or number in again or (field == "phone" and home in abroad):
                    continue
                other = ", ".join([*abroad, *sorted(again)])
                mend = (
                    "read the page that states it, and mend the wrong one" if other else "type it anew under `again:`"
                )
                what = f"{card.id}: {number} isn't {other}" if other else f"{card.id}: {number} stands once alone"
                yield Problem(mark, "number", what, mend)
                if field == "phone" and abroad:
                    yield Problem(loaded.at(f"helpline:{card.id}", "international"), "number", what, mend)
        if card.international and not card.phone:
            what = f"{card.id} has a number from abroad and none at home"
            yield Problem(loaded.at(f"helpline:{card.id}", "international"), "number", what, "give `phone:`")


def told(loaded: Loaded) -> Iterator[Problem]:
    """A number in a sentence is one of a card's.

    Passes: `call 999`, where a card has it. Fails: `call 9999`.
    """
    case = loaded.case
    cards = [text for card in case.helplines.values() for text in card if isinstance(text, str)]
    known = {number for text in cards for number in digits(text)} | {COUNTRY, str(case.year), str(case.as_of.year)}
    for key, mark, text in _texts(loaded):
        least = LONG_ENOUGH if key.startswith("sentence:") else LONG_ENOUGH - 1
        for number in digits(text):
            if len(number) >= least and number not in known:
                mend = meant(number, (one for one in known if len(one) >= LONG_ENOUGH), "give the number of a card")
                yield Problem(mark, "number", f"no card has {number}", mend)


def danger(loaded: Loaded) -> Iterator[Problem]:
    """What is said to somebody who may be in danger names the number for that: each such sentence, row and line.

    Passes: `first: If you are in danger now, call 999.` Fails: `first: If you are in danger now, call.`
    """
    case = loaded.case
    card = case.helplines.get(needed.CONTACTS[0])
    number = card.phone if card else ""
    if not number:
        return
    said = frozenset[str]() if case.harmless else needed.IN_DANGER
    texts = [(mark, text) for key, mark, text in _texts(loaded) if key.removeprefix("sentence:") in said]
    urgent = [one for one in case.care.concerns.values() if one.id in needed.URGENT]
    texts += [(loaded.at(f"concern:{one.id}", "then"), f"{one.first} {one.then}") for one in urgent]
    first = case.care.concerns.get(needed.URGENT_FIRST)
    if first:
        texts += [(loaded.at(f"concern:{first.id}", key), getattr(first, key)) for key in ("first", "others")]
    for language in case.languages.values():
        if language.id != needed.OTHER_LANGUAGE:
            texts += [
                (loaded.at(f"language:{language.id}", key), text)
                for key, text in (("line", language.line), ("danger", language.danger))
            ]
    for mark, text in texts:
        if number not in digits(text):
            yield Problem(mark, "number", f"this doesn't say {number}", f"say that {number} answers in danger")


def _texts(loaded: Loaded) -> Iterator[tuple[str, Mark, str]]:
    """Every text that is said in the bot's own words, with its name and place."""
    for key, text in loaded.case.voice.sentences.items():
        if not key.startswith("avoid."):
            yield f"sentence:{key}", loaded.marks[f"sentence:{key}"], text
    care = loaded.case.care
    kinds: Sequence[tuple[str, Sequence[object], tuple[str, ...]]] = (
        ("concern", tuple(care.concerns.values()), ("first", "then", "others", "still")),
        ("circumstance", tuple(care.circumstances.values()), ("say",)),
        ("rejoinder", tuple(care.rejoinders.values()), ("say", "own")),
    )
    for kind, some, fields in kinds:
        for row in some:
            owner = f"{kind}:{getattr(row, 'id', '')}"
            for field in fields:
                yield owner, loaded.at(owner, field), str(getattr(row, field))


def cards(loaded: Loaded, today: date) -> Iterator[Problem]:
    """A card's addresses are addresses, its day isn't to come, and its words are those of other cards.

    Passes: `web: https://www.refuge.example`. Fails: `web: https//refuge`, `checked:` of tomorrow, `needs: [stalkng]`.
    """
    for card in loaded.case.helplines.values():
        for field in ("web", "chat", "source"):
            value = getattr(card, field)
            if value and not ADDRESS.fullmatch(value):
                mend = "write it from https:// on, without spaces"
                yield Problem(loaded.at(f"helpline:{card.id}", field), "card", f"{value!r} is no web address", mend)
        if card.email and not EMAIL.fullmatch(card.email):
            yield Problem(
                loaded.at(f"helpline:{card.id}", "email"),
                "card",
                f"{card.email!r} is no email address",
                "write it anew",
            )
        if card.checked and card.checked > today:
            what = f"{card.id}: {card.checked} is still to come"
            yield Problem(
                loaded.at(f"helpline:{card.id}", "checked"), "card", what, "give the day on which its page was read"
            )


def shared(loaded: Loaded) -> Iterator[Problem]:
    """A need or a nation that one card alone has is none that others have, misspelt.

    Passes: `needs: [stalking]`, as other cards have it. Fails: `needs: [stalkng]`.
    """
    cards = loaded.case.helplines.values()
    for field in SHARED:
        count = Counter(word for card in cards for word in getattr(card, field))
        often = [word for word, times in count.items() if times > 1]
        alone = ((card, word) for card in cards for word in getattr(card, field) if count[word] == 1)
        for card, word in alone:
            near = nearest(word, often, 2 if len(word) >= LONG_WORD else 1)
            if near:
                what = f"{card.id} alone has {word} under {field}"
                yield Problem(loaded.at(f"helpline:{card.id}", field), "card", what, f"did you mean {near}?")
