"""What a reply looks like, without Telegram."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.faces.telegram.handlers.picture import draw
from bot.faces.telegram.outgoing.render import Part, credit, cut, keyboard, length, pack, render, words
from bot.reply import Choice, Citation, Kind, Reply
from knowledge.case.model import Helpline
from tests.telegram.stand_in import SUPPORT
from tests.telegram.stand_in import words as spoken
from tests.telegram.strict import check_markup, check_text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=9000), st.text(max_size=300))
def test_any_text_is_taken(text: str, quote: str) -> None:
    """Whatever a text holds, each message passes the strict double, and nothing but white space is lost."""
    cited = Citation("s", None, None, None, 1, quote or "q")
    parts = render(Reply(Kind.ANSWER, text, citations=(cited,)), spoken())  # type: ignore[arg-type]
    plain = ""
    for part in parts:
        if part.plain.strip():
            seen, _ = check_text(part.html, "HTML", 4096)
            assert seen == part.plain.strip()
        plain += part.plain
    assert "".join(text.split()) in "".join(plain.split())


def test_a_paragraph_that_is_named_and_not_quoted_stands_in_the_list_alone() -> None:
    """No empty block quote; its number in the list is the one that it has among the citations."""
    day = date(2022, 1, 26)
    cited = (Citation("s", "LBC", None, day, 13, ""), Citation("s", "LBC", None, day, 14, "a span"))
    (part,) = render(Reply(Kind.ANSWER, "So it was.", citations=cited), spoken())
    assert part.html.count("<blockquote") == 1
    assert part.plain.splitlines()[-2:] == [
        "1 LBC, 26 January 2022, paragraph 13",
        "2 LBC, 26 January 2022, paragraph 14",
    ]


def test_cut_at_ends() -> None:
    """A paragraph too long for a message is cut at a sentence, a word, or anywhere where there is neither."""
    assert next(cut("One. " * 1000)).endswith("One.")
    assert next(cut("word " * 1000)).endswith("word")
    assert [length(piece) for piece in cut("\N{GRINNING FACE}" * 3000)] == [4096, 1904]


def test_pack_between_parts_only() -> None:
    """Parts are joined while they fit, and no part is torn."""
    part = Part("x" * 1500, "x" * 1500)
    assert [len(joined.plain) for joined in pack([part] * 5)] == [3002, 3002, 1500]


@pytest.mark.parametrize(
    ("publisher", "headline", "published", "expected"),
    [
        ("Gazette", "Fire", date(2021, 3, 4), "Gazette, 4 March 2021"),
        ("Gazette", "Fire", None, "Gazette"),
        (None, "Fire", None, "Fire"),
        (None, None, None, "gazette-1"),
    ],
)
def test_credit(publisher: str | None, headline: str | None, published: date | None, expected: str) -> None:
    """A source is named as far as it is known."""
    citation = Citation("gazette-1", publisher, headline, published, 1, "q")
    assert credit(citation, spoken()) == expected  # type: ignore[arg-type]


def test_danger_opens_with_999() -> None:
    """A reply that says at once to call 999 gets no line before it."""
    urgent = Reply(Kind.SUPPORT, "If you are in danger now, call 999.\n\nThe Line: 0808", urgent=True)
    assert render(urgent, spoken())[0].plain.startswith("If you are in danger now, call 999.")  # type: ignore[arg-type]


def test_support_buttons() -> None:
    """A support reply has its first choice, a button for each number, once, then the others; no Support beneath."""
    rows = keyboard(SUPPORT, spoken())  # type: ignore[arg-type]
    assert rows is not None
    assert [button.text for row in rows.inline_keyboard for button in row] == [
        "I am in danger now",
        "Copy 0808 123 4567",
    ]
    assert check_markup(rows.to_json())


def test_buttons_are_few() -> None:
    """Three next questions at most, none that Telegram would refuse, and no button twice."""
    many = tuple(Choice(f"fact:{n}", f"Question {n}?") for n in range(9))
    long = Choice("fact:" + "é" * 40, "Too long?")
    rows = keyboard(Reply(Kind.ANSWER, "x", suggestions=(long, *many)), spoken())  # type: ignore[arg-type]
    assert rows is not None
    assert [len(row) for row in rows.inline_keyboard] == [1, 1, 2]
    asked = Reply(Kind.CLARIFY, "x", choices=(Choice("page:helplines", "Support contacts"),))
    once = keyboard(asked, spoken())  # type: ignore[arg-type]
    assert once is not None
    assert len(once.inline_keyboard) == 1


def test_contact_without_a_number() -> None:
    """A contact without a number gets no button to copy one."""
    reply = Reply(Kind.SUPPORT, "Write to a@example.org", helplines=(Helpline("a", "A", "anyone", email="a@b.org"),))
    assert keyboard(reply, spoken()) is None  # type: ignore[arg-type]


def test_words_are_escaped() -> None:
    """What looks like markup is shown as it is."""
    assert next(words("<b> & 'x'")).html == "&lt;b&gt; &amp; &#x27;x&#x27;"


def test_picture_is_legible() -> None:
    """The picture is as wide as a phone shows sharply, within Telegram's limits, and dark on light in both modes."""
    drawn = Image.open(
        BytesIO(draw([("4 March 2021", "A sentence that is long enough to be wrapped. " * 4, "The Gazette")] * 16))
    )
    assert drawn.width == 1080
    assert drawn.width + drawn.height <= 10_000
    shades = drawn.convert("L").histogram()
    assert shades.index(max(shades)) > 240
    assert any(shades[:40])
