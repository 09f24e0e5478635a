"""A person taps and types commands."""

from __future__ import annotations

from io import BytesIO
from operator import itemgetter

import pytest
from PIL import Image

from bot.faces.telegram.handlers.commands import COMMANDS
from bot.faces.telegram.state.store import Kind
from bot.pages import PAGES
from tests.shared import conversation as shipped
from tests.telegram.double import Shown
from tests.telegram.people import Person
from tests.telegram.session import answering, serving, together
from tests.telegram.stand_in import StandIn, words
from tests.telegram.strict import RefusedError


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
        described = {key.rpartition(".")[2] for key in words().sentences if key.startswith("telegram.command.")}
        assert set(names) == described == set(PAGES) - {"headlines"}
        double.calls.clear()
        async with serving(double):
            await double.until(lambda: double.did("getMyDescription"))
        assert not [method for method, _ in double.calls if method.startswith("setMy")]


@together
@pytest.mark.parametrize("name", sorted(set(PAGES) - {"timeline", "helplines", "forget"}))
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
@pytest.mark.parametrize("command", [*COMMANDS, "frobnicate", "start@other_bot", "he_hits_me", "timeline 2"])
async def test_cry_behind_a_command(command: str) -> None:
    """A cry for help behind any command, or in the name of an unknown one, gets its own reply, not the helplines page."""
    async with answering() as double:
        shown = await Person(double).asks(f"/{command} my dad hits me again")
        assert "I'm sorry this is happening to you." in shown.text
        assert "0808 123 4567" in shown.text


@together
async def test_forget_and_a_cry() -> None:
    """/forget with a cry behind it does both: nothing is left on either side but the contacts."""
    async with answering() as double:
        person = Person(double)
        await person.asks("Who was she?")
        shown = await person.asks("/forget what i said he hits me")
        await person.settled()
        assert "I'm sorry this is happening to you." in shown.text
        assert person.sees == [shown]
        assert (await person.asks("Who was she?")).text.startswith("1. Who")


@together
@pytest.mark.parametrize("command", ["help", "people", "start", "timeline", "about", "ask", "frobnicate@casebook_bot"])
async def test_question_behind_a_command(command: str) -> None:
    """A question behind a command is answered where a fact does; without a fact the command's page or line comes."""
    async with answering() as double:
        person = Person(double)
        assert (await person.asks(f"/{command} who was she")).text.startswith("1. who was she")
        assert (await person.asks("And now?")).text.startswith("2. And now?")
        other = (await person.asks(f"/{command} dunno at all")).text
        assert other.startswith(("The page", "Timeline, page 1", "I don't know that command."))


@together
async def test_own_words_of_commands() -> None:
    """What a command takes stays its own; a link with a payload that says nothing to the bot starts as ever."""
    async with answering() as double:
        person = Person(double)
        assert (await person.asks("/timeline 2")).text.startswith("Timeline, page 2")
        assert (await person.asks("/timeline Picture")).photo
        assert (await person.asks("/start private")).text.startswith(
            "Thank you for writing. Here is my reply.\n\nAll the"
        )
        for payload in ("poster", "ref_qr1", "A-1", "private2"):
            assert (await person.asks(f"/start {payload}")).text == "The page start."
        assert (await person.asks("/forget all of it")).text.startswith("I've let go of what we spoke of")


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
@pytest.mark.parametrize("data", ["fact:order", "page:sources", "need:danger", "page:forget", "time:picture"])
async def test_one_press_of_many(data: str) -> None:
    """A button pressed five times before its answer is seen, and a moment after, is answered once; later anew."""
    async with answering() as double:
        person = Person(double)
        shown = await person.asks("Who was she?")
        double.delay = 0.05
        for _ in range(5):
            person.tap_data(shown, data)
        await person.hears(1)
        person.tap_data(shown, data)
        await person.settled()
        assert len(double.seen[7]) == 2
        assert len(double.did("answerCallbackQuery")) == 6


