"""Questions put together from frames, events, reports, people and days: whatever is asked of what, something is said."""

import random

import pytest

from bot.reply import NOTHING

FRAMES = [
    "was {a} before {b}",
    "did {a} come out before {b}",
    "how long after {a} was published did {b}",
    "what came first, {a} or {b}",
    "when was {a} published and {b} issued",
    "does {a} agree with {b} about {day}",
    "did {a} happen on {day}",
    "what happened on {day} according to {a}",
    "how many days between {a} and {b}",
    "so {a} was after {b}, wasn't it",
    "which of {a} and {b} is right about {day}",
    "did {who} know about {a} before {b}",
    "between {a} and {b} what did {who} do",
    "no, {b}",
    "and {a}?",
    "until when {a}",
    "what weekday did {a} appear",
    "is it {who} or {a}",
]
EVENTS = ["the killing", "the warrant", "the petition", "the driver's release", "the inquests", "the alarm", "bail"]
REPORTS = ["the Ham & High report", "Ham & High", "the LBC article", "ITV News", "the ITV one", "which paper"]
DAYS = ["24 January", "4 January", "monday", "the 26th", "in 2022", "between 4 and 24 january", "february 4"]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_asked_of_what_something_is_said(conversation, case, seed):
    """Three turns on end, a hundred times: no reply raises, and none is empty."""
    draw = random.Random(seed)
    people = [entity.name for entity in case.entities.values()]
    for _ in range(100):
        context = NOTHING
        for _ in range(3):
            of = [draw.choice(draw.choice((EVENTS, REPORTS, people))) for _ in "ab"]
            asked = draw.choice(FRAMES).format(a=of[0], b=of[1], day=draw.choice(DAYS), who=draw.choice(people))
            reply, context = conversation.reply(asked, context)
            assert reply.text.strip(), asked
