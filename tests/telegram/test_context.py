"""Which conversation a message belongs to, and which answer it points to: topics, people, replies, quotes, edits, other bots."""

from __future__ import annotations

from typing import Any

import pytest

from tests.shared import conversation
from tests.telegram.methods import ME
from tests.telegram.people import Person
from tests.telegram.session import answering, together

GROUP = -1001


def topic(number: int) -> dict[str, Any]:
    """Return what a message in a topic bears: in a forum it replies to the topic's beginning."""
    place = {"id": GROUP, "type": "supergroup"}
    made = {"message_id": number, "date": 1, "chat": place, "from": ME}
    begun = made | {"forum_topic_created": {"name": "A topic", "icon_color": 1}}
    return {"message_thread_id": number, "is_topic_message": True, "reply_to_message": begun}


def pointing(person: Person, id_: int, text: str = "", quote: str = "", **more: Any) -> dict[str, Any]:
    """Return what a message bears that replies to another, of the bot where nothing else is said."""
    answered = person.message(text, **({"from": ME} | more)) | {"message_id": id_}
    quoted = {"quote": {"text": quote, "position": 0}} if quote else {}
    return {"reply_to_message": answered, **quoted}


@together
async def test_a_topic_and_a_person_of_a_group_have_their_own_conversation() -> None:
    """A follow-up means what was told to that person in that topic; /forget of one leaves the others'."""
    async with answering(conversation()) as double:
        ann, ben = Person(double, 7, group=GROUP), Person(double, 8, group=GROUP)
        await ann.asks("@casebook_bot who was the driver", **topic(50))
        await ann.asks("@casebook_bot which man stabbed Yasmin", **topic(51))
        await ben.asks("@casebook_bot how old was Zayd", **topic(50))
        await ben.asks("/forget@casebook_bot", **topic(50))
        for person, thread, told in ((ann, 50, "The driver was 26"), (ann, 51, "Leon McCaskie was 41")):
            assert (await person.asks("@casebook_bot and how old was he", **topic(thread))).text.startswith(told)
        forgotten = await ben.asks("@casebook_bot and how old was he", **topic(50))
        assert not forgotten.text.startswith(("The driver was 26", "Zayd"))


@together
async def test_every_reply_lands_in_its_topic() -> None:
    """Pages, pictures, buttons and /forget too."""
    async with answering(conversation()) as double:
        person = Person(double, group=GROUP)
        shown = await person.asks("/timeline@casebook_bot", **topic(42))
        person.tap_data(shown, "time:picture", **topic(42))
        await double.until(lambda: double.did("sendPhoto"))
        await person.asks("/forget@casebook_bot", **topic(42))
        sent = [*double.did("sendMessage"), *double.did("sendPhoto")]
        assert {form.get("message_thread_id") for form in sent} == {"42"}


@together
async def test_a_thread_that_is_no_topic_is_none() -> None:
    """Replies in a group without topics bear the id of a thread too; in a private chat a topic is kept to."""
    async with answering() as double:
        await Person(double, group=GROUP).asks("@casebook_bot who?", message_thread_id=9)
        await Person(double).asks("who?", **topic(9))
        assert [form.get("message_thread_id") for form in double.did("sendMessage")] == [None, "9"]


@together
async def test_a_channels_direct_messages_are_answered_to_whom_they_are_from() -> None:
    """Text, picture and what a tap brings; Telegram wants the person's thread named."""
    async with answering() as double:
        person, direct = Person(double, group=GROUP), {"direct_messages_topic": {"topic_id": 55}}
        person.place["is_direct_messages"] = True
        shown = await person.asks("/timeline@casebook_bot", **direct)
        person.tap_data(shown, "time:picture", **direct)
        person.tap_data(shown, "page:sources", **direct)
        await person.settled()
        sent = [*double.did("sendMessage"), *double.did("sendPhoto")]
        assert [form.get("direct_messages_topic_id") for form in sent] == ["55"] * 3


@together
async def test_a_reply_to_an_older_answer_is_about_that_one() -> None:
    """ "Who said that?" names the sources of the answer that it replies to; what a stranger said is read as told."""
    async with answering(conversation()) as double:
        person = Person(double)
        car = await person.asks("what car was it")
        await person.asks("who was the lawyer")
        assert "Renault" in (await person.asks("what did you say", **pointing(person, car.id, car.text))).text
        older = await person.asks("who said that", **pointing(person, car.id, car.text))
        assert "LBC" in older.text
        assert "Akunjee" not in older.text
        unknown = await person.asks("who said that", **pointing(person, 999_999, "Something"))
        assert "Renault" not in unknown.text


