"""A person turns the timeline's pages, and sees it as a picture."""

from __future__ import annotations

from io import BytesIO
from operator import itemgetter

import pytest
from PIL import Image

from tests.telegram.people import Person
from tests.telegram.session import answering, together
from tests.telegram.stand_in import StandIn
from tests.telegram.strict import RefusedError


@together
async def test_there_and_back() -> None:
    """The timeline's pages turn there and back as fast as they are tapped."""
    async with answering() as double:
        person = Person(double)
        shown = await person.asks("/timeline")
        for label, page in (("Later ›", 2), ("‹ Earlier", 1), ("Later ›", 2), ("Later ›", 3), ("‹ Earlier", 2)):
            await person.taps(shown, label)
            assert shown.text.startswith(f"Timeline, page {page} of 3")


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
        assert [list(map(itemgetter("text"), row)) for row in shown.rows] == [
            ["‹ Earlier", "Later ›"],
            ["As a picture", "Dark picture"],
        ]
        person.tap_data(shown, "time:2")
        assert (await person.asks("/timeline 99")).text.startswith("Timeline, page 3 of 3")
        assert len(person.sees) == 2


@together
@pytest.mark.parametrize("way", ["/timeline", "/timeline@casebook_bot", "timeline"])
async def test_a_page_of_the_timeline_by_any_name(way: str) -> None:
    """Its number in figures of any script, in words, as a place in the row, with "page" before it or "please" behind."""
    async with answering() as double:
        for name, page in {
            "２": 2, "three": 3, "page 2": 2, "Page three, please": 3, "2nd": 2, "the last one": 3, "no. 2": 2,
        }.items():  # fmt: skip
            assert (await Person(double).asks(f"{way} {name}")).text.startswith(f"Timeline, page {page} of 3"), name


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
@pytest.mark.parametrize(
    "refusal", ["Bad Request: not enough rights to send photos to the chat", "Bad Request: CHAT_SEND_MEDIA_FORBIDDEN"]
)
async def test_where_no_picture_may_be_sent_its_words_come(refusal: str) -> None:
    """A group forbids pictures, and not words."""
    async with answering() as double:

        def refuse(_: dict[str, str]) -> dict[str, object]:
            raise RefusedError(refusal)

        double.methods.send_photo = refuse  # type: ignore[method-assign]
        shown = await Person(double, group=-100).asks("/timeline picture")
        assert shown.text.startswith("1 March 2021: It was 1.")


@together
async def test_dark_picture() -> None:
    """The dark one comes by its button, its label, a word under the timeline and a command, and is kept apart."""
    async with answering() as double:
        person = Person(double)
        light = await person.asks("/timeline picture")
        dark = await person.taps(await person.asks("/timeline"), "Dark picture")
        shades = [Image.open(BytesIO(shown.photo)).convert("L").getpixel((5, 5)) for shown in (light, dark)]
        assert shades[0] > 240
        assert shades[1] < 40
        assert "1 March 2021: It was 1." in dark.text
        held = {(await person.asks(text)).photo for text in ("Dark picture", "dark", "/timeline dark", "timeline dark")}
        assert all(photo.startswith(b"file-") for photo in held)


@together
async def test_long_picture() -> None:
    """Forty moments make three pictures; words too long for a caption follow as a message."""
    async with answering(StandIn(31)) as double:
        person = Person(double)
        double.methods.profile["commands"] = []
        person.writes("/timeline picture")
        await person.settled()
        assert [bool(shown.photo) for shown in person.sees] == [True, True]
