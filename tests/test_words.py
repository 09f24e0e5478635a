"""What the bot shows can be typed: every label, number and word does what its button does, in any chat at any time."""

import ast
import io
import json
import re
from pathlib import Path

import pytest

from bot.faces import pipe, terminal
from bot.pages import PAGES
from bot.reply import NOTHING, Kind
from knowledge.case.model import Case
from knowledge.language.text import tokenise
from tests.shared import shown

TOP = Path(__file__).parent.parent
TURNS = ("Who was the driver?", "my husband hits me", "thanks", "qwxz")
AROUND = ("{}", "{} please", "3. {}", "👉 {}", "ok, {}!", "{}.")
NUMBERS = (
    "{}",
    "{}.",
    "{})",
    "no {}",
    "No. {}",
    "#{}",
    "{} please",
    "number {}",
    "option {}",
    "({})",
    "yes, {}",
    "show me {}",
    "I'll take number {}",
)
WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
COUNTED = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"


def named(case: Case) -> set[str]:
    """The words that a sentence of the bot tells people to send."""
    found = set()
    for sentence in case.voice.sentences.values():
        found |= set(re.findall(r"(?<![\w/])/([a-z]+)", sentence))
        for words in re.findall(r"\bsend(?: one of)?: ([^.\n]+)", sentence):
            found |= set(re.split(r", ", words))
        found |= set(re.findall(r"\b[Ss]end (?!one\b|a\b|me\b)(\w+)", sentence))
    return found


@pytest.fixture(scope="module")
def labels(conversation):
    return shown(conversation)


@pytest.mark.parametrize("before", [(), *((turn,) for turn in TURNS), TURNS])
def test_what_is_shown_can_be_typed(conversation, labels, before):
    """A label or word typed in a fresh chat, after a restart or after other turns does what its button does there."""
    context = NOTHING
    for turn in before:
        _, context = conversation.reply(turn, context)
    for label, id_ in labels.items():
        assert conversation.reply(label, context) == conversation.choose(id_, context), label


def test_case_punctuation_and_politeness_change_nothing(conversation, labels):
    """A number or an emoji before it, capitals, "please" behind it: the same reply."""
    for label, id_ in labels.items():
        wanted = conversation.choose(id_)
        for around in AROUND:
            typed = around.format(label)
            assert conversation.reply(typed) == conversation.reply(typed.upper()) == wanted, typed


def test_every_word_that_a_sentence_names_leads_where_it_says(conversation, case):
    """Pages by their names, kinds of help by the words of the helplines page."""
    needs = [conversation.choose(f"need:{id_}") for id_ in case.care.needs]
    words = named(case)
    assert {"helplines", "topics", "women", "quiet", "Northern Ireland", "forget"} <= words
    for word in words:
        wanted = [conversation.choose(f"page:{word}")] if word in PAGES else needs
        assert conversation.reply(word) in wanted, word


def test_the_title_of_a_fact_can_be_typed(conversation, case):
    """It leads to its fact."""
    for fact in case.facts.values():
        if fact.is_offered:
            assert conversation.reply(fact.title)[0].facts == (fact.id,)


def test_the_pipe_reads_labels_as_the_conversation_does(conversation, labels):
    """Each in a chat of its own, and after a list its numbers."""
    asked = [(label, label, conversation.choose(id_)[0]) for label, id_ in labels.items()]
    asked += [("list", "Show all", conversation.choose("page:helplines")[0])]
    asked += [("list", "20.", conversation.choose("need:northern-ireland")[0])]
    lines = [json.dumps({"chat": chat, "text": text}).encode() for chat, text, _ in asked]
    for line, (chat, _, wanted) in zip(pipe.run(conversation, lines), asked, strict=True):
        assert json.loads(line) == {"chat": chat} | json.loads(pipe.dumps(wanted))


def test_the_terminal_numbers_all_that_it_offers(conversation):
    """After a disclosure the kinds of help stand numbered, and each number does what it says."""
    lines = io.StringIO("my wife hits me most weekends\n4\nhe hits me. when was it?\n8\n")
    out = io.StringIO()
    terminal.run(conversation, lines, out)
    first, quiet, beside, told = out.getvalue().split("\n> ")[1:5]
    numbered = "1. In danger now\n2. It is happening at home\n3. Worried about someone\n4. Quietly, without speaking\n"
    assert numbered in first
    assert "Text SHOUT to 85258" in quiet
    assert "8. When did it happen?" in beside
    assert "24 January 2022" in told


