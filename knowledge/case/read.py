"""A case's own files read into values: case.yaml, facts, claims, sources and helplines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product
from pathlib import PurePath
from typing import NamedTuple

from knowledge.case.general import NOTHING
from knowledge.case.layers import Text
from knowledge.case.model import VERBS, Basis, Claim, Difference, Entity, Fact, Helpline, Life, Passage, Source, Status
from knowledge.case.nodes import Fields, document, entries, is_number, parse
from knowledge.case.problems import Mark, Problem, meant

STATUSES = tuple(Status)
LIVES = tuple(Life)


class Top(NamedTuple):
    """What case.yaml says."""

    title: str = ""
    what: str = ""
    place: str = ""
    about: str = ""
    it: str = ""
    event: tuple[str, ...] = ()
    things: Mapping[str, str] = NOTHING
    """Whose each is, empty where it is nobody's"""
    year: int = 0
    as_of: date | None = None
    entities: Mapping[str, Entity] = NOTHING
    central: tuple[str, ...] = ()
    themes: Mapping[str, str] = NOTHING
    """Titles by the name of the file of facts"""
    harmless: bool = False


def read_top(file: str, text: str, problems: list[Problem], marks: dict[str, Mark]) -> Top:
    """Read case.yaml."""
    top = document([(file, text)], problems)
    if top is None:
        return Top()
    entities: dict[str, Entity] = {}
    for name, fields in top.mappings("entities"):
        entities[name] = Entity(
            id=name,
            kind=fields.choice("kind", str, ("person", "place", "organisation"), "person"),
            name=fields.text("name"),
            role=fields.text("role"),
            pronouns=fields.texts("pronouns"),
            aliases=fields.texts("aliases"),
            misspelt=fields.texts("misspelt"),
            official=fields.flag("official"),
            may_be=fields.texts("may_be"),
            apart=fields.flag("apart"),
            life=fields.choice("is", Life, LIVES, None) if "is" in fields else None,
            unnamed=fields.flag("unnamed"),
        )
        fields.close(f"entity:{name}", marks)
    titles = {}
    for name, title, mark in top.pairs("themes"):
        titles[name] = title
        marks[f"theme:{name}"] = mark
    things = {}
    for name, owner, mark in top.pairs("things", blank=True):
        things[name] = owner
        marks[f"thing:{name}"] = mark
    title = top.text("title")
    found = Top(
        title=title,
        what=top.text("what", default=within(title)),
        place=top.text("place"),
        about=top.text("about"),
        it=top.text("it", default=""),
        event=top.texts("event"),
        things=things,
        year=top.integer("year"),
        as_of=top.date("as_of"),
        entities=entities,
        central=top.texts("central"),
        themes=titles,
        harmless=top.flag("harmless"),
    )
    if found.as_of is None:
        problems.append(
            Problem(top.at("as_of"), "missing", "as_of is missing", "give the day on which the reports end")
        )
    top.close("case", marks, "central")
    return found


def within(title: str) -> str:
    """Return a title as it stands within a sentence: an article that it begins with is small there."""
    first, _, rest = title.partition(" ")
    return f"{first.lower()} {rest}" if first in {"The", "A", "An"} else title


def read_source(file: str, text: str, problems: list[Problem], marks: dict[str, Mark]) -> Source:
    """Read one source; its id is the name of its file."""
    id_ = PurePath(file).stem
    top = document([(file, text)], problems)
    if top is None:
        marks[f"source:{id_}"] = Mark(file)
        return Source(id_, None, id_, None, None, "", {}, {})
    passages = {}
    for name, fields in top.mappings("passages"):
        key = f"{id_}/{name}"
        passages[key] = Passage(
            id=key,
            source=id_,
            paragraph=fields.integer("paragraph"),
            quote=fields.text("quote", default=""),
            speaker=fields.text("speaker", default=""),
        )
        fields.close(f"passage:{key}", marks)
    left_out = {}
    for number, reason, mark in top.pairs("left_out"):
        if all(map(is_number, number.split(".", 1))):
            left_out[number] = reason
        else:
            mend = "write digits before the colon, 5 or 5.2 for the second sentence"
            problems.append(Problem(mark, "type", f"{number!r} is no paragraph number", mend))
        marks[f"left-out:{id_}.{number}"] = mark
    publisher = top.text("publisher", default="") or None
    source = Source(
        id=id_,
        publisher=publisher,
        counts_as=top.text("counts_as", default=publisher or id_),
        headline=top.text("headline", default="") or None,
        published=top.date("published"),
        about=top.text("about"),
        passages=passages,
        left_out=left_out,
        sensational=top.flag("sensational"),
        given=top.texts("given"),
        helplines={name: printed for name, printed, _ in top.pairs("helplines", blank=True)},
    )
    top.close(f"source:{id_}", marks, "helplines", "given")
    return source


