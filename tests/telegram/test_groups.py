"""People use the bot where others read: in groups and inline."""

from __future__ import annotations

import pytest

from bot.faces.telegram.handlers.commands import COMMANDS
from tests.shared import conversation
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
        mine = person.message("1. who was she?", **{"from": ME}) | {"message_id": person.sees[0].id}
        assert (await person.asks("And when?", reply_to_message=mine)).text.startswith("2. And when?")
        assert (await person.asks("/people")).text == "The page people."
        assert (await person.asks("hey @casebook_bot, when was it?")).text.startswith("3. hey   when was it?")


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
@pytest.mark.parametrize("command", [*COMMANDS, "frobnicate", "start@casebook_bot", "he_hits_me"])
async def test_cry_behind_a_command_in_a_group(command: str) -> None:
    """A cry behind a command, known or not, gets the short line and the private chat; never the list where all read."""
    async with answering() as double:
        person = Person(double, group=GROUP)
        shown = await person.asks(f"/{command} he hits me")
        assert "call 999" in shown.text
        assert "0808" not in shown.text
        assert list(shown.buttons) == ["Open a private chat"]
        assert not double.did("deleteMessages")


@together
async def test_commands_in_a_group() -> None:
    """In a group a command for another bot is left, the private link's too; a question behind one of ours is answered."""
    async with answering() as double:
        person = Person(double, group=GROUP)
        person.writes("/start@other_bot he hits me")
        person.writes("/frobnicate who was she")
        assert (await person.asks("/start private")).text == "The page start."
        assert (await person.asks("/help who was she")).text.startswith("1. who was she")
        mine = person.message("1. who was she?", **{"from": ME}) | {"message_id": person.sees[0].id}
        assert "999" in (await person.asks("/ he hits me", reply_to_message=mine)).text
        await person.settled()
        assert len(person.sees) == 3


@together
async def test_topic() -> None:
    """In a forum answers, pictures and what /forget says go to the topic that they were asked in."""
    async with answering() as double:
        person, topic = Person(double, group=GROUP), {"message_thread_id": 5, "is_topic_message": True}
        await person.asks("@casebook_bot who?", **topic)
        timeline = await person.asks("/timeline", **topic)
        person.tap_data(timeline, "time:picture", **topic)
        person.tap_data(timeline, "page:forget", **topic)
        person.tap_data(timeline, "page:sources", **topic)
        timeline.deleted = True
        person.tap_data(timeline, "time:2", **topic)
        person.writes("/forget", **topic)
        await person.settled()
        sent = [*double.did("sendMessage"), *double.did("sendPhoto")]
        assert [form.get("message_thread_id") for form in sent] == ["5"] * 7


@together
async def test_wordless_in_a_group() -> None:
    """An album in reply to the bot gets one line, and one with a caption for the bot its answer only."""
    async with answering() as double:
        person = Person(double, group=GROUP)
        photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
        mine = {"reply_to_message": person.message("1. who?", **{"from": ME})}
        for album, more in (("a", {}), ("a", {}), ("b", {"caption": "@casebook_bot who?"}), ("b", {})):
            person.writes(photo=photo, media_group_id=album, **mine, **more)
        await double.until(lambda: len(person.sees) == 2)
        await person.settled()
        assert sorted(shown.text.split(".")[0] for shown in person.sees) == ["1", "I can read text only"]


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
        told = len(person.sees)
        await person.edits(first, "@casebook_bot he hits me")
        assert len(person.sees) == told


@together
async def test_edited_in_a_group_long_after() -> None:
    """A message that the bot never answered, edited into a cry that is meant for it, is led to private; no other is."""
    async with answering() as double:
        person = Person(double, group=GROUP)
        await person.edits(person.message("nothing"), "he hits me")
        await person.edits(person.message("nothing"), "@casebook_bot who?")
        await person.edits(person.message("nothing"), "/help@other_bot he hits me")
        await person.edits(person.message("nothing"), "support")
        assert not person.sees
        for text in ("@casebook_bot he hits me", "/help he hits me", "/frobnicate he hits me"):
            before = len(person.sees)
            await person.edits(person.message("nothing"), text)
            assert "999" in person.sees[before].text
            assert len(person.sees) == before + 1


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


@together
async def test_inline_before_anything_is_typed() -> None:
    """The five facts that are most asked, cited, with no button."""
    async with answering(conversation()) as double:  # type: ignore[arg-type]
        offered = await Person(double).searches(" ")
        assert [result["id"] for result in offered["results"]] == [
            reply.facts[0] for reply in conversation().search("", 5)
        ]
        assert len(offered["results"]) == 5
        assert offered["button"] is None


@together
@pytest.mark.parametrize(
    ("begun", "kind"), [("when", "date"), ("Why", "reason"), ("where ", "place"), ("who", "person")]
)
async def test_inline_while_a_question_begins(begun: str, kind: str) -> None:
    """The word that a question begins with brings facts that answer such a one."""
    async with answering(conversation()) as double:  # type: ignore[arg-type]
        offered = (await Person(double).searches(begun))["results"]
        assert offered
        assert all(kind in conversation().case.facts[result["id"]].gives for result in offered)


@together
@pytest.mark.parametrize("offset", ["", "5", "-3", "x", "1" + "0" * 20])
async def test_inline_has_one_page(offset: str) -> None:
    """Whatever a client asks on from, the same facts come, and nothing to ask on from."""
    async with answering() as double:
        offered = await Person(double).searches("the order", offset)
        assert len(offered["results"]) == 5
        assert not offered["next_offset"]


@together
async def test_inline_is_cut_at_words() -> None:
    """A title ends with a whole word, and what stands below it goes on from there."""
    async with answering(conversation()) as double:  # type: ignore[arg-type]
        for words in ("", "driver", "why was he released", "what did her son say"):
            for result in (await Person(double).searches(words))["results"]:
                whole = " ".join(conversation().case.facts[result["id"]].answer.split())
                title, below = (result.get(field, "").removesuffix("…") for field in ("title", "description"))
                assert len(result["title"]) <= 70
                assert len(result.get("description", "")) <= 200
                assert whole.startswith(f"{title} {below}".strip())
                assert whole[len(f"{title} {below}".strip()) :][:1] in {"", " "}


@together
async def test_a_need_tapped_in_a_group() -> None:
    """A tap on a need under the page of helplines gets the private chat: no contact stands where all read who tapped."""
    async with answering() as double:
        person = Person(double, group=GROUP)
        page = await person.asks("/helplines")
        shown = await person.taps(page, "I am in danger now")
        assert "999" in shown.text
        assert "0808" not in shown.text
        assert shown.buttons["Open a private chat"]["url"] == "https://t.me/casebook_bot?start=private"
