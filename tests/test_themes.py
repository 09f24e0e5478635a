"""What can be asked, by theme: the themes, their pages, and what turns them, in the conversation and every plain face."""

import io
import json

import pytest

from bot import themes
from bot.faces import pipe, terminal
from bot.loading import conversation_of
from bot.reply import NOTHING, Kind
from knowledge.case.model import Status
from tests.conftest import BOATHOUSE
from tests.shared import change


def chat(conversation, *messages):
    """The last reply to some messages in a row, and the context after it."""
    context = NOTHING
    for message in messages:
        reply, context = conversation.reply(message, context)
    return reply, context


def pages(conversation, theme):
    """Every page of a theme, turned by its own choices."""
    found = [conversation.choose(f"theme:{theme}")[0]]
    while later := [choice.id for choice in found[-1].choices if choice.label == "Later ›"]:
        found.append(conversation.choose(later[0])[0])
    return found


def asked(reply):
    return [choice.id.removeprefix("fact:") for choice in reply.choices if choice.id.startswith("fact:")]


def test_the_topics_are_the_themes_of_the_case_in_its_order(conversation, case):
    """Their titles are those of case.yaml; each leads to its questions, and back."""
    reply, _ = conversation.reply("topics")
    assert [choice.label for choice in reply.choices] == [theme.title for theme in case.themes.values()][:-1]
    assert list(case.themes)[-1] == "unreported"
    for choice in reply.choices:
        page, _ = conversation.choose(choice.id)
        assert page.text.startswith(choice.label)
        assert page.choices[-1].id == "page:topics"


def test_a_theme_has_all_its_questions_the_most_asked_first(conversation, case):
    """Eight on a page, each once; none that the reports don't answer, nor one that looks for somebody to blame."""
    for theme in list(case.themes.values())[:-1]:
        turned = pages(conversation, theme.id)
        ids = [id_ for page in turned for id_ in asked(page)]
        facts = [case.facts[id_] for id_ in ids]
        assert set(ids) == {id_ for id_ in theme.facts if case.facts[id_].is_offered}
        assert len(set(ids)) == len(ids)
        assert all(len(asked(page)) <= 8 for page in turned)
        counts = [len(fact.wordings) for fact in facts]
        assert counts == sorted(counts, reverse=True)
        assert not [fact.id for fact in facts if fact.responsible or fact.status is Status.UNREPORTED]


def test_the_ids_of_pages_are_short_and_never_fail(conversation, case):
    """At most sixty bytes; a page beyond the last is the last, and a theme that there isn't gets a kind line."""
    ids = [choice.id for theme in case.themes for page in pages(conversation, theme) for choice in page.choices]
    assert max(len(id_.encode()) for id_ in ids) <= 60
    last = pages(conversation, "driver")[-1]
    for number in ("9", "99999999", "٣", "3/4"):
        assert conversation.choose(f"theme:driver/{number}")[0].text.startswith("The driver")
    assert conversation.choose("theme:driver/9")[0] == last
    for id_ in ("theme:gone", "theme:", "theme:unreported", "theme:gone/2"):
        assert conversation.choose(id_)[0].text.startswith("That button is from an older version")


@pytest.mark.parametrize("word", ["Later", "Later ›", "later please", "next", "the next page", "more", "More."])
def test_words_turn_a_page_on(conversation, word):
    """They do what the button does, and on the last page they show it again."""
    first, *others = pages(conversation, "driver")
    assert len(others) > 1
    reply, context = chat(conversation, "topics", "5")
    assert reply == first
    for wanted in (*others, others[-1]):
        reply, context = conversation.reply(word, context)
        assert reply == wanted


@pytest.mark.parametrize("word", ["Earlier", "‹ Earlier", "back", "go back", "Back, please", "previous"])
def test_words_turn_a_page_back(conversation, word):
    """From the second page to the first, and from there to all topics."""
    first, *_ = pages(conversation, "driver")
    reply, context = chat(conversation, "The driver and his release", "later", word)
    assert reply == first
    assert conversation.reply(word, context)[0] == conversation.choose("page:topics")[0]


@pytest.mark.parametrize("turns", [[], ["topics"], ["What car was it?"], ["topics", "1", "2"]])
def test_parting_words_stay_what_they_are(conversation, turns):
    """Where no page of a theme is the last list shown, "later" is said in parting."""
    assert chat(conversation, *turns, "later")[0].text.startswith("Goodbye.")


def test_more_under_an_answer_is_no_page(conversation):
    """After a question of the page was answered, "more" tells more of it; a single page has nothing behind it."""
    told, _ = chat(conversation, "topics", "5", "1", "more")
    assert told.kind is Kind.ANSWER
    assert chat(conversation, "Charities in a report", "more")[0].kind is not Kind.SUPPORT


def test_the_terminal_and_the_pipe_page_by_number_and_by_label(conversation):
    """A theme by its title, its next page by number, by label and by word, a question by number: the same in both."""
    typed = ["topics", "5", "9", "Later ›", "back", "2"]
    out = io.StringIO()
    terminal.run(conversation, io.StringIO("\n".join(typed) + "\n"), out)
    shown = out.getvalue().split("\n> ")[1:]
    lines = [json.dumps({"chat": 1, "text": text}).encode() for text in typed]
    replies = [json.loads(line) for line in pipe.run(conversation, lines)]
    second, _ = conversation.reply(replies[4]["choices"][1])
    turned = [f"page {page} of {len(pages(conversation, 'driver'))}" for page in (1, 2, 3, 2)]
    for block, reply, says in zip(
        shown,
        replies,
        ["What do you want", *turned, " ".join(second.text.split())],
        strict=True,
    ):
        assert says in " ".join(reply["text"].split())
        assert says in " ".join(block.split())
    assert "9. Later ›\n10. All topics" in shown[1]
    assert replies[1]["choices"][-2:] == ["Later ›", "All topics"]