@together
async def test_a_reply_to_an_older_answer_keeps_the_concern() -> None:
    """Who spoke of danger is told whom to talk to under every later answer, whichever it replies to."""
    async with answering(conversation()) as double:
        person = Person(double)
        car = await person.asks("what car was it")
        await person.asks("he hits me")
        shown = await person.asks("how old was the driver", **pointing(person, car.id, car.text))
        assert "If you need somebody to talk to" in shown.text


@together
async def test_a_reply_in_a_group_is_read_with_the_message_that_it_answers() -> None:
    """The bot's name alone asks what the message says; a follow-up leans on it; a cry in it leads to private."""
    async with answering(conversation()) as double:
        ann, ben = Person(double, 7, group=GROUP), Person(double, 8, group=GROUP)
        of_ben = {"from": ben.me}
        said = ben.writes("who was the driver")
        shown = await ann.asks("@casebook_bot", **pointing(ann, said["message_id"], "what car was it", **of_ben))
        assert "Renault" in shown.text
        about = pointing(ann, said["message_id"], "who was the driver", **of_ben)
        assert "driver was 26" in (await ann.asks("@casebook_bot and how old was he", **about)).text
        cry = pointing(ann, said["message_id"], "my husband hits me", **of_ben)
        assert "999" in (await ann.asks("@casebook_bot", **cry)).text


@together
async def test_a_quote_picks_what_it_quotes() -> None:
    """Of an answer that told two things, "who said that?" is about the one whose words are quoted."""
    async with answering(conversation()) as double:
        person = Person(double)
        both = await person.asks("what car was it and how old was Zayd")
        for quote, wanted in (("The driver's car was a blue Renault.", "Renault"), ("was 18", "18")):
            more = pointing(person, both.id, both.text, quote)
            assert wanted in (await person.asks("say that again", **more)).text


@together
async def test_an_edit_is_answered_in_the_context_of_its_question() -> None:
    """An earlier "was he arrested" edited after another man was spoken of still means the first; the later context stands."""
    async with answering(conversation()) as double:
        person = Person(double)
        await person.asks("who was the driver")
        asked = person.message("was he arrested")
        double.post("message", asked)
        await person.settled()
        answer = person.sees[-1]
        assert "arrested" in answer.text
        await person.asks("which man stabbed Yasmin")
        await person.edits(asked, "and how old was he then")
        assert answer.text.startswith("The driver was 26")
        assert answer.edited == 1
        assert "Leon McCaskie was 41" in (await person.asks("and how old was he")).text


@together
@pytest.mark.parametrize("group", [0, GROUP])
async def test_another_bot_is_answered_once(group: int) -> None:
    """Two bots that reply to each other would talk for ever; an anonymous admin and a channel are nobody's bots."""
    async with answering() as double:
        machine = Person(double, 555, group=group)
        machine.me["is_bot"] = True
        await machine.asks("@casebook_bot So who was the driver?")
        for _ in range(3):
            machine.writes("@casebook_bot So who was the driver?", **pointing(machine, machine.sees[-1].id))
        await machine.settled()
        assert len(machine.sees) == 1
        if group:
            channel = {"sender_chat": {"id": -1002, "type": "channel", "title": "x"}, "is_automatic_forward": True}
            admin = {"sender_chat": {"id": group, "type": "supergroup", "title": "x"}}
            for count, more in enumerate((admin, admin, channel, channel), 2):
                await machine.asks("@casebook_bot and now?", **more)
                assert len(machine.sees) == count


@together
async def test_the_bots_name_alone_is_answered() -> None:
    """In a group somebody calls the bot and says no more."""
    async with answering(conversation()) as double:
        assert (await Person(double, group=GROUP).asks("@casebook_bot")).text


@together
async def test_where_a_topic_is_gone_the_reply_goes_to_the_group() -> None:
    """Telegram no longer finds the topic; the reply is not lost."""
    async with answering() as double:
        double.fault = lambda _, form: "topic" if form.get("message_thread_id") else None
        shown = await Person(double, group=GROUP).asks("@casebook_bot who?", **topic(50))
        assert shown.text.startswith("1. who?")
