"""The voice read into values: sentences, the English layer, signs of distress, other languages."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from knowledge.english import English
from knowledge.model import CareSigns, Concern, Language, Need, Signal
from knowledge.nodes import Fields, document, mark_of
from knowledge.problems import Mark, Problem


def read_sentences(file: str, text: str, problems: list[Problem], marks: dict[str, Mark]) -> dict[str, str]:
    """Read a file of sentences into dotted keys; paragraphs stay apart, other white space is folded."""
    top = document(file, text, problems)
    return {} if top is None else dict(_flatten(file, top.node, "", problems, marks))


def _flatten(
    file: str, node: yaml.MappingNode, prefix: str, problems: list[Problem], marks: dict[str, Mark]
) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in node.value:
        name = prefix + key.value
        mark = mark_of(file, value)
        if isinstance(value, yaml.MappingNode):
            found += _flatten(file, value, name + ".", problems, marks)
        elif isinstance(value, yaml.ScalarNode):
            paragraphs = [" ".join(part.split()) for part in value.value.split("\n")]
            found.append((name, ("\n\n" if value.style == ">" else "\n").join(filter(None, paragraphs))))
            marks[f"sentence:{name}"] = mark
        else:
            problems.append(Problem(mark, "type", f"{name} must be a sentence", "write words, not a list"))
    return found


def read_english(file: str, text: str, problems: list[Problem]) -> English:
    """Read the English layer. A word in two groups of `same` is a problem: nobody could tell which head it has."""
    top = document(file, text, problems)
    if top is None:
        return English()
    same: dict[str, str] = {}
    for words, mark in top.lists("same"):
        for word in words[1:]:
            if word in same or word == words[0]:
                problems.append(Problem(mark, "same", f"{word} is in two groups", "keep it in one"))
            same[word] = words[0]
    question, polar = (Fields(file, top.mapping_node(key), problems) for key in ("question", "polar"))
    layer = English(
        expand={key: value for key, value, _ in top.pairs("expand")},
        phrases={key: value for key, value, _ in top.pairs("phrases")},
        same=same,
        common=frozenset(top.texts("common")),
        question={kind: question.texts(kind) for kind in question.marks},
        polar={part: polar.texts(part) for part in polar.marks},
    )
    top.end()
    return layer


def read_care(
    care: tuple[str, str], examples: tuple[str, str], problems: list[Problem], marks: dict[str, Mark]
) -> CareSigns:
    """Read the signs of danger and distress, and the labelled example messages."""
    top = document(*care, problems)
    said = document(*examples, problems)
    if top is None or said is None:
        return CareSigns()
    lists = Fields(care[0], top.mapping_node("lists"), problems)
    concerns, signals = _concerns(top, marks), _signals(top, marks)
    needs = _needs(top, concerns, marks)
    figurative, offered = top.texts("figurative"), top.texts("offered")
    top.end()
    return CareSigns(
        concerns=concerns,
        needs=needs,
        offered=offered,
        lists={name: lists.texts(name) for name in lists.marks},
        signals=signals,
        figurative=figurative,
        examples=tuple((message, name) for name in said.marks for message in said.texts(name)),
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
        )
        fields.end()
        marks[f"concern:{name}"] = fields.mark
    return concerns


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
        fields.end()
        marks[f"need:{name}"] = fields.mark
        marks.update({f"need:{name}.when.{value}": mark for value, mark in fields.marked_texts("when")})
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
        fields.end()
        marks[f"signal:{name}"] = fields.mark
        for key in ("when", "unless", "fires", "silent"):
            for value, mark in fields.marked_texts(key):
                marks[f"signal:{name}.{key}.{value}"] = mark
    return tuple(signals)


def read_moves(file: str, text: str, problems: list[Problem], marks: dict[str, Mark]) -> tuple[tuple[str, str], ...]:
    """Read the moves, each with its wordings."""
    top = document(file, text, problems)
    if top is None:
        return ()
    marks.update({f"move:{name}": mark for name, mark in top.marks.items()})
    return tuple((wording, name) for name in top.marks for wording in top.texts(name))


def read_languages(file: str, text: str, problems: list[Problem]) -> dict[str, Language]:
    """Read the languages that the bot recognises and has a line in."""
    top = document(file, text, problems)
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
        fields.end()
    return languages
