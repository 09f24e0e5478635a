"""What stands on this face's buttons and in its words can be typed, with the shipped case."""

from __future__ import annotations

import re

import pytest

from bot.pages import PAGES
from knowledge.language.text import tokenise
from tests.shared import conversation, shown
from tests.telegram.double import Double, Shown
from tests.telegram.people import Person
from tests.telegram.session import answering, together

DISCLOSURE = "my husband hits me"
LABELS = {
    "All sources": "page:sources",
    "all sources please": "page:sources",
    "Support": "page:helplines",
    "support, please": "page:helplines",
    "Open a private chat": "page:helplines",
    "Ask in a private chat": "page:helplines",
    "Copy 116 123": "contact:samaritans",
    "Later ›": "time:2",
    "later": "time:2",
    "› later": "time:2",
    "‹ Earlier": "time:1",
    "timeline 2": "time:2",
}


async def tapped(double: Double, chat: int, id_: str) -> Shown:
    """Return what a button brings in a chat of its own."""
    person = Person(double, chat)
    person.tap_data(Shown(1, "old"), id_)
    return await person.hears(0)


@together
async def test_labels_in_a_fresh_chat_and_after_a_restart() -> None:
    """Every label and word that a reply shows, and those of this face's own buttons, typed where nothing is remembered."""
    async with answering(conversation()) as double:  # type: ignore[arg-type]
        words = {text: id_ for text, id_ in shown(conversation()).items() if id_.startswith("need:")} | LABELS
        words |= {text: id_ for text, id_ in list(shown(conversation()).items())[::9] if id_ != "page:forget"}
        brought = {id_: await tapped(double, 20_000 + n, id_) for n, id_ in enumerate(set(words.values()))}
        for n, (text, id_) in enumerate(words.items()):
            typed, button = await Person(double, 10_000 + n).asks(text), brought[id_]
            assert (typed.text, list(typed.buttons)) == (button.text, list(button.buttons)), text


@together
@pytest.mark.parametrize("name", sorted(set(PAGES) - {"timeline", "forget"}))
async def test_pages_by_command_by_word_and_by_tap(name: str) -> None:
    """However a page comes up, it is the same, and so is what its first number brings."""
    async with answering(conversation()) as double:  # type: ignore[arg-type]
        firsts, pages = set(), set()
        for n, way in enumerate([f"/{name}", name.upper(), f"{name}@"]):
            person = Person(double, 30 + n)
            page = await (person.asks(way) if "@" not in way else tapped(double, 30 + n, f"page:{name}"))
            pages.add(page.text)
            firsts.add((await person.asks("1")).text)
        assert len(pages) == 1
        assert len(firsts) == 1


@together
async def test_numbers_after_the_helplines_command() -> None:
    """All twenty choices of the page that a command brought can be had by number, and by the words that it names."""
    async with answering(conversation()) as double:  # type: ignore[arg-type]
        page = await Person(double).asks("/helplines")
        choices = [label for label, button in page.buttons.items() if "callback_data" in button]
        assert len(choices) == 20
        assert next(iter(page.buttons)) == "In danger now"
        named = re.search(r"send one of: (.+)\.", page.text)
        assert named
        for n, label in enumerate(choices, 1):
            person = Person(double, 100 + n)
            await person.asks("/helplines")
            button = await tapped(double, 200 + n, page.buttons[label]["callback_data"])
            assert (await person.asks(f"{n}.")).text == button.text
        for n, word in enumerate(named[1].split(", ")):
            person = Person(double, 300 + n)
            await person.asks("/helplines")
            assert "999" in (await person.asks(word)).text


@together
async def test_danger_by_button_says_999_first() -> None:
    """The button and the typed word begin with 999, and the silent way to call stands below."""
    async with answering(conversation()) as double:  # type: ignore[arg-type]
        for n, text in enumerate(("999", "In danger now", "danger")):
            person = Person(double, 40 + n)
            await person.asks(DISCLOSURE)
            lines = (await person.asks(text)).text.split("\n\n")
            assert lines[0] == "If you are in danger now, call 999."
            assert "55" in lines[1]


@together
async def test_the_timeline_by_words() -> None:
    """While it is the last list shown, "later", "earlier", a number and "picture" mean the timeline."""
    async with answering() as double:
        person = Person(double)
        await person.asks("/timeline")
        turned = {"Later": 2, "later please": 3, "‹ Earlier": 2, "3": 3, "no. 2": 2, "the first": 1}
        turned |= {"next": 2, "more": 3, "back": 2, "More, please": 3}
        for typed, page in turned.items():
            assert (await person.asks(typed)).text.startswith(f"Timeline, page {page} of 3"), typed
        await person.taps(person.sees[0], "Later ›")
        assert (await person.asks("later")).text.startswith("Timeline, page 3 of 3")
        assert (await person.asks("The last one.")).text.startswith("Timeline, page 3 of 3")
        assert (await person.asks("picture")).photo
        assert (await person.asks("as a picture")).photo


@together
async def test_parting_words_are_no_button() -> None:
    """ "Later" and "picture" without the timeline in sight are words; with its arrow "Later ›" is the button."""
    async with answering(conversation()) as double:  # type: ignore[arg-type]
        person = Person(double)
        await person.asks(DISCLOSURE)
        assert (await person.asks("later")).text.startswith("That is all right.")
        assert not (await person.asks("picture")).photo
        assert (await person.asks("Later ›")).text.startswith("Timeline, page 2")


@together
async def test_the_answer_again() -> None:
    """ "Show the answer", typed, tells the last fact again; where none is remembered, one is asked to ask again."""
    async with answering(conversation()) as double:  # type: ignore[arg-type]
        person = Person(double)
        first = await person.asks("How old was Yasmin?")
        assert (await person.asks("Show the answer")).text == first.text
        assert "ask again" in (await Person(double, 8).asks("show the answer")).text


@together
async def test_forget_with_politeness() -> None:
    """ "Forget, please" deletes both sides as the command does."""
    async with answering() as double:
        person = Person(double)
        await person.asks("Who was she?")
        assert "deleted here what I could" in (await person.asks("forget, please")).text
        assert len(person.sees) == 1


@together
async def test_the_last_paged_list_is_turned() -> None:
    """The words and labels turn a theme's pages while one is the last shown, and the timeline's after it."""
    async with answering(conversation()) as double:  # type: ignore[arg-type]
        person = Person(double)
        await person.asks("/timeline")
        await person.asks("The driver and his release")
        for typed, page in {"Later ›": 2, "more": 3, "‹ Earlier": 2, "next": 3, "back": 2}.items():
            assert (await person.asks(typed)).text.startswith(f"The driver and his release, page {page} of "), typed
        await person.asks("/timeline")
        for typed, page in {"more": 2, "back": 1, "Later ›": 2}.items():
            assert (await person.asks(typed)).text.startswith(f"Timeline, page {page} of 2"), typed


def test_the_labels_of_what_turns_a_page_are_among_the_words_for_it() -> None:
    """Whoever types what stands on the button is understood."""
    case = conversation().case
    for key in ("earlier", "later"):
        label = tokenise(case.voice.say(f"page.{key}"))
        assert conversation().picking.turned(label) == (1 if key == "later" else -1)
