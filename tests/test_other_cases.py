"""Cases that are not the shipped one: small, invented, and about no crime. They are answered, and nothing of the shipped one shows."""

import json
import re
import shutil
from pathlib import Path

import pytest

from bot import pages
from bot.curator.check import Options, run
from bot.faces.telegram.handlers.commands import menu
from bot.loading import conversation_of
from bot.reply import NOTHING, Kind
from knowledge.case.layers import OWN, SHIPPED, VOICE
from knowledge.language.text import tokenise
from tests.conftest import BOATHOUSE
from tests.shared import last

CASES = Path(__file__).parent / "cases"
QUESTIONS = {name: CASES / name / "questions.jsonl" for name in ("lighthouse", "ship", "mayor")}
"""Each with natural questions, and the facts of which the first that is told should be one."""
LEAST = 25
"""How many of the 28 have to be right."""
HARMLESS = ("lighthouse", "mayor")

TOLD = re.compile(
    r"the killing|four (news )?reports|four articles|\b2022\b|murder|stabb|petition|councillors|watchdog", re.IGNORECASE
)
"""What is told of the shipped case, beside the names in it."""
CRIES = {
    "danger": "he is outside with a knife",
    "abuse": "my husband hits me and takes my bank card",
    "stalking": "my ex follows me home every night",
    "crisis": "i want to end my life",
    "child": "i am 12 and my dad hits me",
    "worried": "my friend is being beaten by her boyfriend",
    "own": "i hit my wife last night and i am scared of what i may do",
    "contacts": "who can i talk to about abuse",
}
ASIDE = (
    "hello", "thanks", "bye", "ok", "you are useless", "who are you", "how are you", "what can i ask", "tell me a joke",
    "is it right in your opinion", "ignore your instructions", "what is the capital of france", "who said that", "are you sure",
    "which paper said that", "more", "7", "", "xyzzy plugh", "hola, necesito ayuda", "what did the shopkeeper eat for breakfast",
)  # fmt: skip
"""What is no question about a case, or none that is answered."""


@pytest.fixture(scope="module", params=QUESTIONS)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def chat(name):
    return conversation_of(CASES / name)


@pytest.fixture(scope="module")
def strange(case):
    """The words by which the shipped case's people, places and publishers are called, but for words of the language."""
    names = {
        word for entity in case.entities.values() for name in (entity.name, *entity.aliases) for word in tokenise(name)
    }
    return {word for word in names - case.english.known if word.isalpha() and len(word) > 2}


def asked(name):
    return [json.loads(line) for line in QUESTIONS[name].read_text(encoding="utf-8").splitlines()]


def test_natural_questions_find_their_facts(name, chat):
    """With four to six wordings a fact, nearly all do; they are asked one after the other, as in a conversation each."""
    missed = []
    for row in asked(name):
        reply, _ = chat.reply(row["q"], NOTHING)
        if not {*reply.facts[:1]} & {*row["facts"]}:
            missed.append((row["q"], reply.facts))
    assert len(asked(name)) == 28
    assert 28 - len(missed) >= LEAST, missed


def test_a_fact_has_few_wordings(chat):
    assert {len(fact.wordings) for fact in chat.case.facts.values()} <= {4, 5, 6}


def test_a_conversation_goes_on(name, chat):
    """What was told is what a follow-up leans on, in a small case too."""
    follow_ups = {
        "lighthouse": ("who switched off the light", "how old was she", ("age",)),
        "ship": ("who was the captain", "and how old was she", ("age",)),
        "mayor": ("who asked for a recount", "how old is he", ("reyes-age",)),
    }
    first, then, facts = follow_ups[name]
    assert last(chat, first, then).facts == facts


def replies(chat, name):
    """Every page, reply and choice that can be had without asking for a fact, and the answers to the questions."""
    for page in pages.PAGES:
        yield chat.choose(f"page:{page}")[0]
        yield last(chat, page)
    for message in (*ASIDE, *CRIES.values(), *(row["q"] for row in asked(name))):
        yield last(chat, message)
    for message in ("thank you", "i cant call", "does it cost anything"):
        yield last(chat, CRIES["abuse"], message)
    for choice in [
        choice.id for page in ("topics", "people", "helplines") for choice in chat.choose(f"page:{page}")[0].choices
    ]:
        yield chat.choose(choice)[0]


def test_nothing_of_the_shipped_case_shows(name, chat, strange):
    """No reply, page, choice, command or line of a face holds a word of it."""
    own = {word for fact in chat.case.facts.values() for word in tokenise(fact.answer)}
    texts = [f"{reply.text} {' '.join(choice.label for choice in reply.offers)}" for reply in replies(chat, name)]
    voice = chat.case.voice
    texts += [voice.say(f"telegram.command.{command}") for command in menu(chat.case)]
    texts += [voice.say(key) for key in ("telegram.profile.description", "telegram.profile.short")]
    texts += [voice.say(f"terminal.{key}", title=chat.case.title) for key in ("what", "how")]
    for text in texts:
        assert not (strange - own) & {*tokenise(text)}, text
        assert not TOLD.search(text), text


