"""Care: nobody in danger leaves without a number, and questions about the case are not taken for cries."""

import json
import os
import subprocess
import sys

import pytest

from bot.conversation import Conversation
from bot.reply import Kind

DANGER = [
    "hes here",
    "my ex is outside and i am scared",
    "help he has a knife",
    "pls cant talk hes in the next room hes going to kill me",
    "He'll be back soon and I don't know what to do",
    "hlep me hes heer",
    "im locked in the bathroom and hes kicking the door",
]
GOING_ON = [
    "my husband hits me",
    "hes been hitting me",
    "calls me worthless every day",
    "my dad hits my mum",
    "he's got my passport and won't give it back",
    "what counts as breaching an order? mine keeps texting",
    "my sister has bruises again and says she fell",
    "my carer takes my pension",
    "he never let me have my own money. that was years ago",
]
ABOUT_THE_CASE = [
    "was she stabbed",
    "did he threaten to kill her",
    "was she scared of him",
    "who stabbed who",
    "how long did he abuse her",
    "did the police get her messages",
    "why did she need a panic alarm",
    "my essay is on domestic abuse, what did the iopc say",
    "did her ex husband follow her",
]
FIGURATIVE = ["he beats me at chess", "my toddler bites", "this traffic is killing me, when was the inquest opened"]


@pytest.mark.parametrize("message", DANGER)
def test_danger_gets_999_before_anything_else(ask, message):
    """The first line says to call 999; no other number stands before it."""
    reply = ask(message)
    assert reply.kind is Kind.SUPPORT
    assert reply.urgent
    assert "999" in reply.text.splitlines()[0]


@pytest.mark.parametrize("message", GOING_ON)
def test_a_disclosure_is_believed_and_gets_contacts(ask, message):
    """Contacts, at most three, and no question, no advice to leave, no word that the reports don't say."""
    reply = ask(message)
    assert reply.kind is Kind.SUPPORT
    assert 1 <= len(reply.helplines) <= 3
    assert "?" not in reply.text
    assert "report" not in reply.text


@pytest.mark.parametrize("message", ABOUT_THE_CASE)
def test_violent_words_about_the_case_are_questions(ask, message):
    """The case's own vocabulary sets nothing off."""
    assert ask(message).kind is not Kind.SUPPORT


@pytest.mark.parametrize("message", FIGURATIVE)
def test_figures_of_speech_are_not_cries(ask, message):
    """Chess, toddlers and traffic."""
    assert ask(message).kind is not Kind.SUPPORT


@pytest.mark.parametrize(
    ("message", "first"),
    [
        ("im 14 and my dad hits me", "You did right to say it. It's not your fault."),
        ("i want to die", "I'm glad you said it. You don't have to carry this alone."),
        ("i hit my girlfriend last night and i hate myself for it", "Asking for help to stop is a step."),
        ("my ex keeps following me home", "That is serious, and you deserve help with it."),
        ("my sister was murdered by her husband last year", "I'm so sorry."),
        ("My goddaughter was killed by the man she was engaged to. I haven't slept properly since.", "I'm so sorry."),
        ("My mother beat me with wire when I was a boy", "What happened to you mattered, and it wasn't your fault."),
        ("dad threw mum down the stairs when i was little", "What happened to you mattered, and it wasn't your fault."),
        (
            "I hit my wife and she went to her friend. Nobody says anything about it. Is there a doctor for this?",
            "Asking for help to stop is a step.",
        ),
        ("the man upstairs dey beat him wife every weekend", "It's good that you are looking out for them."),
    ],
)
def test_the_first_line_fits_what_is_going_on(ask, message, first):
    """The care page's table decides the first line."""
    assert ask(message).text.splitlines()[0] == first


def test_no_absolution_for_the_one_who_hurts(ask):
    """Somebody who hits a partner is not told that it is not their fault."""
    assert "not your fault" not in ask("i hit my wife again last night").text


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


def test_a_question_beside_a_disclosure_can_be_answered_too(ask):
    """Contacts first; the answer is one tap away."""
    reply = ask("this is just like my marriage, he hits me too. when was the warrant issued?")
    assert reply.kind is Kind.SUPPORT
    assert [choice.id for choice in reply.suggestions] == ["fact:warrant-issued"]


def test_later_answers_keep_a_support_line(ask):
    """After a disclosure an answer about the case ends with the way back to the contacts."""
    assert ask("my husband hits me", "Who killed her?").text.endswith("send: helplines")
    assert "helplines" not in ask("Who killed her?").text


