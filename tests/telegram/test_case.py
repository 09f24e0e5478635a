"""The shipped case on Telegram: every page, fact, choice and line passes the strict double's checks."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from bot.faces.telegram.handlers.commands import COMMANDS
from bot.faces.telegram.handlers.picture import draw
from bot.faces.telegram.handlers.timeline import ON_A_PICTURE, pages
from bot.faces.telegram.outgoing.render import keyboard, render
from tests.shared import conversation
from tests.telegram.strict import check_markup, check_text

if TYPE_CHECKING:
    from bot.reply import Reply


def check(reply: Reply) -> None:
    """Fail where Telegram would refuse a reply."""
    voice = conversation().case.voice
    for part in render(reply, voice, asked="Who was she?"):
        assert check_text(part.html, "HTML", 4096)[0] == part.plain.strip()
    buttons = keyboard(reply, voice)
    check_markup(buttons.to_json() if buttons else None)


def test_every_fact() -> None:
    """Each fact can be told by its button."""
    for fact in conversation().case.facts:
        check(conversation().choose(f"fact:{fact}")[0])


def test_every_need_and_contact() -> None:
    """Each kind of help and each contact can be told by its button, its number twice and one to copy."""
    case = conversation().case
    for choice in [*(f"need:{need}" for need in case.care.needs), *(f"contact:{id_}" for id_ in case.helplines)]:
        reply, _ = conversation().choose(choice)
        check(reply)
        for contact in reply.helplines:
            if contact.international:
                assert contact.phone in reply.text
                assert contact.international in reply.text


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "timeline"])
def test_every_page(name: str) -> None:
    """Each command's page can be sent, and the command is described within Telegram's bounds."""
    check(conversation().page(name))
    assert 1 <= len(conversation().case.voice.say(f"telegram.command.{name}")) <= 256


def test_timeline() -> None:
    """Each page of the timeline holds its moments, and the picture keeps within Telegram's bounds."""
    moments = conversation().timeline
    told = [check_text(part.html, "HTML", 4096)[0] for part in pages(moments, conversation().case.voice)]
    for moment in moments:
        assert any(moment.text in page and moment.citation.quote in page for page in told)
    drawn = Image.open(BytesIO(draw([(moment.label, moment.text, "A paper") for moment in moments[:ON_A_PICTURE]])))
    assert drawn.width + drawn.height <= 10_000
    assert max(drawn.size) <= 20 * min(drawn.size)


def test_profile() -> None:
    """The profile is within Telegram's bounds and says 999 first."""
    voice = conversation().case.voice
    assert len(voice.say("telegram.profile.description")) <= 512
    assert voice.say("telegram.profile.description").startswith("If you are in danger now, call 999.")
    assert len(voice.say("telegram.profile.short")) <= 120


def test_first_lines() -> None:
    """What a phone shows of a support reply names no abuse, unless it says at once to call 999."""
    for words in ("he hits me", "i want support", "my ex keeps following me", "i was abused as a child"):
        reply, _ = conversation().reply(words)
        first = render(reply, conversation().case.voice)[0].plain.split("\n")[0]
        assert "999" in first or "abuse" not in first.lower()
