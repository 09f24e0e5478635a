"""Facts put into words, with the reports that they come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot import contacts
from bot.phrasing import capital, day, joined, of_the_case
from bot.reply import Choice, Citation, Kind, Reply
from knowledge.case.model import Case, Fact, Passage, Source, Status
from knowledge.language.attribution import Attributed
from knowledge.matching.finding import Finding

MOST_CHARACTERS = 900
"""The most that an answer may say in words; a longer one is no answer but a recital."""


MOST_SUGGESTIONS = 3

WRITTEN_LEAD = re.compile(r"(Yes|No)[.,:]")
"""How an answer begins that a curator begins with yes or no."""

MOST_QUOTED = 2
"""How many passages of the report that was asked for are quoted in words."""


class Told(NamedTuple):
    """A fact about to be told. `lead` is how its answer begins: `yes`, `no`, `said`, `said_not`, `else`, `undated` or nothing.

    `attributed` is set where the question was put to one of the reports, `finding` where a claim gave the lead.
    `others` are the facts that may have been meant instead, where that isn't plain: the answer then says what was
    understood.
    """

    fact: Fact
    lead: str = ""
    score: float = 1.0
    attributed: Attributed | None = None
    finding: Finding | None = None
    others: tuple[Fact, ...] = ()


def citation(source: Source, passage: Passage) -> Citation:
    """Return a passage as shown to a reader, without a headline that is sensational."""
    headline = None if source.sensational else source.headline
    return Citation(source.id, source.publisher, headline, source.published, passage.paragraph, passage.quote)


def citations(case: Case, facts: Iterable[Fact], first: Iterable[Passage] = ()) -> tuple[Citation, ...]:
    """Return the passages behind some facts, each once, in the order told, after those that are to come first."""
    return passages_cited(case, (*first, *(passage for fact in facts for passage in case.shown_passages(fact))))


def passages_cited(case: Case, passages: Iterable[Passage]) -> tuple[Citation, ...]:
    """Return passages as citations, each once; a paragraph named alone not beside a quotation from it."""
    cited = dict.fromkeys(citation(case.sources[passage.source], passage) for passage in passages)
    quoted = {(one.source, one.paragraph) for one in cited if one.quote}
    return tuple(one for one in cited if one.quote or (one.source, one.paragraph) not in quoted)


def suggestion(fact: Fact) -> Choice:
    """Return the fact as a next question."""
    return Choice(f"fact:{fact.id}", fact.question)


def offered(facts: Iterable[Fact]) -> tuple[Choice, ...]:
    """Return up to three facts as next questions.

    What the reports don't say, or who is to blame, is never offered: that would spread it.
    """
    told = [suggestion(fact) for fact in facts if fact.is_offered]
    return tuple(told[:MOST_SUGGESTIONS])


def suggestions(case: Case, facts: Sequence[Fact], told: frozenset[str]) -> tuple[Choice, ...]:
    """Return up to three next questions near to what was told, none that was told already."""
    near = [id_ for fact in facts for id_ in ((fact.nearest, *fact.related) if fact.nearest else fact.related)]
    fresh = [id_ for id_ in dict.fromkeys(near) if id_ not in told and id_ not in {fact.id for fact in facts}]
    return offered(case.facts[id_] for id_ in fresh)


def answer(case: Case, told: Sequence[Told], before: frozenset[str] = frozenset()) -> Reply:
    """Tell one to three facts in one reply. It is `unknown` where the reports say none of them."""
    facts = [item.fact for item in told]
    texts = [_put(case, item) for item in told]
    if sum(map(len, texts)) > MOST_CHARACTERS - 2 * len(texts):
        texts = [_put(case, item, brief=True) for item in told]
    known = [fact for fact in facts if fact.status is not Status.UNREPORTED]
    kind = Kind.ANSWER if known else Kind.UNKNOWN
    if kind is Kind.UNKNOWN:
        texts += filter(None, [person_line(case)])
    texts += _cards(case, facts)
    own = [passage for item in told for passage in _own(case, item.fact, item.attributed)]
    return Reply(
        kind,
        "\n\n".join(texts),
        facts=tuple(fact.id for fact in facts),
        citations=citations(case, facts, first=own),
        helplines=contacts.cards(case, [id_ for fact in facts for id_ in fact.contacts]),
        suggestions=_next(case, told, before),
        score=min(item.score for item in told),
        lead=_lead(texts[0], told[0]),
        understood=_is_understood(told[0]),
    )


def _next(case: Case, told: Sequence[Told], before: frozenset[str]) -> tuple[Choice, ...]:
    """Up to three next questions: first those that may have been meant."""
    facts = [item.fact for item in told]
    meant = [suggestion(other) for item in told for other in item.others if other.is_offered and other not in facts]
    return tuple(dict.fromkeys([*meant, *suggestions(case, facts, before)]))[:MOST_SUGGESTIONS]


def together(replies: Sequence[Reply]) -> Reply:
    """Return several replies as one, with the kind of the first."""
    first, *others = replies
    if not others:
        return first
    return first._replace(
        text="\n\n".join(reply.text for reply in replies),
        facts=tuple(dict.fromkeys(id_ for reply in replies for id_ in reply.facts)),
        citations=tuple(dict.fromkeys(cited for reply in replies for cited in reply.citations)),
        suggestions=tuple(dict.fromkeys(one for reply in replies for one in reply.suggestions))[:MOST_SUGGESTIONS],
    )


def _cards(case: Case, facts: Sequence[Fact]) -> list[str]:
    """The contacts of some facts as they stand today, beside what an article printed once."""
    shown = contacts.cards(case, [id_ for fact in facts for id_ in fact.contacts])[: contacts.MOST_SHOWN]
    return [case.voice.say("answer.contacts"), *contacts.lines(case, shown)] if shown else []


def _lead(text: str, item: Told) -> str:
    """How an answer begins, whether a claim or a wording says so or the curator wrote it."""
    written = WRITTEN_LEAD.match(text)
    return written[1].lower() if written else item.lead


def _is_understood(item: Told) -> bool:
    """Whether an answer begins with what was understood; a yes, a no or a speaker shows that too."""
    is_led = item.lead or item.fact.responsible or WRITTEN_LEAD.match(item.fact.answer)
    return bool(item.others and item.fact.topic) and not is_led


def _led(case: Case, item: Told, *, brief: bool = False) -> str:
    text = item.fact.short if brief and item.fact.status is not Status.UNREPORTED else item.fact.answer
    if item.fact.responsible:
        name = case.entities[item.fact.responsible].name
        text = f"{case.voice.say('answer.responsible', it=case.it, name=name)} {text}"
    if WRITTEN_LEAD.match(text):
        return text
    if item.finding is not None and item.lead in {"said", "said_not", "else"}:
        return case.voice.say(f"answer.{item.lead}", text=text, **_lead_fields(case, item.fact, item.finding))
    if item.lead == "yes" and item.finding is not None and item.finding.is_then:
        return case.voice.say("answer.yes_then", text=text)
    if _is_understood(item):
        return case.voice.say("answer.understood", topic=item.fact.topic, text=text)
    return case.voice.say(f"answer.{item.lead}", text=text) if item.lead else text


def _lead_fields(case: Case, fact: Fact, finding: Finding) -> dict[str, str]:
    """Who said what a claim says, in which report, and of whom the reports say it, and of whom they don't."""
    passages = _passages_of(case, fact, finding.speakers)
    own = finding.claim.who if finding.asked.is_who else next(iter(finding.claim.whom), finding.claim.who)
    who = case.entities.get(own)
    return {
        "speaker": _speakers(case, finding.speakers),
        "publisher": case.sources[passages[0].source].counts_as if passages else "",
        "named": who.name if who else "",
        "asked": case.entities[finding.asked.id].name if finding.asked.id else "",
    }


