"""Text as typed becomes plain lower-case words, and what stands between them: the one place that looks at characters.

Work is bounded for any input: no more than `MAX_CHARACTERS` are read, so a message of a million characters costs no
more than one of four thousand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple, Self

MAX_CHARACTERS = 4096
"""The most characters of a message that are read; Telegram sends no more."""
WRITTEN_OUT = 3
"""How many times as long a text may become where signs are written out: some stand for whole sentences."""
SPELT = 4
"""Single letters in a row that are one word spelt out, "R A W L I N S O N"; three may be "r u a"."""
PILED = 4
"""The most marks on one letter that are read: no language writes more."""

_APOSTROPHE = "'’‘‛`´ʼʹ′＇"
_PIECE = re.compile(rf"[^\W_](?:[^\W_]|[{_APOSTROPHE}](?=[^\W_]))*[{_APOSTROPHE}]?|[^\w\s]|\n")
# A point within a number, a time or an address ends no sentence: it is taken for a sign that parts words and says nothing.
_POINT = re.compile(r"\.(?=[^\W_])")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_APOSTROPHES = str.maketrans(dict.fromkeys(_APOSTROPHE, "'"))
# Short forms that without their apostrophe are other words: she'll, we're, she'd.
_SHORT = (("'ll", " will"), ("'re", " are"), ("'d", " had"))
# Cyrillic and Greek letters that stand for the Latin one they look like in a word that mixes scripts.
_LOOKALIKES = str.maketrans("авекмнорстухіјѕԁһԛԝьαεζηιμοκνρτυχ", "abekmhopctyxijsdhqwbaezhimokvptux")

CUT_SHORT = frozenset({"acc", "approx", "cllr", "mr", "mrs", "ms", "dr", "vs", "det", "insp"})
"""Words cut short whose stop ends no sentence: "acc. to LBC"."""

STOP, ASK, COMMA, AND = ".", "?", ",", "&"
"""What may stand behind a word: the end of a sentence, of one that asks, a pause, a sign that joins two things."""
_STRENGTH = {"": 0, AND: 1, COMMA: 2, STOP: 3, ASK: 4}
_SIGNS = {"?": ASK, "؟": ASK, "？": ASK, "!": STOP, ".": STOP, "…": STOP, ";": STOP, "\n": STOP, "。": STOP,
          ",": COMMA, ":": COMMA, "–": COMMA, "—": COMMA, "(": COMMA, ")": COMMA, "&": AND, "+": AND}  # fmt: skip
_ENDS = "?!.,;:"
"""Signs behind a word that are no part of it, whatever follows"""


class Token(NamedTuple):
    """One word. `typed` is lower case with its accents, `word` plain; `mark` is the strongest sign behind it."""

    typed: str
    word: str
    mark: str = ""


def tokens(text: str) -> tuple[Token, ...]:
    """Split a text into words with what stands behind each.

    Compatibility forms, case, control and direction marks and emoji go (but a sign that says SOS), accents too from
    `word`; apostrophes close up ("wasn't" is "wasnt"), as most people leave them out, but for those that tell words
    apart ("she'll" is two words). A word spelt out in single letters is one. A stop ends a sentence only where space or
    nothing follows it.
    """
    text = text[:MAX_CHARACTERS].lower()
    if text.isascii():
        if text.replace(" ", "").isalnum():  # words alone, as in most of what a case says
            return tuple(_spelt_joined([Token(word, word) for word in text.split(" ") if word]))
    else:
        text = text.replace("🆘", " sos ")
        text = _plain(unicodedata.normalize("NFKC", _unpiled(text)).lower())[
            : min(MAX_CHARACTERS, WRITTEN_OUT * len(text))
        ]
    text = _POINT.sub("_", _THOUSANDS.sub("", text))
    found: list[Token] = []
    for piece in _PIECE.findall(text):
        if piece.isascii() and piece.isalnum():
            found.append(Token(piece, piece))  # as most words are
        elif piece[0].isalnum():
            for word in _words(piece):
                found.append(Token(piece, word))  # noqa: PERF401 - one way of several
        elif found and piece in _SIGNS:
            typed, word, mark = found[-1]
            is_cut = piece == STOP and word in CUT_SHORT
            if not is_cut and _STRENGTH[_SIGNS[piece]] > _STRENGTH[mark]:
                found[-1] = Token(typed, word, _SIGNS[piece])
    return tuple(_spelt_joined(found))


def tokenise(text: str) -> tuple[str, ...]:
    """Return the plain words of a text."""
    pieces = text[:MAX_CHARACTERS].lower().replace("-", " ").split()
    words = [piece.rstrip(_ENDS) for piece in pieces]
    together = "".join(words)
    if together.isascii() and together.isalnum() and [*map(len, words)].count(1) < SPELT:
        return tuple(filter(None, words))  # as most texts are: no sign but behind a word
    return tuple(token.word for token in tokens(text))


class Phrases:
    """Phrases to be looked for at a place of some words, or at their end."""

    def __init__(self, phrases: Iterable[tuple[str, ...]]) -> None:
        self._phrases = frozenset(filter(None, phrases))
        # How many words the phrases have that begin with a word, or end with it, the most first.
        self._by_first: dict[str, list[int]] = {}
        self._by_last: dict[str, list[int]] = {}
        for phrase in sorted(self._phrases, key=len, reverse=True):
            for lengths in (self._by_first.setdefault(phrase[0], []), self._by_last.setdefault(phrase[-1], [])):
                if lengths[-1:] != [len(phrase)]:
                    lengths.append(len(phrase))

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Return phrases that a list holds as they are looked for, in plain words."""
        return cls(tuple(text.split()) for text in texts)

    def opening(self, words: tuple[str, ...], at: int = 0) -> int:
        """Return how many words the longest phrase has that begins at a place of the words, 0 where none does."""
        if at < len(words) and words[at] in self._by_first:
            for length in self._by_first[words[at]]:
                piece = words[at : at + length]
                if piece in self._phrases:
                    return len(piece)
        return 0

    def first(self, words: tuple[str, ...], start: int = 0) -> int:
        """Return the first place, from `start` on, at which one of the phrases begins, the end of the words where none does."""
        if self.begin(words):
            for at in range(start, len(words)):
                if self.opening(words, at):
                    return at
        return len(words)

    def begin(self, words: Iterable[str]) -> bool:
        """Tell whether any of the phrases may stand among some words: one of these begins one."""
        return not self._by_first.keys().isdisjoint(words)

    def left(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return the words that are left where every one of the phrases is taken out, wherever it stands."""
        if not self.begin(words):
            return words
        kept: list[str] = []
        at = 0
        while at < len(words):
            cut = self.opening(words, at)
            if not cut:
                kept.append(words[at])
            at += cut or 1
        return tuple(kept)

    def closing(self, words: tuple[str, ...]) -> int:
        """Return how many words the longest phrase has that the words end with, 0 where they end with none."""
        if words and words[-1] in self._by_last:
            for length in self._by_last[words[-1]]:
                piece = words[-length:]
                if piece in self._phrases:
                    return len(piece)
        return 0


def _unpiled(text: str) -> str:
    """The text with no more than `PILED` marks on a letter: to put many in order takes the square of their number."""
    kept: list[str] = []
    run = 0
    for sign in text:
        run = run + 1 if unicodedata.combining(sign) else 0
        if run <= PILED:
            kept.append(sign)
    return "".join(kept)


def _plain(text: str) -> str:
    """The text without what a reader doesn't see: marks that are stacked on letters, directions, emoji's joiners."""
    return "".join(sign for sign in text if unicodedata.category(sign) not in {"Mn", "Me", "Cf"})


def _words(typed: str) -> tuple[str, ...]:
    """The plain words that a word as typed stands for, usually one."""
    word = typed.translate(_APOSTROPHES)
    if not word.isascii():
        word = "".join(sign for sign in unicodedata.normalize("NFKD", word.casefold()) if sign.isalnum() or sign == "'")
        if any("a" <= sign <= "z" for sign in word):
            word = word.translate(_LOOKALIKES)
    if "'" in word:
        for short, written in _SHORT:
            word = word.replace(short, written)
        word = word.replace("'", "")
    return tuple(word.split())


def _spelt_joined(found: list[Token]) -> list[Token]:
    """The tokens with runs of single letters closed up."""
    if sum([len(token.word) == 1 for token in found]) < SPELT:
        return found
    joined: list[Token] = []
    run: list[Token] = []
    for token in (*found, None):
        if token and len(token.word) == 1 and token.word.isascii() and token.word.isalpha():
            run.append(token)
            if not token.mark:
                continue
            token = None if token is run[-1] else token  # noqa: PLW2901 - the run takes it
        if len(run) >= SPELT:
            whole = "".join(letter.word for letter in run)
            joined.append(Token(whole, whole, run[-1].mark))
        else:
            joined.extend(run)
        run = []
        if token:
            joined.append(token)
    return joined