def read_facts(
    file: str, text: str, problems: list[Problem], marks: dict[str, Mark], taken: frozenset[str]
) -> list[Fact]:
    """Read a file of facts, whose wordings stand elsewhere. `taken` are the ids of facts in the files before it."""
    node, found = parse(file, text)
    problems.extend(found)
    facts: list[Fact] = []
    for fields in entries(node, problems):
        fact = _fact(fields, marks)
        if fact.id in taken or any(fact.id == other.id for other in facts):
            mend = "give this fact an id of its own"
            problems.append(Problem(fields.at("id"), "duplicate", f"a fact called {fact.id} exists already", mend))
        facts.append(fact)
    return facts


def _fact(fields: Fields, marks: dict[str, Mark]) -> Fact:
    status = fields.choice("status", Status, STATUSES, Status.REPORTED)
    answer = fields.text("answer")
    fact = Fact(
        id=fields.text("id"),
        title=fields.text("title"),
        status=status,
        answer=answer,
        short=fields.text("short", default=answer),
        about=fields.texts("about"),
        passages=fields.texts("passages"),
        question=fields.text("question"),
        topic=fields.text("topic", default=""),
        gives=fields.texts("gives"),
        values=fields.integers("values"),
        event=fields.text("event", default=""),
        when=fields.date("when"),
        reported=fields.text("reported", default=""),
        basis=_basis(fields.below("basis")),
        after={id_: passage for id_, passage, _ in fields.pairs("after")},
        between=fields.texts("between"),
        moment=fields.text("moment", default=""),
        responsible=fields.text("responsible", default=""),
        speakers=fields.one_or_more("speaker"),
        who_said=fields.text("who_said", default=""),
        nearest=fields.text("nearest", default=""),
        it=fields.text("it", default=""),
        follows=fields.texts("follows"),
        contacts=fields.texts("contacts"),
        differs=tuple(_difference(below) for _, below in fields.mappings("differs")),
        related=fields.texts("related"),
        also=fields.texts("also"),
        silent=fields.texts("silent"),
    )
    fields.close(f"fact:{fact.id}", marks, "passages", "also", "related", "about", "between", "after")
    return fact


def read_claims(
    file: str, text: str, facts: Mapping[str, Fact], problems: list[Problem], marks: dict[str, Mark]
) -> dict[str, tuple[Claim, ...]]:
    """Read a file of claims: under the id of each fact a list of what it claims, and under `lists` phrases by name."""
    top = document([(file, text)], problems)
    found: dict[str, tuple[Claim, ...]] = {}
    named = top.below("lists") if top is not None else None
    lists = _lists(named)
    for id_ in () if top is None else tuple(id_ for id_ in top.marks if id_ != "lists"):
        below = [fields for _, fields in top.mappings(id_)] if top is not None else []
        if id_ not in facts and top is not None:
            mend = meant(id_, facts, "add the fact, or take its claims out")
            problems.append(Problem(top.at(id_), "reference", f"no fact is called {id_}", mend))
            continue
        for number, fields in enumerate(below):
            marks[f"fact:{id_}.claim.{number}"] = fields.mark
        found[id_] = tuple(_claim(fields, lists) for fields in below)
    if named is not None:
        mend = "take it out, or name it in a claim"
        unnamed = sorted(lists.keys() - lists.named)
        problems += [Problem(named.at(name), "reference", f"nothing names {name}", mend) for name in unnamed]
    return found


class _Lists(dict[str, tuple[str, ...]]):
    """Phrases by name, and which of them were `named`."""

    def __init__(self) -> None:
        super().__init__()
        self.named: set[str] = set()


