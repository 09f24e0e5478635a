"""What is read and checked of a case, kept as long as what it was made from is the same: so that a change costs what it touches."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from knowledge import checks
from knowledge.case import layers, read, voice
from knowledge.case import load as loading
from knowledge.case.load import Loaded
from knowledge.case.model import Case
from knowledge.case.problems import Problem
from knowledge.checks import care, facts, lines, proof, wordings
from knowledge.language.english import Language

READERS = (
    *((read, name) for name in ("read_top", "read_source", "read_facts", "read_claims", "read_helplines")),
    *((voice, name) for name in ("read_english", "read_care", "read_languages", "read_sentences")),
)


def _lines_of(loaded: Loaded) -> tuple[object, ...]:
    return tuple(text for name, text in loaded.texts.items() if name.endswith(".txt"))


OF_FACTS = ((facts, "named"), (facts, "claims"), (facts, "speakers"), (proof, "proved"))
"""The rules that look at each fact by itself."""
OF_PARTS: tuple[tuple[Any, str, Callable[[Loaded], tuple[object, ...]]], ...] = (
    (care, "patterns", lambda loaded: (loaded.case.care,)),
    (care, "dead", lambda loaded: (loaded.case.care,)),
    (wordings, "once", _lines_of),
    (
        facts,
        "themes",
        lambda loaded: (*_lines_of(loaded), *((one.id, one.title) for one in loaded.case.themes.values())),
    ),
    (wordings, "nearly_twice", lambda loaded: (*_lines_of(loaded), loaded.case.english, loaded.case.entities)),
)
"""Those that look at some parts of a case alone."""


class Kept:
    """Keeps what was read and found; what it keeps it knows by the very objects that it was made from."""

    def __init__(self) -> None:
        self._bytes: dict[Path, bytes] = {}
        self._decoded: dict[tuple[str, bytes], tuple[str, list[Problem]]] = {}
        self._found: dict[tuple[object, ...], list[Problem]] = {}
        self._alive: list[object] = []
        self._sound: dict[str, object] = {}
        self._changed: Mapping[str, bytes] = {}
        self._readers = [(module, name, self._reader(getattr(module, name))) for module, name in READERS]
        self._words = self._reader(lambda file, text, problems: tuple(WORDS(file, text, problems)))
        self._of_text = functools.lru_cache(maxsize=2000)(lambda file, text: tuple(TEXT(file, text)))
        self._languages: dict[tuple[int, int], Language] = {}
        self._of_lines = functools.lru_cache(maxsize=2000)(lambda file, some: tuple(LINES(file, list(some))))

    @contextmanager
    def quickly(self, changed: Mapping[str, bytes]) -> Iterator[None]:
        """Read and check with some files changed."""
        self._changed = changed
        with ExitStack() as stack:
            put = stack.enter_context
            for module, name, reader in self._readers:
                put(mock.patch.object(module, name, reader))
            put(mock.patch.object(layers, "read_text", self._text))
            put(mock.patch.object(loading, "read_wordings", self._words))
            put(mock.patch.object(lines, "_of_lines", lambda file, some: self._of_lines(file, tuple(some))))
            for sort in ("STRUCTURE", "OTHERS", "READING", "BY_LANGUAGE"):
                put(mock.patch.object(checks, sort, tuple(map(self._rule, getattr(checks, sort)))))
            put(mock.patch.object(lines, "_of_text", self._of_text))
            put(mock.patch.object(Language, "of", self._language))
            put(mock.patch.object(proof, "proved", self._rule(proof.proved)))
            yield

    def _text(self, name: str, file: Path) -> tuple[str, list[Problem]]:
        if file not in self._bytes:
            self._bytes[file] = file.read_bytes()
        data = self._changed.get(name, self._bytes[file])
        return self._kept(self._decoded, (name, data), lambda: layers.decoded(name, data))

    def _language(self, case: Case) -> Language:
        key = (id(case.english), id(case.entities))
        self._alive += (case.english, case.entities)
        return self._kept(self._languages, key, lambda: LANGUAGE(case))

    @staticmethod
    def _kept(memory: dict[Any, Any], key: object, make: Callable[[], Any]) -> Any:
        if key not in memory:
            memory[key] = make()
        return memory[key]

    def _reader(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Something that reads, and what it adds to the problems and the marks, kept by what it reads."""
        names = list(inspect.signature(function).parameters)
        memory: dict[tuple[object, ...], tuple[Any, list[Problem], dict[str, Any]]] = {}

        def reads(*given: Any, **more: Any) -> Any:
            arguments = dict(zip(names, given, strict=False)) | more
            key = tuple(_key(value) for name, value in arguments.items() if name not in {"problems", "marks"})
            if key not in memory:
                problems: list[Problem] = []
                marks: dict[str, Any] = {}
                fresh = {"problems": problems, "marks": marks}
                found = function(**{name: fresh.get(name, value) for name, value in arguments.items()})
                memory[key] = (found, problems, marks)
            found, problems, marks = memory[key]
            arguments["problems"].extend(problems)
            arguments.get("marks", {}).update(marks)
            return found

        return reads

    def _rule(self, rule: Callable[..., Any]) -> Callable[..., Any]:
        """A rule that looks at what has changed alone."""
        parts = next((of for module, name, of in OF_PARTS if getattr(module, name) is rule), None)
        if parts is not None:
            return lambda loaded, *more: self._of_parts(rule, loaded, parts(loaded), more)
        if any(getattr(module, name) is rule for module, name in OF_FACTS):
            return lambda loaded, *more: self._of_facts(rule, loaded, more)
        return rule

    def _of_parts(
        self, rule: Callable[..., Any], loaded: Loaded, parts: tuple[object, ...], more: tuple[object, ...]
    ) -> list[Problem]:
        key = (rule, *(part if type(part) is tuple else id(part) for part in parts))
        if key not in self._found:
            self._alive += parts
            self._found[key] = list(rule(loaded, *more))
        return self._found[key]

    def _of_facts(self, rule: Callable[..., Any], loaded: Loaded, more: tuple[object, ...]) -> list[Problem]:
        fewer = self._fewer(loaded, rule.__name__)
        return list(rule(fewer, *more)) if fewer.case.facts else []

    def _fewer(self, loaded: Loaded, rule: str) -> Loaded:
        """The case with the facts that differ from those of the first time, where nothing else that they rest on does."""
        case = loaded.case
        rest = (case.entities, case.sources, case.english, case.helplines, case.central, case.as_of)
        first = self._sound.setdefault(rule, (rest, case.facts))
        if first[1] is case.facts or first[0] != rest:  # type: ignore[index]
            return loaded
        changed = {id_: fact for id_, fact in case.facts.items() if first[1].get(id_) != fact}  # type: ignore[index]
        near = {fact.nearest: case.facts[fact.nearest] for fact in changed.values() if fact.nearest in case.facts}
        return loaded._replace(case=case._replace(facts={**near, **changed}))


LINES, TEXT = lines._of_lines, lines._of_text
LANGUAGE = Language.of
WORDS = loading.read_wordings


def _key(value: object) -> object:
    """What stands for something that is read: a mapping by its names, or by its lists where it holds nothing else."""
    if isinstance(value, Mapping):
        return tuple(value.items()) if all(type(one) is tuple for one in value.values()) else tuple(value)
    return tuple(value) if isinstance(value, list) else value
