"""A person talks with the bot in a private chat."""

from __future__ import annotations

import asyncio
import time

import pytest

from tests.telegram.people import Person
from tests.telegram.session import answering, together
from tests.telegram.stand_in import QUOTE
from tests.telegram.strict import RefusedError


@together
async def test_answer() -> None:
    """A question gets its answer with the passage in a block quote, its source beside it, no preview, and buttons."""
    async with answering() as double:
        shown = await Person(double).asks("Who was <she>?")
        assert shown.text.startswith("1. Who was <she>?")
        quoted = f"“{QUOTE}” (The Gazette, 4 March 2021, paragraph 6)"
        assert [(entity.kind, entity.text) for entity in shown.entities] == [("blockquote", quoted)]
        assert shown.text.endswith(quoted)
        assert list(shown.buttons) == ["Was there an order?", "Who had the alarm?", "All sources", "Support"]
        assert not shown.preview


@together
async def test_long_answer() -> None:
    """An answer of 9,000 characters comes as three messages cut at paragraph ends, the buttons under the last."""
    async with answering() as double:
        person = Person(double)
        person.writes("a long one")
        await person.settled()
        assert len(person.sees) == 3
        assert all(shown.text.startswith("Paragraph") for shown in person.sees)
        assert [bool(shown.rows) for shown in person.sees] == [False, False, True]


@together
async def test_numbers() -> None:
    """A cry for help gets words that open neutrally, the number in bold, once more for abroad, and a button to copy it."""
    async with answering() as double:
        shown = await Person(double).asks("he hits me")
        assert shown.text.splitlines()[0] == "Thank you for writing. Here is my reply."
        assert "0808 123 4567 or +44 808 123 4567" in shown.text
        assert shown.buttons["Copy 0808 123 4567"]["copy_text"] == {"text": "0808 123 4567"}
        assert [(entity.kind, entity.text) for entity in shown.entities] == [("b", "0808 123 4567")]


@together
async def test_no_markup_error_loses_a_message() -> None:
    """Where Telegram refuses the markup, the same reply goes out as plain text."""
    async with answering() as double:
        send = double.methods.send

        def refuse(form: dict[str, str]) -> dict[str, object]:
            if "parse_mode" in form:
                raise RefusedError("Bad Request: can't parse entities: Can't find end tag")
            return send(form)

        double.methods.send = refuse  # type: ignore[method-assign]
        shown = await Person(double).asks("Who was <she>?")
        assert shown.text.startswith("1. Who was <she>?")
        assert f"“{QUOTE}”" in shown.text


@together
async def test_follow_up_and_order() -> None:
    """Twenty messages at once are answered in the order they were written, each in the context of those before."""
    async with answering() as double:
        person = Person(double)
        for n in range(20):
            person.writes(f"question {n}")
        await double.until(lambda: len(person.sees) == 20)
        assert [shown.text.split("\n")[0] for shown in person.sees] == [
            f"{min(n + 1, 9)}. question {n}" for n in range(20)
        ]


@together
async def test_edited_question() -> None:
    """An edited question gets its answer edited in place; the same again changes nothing."""
    async with answering() as double:
        person = Person(double)
        first = person.writes("Who was she?")
        await person.settled()
        await person.edits(first, "dunno")
        assert [(shown.text, shown.edited) for shown in person.sees] == [("The reports don't say.", 1)]
        await person.edits(first, "dunno")
        assert len(person.sees) == 1


@together
async def test_edited_into_a_cry() -> None:
    """A question edited into a cry for help gets a new message, for an edit rings no phone."""
    async with answering() as double:
        person = Person(double)
        first = person.writes("Who was she?")
        await person.settled()
        await person.edits(first, "he hits me")
        assert len(person.sees) == 2
        assert "0808 123 4567" in person.sees[-1].text


@together
@pytest.mark.parametrize("text", ["he hits me", "Who was she?", "dunno", "/people", "/help he hits me"])
async def test_edit_without_a_new_word(text: str) -> None:
    """An edit that changes no word, as for a reaction, brings nothing, however often it comes; a later one does."""
    async with answering() as double:
        person = Person(double)
        first = person.writes(text)
        await person.settled()
        person.writes("And now?")
        await person.settled()
        shown = [(shown.text, shown.edited) for shown in person.sees]
        for _ in range(3):
            await person.edits(first, text)
        assert [(shown.text, shown.edited) for shown in person.sees] == shown
        await person.edits(first, "he hits me badly")
        assert len(person.sees) == 3
        await person.edits(first, "he hits me badly")
        assert len(person.sees) == 3


