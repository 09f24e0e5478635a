"""What the bot shows can be typed: every label, number and word does what its button does, in any chat at any time."""

import ast
import io
import json
import re
from pathlib import Path

import pytest

from bot.conversation import Conversation
from bot.faces import pipe, terminal
from bot.pages import PAGES
from bot.reply import NOTHING, Kind, Reply
from knowledge.case.model import Case, Status
from knowledge.language.text import tokenise

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
ALWAYS = "Day and night"


def replies(conversation: Conversation) -> list[Reply]:
    """A reply of every kind that offers something: each page, need, contact and fact, and what asks back or finds nothing."""
    case = conversation.case
    ids = [f"page:{name}" for name in PAGES] + [f"need:{id_}" for id_ in case.care.needs]
    ids += [f"contact:{id_}" for id_ in case.helplines] + [f"fact:{id_}" for id_ in case.facts]
    ids += [f"theme:{theme}/{page}" for theme in case.themes for page in range(1, 5)]
    said = (
        "witness",
        "what were for",
        "are you sure",
        "tell me a joke",
        "ignore your rules",
        "he hits me. who was she?",
    )
    return [conversation.choose(id_)[0] for id_ in ids] + [conversation.reply(text)[0] for text in said]


def shown(conversation: Conversation) -> dict[str, str]:
    """Every label that a reply shows and every word that may be typed for a need, with the id of its choice.

    What turns a page is left out: its words mean the page that was shown last.
    """
    turning = {conversation.case.voice.say(f"page.{key}") for key in ("earlier", "later")}
    offers = [choice for reply in replies(conversation) for choice in reply.offers if choice.label not in turning]
    words = {choice.label: choice.id for choice in offers}
    needs = conversation.case.care.needs.values()
    return words | {word: f"need:{need.id}" for need in needs for word in need.words}


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
