"""Contacts: each fits whom it is for, by what they ask for or tell of themselves."""

import pytest

from bot.reply import Kind


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("help for men", "0808 801 0327"),
        ("refuge number", "0808 2000 247"),
        ("samaritans number please", "116 123"),
        ("who can i call about stalking", "0808 802 0300"),
        ("helpline in scotland", "0800 027 1234"),
        ("number for a gay man being abused", "0800 999 5428"),
    ],
)
def test_contacts_are_those_that_were_asked_for(ask, message, number):
    """A request names a need, and gets the number for it."""
    reply = ask(message)
    assert reply.kind is Kind.SUPPORT
    assert number in reply.text


def test_a_contact_that_was_closed_is_not_offered(case):
    """No card offers the chat that is reported closed; what was printed in 2022 is told as that."""
    assert case.helplines["womens-aid"].chat == ""
    assert case.helplines["womens-aid"].phone == ""


@pytest.mark.parametrize(
    ("message", "first", "second"),
    [
        ("im gay and my boyfriend hits me", "Galop", "Refuge"),
        ("hi. my girlfriend beats me. im a lesbian, sorry to bother you", "Galop", "Refuge"),
        ("im deaf and my husband hits me", "SignHealth", "Refuge"),
        ("my husband hits me, we live near glasgow", "Scotland's helpline", "Refuge"),
        ("he hits me and im in cardiff", "Live Fear Free", "Refuge"),
        ("he keeps hitting me. im from newry", "Northern Ireland's helpline", "Refuge"),
        ("im 82 and my son hits me", "Hourglass", "Refuge"),
        ("my nan is 80 and her carer slaps her", "Hourglass", "Refuge"),
        ("im a bloke and my partner hits me", "Men's Advice Line", "Samaritans"),
        ("my wife punches me", "Men's Advice Line", "Samaritans"),
        ("my husband raped me last year", "Rape and Sexual Abuse Support Line", "Refuge"),
        ("my parents are forcing me to marry my cousin", "Karma Nirvana", "Refuge"),
        ("my husband hits me and he says he will have my visa cancelled", "Refuge", "Southall Black Sisters"),
        ("my family will kill me if i leave him, its about honour", "999", "Karma Nirvana"),
        ("he is outside with a knife, im in glasgow", "999", "Scotland's helpline"),
    ],
)
def test_what_somebody_tells_of_themselves_brings_the_contact_that_fits(ask, message, first, second):
    shown = [card.short for card in ask(message).helplines]
    assert (shown[:2], len(shown)) == ([first, second], 3)


@pytest.mark.parametrize(
    "message",
    ["my husband hits me", "my husband hits me and he works in spain", "my ex follows me, he is back from dublin"],
)
def test_what_is_not_told_of_them_brings_none(ask, message):
    reply = ask(message)
    assert "From abroad" not in reply.text
    assert not {card.id for card in reply.helplines} & {"scotland", "galop", "karma-nirvana", "signhealth"}


def test_who_writes_from_abroad_is_told_how_to_call(ask):
    assert "From abroad, dial the number that begins with +44" in ask("my husband beats me, we live in pakistan").text


@pytest.mark.parametrize(
    ("message", "third"),
    [
        ("i want to kill myself", "Shout"),
        ("im gay and i want to kill myself", "Galop"),
        ("im 22 and i want to kill myself", "HOPELINE247"),
        ("i want to kill myself. im in aberdeen", "Breathing Space"),
        ("i want to kill myself, im in derry", "Lifeline"),
        ("im a bloke and i want to kill myself", "CALM"),
        ("ever since he raped me i want to kill myself", "Rape and Sexual Abuse Support Line"),
    ],
)
def test_of_somebody_who_thinks_of_suicide_999_and_samaritans_stay_first(ask, message, third):
    """What else they tell changes no more than the third contact."""
    assert [card.short for card in ask(message).helplines] == ["999", "Samaritans", third]