def _lists(fields: Fields | None) -> _Lists:
    """The named lists of a file of claims; one may hold those above it."""
    lists = _Lists()
    for name in tuple(fields.marks) if fields is not None else ():
        if fields is not None:
            lists[name] = _phrases(fields, name, lists)
    return lists


def _phrases(fields: Fields, key: str, lists: _Lists) -> tuple[str, ...]:
    """The phrases of a field: "kill|stab <elsewhere>" is each of the words before each phrase of a list."""
    found: list[str] = []
    for text, mark in fields.marked_texts(key):
        pieces = [_choices(piece, mark, fields, lists) for piece in text.split()]
        found += map(" ".join, product(*pieces))
    return tuple(found)


def _choices(piece: str, mark: Mark, fields: Fields, lists: _Lists) -> Sequence[str]:
    """What may stand in one place of a phrase."""
    name = piece[1:-1] if piece.startswith("<") and piece.endswith(">") else ""
    if not name:
        return [word for word in piece.split("|") if word]
    lists.named.add(name)
    if name not in lists:
        mend = f"give it under lists, above this; there are {', '.join(sorted(lists)) or 'none'}"
        fields.problems.append(Problem(mark, "reference", f"no list is called {name}", mend))
    return lists.get(name, ())


def _claim(fields: Fields, lists: _Lists) -> Claim:
    verbs = [verb for verb in VERBS if verb in fields]
    if len(verbs) > 1 or not (verbs or "age" in fields):
        message = f"a claim has one of {', '.join(VERBS)}, or an age"
        fields.problems.append(Problem(fields.mark, "claim", message, "say one thing in a claim"))
    verb = verbs[0] if verbs else "is"
    who, what = fields.text("who"), _phrases(fields, verb, lists)
    whom = [text.split("|") for text in fields.texts("whom")]
    claim = Claim(
        who=who,
        verb=verb,
        what=what,
        whom=tuple(id_ for some in whom for id_ in some),
        may=_phrases(fields, "may", lists),
        but=_phrases(fields, "but", lists),
        many=fields.integer("many") if "many" in fields else None,
        nearly=fields.flag("nearly"),
        age=fields.integer("age") if "age" in fields else None,
        when=fields.date("when"),
        only=fields.text("only", default=""),
        still=fields.flag("still"),
        speaker=fields.text("speaker", default=""),
        first=len(whom[0]) if whom else 0,
    )
    fields.end()
    return claim


def _basis(fields: Fields | None) -> Basis:
    if fields is None:
        return Basis()
    basis = Basis(fields.texts("passages"), fields.text("note"))
    fields.end()
    return basis


def _difference(fields: Fields) -> Difference:
    difference = Difference(fields.texts("passages"), fields.text("note"))
    fields.end()
    return difference


def read_helplines(texts: Sequence[Text], problems: list[Problem], marks: dict[str, Mark]) -> dict[str, Helpline]:
    """Read the support contacts; the order of the file is the order in which they are shown."""
    top = document(texts, problems)
    if top is None:
        return {}
    helplines = {}
    for name, fields in top.all_mappings():
        helplines[name] = _helpline(name, fields)
        fields.close(f"helpline:{name}", marks)
    return helplines


def _helpline(name: str, fields: Fields) -> Helpline:
    return Helpline(
        id=name,
        name=fields.text("name"),
        short=fields.text("short", default=name),
        also=fields.texts("also"),
        who=fields.text("for"),
        needs=fields.texts("needs"),
        nations=fields.texts("nations"),
        phone=fields.text("phone", default=""),
        international=fields.text("international", default=""),
        text=fields.text("text", default=""),
        again=fields.texts("again"),
        email=fields.text("email", default=""),
        chat=fields.text("chat", default=""),
        web=fields.text("web", default=""),
        hours=fields.text("hours", default=""),
        cost=fields.text("cost", default=""),
        bill=fields.text("bill", default=""),
        note=fields.text("note", default=""),
        interpreters=fields.flag("interpreters"),
        quiet=fields.flag("quiet"),
        source=fields.text("source"),
        stated_by=fields.text("stated_by", default=""),
        checked=fields.date("checked"),
        when_closed=fields.text("when_closed", default=""),
    )