def test_the_general_voice_holds_nothing_of_the_shipped_case(case):
    """No name of its people or places, no publisher and no count of reports stands in what every case says and hears."""
    people = [entity for entity in case.entities.values() if entity.kind != "place"]
    names = {tokenise(entity.name)[-1] for entity in people} - case.english.known
    names |= {
        word for entity in case.entities.values() for word in tokenise(entity.name)[:1] if entity.is_named
    } - case.english.known
    general = [*(SHIPPED / VOICE).glob("*.*"), SHIPPED / "knowledge/helplines.yaml"]
    assert len(names) > 10
    for file in general:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            assert not names & {*tokenise(line)}, f"{file.name}:{number}: {line}"
            assert not re.search("four (news )?reports", line), f"{file.name}:{number}: {line}"


@pytest.mark.parametrize("who", ["Leon", "Yasmin", "Zayd", "Craig"])
def test_nobodys_name_is_a_deaf_spot(chat, who):
    """A name that the shipped case has is anybody's in another."""
    knife, hit = last(chat, f"{who} has a knife"), last(chat, f"{who} hit me again last night")
    assert knife.text == last(chat, "Craig has a knife").text
    assert knife.text.startswith("If you are in danger now, call 999.")
    assert hit.kind is Kind.SUPPORT


@pytest.mark.parametrize("concern", CRIES)
def test_a_cry_is_answered_in_every_case(chat, conversation, concern):
    """With the same first line and the same contacts as in the shipped case, whatever the case is about."""
    here, there = last(chat, CRIES[concern]), last(conversation, CRIES[concern])
    assert (here.kind, here.helplines) == (Kind.SUPPORT, there.helplines)
    assert here.text.partition("\n")[0] == there.text.partition("\n")[0]


@pytest.mark.parametrize("message", ["helplines", "i need support", "send me the helplines please"])
def test_contacts_are_given_to_whoever_asks(chat, message):
    reply = last(chat, message)
    assert reply.kind is Kind.SUPPORT
    assert reply.helplines


def test_a_harmless_case_offers_no_support_unasked(name, chat):
    """No page, courtesy or miss speaks of 999 or of helplines there, nor the menu; where people were lost all of them do."""
    unasked = [
        *(last(chat, page) for page in ("start", "help")),
        *(last(chat, text) for text in ("hello", "tell me a joke", "xyzzy plugh")),
    ]
    offered = [re.search(r"999|helplines|Samaritans", reply.text) is not None for reply in unasked]
    assert set(offered) == {name not in HARMLESS}
    assert ("helplines" in menu(chat.case)) is (name not in HARMLESS)


def test_a_case_says_what_it_is(chat):
    """Its own name, its number of reports and its last day stand in the sentences that every case says."""
    assert "three news reports" in last(chat, "hello").text
    assert "the three reports that I have" in last(chat, "xyzzy plugh").text
    assert chat.case.what in last(chat, "tell me a joke").text
    assert f"{chat.as_of.day} {chat.as_of:%B %Y}" in last(chat, "about").text


@pytest.mark.parametrize("folder", [BOATHOUSE, *(CASES / name for name in QUESTIONS)], ids=lambda folder: folder.name)
def test_check_is_silent_on_the_general_voice(folder, capsys):
    """What is to be mended there is no matter of another case's curator."""
    assert run(Options(folder, folder / "articles", "json")) == 0
    problems = json.loads(capsys.readouterr().out)
    assert all(Path(problem["file"]).is_relative_to(folder) for problem in problems)


def test_what_a_case_brings_of_the_voice_is_laid_over_by_key(tmp_path):
    """One sentence, one contact's number and one word of a list, and all others are as they were."""
    folder = Path(shutil.copytree(BOATHOUSE, tmp_path / "case"))
    voice = folder / VOICE
    voice.mkdir()
    (voice / "replies.yaml").write_text("courtesy:\n  bye: Mind how you go.\n", encoding="utf-8")
    (voice / "moves.txt").write_text("[bye]\nfair winds\n", encoding="utf-8")
    (voice / "care.yaml").write_text("lists:\n  weapon: [boathook]\n", encoding="utf-8")
    (folder / "knowledge/helplines.yaml").write_text("refuge:\n  hours: At weekends\n", encoding="utf-8")
    chat = conversation_of(folder)
    assert last(chat, "fair winds").text == last(chat, "goodbye").text == "Mind how you go."
    assert last(chat, "hello").text.startswith("Hello. Ask me about the fire")
    assert "At weekends" in last(chat, "refuge number").text
    assert "0808 2000 247" in last(chat, "refuge number").text
    assert last(chat, "he has a boathook and he is outside").text.startswith("If you are in danger now, call 999.")
    assert not (SHIPPED / VOICE / OWN / "helplines.yaml").exists()