def test_a_second_disclosure_is_heard_again(ask):
    """One "no" switches nothing off."""
    assert ask("my husband hits me", "no", "he did it again today, he hit me").kind is Kind.SUPPORT


@pytest.mark.parametrize("message", ["how do i get round a restraining order", "how can i find where my ex lives"])
def test_requests_to_harm_get_a_plain_no(ask, message):
    """No help with finding or harming anyone, and a number to call."""
    reply = ask(message)
    assert reply.kind is Kind.SUPPORT
    assert reply.text.startswith("I can't help with that.")


@pytest.mark.parametrize(
    "message", ["give me the address of the flat", "can you tell me where the aunt lives", "where does the driver live"]
)
def test_curiosity_about_a_place_is_told_no_and_not_accused(ask, message):
    """No address, and no word that the writer may do harm; who looks for somebody of their own gets the plain no."""
    text = ask(message).text
    assert text.startswith("I give no private addresses, and no help with finding anyone.")
    assert "Respect" not in text
    assert ask(f"{message}, she is my ex").text.startswith("I can't help with that.")


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("mon ex me suit partout, qui appeler ?", "999"),
        ("pomocy, mąż mnie bije", "999"),
        ("ajutor, soțul meu mă bate", "999"),
    ],
)
def test_a_cry_in_another_language_is_heard(ask, message, language):
    """It gets contacts, a line in its own language, and that the bot answers in English."""
    reply = ask(message)
    assert reply.kind is Kind.SUPPORT
    assert language in reply.text
    assert "English" in reply.text


def test_a_contact_that_was_closed_is_not_offered(case):
    """No card offers the chat that is reported closed; what was printed in 2022 is told as that."""
    assert case.helplines["womens-aid"].chat == ""
    assert case.helplines["womens-aid"].phone == ""


def test_nothing_that_is_written_is_kept(tmp_path):
    """Chats in every plain face leave no file, no error output and no trace of their words outside the replies."""
    marker = "zyxmarker"
    lines = [json.dumps({"chat": f"{marker}{n}", "text": f"{marker} my husband hits me {marker}"}) for n in range(2)]
    for arguments, given in (
        (["pipe"], "\n".join(lines)),
        ([], f"{marker} he hits me\n"),
        (["ask", f"{marker} who"], ""),
    ):
        ran = subprocess.run(
            [sys.executable, "-X", "dev", "-m", "bot", *arguments],
            input=given,
            capture_output=True,
            text=True,
            env={**os.environ, "HOME": str(tmp_path), "TMPDIR": str(tmp_path)},
            check=False,
        )
        assert marker not in ran.stderr
        assert ran.returncode == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "message",
    [
        "Did the panic alarm help her? They want to put one in my flat and I don't know if it'll make him worse.",
        "What did the police do? Mine has broken his order six times and they only log it.",
    ],
)
def test_what_is_told_beside_a_question_is_heard(ask, message):
    """A question about the case does not drown what the writer says of their own life."""
    assert ask(message).kind is Kind.SUPPORT


def test_a_question_that_follows_an_answer_is_no_cry(ask):
    """The same words are heard with what was told before."""
    assert ask("Had he attacked her before?", "and he was never locked up for it?").kind is not Kind.SUPPORT


@pytest.mark.parametrize("message", ["I'd kill for a cup of tea", "sister smashed me at mario kart again"])
def test_figures_of_speech_are_no_cry(ask, message):
    """Nobody is sent a helpline for being beaten at a game."""
    assert ask(message).kind is not Kind.SUPPORT


@pytest.mark.parametrize("message", ["he beats me", "my dad will kill me if he finds out i've got a boyfriend"])
def test_near_a_figure_of_speech_is_heard(ask, message):
    """What only resembles one is a cry."""
    assert ask(message).kind is Kind.SUPPORT


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
    "message",
    [
        "my mum's going to kill me, i shrank her best jumper",
        "quickest way to kill ants in the kitchen",
        "i nearly wanted to die of embarrassment",
        "thrown under the bus by my manager again",
        "my tablet died in the middle of the film",
        "choked up at my brother's graduation",
        "so excited about the scan, who can i tell",
        "who do i contact for press",
        "im livid with the met. how long was the warrant out",
        "Makes me sick. Did the police say sorry?",
        "I'm 15 and writing for the school paper, what is the IOPC",
        "my cousin is a copper and won't tell me anything. was there an alarm",
        "he had an order, he broke it, nobody came. have i got that right",
        "If I'd been there I'd have knocked him out. Who tried to stop it?",
    ],
)
def test_strong_words_alone_are_no_cry(ask, message):
    """Figures of speech, anger about the case, a pupil's question."""
    assert ask(message).kind is not Kind.SUPPORT