@pytest.mark.parametrize(
    ("message", "first"),
    [
        ("bloke here, my ex keeps hitting me", "Men's Advice Line"),
        ("the missus bit me again last week", "Men's Advice Line"),
        ("my brothers wife slaps him in front of the kids", "Men's Advice Line"),
        ("my mates boyfriend wont let him see us and he had a burn on his hand", "Galop"),
        ("she says she will out me to my mum if i leave her", "Galop"),
        ("i say no and he carries on, we are married", "Rape and Sexual Abuse Support Line"),
        ("my boss put his hand up my skirt again", "Rape and Sexual Abuse Support Line"),
        ("he says he will share my nudes with everyone if i leave him", "Revenge Porn Helpline"),
        ("i said no to my cousin and now my brothers say i have shamed the family", "Karma Nirvana"),
        ("my parents are sending me to pakistan in july to get married and i said no", "Karma Nirvana"),
        ("my rabbi says i should forgive my husband for hitting me", "Jewish Women's Aid"),
        ("the imam told me to be patient but my husband beats me", "Muslim Women's Network"),
        ("i am a sikh woman and my husband hits me", "Sikh Women's Aid"),
        ("my nephew has a learning disability and his girlfriend hits him", "Learning Disability Helpline"),
        ("my neighbour is 81 and her son hits her", "Hourglass"),
        ("my husband hits me, we are near bala", "Live Fear Free"),
        ("i was raped at the childrens home in the sixties", "Rape and Sexual Abuse Support Line"),
        ("my dad beat me when i was a boy", "NAPAC"),
        ("my sister was killed by her husband, in kirkcaldy", "Victim Support Scotland"),
    ],
)
def test_the_first_contact_fits_whom_it_happens_to(ask, message, first):
    """However it is told, and of whomever."""
    assert ask(message).helplines[0].short == first


def test_who_lost_somebody_in_scotland_is_told_of_the_service_there(ask):
    shown = [card.short for card in ask("my sister was killed by her husband, in kirkcaldy").helplines]
    assert shown == ["Victim Support Scotland", "Victim Support", "AAFDA"]


def test_a_disabled_person_is_told_that_keeping_care_from_somebody_is_abuse(ask):
    assert "is abuse too" in ask("my husband hides my wheelchair and slaps me").text


def test_from_abroad_the_number_is_told_as_it_is_dialled_there(ask):
    """No free number of the UK, no cost, and a line of the writer's own government first."""
    reply = ask("my husband beats me, we live in spain")
    assert reply.helplines[0].short == "Help for British people abroad"
    assert "+44 808 2000 247" in reply.text
    assert "0808 2000 247 (" not in reply.text
    assert "Free" not in reply.text


@pytest.mark.parametrize(
    "message", ["my mum is 79 and my brother hits her", "my mums 79 and my stepdad screams at her"]
)
def test_an_age_told_of_another_makes_nobody_a_child(ask, message):
    assert "Childline" not in ask(message).text


@pytest.mark.parametrize("message", ["im deaf and my husband hits me", "he hits me. i cant talk on the phone"])
def test_who_cannot_speak_or_hear_is_told_what_can_be_written_to(ask, message):
    text = ask(message).text
    assert "Chat at https://www.nationaldahelpline.org.uk\nNational Domestic Abuse Helpline, run by Refuge." in text
    assert "0808 2000 247" not in text
    assert "call 999" in text


@pytest.mark.parametrize(
    ("message", "first"),
    [
        ("my husband hits me, i'm a bloke of fifty", "Galop"),
        ("my girlfriend kicks me and i'm a woman", "Galop"),
        ("my girlfriend kicks me", "Men's Advice Line"),
        ("i'm her husband and she throws pans at me", "Men's Advice Line"),
        ("i was raped in ayr", "Rape Crisis Scotland"),
        ("he hits me, we moved to cowdenbeath", "Scottish helpline"),
        ("my husband hits me, we're in treorchy", "Live Fear Free"),
        ("he beats me, we live outside dungiven", "Northern Irish helpline"),
        ("he leathers me and the polis wont come", "Scottish helpline"),
    ],
)
def test_who_somebody_is_with_whom_and_where_leads_to_the_contact(ask, message, first):
    """Two circumstances together tell what neither does, a place tells its nation, and so does dialect."""
    id_ = {"Scottish helpline": "scotland", "Northern Irish helpline": "northern-ireland"}.get(first)
    cards = [card for card in ask(message).helplines if card.phone != "999"]
    assert cards[0].id == id_ if id_ else cards[0].short.startswith(first)


@pytest.mark.parametrize(
    "message", ["he strangled me last night", "she said yesterday that she will kill me in my sleep"]
)
def test_what_happened_within_the_last_days_puts_999_among_the_contacts(ask, message):
    """Whatever the row."""
    assert "999" in {card.short for card in ask(message).helplines}
