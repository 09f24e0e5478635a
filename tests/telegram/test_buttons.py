"""A person taps and types commands."""

from __future__ import annotations

import pytest

from bot.faces.telegram.handlers.commands import COMMANDS
from bot.faces.telegram.state.store import Kind
from bot.pages import PAGES
from tests.shared import conversation as shipped
from tests.telegram.double import Shown
from tests.telegram.people import Person
from tests.telegram.session import answering, serving, together
from tests.telegram.stand_in import words


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
async def test_a_theme_is_turned_in_place() -> None:
    """Its pages, from the page of topics on, there and back as fast as they are tapped; all topics come anew."""
    async with answering(shipped()) as double:  # type: ignore[arg-type]
        person = Person(double)
        shown = await person.asks("/topics")
        for label, page in (
            ("The driver and his release", 1), ("Later ›", 2), ("‹ Earlier", 1), ("Later ›", 2), ("Later ›", 3), ("Later ›", 4),
        ):  # fmt: skip
            assert (await person.taps(shown, label)) is shown
            assert shown.text.startswith(f"The driver and his release, page {page} of ")
        assert list(shown.buttons)[-3:] == ["‹ Earlier", "All topics", "Support"]
        assert (await person.asks("1")).text.startswith("The driver ended his statement with")
        assert (await person.taps(shown, "All topics")).text.startswith("What do you want to ask about?")
        shown.deleted = True
        person.tap_data(shown, "theme:driver/2")
        await person.settled()
        assert person.sees[-1].text.startswith("The driver and his release, page 2 of ")


@together
async def test_questions_of_a_theme_by_tap_after_a_restart() -> None:
    """A page that an earlier process sent goes on working, and its question is answered below it."""
    async with answering(shipped()) as double:  # type: ignore[arg-type]
        person = Person(double)
        person.tap_data(Shown(1, "old"), "theme:driver/2", old=True)
        shown = await person.hears(0)
        assert shown.text.startswith("The driver and his release, page 2 of ")
        told = await person.taps(shown, "Was the driver on bail?")
        assert told.text.startswith("Was the driver on bail?")
