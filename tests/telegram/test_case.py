"""The shipped case on Telegram: every page, fact, choice and line passes the strict double's checks."""

from __future__ import annotations

import re
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from bot.faces.telegram.handlers.commands import COMMANDS, menu
from bot.faces.telegram.handlers.picture import LIGHT, draw
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
    """Each command's page can be sent."""
    check(conversation().choose(f"page:{name}")[0])


def test_timeline() -> None:
    """Each page of the timeline holds its moments, and the picture keeps within Telegram's bounds."""
    moments = conversation().timeline
    told = [check_text(part.html, "HTML", 4096)[0] for part in pages(moments, conversation().case.voice)]
    for moment in moments:
        assert any(moment.text in page and moment.citation.quote in page for page in told)
    told = [(moment.label, moment.text, "A paper") for moment in moments[:ON_A_PICTURE]]
    drawn = Image.open(BytesIO(draw(told, (conversation().title, "As reported up to today"), LIGHT)))
    assert drawn.width + drawn.height <= 10_000
    assert max(drawn.size) <= 20 * min(drawn.size)


def test_profile() -> None:
    """The profile and the menu are within Telegram's bounds, and it says 999 first."""
    voice = conversation().case.voice
    assert all(1 <= len(voice.say(f"telegram.command.{name}")) <= 256 for name in menu(conversation().case))
    assert len(voice.say("telegram.profile.description")) <= 512
    assert voice.say("telegram.profile.description").startswith("If you are in danger now, call 999.")
    assert len(voice.say("telegram.profile.short")) <= 120


def test_first_lines() -> None:
    """What a phone shows of a support reply names no abuse, unless it says at once to call 999."""
    for words in ("he hits me", "i want support", "my ex keeps following me", "i was abused as a child"):
        reply, _ = conversation().reply(words)
        first = render(reply, conversation().case.voice)[0].plain.split("\n")[0]
        assert "999" in first or "abuse" not in first.lower()


def test_numbers_stand_out() -> None:
    """Each contact's number begins a line in bold, with its name and hours on the next; 999 is bold wherever it is told."""
    case = conversation().case
    for choice in [*(f"need:{need}" for need in case.care.needs), "page:helplines"]:
        reply, _ = conversation().choose(choice)
        html = "\n\n".join(part.html for part in render(reply, case.voice))
        for card in filter(lambda card: card.phone, reply.helplines):
            _, _, said = html.partition(f"\n\n<b>{card.phone}</b>")
            number, name, *_ = said.split("\n")
            assert number in {"", f" ({card.international})"}
            assert name.startswith(f"{escape(card.name)}. {card.hours}")
        told = re.findall(r"call (<b>)?999", html)
        assert told == ["<b>"] * len(told), choice


def test_the_preview_names_no_abuse() -> None:
    """The first two paragraphs are what a lock screen may show: neutral, or 999 at once."""
    case = conversation().case
    for concern in case.care.concerns:
        need = next((need.id for need in case.care.needs.values() if need.row == concern), "")
        if need:
            first, *_ = render(conversation().choose(f"need:{need}")[0], case.voice)[0].plain.split("\n")
            assert first in {case.voice.say("telegram.support.opening"), "If you are in danger now, call 999."}
