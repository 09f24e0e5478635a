"""Support contacts put into words: how each is reached, for whom it is, when it is open, and the reply to a cry."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bot.reply import Choice, Kind, Reply
from knowledge.care.cries import Cry
from knowledge.care.ruling import GUILT
from knowledge.case.general import Concern, Rejoinder
from knowledge.case.model import Case, Helpline

EMERGENCY = "999"
"""The number that comes before all others, and that a line names by itself."""
MOST_REJOINED = 2
"""How many are told again where somebody writes of those that they were given."""
MOST_SHOWN = 3
"""How many support contacts are shown at once (the care page: a long list is no help)."""


def cards(case: Case, ids: Iterable[str]) -> tuple[Helpline, ...]:
    """Return helplines by id, each once."""
    return tuple(case.helplines[id_] for id_ in dict.fromkeys(ids))


def lines(case: Case, shown: Sequence[Helpline], *, notes: bool = False, printed: bool = False) -> list[str]:
    """Return contacts in words: the number on a line, below it the name, when it is open, what it costs, whom it is for.

    One that is closed at times names another that isn't, unless that stands beside it. `printed` tells what a report
    printed otherwise. A card that stands alone is told whole.
    """
    alone = len(shown) == 1
    beside = {card.id for card in shown}
    told = []
    for card in shown:
        said = [*map(sentence, (card.name, card.hours, card.cost, card.bill, card.who))]
        said += [_when_closed(case, card, beside)]
        said += [_printed(case, card)] if printed or alone else []
        said += [sentence(card.note)] if notes or alone else []
        said += [_other_ways(case, card)] if alone else []
        told.append("\n".join([_reached(case, card), " ".join(filter(None, said))]))
    return told


def _reached(case: Case, card: Helpline) -> str:
    if card.phone:
        key = "contact" if card.international else "contact_plain"
        return case.voice.say(f"care.{key}", phone=card.phone, international=card.international)
    ways = ", ".join(_in_writing(case, card))
    return f"{ways[:1].upper()}{ways[1:]}" or card.web


def _when_closed(case: Case, card: Helpline, beside: Collection[str]) -> str:
    if not card.when_closed or card.when_closed in beside:
        return ""
    other = case.helplines[card.when_closed]
    return case.voice.say("care.when_closed", name=other.short, phone=other.phone)


def _other_ways(case: Case, card: Helpline) -> str:
    written = _in_writing(case, card)
    ways = [*(written if card.phone else ()), *([card.web] if card.web not in {"", card.chat} else ())]
    is_said = not (card.phone or written)
    return "" if is_said or not ways else sentence(case.voice.say("care.others", ways=", ".join(ways)))


def _in_writing(case: Case, card: Helpline) -> list[str]:
    ways = {"text": card.text, "email": card.email, "chat": card.chat}
    return [case.voice.say(f"care.{kind}", way=way) for kind, way in ways.items() if way]


def speechless(card: Helpline) -> Helpline:
    """Return a card without what is said of its telephone."""
    return card._replace(phone="", international="", hours="", cost="", bill="", when_closed="") if card.phone else card


def from_abroad(card: Helpline) -> Helpline:
    """Return a card as somebody outside the UK can use it: the number with its code, or else what can be written to."""
    if card.international:
        return card._replace(phone=card.international, international="", cost="", bill="", when_closed="")
    return card if card.phone == EMERGENCY else speechless(card)


def _printed(case: Case, card: Helpline) -> str:
    """What a dated report printed of a contact otherwise."""
    told = ((source, source.published, source.helplines.get(card.id)) for source in case.sources.values())
    said = (
        case.voice.say("care.printed", publisher=source.publisher, year=day.year, printed=printed)
        for source, day, printed in told
        if day and printed
    )
    return " ".join(said)


def needs(case: Case, ids: Iterable[str]) -> tuple[Choice, ...]:
    """Return kinds of help to choose from, in the order given."""
    return tuple(Choice(f"need:{id_}", case.care.needs[id_].label) for id_ in ids)


def support(case: Case, cry: Cry, choices: Sequence[Choice], *, asked: bool = False) -> Reply:
    """Return a support reply: the first line, what fits the person, the line after it, at most three contacts, a way to more.

    `asked`: somebody asked for these contacts, so that what a report printed of them is told as well.
    """
    row = case.care.concerns[cry.concern]
    shown = cards(case, cry.contacts or row.contacts)[:MOST_SHOWN]
    written = row.written or cry.written
    if written:
        shown = tuple(card if card.phone == EMERGENCY else speechless(card) for card in shown)
    elif cry.abroad:
        shown = tuple(map(from_abroad, shown))
    head = filter(
        None, (cry.line, row.opening(of_others=cry.of_others), *cry.beside, row.then, _reach(case) if row.reach else "")
    )
    told = lines(case, shown, notes=written, printed=asked)
    text = "\n\n".join([*head, *told, case.voice.say("care.more")])
    return Reply(Kind.SUPPORT, text, helplines=shown, choices=tuple(choices), urgent=row.urgent)


def _reach(case: Case) -> str:
    """How to reach whoever runs the bot."""
    return case.voice.say("care.reach" if case.contact else "care.reach_none", contact=case.contact)


def rejoined(
    case: Case, rejoinder: Rejoinder, concern: Concern, told: Cry | None = None, given: Sequence[str] = ()
) -> Reply:
    """Return what is said to a message about contacts that were given: a line or two, and the contacts that fit it.

    `told` holds the contacts for what somebody said of themselves, and what is said to that; `given` are those that were
    given before.
    """
    told = None if rejoinder.contacts else told
    before = given or concern.contacts
    fitting = rejoinder.contacts or ((*told.contacts, *before) if told else before)
    ids = () if rejoinder.silent else fitting
    shown = tuple(card for card in cards(case, ids) if card.phone != EMERGENCY)[:MOST_REJOINED]
    if rejoinder.abroad or (told and told.abroad):
        shown = tuple(map(from_abroad, shown))
    say = rejoinder.own if rejoinder.own and concern.id in GUILT else rejoinder.say
    beside = (line for line in told.beside if line != say and not rejoinder.abroad) if told else ()
    head = concern.still or say  # what can't wait is all that is said
    return Reply(Kind.SUPPORT, "\n\n".join([head, *beside, *lines(case, shown)]), helplines=shown)


def sentence(text: str) -> str:
    """End a text with a full stop, but for an address, which it would become a part of."""
    is_ended = text.endswith((".", "?")) or text.rpartition(" ")[2].startswith("https:")
    return text if not text or is_ended else f"{text}."
