"""Labelled files: what writers who had read the reports asked and stated is led as its label wants."""

from collections import Counter
from pathlib import Path

from bot.curator.evaluate import evaluate

LEADS = [Path(__file__).parent / f"labelled/leads-{name}.jsonl" for name in ("polar", "asked")]
"""Questions and statements of writers who had read the reports and nothing else: half settled, a quarter claims."""

DAYS_AND_REPORTS = LEADS[0].with_name("days-and-reports.jsonl")
"""Days and intervals, questions put to one report, where the reports differ, statements; of six writers who read the reports."""


def test_days_reports_and_their_differences_are_told(conversation):
    """Of each kind nineteen in twenty."""
    right, asked = Counter[str](), Counter[str]()
    for outcome in evaluate(conversation, DAYS_AND_REPORTS):
        asked.update(outcome.tags)
        right.update(outcome.tags if not outcome.faults else ())
    assert {tag: right[tag] >= 0.95 * number for tag, number in asked.items()} == dict.fromkeys(asked, True)


def test_no_lead_is_wrong_and_most_are_there(conversation):
    """No yes, no or "said so" that the label doesn't want; of the settled and of the claims, seven in ten are led."""
    outcomes = [outcome for file in LEADS for outcome in evaluate(conversation, file)]
    wrong = [(outcome.label["q"], outcome.reply.lead) for outcome in outcomes if outcome.led == "wrong"]
    assert wrong == []
    counted = Counter((outcome.label["lead"] in {"yes", "no"}, outcome.led) for outcome in outcomes)
    claims = Counter(outcome.led for outcome in outcomes if outcome.label["lead"] == "said")
    assert counted[True, "right"] >= 0.7 * sum(counted[True, led] for led in ("right", "missing"))
    assert claims["right"] >= 0.7 * claims.total()
