"""Whether a message is in another language.

It is known by its cry for help, its greeting, its commonest words, its script, or because hardly a word of it is
English.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from knowledge.case.general import Language
from knowledge.language.text import Token, tokens

VOWEL = re.compile("[aeiouy]")

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

_ByFirst = Mapping[str, list[tuple[tuple[str, ...], Language]]]


class Ear:
    """Recognises the languages of the voice. Letters are compared as typed: an accent tells languages apart."""

    def __init__(self, languages: Mapping[str, Language]) -> None:
        self._languages = tuple(languages.values())
        self._of_word: dict[str, list[Language]] = {}
        for language in self._languages:
            for word in language.words:
                self._of_word.setdefault(word, []).append(language)
        self._help = _phrases((phrase, language) for language in self._languages for phrase in language.help)
        self._greetings = _phrases((phrase, language) for language in self._languages for phrase in language.greetings)
        self._telling = frozenset((*self._of_word, *self._help, *self._greetings))

    def hear(self, message: Sequence[Token], knows: Callable[[str], bool]) -> Language | None:
        """Return the language of a message that isn't in English, None for one that seems to be.

        `knows` tells whether a plain lower-case word is a known English one.
        """
        words = [token.typed for token in message]
        heard = None if self._telling.isdisjoint(words) else self._by_phrases(words) or self._by_words(words)
        return heard or self._by_script(words) or (UNKNOWN if _foreign(message, knows) else None)

    def _by_phrases(self, words: Sequence[str]) -> Language | None:
        """The language of a cry for help, or of a message that is no more than a greeting."""
        greeting = _first(self._greetings, words) if len(words) <= GREETING_WORDS else None
        return _first(self._help, words) or greeting

    def _by_words(self, words: Sequence[str]) -> Language | None:
        held = [word for word in words if word in self._of_word]
        if len(held) < max(ENOUGH_WORDS, ENOUGH_SHARE * len(words)):
            return None  # nor is there enough of any one
        counts = Counter(language.id for word in held for language in self._of_word[word])
        enough = [one for one in self._languages if counts[one.id] >= max(ENOUGH_WORDS, ENOUGH_SHARE * len(words))]
        return max(enough, key=lambda one: counts[one.id], default=None)

    def _likest(self, words: Sequence[str], languages: Iterable[Language]) -> tuple[int, Language]:
        """The language that most words belong to, and how many; of equals the first, so the commonest stands first."""
        counts = [(sum(word in language.words for word in words), language) for language in languages]
        return max(counts, key=lambda found: found[0], default=(0, UNKNOWN))

    def _by_script(self, words: Sequence[str]) -> Language | None:
        """The language of a message most of whose letters are of another script: where several share it, by its words."""
        if all(map(str.isascii, words)):
            return None
        letters = islice((sign for word in words for sign in word if sign.isalpha()), MOST_LETTERS)
        scripts = Counter("latin" if sign.isascii() else _script(sign) for sign in letters)
        script, most = max(scripts.items(), key=lambda found: found[1], default=("latin", 0))
        if script == "latin" or most * 2 <= scripts.total():
            return None
        return self._likest(words, (one for one in self._languages if one.script.lower() == NAMED.get(script, script)))[
            1
        ]


def _script(sign: str) -> str:
    return unicodedata.name(sign, "unknown").split()[0].lower()


def _foreign(message: Sequence[Token], knows: Callable[[str], bool]) -> bool:
    """Whether hardly a word of a message is English; words of two plain letters, or without a vowel, tell nothing."""
    if all(knows(token.word) for token in message):
        return False
    telling = {
        token.word
        for token in message
        if not token.typed.isascii() or (len(token.word) >= LEAST_LETTERS and VOWEL.search(token.word))
    }
    enough = KNOWN_SHARE * len(telling)
    known = sum(map(knows, telling))
    return len(telling) >= LEAST_WORDS and known < enough and sum(_english(word, knows) for word in telling) < enough


def _english(word: str, knows: Callable[[str], bool]) -> bool:
    """Whether a word is known, or would be but for two letters that changed places."""
    swapped = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
    return knows(word) or any(map(knows, swapped))


def _phrases(pairs: Iterable[tuple[str, Language]]) -> dict[str, list[tuple[tuple[str, ...], Language]]]:
    found: dict[str, list[tuple[tuple[str, ...], Language]]] = {}
    for phrase, language in pairs:
        words = tuple(token.typed for token in tokens(phrase))
        if words:
            found.setdefault(words[0], []).append((words, language))
    return found


def _first(phrases: _ByFirst, words: Sequence[str]) -> Language | None:
    for place, word in enumerate(words):
        for phrase, language in phrases.get(word, ()):
            if tuple(words[place : place + len(phrase)]) == phrase:
                return language
    return None
