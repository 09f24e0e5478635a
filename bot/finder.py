"""What the readings of a question find: each judged by its row, as about a report and as put to it; and which one counts."""

from __future__ import annotations

from collections.abc import Sequence

from bot.readings import Attempt, Found, Readings, Rows
from knowledge.case.model import Case, Fact, Status
from knowledge.language.attribution import Attributed
from knowledge.language.english import Language, Question
from knowledge.language.reading import texts
from knowledge.matching.search import MOVE, Candidate, Query, Row, Search, moves_of
from knowledge.matching.sureness import Sureness, Told
from knowledge.matching.verdict import Outcome, Tuning, Verdict, among, judge

OFF_TOPIC = MOVE + "off-topic"
"""The move of what is no concern of the case: where it is no more than likely, it explains nothing."""

DIFFERENCES = MOVE + "page-differences"
"""The move of how the reports differ: what two that are named and held against each other bring, with nothing besides."""

BARE = 5
"""The most words of a question that says hardly what it asks for, and may be any of what it leans on: "party?"."""

_SUMMARY = frozenset({"summary"})
_WORDS = frozenset({"thing", "quote"})
"""The kinds of answer by which somebody asks what was said."""
_OF_A_REPORT = frozenset({"summary", "source"})
"""The kinds of answer that facts about a report give."""
_WRITTEN = frozenset({"person", "date"})
"""The kinds of answer by which somebody asks who wrote a report, and when."""


