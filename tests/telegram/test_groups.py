"""People use the bot where others read: in groups and inline."""

from __future__ import annotations

from tests.telegram.methods import ME
from tests.telegram.people import Person
from tests.telegram.session import answering, together

GROUP = -1001


@together
async def test_only_when_meant() -> None:
    """In a group the bot answers mentions, replies to it and its commands, as a reply, and is silent otherwise."""
    async with answering() as double:
        person = Person(double, group=GROUP)
        person.writes("Who was she?")
        person.writes("he hits me")
        person.writes("/frobnicate")
        person.writes(sticker=None, new_chat_title="x")
        person.writes("people")
        asked = person.writes("@Casebook_Bot who was she?")
        await person.settled()
        assert [(shown.text.split("\n")[0], shown.answers) for shown in person.sees] == [
            ("1. who was she?", asked["message_id"])
        ]
        mine = person.message("1. who was she?", **{"from": ME})
        assert (await person.asks("And when?", reply_to_message=mine)).text.startswith("2. And when?")
        assert (await person.asks("/people")).text == "The page people."


@together
async def test_disclosure_in_a_group() -> None:
    """A disclosure in a group gets 999 and the private chat, and nothing of what was said."""
    async with answering() as double:
        person = Person(double, group=GROUP)
        shown = await person.asks("@casebook_bot he hits me")
        assert "999" in shown.text
        assert "hit" not in shown.text
        assert "0808" not in shown.text
        assert shown.buttons["Open a private chat"]["url"] == "https://t.me/casebook_bot?start=private"
        private = Person(double)
        assert "0808 123 4567" in (await private.asks("/start private")).text


@together
async def test_topic() -> None:
    """In a forum the answer goes to the topic of the question."""
    async with answering() as double:
        person = Person(double, group=GROUP)
        await person.asks("@casebook_bot who?", message_thread_id=5, is_topic_message=True)
        assert double.did("sendMessage")[-1]["message_thread_id"] == "5"


@together
async def test_edited_in_a_group() -> None:
    """An edited question is answered anew in a group as well; one edited into a disclosure is led to private."""
    async with answering() as double:
        person = Person(double, group=GROUP)
        first = person.writes("@casebook_bot who?")
        await person.settled()
        await person.edits(first, "@casebook_bot dunno")
        assert person.sees[0].text == "The reports don't say."
        await person.edits(first, "@casebook_bot he hits me")
        assert "999" in person.sees[-1].text


@together
async def test_inline() -> None:
    """An inline query offers five cited facts, and nothing of it is cached."""
    async with answering() as double:
        offered = await Person(double).searches("the order")
        assert len(offered["results"]) == 5
        assert offered["results"][0]["title"] == "Fact 0 about the order."
        assert "The Gazette, 4 March 2021" in offered["results"][0]["input_message_content"]["plain"]
        assert (offered["cache_time"], offered["is_personal"], offered["button"]) == (0, True, None)


@together
async def test_inline_cry() -> None:
    """Where the words ask for help, inline offers nothing but a neutral button to the private chat."""
    async with answering() as double:
        offered = await Person(double).searches("my husband hits me")
        assert offered["results"] == []
        assert offered["button"] == {"text": "Ask in a private chat", "start_parameter": "private"}
        assert (await Person(double).searches(""))["results"] == []
