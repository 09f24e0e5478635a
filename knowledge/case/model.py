"""What a case is made of. Frozen values, no behaviour that touches the outside."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from knowledge.case.general import NOTHING, CareSigns, English, Language, Voice


class Status(StrEnum):
    """How well a fact is supported."""

    ESTABLISHED = "established"
    """Stated by police, the IOPC or a court, or reported alike by two publishers."""
    REPORTED = "reported"
    CLAIMED = "claimed"
    """Said by a speaker, who is named with it."""
    DISPUTED = "disputed"
    """Sources differ; the fact says how, and which is better supported."""
    UNREPORTED = "unreported"
    """People ask, and the reports don't say."""


class Passage(NamedTuple):
    """A place of a source, with a short verbatim span where one is quoted. `id` is `source/name`.

    `paragraph` counts non-empty lines from 1. `quote` is empty where the paragraph is named as proof and not quoted.
    `speaker` is the entity whose words or view it gives, empty where they are the report's own.
    """

    id: str
    source: str
    paragraph: int
    quote: str = ""
    speaker: str = ""


GIVEN = ("publisher", "headline", "published")
"""The fields of a source that may have come with an article, and not stand in its text."""


class Source(NamedTuple):
    """An article. `publisher`, `headline` and `published` are None where they are not known.

    `counts_as` is the publisher that it is weighed under: two articles of one publisher are one voice. A `sensational`
    headline is shown only to those who ask for it. `left_out` gives the reason for a paragraph ("13") or a sentence of
    it ("13.2") that no fact is made of. `given` are those of the three fields that came with the article, and don't
    stand in its text.
    """

    id: str
    publisher: str | None
    counts_as: str
    headline: str | None
    published: date | None
    about: str
    passages: Mapping[str, Passage]
    left_out: Mapping[str, str]
    sensational: bool = False
    given: tuple[str, ...] = ()
    helplines: Mapping[str, str] = NOTHING
    """The contacts that it prints, by id, each as it printed them where that is otherwise than they stand today"""


class Life(StrEnum):
    """What is to be heeded in what is said of a person."""

    LIVING = "living"
    DEAD = "dead"
    MINOR = "minor"


class Entity(NamedTuple):
    """A person, place or organisation, with the ways in which people write of it."""

    id: str
    kind: str
    name: str
    role: str
    pronouns: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    misspelt: tuple[str, ...] = ()
    official: bool = False
    """Whether what it states is established: the police, their watchdog, a court, and who speaks for them"""
    may_be: tuple[str, ...] = ()
    """Entities that this one may be, or be among: of them nothing can be told apart"""
    apart: bool = False
    """Whether it is plain that nobody who is named is meant, though no proper name is given: the driver"""
    life: Life | None = None
    """Whether the person is living, dead or a child, None where nothing says so"""
    unnamed: bool = False
    """Whether the reports leave the person unnamed, so that no name may be given either"""

    @property
    def is_apart(self) -> bool:
        """Tell whether it is known to be nobody else of the case, but for those that may be it."""
        return self.is_named or self.apart

    @property
    def is_named(self) -> bool:
        """Tell whether it is a person whose proper name the reports give."""
        return self.kind == "person" and self.name[:1].isupper()


class Difference(NamedTuple):
    """Where a source tells it otherwise."""

    passages: tuple[str, ...]
    note: str


class Claim(NamedTuple):
    """One thing that a fact says is so, or isn't, in the case's own terms.

    `who` is an entity or, in words, a thing; `verb` is one of `VERBS`, and `what` are the ways to say what is
    predicated: any of them is the same claim. `whom` are the entities to whom, of whom or with whom it is, the
    `first` of them in place of one another, the rest beside these. `may` are words that may stand beside and change nothing; `but` are those of which one in the place of another makes it false,
    for only one can be so. `many`, `age` and `when` are a number, years, a day. `only` is the passage that proves that
    nobody else can stand in the place of `who`. What is `still` so may be asked of the present. `speaker` said it,
    where not the fact's.
    """

    who: str
    verb: str
    what: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    many: int | None = None
    nearly: bool = False
    age: int | None = None
    when: date | None = None
    only: str = ""
    still: bool = False
    speaker: str = ""
    first: int = 1

    @property
    def main(self) -> tuple[str, ...]:
        """Return those to whom it is, any of them."""
        return self.whom[: self.first]

    @property
    def denies(self) -> bool:
        """Tell whether it says that something isn't so."""
        return self.verb in DENIALS


VERBS = ("did", "is", "has", "said", "didnt", "isnt", "hasnt")
"""What a claim may say of somebody or something: what they did, are or were, have or had, said; or not."""
DENIALS = ("didnt", "isnt", "hasnt")


class Basis(NamedTuple):
    """What is to be known of a day, and the passages that show it."""

    passages: tuple[str, ...] = ()
    note: str = ""