class Finder:
    """Judges readings. Holds nothing of any conversation."""

    def __init__(self, case: Case, language: Language, search: Search, sureness: Sureness, tuning: Tuning) -> None:
        self._case = case
        self._language = language
        self._search = search
        self._sureness = sureness
        self._tuning = tuning
        english = language.english
        self._mentioning = english.words("mentioning")
        self._empty = english.words("asking") | english.words("subjects") | english.words("fillers")
        self._published = self._empty | english.words("published") | frozenset(english.dates["reporting"])
        self._abouts = english.words("abouts")
        self._whole = self._empty | self._mentioning | english.words("echo") | english.words("whole")
        self._things = {
            id_: tuple(word for word in language.wording(fact.it) if word not in self._mentioning)
            for id_, fact in case.facts.items()
            if fact.it and fact.passages and fact.status is not Status.UNREPORTED
        }
        self._moves = moves_of(case)

    def settle(self, readings: Readings, rows: Rows) -> Found:
        """Return what the reading found that counts."""
        again = [found for attempt in readings.again if (found := self.look(attempt, rows)).is_answer]
        another = {readings.another, *self._may_be(readings.another)}
        fitting = [
            found for found in again if (fact := self._best(found.verdict)) and not another.isdisjoint(fact.about)
        ]
        if fitting:
            return max(fitting, key=lambda found: found.verdict.score)
        if readings.instead is not None:
            return self.look(readings.instead, rows)
        for attempt in readings.bare:
            found = self._giving(readings.question.wants, self.look(attempt, rows))
            fact = self._best(found.verdict)
            fits = fact is None or not fact.gives or found.question.wants & {*fact.gives}
            if found.verdict.score >= self._tuning.threshold and fits:
                return found._replace(verdict=found.verdict._replace(outcome=Outcome.ANSWER))
        plain = self._judged(readings.plain, readings.question, rows)
        if readings.leant is None:
            return plain
        leant = self.look(readings.leant, rows)
        is_sooner = plain.verdict.score > leant.verdict.score and not self._denies_what_is_known(plain, leant)
        return plain if is_sooner or (plain.is_answer and not leant.is_answer) else leant

    def _denies_what_is_known(self, plain: Found, leant: Found) -> bool:
        """Whether a reading that names nobody finds unreported what is known of the one who is meant: "and what age is he"."""
        denied, known = self._best(plain.verdict), self._best(leant.verdict)
        return (
            denied is not None
            and known is not None
            and denied.status is Status.UNREPORTED
            and known.status is not Status.UNREPORTED
            and denied.gives[:1] == known.gives[:1]
        )

    def _may_be(self, entity: str) -> tuple[str, ...]:
        """Those whom somebody may be who is called no more than "her son"."""
        return self._case.entities[entity].may_be if entity else ()

    def _giving(self, wants: frozenset[str], found: Found) -> Found:
        """A find of facts that give what is wanted, where there are any: of a bare question little else is known."""
        facts, candidates = self._case.facts, found.verdict.candidates
        giving = tuple(one for one in candidates if one.id in facts and wants & {*facts[one.id].gives})
        is_other = bool(giving) and giving[0] != candidates[0]
        verdict = judge(facts, among(candidates, giving), self._tuning) if is_other else found.verdict
        return found._replace(question=found.question._replace(wants=wants), verdict=verdict)

    def look(self, attempt: Attempt, rows: Rows) -> Found:
        """Judge one reading. One that names a report is read as about it and as put to it.

        The better reading counts; a report that tells what it finds has its passages first all the same.
        """
        return self._judged(attempt, self._language.question(texts(attempt.words)), rows)

    def _judged(self, attempt: Attempt, question: Question, rows: Rows) -> Found:
        """Judge a reading of which it is known what it asks."""
        put = attempt.put
        if put is not None and put.compares and self._whole.issuperset(texts(put.words)):
            verdict = judge(self._case.facts, (Candidate(DIFFERENCES, 1.0, ""),), self._tuning)
            return Found(attempt, question, verdict)
        found = Found(attempt, question, self._judge(attempt, question, attempt.query, rows))
        return found if put is None or not put.words else self._put(attempt, put, found, rows)

    def _put(self, attempt: Attempt, put: Attributed, found: Found, rows: Rows) -> Found:
        """Judge a reading that names a report as put to it, beside what it finds as one about it."""
        words = put.words
        if found.is_answer and self._published.issuperset(texts(words)) and self._abouts.isdisjoint(texts(words)):
            return found  # its own day, title or writer is asked for, and nothing that it tells
        asked = self._language.question(texts(words))
        verdict = self._judge(attempt, asked, Query(texts(words)), rows)
        verdict = self._of_the_report(verdict, put)
        found = found._replace(verdict=self._without_summaries(found.verdict, asked, texts(words), verdict))
        if found.is_answer and verdict.best and verdict.best.id == OFF_TOPIC:
            return found
        told, fact = self._best(found.verdict), self._best(verdict)
        if not put.publication and fact and fact.status is Status.UNREPORTED:
            return found  # of all the reports is asked what one of them may say
        is_told = told is not None and bool(self._case.passages_from(told, put.sources))
        is_put = is_told or self._is_same(found.verdict, verdict)
        names_only = texts(words) in self._language.aliases
        if found.verdict.score > verdict.score and (is_put or not names_only):
            return found._replace(attributed=put if is_put else None)
        return Found(attempt._replace(words=words), asked, verdict, put)

    def _without_summaries(self, verdict: Verdict, asked: Question, said: Sequence[str], put: Verdict) -> Verdict:
        """A verdict without what sums up a whole report, where it is asked about somebody or something that it holds.

        `said` are the words for that, `put` is what is found of it alone.
        """
        facts, about = self._case.facts, {*asked.entities}
        best = self._best(put) if put.outcome is Outcome.ANSWER else None
        is_of_something = best is not None and not _OF_A_REPORT & {*best.gives} and not self._empty.issuperset(said)
        dropped = _OF_A_REPORT if is_of_something and not _WRITTEN & asked.wants else _SUMMARY
        kept = tuple(
            one
            for one in verdict.candidates
            if one.id not in facts
            or not dropped & {*facts[one.id].gives}
            or (not is_of_something and about <= {*facts[one.id].about})
        )
        if len(kept) == len(verdict.candidates):
            return verdict
        return judge(facts, kept, self._tuning)  # no likelier: what is dropped was meant of the report

    def _of_the_report(self, verdict: Verdict, put: Attributed) -> Verdict:
        """A verdict of what the report has about whom a question does nothing but name: "what does LBC say about the aunt?".

        Where nothing likely is in that report: of what it says of who that was, or else of what the others say.
        """
        facts, about = self._case.facts, self._of_topic(texts(put.words)) or self._of_all(put)
        told = {id_: fact for id_, fact in about.items() if self._case.passages_from(fact, put.sources)} or about
        kept = tuple(one for one in verdict.candidates if one.id in told)
        own = judge(facts, among(verdict.candidates, kept), self._tuning)
        plain = own.outcome is Outcome.ANSWER and verdict.sureness >= self._tuning.plainly
        if plain or not told:
            return own if told else verdict
        who = max(told, key=lambda id_: "person" in told[id_].gives)
        return judge(facts, (Candidate(who, 1.0, facts[who].question),), self._tuning)

    def _of_all(self, put: Attributed) -> dict[str, Fact]:
        """What sums a report up, where a question names nothing that it may say: "what did the Gazette report about all this"."""
        said = texts(put.words)
        if not self._whole.issuperset(said) or _WRITTEN & self._language.question(said).wants:
            return {}
        summaries = {
            id_: fact
            for id_, fact in self._case.facts.items()
            if _SUMMARY & {*fact.gives} and fact.about[0] == put.publication
        }
        own = {
            id_: fact
            for id_, fact in summaries.items()
            if {one.source for one in self._case.shown_passages(fact)} == put.sources
        }
        return own or summaries

    def _of_topic(self, said: tuple[str, ...]) -> dict[str, Fact]:
        """The facts about whom or what words do nothing but name: "is there anything on the alarm"."""
        start = next((at for at, word in enumerate(said) if word not in self._mentioning), len(said))
        topic = said[start:]
        entity = self._language.aliases.get(said) or self._language.aliases.get(topic, "")
        named = {id_: fact for id_, fact in self._case.facts.items() if fact.passages and fact.about[0] == entity}
        things = (id_ for id_, it in self._things.items() if topic and it == topic)
        return named or {id_: self._case.facts[id_] for id_ in things}

    @staticmethod
    def _is_same(one: Verdict, other: Verdict) -> bool:
        """Tell whether two verdicts find the same."""
        return bool(one.best and other.best and one.best.id == other.best.id)

    def _judge(self, attempt: Attempt, question: Question, query: Query, rows: Rows) -> Verdict:
        row = rows[query]
        candidates = self._search.candidates(row, attempt.without, self._leant_on(attempt, row, rows))
        if attempt.leaning and attempt.leaning.corrected:
            candidates = tuple(one for one in candidates if one.id != attempt.leaning.last)
        if attempt.story:
            told = self._search.candidates(rows[Query(texts(attempt.story))], self._moves)
            candidates = _beside(candidates, told, self._tuning.story)
        candidates = self._sureness.ranked(row, candidates, question, self._told(attempt, question, rows))
        candidates = self._of_the_one_named(question, candidates)
        return judge(self._case.facts, candidates, self._tuning)

    def _leant_on(self, attempt: Attempt, row: Row, rows: Rows) -> frozenset[str]:
        """The facts that a question may ask for by what it leans on, and hardly by its own words; none that was just told.

        Of a longer one they are those that aren't far behind by both.
        """
        leaning = attempt.leaning
        if leaning is None:
            return frozenset()
        told = rows[leaning.query]
        near = (leaning.near | self._search.likeliest(told, self._moves)) - {leaning.last}
        return near if len(attempt.words) <= BARE else self._search.not_far_behind(row, told, self._tuning.told, near)

    def _told(self, attempt: Attempt, question: Question, rows: Rows) -> Told | None:
        """What was told before a question, as far as it leans on that: the longer it is, the less."""
        if attempt.leaning is None:
            return None
        beside = self._language.question(attempt.leaning.query.words)._replace(wants=question.wants)
        near = self._tuning.near / (1 + len(attempt.words))
        return Told(rows[attempt.leaning.query], beside, self._tuning.told, dict.fromkeys(attempt.leaning.near, near))

    def _of_the_one_named(self, question: Question, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """The candidates with, for the best, the fact that has the same kind of value for the only person named.

        What somebody else said of others is no answer to what that one said: "what did Tom tell the Gazette".
        """
        named = [id_ for id_ in question.entities if self._case.entities[id_].kind == "person"]
        if len(named) == 1 and not question.polar and question.wants >= _WORDS:
            candidates = self._without_words_of_others({named[0], *self._may_be(named[0])}, candidates)
        fact = self._case.facts.get(candidates[0].id) if candidates else None
        if fact is None or fact.values or len(named) != 1 or named[0] in fact.about:
            return candidates
        same = (other for other in self._case.facts.values() if other.values and other.gives[:1] == fact.gives[:1])
        own = next((other.id for other in same if other.about[:1] == tuple(named)), fact.id)
        return (candidates[0]._replace(id=own), *(one for one in candidates[1:] if one.id != own))

    def _without_words_of_others(self, named: set[str], candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """The candidates without what was said by others than the one named, and of others; all of them where none is left."""

        def is_of_others(one: Candidate) -> bool:
            fact = self._case.facts.get(one.id)
            return fact is not None and bool(fact.speakers) and named.isdisjoint({*fact.speakers, *fact.about})

        kept = tuple(one for one in candidates if not is_of_others(one))
        return among(candidates, kept) if any(one.id in self._case.facts for one in kept) else candidates

    def _best(self, verdict: Verdict) -> Fact | None:
        """The fact that comes first, none where a move does or nothing."""
        return self._case.facts.get(verdict.best.id) if verdict.best else None


def _beside(asked: Sequence[Candidate], told: Sequence[Candidate], share: float) -> tuple[Candidate, ...]:
    """The candidates of a question with a share of what the sentence beside it says for each."""
    story = {candidate.id: candidate for candidate in told}
    ids = {candidate.id for candidate in asked}
    both = [_with_story(one, story[one.id], share) if one.id in story else one for one in asked]
    only = [
        one._replace(learned=share * one.learned, likeness=share * one.likeness) for one in told if one.id not in ids
    ]
    return (*both, *only)


def _with_story(asked: Candidate, told: Candidate, share: float) -> Candidate:
    return asked._replace(
        learned=asked.learned + share * told.learned, likeness=min(1.0, asked.likeness + share * told.likeness)
    )
