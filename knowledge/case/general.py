"""What the general voice is made of: how people write, how danger and distress are recognised, what the bot says.

Frozen values. They serve every case, which brings of them only what differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Language(NamedTuple):
    """A language other than English: how it is recognised, and the one line the bot has in it."""

    id: str
    name: str
    script: str
    greetings: tuple[str, ...]
    help: tuple[str, ...]
    words: frozenset[str]
    line: str
    danger: str


class Signal(NamedTuple):
    """One sign of danger, distress or a wish for support, in the pattern language of `knowledge/patterns.py`.

    `unless` are patterns under which it doesn't count. `fires` and `silent` are messages that must and must not set
    it off; the check runs them.
    """

    id: str
    concern: str
    when: tuple[str, ...]
    unless: tuple[str, ...] = ()
    fires: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


class Concern(NamedTuple):
    """What may be going on with a person who writes, and what the bot does about it: one row of the care page's table.

    `first` is the first line, `then` the line after it; `contacts` are helpline ids in order. `urgent` replies go out
    before any other. `written` is for somebody who can't speak: contacts are told by what can be written to.
    """

    id: str
    first: str
    then: str
    contacts: tuple[str, ...]
    urgent: bool = False
    written: bool = False
    others: str = ""
    """The first line where it is somebody else to whom it happens"""
    held: int = 0
    """How many of its contacts stay first whatever somebody tells of themselves"""
    reach: bool = False
    """Whether it is told how to reach whoever runs the bot"""
    still: str = ""
    """What is said before all else to whatever is written of the contacts, a refusal above all"""

    def opening(self, *, of_others: bool) -> str:
        """Return the first line, as it is said to whoever writes or of somebody else."""
        return self.others if self.others and of_others else self.first


class Need(NamedTuple):
    """What somebody may need, recognised by patterns, with the helplines for it in order.

    `row` is the concern whose lines answer whoever chooses it, by its label or by one of `words` typed alone.
    """

    id: str
    label: str
    when: tuple[str, ...]
    contacts: tuple[str, ...]
    row: str
    words: tuple[str, ...]


class Circumstance(NamedTuple):
    """What somebody tells of themselves beside what is going on ("I'm deaf"), recognised by patterns.

    It is told, too, where all circumstances are that stand `together` in one line: "a-man with-a-man" for a man whose
    partner is one; and it isn't where one of `unless` is. Where it is told under one of the concerns `rows`, its
    `contacts` come first, after those that the concern holds, and `say` stands below the first line. `written` is for
    somebody who can't speak or hear: contacts are told by what can be written to. `abroad` is for somebody outside the
    UK: numbers are told as they are dialled from there.
    """

    id: str
    when: tuple[str, ...]
    rows: tuple[str, ...]
    contacts: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    unless: tuple[str, ...] = ()
    say: str = ""
    written: bool = False
    abroad: bool = False


class Rejoinder(NamedTuple):
    """What somebody may write once contacts were given, with what is said to it.

    `contacts` stand below, in order; those of the concern that stands where there are none and `silent` isn't set.
    `row` is the concern whose lines answer instead. `own` is said in place of `say` to somebody who spoke of what they
    do themselves. `abroad` tells numbers as they are dialled from outside the UK.
    """

    id: str
    say: str
    own: str = ""
    contacts: tuple[str, ...] = ()
    silent: bool = False
    row: str = ""
    abroad: bool = False


class CareSigns(NamedTuple):
    """Everything by which distress is recognised: rows of the table, patterns, labelled examples."""

    concerns: Mapping[str, Concern] = NOTHING
    needs: Mapping[str, Need] = NOTHING
    offered: tuple[str, ...] = ()
    """The ids of the needs in the order in which they are offered; the first few stand under every support reply."""
    lists: Mapping[str, tuple[str, ...]] = NOTHING
    signals: tuple[Signal, ...] = ()
    figurative: tuple[str, ...] = ()
    """Patterns under which the examples alone set nothing off."""
    examples: tuple[tuple[str, str], ...] = ()
    """(message, concern id or `none`)"""
    circumstances: Mapping[str, Circumstance] = NOTHING
    rejoinders: Mapping[str, Rejoinder] = NOTHING
    rejoined: tuple[tuple[str, str], ...] = ()
    """(message, rejoinder id): what is written once contacts were given"""


class Voice(NamedTuple):
    """What the bot itself says: sentences by dotted key, with `{fields}` in them."""

    sentences: Mapping[str, str]

    def say(self, key: str, **fields: object) -> str:
        """Return the sentence under the key with its fields filled in. Raises KeyError for a key that is not there."""
        return self.sentences[key].format(**fields) if fields else self.sentences[key]


class English(NamedTuple):
    """How people write English: `voice/english.yaml` and `voice/common.txt`.

    `expand` turns one token into the words that it stands for, `phrases` a few words into plainer ones, `same` a word
    into the head of its group of near-synonyms. `common` are words that are never mended into something else.
    `question` gives the kinds of answer and the ways to ask for them, `polar` the words by which a question that wants
    yes or no is read, `sayings` the plain words for what is said there in others, `dates` those by which one about days
    is read, `lists` those by which a message is taken apart.
    """

    expand: Mapping[str, str] = NOTHING
    phrases: Mapping[str, str] = NOTHING
    same: Mapping[str, str] = NOTHING
    common: frozenset[str] = frozenset()
    question: Mapping[str, tuple[str, ...]] = NOTHING
    polar: Mapping[str, tuple[str, ...]] = NOTHING
    sayings: Mapping[str, str] = NOTHING
    dates: Mapping[str, tuple[str, ...]] = NOTHING
    lists: Mapping[str, tuple[str, ...]] = NOTHING

    @property
    def known(self) -> frozenset[str]:
        """Return every word that stands somewhere in it: what is none of these is a name, or slang."""
        words = (word for layer in (self.expand, self.phrases, self.same) for both in layer.items() for word in both)
        lists = (
            text
            for layer in (self.question, self.polar, self.dates, self.lists)
            for list_ in layer.values()
            for text in list_
        )
        return self.common.union(" ".join((*words, *lists)).split())

    def words(self, name: str) -> frozenset[str]:
        """Return one of the lists. Raises KeyError for a name that is none."""
        return frozenset(self.lists[name])
