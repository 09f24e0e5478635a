"""One message and one context make one Reply and the next context. Pure: no clock, no I/O, nothing kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Protocol

from bot import calendar, compose, pages, support, themes
from bot.answering import NEAR_KINDS, WHICH_RIGHT, Answer
from bot.decision import Act, Decider, Decision
from bot.followup import COURTESIES
from bot.pages import Moment
from bot.reply import NOTHING, Context, Kind, Reply, after
from bot.typed import Picking
from knowledge.care.cries import CONTACTS, Cry
from knowledge.care.ruling import CLOSE
from knowledge.case.model import Case, Fact, Status
from knowledge.language.text import MAX_CHARACTERS, tokenise
from knowledge.matching.compiled import Compiled
from knowledge.matching.index import Index
from knowledge.matching.search import MOVE, Candidate, Query
from knowledge.matching.verdict import Tuning


class Talker(Protocol):
    """Answers messages and taps. Holds nothing of what people write."""

    @property
    def case(self) -> Case:
        """Return what is known."""

    @property
    def title(self) -> str:
        """Return what the case is called."""

    @property
    def as_of(self) -> date:
        """Return the day on which its reports end."""

    @property
    def timeline(self) -> tuple[Moment, ...]:
        """Return the moments of the case, by date."""

    @property
    def picking(self) -> Picking:
        """Return what reads labels and numbers that are typed."""

    def reply(self, message: str, context: Context = NOTHING) -> tuple[Reply, Context]:
        """Answer one message."""

    def choose(self, choice: str, context: Context = NOTHING) -> tuple[Reply, Context]:
        """Answer a tap."""

    def pointed(self, context: Context, quote: str) -> Context:
        """Return a context with the fact first whose words somebody quotes."""

    def looks_like_help(self, message: str) -> bool:
        """Tell whether a message would be answered with support contacts."""

    def search(self, message: str, most: int) -> tuple[Reply, ...]:
        """Return up to `most` answers, the best first; where no question is asked yet, the most asked."""


RUNNERS_UP = 2
"""How many facts that may have been meant are offered under an answer that isn't plainly the one."""
ABOUT_LAST = ("who-said", "which-paper", "report-date", "sure", WHICH_RIGHT)
"""Moves that ask where the last fact is from."""
REPEATS = ("again", "in-short")
"""Moves that ask for it once more, or for less of it."""
REFUSED = {"off-topic": "off_topic", "opinion": "opinion", "injection": "injection"}
"""Moves that are not answered, with what is said to them."""


