"""A person taps and types commands."""

from __future__ import annotations

import pytest

from tests.telegram.double import Shown
from tests.telegram.people import Person
from tests.telegram.session import answering, serving, together
from tests.telegram.stand_in import StandIn


@together
async def test_profile() -> None:
    """At its start the bot sets menu and profile where they differ, 999 first; a second start changes nothing."""
    async with answering() as double:
        await double.until(lambda: double.methods.profile["description"])
        profile = double.methods.profile
        assert profile["description"].startswith("If you are in danger now, call 999.")
        assert "999" in profile["short_description"]
        names = [command["command"] for command in profile["commands"]]
        assert names[0] == "start"
        assert {"privacy", "helplines", "forget", "timeline"} <= set(names)
        double.calls.clear()
        async with serving(double):
            await double.until(lambda: double.did("getMyDescription"))
        assert not [method for method, _ in double.calls if method.startswith("setMy")]


@together
@pytest.mark.parametrize("name", ["start", "help", "sources", "privacy", "people", "topics", "about"])
async def test_page(name: str) -> None:
    """A command brings its page, with the bot's name behind it too; its bare word does the same."""
    async with answering() as double:
        person = Person(double)
        for text in (f"/{name}", f"/{name}@casebook_bot", name.title()):
            assert (await person.asks(text)).text == f"The page {name}."


@together
async def test_unknown_command() -> None:
    """An unknown command gets a line that leads on, and one for another bot gets nothing."""
    async with answering() as double:
        person = Person(double)
        person.writes("/start@other_bot")
        assert "/help" in (await person.asks("/frobnicate")).text


@together
async def test_next_question() -> None:
    """A suggested question is answered at once, shows what was asked, and its words typed do the same."""
    async with answering() as double:
        person = Person(double)
        shown = await person.asks("Who was she?")
        told = await person.taps(shown, "Was there an order?")
        assert told.text.startswith("Was there an order?\n\nfact order")
        await double.until(lambda: double.did("answerCallbackQuery"))


@together
async def test_old_buttons() -> None:
    """Buttons work after a restart, on messages too old to be passed on, and when the tap is too late to answer."""
    async with answering() as double:
        person = Person(double)
        shown = await person.asks("Who was she?")
    async with answering() as double:
        person = Person(double)
        person.tap_data(shown, "fact:alarm")
        assert (await person.hears(0)).text.startswith("Who had the alarm?")
        person.tap_data(shown, "fact:alarm", old=True)
        assert (await person.hears(1)).text.startswith("fact alarm")
        double.methods.taps.clear()
        person.tap_data(Shown(1, "old"), "fact:gone-by")
        double.methods.taps.clear()
        assert (await person.hears(2)).text.startswith("fact gone-by")
        person.tap_data(shown, "what:ever")
        assert "button" in (await person.hears(3)).text


@together
async def test_sources_and_support() -> None:
    """Under an answer, All sources and Support bring their pages."""
    async with answering() as double:
        person = Person(double)
        shown = await person.asks("Who was she?")
        assert (await person.taps(shown, "All sources")).text == "The page sources."
        assert "0808 123 4567" in (await person.taps(shown, "Support")).text


@together
async def test_timeline() -> None:
    """The timeline turns its pages in place; a page can be typed, and turning to the same one is no error."""
    async with answering() as double:
        person = Person(double)
        shown = await person.asks("/timeline")
        assert shown.text.startswith("Timeline, page 1 of 3")
        assert "5 March 2021" not in shown.text.split("“")[0]
        assert (await person.taps(shown, "Later ›")) is shown
        assert shown.text.startswith("Timeline, page 2 of 3")
        assert list(shown.buttons) == ["‹ Earlier", "Later ›", "As a picture"]
        person.tap_data(shown, "time:2")
        assert (await person.asks("/timeline 99")).text.startswith("Timeline, page 3 of 3")
        assert len(person.sees) == 2


@together
async def test_timeline_on_a_deleted_message() -> None:
    """Where the message can't be changed any more, the page comes as a new one."""
    async with answering() as double:
        person = Person(double)
        shown = await person.asks("/timeline")
        shown.deleted = True
        assert (await person.taps(shown, "Later ›")).text.startswith("Timeline, page 2 of 3")


@together
async def test_picture() -> None:
    """The picture comes with its words as caption, and a second time from what Telegram holds already."""
    async with answering() as double:
        person = Person(double)
        shown = await person.asks("/timeline picture")
        assert shown.photo.startswith(b"\x89PNG")
        assert int.from_bytes(shown.photo[16:20]) == 1080
        assert "1 March 2021: It was 1." in shown.text
        again = await person.taps(await person.asks("/timeline"), "As a picture")
        assert again.photo.startswith(b"file-")


@together
async def test_long_picture() -> None:
    """Forty moments make three pictures; words too long for a caption follow as a message."""
    async with answering(StandIn(31)) as double:
        person = Person(double)
        double.methods.profile["commands"] = []
        person.writes("/timeline picture")
        await person.settled()
        assert [bool(shown.photo) for shown in person.sees] == [True, True]


@together
async def test_forget() -> None:
    """/forget deletes both sides of the private chat and starts anew; its word typed does the same."""
    async with answering() as double:
        person = Person(double)
        first = person.writes("Who was she?")
        await person.settled()
        told = person.sees[0].id
        shown = await person.asks("/forget")
        assert shown.text == "The page forget."
        assert person.sees == [shown]
        deleted = double.did("deleteMessages")[0]["message_ids"]
        assert all(str(number) in deleted for number in (first["message_id"], told))
        assert (await person.asks("Who was she?")).text.startswith("1. Who")
        assert (await person.asks("forget")).text == "The page forget."
        assert len(person.sees) == 1