def _passages_of(case: Case, fact: Fact, speakers: Sequence[str]) -> Sequence[Passage]:
    """The passages of a fact that give the words of one of some speakers, or of one whom they may be; all where none does."""
    shown = case.shown_passages(fact)
    alike = {*speakers, *(other for id_ in speakers for other in case.entities[id_].may_be)}
    own = [
        one for one in shown if one.speaker and not alike.isdisjoint((one.speaker, *case.entities[one.speaker].may_be))
    ]
    return own or shown


def _put(case: Case, item: Told, *, brief: bool = False) -> str:
    """A fact in words where the question was put to one report: that it doesn't say, or its own words for it."""
    own, asked = _own(case, item.fact, item.attributed), item.attributed
    text = _led(case, item, brief=brief)
    if asked is None or item.fact.status is Status.UNREPORTED:
        return text
    if not asked.publication:
        return " ".join(filter(None, (text, _put_to_several(case, item.fact, asked))))
    if not own:
        return case.voice.say("source.unsaid", asked=_asked(case, asked), text=text)
    shown = case.shown_passages(item.fact)
    return text if any(passage in shown for passage in own) else f"{text} {_in_its_words(case, asked, own)}"


def _put_to_several(case: Case, fact: Fact, asked: Attributed) -> str:
    """What all the reports have of a fact, or what each of those that are held against each other has, in its words."""
    if len(asked.sources) == len(case.sources):
        return _across(case, fact)
    sources = [source for source in case.sources.values() if source.id in asked.sources]
    told = []
    for publication in dict.fromkeys(source.counts_as for source in sources):
        entity = next(id_ for id_, one in case.entities.items() if one.name == publication)
        of_one = asked._replace(
            publication=entity, sources=frozenset(source.id for source in sources if source.counts_as == publication)
        )
        own = _own(case, fact, of_one)
        silent = case.voice.say("source.silent", asked=_asked(case, of_one))
        told.append(_in_its_words(case, of_one, own) if own else silent)
    shown = {passage.id for passage in _own(case, fact, asked)}
    return " ".join([*told, *(one.note for one in fact.differs if shown & {*one.passages})])


