"""Where blame is looked for: the responsibility is the killer's, and nothing is put on her, or on the police alone."""

import pytest

from bot.conversation import Conversation
from bot.reply import Kind
from tests.shared import said

RESPONSIBLE = "The responsibility for the killing is Leon McCaskie's."


@pytest.mark.parametrize(
    "question",
    [
        "was any of it her own fault",
        "who should be blamed for it",
        "did Yasmin wind him up",
        "she probably provoked him",
        "do you reckon it was her fault",
        "what had she done to deserve that",
    ],
)
def test_the_responsibility_is_the_killers(ask, question):
    """Blame is no matter of opinion: he killed her, and nothing is put on her, or on the police alone."""
    assert said(ask(question).text, [RESPONSIBLE], ["opinion", r"\AYes"]) == ([], [])


@pytest.mark.parametrize(
    ("fact", "questions"),
    [
        (
            "whose-fault",
            [
                "who's at fault for what happened to Yasmin",
                "who do people hold responsible",
                "was it partly her fault",
                "would you blame her",
                "whose fault do you reckon it is",
                "was the victim herself to blame",
                "is Leon to blame",
                "who should answer for her death",
                "who is responsible for all this",
                "does any blame fall on Yasmin",
                "so it was her fault then",
                "wos it her fault tho",
                "fault is whose",
                "who must carry the blame",
                "could Yasmin have stopped it",
            ],
        ),
        (
            "why-not-leave",
            [
                "couldn't Yasmin simply have walked out",
                "why hadn't she got away from him",
                "why did Yasmin stay in such a marriage",
                "why did she tolerate it",
                "why did she not move somewhere he couldn't find her",
                "she should have moved house",
                "why not just leave him",
                "y didnt she just leave",
                "why she stay with bad man",
                "how come she put up with him",
                "surely she could've left",
                "I'd have been gone in a week, why wasn't she",
                "what was stopping her leaving",
                "why did she stay all those years",
                "she could have walked away",
            ],
        ),
        (
            "police-had-been-told",
            [
                "why was the abuse never reported to the police",
                "why didn't Yasmin ring 999 about him",
                "she should've told the police",
                "why did she never go to the cops",
                "how come she didn't report him",
                "why didn't she phone the police",
                "why didnt she go to the police before",
                "y no call police",
                "she could have rung the police couldn't she",
                "why did Yasmin not involve the police",
                "why did she keep quiet",
                "for what reason did she not alert the police",
                "if he was that bad why not call the police",
                "why didn't she get help",
                "why hadn't she spoken to the police",
            ],
        ),
        (
            "provoked",
            [
                "did she do anything to annoy him",
                "had Yasmin provoked her ex",
                "what had she said to make him flip",
                "maybe she pushed him too far",
                "did she deserve what happened",
                "did she bring it upon herself",
                "was he provoked by her",
                "what had Yasmin done to set him off",
                "what did she do wrong",
                "she was asking for it wasn't she",
                "did Yasmin wind him up",
                "she probably wound him up",
                "did she make him do it",
                "was it in response to something she did",
                "had it coming did she",
            ],
        ),
    ],
)
def test_where_blame_is_looked_for_the_killer_is_named(ask, fact, questions):
    """It begins with whose the responsibility is, tells what was reported, and holds nothing that she did or left undone."""
    for question in questions:
        reply = ask(question)
        assert reply.facts == (fact,), question
        blamed = [
            r"(?i)she (should|could|might|ought)",
            "(?i)provok",
            "(?i)did(n't| not) (leave|call)",
            "(?i)fail",
            r"\AYes",
        ]
        if question != "is Leon to blame":
            assert said(reply.text, [rf"\A(No\. )?{RESPONSIBLE}"], blamed) == ([], []), question
        assert RESPONSIBLE in reply.text, question


def test_whose_the_responsibility_is_is_no_reports_word(ask):
    """Asked who says so, the bot gives no report for its own sentence."""
    for question in ("whose fault was it?", "did she provoke him?"):
        assert "responsib" not in ask(question, "who says so?").text


def test_to_look_for_blame_is_never_offered(conversation: Conversation, case):
    """No button, topic or next question asks why she didn't leave, nor does the title typed alone lead there."""
    blaming = {fact.id for fact in case.facts.values() if fact.responsible}
    assert blaming == {"whose-fault", "why-not-leave", "police-had-been-told", "provoked"}
    for fact in case.facts.values():
        assert blaming.isdisjoint(fact.related), fact.id
    for message in (
        "topics",
        "start",
        "people",
        *(theme.title for theme in case.themes.values()),
        "who killed her",
        "fault",
        "why",
        "did he or she",
        *(f.question for f in case.facts.values()),
    ):
        reply, context = conversation.reply(message)
        offered = {choice.id.removeprefix("fact:") for choice in (*reply.suggestions, *reply.choices)}
        assert blaming.isdisjoint(offered), message
        more, _ = conversation.reply("tell me more", context)
        assert blaming.isdisjoint(more.facts), message


def test_a_cry_beside_such_a_question_offers_no_answer_to_it(ask):
    """Who lives with it, and asks why she stayed, is not shown that question on a button."""
    reply = ask("my husband hits me. why didn't she leave him?")
    assert reply.kind is Kind.SUPPORT
    assert (reply.suggestions, reply.facts) == ((), ())


def test_the_killer_stands_first_where_the_police_are_blamed(ask):
    """What her son and a councillor said of the police is told after who killed her, with speaker, report and day."""
    for question in ("are the police to blame", "was it the Met's fault"):
        text = ask(question).text
        assert text.startswith("Leon McCaskie killed Yasmin Chkaifi.")
        assert said(
            text, ["ITV News reported on 4 February 2022", "in Ham & High"], [r"says that they", "nothing yet"]
        ) == ([], [])


@pytest.mark.parametrize(
    "question",
    [
        "how come she didn't leave",
        "she ought to have left him",
        "why would Yasmin stay with such a man",
        "couldn't she just go",
    ],
)
def test_she_had_left(ask, question):
    """The marriage had ended, and he went on; nobody is told what she should have done."""
    text = ask(question).text
    assert "marriage to Leon McCaskie had already ended" in text
    assert "should have" not in text