class Fact(NamedTuple):
    """One thing known about the case, or known not to be in its reports.

    `gives` names the kinds of answer it gives (date, age, person, reason, ...); `values` are the numbers that a
    yes-or-no question is held against. `responsible` is whose the deed is, where a question looks for somebody to
    blame: the bot says so in its own word. `also` are further passages, shown only where their report is asked for;
    `silent` are sources that have a passage here, and yet don't say it. `speakers` are entity ids, `who_said` tells who
    of them said what, and to whom. `question` is how it is offered; `ask`, `yes` and `no` are wordings, to those under
    `yes` and `no` the plain answer is yes or no. An unreported fact has a `nearest` fact, whose passages are shown.
    `it` is what "it" and a bare "when?" mean once the fact was told; empty where they mean what they meant before.
    `follows` are words of it that no report has: they follow from what is reported.

    `event` is what happened, as the calendar calls it; the facts of one event bear the same, and one of them the rest:
    `when`, its day, which rests on the first passage; or `reported`, the passage of the report from which alone it is
    known. `basis` says what is to be known of that day, `after` are facts of the events that came before it, each with
    the passage that says so, `moment` is its line of the timeline. `between` are facts of two events, where the fact
    tells how long lay between.
    """

    id: str
    title: str
    status: Status
    answer: str
    short: str
    about: tuple[str, ...]
    passages: tuple[str, ...]
    question: str = ""
    topic: str = ""
    ask: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    values: tuple[int, ...] = ()
    event: str = ""
    when: date | None = None
    reported: str = ""
    basis: Basis = Basis()
    after: Mapping[str, str] = NOTHING
    between: tuple[str, ...] = ()
    moment: str = ""
    responsible: str = ""
    speakers: tuple[str, ...] = ()
    who_said: str = ""
    nearest: str = ""
    it: str = ""
    follows: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    differs: tuple[Difference, ...] = ()
    related: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def is_offered(self) -> bool:
        """Tell whether it may be proposed: neither what the reports don't say, nor a question that looks for blame."""
        return self.status is not Status.UNREPORTED and not self.responsible

    @property
    def is_dated(self) -> bool:
        """Tell whether it gives the day of its event, or that of the report that tells of it."""
        return bool(self.when or self.reported)

    @property
    def cited(self) -> tuple[str, ...]:
        """Return every passage that stands behind this fact, those included that are shown only when asked for."""
        return self.passages + self.also

    @property
    def wordings(self) -> tuple[str, ...]:
        """Return every way in which people ask for this fact."""
        return self.ask + self.yes + self.no


STALE_DAYS = 90
"""Days for which a helpline's card is taken to hold, from the day that its page was read."""


class Theme(NamedTuple):
    """Facts that stand together, those of one file: `id` is the file's name. `title` is what the theme is called."""

    id: str
    title: str
    facts: tuple[str, ...]


class Helpline(NamedTuple):
    """A support contact as a dated card. Empty where a field is not known."""

    id: str
    name: str
    who: str
    short: str = ""
    also: tuple[str, ...] = ()
    """Other names that people give it, as they write them."""
    needs: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()
    phone: str = ""
    international: str = ""
    text: str = ""
    again: tuple[str, ...] = ()
    """The numbers that have no form from abroad, typed a second time from the page that states them"""
    email: str = ""
    chat: str = ""
    web: str = ""
    hours: str = ""
    cost: str = ""
    bill: str = ""
    note: str = ""
    interpreters: bool = False
    quiet: bool = False
    source: str = ""
    stated_by: str = ""
    checked: date | None = None
    when_closed: str = ""
    """The id of a helpline that answers when this one is closed; empty for one that is open day and night."""

    def is_stale(self, today: date) -> bool:
        """Tell whether its page was last read more than STALE_DAYS ago, or never."""
        return self.checked is None or (today - self.checked).days > STALE_DAYS


class Case(NamedTuple):
    """One case: everything that the bot knows and says."""

    title: str
    what: str
    """What the case is, as it stands within a sentence"""
    place: str
    about: str
    it: str
    """What "it" means where no fact told says otherwise"""
    event: tuple[str, ...]
    """The words for it that change nothing of what is said of it besides"""
    things: Mapping[str, str]
    """Words for what has no name and that something is done to, or by, with whose each is: a car"""
    year: int
    as_of: date
    entities: Mapping[str, Entity]
    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    helplines: Mapping[str, Helpline]
    voice: Voice
    english: English
    care: CareSigns
    moves: tuple[tuple[str, str], ...]
    """(wording, move): what people write that asks nothing about the case"""
    languages: Mapping[str, Language]
    central: tuple[str, ...] = ()
    """The entities that the whole case is about, who may be named where a passage has a pronoun"""
    themes: Mapping[str, Theme] = NOTHING
    """By id, in the order in which they are offered"""
    harmless: bool = False
    """Whether it is about no harm done to anybody, so that support is given to those who ask or cry, and offered to nobody else"""
    contact: str = ""
    """How to reach whoever runs the bot, empty where they don't say"""

    @property
    def publications(self) -> frozenset[str]:
        """Return the ids of the entities that are publishers of its sources."""
        publishers = {source.counts_as for source in self.sources.values()}
        return frozenset(id_ for id_, entity in self.entities.items() if entity.name in publishers)

    def passage(self, id_: str) -> Passage:
        """Return the passage `source/name`. Raises KeyError where there is none."""
        return self.sources[id_.partition("/")[0]].passages[id_]

    def shown_passages(self, fact: Fact) -> tuple[Passage, ...]:
        """Return the passages that stand behind what is said of a fact; those of the nearest one if it has none."""
        if not fact.passages and fact.nearest:
            fact = self.facts[fact.nearest]
        return tuple(self.passage(id_) for id_ in fact.passages)

    def passages_from(self, fact: Fact, sources: Collection[str]) -> tuple[Passage, ...]:
        """Return what some sources have of what is said of a fact; of the nearest one if it has no passages."""
        if not fact.passages and fact.nearest:
            fact = self.facts[fact.nearest]
        telling = {*sources} - {*fact.silent}
        return tuple(passage for passage in map(self.passage, fact.cited) if passage.source in telling)