def _across(case: Case, fact: Fact) -> str:
    """Which reports have something of a fact, which don't, and which have it otherwise; nothing of one about the reports."""
    if not fact.cited or not case.publications.isdisjoint(fact.about):
        return ""
    saying = {passage.source for passage in case.passages_from(fact, case.sources.keys())}
    named = {id_: source.publisher or source_name(case, source) for id_, source in case.sources.items()}
    some = [name for id_, name in named.items() if id_ in saying]
    others = [name for id_, name in named.items() if id_ not in saying]
    key = "some" if others else "all"
    told = case.voice.say(f"source.{key}", some=joined(some), others=joined(others))
    notes = " ".join(difference.note for difference in fact.differs)
    return f"{told} {case.voice.say('source.differs', notes=notes)}" if notes else told


def _own(case: Case, fact: Fact, asked: Attributed | None) -> tuple[Passage, ...]:
    """What the report that a question was put to has of a fact."""
    return case.passages_from(fact, asked.sources) if asked else ()


def _asked(case: Case, asked: Attributed) -> str:
    """The name of the report that a question was put to: of one of a publication's several, its own."""
    name = case.entities[asked.publication].name
    sources = [source for source in case.sources.values() if source.id in asked.sources]
    if len(sources) > 1 or sum(source.counts_as == name for source in case.sources.values()) == 1:
        return name
    return source_name(case, sources[0]) if sources[0].publisher == name else sources[0].publisher or name


def _in_its_words(case: Case, asked: Attributed, own: Sequence[Passage]) -> str:
    quoted = [passage.quote.rstrip(".") for passage in own if passage.quote][:MOST_QUOTED]
    if not quoted:
        return case.voice.say("source.unquoted", asked=_asked(case, asked))
    quotes = "; ".join(case.voice.say("source.quote", quote=quote) for quote in quoted)
    return contacts.sentence(case.voice.say("source.own", asked=_asked(case, asked), quotes=quotes))


def where_from(case: Case, fact: Fact) -> Reply:
    """Say a fact in short, who said it, and which reports it comes from."""
    named = _sources(case, fact)
    said = [fact.who_said or fact.short]
    if fact.follows:
        said.append(case.voice.say("source.follows", follows='" or "'.join(fact.follows)))
    if fact.who_said:
        said.append(case.voice.say("source.passages", sources=named))
    elif fact.speakers:
        said.append(case.voice.say("source.claim", speaker=_speakers(case, fact.speakers), sources=named))
    elif fact.status is Status.UNREPORTED:
        said.append(case.voice.say("source.unreported", sources=named))
    else:
        said.append(case.voice.say("source.one", sources=named))
    notes = () if fact.who_said else (difference.note for difference in fact.differs)
    return said_of(case, fact, " ".join([*said, *notes]))


