"""Rules for the voice: every sentence, list, row and move that the code looks for is there, and can be said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from string import Formatter

from knowledge.case.layers import MESSAGES
from knowledge.case.load import Loaded
from knowledge.case.problems import Mark, Problem, meant, nearest
from knowledge.checks import needed
from knowledge.checks.care import every_pattern

SENTENCES_FILE, TELEGRAM_FILE, AVOID = "replies.yaml", "telegram.yaml", "avoid."


def sentences(loaded: Loaded) -> Iterator[Problem]:
    """Every sentence that is said is there, holds words, and none that nobody says.

    Passes: `courtesy: {bye: Goodbye.}`. Fails: `courtesy: {by: Goodbye.}`, `bye: ""`.
    """
    said = loaded.case.voice.sentences
    own = {f"courtesy.{move.replace('-', '_')}" for _, move in loaded.case.moves}
    for key in needed.SENTENCES:
        if key not in said:
            near = nearest(key, said.keys() - needed.SENTENCES.keys())
            mark = loaded.marks.get(f"sentence:{near}") or _near(loaded, key)
            mend = f"did you mean {key}, where {near} stands?" if near else f"write what is said under {key}"
            yield Problem(mark, "sentence", f"there is no sentence {key}", mend)
    for key, sentence in said.items():
        mark = loaded.marks[f"sentence:{key}"]
        if loaded.case.harmless and key in needed.UNSAID and not sentence:
            continue
        if not sentence.strip() or sentence in {"null", "~"}:
            yield Problem(mark, "empty", f"{key} is empty", "write the sentence")
        if key not in needed.SENTENCES and key not in own and not key.startswith(AVOID):
            mend = meant(key, needed.SENTENCES, "take it out")
            yield Problem(mark, "sentence", f"{key} is never said", mend)


def _is_message(file: str) -> bool:
    path = Path(file)
    return path.stem in MESSAGES and path.parent.name != "wordings"


def _near(loaded: Loaded, key: str) -> Mark:
    """Where the sentences beside a lost one stand: the one before it, or behind it where it is the first of its group."""
    group = f"{key.rpartition('.')[0]}."
    keys = [one for one in needed.SENTENCES if one.startswith(group)]
    at = keys.index(key)
    beside = (loaded.marks.get(f"sentence:{one}") for one in (*reversed(keys[:at]), *keys[at:]))
    file = TELEGRAM_FILE if key.startswith("telegram.") else SENTENCES_FILE
    return next(filter(None, beside), Mark(_file(loaded, file)))


def placeholders(loaded: Loaded) -> Iterator[Problem]:
    """A sentence holds each word in braces that is filled in, and no other.

    Passes: `person: "Samaritans answer on {phone}."`. Fails: `{phon}`, a lone brace, or no `{phone}`.
    """
    for key, sentence in loaded.case.voice.sentences.items():
        if key not in needed.SENTENCES or not sentence:
            continue
        mark, wanted = loaded.marks[f"sentence:{key}"], needed.SENTENCES[key] - needed.MAY.keys()
        may = frozenset[str]().union(*(needed.MAY[sign] for sign in needed.SENTENCES[key] & needed.MAY.keys()))
        try:
            parts = [part for part in Formatter().parse(sentence) if part[1] is not None]
        except ValueError:
            yield Problem(mark, "placeholder", f"{key} has a lone brace", "write {name}, with both braces")
            continue
        found = {name for _, name, form, how in parts if name and not form and not how}
        if len(found) < len({name for _, name, _, _ in parts}):
            yield Problem(mark, "placeholder", f"{key} has braces that name nothing", "write a bare {name} in braces")
        for name in sorted(found - wanted - may):
            near = nearest(name, wanted - found) or ", ".join(sorted(wanted)) or "none"
            yield Problem(mark, "placeholder", f"nothing is filled in for {{{name}}} in {key}", f"there is {near}")
        for name in sorted(wanted - found):
            yield Problem(mark, "placeholder", f"{key} doesn't say {{{name}}}", f"let {{{name}}} stand in it")


def lists(loaded: Loaded) -> Iterator[Problem]:
    """Every list of english.yaml and care.yaml that the code reads is there, and none besides that nothing reads.

    Passes: `lists: {asking: [who, what]}`. Fails: `lists: {askng: [who, what]}`.
    """
    english, care = loaded.case.english, loaded.case.care
    unread = {problem.mark.file for problem in loaded.problems if problem.rule in {"yaml", "encoding"}}
    if unread & {_file(loaded, "english.yaml"), _file(loaded, "care.yaml")}:
        yield from (one for one in loaded.problems if one.mark.file in unread)  # all else would follow from it
        return
    sections = (
        ("lists", english.lists, needed.LISTS, needed.LISTS),
        ("polar", english.polar, needed.POLAR, needed.POLAR),
        ("dates", english.dates, needed.DATES, needed.DATES),
        ("question", english.question, needed.KINDS, english.question),
    )
    for section, given, wanted, read in sections:
        yield from _names(loaded, f"english.{section}", given, wanted, read)
    used = " ".join(pattern for _, _, pattern in every_pattern(care))
    named = {name for name in care.lists if f"<{name}>" in used}
    yield from _names(loaded, "care.lists", care.lists, needed.CARE_LISTS, needed.CARE_LISTS | named)


def _names(
    loaded: Loaded, section: str, given: Mapping[str, Collection[str]], wanted: Iterable[str], used: Collection[str]
) -> Iterator[Problem]:
    file = _file(loaded, f"{section.partition('.')[0]}.yaml")
    above = loaded.marks.get(f"list:{section}", Mark(file))
    for name in sorted(wanted):
        if not given.get(name):
            near = nearest(name, given.keys() - set(wanted))
            mark = loaded.marks.get(f"list:{section}.{near or name}", above)
            mend = f"did you mean {name}, where {near} stands?" if near else f"write `{name}:` with its words"
            yield Problem(mark, "list", f"{section} has no words under {name}", mend)
    for name in given:
        if name not in used:
            mend = "take it out, or name it in a pattern"
            yield Problem(loaded.marks.get(f"list:{section}.{name}", above), "list", f"nothing reads {name}", mend)


def rows(loaded: Loaded) -> Iterator[Problem]:
    """Every row of the care table, card and language that the code names is there; a message stands under one that is.

    Passes: `[danger]` above an example, where care.yaml has that concern. Fails: `[dangr]`, or no card `samaritans`.
    """
    case = loaded.case
    care = _file(loaded, "care.yaml")
    for name in sorted(needed.CONCERNS - case.care.concerns.keys()):
        near = nearest(name, case.care.concerns.keys() - needed.CONCERNS)
        mark = loaded.marks.get(f"concern:{near}", Mark(care))
        yield Problem(mark, "reference", f"there is no concern {name}", f"write `{name}:` under concerns")
    for name in needed.CONTACTS:
        if name not in case.helplines:
            near = nearest(name, case.helplines)
            file = _file(loaded, "helplines.yaml")
            end = Mark(file, max(1, len(loaded.texts.get(file, "").splitlines())))
            mark = loaded.marks.get(f"helpline:{near}", end)
            yield Problem(mark, "reference", f"there is no contact {name}", f"write a card `{name}:`, which is told")
    known = {*case.care.concerns, needed.CALM}
    messages = {file for file in {wording.mark.file for wording in loaded.wordings} if _is_message(file)}
    for wording in loaded.wordings:
        if wording.mark.file in messages and wording.id not in known:
            mend = meant(wording.id, known, f"write one of {', '.join(sorted(known))}")
            yield Problem(wording.under, "reference", f"there is no concern {wording.id}", mend)


def moves(loaded: Loaded) -> Iterator[Problem]:
    """What answers a move is there: a page, a deed, or a sentence.

    Passes: `[bye]`, where there is a sentence `courtesy.bye`. Fails: `[by]`, `[page-map]`.
    """
    told: set[str] = set()
    for wording in loaded.wordings:
        if not wording.mark.file.endswith("moves.txt") or wording.id in told:
            continue
        told.add(wording.id)
        page = wording.id.removeprefix("page-")
        is_page = page != wording.id and page in needed.PAGES
        sentence = f"courtesy.{wording.id.replace('-', '_')}"
        if not (is_page or wording.id in needed.MOVES or sentence in loaded.case.voice.sentences):
            known = {*needed.MOVES, *(f"page-{name}" for name in needed.PAGES), *_courtesies()}
            mend = meant(wording.id, known, f"write a sentence {sentence}")
            yield Problem(wording.under, "move", f"nothing answers {wording.id}", mend)
    for wanted in sorted(needed.MOVES - told):
        yield Problem(Mark(_file(loaded, "moves.txt")), "move", f"no wording is under {wanted}", f"write [{wanted}]")


def _courtesies() -> Iterator[str]:
    return (key.removeprefix("courtesy.").replace("_", "-") for key in needed.SENTENCES if key.startswith("courtesy."))


def _file(loaded: Loaded, name: str) -> str:
    """The name by which a file of the voice was read."""
    return next((file for file in loaded.texts if file.endswith(name)), f"knowledge/voice/{name}")
