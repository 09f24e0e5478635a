"""A message taken apart into single questions, and what each one asks for."""

from __future__ import annotations

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
ENDS = frozenset(".!?…;")
"""The signs that end a sentence where white space follows."""
SIGNS = ",;&"
JOINING = "and also plus then"
JOINS = frozenset(JOINING.split())
"""What may stand between two questions of one sentence: signs behind a word, and words."""
BEFORE_ASKING = "at on in by for to of from with roughly about exactly"
BEFORE = frozenset(BEFORE_ASKING.split())
"""What may stand before the word that asks: "and at what time", two of them at most."""
SETTINGS = {("according", "to"), ("as", "per"), ("per",), ("in",), ("from",), ("on",), ("at",)}
"""What a sentence may begin with that asks nothing by itself: "according to LBC, what time was it?"."""
ALONE = {("when",), ("where",), ("why",), ("how",), ("who",), ("what", "time"), ("what", "year"), ("which", "year")}
BEFORE_ALONE = {("and",), ("&",), ("n",)}
"""What may ask alone at the end, and what stands before it: "who told the police and when?"."""
AUXILIARY = "was were is are did does do has had have can could will would isnt wasnt didnt werent hasnt"
AUXILIARIES = frozenset(AUXILIARY.split())
SUBJECT = "he she it they we you i that this these those there the a an any anyone anybody someone her his their"
SUBJECTS = frozenset(SUBJECT.split())
TAGGED_WORDS = "he she it they we you i that this there"
TAGGED = frozenset(TAGGED_WORDS.split())
"""Of whom a tag asks, at the end of a statement: ", did he?", "wasn't she?"."""
FILLER = "so and but or ok okay also then well hey hi hello please um erm er anyway like oh right sorry yo now just"
FILLERS = frozenset(FILLER.split())
"""Words that may stand before the one that asks."""


SAYING = "right true correct so really it he she they that this not then though well too either him her them one"
NOTHING_OF_ITS_OWN = AUXILIARIES | SUBJECTS | FILLERS | frozenset(SAYING.split())
"""The words of a question that means nothing without the sentence before it: "My flatmate says that it was red. Was it?"."""


class Question(NamedTuple):
    """One question. `entities` are named in it; `wants` are the kinds of answer that its wording asks for.

    `polar` says that it wants yes or no.
    """

    text: str
    words: tuple[str, ...]
    entities: tuple[str, ...]
    wants: frozenset[str]
    polar: bool


class Part(NamedTuple):
    """One question of a message, and the sentence beside it that asks nothing but may say what it is about."""

    text: str
    story: str = ""


def split(message: str) -> tuple[Part, ...]:
    """Split a message into the questions in it, in their order, at most three.

    Sentences that ask are kept, each with the sentence told before it, or behind it where none is; a message in which
    nothing asks stays whole.
    """
    told = [sentence for sentence in sentences(message) if sentence.strip(" .!?…;,")]
    parts: list[Part] = []
    for at, sentence in enumerate(told):
        if asks(sentence):
            parts += _parts(told, at)
        if len(parts) > 2 * MOST_PARTS:
            break
    if not parts or len(parts) > 2 * MOST_PARTS:
        return (Part(message.strip()),) if message.strip() else ()
    return tuple(parts[:MOST_PARTS])


def sentences(message: str) -> list[str]:
    """The sentences of a message, their signs with them."""
    found: list[list[str]] = [[]]
    for word in message.split():
        found[-1].append(word)
        if word[-1] in ENDS:
            found.append([])
    return [" ".join(words) for words in found if words]


def _parts(told: Sequence[str], at: int) -> list[Part]:
    """The questions of one sentence; the story belongs to the first of them, and the others lean on that one."""
    beside = told[at - 1 : at] if at else told[1:2]
    story = next((sentence for sentence in beside if not asks(sentence)), "")
    if story and NOTHING_OF_ITS_OWN.issuperset(told[at].lower().replace("'", "").strip(" ?.!,").split()):
        return [Part(f"{story} {told[at]}")]
    first, *others = _clauses(told[at]) or [told[at]]
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
    words: list[str] = []
    starts: list[tuple[int, int]] = []
    for sentence in sentences(message):
        begin, own = len(words), sentence.split()
        words += own
        inside = (at for at in range(1, len(own)) if _opens(*own[at : at + 2]))
        starts += [(begin + at, len(words)) for at in (*((0,) if asks(sentence) else ()), *inside)]
    found: dict[Part, None] = {}
    for at, end in reversed(starts):
        if end - at >= SHORTEST_PIECE and len(found) < MOST_PIECES:
            story = words[max(0, at - LONGEST_PIECE) : at]
            found[Part(" ".join(words[at : min(end, at + LONGEST_PIECE)]), " ".join(story))] = None
    return tuple(found) or (Part(message),)


def _opens(word: str, following: str = "") -> bool:
    """Tell whether a question may begin with a word inside a sentence: "did she", but not "it was nine"."""
    opener = word.lower().strip(",.?!'")
    return opener in OPENERS and (opener not in AUXILIARIES or following.lower().strip(",.?!'") in SUBJECTS)