def test_one_theme_needs_no_page_of_themes(boathouse):
    """Its questions are the topics, under its title."""
    reply, context = boathouse.reply("topics")
    assert reply.text.startswith("The fire and the alarm.")
    assert [choice.label for choice in reply.choices][:2] == [
        "When did the boathouse burn down?",
        "Who raised the alarm?",
    ]
    assert "page:topics" not in {choice.id for choice in reply.choices}
    assert boathouse.reply("2", context)[0].facts == ("alarm",)


def test_a_file_without_a_title_is_called_by_its_name(scratch):
    """Another case needs no list of themes."""
    change(scratch / "knowledge/case.yaml", "themes:\n  fire: The fire and the alarm\n", "")
    assert conversation_of(scratch).reply("topics")[0].text.startswith("Fire.")


@pytest.mark.parametrize("name", ["start", "help"])
def test_who_has_asked_nothing_is_offered_questions(conversation, case, name):
    """The most asked of the first themes, each answered by its tap, and the way to all others."""
    reply, context = conversation.reply(name)
    firsts = [asked(pages(conversation, theme)[0])[0] for theme in list(case.themes)[:3]]
    assert asked(reply) == firsts
    assert reply.choices[-1].id == "page:topics"
    assert conversation.reply("1", context)[0].facts == (firsts[0],)
    assert "call 999" in reply.text


def test_a_question_about_each_main_person_is_offered(conversation, case):
    """By the fact that tells who they are, in the order of the page; none of somebody whom the reports leave unnamed."""
    reply, context = conversation.reply("people")
    assert asked(reply) == ["victim", "who-killed-her", "son-name", "driver-name", "lawyer", "rawlinson-who"]
    assert [case.facts[id_].about[0] for id_ in asked(reply)] == [
        id_ for id_, entity in case.entities.items() if entity.is_apart and entity.kind == "person"
    ][:6]
    assert conversation.reply("2", context)[0].facts == ("who-killed-her",)


def test_the_pages_say_of_another_case_what_is_so_of_it(boathouse):
    """How many reports there are, how far they reach, which bears no date, and nothing of the shipped case's."""
    text = " ".join(boathouse.choose(f"page:{name}")[0].text for name in ("start", "help", "sources", "about"))
    assert "from two news reports" in text
    assert "The dated reports end on 5 March 2019; no date is known of the one by The Courier." in text
    assert "ITV" not in text
    assert "count as one publisher" not in text


def test_reports_of_one_publisher_are_said_to_count_as_one(conversation):
    """On the page of sources."""
    assert "The two by ITV News count as one publisher" in conversation.choose("page:sources")[0].text


def test_without_words_the_most_asked_are_found(conversation, case):
    """Those for which people wrote the most wordings, of all themes."""
    found = [reply.facts[0] for reply in conversation.search("  ", 5)]
    assert found == [fact.id for fact in themes.most_asked(case.facts.values())[:5]]
    least = min(len(case.facts[id_].wordings) for id_ in found)
    assert sum(len(fact.wordings) > least for fact in case.facts.values() if fact.is_offered) == 4


@pytest.mark.parametrize("name", ["privacy", "about"])
def test_who_runs_the_bot_can_be_reached(monkeypatch, name):
    """The operator's contact stands there; without one it says that there is none."""
    bare = conversation_of(BOATHOUSE).choose(f"page:{name}")[0].text
    assert bare.endswith("write to whoever runs this bot; they have left no address here.")
    monkeypatch.setenv("CASEBOOK_CONTACT", "Ada, https://example.org/ada")
    told = conversation_of(BOATHOUSE).choose(f"page:{name}")[0].text
    assert told.endswith("write to whoever runs this bot: Ada, https://example.org/ada")


def test_privacy_says_what_is_remembered_and_for_how_long(conversation):
    """Fifteen minutes of facts, 48 hours of messages' ids on Telegram, no words, and what forget does with them."""
    text = conversation.choose("page:privacy")[0].text
    for said in (
        "fifteen minutes",
        "which facts I told you",
        "48 hours",
        "the ids of your messages and mine",
        "none of their words",
    ):
        assert said in text
    assert text.index("48 hours") < text.index("Send forget and all of that is gone")


def test_urgent_needs_come_before_the_others(conversation, case):
    """Danger, then what goes on now and may kill, before whom a line is for and where."""
    order = {id_: at for at, id_ in enumerate(case.care.offered)}
    urgent = ("emergency", "home", "suicide", "stalking", "child", "sexual", "honour")
    assert max(order[id_] for id_ in urgent) < min(
        order[id_] for id_ in ("women", "men", "lgbt", "deaf", "older", "bereaved", "scotland", "wales")
    )
    assert [choice.id for choice in conversation.choose("page:helplines")[0].choices] == [
        f"need:{id_}" for id_ in order
    ]
