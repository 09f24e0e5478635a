"""Who does what to whom in a message: what *he* may do is a fear of the writer's, what *I* may do is the writer's own.

Likeness can't tell the two apart, for they are made of the same words. A verb is looked for by the lists of
`voice/care.yaml`, its doer before it, and after it whom it is done to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from knowledge.language.patterns import GAP, PatternReader, Vocabulary, opening

WRITER, OTHER = "writer", "other"
SELF = "self"


class Roles(NamedTuple):
    """What a message tells: the writer does harm to another, another does it to the writer, others do it to others.

    `pressed` is a weak sign that something is done to the writer: "my family want me to", "I got hit". `of_others` says
    that it begins with somebody else and that the writer does nothing in it, `alone` that it speaks of nobody else.
    """

    by_writer: bool = False
    to_writer: bool = False
    pressed: bool = False
    among_others: bool = False
    of_others: bool = False
    alone: bool = False

    @property
    def only_among_others(self) -> bool:
        """Whether something is done among others, and the writer neither does nor suffers it."""
        return self.among_others and not (self.to_writer or self.by_writer)


class _Item(NamedTuple):
    """A person or a verb among the words, from `start` to before `end`.

    `what` is WRITER, OTHER or SELF for a person, and the list of a verb. `subject` says that a person can do it.
    """

    what: str
    start: int
    end: int
    person: bool = False
    subject: bool = False


PRESSING = "pressing"
VERBS = ("harming", "prying", PRESSING, "shrinking")
"""The lists of verbs. One who pries touches what is private; pressing is a weak sign, and only where the writer is pressed;
who shrinks from another is the one to whom something is done."""


class RoleReader:
    """Reads roles with the lists of a case."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]], reader: PatternReader) -> None:
        """`reader` reads the same lists, with those whom the case names as `case`."""
        self._verbs = {name: reader.piece(f"<{name}>") for name in VERBS}
        self._people = (reader.piece("<kin>"), reader.piece("<case>"))
        self._subjects = _by(lists, {"writer-does": WRITER, "other-does": OTHER})
        self._objects = _by(lists, {"to-writer": WRITER, "to-oneself": SELF, "to-other": OTHER})
        self._mine, self._private = frozenset(lists["mine"]), frozenset(lists["private"])
        self._writer = frozenset(lists["writer-does"])
        self._determiners, self._links = frozenset(lists["determiners"]), frozenset(lists["links"])
        self._adverbs = frozenset(lists["adverbs"])
        self._helping = self._adverbs.union(lists["being"])
        self._asked, self._breaks = frozenset(lists["asked"]), frozenset(lists["breaks"])
        self._returned = reader.piece("<returned>")
        self._opens_verb, self._opens_kin = opening(self._verbs.values()), opening(self._people)
        others = {word + ending for word in self._opens_kin.words for ending in ("", "s")}
        others |= self._determiners.union(self._subjects, self._objects)
        self._opens = Vocabulary(
            self._opens_verb.words | others, (*self._opens_verb.beginnings, *self._opens_kin.beginnings)
        )

    def may_act(self, words: Sequence[str]) -> bool:
        """Tell whether anything is done in a sentence at all, by whomever."""
        return bool(self._opens_verb.places(words))

    def read(self, words: Sequence[str]) -> Roles:
        """Read the roles of one sentence."""
        items = list(self._items(words))
        pairs = {pair for at, item in enumerate(items) if not item.person for pair in self._pairs(words, items, at)}
        return Roles(
            by_writer=(WRITER, OTHER) in pairs,
            to_writer=(OTHER, WRITER) in pairs,
            pressed=(PRESSING, WRITER) in pairs,
            among_others=(OTHER, OTHER) in pairs,
            of_others=bool(items) and items[0].subject and self._writer.isdisjoint(words),
            alone=not any(item.person and item.what == OTHER for item in items),
        )

    def _items(self, words: Sequence[str]) -> Iterator[_Item]:
        end = 0
        for at in self._opens.places(words):
            item = (self._verb(words, at) or self._person(words, at)) if at >= end else None
            if item is not None:
                yield item
                end = item.end

    def _verb(self, words: Sequence[str], at: int) -> _Item | None:
        if words[at] not in self._opens_verb:
            return None
        found = [(end, name) for name, choice in self._verbs.items() for end in choice.ends(words, at)]
        if not found:
            return None
        end, name = max(found, key=lambda verb: verb[0])
        return _Item(name, at, end)

    def _person(self, words: Sequence[str], at: int) -> _Item | None:
        """A pronoun, a name, or somebody near: "my ex", "her", "my wife's"; "my" with nobody behind it is the writer's."""
        start = at + 1 if words[at] in self._determiners else at
        end = self._kin_from(words, start)
        if end > start:
            return _Item(OTHER, at, end, person=True, subject=True)
        word = words[at]
        if word in self._subjects:
            return _Item(self._subjects[word], at, at + 1, person=True, subject=True)
        return _Item(self._objects[word], at, at + 1, person=True) if word in self._objects else None

    def _kin_from(self, words: Sequence[str], at: int) -> int:
        """The place after all who are named from a place on, one through the other: "mum's boyfriend"."""
        while at < len(words):
            one = words[at].removesuffix("s")
            if words[at] not in self._opens_kin and one not in self._opens_kin:
                break
            whole = [*words[:at], one, *words[at + 1 :]]
            ends = [end for people in self._people for said in (words, whole) for end in people.ends(said, at)]
            if not ends:
                break
            at = max(ends)
        return at

    def _pairs(self, words: Sequence[str], items: Sequence[_Item], at: int) -> Iterator[tuple[str, str]]:
        """Who does it to whom, for one verb: nothing where either can't be told."""
        verb, found = items[at], self._patient(words, items, at)
        doer, patient = self._doer(words, items, at), found.what if found else ""
        if found and doer == WRITER and self._returned.ends(words, found.end):
            doer, patient = OTHER, WRITER  # a blow that was answered: "hit him back", "pushed him off me"
        if verb.what == "harming" and self._is_passive(words, verb):
            doer, patient = self._agent(words, items, at) if doer == WRITER else "", doer
        if verb.what == PRESSING:
            doer = PRESSING if (doer, patient) == (OTHER, WRITER) else ""
        elif verb.what == "shrinking":
            doer, patient = patient, doer or (WRITER if verb.start == 0 else "")
        elif not doer and patient == WRITER:
            doer = PRESSING
        elif (
            not doer
            and patient == OTHER
            and words[verb.start - 1] == "to"
            and not any(one.person for one in items[:at])
        ):
            doer = WRITER
        if doer and patient:
            yield doer, patient

    def _doer(self, words: Sequence[str], items: Sequence[_Item], at: int) -> str:
        """The nearest person before a verb who can do it, empty where there is none."""
        verb = items[at]
        for item in reversed(items[:at]):
            linked = self._links.issuperset(words[item.end : verb.start]) and words[item.start] not in self._mine
            if item.person and (item.subject or linked):
                return WRITER if item.what == SELF else item.what
        return ""

    def _agent(self, words: Sequence[str], items: Sequence[_Item], at: int) -> str:
        """Who does what is suffered: somebody else where it is "by" a person, and weakly so where nobody is named."""
        by = items[at].end
        named = any(item.person and item.start == by + 1 for item in items)
        return OTHER if named and words[by] == "by" else PRESSING

    def _patient(self, words: Sequence[str], items: Sequence[_Item], at: int) -> _Item | None:
        """The nearest person after a verb, in the same clause, whom it can be done to, if there is one."""
        verb = items[at]
        item = next(iter(items[at + 1 :]), None)
        between = words[verb.end : item.start] if item else ()
        if item is None or not item.person or len(between) > GAP or not self._breaks.isdisjoint(between):
            return None
        if verb.what == "prying" and self._private.isdisjoint(words[item.end : item.end + 2]):
            return None
        is_object = words[item.start] not in self._subjects or verb.what == "shrinking"
        return item if is_object or not self._asked.isdisjoint(between) else None

    def _is_passive(self, words: Sequence[str], verb: _Item) -> bool:
        """Whether a verb is suffered: "I am being followed", "I got hit"."""
        before = verb.start - 1
        while before > 0 and words[before] in self._adverbs:
            before -= 1
        helped = before >= 0 and words[before] in self._helping
        return helped and not words[verb.start].endswith("ing")


def _by(lists: Mapping[str, tuple[str, ...]], kinds: Mapping[str, str]) -> dict[str, str]:
    """What each word of some lists stands for."""
    return {word: what for name, what in kinds.items() for word in lists[name]}
