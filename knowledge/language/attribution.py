"""A question put to one report, to several or to all of them, taken apart into these and the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from knowledge.case.model import Case
from knowledge.language.english import Language
from knowledge.language.questions import Words
from knowledge.language.text import Phrases

DATE_WORDS = (4, 3, 2)
"""How many words a day may have, the longest first: "4th of February 2022"."""
ORDINAL = "dhnrst"
"""The letters that follow the figures of a day: 1st, 2nd, 3rd, 4th."""


class Attributed(NamedTuple):
    """What is left of a question without the report it is put to, and the ids of that publication's sources.

    Of a publication with several sources, those that the question means: one named by its own name or by its day.
    Nothing is left of "and LBC?". A question put to all of them, "do all the papers say so?", names no publication.
    `compares` says that it asks how several differ.
    """

    words: Words
    publication: str
    sources: frozenset[str]
    compares: bool = False


class Place(NamedTuple):
    """Where a report is named in a question, and the sources that are meant."""

    start: int
    end: int
    sources: frozenset[str]


class Attribution:
    """Finds the publication that a question names, by the aliases of the entities that bear a source's name.

    Of the English layer's lists, `leads` lead up to the name of a report and ask nothing, `tells` may follow it and
    say only that it tells, `topics` stand before what is asked, and `bares` ask nothing more once a topic stands alone.
    Behind `hearers` it is who was told something: that stays a part of what is asked.
    """

    def __init__(self, case: Case, language: Language) -> None:
        self._case = case
        published = {source.id: source.published for source in case.sources.values() if source.published}
        self._days = {id_: (str(day.day), language.wording(f"{day:%B}")) for id_, day in published.items()}
        self._aliases = dict(self._named(case, language))
        possessive = {(*alias[:-1], alias[-1] + "s"): named for alias, named in self._aliases.items()}
        self._aliases = {**possessive, **self._aliases}
        self._first = frozenset(alias[0] for alias in self._aliases)
        self._lengths = sorted({len(alias) for alias in self._aliases}, reverse=True)
        self._leads, self._tells = case.english.words("leads"), case.english.words("tells")
        self._topics, self._bares = case.english.words("topics"), case.english.words("bares")
        self._all = language.phrases(case.english.lists["across"])
        self._hearers = Phrases.of(case.english.lists["hearers"])
        self._every = frozenset(case.sources)
        self._comparing, self._jointly = case.english.words("comparing"), case.english.words("jointly")
        self._alongside = case.english.words("alongside")
        self._articles = case.english.words("articles")
        self._entities = language.aliases
        plain = self._alongside | self._articles | self._leads
        abouts = {source.id: {*language.wording(source.about)} - plain for source in case.sources.values()}
        self._own = {
            id_: about.difference(*(other for other_id, other in abouts.items() if other_id != id_))
            for id_, about in abouts.items()
        }

    @staticmethod
    def _named(case: Case, language: Language) -> Iterator[tuple[tuple[str, ...], tuple[str, frozenset[str]]]]:
        """The ways to write of a publication, and of one source whose publisher is more than the publication's name."""
        for entity in case.entities.values():
            own = [source for source in case.sources.values() if source.counts_as == entity.name]
            aliases = [alias for alias, id_ in language.aliases.items() if own and id_ == entity.id]
            yield from ((alias, (entity.id, frozenset(source.id for source in own))) for alias in aliases)
            for source in own:
                further = language.wording((source.publisher or "").removeprefix(entity.name))
                if further and source.publisher != entity.name:
                    yield from (((*alias, *further), (entity.id, frozenset((source.id,)))) for alias in aliases)

    def read(self, words: Words) -> Attributed | None:
        """Take a question apart; None where it names no publication."""
        said = tuple(word.text for word in words)
        spans = self._spans(said)
        if not spans:
            return self._to_all(words, said)
        publication, span = spans[0]
        name = next(at for at in range(span.start, span.end) if said[at] in self._first)
        if self._hearers.closing(said[:name]):
            return Attributed(words, publication, span.sources)
        if len({span.sources for _, span in spans}) == 1:
            return Attributed(self._without(words, span), publication, span.sources)
        for _, span in reversed(spans):
            words = self._without(words, span)
        left = tuple(word for word in words if word.text not in self._comparing | self._jointly)
        sources = frozenset[str]().union(*(span.sources for _, span in spans))
        return Attributed(left, "", sources, compares=not self._comparing.isdisjoint(said))

    def _spans(self, said: tuple[str, ...]) -> list[tuple[str, Place]]:
        """The publications that are named, each with the words that name it and those around them, in their order."""
        spans: list[tuple[str, Place]] = []
        if self._first.isdisjoint(said):
            return spans
        at = 0
        while at < len(said):
            named = (
                (found, Place(at, min(at + length, len(said)), found[1]))
                for length in (self._lengths if said[at] in self._first else ())
                if (found := self._aliases.get(said[at : at + length]))
            )
            (publication, _), span = next(named, (("", self._every), Place(at, at, self._every)))
            if publication:
                span = self._before(said, self._behind(said, self._meant(said, span)))
                done = spans[-1][1].end if spans else 0
                spans.append((publication, span._replace(start=max(done, span.start))))
            at = max(at + 1, span.end)
        return spans

    def _meant(self, said: tuple[str, ...], span: Place) -> Place:
        """The span with what says which of a publication's reports is meant: "ITV's interview with the son"."""
        own = {id_ for id_ in span.sources if said[span.end : span.end + 1] and said[span.end] in self._own[id_]}
        end = span.end + 1
        beside = said[end : end + 1]
        with_whom = beside and beside[0] in self._alongside
        is_noun = (
            with_whom or said[span.end - 1].endswith("s") or (span.start and said[span.start - 1] in self._articles)
        )
        if len(span.sources) == 1 or len(own) != 1 or not is_noun:
            return span
        if with_whom:
            whom = (length for length in (*DATE_WORDS, 1) if said[end + 1 : end + 1 + length] in self._entities)
            end = end + 1 + next(whom, -1)
        return Place(span.start, end, frozenset(own))

    def _to_all(self, words: Words, said: tuple[str, ...]) -> Attributed | None:
        """A question put to all the reports, or to whichever says so, taken apart."""
        start = self._all.first(said)
        if start == len(said):
            return None
        start = max(range(start, len(said)), key=lambda at: self._all.opening(said, at))
        span = self._before(said, self._behind(said, Place(start, start + self._all.opening(said, start), self._every)))
        return Attributed(self._without(words, span), "", self._every)

    def _behind(self, said: tuple[str, ...], span: Place) -> Place:
        """The span with what follows from a report's name: that it tells, and the day on which it came out."""
        end, sources = span.end, span.sources
        while end < len(said):
            asking = next((at for at in range(end, len(said)) if said[at] not in self._leads), end)
            dated = self._dated((said[asking : asking + length] for length in DATE_WORDS), sources)
            if said[end] in self._tells:
                end += 1
            elif dated:
                end, sources = asking + dated.end, dated.sources
            else:
                break
        return Place(span.start, end, sources)

    def _before(self, said: tuple[str, ...], span: Place) -> Place:
        """The span with what leads up to a report's name, its day among that."""
        start, sources = span.start, span.sources
        while start:
            dated = self._dated((said[max(0, start - length) : start] for length in DATE_WORDS), sources)
            if said[start - 1] in self._leads:
                start -= 1
            elif dated:
                start, sources = start - dated.end, dated.sources
            else:
                break
        return Place(start, span.end, sources)

    def _dated(self, pieces: Iterable[tuple[str, ...]], sources: frozenset[str]) -> Place | None:
        """The first piece that is no more than a day on which some of the sources came out: "4th of February 2022"."""
        for said in pieces:
            numbers = {text.rstrip(ORDINAL) for text in said if text[:1].isdigit()}
            month = tuple(text for text in said if not text[:1].isdigit() and text not in self._leads)
            came = {id_: self._days[id_] for id_ in sources if id_ in self._days}
            found = frozenset(id_ for id_, (day, name) in came.items() if day in numbers and name == month)
            if found:
                return Place(0, len(said), found)
        return None

    def _without(self, words: Words, span: Place) -> Words:
        """The words but for those of the span, and but for what stands before what is asked."""
        start, end = span.start, span.end
        topic = end < len(words) and words[end].text in self._topics
        bare = topic and start and words[start - 1].text in self._bares
        return (*words[: start - 1 if bare else start], *words[end + topic :])
