"""`casebook evaluate`: accuracy by tag, what is taken for what, and every failure, on labelled questions.

A line of a file is one message, or one conversation in `turns`:

    {"id": "...", "q": "...", "kinds": ["answer"], "all": ["regex"], "none": ["regex"], "cite": ["source"],
     "facts": ["fact"], "lead": "yes", "tags": ["..."]}

`kinds` are the acceptable kinds of reply; every regex in `all` must be found in its text, none of those in `none` may
be; one source of `cite` must be cited. `facts`, where given, are the facts of which one must be told: they make the
table of what is taken for what. `lead` is how the answer must begin: `yes`, `no`, `said` where somebody said so, or
`none`; right, missing and wrong ones are counted.

A line that doesn't begin with `{` is a plain question: it wants to find something, no matter what. Those that find
nothing are told at the end, by the fact that is nearest to each.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.conversation import Conversation
from bot.curator import articles
from bot.curator.sweep import swept
from bot.decision import Decision
from bot.loading import index_of
from bot.operator import BAD_USAGE, UsageError, as_told
from bot.reply import NOTHING, Kind, Reply
from knowledge.case.load import load_case
from knowledge.case.model import Case

MOST_CHARACTERS = 900
MOST_FACTS = 4
SHOWN = 160


@dataclass(frozen=True, slots=True)
class Outcome:
    """One message with the reply that it got and what was wrong with it; of a plain question that it found nothing.

    `nearest` is the fact that comes nearest where none is told, empty where none does; `name` is empty for a plain
    question.
    """

    name: str
    label: Mapping[str, Any]
    tags: tuple[str, ...]
    reply: Reply
    faults: tuple[str, ...]
    nearest: str = ""

    @property
    def led(self) -> str:
        """Return whether the reply begins as it should, `right`, `missing` or `wrong`; nothing where no label says."""
        wanted, got = self.label.get("lead", ""), self.reply.lead if self.reply.lead in LEADS else "none"
        if not wanted:
            return ""
        return "right" if got == wanted else "missing" if got == "none" else "wrong"

    @property
    def false(self) -> bool:
        """Tell whether something was stated that the label says is wrong: worse than a refusal."""
        return bool(self.faults) and self.reply.kind is Kind.ANSWER


LEADS = ("yes", "no", "said", "said_not")
"""The leads that a label may want; anything else counts as `none`."""


def run(folder: Path | None, files: Sequence[Path], sweep: str | None) -> int:
    """Print the measures, or those of a sweep. Returns 2 where a file or the sweep cannot be read, otherwise 0."""
    case = load_case(folder)
    index = index_of(case, os.environ)
    try:
        tunings = swept(sweep)
    except ValueError as error:
        print(f"casebook: --sweep: {error}")
        return BAD_USAGE
    for name, tuning in tunings:
        conversation = Conversation(case, index, tuning)
        outcomes = [outcome for file in files for outcome in evaluate(conversation, file)]
        for line in report(outcomes) if sweep is None else [f"{name}  {_brief(outcomes)}"]:
            print(line)
    return 0


def _brief(outcomes: Sequence[Outcome]) -> str:
    right = sum(not outcome.faults for outcome in outcomes)
    wrong = sum(outcome.false for outcome in outcomes)
    surely = sum(outcome.false and not outcome.reply.understood for outcome in outcomes)
    support = [Kind.SUPPORT.value]
    missed = sum(outcome.label["kinds"] == support != [outcome.reply.kind] for outcome in outcomes)
    alarms = sum(
        outcome.reply.kind is Kind.SUPPORT and Kind.SUPPORT not in outcome.label["kinds"] for outcome in outcomes
    )
    leads = sum(outcome.led == "missing" for outcome in outcomes)
    state = f"{wrong} state something wrong ({surely} without a word of doubt)"
    cries = f"{missed} cries missed, {alarms} false alarms"
    return f"{right}/{len(outcomes)} right, {leads} leads missing, {state}, {cries}"


def evaluate(conversation: Conversation, file: Path) -> Iterator[Outcome]:
    """Yield the outcome of every message of a file, conversations turn by turn. Raises UsageError for a line that is wrong."""
    lines = _lines(file)
    for number, line in as_told(lines, f"asking the questions of {file.name}"):
        try:
            yield from _outcomes(conversation, file.stem, line)
        except (ValueError, KeyError, TypeError, AttributeError, re.error) as error:
            wrong = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            place, problem = f"{file}:{number}", f"this is no labelled question ({wrong})"
            raise UsageError(place, problem, "CURATORS.md shows their form") from None


def _lines(file: Path) -> list[tuple[int, str]]:
    """The lines of a file that hold something, with their numbers; `#` begins a comment."""
    lines = ((number, line.strip()) for number, line in enumerate(articles.text(file).splitlines(), 1))
    return [(number, line) for number, line in lines if line and not line.startswith("#")]


def _outcomes(conversation: Conversation, stem: str, line: str) -> Iterator[Outcome]:
    """The outcome of each message of one line."""
    labelled = json.loads(line) if line.startswith("{") else _plain(line)
    turns = labelled.get("turns") or [labelled]
    context = NOTHING
    for number, label in enumerate(turns, 1):
        decision = conversation.decide(label["q"], context)
        reply, context = conversation.carry_out(decision, label["q"], context)
        name = str(labelled["id"] if len(turns) == 1 else f"{labelled['id']}.{number}")
        tags = (stem, *map(str, label.get("tags") or labelled.get("tags") or ()))
        wrong = tuple(faults(label, reply) if name else _found_nothing(reply))
        yield Outcome(name, label, tags, reply, wrong, _nearest(conversation.case, decision))


def faults(label: Mapping[str, Any], reply: Reply) -> Iterator[str]:
    """Yield why a reply falls short of its label; nothing where it holds."""
    if reply.kind not in label["kinds"]:
        yield f"kind {reply.kind}, wanted {' or '.join(label['kinds'])}"
    if reply.kind is Kind.ANSWER or Kind.ANSWER not in label["kinds"] or len(label["kinds"]) == 1:
        yield from (f"lacks /{wanted}/" for wanted in label.get("all", ()) if not _says(wanted, reply.text))
    yield from (f"says /{wrong}/" for wrong in label.get("none", ()) if _says(wrong, reply.text))
    if reply.kind is not Kind.ANSWER:
        return
    cited = {citation.source for citation in reply.citations}
    if not cited or (label.get("cite") and not cited & set(label["cite"])):
        yield f"cites {', '.join(sorted(cited)) or 'nothing'}, wanted {' or '.join(label.get('cite', ())) or 'a source'}"
    if len(reply.text) > MOST_CHARACTERS or len(reply.facts) > MOST_FACTS:
        yield f"says too much: {len(reply.text)} characters, {len(reply.facts)} facts"
    if label.get("facts") and not set(label["facts"]) & set(reply.facts):
        yield f"tells {', '.join(reply.facts)}, wanted {' or '.join(label['facts'])}"


def _says(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE | re.DOTALL) is not None


def report(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield the lines of the report: failures, what is taken for what, accuracy by tag, and the count of false answers."""
    by_tag: dict[str, list[bool]] = defaultdict(list)
    confused: Counter[tuple[str, str]] = Counter()
    for outcome in outcomes:
        for tag in dict.fromkeys((*outcome.tags, "ALL")):
            by_tag[tag].append(not outcome.faults)
        if outcome.led == "wrong":
            yield f"{outcome.name}  {outcome.label['q'][:SHOWN]!r}: lead {outcome.reply.lead}, wanted {outcome.label['lead']}"
        if outcome.faults and outcome.name:
            yield f"{outcome.name}  {outcome.label['q'][:SHOWN]!r}"
            yield f"    {'; '.join(outcome.faults)}"
            yield f"    -> {outcome.reply.kind} {', '.join(outcome.reply.facts)}: {outcome.reply.text[:SHOWN]!r}"
        told = ", ".join(outcome.reply.facts) or str(outcome.reply.kind)
        if outcome.faults and outcome.label.get("facts"):
            confused[(" or ".join(outcome.label["facts"]), told)] += 1
    for (wanted, told), count in confused.most_common():
        yield f"{count:4} x wanted {wanted}, got {told}"
    for tag, held in sorted(by_tag.items(), key=lambda item: (item[0] == "ALL", item[0])):
        yield f"{tag:24} {sum(held):4}/{len(held):<4} {sum(held) / len(held):6.1%}"
    leads = Counter(outcome.led for outcome in outcomes if outcome.led)
    if leads:
        yield f"leads: {leads['right']} right, {leads['missing']} missing, {leads['wrong']} wrong"
    false = [outcome for outcome in outcomes if outcome.false]
    surely = sum(not outcome.reply.understood for outcome in false)
    yield f"answers that state something wrong: {len(false)}, {surely} of them without a word of doubt"
    yield from _unfound(
        [one for one in outcomes if one.faults and Kind.ANSWER in one.label["kinds"] and not one.reply.facts]
    )


