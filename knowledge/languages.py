"""Whether a message is in another language: by its phrases, its commonest words, its script, or that hardly one is known."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from knowledge.model import Language
from knowledge.text import tokenise

VOWEL = re.compile("[aeiouy]")
WORD = re.compile(r"[\w'-]+")
APOSTROPHES = str.maketrans("’‘`´", "''''")

ENOUGH_WORDS = 2
"""How many of a language's commonest words show it, in a message of which they make up a quarter at least."""

ENOUGH_SHARE = 0.25

GREETING_WORDS = 4
"""The most words of a message that is a greeting and no more."""

LEAST_WORDS = 3
LEAST_LETTERS = 3
KNOWN_SHARE = 1 / 3
"""A message of so many telling words, or more, of which a smaller share is known, is in no language that is known."""

MOST_LETTERS = 200
"""How much of a message its script is read from."""

NAMED = {"cjk": "han"}
"""Scripts that Unicode names otherwise."""


UNKNOWN = Language("", "a language that is not known", "", (), (), frozenset(), "", "")


class Ear:
    """Recognises the languages of the voice. Letters are compared as typed: an accent tells languages apart."""

    def __init__(self, languages: Mapping[str, Language]) -> None:
        self._languages = tuple(languages.values())
        self._help = _phrases((phrase, language) for language in self._languages for phrase in language.help)
        self._greetings = _phrases((phrase, language) for language in self._languages for phrase in language.greetings)

    def hear(self, message: str, knows: Callable[[str], bool]) -> Language | None:
        """Return the language of a message that isn't in English, None for one that seems to be.

        `knows` tells whether a plain lower-case word is a known English one.
        """
        words = WORD.findall(message.lower().translate(APOSTROPHES))
        greeting = _first(self._greetings, words) if len(words) <= GREETING_WORDS else None
        heard = _first(self._help, words) or greeting or self._by_words(words) or self._by_script(message, words)
        return heard or (UNKNOWN if _foreign(words, knows) else None)

    def _by_words(self, words: Sequence[str]) -> Language | None:
        most, language = self._likest(words, self._languages)
        return language if most >= ENOUGH_WORDS and most >= ENOUGH_SHARE * len(words) else None

    def _likest(self, words: Sequence[str], languages: Iterable[Language]) -> tuple[int, Language]:
        """The language that most words belong to, and how many; of equals the first, so the commonest stands first."""
        counts = [(sum(word in language.words for word in words), language) for language in languages]
        return max(counts, key=lambda found: found[0], default=(0, UNKNOWN))

    def _by_script(self, message: str, words: Sequence[str]) -> Language | None:
        """The language of a message most of whose letters are of another script: where several share it, by its words."""
        letters = filter(str.isalpha, unicodedata.normalize("NFKC", message[:MOST_LETTERS]))
        scripts = Counter(unicodedata.name(letter, "unknown").split()[0].lower() for letter in letters)
        script, most = max(scripts.items(), key=lambda found: found[1], default=("latin", 0))
        if script == "latin" or most * 2 <= scripts.total():
            return None
        return self._likest(words, (one for one in self._languages if one.script.lower() == NAMED.get(script, script)))[
            1
        ]


def _foreign(words: Sequence[str], knows: Callable[[str], bool]) -> bool:
    """Whether hardly a word of a message is English; words of two plain letters, or without a vowel, tell nothing."""
    telling = [word for word in words if not word.isascii() or (len(word) >= LEAST_LETTERS and VOWEL.search(word))]
    known = sum(
        knows(word) if word.isalpha() and word.isascii() else all(map(knows, tokenise(word))) for word in telling
    )
    return len(telling) >= LEAST_WORDS and known < KNOWN_SHARE * len(telling)


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
