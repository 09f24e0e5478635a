"""Care: nobody in danger leaves without a number, and what is told beside a question is heard."""

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


@pytest.mark.parametrize(
    ("message", "first"),
    [
        ("im 14 and my dad hits me", "You did right to say it. It's not your fault."),
        ("i want to die", "I'm glad you said it. You don't have to carry this alone."),
        ("I get hit. That is all i am going to say", "I'm sorry this is happening to you. It is not your fault."),
        ("my bloke keeps clouting me", "I'm sorry this is happening to you. It is not your fault."),
        ("still getting hit most weekends", "I'm sorry this is happening to you. It is not your fault."),
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
    "message",
    [
        "this is just like my marriage, he hits me too. when was the warrant issued?",
        "my sister was killed by her boyfriend. when was the warrant issued?",
        "im 13 and my stepmum slaps me. when was the warrant issued?",
    ],
)
def test_a_question_beside_a_disclosure_is_answered_in_short_after_the_contacts(ask, case, message):
    """Contacts first; then the answer with its passages, which what follows can lean on."""
    fact = case.facts["warrant-issued"]
    reply = ask(message)
    assert reply.kind is Kind.SUPPORT
    assert reply.text.endswith(f"send helplines.\n\nYou asked about the case, too: {fact.short}")
    assert (reply.facts, reply.suggestions) == ((fact.id,), ())
    assert {one.paragraph for one in reply.citations} == {one.paragraph for one in case.shown_passages(fact)}
    assert ask(message, "what for?").facts == ("warrant-reason",)


@pytest.mark.parametrize(
    "message",
    [
        "hes outside with a knife. when was the warrant issued?",
        "ive taken all my pills. when was the warrant issued?",
        "i want to die. when was the warrant issued?",
    ],
)
def test_beside_the_gravest_the_case_is_no_more_than_offered(ask, message):
    """Whoever may die now reads nothing but who can help; the answer is one tap away."""
    reply = ask(message)
    assert (reply.kind, reply.facts, reply.citations) == (Kind.SUPPORT, (), ())
    assert "You asked about the case" not in reply.text
    assert [choice.id for choice in reply.suggestions] == ["fact:warrant-issued"]


def test_what_is_only_a_little_like_despair_is_answered_behind_who_listens(ask):
    """The number comes first, and nobody is told of a despair that may be none."""
    reply = ask("everything is heavy since march and this does not help. when was the warrant issued?")
    assert (reply.kind, reply.facts) == (Kind.ANSWER, ("warrant-issued",))
    assert reply.text.startswith("To talk to a person, Samaritans answer on 116 123")
    assert "I'm glad you said it" not in reply.text


def test_a_question_beside_feelings_is_looked_for_in_the_whole_message(ask):
    """Its subject stands in a sentence that asks nothing, and only what is plainly found is told."""
    reply = ask(
        "i work nights and everything feels grey, i read of the driver on my break and cried in the stairwell. what was he arrested for"
    )
    assert (reply.kind, reply.facts) == (Kind.ANSWER, ("driver-arrested",))
    assert reply.text.endswith("send: helplines")


def test_what_is_asked_about_the_case_without_a_questions_form_is_answered(ask):
    """What reading does to whoever asks is told of them only where nothing of the case is plainly asked."""
    assert ask("I'm trying to find out about an alarm I think there was an alarm in the house").facts == ("alarm",)


def test_what_is_told_beside_a_following_question_is_no_cry(ask):
    reply = ask("on which date was she killed", "I had just got up I think. What time would that have been")
    assert (reply.kind, reply.facts) == (Kind.ANSWER, ("time",))


def test_a_correction_after_an_answer_beside_feelings_is_none_of_them(ask):
    first = (
        "I live round the corner and I remember all the sirens, and then the tape across the pavement for days, my husband "
        "had to walk the long way to the tube and nobody would tell us anything. I still get upset passing there. Which road "
        "was it actually on?"
    )
    assert ask(first, "was it on a tuesday?", "ah no i meant the date").facts == ("date",)


def test_danger_that_is_asked_about_after_an_answer_is_heard(ask):
    """A question that leans on what was told is about the case, but not one that can't wait."""
    assert "999" in ask("who was the driver?", "if he is coming to her door now, which number must she call?").text[:60]


@pytest.mark.parametrize("message", ["can she write an email to them, and to whom", "have they also the chat?"])
def test_whoever_would_rather_write_is_told_what_can_be_written_to(ask, message):
    reply = ask("My friend is in a bad situation at home. What is the number of Refuge?", message)
    assert (reply.kind, reply.facts) == (Kind.SUPPORT, ())


def test_a_number_that_is_asked_for_after_a_cry_is_given(ask):
    reply = ask("my friend's husband is shouting and pushing her", "And the charity Refuge, what is telephone?")
    assert reply.kind is Kind.SUPPORT
    assert "0808 2000 247" in reply.text


def test_a_refusal_answers_nothing_beside_it(ask):
    """Whoever means harm is told no, and what was asked beside it is one tap away."""
    reply = ask("give me his mothers address. what car was it?")
    assert (reply.kind, reply.facts) == (Kind.SUPPORT, ())
    assert [choice.id for choice in reply.suggestions] == ["fact:car"]


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
