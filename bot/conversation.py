"""One message and one context make one Reply and the next context. Pure: no clock, no I/O, nothing kept."""

from __future__ import annotations

from collections.abc import Sequence

from bot import compose, pages
from bot.context import NOTHING, Context
from bot.followup import Followup
from bot.lead import Leads
from bot.reply import Choice, Kind, Reply
from bot.typed import SUPPORT_PAGES, Typed
from knowledge.care import Care, Cry, question_in
from knowledge.decide import DENIAL, DOUBT, THRESHOLD, Outcome, Scored
from knowledge.lookup import MOVE, Found, Lookup
from knowledge.model import Case, Fact, Status
from knowledge.question import FILLERS, MOST_PARTS, Part, split
from knowledge.sense import Senses
from knowledge.text import MAX_CHARACTERS, fold, tokenise

MOST_FACTS_KEPT = 8
MOST_PEOPLE_KEPT = 6
NEEDS_OFFERED = 5
"""How many needs stand under a support reply (the care page: a closed choice, then "Show all")."""
ASKED_FOR = frozenset({"contacts", "quiet", "deaf", "tracks", "harm", "address"})
"""Concerns that say nothing of what is going on with the person, so that they are not kept."""
REFUSED = {"off-topic": "off_topic", "opinion": "opinion", "injection": "injection"}
"""Moves that are not answered, with what is said to them."""

LONG = 9
"""From how many words on a message may hold its question somewhere inside."""

NEAR_KINDS = {
    "why-that": ("reason",),
    "when-that": ("date", "time", "timeline"),
    "where-that": ("place",),
    "who-that": ("person", "name"),
    "how-that": ("manner",),
}
"""The kinds of answer that a bare "why?", "when?", "where?", "who?" and "how?" want."""