@pytest.mark.parametrize(
    "message",
    [
        "my dad will kill me if he finds out i've got a boyfriend",
        "whats the quickest way to die",
        "im 14 and my dad hits me",
        "i want to die i cant cope",
    ],
)
def test_their_neighbours_are_cries(ask, message):
    assert ask(message).kind is Kind.SUPPORT


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("my girlfriend is pointing a knife at me", "If you are in danger now, call 999."),
        ("my friend is live on insta crying and a man behind her is smashing things", "call 999."),
        ("my cousins have come to take her to the airport, she is to be married tomorrow", "call 999."),
        ("my boy he eat all medicine of his nan", "Call 999 now, or get somebody to."),
        ("mate texted taken the lot, love you all, bye", "Call 999 now, or get somebody to."),
    ],
)
def test_what_happens_now_begins_with_999(ask, message, line):
    """Weapons, live scenes, an abduction, an overdose, whoever tells of it."""
    assert ask(message).text.partition("\n")[0].endswith(line)


@pytest.mark.parametrize(
    "message",
    [
        "my daughter moved in to look after me and she keeps my pension",
        "my girlfriend says if i leave she will out me, she shoved me down the steps once already",
        "the rabbi says keep the peace but he bangs my head on the cupboard when i bring it up",
        "he keeps checking her mileage and she has gone quiet these two years",
        "he locks me in the shed whenever i answer back",
        "for months he has stood over my bed with his belt",
    ],
)
def test_what_goes_on_over_time_is_no_danger_of_this_hour(ask, message):
    """It is heard all the same, and told of what helps."""
    reply = ask(message)
    assert reply.kind is Kind.SUPPORT
    assert "999" not in reply.text.partition("\n")[0]


def test_what_goes_on_still_is_not_past(ask):
    first = "What happened to you mattered"
    assert ask("he hit me when i was a kid").text.startswith(first)
    assert not ask("he hit me when i was a kid and last night my husband hit me too").text.startswith(first)


@pytest.mark.parametrize(
    "message", ["my mum is 79 and my brother hits her", "my mums 79 and my stepdad screams at her"]
)
def test_an_age_told_of_another_makes_nobody_a_child(ask, message):
    assert "Childline" not in ask(message).text


@pytest.mark.parametrize(
    "message",
    [
        "im zayd",
        "i was her friend",
        "i am abraham",
        "she was my cousin",
        "Yasmin was my auntie",
        "zayd is my cousin",
        "her boys are my nephews",
        "i used to work with yasmin",
        "we went to school with her",
        "that was my mum",
    ],
)
def test_who_is_close_to_the_case_is_told_how_to_reach_whoever_runs_the_bot(case, index, message):
    """By the address that is set, or else that there is none."""
    said = {
        contact: Conversation(case._replace(contact=contact), index).reply(message)[0].text
        for contact in ("", "editor@example.org")
    }
    assert all(text.startswith("I'm so sorry.") for text in said.values())
    assert "They have given no address to write to." in said[""]
    assert "They can be reached here: editor@example.org" in said["editor@example.org"]


def test_somebodys_partner_is_not_taken_for_family_of_the_case(ask):
    """Other people have the same names, and a "he" is anybody."""
    assert "runs this bot" not in ask("he was my husband").text


@pytest.mark.parametrize(
    "message", ["he's got a knife also who was the driver", "my husband hits me. also who was the driver"]
)
def test_a_question_that_a_word_joins_to_a_cry_takes_nothing_from_it(ask, message):
    alone = message.partition(" also ")[0]
    assert ask(message).helplines == ask(alone).helplines


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


@pytest.mark.parametrize(
    "message", ["you kill me with your puns", "my mum is coming to collect me", "locked my keys in the car again"]
)
def test_a_sign_counts_for_nothing_in_plain_everyday_talk(ask, message):
    """Where all the rest of it is like anything but a cry."""
    assert ask(message).kind is not Kind.SUPPORT


def test_a_figure_of_speech_silences_nothing_that_is_plainly_a_cry(ask):
    """ "Makes me eat it" is a figure of speech, but not where the plate was spat on."""
    assert ask("he spits in my food and makes me eat it").kind is Kind.SUPPORT