@together
@pytest.mark.parametrize("text", ["my dad hits me", "/about my dad hits me", "/helplines"])
async def test_edited_into_a_cry_long_after(text: str) -> None:
    """A message that the bot doesn't remember, edited into a cry, is answered once; edited into anything else it isn't."""
    async with answering() as double:
        person = Person(double)
        first = person.message("Who was she?", date=int(time.time()) - 7200)
        await person.edits(first, "Who was that?")
        assert not person.sees
        await person.edits(first, text)
        await person.edits(first, text)
        assert ["0808 123 4567" in shown.text for shown in person.sees] == [True]


@together
@pytest.mark.parametrize(
    ("captions", "starts"),
    [
        (["Who was she?", None, None], ["1. Who was she?"]),
        ([None, "Who was she?", None], ["1. Who was she?"]),
        (["Who was she?", "And when?", "Where?"], ["1. Who was she?"]),
        (["Who was she?", "he hits me", None], ["1. Who was she?", "Thank you for writing. Here is my reply."]),
        ([None, None, None], ["I can read text only. I have not opened or kept what you sent. Please write your "]),
    ],
)
async def test_album(captions: list[str | None], starts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """An album gets one reply, to the first of its captions wherever that stands; a cry in another is answered too."""
    monkeypatch.setattr("bot.faces.telegram.handlers.messages.GATHERING", 0.1)
    async with answering() as double:
        person = Person(double)
        photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
        for caption in captions:
            person.writes(photo=photo, media_group_id="7", **({"caption": caption} if caption else {}))
        await person.settled()
        await asyncio.sleep(0.2)
        assert [shown.text[: len(start)] for shown, start in zip(person.sees, starts, strict=True)] == starts


@together
async def test_lines_lead_to_help() -> None:
    """What is no question to the bot may be a cry all the same: its line says 999 and where support is."""
    async with answering() as double:
        person = Person(double)
        origin = {"type": "hidden_user", "date": 1, "sender_user_name": "A paper"}
        wordless = await person.asks(voice={"file_id": "f", "file_unique_id": "u", "duration": 3})
        forwarded = await person.asks("A woman was killed. dunno.", forward_origin=origin)
        faults = iter(["after"])
        double.fault = lambda method, _: next(faults, None) if method == "sendMessage" else None
        person.writes("Who was she?")
        await person.settled()
        for shown in (wordless, forwarded, person.sees[-1]):
            assert shown.text.endswith("In danger now, call 999. For support: /helplines")


@together
async def test_no_words() -> None:
    """Photos, stickers, voice, places and contacts get one kind line each, an album one, and none is fetched."""
    async with answering() as double:
        person = Person(double)
        photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
        voice = {"file_id": "f", "file_unique_id": "u", "duration": 3}
        sticker = {**photo[0], "type": "regular", "is_animated": False, "is_video": False}
        contact = {"phone_number": "1", "first_name": "A"}
        for more in (
            {"voice": voice}, {"sticker": sticker}, {"location": {"latitude": 1.0, "longitude": 1.0}},
            {"contact": contact}, {"photo": photo, "media_group_id": "7"}, {"photo": photo, "media_group_id": "7"},
        ):  # fmt: skip
            person.writes(**more)
        person.writes(pinned_message=person.message("x"))
        await double.until(lambda: len(person.sees) == 5)
        await person.settled()
        assert [shown.text.split(".")[0] for shown in person.sees] == ["I can read text only"] * 5
        assert {method for method, _ in double.calls} >= {"sendMessage"}
        assert not double.did("getFile")
        captioned = await person.asks(photo=photo, caption="he hits me")
        assert "0808 123 4567" in captioned.text


@together
async def test_forwarded() -> None:
    """A forwarded text is read as any other, with or without a question mark; one that asks nothing gets a line."""
    async with answering() as double:
        person = Person(double)
        origin = {"type": "hidden_user", "date": 1, "sender_user_name": "A paper"}
        shown = await person.asks("which man killed her", forward_origin=origin)
        assert shown.text.startswith("1. which man killed her")
        told = "She was stabbed. What happened that morning? Read more? Subscribe?"
        assert (await person.asks(told, forward_origin=origin)).text.startswith(f"2. {told}")
        assert "0808 123 4567" in (await person.asks("he hits me", forward_origin=origin)).text
        shown = await person.asks("A woman was killed. dunno.", forward_origin=origin)
        assert shown.text.startswith("That looks like a forwarded text.")