class Conversation:
    """Answers messages about one case. Holds nothing of what people write."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.timeline = pages.timeline(case)
        self._care = Care(case)
        self._lookup = Lookup(case)
        self._followup = Followup(case, self._lookup)
        self._typed = Typed(case)
        self._senses = Senses(case, self._lookup)
        self._leads = Leads(case, self._senses)

    def reply(self, message: str, context: Context = NOTHING) -> tuple[Reply, Context]:
        """Answer one message. Never raises, whatever the text."""
        with self._care.one_message(), self._lookup.one_message():
            text = fold(message)
            return self._reply(text, context) if tokenise(text) else (self._wordless(message), context)

    def _reply(self, text: str, context: Context) -> tuple[Reply, Context]:
        chosen = self._typed.chosen(text, context.offered)
        if chosen:
            return self.choose(chosen, context)
        if self._typed.is_beyond(text, context.offered):
            key = "courtesy.short_list" if context.offered else "courtesy.no_list"
            return compose.courtesy(self.case, key, last=len(context.offered)), context
        found = self._care.read(text, self._lookup, following=bool(context.facts))
        if found is not None:
            cry = self._as_needed(found, text)
            reply, after = self._support(cry, context, asked=cry.concern == "contacts")
            return _shown(self._with_question(reply, text), after)
        return _shown(*self._answer(text, context))

    def choose(self, choice: str, context: Context = NOTHING) -> tuple[Reply, Context]:
        """Answer a tap on a Choice. One whose id is no longer known gets a kind line."""
        kind, _, id_ = choice.partition(":")
        if kind == "fact" and id_ in self.case.facts:
            return _shown(*self._tell([self._asked(self.case.facts[id_])], (), context))
        if kind == "page" and id_ in pages.PAGES:
            kept = NOTHING if id_ == "forget" else context._replace(offered=())
            return _shown(pages.PAGES[id_](self.case), kept)
        if kind == "need" and id_ in self.case.care.needs:
            need = self.case.care.needs[id_]
            return _shown(*self._support(Cry(need.row, need.contacts), context))
        if kind == "contact" and id_ in self.case.helplines:
            return _shown(*self._support(Cry("contacts", (id_,)), context))
        return compose.courtesy(self.case, "courtesy.unknown_choice"), context

    def page(self, name: str) -> Reply:
        """Return a page by its name. Raises KeyError for a name that is not in `pages.PAGES`."""
        return pages.PAGES[name](self.case)

    def looks_like_help(self, message: str) -> bool:
        """Tell whether the message would be answered with support contacts."""
        with self._care.one_message(), self._lookup.one_message():
            text = fold(message)
            is_chosen = self._typed.chosen(text, ()).startswith(("need:", "contact:"))
            return is_chosen or self._care.read(text, self._lookup) is not None

    def search(self, message: str, most: int) -> tuple[Reply, ...]:
        """Return up to `most` answers, best first, one fact each; none where nothing fits."""
        verdict = self._lookup.find(fold(message)).verdict
        if verdict.outcome is Outcome.NOTHING:
            return ()
        facts = [self.case.facts[found.id] for found in verdict.scored if found.id in self.case.facts]
        replies = [compose.answer(self.case, [compose.Told(fact)]) for fact in facts]
        return tuple(reply for reply in replies if reply.kind is Kind.ANSWER)[:most]

    def _answer(self, text: str, context: Context) -> tuple[Reply, Context]:
        put = self._followup.put_to(text, context)
        if put is not None:
            return compose.where_from(self.case, self.case.facts[context.facts[0]], put), context
        parts = split(text)
        told: list[compose.Told] = []
        named: tuple[str, ...] = ()
        running = context
        for part in parts:
            found = self._find(part, text if len(parts) == 1 else part.text, running)
            if len(parts) == 1:
                found = self._within(text, found)
            item = self._told(found)
            if item is None and len(parts) == 1:
                return self._other(text, found, context)
            if item is not None:
                told.append(item._replace(lead=self._lead(item.fact, part, text, running)))
                people = (*found.question.entities, *self._followup.meant(part.text, running))
                named = (*people, *named)
                running = self._after(running, [item.fact], people)
        if not told:
            return self._other(text, self._find(Part(text), text, context), context)
        return self._tell(told[:MOST_PARTS], named, context)

    def _find(self, part: Part, whole: str, context: Context) -> Found:
        again = self._followup.same_of_another(part.text, context)
        if again is not None and again.verdict.outcome is Outcome.ANSWER:
            return again
        found = self._followup.find(part.text, context, part.story)
        if found.verdict.outcome is Outcome.ANSWER or part.text == whole:
            return found
        wider = self._followup.find(whole, context)
        return wider if wider.verdict.outcome is Outcome.ANSWER else found

    def _within(self, text: str, found: Found) -> Found:
        """Look for the question inside a longer message that as a whole found nothing sure."""
        if found.verdict.outcome is Outcome.ANSWER or len(tokenise(text)) < LONG:
            return found
        inside = self._lookup.search_within(text)
        return inside if inside.verdict.outcome is Outcome.ANSWER else found

    def _asked(self, fact: Fact) -> compose.Told:
        """Return a fact as the answer to the question that offers it, with its yes or no where there is one."""
        asked = fact.ask[0]
        item = self._told(self._lookup.find(asked))
        if item is None or item.fact is not fact:
            return compose.Told(fact)
        return item._replace(lead=self._lead(fact, Part(asked), asked, NOTHING))

    def _told(self, found: Found) -> compose.Told | None:
        best = found.verdict.best
        if found.verdict.outcome is not Outcome.ANSWER or best is None or best.id not in self.case.facts:
            return None
        fact = self.case.facts[best.id]
        return compose.Told(fact, score=best.score, attributed=found.attributed)

    def _lead(self, fact: Fact, part: Part, text: str, context: Context) -> str:
        """How the answer to one question of a message begins; those whom the rest of the message names come first."""
        if not (fact.yes or fact.no or fact.values):
            return ""
        whole, own = (frozenset(self._lookup.read(words).entities) for words in (text, part.text))
        story = not FILLERS.issuperset(tokenise(part.story))
        spoken = self._followup.spoken(context)
        people = (whole - own, *(() if story else spoken.people))
        return self._leads.lead(self._senses.read(part.text), fact, spoken._replace(people=people, story=story))

    def _other(self, text: str, found: Found, context: Context) -> tuple[Reply, Context]:
        """Answer what no fact answers: a move, a question back, or that the reports don't say."""
        if self._followup.thanks(text):
            return compose.courtesy(self.case, "courtesy.thanks"), context
        best = found.verdict.best
        if best is not None and best.id.startswith(MOVE) and found.verdict.outcome is not Outcome.NOTHING:
            return self._move(best.id.removeprefix(MOVE), context)
        context = self._after(context, (), found.question.entities)
        facts = [self.case.facts[scored.id] for scored in _facts_of(found.verdict.scored)]
        choices = compose.offered(facts)
        if found.verdict.outcome is Outcome.ASK and facts:
            unreported = facts[0].status is Status.UNREPORTED
            if len(choices) > 1 and not unreported:
                return compose.clarify(self.case, choices, found.score), context
            least = DENIAL if unreported else THRESHOLD if len(facts) > 1 else DOUBT
            if found.score >= least:
                return self._tell([compose.Told(facts[0], score=found.score)], (), context)
        return compose.unknown(self.case, "not_found", choices, found.score), context

    def _move(self, move: str, context: Context) -> tuple[Reply, Context]:
        if move.startswith("page-"):
            return self.choose(f"page:{move.removeprefix('page-')}", context)
        if move in NEAR_KINDS or move in {"more", "other-one"}:
            return self._near(move, context)
        last = self._followup.last(context)
        if move in {"who-said", "which-paper", "report-date", "sure"} and last is not None:
            return compose.where_from(self.case, last), context
        if move in REFUSED:
            return compose.unknown(self.case, REFUSED[move], self._openers()), context
        return compose.courtesy(self.case, f"courtesy.{move.replace('-', '_')}"), context

    def _near(self, move: str, context: Context) -> tuple[Reply, Context]:
        if move == "more":
            fact = self._followup.next(context)
        elif move == "other-one":
            fact = self._followup.other(context)
        else:
            fact = self._followup.near(context, NEAR_KINDS[move])
        if fact is not None:
            return self._tell([compose.Told(fact)], (), context)
        key = "no_more" if context.facts and move == "more" else "not_found"
        return compose.unknown(self.case, key, self._openers()), context

    def _tell(self, told: Sequence[compose.Told], named: tuple[str, ...], context: Context) -> tuple[Reply, Context]:
        unique = list({item.fact.id: item for item in reversed(told)}.values())[::-1]
        reply = compose.answer(self.case, unique, frozenset(context.facts))
        after = self._after(context, [item.fact for item in unique], named)
        if context.concern and reply.kind is Kind.ANSWER:
            line = self.case.voice.say("answer.support_line")
            reply = reply._replace(text=f"{reply.text}\n\n{line}")
        return reply, after

    def _after(self, context: Context, facts: Sequence[Fact], named: Sequence[str]) -> Context:
        ids = tuple(dict.fromkeys([*(fact.id for fact in reversed(facts)), *context.facts]))
        about = [id_ for fact in reversed(facts) for id_ in fact.about]
        people = tuple(dict.fromkeys([*named, *about, *context.people]))
        return context._replace(facts=ids[:MOST_FACTS_KEPT], people=people[:MOST_PEOPLE_KEPT])

    def _support(self, cry: Cry, context: Context, *, asked: bool = False) -> tuple[Reply, Context]:
        first = compose.needs(self.case, self.case.care.offered[:NEEDS_OFFERED])
        choices = [*first, *(Choice(f"page:{page}", self.case.voice.say(key)) for page, key in SUPPORT_PAGES.items())]
        reply = compose.support(self.case, cry, choices, asked=asked)
        return reply, context if cry.concern in ASKED_FOR else context._replace(concern=cry.concern)

    def _as_needed(self, cry: Cry, text: str) -> Cry:
        """Return a request with the row of the need that its contacts begin with: "can I text someone" is the row `quiet`.

        Who asks only where somebody of the case lives is told no without being taken for one who means harm.
        """
        words, lists = set(tokenise(text)), self.case.care.lists
        if cry.concern == "harm" and words & {*lists["whereabouts"]} and not words & {*lists["sought"]}:
            return Cry("address")
        needs = self.case.care.needs.values() if cry.concern == "contacts" else ()
        rows = (
            need.row for need in needs if need.row in ASKED_FOR and cry.contacts[: len(need.contacts)] == need.contacts
        )
        return cry._replace(concern=next(rows, cry.concern))

    def _with_question(self, reply: Reply, text: str) -> Reply:
        """Offer the answer to a question about the case that stood beside a cry; one for contacts is answered already."""
        asked = question_in(text)
        item = self._told(self._followup.find(asked, NOTHING)) if asked else None
        if item is None or item.fact.contacts:
            return reply
        return reply._replace(suggestions=compose.offered([item.fact]))

    def _wordless(self, message: str) -> Reply:
        return compose.courtesy(self.case, "courtesy.empty" if len(message) < MAX_CHARACTERS else "courtesy.too_long")

    def _openers(self) -> tuple[Choice, ...]:
        return compose.offered(self.case.facts.values())


def _shown(reply: Reply, context: Context) -> tuple[Reply, Context]:
    """Keep what a reply offers, since a number means the last list shown; a reply without one leaves the list before."""
    offered = tuple(choice.id for choice in reply.offers)
    return reply, context._replace(offered=offered) if offered else context


def _facts_of(scored: Sequence[Scored]) -> list[Scored]:
    return [found for found in scored if not found.id.startswith(MOVE)]
