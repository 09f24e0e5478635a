"""The kinds of help that can be asked for: each need with its own row of the table, each contact with its hours and its cost."""

import re

import pytest

from bot.reply import Kind
from tests.shared import replies

ALWAYS = "Day and night"
ROWS = {
    "emergency": "danger", "home": "abuse", "worried": "worried", "suicide": "crisis", "own": "own", "child": "child",
    "stalking": "stalking", "bereaved": "bereaved", "quiet": "quiet", "tracks": "tracks", "deaf": "deaf",
}  # fmt: skip


def test_a_need_answers_with_its_own_row_of_the_table(conversation, case):
    """First the row's two lines, then its contacts; a need without a row of its own asserts nothing."""
    for id_, need in case.care.needs.items():
        reply, context = conversation.choose(f"need:{id_}")
        row = case.care.concerns[ROWS.get(id_, "contacts")]
        assert reply.text.split("\n\n")[:2] == [row.first, row.then]
        if id_ in ROWS and id_ != "suicide":
            assert [card.id for card in reply.helplines] == list(row.contacts)
        assert [card.id for card in reply.helplines] == list(need.contacts)
        assert context.concern == (row.id if id_ in ROWS and id_ not in {"quiet", "tracks", "deaf"} else "")


def test_danger_stands_first_and_leaving_no_trace_one_tap_away(conversation):
    """In every list of kinds of help, and under every support reply."""
    for reply in replies(conversation):
        ids = [choice.id for choice in reply.choices]
        if reply.kind is Kind.SUPPORT:
            assert ids[0] == "need:emergency"
            assert ids[1] == "need:home"
            assert "need:tracks" in ids
    assert ids_of(conversation, "page:helplines")[-3:] == ["need:scotland", "need:wales", "need:northern-ireland"]


def ids_of(conversation, id_):
    return [choice.id for choice in conversation.choose(id_)[0].choices]


def test_quietly_means_without_a_telephone(conversation):
    """What can be written to, 999 with 55, and no number to ring, nor one to copy."""
    reply, _ = conversation.choose("need:quiet")
    text = reply.text
    assert "press 55" in text
    assert "Text SHOUT to 85258" in text
    assert "Email jo@samaritans.org" in text
    assert not [card.id for card in reply.helplines if card.phone]
    assert not re.search(r"\b0?[18]\d\d[ \d]{4,}", text.replace("85258", ""))


@pytest.mark.parametrize(
    ("asked", "need"),
    [
        ("can i email someone instead of ringing", "quiet"),
        ("is there a text helpline", "quiet"),
        ("which helpline is for deaf people", "deaf"),
    ],
)
def test_a_request_in_other_words_gets_what_the_button_gets(conversation, asked, need):
    """Who asks for a helpline that can be written to is given none to ring."""
    assert conversation.reply(asked)[0] == conversation.choose(f"need:{need}")[0]


def test_leaving_no_trace_tells_of_forget_and_of_the_page(conversation, case):
    """What to do here, and where more is told."""
    text = conversation.choose("need:tracks")[0].text
    assert text.startswith("To leave fewer traces here: send forget, and delete this chat")
    assert case.helplines["covering-tracks"].web in text


def test_a_contact_says_what_it_costs_and_when_it_is_open(conversation, case):
    """Of two or three as of one; a line that is closed at times names one that isn't, or it stands beside it."""
    for reply in replies(conversation):
        if reply.kind is not Kind.SUPPORT:
            continue
        beside = {card.id for card in reply.helplines}
        for card in filter(lambda card: card.phone, reply.helplines):
            number, _, said = reply.text.partition(f"\n\n{card.phone}")[2].partition("\n\n")[0].partition("\n")
            assert number == (f" ({card.international})" if card.international else "")
            assert said.startswith(card.name)
            assert len(said) <= 5 * 44 or len(reply.helplines) == 1
            assert card.hours in said
            assert card.cost in said
            assert card.bill in said
            if card.hours != ALWAYS:
                other = case.helplines[card.when_closed]
                assert other.hours == ALWAYS
                assert other.id in beside or other.phone in said


def test_every_card_with_a_telephone_says_its_hours(case):
    """Open day and night, or when, and who answers at other times."""
    for card in case.helplines.values():
        if card.phone:
            assert card.hours == ALWAYS or (card.hours and card.when_closed)