def put_to(case: Case, fact: Fact, asked: Attributed) -> Reply:
    """Say a fact in short, and in the words of the report that it is put to, or that this one doesn't say it."""
    own = _own(case, fact, asked)
    if not asked.publication:
        return said_of(case, fact, " ".join(filter(None, (fact.short, _put_to_several(case, fact, asked)))), own)
    if fact.status is Status.UNREPORTED:
        return said_of(case, fact, case.voice.say("source.unsaid", asked=_asked(case, asked), text=fact.short))
    if own:
        notes = [one.note for one in fact.differs if {*one.passages} & {passage.id for passage in own}]
        return said_of(case, fact, " ".join([fact.short, _in_its_words(case, asked, own), *notes]), own)
    others = f"{fact.short} {case.voice.say('source.one', sources=_sources(case, fact))}"
    return said_of(case, fact, case.voice.say("source.unsaid", asked=_asked(case, asked), text=others))


def said_of(case: Case, fact: Fact, text: str, shown: Sequence[Passage] = ()) -> Reply:
    """Return what is said of a fact that was told before, with some of its passages, or else with all that are shown."""
    cited = passages_cited(case, shown) or citations(case, [fact])
    return Reply(
        Kind.ANSWER,
        text,
        facts=(fact.id,),
        citations=cited,
        suggestions=suggestions(case, [fact], frozenset()),
    )


def _sources(case: Case, fact: Fact) -> str:
    """The reports whose passages are shown with a fact, in words."""
    ids = dict.fromkeys(passage.source for passage in case.shown_passages(fact))
    return joined([source_name(case, case.sources[id_]) for id_ in ids])


def _speakers(case: Case, ids: Iterable[str]) -> str:
    """Those who said something as a sentence begins with them, nothing where there are none."""
    return capital(joined([case.entities[id_].name for id_ in ids]))


def source_name(case: Case, source: Source) -> str:
    """Return a source's publisher and date in words."""
    publisher = source.publisher or case.voice.say("answer.unknown_publisher")
    if source.published is None:
        return case.voice.say("source.undated", publisher=publisher)
    return case.voice.say("source.dated", publisher=publisher, published=day(source.published))


def clarify(case: Case, choices: Sequence[Choice], score: float) -> Reply:
    """Ask which of two or three things was meant."""
    lines = [
        case.voice.say("clarify.choice", number=number, label=choice.label) for number, choice in enumerate(choices, 1)
    ]
    return Reply(Kind.CLARIFY, "\n".join([case.voice.say("clarify.ask"), *lines]), choices=tuple(choices), score=score)


def unknown(case: Case, key: str, choices: Sequence[Choice] = (), score: float = 0.0) -> Reply:
    """Say that the reports don't say, and where a person can be reached."""
    lines = filter(None, (case.voice.say(f"unknown.{key}", **of_the_case(case)), person_line(case)))
    return Reply(Kind.UNKNOWN, "\n\n".join(lines), suggestions=tuple(choices), score=score)


def not_found(case: Case, choices: Sequence[Choice] = (), score: float = 0.0, *, told: bool = True) -> Reply:
    """Say that nothing was found; where an address is known, and `told`, that whoever keeps the facts can be written to there."""
    reply = unknown(case, "not_found", choices, score)
    if not (told and case.contact):
        return reply
    line = contacts.sentence(case.voice.say("unknown.tell", contact=case.contact))
    return reply._replace(text=f"{reply.text}\n\n{line}")


def person_line(case: Case) -> str:
    """Return the line that ends every reply without an answer, a way to a human being; nothing in a case about no harm."""
    return case.voice.say("unknown.person", phone=case.helplines["samaritans"].phone)


def courtesy(case: Case, key: str, **fields: object) -> Reply:
    """Return a courtesy reply."""
    return Reply(Kind.COURTESY, case.voice.say(key, **of_the_case(case), **fields))
