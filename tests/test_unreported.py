"""What no report says: it is told as that, denied without insinuating, never offered and never settled by yes or no."""

import pytest

from bot.conversation import Conversation
from bot.reply import NOTHING, Kind
from knowledge.case.model import Status
from tests.shared import replies, said


def test_what_the_reports_do_not_say_is_never_offered(conversation, case):
    """No choice, suggestion or opener of any reply, to whole, shortened and strange messages, is an unreported fact."""
    silent = {f"fact:{fact.id}" for fact in case.facts.values() if fact.status is Status.UNREPORTED}
    messages = [wording for fact in case.facts.values() for wording in fact.wordings[::50]]
    messages += [" ".join(wording.split()[1:-1]) for wording in messages] + [wording for wording, _ in case.moves[::25]]
    context, kinds = NOTHING, set()
    for message in messages:
        fresh, _ = conversation.reply(message)
        following, context = conversation.reply(message, context)
        kinds |= {fresh.kind, following.kind}
        assert silent.isdisjoint(choice.id for choice in (*fresh.offers, *following.offers)), message
    assert len(messages) > 300
    assert kinds == set(Kind)
    for reply in replies(conversation):
        assert silent.isdisjoint(choice.id for choice in reply.offers)


def test_more_goes_on_to_what_is_reported(conversation, case):
    """However often "tell me more" is said, nothing comes up that the reports don't say."""
    for id_ in list(case.facts)[::3]:
        _, context = conversation.choose(f"fact:{id_}")
        for _ in range(7):
            reply, context = conversation.reply("tell me more", context)
            assert all(case.facts[told].status is not Status.UNREPORTED for told in reply.facts)


@pytest.mark.parametrize(
    "question", ["who fathered the two children?", "what did McCaskie work as?", "was he on drugs?"]
)
def test_no_report_is_named_for_what_none_says(ask, question):
    """Asked who says so after "the reports don't say", the bot names no report for it."""
    text = ask(question, "who says so?").text
    assert "None of the reports says it." in text
    assert "This comes from" not in text


INSINUATIONS = (
    "(?i)somebody new", "agreed", "back together", "knew her", "accomplice", "helped him", "a tag", "drink", "drugs",
    "followed her", "mistake", "her friends, her", "saw it",
)  # fmt: skip


def test_what_is_not_reported_is_denied_without_insinuating(case):
    """None of these answers puts an act or a relation into words that the reports don't tell of."""
    for fact in case.facts.values():
        if fact.status is Status.UNREPORTED:
            assert said(fact.answer, [], INSINUATIONS) == ([], []), fact.id


def test_what_is_not_reported_is_never_offered(conversation: Conversation, case):
    """No button, no next question and no "tell me more" spreads a denial that nobody asked for."""
    told = {f"fact:{fact.id}" for fact in case.facts.values() if fact.status is not Status.UNREPORTED}
    vague = [
        "child",
        "knife",
        "photo",
        "what about Abraham",
        "her last moments",
        "the son and the address",
        "note",
        "video",
    ]
    for message in [*vague, *(fact.ask[-1] for fact in case.facts.values())]:
        reply, context = conversation.reply(message)
        offered = {choice.id for choice in (*reply.suggestions, *reply.choices) if choice.id.startswith("fact:")}
        assert offered <= told, message
        more, _ = conversation.reply("tell me more", context)
        assert not [id_ for id_ in more.facts if f"fact:{id_}" not in told], message


@pytest.mark.parametrize(
    ("fact", "leads"),
    [
        ("harassed", ["Had he been bothering her non-stop?", "This ex was giving harassment to her all the time?"]),
        ("she-was-afraid", ["Was she afraid of him?", "Did she feel safe?"]),
        ("he-lived-near", ["did he live close by", "Was he a neighbour of theirs?"]),
        ("younger-child", ["Was the second child twelve years of age?", "is the younger child a baby"]),
        ("legacy", ["Is Zayd planning to campaign against domestic abuse?", "does he want to raise awareness"]),
        (
            "order",
            ["Had a judge told Leon to steer clear of his ex?", "Was Leon legally barred from going near Yasmin?"],
        ),
        ("petition-count", ["Did millions sign it?", "Did the petition reach a million?"]),
        ("time", ["Was it in broad daylight?", "Was it dark?"]),
        (
            "driver-support",
            ["is he getting professional help", "Did they leave Abraham to deal with the trauma on his own?"],
        ),
        ("family-describes-her", ["was she a nice lady", "Was Yasmin a kind soul?"]),
        (
            "earlier-attacks",
            ["Was this the sole occasion on which he assaulted her?", "this was the first attack, yeah"],
        ),
        ("name-withheld", ["Was the Met kept in the loop by Zayd?", "did the son give lbc his name"]),
    ],
)
def test_neither_yes_nor_no_where_the_reports_settle_nothing(ask, fact, leads):
    """A claim, a guess and what nobody reported are told without a verdict."""
    for question in leads:
        reply = ask(question)
        assert reply.facts[:1] == (fact,), question
        assert not reply.text.startswith(("Yes", "No.")), question


LASTING = frozenset(
    (
        "is it the son who has called this man like a monster?",
        "is it so that Begum spoke of beatings in homes going up?",
        "is it a duty to stop the evil, by what Abraham said",
        "is IOPC a part of the court?",
        "Is it correct that the mistreatment ceased upon divorce?",
        "Is it true Barraclough accused Scotland Yard of failing at something basic?",
        "Is it true that bystanders merely looked on?",
        "Is it correct that Abraham was driving a red Ford?",
        "Is 43 the right figure for the murdered mum?",
        "is it true that she was 41",
        "Is the killer responsible for what he did?",
        "Are they both dead?",
        "Is Yasmin still alive?",
        "Is the killer dead?",
        "Is McCaskie still alive?",
        "Is he in jail?",
        "is the killer today still alive?",
        "is the murder trial on now",
        "Will he ever have to answer for it in court?",
        "Are McCaskie and McCaskre the same man?",
        "are mccaskie and mccaskre one man",
        "are there two killers, mccaskie and mccaskre",
        "Is Leon McCaskre somebody different from Leon McCaskie?",
        "is zayd her son",
        "is Zayd the eldest of her kids?",
        "Is the eldest son called Ibrahim?",
        "Is Bakalli the proper way to write it?",
        "is ITV one from your sources?",
        "is it clear which of the children talked to the mail's website",
        "Is the lad in the LBC report named?",
        "Is there a photo of Zayd with both his parents?",
        "Is there a hotline for abused blokes in the ITV piece?",
    )
)
"""What may be asked of now, for it lasts: who is dead, who is who, what was said, what a report prints."""


def test_a_state_of_2022_is_not_confirmed_in_the_present_tense(case):
    """Nobody is told yes or no on whether the driver "is" on bail, or whether an investigation "is" going on."""
    for fact in case.facts.values():
        for wording in (*fact.yes, *fact.no):
            assert wording.lower().split()[0] not in {"is", "are", "will"} or wording in LASTING, wording