def test_a_number_means_the_last_list_whatever_its_length(conversation, case):
    """After "Show all" each of the twenty can be had by its number, however that is written, and after thanks too."""
    for turns in (["Show all"], ["Show all", "thanks"], ["he hits me", "Show all", "hello"]):
        context = NOTHING
        for turn in turns:
            _, context = conversation.reply(turn, context)
        offered = conversation.choose("page:helplines")[0].offers
        assert len(offered) == len(case.care.needs) == 20
        for number, choice in enumerate(offered, 1):
            wanted = conversation.choose(choice.id, context)
            word, count = WORDS.split()[number - 1], COUNTED.split()[number - 1]
            typed = [form.format(number) for form in NUMBERS] + [word, f"number {word}", f"the {count}", f"{count} one"]
            for text in (*typed, f"{number}\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}", f"the {number}th"):
                assert conversation.reply(text, context) == wanted, text
        assert conversation.reply("the last one", context) == conversation.choose(offered[-1].id, context)


@pytest.mark.parametrize(
    "turns",
    [["my wife hits me most weekends"], ["qwxz"], ["witness"], ["topics"], ["What car was it?"], ["In danger now"]],
)
def test_under_every_list_a_number_takes_up_its_choice(conversation, turns):
    """Under support, under what isn't found, under what asks back, under a page and under an answer."""
    context = NOTHING
    for turn in turns:
        reply, context = conversation.reply(turn, context)
    for number, choice in enumerate(reply.offers, 1):
        assert conversation.reply(f"{number} please", context) == conversation.choose(choice.id, context)


@pytest.mark.parametrize("turns", [[], ["about"], ["he hits me", "Show all", "sources"], ["What car was it?"]])
def test_a_number_that_no_list_has_is_told_kindly(conversation, turns):
    """Nothing is searched for a bare number; where to find support is said."""
    context = NOTHING
    for turn in turns:
        _, context = conversation.reply(turn, context)
    for text in ("4", "number four", "17.", "no 9 please", *(["1", "two"] if not context.offered else [])):
        reply, after = conversation.reply(text, context)
        assert reply.kind is Kind.COURTESY
        assert reply.text.endswith(("helplines", "topics"))
        assert after == context


@pytest.mark.parametrize("text", ["24 January", "43", "no one", "5,000", "the 4th of January", "two children", "24/1"])
def test_what_only_holds_a_number_is_no_choice(text, conversation):
    """A date, an age or a count is a message like any other."""
    assert not 0 < conversation.picking.number_in(tokenise(text), 7) <= 20


@pytest.mark.parametrize("word", ["police", "children", "older", "home", "man", "friend", "woman", "murder", "where"])
def test_a_bare_word_that_may_be_said_of_the_case_is_no_help_word(ask, word):
    """In a conversation about the case such a word is an answer or a question about it."""
    assert ask("Who was there?", word).kind is not Kind.SUPPORT


@pytest.mark.parametrize(
    "text", ["help please", "please help", "send help", "HELP me", "🆘 help", "🆘", "please send help"]
)
def test_a_plea_for_help_is_no_page(ask, text):
    """Only the bare word brings the page of how to ask."""
    assert ask(text).text.startswith("If you are in danger now, call 999.")
    assert ask("Help.") == ask("help")


@pytest.mark.parametrize("text", ["999", "call 999", "112", "55", "press 55", "Emergency!", "danger", "in danger"])
def test_the_emergency_can_be_typed(ask, text):
    """999 first, and the way to call it in silence."""
    lines = ask("Who was the driver?", text).text.split("\n\n")
    assert lines[0] == "If you are in danger now, call 999."
    assert "press 55" in lines[1]


@pytest.mark.parametrize(
    "text", ["0808 2000 247", "08082000247", "+44 808 2000 247", "Copy 0808 2000 247", "ring Refuge"]
)
def test_a_helpline_can_be_typed_by_its_number_or_name(conversation, text):
    """What stands on a contact brings all of its card."""
    assert conversation.reply(text) == conversation.choose("contact:refuge")


def test_every_sentence_is_said(case):
    """Each key of what the bot says stands in the code, whole or as its last part behind a prefix (some are parts of the model)."""
    constants, prefixes = set(), set()
    for file in [*TOP.glob("bot/**/*.py"), TOP / "knowledge/case/model.py"]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                prefixes.add(node.values[0].value)
    constants |= {move.replace("-", "_") for _, move in case.moves}
    unsaid = set()
    for key in case.voice.sentences:
        behind = {key[len(prefix) :] for prefix in prefixes if prefix.count(".") and key.startswith(prefix)}
        if key not in constants and not behind & constants and not key.startswith("avoid."):
            unsaid.add(key)
    assert unsaid == set()