HOW = {
    Kind.ANSWER: "answered from no fact",
    Kind.CLARIFY: "asked back",
    Kind.UNKNOWN: "not found",
    Kind.SUPPORT: "heard as a cry",
    Kind.COURTESY: "taken for no question",
}
"""What became of a question instead."""
SHOWN_UNFOUND = 100


def _plain(question: str) -> dict[str, Any]:
    """The label of a question that wants a fact told, whichever: what is reported, or that it isn't."""
    return {"id": "", "q": question, "kinds": [Kind.ANSWER, Kind.UNKNOWN]}


def _nearest(case: Case, decision: Decision) -> str:
    """The likeliest fact of what was looked at, empty where there was none."""
    looked = (*decision.tried, *((decision.found,) if decision.found else ()))
    candidates = [one for found in looked for one in found.verdict.candidates if one.id in case.facts]
    return max(candidates, key=lambda one: one.score).id if candidates else ""


def _found_nothing(reply: Reply) -> Iterator[str]:
    """Why a plain question found nothing; nothing where a fact was told."""
    if not reply.facts:
        yield HOW[reply.kind]


def _unfound(lost: Sequence[Outcome]) -> Iterator[str]:
    """The questions that no fact was told to under their nearest facts, the fact with the most of them first."""
    if not lost:
        return
    by_fact: dict[str, list[Outcome]] = {}
    for one in lost:
        by_fact.setdefault(one.nearest, []).append(one)
    yield ""
    yield "found nothing, by the nearest fact:"
    for fact, some in sorted(by_fact.items(), key=lambda item: (not item[0], -len(item[1]), item[0])):
        yield f"  {fact or 'no fact is near'}: {len(some)}"
        for one in some:
            yield f"    {one.label['q'][:SHOWN_UNFOUND]!r}  {HOW[one.reply.kind]}"
