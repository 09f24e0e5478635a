"""Text as typed becomes plain lower-case words: the one place where characters are looked at.

Work is bounded for any input: no more than `MAX_CHARACTERS` are read and `MAX_TOKENS` kept, so a message of a million
characters costs no more than one of four thousand. A message is folded once, before anything else looks at it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse
from typing import Protocol

MAX_CHARACTERS = 4096
MAX_TOKENS = 60

# Four letters or more, "R A W L I N S O N"; three may be "r u a".
_SPELT = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")
_APOSTROPHES = frozenset("'’‘‛`´ʼʹ′＇")
# Short forms that without their apostrophe are other words: she'll, we're, she'd.
_SHORT = (("'ll", " will"), ("'re", " are"), ("'d", " had"))
_RUN = re.compile(r"([^\w\s])\1+")
_WORD = re.compile(r"\w+")
# Letters of the Cyrillic and the Greek alphabet that look like a Latin one, each above it.
_LOOKALIKES = str.maketrans(
    "авеёкмнорстухіїјѕһԁԛԝАВЕЁКМНОРСТУХІЇЈЅҺԀԚԜαεηικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "abeekmhopctyxiijshdqwABEEKMHOPCTYXIIJSHDQWaenikvoptuxABEZHIKMNOPTYX",
)
# What makes a keycap of a digit.
_KEYCAP = {0xFE0F: None, 0x20E3: None}
_ASCII = {code: " " for code in range(128) if not chr(code).isalnum()} | {ord("'"): "", ord("`"): ""}


class Stemmer(Protocol):
    """What is wanted of a stemmer: one lower-case word in, its stem out."""

    def __call__(self, word: str, /) -> str:
        """The stem of a word."""


def fold(message: str) -> str:
    """Fold a message so that it says the same in no more characters, at most `MAX_CHARACTERS`.

    White space becomes single spaces, and a run of one sign that sign. In a word of Latin letters those of another
    alphabet that look like them become Latin too; a word in one alphabet stays, for it tells a language. Folding twice
    changes nothing.
    """
    text = message[:MAX_CHARACTERS]
    if not text.isascii():
        text = _WORD.sub(_in_one_alphabet, text.translate(_KEYCAP))
    return _RUN.sub(r"\1", " ".join(text.split()))


def _in_one_alphabet(word: re.Match[str]) -> str:
    text = word[0]
    is_latin = not text.isascii() and any(letter.isascii() and letter.isalpha() for letter in text)
    return text.translate(_LOOKALIKES) if is_latin else text


def normalise(text: str) -> str:
    """Fold a message to lower-case words with single spaces between them.

    Compatibility forms, accents, case, curly quotes, control and direction marks, emoji and punctuation go; apostrophes
    close up ("wasn't" is "wasnt"), as most people leave them out, but for those that tell words apart. A word spelt out
    in single letters closes up too. Normalising twice changes nothing.
    """
    text = text[:MAX_CHARACTERS]
    if not text.isascii():
        text = "".join(filterfalse(unicodedata.combining, text))  # putting many marks of a letter in order is slow
        for _ in range(3):  # case folding may bring back a compatibility form, and the reverse
            folded = unicodedata.normalize("NFKD", text).casefold()[:MAX_CHARACTERS]
            if folded == text:
                break
            text = folded
        text = "".join(map(_plain, text))
    text = text.lower()
    if "'" in text:
        for short, words in _SHORT:
            text = text.replace(short, words)
    text = " ".join(text.translate(_ASCII).split())[:MAX_CHARACTERS].rstrip()
    return _SPELT.sub(_joined, text) if _SPELT.search(text) else text


def _joined(spelt: re.Match[str]) -> str:
    return spelt[0].replace(" ", "")


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """The character itself where a word may hold it, nothing for a mark, otherwise a space."""
    if character in _APOSTROPHES:
        return "'"
    category = unicodedata.category(character)
    if category[0] in "LN":
        return character
    return "" if category in {"Mn", "Me", "Cf"} else " "


def tokenise(text: str) -> tuple[str, ...]:
    """Split a message into at most `MAX_TOKENS` normalised words, in the order typed."""
    return tuple(normalise(text).split(maxsplit=MAX_TOKENS)[:MAX_TOKENS])


def stemmer() -> Stemmer:
    """A new English (Porter 2) stemmer with its own cache.

    The package is imported with the first word: it loads every language, 30 ms, and a case with learned weights brings
    its stems with it.
    """
    made: list[Stemmer] = []

    @lru_cache(maxsize=65_536)
    def stem(word: str) -> str:
        if not made:
            import snowballstemmer  # noqa: PLC0415 - see above

            made.append(snowballstemmer.stemmer("english").stemWord)
        return made[0](word)

    return stem
