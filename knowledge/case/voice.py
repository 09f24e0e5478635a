"""The voice's files read into values: sentences, the English layer, the signs of danger and distress, other languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from knowledge.case.general import CareSigns, Circumstance, Concern, English, Language, Need, Rejoinder, Signal
from knowledge.case.layers import Text
from knowledge.case.nodes import Fields, document, flattened
from knowledge.case.problems import Mark, Problem
from knowledge.case.wordings import Wording


def read_sentences(file: str, text: str, problems: list[Problem], marks: dict[str, Mark]) -> dict[str, str]:
    """Read a file of sentences into dotted keys; paragraphs stay apart, other white space is folded."""
    top = document([(file, text)], problems)
    return {} if top is None else dict(flattened(top.node, "", problems, marks))


def read_english(
    texts: Sequence[Text], common: Iterable[Text], problems: list[Problem], marks: dict[str, Mark]
) -> English:
    """Read the English layer; `common` are the lists of right words.

    A word in two groups of `same` is a problem: nobody could tell which head it has.
    """
    top = document(texts, problems)
    if top is None:
        return English()
    same: dict[str, str] = {}
    for words, mark in top.lists("same"):
        for word in words[1:]:
            if word in same or word == words[0]:
                problems.append(Problem(mark, "same", f"{word} is in two groups", "keep it in one"))
            same[word] = words[0]
    question = Fields(top.mapping_node("question"), problems)
    polar = Fields(top.mapping_node("polar"), problems)
    sayings = Fields(top.mapping_node("sayings"), problems)
    dates = Fields(top.mapping_node("dates"), problems)
    lists = Fields(top.mapping_node("lists"), problems)
    layer = English(
        expand={key: value for key, value, _ in top.pairs("expand")},
        phrases={key: value for key, value, _ in top.pairs("phrases")},
        same=same,
        common=frozenset(
            word
            for list_ in common
            for line in list_.text.splitlines()
            if not line.startswith("#")
            for word in line.split()
        ),
        question={kind: question.texts(kind) for kind in question.marks},
        polar={kind: polar.texts(kind) for kind in polar.marks},
        sayings={
            saying: plain
            for plain in sayings.marks
            for text in sayings.texts(plain)
            for saying in map(" ".join, product(*(piece.split("|") for piece in text.split())))
        },
        dates={name: dates.texts(name) for name in dates.marks},
        lists={name: lists.texts(name) for name in lists.marks},
    )
    for name, fields in (
        ("question", question),
        ("polar", polar),
        ("dates", dates),
        ("lists", lists),
        ("sayings", sayings),
    ):
        fields.close(f"list:english.{name}", marks)
    top.end()
    return layer


def read_places(texts: Sequence[Text], problems: list[Problem], marks: dict[str, Mark]) -> dict[str, tuple[str, ...]]:
    """Read the names of places, in lists."""
    top = document(texts, problems)
    if top is None:
        return {}
    places = {name: top.texts(name) for name in top.marks}
    top.close("list:care.lists", marks)
    return places


def read_care(  # noqa: PLR0913 - files, and what belongs to them
    texts: Sequence[Text],
    examples: Iterable[Wording],
    rejoined: Iterable[Wording],
    problems: list[Problem],
    marks: dict[str, Mark],
    *,
    places: Mapping[str, tuple[str, ...]],
) -> CareSigns:
    """Read the signs of danger and distress; `places` are lists of their own.

    `examples` are the labelled messages, `rejoined` those that come after contacts.
    """
    top = document(texts, problems)
    if top is None:
        return CareSigns()
    lists = Fields(top.mapping_node("lists"), problems)
    concerns, signals = _concerns(top, marks), _signals(top, marks)
    needs, rejoinders = _needs(top, concerns, marks), _rejoinders(top, marks)
    circumstances = _circumstances(top, marks)
    figurative, offered = top.texts("figurative"), top.texts("offered")
    named = {name: lists.texts(name) for name in lists.marks}
    top.close("list:care", marks, "figurative")
    lists.close("list:care.lists", marks, *lists.marks)
    return CareSigns(
        concerns=concerns,
        needs=needs,
        offered=offered,
        lists={**places, **named},
        signals=signals,
        figurative=figurative,
        examples=tuple((example.text, example.id) for example in examples),
        circumstances=circumstances,
        rejoinders=rejoinders,
        rejoined=tuple((wording.text, wording.id) for wording in rejoined),
    )


def _concerns(top: Fields, marks: dict[str, Mark]) -> dict[str, Concern]:
    concerns = {}
    for name, fields in top.mappings("concerns"):
        concerns[name] = Concern(
            id=name,
            first=fields.text("first"),
            then=fields.text("then", default=""),
            contacts=fields.texts("contacts"),
            urgent=fields.flag("urgent"),
            written=fields.flag("written"),
            others=fields.text("others", default=""),
            held=fields.integer("held", default="0"),
            reach=fields.flag("reach"),
            still=fields.text("still", default=""),
        )
        fields.close(f"concern:{name}", marks)
    return concerns


def _circumstances(top: Fields, marks: dict[str, Mark]) -> dict[str, Circumstance]:
    circumstances = {}
    for name, fields in top.mappings("circumstances"):
        circumstances[name] = Circumstance(
            id=name,
            when=fields.texts("when"),
            rows=fields.texts("rows"),
            contacts=fields.texts("contacts"),
            together=tuple(tuple(line.split()) for line in fields.texts("together")),
            unless=fields.texts("unless"),
            say=fields.text("say", default=""),
            written=fields.flag("written"),
            abroad=fields.flag("abroad"),
        )
        fields.close(f"circumstance:{name}", marks, "when")
    return circumstances


def _rejoinders(top: Fields, marks: dict[str, Mark]) -> dict[str, Rejoinder]:
    rejoinders = {}
    for name, fields in top.mappings("rejoinders"):
        rejoinders[name] = Rejoinder(
            id=name,
            say=fields.text("say", default=""),
            own=fields.text("own", default=""),
            contacts=fields.texts("contacts"),
            silent=fields.flag("silent"),
            row=fields.text("row", default=""),
            abroad=fields.flag("abroad"),
        )
        fields.close(f"rejoinder:{name}", marks)
    return rejoinders


def _needs(top: Fields, concerns: Mapping[str, Concern], marks: dict[str, Mark]) -> dict[str, Need]:
    needs = {}
    for name, fields in top.mappings("needs"):
        row = fields.text("row", default="contacts")
        needs[name] = Need(
            id=name,
            label=fields.text("label"),
            when=fields.texts("when"),
            contacts=fields.texts("contacts") or (concerns[row].contacts if row in concerns else ()),
            row=row,
            words=fields.texts("words"),
        )
        fields.close(f"need:{name}", marks, "when")
    return needs


def _signals(top: Fields, marks: dict[str, Mark]) -> tuple[Signal, ...]:
    signals = []
    for name, fields in top.mappings("signals"):
        signals.append(
            Signal(
                id=name,
                concern=fields.text("concern"),
                when=fields.texts("when"),
                unless=fields.texts("unless"),
                fires=fields.texts("fires"),
                silent=fields.texts("silent"),
            )
        )
        fields.close(f"signal:{name}", marks, "when", "unless", "fires", "silent")
    return tuple(signals)


def read_languages(texts: Sequence[Text], problems: list[Problem], marks: dict[str, Mark]) -> dict[str, Language]:
    """Read the languages that the bot recognises and has a line in."""
    top = document(texts, problems)
    if top is None:
        return {}
    languages = {}
    for name, fields in top.all_mappings():
        languages[name] = Language(
            id=name,
            name=fields.text("name"),
            script=fields.text("script"),
            greetings=fields.texts("greetings"),
            help=fields.texts("help"),
            words=frozenset(fields.texts("words")),
            line=fields.text("line"),
            danger=fields.text("danger"),
        )
        fields.close(f"language:{name}", marks)
    return languages