def untagged(sentence: str) -> str:
    """Return a sentence without the tag at its end that makes it a question."""
    words = sentence.split()
    return " ".join(words[: _tag_at(words)]).rstrip(",")


def _tag_at(words: Sequence[str]) -> int:
    """The place where the tag of a sentence begins, behind a comma or with a negation; its end where it has none."""
    end = len(words) - (words[-1:] == ["?"])
    plain = [word.lower().strip(",?!.").replace("'", "").replace("’", "") for word in words[max(0, end - 3) : end]]
    if plain[-1:] == ["innit"]:
        return end - 1
    at = end - 2 - (plain[-1:] == ["not"])
    asked, who = ["", "", *plain][at - end :][:2]
    if at < 1 or who not in TAGGED:
        return len(words)
    is_negated = asked.endswith("t") and not AUXILIARIES.isdisjoint((asked[:-1], asked[:-2]))
    return at if is_negated or (asked in AUXILIARIES and words[at - 1].endswith(",")) else len(words)


def _clauses(sentence: str) -> list[str]:
    """The questions of one sentence, each a whole one, with what was said before the first of them."""
    whole = sentence.split()
    tag = _tag_at(whole)
    words, tails = _without_tails(whole[:tag])
    words, setting = _without_settings(words)
    clauses = _about_both(words) or _joined(words)
    clauses[-1:] = [" ".join([clause, *whole[tag:]]) for clause in clauses[-1:]]
    if setting:
        clauses = [" ".join([*setting, *clauses[:1]]), *clauses[1:]]
    unasked = _unasked(clauses[-1]) if clauses else ""
    return [*clauses, *(f"{tail} {unasked}".strip() for tail in tails)]


def _without_tails(words: list[str]) -> tuple[list[str], list[str]]:
    """A sentence without what asks alone at its end, and that, in order; no more of it than a message may ask."""
    tails: list[str] = []
    end = len(words)
    while len(tails) <= 2 * MOST_PARTS:
        last = end - (words[end - 1] == "?") if end else 0
        alone = next((n for n in (1, 2) if _plain(words[max(0, last - n) : last]) in ALONE), 0)
        start = last - alone - (last > alone and words[last - alone - 1].lower() in BEFORE)
        if not alone or _plain(words[max(1, start - 1) : start]) not in BEFORE_ALONE:
            break
        tails.insert(0, " ".join(words[start:last]).rstrip("?,"))
        end = start - 1
    return words[:end], tails


def _without_settings(words: list[str]) -> tuple[list[str], list[str]]:
    """A sentence without the settings that it begins with, and the words of those."""
    start = 0
    setting: list[str] = []
    while True:
        end = next((at for at in range(start, len(words)) if "," in words[at] or "?" in words[at]), len(words)) + 1
        *before, last = words[start:end] or [""]
        before.append(last.removesuffix(","))
        opens = any(_plain(before[:n]) in SETTINGS for n in (1, 2))
        if end >= len(words) or not opens or "," in before[-1] or "?" in last or asks(" ".join(before)):
            return words[start:], setting
        setting += before
        start = end


def _about_both(words: list[str]) -> list[str]:
    """One thing asked about two: "what did he say about his mother and about the police?"; nothing where it isn't."""
    lower = [word.lower() for word in words]
    both = next((at for at in range(len(words) - 3, 1, -1) if lower[at : at + 2] == ["and", "about"]), 0)
    about = next((at for at in range(both - 2, -1, -1) if lower[at] == "about"), -1)
    if about < 0:
        return []
    return [" ".join(part).strip(" ?") for part in (words[:both], words[: about + 1] + words[both + 2 :])]


def _joined(words: list[str]) -> list[str]:
    """The questions that "and", "also" or a comma joins; a bare "when" asks what the next one asks."""
    parts: list[str] = []
    start = at = 0
    while at < len(words):
        after = _after_joins(words, at)
        is_joint = after > at or (at > start and words[at - 1][-1] in SIGNS)
        if is_joint and _asks_at(words, after):
            parts.append(" ".join(words[start:at]).rstrip(f"{SIGNS} "))
            start = after
        at = max(after, at + 1)
    parts = [part for part in (*parts, " ".join(words[start:])) if part.strip(" ,.?!")]
    return [
        f"{part} {_unasked(parts[at])}" if part.lower().strip(" ,") in OPENERS and at < len(parts) else part
        for at, part in enumerate(parts, 1)
    ]


def _after_joins(words: list[str], at: int) -> int:
    """The place of the first word from a place on that doesn't join questions."""
    while at < len(words):
        if words[at].lower().rstrip(SIGNS) in JOINS or not words[at].strip(SIGNS):
            at += 1
        elif _plain(words[at : at + 2]) == ("if", "so"):
            at += 2
        else:
            break
    return at


def _asks_at(words: list[str], at: int) -> bool:
    """Tell whether a question begins at a place: "and what", "and in what"."""
    for _ in range(2):
        at += at < len(words) and words[at].lower() in BEFORE
    head = words[at].lower() if at < len(words) else ""
    return head[: next((end for end, sign in enumerate(head) if not sign.isalnum()), len(head))] in OPENERS


def _plain(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.lower().rstrip(",?") for word in words)


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