@together
async def test_press_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same button pressed again once its answer has been seen is answered again, and so is another at once."""
    monkeypatch.setattr("bot.faces.telegram.handlers.buttons.ANSWERED", Kind("tapped", 0.0))
    async with answering() as double:
        person = Person(double)
        shown = await person.asks("Who was she?")
        for _ in range(2):
            assert (await person.taps(shown, "Was there an order?")).text.endswith("paragraph 6)")
        person.tap_data(shown, "fact:order")
        person.tap_data(shown, "fact:alarm")
        await person.settled()
        assert len(person.sees) == 5


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
async def test_old_buttons() -> None:
    """Buttons work after a restart, on messages too old to be passed on, and when the tap is too late to answer."""
    async with answering() as double:
        person = Person(double)
        shown = await person.asks("Who was she?")
    async with answering() as double:
        person = Person(double)
        person.tap_data(shown, "fact:alarm")
        assert (await person.hears(0)).text.startswith("Who had the alarm?")
        person.tap_data(shown, "fact:order", old=True)
        assert (await person.hears(1)).text.startswith("fact order")
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


@together
async def test_forget() -> None:
    """/forget deletes both sides of the private chat and starts anew; its word typed does the same."""
    async with answering() as double:
        person = Person(double)
        first = person.writes("Who was she?")
        await person.settled()
        told = person.sees[0].id
        shown = await person.asks("/forget")
        assert "deleted here what I could, on both sides" in shown.text
        assert person.sees == [shown]
        deleted = double.did("deleteMessages")[0]["message_ids"]
        assert all(str(number) in deleted for number in (first["message_id"], told))
        assert (await person.asks("Who was she?")).text.startswith("1. Who")
        assert "deleted here what I could" in (await person.asks("forget")).text
        assert len(person.sees) == 1


@together
async def test_forget_says_what_could_not_be_deleted() -> None:
    """After a restart, where Telegram refuses, and in a group: none could be, and how to delete the chat in the app."""
    async with answering() as double:
        person = Person(double)
        await person.asks("Who was she?")
    async with answering() as double:
        person = Person(double)
        shown = await person.asks("/forget")
        assert "I could delete no messages" in shown.text
        assert "Delete the chat there" in shown.text
        assert "Auto-Delete" in shown.text
        assert len(double.did("deleteMessages")) == 1  # the command itself
        await person.asks("Who was she?")
        double.fault = lambda method, _form: "400" if method == "deleteMessages" else None
        assert "I could delete no messages" in (await person.asks("/forget")).text
        group = Person(double, group=-100)
        assert "In a group I delete no messages" in (await group.asks("/forget")).text


@together
async def test_forget_tells_of_older_messages() -> None:
    """Where some were deleted, how to be rid of the rest, and of Telegram's own timer."""
    async with answering() as double:
        person = Person(double)
        await person.asks("Who was she?")
        shown = await person.asks("/forget")
        assert "deleted here what I could" in shown.text
        assert "older ones" in shown.text
        assert "Auto-Delete" in shown.text
        assert list(shown.buttons) == ["Support"]


@together
async def test_a_theme_is_turned_in_place() -> None:
    """Its pages, from the page of topics on, there and back as fast as they are tapped; all topics come anew."""
    async with answering(shipped()) as double:  # type: ignore[arg-type]
        person = Person(double)
        shown = await person.asks("/topics")
        for label, page in (
            ("The driver and his release", 1), ("Later ›", 2), ("‹ Earlier", 1), ("Later ›", 2), ("Later ›", 3),
        ):  # fmt: skip
            assert (await person.taps(shown, label)) is shown
            assert shown.text.startswith(f"The driver and his release, page {page} of 3")
        assert list(shown.buttons)[-3:] == ["‹ Earlier", "All topics", "Support"]
        assert (await person.asks("1")).text.startswith("Yes. LBC reports that the driver remained")
        assert (await person.taps(shown, "All topics")).text.startswith("What do you want to ask about?")
        shown.deleted = True
        person.tap_data(shown, "theme:driver/2")
        await person.settled()
        assert person.sees[-1].text.startswith("The driver and his release, page 2 of 3")


@together
async def test_questions_of_a_theme_by_tap_after_a_restart() -> None:
    """A page that an earlier process sent goes on working, and its question is answered below it."""
    async with answering(shipped()) as double:  # type: ignore[arg-type]
        person = Person(double)
        person.tap_data(Shown(1, "old"), "theme:driver/2", old=True)
        shown = await person.hears(0)
        assert shown.text.startswith("The driver and his release, page 2 of 3")
        told = await person.taps(shown, "Was the driver on bail?")
        assert told.text.startswith("Was the driver on bail?")