class Conversation:
    """Answers messages about one case. Holds nothing of what people write."""

    def __init__(
        self,
        case: Case,
        index: Index,
        tuning: Tuning = Tuning(),  # noqa: B008 - frozen
        claims: Compiled | None = None,
    ) -> None:
        """`index` is what was learned from the case's wordings, `claims` its claims where they are compiled already."""
        self.case = case
        self.title, self.as_of = case.title, case.as_of
        self.timeline = pages.timeline(case)
        self.picking = Picking(case.english)
        self._decider = Decider(case, index, tuning, claims)
        self._tuning = tuning

    def reply(self, message: str, context: Context = NOTHING) -> tuple[Reply, Context]:
        """Answer one message. Never raises, whatever the text."""
        return self.carry_out(self.decide(message, context), message, context)

    def decide(self, message: str, context: Context = NOTHING) -> Decision:
        """Return what is to be done with a message, and why: what `casebook explain` shows."""
        return self._decider.decide(message, context)

    def carry_out(  # noqa: C901, PLR0911 - one act, one return
        self, decision: Decision, message: str, context: Context
    ) -> tuple[Reply, Context]:
        """Put a decision into words."""
        if decision.cry is not None and decision.act not in {Act.SUPPORT, Act.REJOINDER}:
            context = context._replace(concern=CLOSE)
        match decision.act:
            case Act.EMPTY:
                key = "courtesy.empty" if len(message) < MAX_CHARACTERS else "courtesy.too_long"
                return compose.courtesy(self.case, key), context
            case Act.CHOOSE:
                reply, context = self.choose(decision.choice, context)
                return reply, self._of_the_report(decision, context)
            case Act.BEYOND:
                key = "courtesy.short_list" if context.offered else "courtesy.no_list"
                return compose.courtesy(self.case, key, last=len(context.offered)), context
            case Act.SUPPORT:
                return _shown(*support.heard(self.case, decision, context))
            case Act.REJOINDER:
                return support.rejoined(self.case, decision.choice, decision.cry, context)
            case Act.PUT if decision.put:
                last = self.case.facts[context.facts[0]]
                return _shown(compose.put_to(self.case, last, decision.put), self._of_the_report(decision, context))
            case Act.TELL:
                reply, context = _shown(*self._answered(decision, context))
                return support.before(self.case, reply, decision.cry), context
            case Act.THANKS:
                return compose.courtesy(self.case, "courtesy.thanks"), context
            case Act.MOVE:
                return _shown(*self._move(decision.choice, context))
            case _:
                return _shown(*self._untold(decision, context))

    def _of_the_report(self, decision: Decision, context: Context) -> Context:
        """The context after a report was asked about: it was spoken of last."""
        named = decision.put.publication if decision.put else ""
        return after(self.case, context, (), [named]) if named else context

    def parts(self, query: Query, label: str) -> tuple[tuple[str, float], ...]:
        """Return what each word and pair of a query says for a fact, the weightiest first: to explain."""
        return self._decider.search.parts(query, label)

    def candidate(self, query: Query, label: str) -> Candidate:
        """Return a fact with the probability that it has for a query, however far behind, and its nearest wording: to explain."""
        return self._decider.candidate(query, label)

    def made_of(self, candidate: Candidate) -> tuple[tuple[str, float], ...]:
        """Return what each feature adds to how likely a candidate is, the weightiest first: to explain."""
        return self._decider.sureness.parts(candidate)

    def prepare(self) -> None:
        """Read ahead what many messages need, which takes a moment; without it the first of them take longer."""
        self._decider.search.prepare()

    @property
    def tuning(self) -> Tuning:
        """Return the numbers that decide."""
        return self._tuning

    def choose(self, choice: str, context: Context = NOTHING) -> tuple[Reply, Context]:
        """Answer a tap on a Choice. One whose id is no longer known gets a kind line."""
        kind, _, id_ = choice.partition(":")
        if kind == "fact" and id_ in self.case.facts:
            answer = self._decider.asked(self.case.facts[id_])
            told = self._told(answer)._replace(others=()) if answer else compose.Told(self.case.facts[id_])
            return _shown(*self._tell([told], (), context))
        page = pages.page(self.case, id_) if kind == "page" else None
        if page is not None:
            kept = NOTHING if id_ == "forget" else context._replace(offered=())
            return _shown(page, kept)
        page = themes.theme(self.case, id_) if kind == "theme" else None
        if page is not None:
            return _shown(page, context)
        if kind == "need" and id_ in self.case.care.needs:
            need = self.case.care.needs[id_]
            return _shown(*support.told(self.case, Cry(need.row, need.contacts), context))
        if kind == "contact" and id_ in self.case.helplines:
            return _shown(*support.told(self.case, Cry(CONTACTS, (id_,)), context))
        return compose.courtesy(self.case, "courtesy.unknown_choice"), context

    def pointed(self, context: Context, quote: str) -> Context:
        """Return a context with the fact first whose words somebody quotes, of those that it holds."""
        said = " ".join(quote.split())

        def holds(id_: str) -> bool:
            fact = self.case.facts[id_]
            texts = (fact.answer, fact.short, *(one.quote for one in self.case.shown_passages(fact)))
            return any(said in " ".join(text.split()) or (text and text in said) for text in texts)

        quoted = tuple(id_ for id_ in context.facts if holds(id_))
        return context._replace(facts=tuple(dict.fromkeys((*quoted, *context.facts)))) if said else context

    def looks_like_help(self, message: str) -> bool:
        """Tell whether the message would be answered with support contacts."""
        return self._decider.looks_like_help(message)

    def search(self, message: str, most: int) -> tuple[Reply, ...]:
        """Return up to `most` answers, best first, one fact each; none where nothing fits.

        For no words, and for those that a question only begins with ("when"), the most asked that answer such a one.
        """
        facts, begun = self.case.facts.values(), " ".join(tokenise(message))
        wanted = {kind for kind, ways in self.case.english.question.items() if begun in ways}
        ranked = self._decider.answering.ranked(message) if begun else themes.most_asked(facts)
        ranked = ranked or themes.most_asked(fact for fact in facts if wanted & set(fact.gives))
        replies = (compose.answer(self.case, [compose.Told(fact)]) for fact in ranked)
        return tuple(islice((reply for reply in replies if reply.kind is Kind.ANSWER), most))

    def _untold(self, decision: Decision, context: Context) -> tuple[Reply, Context]:
        """Ask back, or say that the reports don't say; who spoke of danger or distress is told again who can help."""
        if context.concern:
            return support.again(self.case, context)
        found = decision.found
        candidates = found.verdict.candidates if found else ()
        context = after(self.case, context, (), found.question.entities if found else ())
        facts = [self.case.facts[one.id] for one in candidates if not one.id.startswith(MOVE)]
        score = candidates[0].score if candidates else 0.0
        choices = compose.offered(facts)
        if decision.act is Act.ASK and facts:
            unreported = facts[0].status is Status.UNREPORTED
            if len(choices) > 1 and not unreported:
                return compose.clarify(self.case, choices, score), context
            if not unreported:
                return self._tell([compose.Told(facts[0], score=score)], (), context)
            choices = compose.offered(map(self._reported, facts))
        return compose.not_found(self.case, choices, score), context

    def _reported(self, fact: Fact) -> Fact:
        """Return a fact, or the nearest that the reports do tell."""
        return self.case.facts[fact.nearest] if fact.status is Status.UNREPORTED else fact

    def _move(self, move: str, context: Context) -> tuple[Reply, Context]:
        last = self._decider.answering.followup.last(context)
        if move == WHICH_RIGHT and last is None:
            move = "page-differences"
        if move.startswith("page-"):
            return self.choose(f"page:{move.removeprefix('page-')}", context)
        if move in NEAR_KINDS or move in {"more", "other-one"}:
            return self._near(move, context)
        if context.concern and move in {"off-topic", *REPEATS}:
            again = move == "off-topic"
            return (
                support.again(self.case, context) if again else support.told(self.case, Cry(context.concern), context)
            )
        if last is not None and move in {*ABOUT_LAST, *REPEATS}:
            return self._of_last(move, last, context)
        if move in REFUSED:
            return compose.unknown(self.case, REFUSED[move], themes.openers(self.case)), context
        reply = compose.courtesy(self.case, f"courtesy.{move.replace('-', '_')}")
        if context.concern and move not in COURTESIES:
            reply = reply._replace(text=f"{reply.text}\n\n{compose.person_line(self.case)}")
        return reply, context

    def _of_last(self, move: str, last: Fact, context: Context) -> tuple[Reply, Context]:
        """Say the last fact again or in short, or where it is from."""
        match move:
            case "again":
                return self._tell([compose.Told(last)], (), context)
            case "in-short":
                return compose.said_of(self.case, last, last.short), context
        return compose.where_from(self.case, last), context

    def _near(self, move: str, context: Context) -> tuple[Reply, Context]:
        followup = self._decider.answering.followup
        if move == "more":
            fact = followup.next(context)
        elif move == "other-one":
            fact = followup.other(context)
        else:
            fact = followup.near(context, NEAR_KINDS[move])
        if fact is not None:
            near = () if move in {"more", "other-one"} else tuple(self.case.facts[id_] for id_ in fact.related)
            return self._tell([compose.Told(fact, others=near)], (), context)
        openers = themes.openers(self.case)
        if context.facts and move == "more":
            return compose.unknown(self.case, "no_more", openers), context
        return compose.not_found(self.case, openers, told=not context.concern), context

    def _tell(self, told: Sequence[compose.Told], named: tuple[str, ...], context: Context) -> tuple[Reply, Context]:
        unique = list({item.fact.id: item for item in reversed(told)}.values())[::-1]
        reply = compose.answer(self.case, unique, frozenset(context.facts))
        if context.concern and reply.kind is Kind.ANSWER:
            line = self.case.voice.say("answer.support_line")
            reply = reply._replace(text=f"{reply.text}\n\n{line}")
        return reply, after(self.case, context, [item.fact for item in unique], named)

    def _answered(self, decision: Decision, context: Context) -> tuple[Reply, Context]:
        """Tell the facts that answer a message, and behind them what was reckoned from days."""
        events = self._decider.answering.events
        replies = [calendar.reply(self.case, events.calendar, days) for days in decision.reckoned]
        if decision.answers:
            named = tuple(id_ for answer in reversed(decision.answers) for id_ in answer.named)
            told, context = self._tell([self._told(answer) for answer in decision.answers], named, context)
            replies.insert(0, told)
        for reply in replies[bool(decision.answers) :]:
            context = after(self.case, context, [self.case.facts[id_] for id_ in reply.facts], ())
        return compose.together(replies), context

    def _told(self, answer: Answer) -> compose.Told:
        """The fact of an answer as it is to be told, with those that may have been meant where that isn't plain."""
        verdict = answer.found.verdict
        told = compose.Told(answer.fact, answer.lead, verdict.score, answer.found.attributed, answer.finding)
        if verdict.sureness >= self._tuning.plainly:
            return told
        others = (self.case.facts[one.id] for one in verdict.candidates[1:] if one.id in self.case.facts)
        return told._replace(others=tuple(others)[:RUNNERS_UP])


def _shown(reply: Reply, context: Context) -> tuple[Reply, Context]:
    """Keep what a reply offers, since a number means the last list shown; a reply without one leaves the list before."""
    offered = tuple(choice.id for choice in reply.offers)
    return reply, context._replace(offered=offered) if offered else context
