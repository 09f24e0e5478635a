"""Whether a message is in another language: by its script, its greeting, its cry for help, or its commonest words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from knowledge.model import Language

WORD = re.compile(r"[\w'-]+")
APOSTROPHES = str.maketrans("’‘`´", "''''")

ENOUGH_WORDS = 2
"""How many of a language's commonest words show it, in a message of which they make up a quarter at least."""

ENOUGH_SHARE = 0.25

GREETING_WORDS = 4
"""The most words of a message that is a greeting and no more."""


class Heard(NamedTuple):
    """A language, and whether the message asks for help in it."""

    language: Language
    help: bool


class Ear:
    """Recognises the languages of the voice. Letters are compared as typed: an accent tells languages apart."""

    def __init__(self, languages: Mapping[str, Language]) -> None:
        self._languages = tuple(languages.values())
        self._help = _phrases((phrase, language) for language in self._languages for phrase in language.help)
        self._greetings = _phrases((phrase, language) for language in self._languages for phrase in language.greetings)
        self._scripts = {language.script.lower() for language in self._languages} - {"latin"}

    def hear(self, message: str) -> Heard | None:
        """Return the language of a message that isn't in English, None for one that seems to be."""
        words = WORD.findall(message.lower().translate(APOSTROPHES))
        cry = _first(self._help, words)
        if cry:
            return Heard(cry, help=True)
        greeting = _first(self._greetings, words) if len(words) <= GREETING_WORDS else None
        known = greeting or self._by_words(words) or self._by_script(message)
        return Heard(known, help=False) if known else None

    def _by_words(self, words: list[str]) -> Language | None:
        counts = [(sum(word in language.words for word in words), language) for language in self._languages]
        most, language = max(counts, key=lambda found: found[0], default=(0, None))
        return language if most >= ENOUGH_WORDS and most >= ENOUGH_SHARE * len(words) else None

    def _by_script(self, message: str) -> Language | None:
        if message.isascii():
            return None
        names = [unicodedata.name(letter, "").lower() for letter in message[:200] if letter.isalpha()]
        scripts = [
            next((script for script in self._scripts if script in name or _cjk(script, name)), "") for name in names
        ]
        if sum(map(bool, scripts)) * 2 <= len(names) or not names:
            return None
        script = max(set(filter(None, scripts)), key=scripts.count)
        return next(language for language in self._languages if language.script.lower() == script)


def _cjk(script: str, name: str) -> bool:
    return script == "han" and name.startswith("cjk")


def _phrases(pairs: Iterable[tuple[str, Language]]) -> dict[str, list[tuple[tuple[str, ...], Language]]]:
    found: dict[str, list[tuple[tuple[str, ...], Language]]] = {}
    for phrase, language in pairs:
        words = tuple(WORD.findall(phrase.lower().translate(APOSTROPHES)))
        if words:
            found.setdefault(words[0], []).append((words, language))
    return found


def _first(phrases: Mapping[str, list[tuple[tuple[str, ...], Language]]], words: list[str]) -> Language | None:
    for place, word in enumerate(words):
        for phrase, language in phrases.get(word, ()):
            if tuple(words[place : place + len(phrase)]) == phrase:
                return language
    return None
