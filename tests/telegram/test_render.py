"""What a reply looks like, without Telegram."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from bot.faces.telegram.handlers.picture import DARK, LIGHT, Palette, draw
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


DAY = date(2022, 1, 26)


def test_one_passage_is_shown_and_the_others_unfold() -> None:
    """Each has its source beside it; what is named and not quoted stands behind what is quoted, without empty marks."""
    cited = tuple(Citation("s", "LBC", None, DAY, 13 + n, quote) for n, quote in enumerate(("", "a span", "another")))
    (part,) = render(Reply(Kind.ANSWER, "So it was.", citations=cited), spoken())
    assert part.html == (
        "So it was.\n\n"
        "<blockquote>“a span” (LBC, 26 January 2022, paragraph 14)</blockquote>\n\n"
        "<blockquote expandable>“another” (LBC, 26 January 2022, paragraph 15)\n"
        "LBC, 26 January 2022, paragraph 13</blockquote>"
    )


def test_nothing_unfolds_under_one_passage() -> None:
    """One that is only named is shown as the one that is quoted would be."""
    for quote, shown in (("a span", "“a span” (LBC, paragraph 13)"), ("", "LBC, paragraph 13")):
        (part,) = render(Reply(Kind.ANSWER, "So.", citations=(Citation("s", "LBC", None, None, 13, quote),)), spoken())
        assert part.html == f"So.\n\n<blockquote>{shown}</blockquote>"
    assert render(Reply(Kind.ANSWER, "So."), spoken())[0].html == "So."


def test_numbers_stand_out() -> None:
    """Each contact's number, the word to text and 999 are bold wherever they stand, and no piece of another number is."""
    cards = (
        Helpline("a", "A", "anyone", phone="0808 123"),
        Helpline("b", "B", "anyone", text="SHOUT to 85258"),
        Helpline("c", "C", "anyone", phone="999"),
    )
    text = "Call 999.\n\n0808 123 (+44 808 123)\nA\n\nText SHOUT to 85258\n\n9991 and https://999bsl.co.uk, 00808 123, 0800 999 5428, 0800 12 999"
    (part,) = render(Reply(Kind.SUPPORT, text, helplines=cards), spoken())
    assert re.findall("<b>(.*?)</b>", part.html) == ["999", "0808 123", "SHOUT to 85258"]
    assert part.plain == text


def test_pages_are_turned_side_by_side() -> None:
    """What turns a page back and on stands in one row; either alone stands in its own."""
    ids = {"‹ Earlier": "theme:a", "Later ›": "theme:a/3", "All topics": "page:topics"}
    for labels, rows in (
        (list(ids), [["‹ Earlier", "Later ›"], ["All topics"]]),
        (list(ids)[1:], [["Later ›"], ["All topics"]]),
    ):
        choices = tuple(Choice(ids[label], label) for label in labels)
        made = keyboard(Reply(Kind.COURTESY, "x", choices=choices), spoken())
        assert made is not None
        assert [[button.text for button in row] for row in made.inline_keyboard][:-1] == rows


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


def pictured(palette: Palette, title: str) -> Image.Image:
    """Return a picture of sixteen long moments."""
    moments = [("4 March 2021", "A sentence that is long enough to be wrapped. " * 4, "The Gazette")] * 16
    return Image.open(BytesIO(draw(moments, (title, "As reported up to 1 April 2021"), palette)))


def luminance(colour: Sequence[float]) -> float:
    """Return the relative luminance of an RGB colour, 0.0 to 1.0, as WCAG 2 defines it."""
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in (n / 255 for n in colour)]
    return sum(share * one for share, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the contrast of two colours, 1.0 to 21.0, as WCAG 2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_picture_is_legible(palette: Palette) -> None:
    """As wide as a phone shows sharply, within Telegram's limits; words at 4.5 to 1 and lines at 3 to 1 (WCAG AA)."""
    drawn = pictured(palette, "The fire on Marsh Lane")
    assert drawn.width == 1080
    assert drawn.width + drawn.height <= 10_000
    colours = drawn.convert("RGB").getcolors()
    assert colours
    most = [colour for _, colour in sorted(colours, reverse=True)]
    paper, shown = most[0], {name: ImageColor.getrgb(getattr(palette, name)) for name in palette._fields}
    assert max(abs(a - b) for a, b in zip(paper, shown["paper"], strict=True)) <= 4
    for name, least in (("ink", 4.5), ("quiet", 4.5), ("line", 3.0)):
        as_drawn = min(most, key=lambda colour: sum(abs(a - b) for a, b in zip(colour, shown[name], strict=True)))
        assert contrast(as_drawn, paper) >= least, name
    assert (luminance(paper) > 0.5) == (palette is LIGHT)


def test_picture_has_the_title_of_the_case() -> None:
    """A longer title is wrapped, and makes the picture taller by its lines."""
    short, long = (pictured(LIGHT, title) for title in ("The fire", "The fire at the boathouse of a rowing club " * 3))
    assert long.height > short.height
    head = short.convert("L").crop((0, 0, 1080, 130))
    assert head.getextrema()[0] < 60
