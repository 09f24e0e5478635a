"""A message taken apart into single questions, and what each one asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from knowledge.english import English
from knowledge.text import tokenise

MOST_PARTS = 3
"""How many questions of one message are answered at the most."""

ASKING = "who whose whom what when where why how which whos whats whens wheres hows wot wen was were did does do is are has had have can could will would should"
OPENERS = frozenset(ASKING.split())
MOST_PIECES = 12
SHORTEST_PIECE = 3
LONGEST_PIECE = 16
"""Words that a piece of a rambling message has, at the least and at the most."""
SENTENCE = re.compile(r"(?<=[.!?…;])\s+")
BEFORE = "at on in by for to of from with roughly about exactly"
JOIN = re.compile(
    r"\s*(?:,|;|&|\band\b|\balso\b|\bplus\b|\bthen\b)+\s+(?:(?:and|also|then|if so)[, ]+)*"
    rf"(?=(?:(?:{BEFORE.replace(' ', '|')})\s+){{0,2}}(?:{ASKING.replace(' ', '|')})\b)",
    re.IGNORECASE,
)
SETTING = re.compile(r"((?:according to|as per|per|in|from|on|at)\b[^,?]*),\s+(?=\S)", re.IGNORECASE)
"""What a sentence may begin with that asks nothing by itself: "according to LBC, what time was it?"."""
ABOUT_BOTH = re.compile(r"(.*\babout\s+)(.+?)\s+and\s+about\s+(.+)", re.IGNORECASE)
"""One thing asked about two: "what did he say about his mother and about the police?"."""
BARE_TAIL = re.compile(
    r"\s+(?:and|&|n)\s+((?:at |on |in |by |for )?(?:when|where|why|how|who|what time|what year|which year))\s*\??$",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\b\d{1,5}\b")
AUXILIARY = "was were is are did does do has had have can could will would isnt wasnt didnt werent hasnt"
AUXILIARIES = frozenset(AUXILIARY.split())
SUBJECT = "he she it they we you i that this these those there the a an any anyone anybody someone her his their"
SUBJECTS = frozenset(SUBJECT.split())
FILLER = "so and but or ok okay also then well hey hi hello please um erm er anyway like oh right sorry yo now just"
FILLERS = frozenset(FILLER.split())
"""Words that may stand before the one that asks."""


SAYING = "right true correct so really it he she they that this not then though well too either him her them one"
NOTHING_OF_ITS_OWN = AUXILIARIES | SUBJECTS | FILLERS | frozenset(SAYING.split())
"""The words of a question that means nothing without the sentence before it: "My flatmate says that it was red. Was it?"."""


class Question(NamedTuple):
    """One question. `entities` are named in it; `wants` are the kinds of answer that its wording asks for.

    `polar` says that it wants yes or no; `numbers` are those that it mentions, from 0 to 99999.
    """

    text: str
    words: tuple[str, ...]
    entities: tuple[str, ...]
    wants: frozenset[str]
    polar: bool
    numbers: tuple[int, ...]


class Part(NamedTuple):
    """One question of a message, and the sentence beside it that asks nothing but may say what it is about."""

    text: str
    story: str = ""


def split(message: str) -> tuple[Part, ...]:
    """Split a message into the questions in it, in their order, at most three.

    Sentences that ask are kept, each with the sentence told before it, or behind it where none is; a message in which
    nothing asks stays whole.
    """
    sentences = [part.strip() for part in SENTENCE.split(message) if part.strip(" .!?…;,\n")]
    parts = [part for at, sentence in enumerate(sentences) if asks(sentence) for part in _parts(sentences, at)]
    if not parts or len(parts) > 2 * MOST_PARTS:
        return (Part(message.strip()),) if message.strip() else ()
    return tuple(parts[:MOST_PARTS])


def _parts(sentences: Sequence[str], at: int) -> list[Part]:
    """The questions of one sentence; the story belongs to the first of them, and the others lean on that one."""
    beside = sentences[at - 1 : at] if at else sentences[1:2]
    story = next((sentence for sentence in beside if not asks(sentence)), "")
    if story and NOTHING_OF_ITS_OWN.issuperset(sentences[at].lower().replace("'", "").strip(" ?.!,").split()):
        return [Part(f"{story} {sentences[at]}")]
    first, *others = _clauses(sentences[at]) or [sentences[at]]
    return [Part(first, story), *map(Part, others)]


def asks(sentence: str) -> bool:
    """Tell whether a sentence asks: by its question mark, or by the word that it begins with."""
    if sentence.rstrip().endswith("?"):
        return True
    words = [word.strip(",.!'") for word in sentence.lower().split()]
    start = next((at for at, word in enumerate(words) if word not in FILLERS), len(words))
    first, second = [*words[start : start + 2], "", ""][:2]
    if first in OPENERS:
        return (first, second) not in {("when", "i"), ("have", "been")}
    return second in OPENERS - AUXILIARIES and first not in SUBJECTS


def pieces(message: str) -> tuple[Part, ...]:
    """Return the pieces of a rambling message that may be its question, each with what was told just before it.

    They are what follows a question word; at most a dozen, the last ones first, for people ask after they have told.
    Where nothing asks there is only the message itself.
    """
    found: list[Part] = []
    told: list[str] = []
    for sentence in SENTENCE.split(message):
        words = sentence.split()
        starts = [at for at in range(1, len(words)) if _opens(*words[at : at + 2])]
        for at in [*([0] if asks(sentence) else []), *starts]:
            if len(words) - at >= SHORTEST_PIECE:
                story = [*told, *words[:at]][-LONGEST_PIECE:]
                found.append(Part(" ".join(words[at : at + LONGEST_PIECE]), " ".join(story)))
        told += words
    return tuple(dict.fromkeys(reversed(found)))[:MOST_PIECES] or (Part(message),)


def _opens(word: str, following: str = "") -> bool:
    """Tell whether a question may begin with a word inside a sentence: "did she", but not "it was nine"."""
    opener = word.lower().strip(",.?!'")
    return opener in OPENERS and (opener not in AUXILIARIES or following.lower().strip(",.?!'") in SUBJECTS)


def _clauses(sentence: str) -> list[str]:
    tail = BARE_TAIL.search(sentence)
    if tail:
        before = _clauses(sentence[: tail.start()])
        return [*before, f"{tail.group(1)} {_unasked(before[-1])}".strip()] if before else [tail.group(1)]
    setting = SETTING.match(sentence)
    if setting and not asks(setting[1]):
        first, *others = _clauses(sentence[setting.end() :]) or [""]
        return [f"{setting[1]} {first}", *others]
    both = ABOUT_BOTH.fullmatch(sentence.strip(" ?"))
    if both:
        return [both[1] + both[2], both[1] + both[3]]
    parts = [part for part in JOIN.split(sentence) if part.strip(" ,.?!")]
    return [
        f"{part} {_unasked(parts[at])}" if part.lower().strip(" ,") in OPENERS and at < len(parts) else part
        for at, part in enumerate(parts, 1)
    ]


def _unasked(clause: str) -> str:
    """A question without the word that asks, so that another can stand in its place: "who killed her", "when"."""
    words = clause.split()
    asking = next((at for at, word in enumerate(words) if word.lower() in OPENERS - AUXILIARIES), -1)
    return " ".join(words[asking + 1 :])


class Reader:
    """Reads questions with a case's names and its English layer."""

    def __init__(self, aliases: Mapping[tuple[str, ...], str], english: English) -> None:
        self._aliases = aliases
        self._longest = max((len(alias) for alias in aliases), default=0)
        self._types = {
            tuple(tokenise(phrase)): kind for kind, phrases in english.question.items() for phrase in phrases
        }
        self._expand = english.expand

    def read(self, text: str, words: tuple[str, ...] | None = None) -> Question:
        """Read one question. `words` are its tokens where somebody has already mended them."""
        tokens = words if words is not None else tuple(tokenise(text))
        return Question(
            text=text,
            words=tokens,
            entities=self.entities(tokens),
            wants=self._wants(tokens),
            polar=bool(tokens) and (tokens[0] in AUXILIARIES or tokens[:2] in _TAGS),
            numbers=tuple(int(number) for number in NUMBER.findall(text)),
        )

    def entities(self, tokens: tuple[str, ...]) -> tuple[str, ...]:
        """Return the entities named, longest alias first at each place, in the order in which they are named."""
        return tuple(dict.fromkeys(entity for entity, _, _ in self.mentions(tokens)))

    def mentions(self, tokens: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
        """Yield each entity named with the places, from and to, of the words that name it."""
        place = 0
        while place < len(tokens):
            for length in range(min(self._longest, len(tokens) - place), 0, -1):
                entity = self._aliases.get(tokens[place : place + length])
                if entity:
                    yield entity, place, place + length
                    place += length - 1
                    break
            place += 1

    def _wants(self, tokens: tuple[str, ...]) -> frozenset[str]:
        wanted = set()
        for place in range(len(tokens)):
            for length in (4, 3, 2, 1):
                kind = self._types.get(tokens[place : place + length])
                if kind and (kind != "yesno" or place == 0):
                    wanted.add(kind)
                    break
        return frozenset(wanted)


_TAGS = {("so", word) for word in AUXILIARIES} | {("and", word) for word in AUXILIARIES}
