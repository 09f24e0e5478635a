"""How the questions of a message are answered: each by what its readings find, by days, or by a claim that says so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from bot.events import Events, Reckoned
from bot.finder import Finder
from bot.followup import Followup
from bot.lead import Leads, deciding
from bot.readings import Attempt, Found, Questions, Rows
from bot.reply import NOTHING, Context, after
from knowledge.care.pieces import Manners
from knowledge.case.model import Case, Fact, Status
from knowledge.language.asides import Asides
from knowledge.language.asked_days import Asked, Want
from knowledge.language.assertion import AssertionReader
from knowledge.language.questions import MOST_PARTS, Part, Splitter, Words
from knowledge.language.reading import Reader, texts
from knowledge.language.sense import Senses
from knowledge.matching.claims import Claims
from knowledge.matching.compiled import Compiled
from knowledge.matching.finding import Finding, Spoken
from knowledge.matching.search import MOVE, Search, moves_of
from knowledge.matching.sureness import Sureness
from knowledge.matching.verdict import Outcome, Tuning, among, judge

COURTESIES = frozenset(MOVE + move for move in ("hello", "thanks", "bye"))
"""Moves that say nothing where anything is asked beside them: "hi who was she"."""

NEAR_KINDS = {
    "why-that": ("reason",),
    "when-that": ("date", "time", "timeline"),
    "where-that": ("place",),
    "who-that": ("person", "name"),
    "how-that": ("manner",),
    "outcome-that": ("outcome", "opinion"),
}
"""The kinds of answer that a bare "why?", "when?", "where?", "who?", "how?" and "did it work?" want."""
WHICH_RIGHT = "which-right"
"""The move that asks which report to believe: of what the rest of the message says, or of what was told last."""
OF_A_REPORT = ("who-said", "which-paper", "report-date")
"""Moves that ask where something stands, or ask of a report where that was spoken of."""


class Answer(NamedTuple):
    """A fact that answers a question, and what found it. `named` are those whom the question is about.

    `lead` is how the answer begins: `yes`, `no`, `said`, `said_not`, `else`, `undated` or nothing.
    """

    fact: Fact
    found: Found
    named: tuple[str, ...] = ()
    lead: str = ""
    finding: Finding | None = None
    """The claim that says so, where one does"""


class Answered(NamedTuple):
    """What was found for the questions of a message: what is told, and behind it what is `reckoned` from days.

    `found` is the best reading where nothing is told; `tried` are the readings that were looked at.
    """

    answers: tuple[Answer, ...]
    reckoned: tuple[Reckoned, ...]
    found: Found | None
    tried: tuple[Found, ...]


class Answering:
    """Answers questions. Holds nothing of any conversation."""

    def __init__(  # noqa: PLR0913 - what it answers by
        self,
        case: Case,
        reader: Reader,
        splitter: Splitter,
        search: Search,
        sureness: Sureness,
        tuning: Tuning,
        *,
        claims: Compiled,
        manners: Manners,
    ) -> None:
        self._case = case
        self._reader = reader
        self._language = language = reader.language
        self._splitter = splitter
        self._search = search
        self._manners = manners
        self._tuning = tuning
        self.followup = Followup(case, language, splitter)
        self.events = Events(case, language, search, sureness, tuning)
        self._finder = Finder(case, language, search, sureness, tuning)
        self._senses = Senses(case, language, splitter)
        self._leads = Leads(case, self._senses)
        self._asides = Asides(language)
        self._assertions = AssertionReader(case, language, splitter, self._senses)
        self._claims = Claims(case, self._assertions, claims, tuning)
        self._pairing = language.english.words("pairing")
        self._moves = moves_of(case)
        self._bare = frozenset(map(MOVE.__add__, NEAR_KINDS))
        self._of_reports = self._bare | frozenset(map(MOVE.__add__, OF_A_REPORT))

    def questions(self, words: Words, context: Context) -> Questions:
        """Take a message apart into its questions, with what is to be scored of them before they can be answered."""
        parts = (Part(words),) if self.events.is_of_days(words) else self._splitter.split(words)
        first = self.followup.readings(parts[0], context)
        whole = first if parts == (Part(words),) else self.followup.readings(Part(words), context)
        return Questions(words, parts, first, whole)

    def answer(self, asked: Questions, rows: Rows, context: Context) -> Answered:
        """Answer the questions of a message, one after the other: what the one told is known to the next.

        `rows` has scored all that they say is to be scored at once.
        """
        answers: list[Answer] = []
        reckoned: list[Reckoned] = []
        running = context
        tried: list[Found] = []
        if self._is_one(asked, rows, context):
            asked = asked._replace(parts=(Part(asked.words),), first=asked.whole)
        for part in asked.parts:
            of_days = self.events.asked(part.words)
            days = self.events.find(of_days, running)
            is_first = part is asked.parts[0]
            found = self._finder.settle(asked.first, rows) if is_first else self.found(part, running)
            tried.append(found)
            if days is None and len(asked.parts) == 1:
                found = self._wider(found, asked, rows, tried)
            found = self._beside_courtesy(found, part, running, tried)
            found = self._of_what_was_told(found, part, running)
            found, days = self._with_days(part, of_days, found, days)
            told = self._told(part, asked.words, found, days, running)
            if isinstance(told, Reckoned):
                reckoned.append(told)
                running = after(self._case, running, self.events.told(told), ())
            elif told is not None:
                answers += [told, *self._of_the_other(told, part)]
                running = after(self._case, running, [told.fact], told.named)
        best = None
        if not answers and not reckoned:
            best = self._finder.settle(asked.whole, rows) if len(asked.parts) > 1 else found
        return Answered(tuple(answers[:MOST_PARTS]), tuple(reckoned), best, tuple(tried))

    def _of_the_other(self, told: Answer, part: Part) -> Iterator[Answer]:
        """The same of the other of two who are named together: "which posts do Ada and Tom hold"."""
        fact, said = told.fact, texts(part.words)
        is_led = bool(told.lead) or told.finding is not None
        if is_led or fact.status is Status.UNREPORTED or self._pairing.isdisjoint(said):
            return
        first = next(iter(fact.about), "")
        wanted = told.found.question.wants & {*fact.gives} or {*fact.gives[:1]}
        for (one, _, end), (two, start, _) in pairwise(self._language.mentions(said)):
            is_pair = start == end + 1 and said[end] in self._pairing
            other = {one: two, two: one}.get(first, "") if is_pair else ""
            if other and other not in fact.about:
                own = (same for same in self._case.facts.values() if same.about[:1] == (other,) and same.passages)
                fitting = (same for same in own if wanted & {*same.gives})
                for same in islice(fitting, 1):
                    found = told.found.telling(same.id, "the other of two who are named together")
                    yield Answer(same, found, told.named)

    def _is_one(self, asked: Questions, rows: Rows, context: Context) -> bool:
        """Whether a message that was taken apart is plainly one question, and none of its parts is."""
        if len(asked.parts) == 1 or any(self.events.asked(part.words) for part in asked.parts):
            return False
        whole, first = self._finder.settle(asked.whole, rows), self._finder.settle(asked.first, rows)
        if not (whole.is_answer and self.is_plainly(whole)) or self.is_plainly(first):
            return False
        return not any(self.is_plainly(self.found(part, context)) for part in asked.parts[1:])

    def is_plainly(self, found: Found) -> bool:
        """Whether what was found is told without a sign of doubt."""
        return found.verdict.sureness >= self._tuning.plainly

    def found(self, part: Part, context: Context) -> Found:
        """Return what one question finds by itself."""
        readings = self.followup.readings(part, context)
        return self._finder.settle(readings, self._search.scored(readings.queries()))

    def fact(self, found: Found) -> Fact | None:
        """Return the fact that a reading answers with, None where it isn't good enough or is none."""
        best = found.verdict.best
        return self._case.facts.get(best.id) if best and found.is_answer else None

    def ranked(self, message: str) -> tuple[Fact, ...]:
        """Return the facts that answer a message, the best first; none where nothing fits."""
        words = self._reader.read(message).words
        attempt = Attempt("as typed", words)
        found = self._finder.look(attempt, self._search.scored([attempt.query])) if words else None
        if found is not None:
            asked = self.events.asked(words)
            found, _ = self._with_days(Part(words), asked, found, self.events.find(asked, NOTHING))
        if found is None or found.verdict.outcome is Outcome.NOTHING:
            return ()
        return tuple(self._case.facts[one.id] for one in found.verdict.candidates if one.id in self._case.facts)

    def _told(
        self, part: Part, message: Words, found: Found, days: Reckoned | None, context: Context
    ) -> Answer | Reckoned | None:
        """What is told of one question: what was reckoned from days, or the fact that was found or that a claim speaks for.

        A statement of what happened on a day is held against the claims first.
        """
        if days is not None and days.asked.want is not Want.ON:
            return days
        fact = self.fact(found)
        spoken = self._spoken(part, message, context)
        said = self._asides.without(part.words)
        unframed = self._senses.unframed(said)
        asks_behind = self._assertions.behind.asks(said)
        lead = self._lead(fact, unframed, spoken) if fact is not None and not asks_behind else ""
        finding = None if lead else self._finding(found, said, unframed, spoken)
        if days is not None and (finding is None or finding.asking):
            return days
        if finding is not None:
            fact, found = finding.fact, found.telling(finding.fact.id, "a claim says so")
            lead = "" if finding.asking and finding.lead != "else" else finding.lead
        elif fact is not None and not lead and self.events.is_undated(part.words, fact):
            lead = "undated"
        if fact is None:
            return None
        named = (*found.question.entities, *self.followup.meant(part.words, context))
        return Answer(fact, found, named, lead, finding)

    def _with_days(
        self, part: Part, asked: Asked | None, found: Found, days: Reckoned | None
    ) -> tuple[Found, Reckoned | None]:
        """What was found as days leave it, and what is to be reckoned from them.

        How long lay between two events is told to nobody who asks how long lay between others.
        """
        if days is None and asked is not None and asked.want is Want.INTERVAL and not self.is_plainly(found):
            found = self._without(found, frozenset(fact.id for fact in self._case.facts.values() if fact.between))
        days = days or self.events.when(part.words, self.fact(found))
        if days is not None and days.fact is not None:
            return found.telling(days.fact.id, "a question about days"), None
        return found, days

    def _without(self, found: Found, facts: frozenset[str]) -> Found:
        """What was found but for some facts, and but for moves."""
        kept = tuple(one for one in found.verdict.candidates if one.id not in facts | self._moves)
        if len(kept) == len(found.verdict.candidates):
            return found
        return found._replace(verdict=judge(self._case.facts, among(found.verdict.candidates, kept), self._tuning))

    def _wider(self, found: Found, asked: Questions, known: Rows, tried: list[Found]) -> Found:
        """What the whole message finds where it is surer than its question alone, or else a piece of it where neither is sure."""
        best = found.verdict.best
        of_the_rest = best is not None and best.id == MOVE + WHICH_RIGHT
        if asked.whole is not asked.first and (of_the_rest or not self.is_plainly(found)):
            wider = self._finder.settle(asked.whole, known)
            tried.append(wider)
            is_surer = of_the_rest or wider.verdict.sureness > found.verdict.sureness
            if (is_surer and self.fact(wider) is not None) or (wider.is_answer and not found.is_answer):
                return wider
        if found.is_answer:
            return found
        inside = [
            Attempt("inside the message", piece.words, without=self._moves, story=piece.story)
            for piece in self._splitter.pieces(asked.words)
        ]
        rows = self._search.scored((query for attempt in inside for query in attempt.queries()), known)
        looked = [self._finder.look(attempt, rows) for attempt in inside]
        tried += looked
        likeliest = max(looked, key=lambda one: one.verdict.score, default=found)
        return likeliest if likeliest.is_answer else found

    def _beside_courtesy(self, found: Found, part: Part, context: Context, tried: list[Found]) -> Found:
        """What is asked beside a greeting or a word of thanks, where no more than that was found."""
        best = found.verdict.best
        asked = self._manners.without(part.words) if best and best.id in COURTESIES else ()
        if asked == part.words or not self._splitter.question_in(asked):
            return found
        without = self.found(part._replace(words=asked), context)
        tried.append(without)
        return without if self.fact(without) else found

    def _of_what_was_told(self, found: Found, part: Part, context: Context) -> Found:
        """What a bare "why?" or "since when" asks of what was told, where a fact is likely to say it.

        Where nothing near to that gives what is wanted, it is asked of what the question says in full: of the case.
        """
        best, leaning = found.verdict.best, found.attempt.leaning
        if best is None or leaning is None or best.id not in (self._of_reports if leaning.of_reports else self._bare):
            return found
        kinds = frozenset(NEAR_KINDS.get(best.id.removeprefix(MOVE), ()))
        facts = (self._case.facts[one.id] for one in found.verdict.candidates if one.id in self._case.facts)
        other = {fact.id for fact in facts if kinds and fact.gives and kinds.isdisjoint(fact.gives)}
        is_of_last = not kinds.isdisjoint(self._case.facts[leaning.last].gives)
        meant = self._without(found, frozenset(other if is_of_last else {leaning.last, *other}))
        if meant.is_answer:
            return meant
        leant = self.followup.readings(part, context).leant
        full = self._finder.look(leant, self._search.scored(leant.queries())) if leant else found
        fact = self.fact(full)
        return full if fact and not kinds.isdisjoint(fact.gives) else found

    def _spoken(self, part: Part, message: Words, context: Context) -> Spoken:
        """Who and what was spoken of before a question; those whom the rest of the message names come first."""
        own = frozenset(self._language.entities(texts(part.words)))
        whole = own if part.words == message else frozenset(self._language.entities(texts(message)))
        story = not self._splitter.is_filler(part.story) and not self._asides.tell_nobody(part.story)
        spoken = self.followup.spoken(context)
        people = (whole - own, *(() if story else spoken.people))
        return spoken._replace(people=people, story=story)

    def _lead(self, fact: Fact, unframed: tuple[str, ...], spoken: Spoken) -> str:
        """How the answer to one question begins, by a wording that says the same or a number."""
        if not (fact.yes or fact.no or fact.values):
            return ""
        return self._leads.lead(self._senses.read(unframed), fact, spoken)

    def _finding(self, found: Found, said: Words, unframed: tuple[str, ...], spoken: Spoken) -> Finding | None:
        """The claim that says whether what was asked is so, None where none does or they don't agree."""
        fact = self.fact(found)
        own = fact is not None and {*found.question.entities} <= {*fact.about}
        if own and self._assertions.asks_openly(said):
            return None  # nothing that it takes for granted could be of anybody else
        likeliest = {*self._case.central, *found.question.entities, *(fact.about if fact is not None else ())}
        findings = [
            one
            for one in self._claims.findings(self._assertions.read(said, unframed), spoken)
            # Nobody calls somebody "she" first whom the case is not about, unless the fact that was found is.
            if not (one.is_open and self._case.central) or not likeliest.isdisjoint(one.fact.about)
        ]
        decides = deciding(findings, [one.id for one in found.verdict.candidates], told=found.is_answer)
        gives = fact is not None and not found.question.wants.isdisjoint(fact.gives)
        if decides and not decides.tense and decides.fact != fact and gives and self.is_plainly(found):
            return None  # "name of the petition" states nothing
        return decides
