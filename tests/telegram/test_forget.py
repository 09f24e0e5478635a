"""A person has the chat forgotten."""

from __future__ import annotations

from tests.telegram.people import Person
from tests.telegram.session import answering, together


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
