"""The timeline drawn: under the title of the case, dark words on a light card, or light ones on a dark card."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH = 1080
"""Pixels across: what a phone shows without blurring."""

_EDGE, _STEM, _GAP = 56, 84, 44
_SMALL, _WORDS, _TITLE = 34, 44, 56


class Palette(NamedTuple):
    """The colours of a picture: of the card, the words, the days and sources, and the line that joins the moments."""

    paper: str
    ink: str
    quiet: str
    line: str


LIGHT = Palette("#fbfaf7", "#1c1b1a", "#5a4a3a", "#9a7840")
DARK = Palette("#17171a", "#f1efea", "#cbbfae", "#b08d57")


def draw(moments: Sequence[tuple[str, str, str]], heading: tuple[str, str], palette: Palette) -> bytes:
    """Return a PNG of the moments, each a day, a few words and their source, in the order given.

    `heading` is a title and a line below it.
    """
    small, font, large = (ImageFont.load_default(size) for size in (_SMALL, _WORDS, _TITLE))
    title = list(_wrap(heading[0], large, WIDTH - 2 * _EDGE))
    cards = [(day, list(_wrap(words, font, WIDTH - _STEM - 16 - _EDGE)), source) for day, words, source in moments]
    heights = [2 * (_SMALL + 14) + len(lines) * (_WORDS + 10) + _GAP for _, lines, _ in cards]
    head = len(title) * (_TITLE + 12) + _SMALL + 14 + _GAP
    image = Image.new("RGB", (WIDTH, head + sum(heights) + 2 * _EDGE - _GAP), palette.paper)
    brush = ImageDraw.Draw(image)
    for number, line in enumerate(title):
        brush.text((_EDGE, _EDGE + number * (_TITLE + 12)), line, font=large, fill=palette.ink)
    brush.text((_EDGE, _EDGE + len(title) * (_TITLE + 12)), heading[1], font=small, fill=palette.quiet)
    top = _EDGE + head
    for (day, lines, source), height in zip(cards, heights, strict=True):
        middle = top + _SMALL // 2 + 4
        brush.line((_EDGE, middle, _EDGE, min(middle + height, image.height - _EDGE)), fill=palette.line, width=4)
        brush.ellipse((_EDGE - 11, middle - 11, _EDGE + 11, middle + 11), fill=palette.line)
        brush.text((_STEM + 16, top), day, font=small, fill=palette.quiet)
        for number, line in enumerate(lines):
            brush.text((_STEM + 16, top + _SMALL + 14 + number * (_WORDS + 10)), line, font=font, fill=palette.ink)
        below = top + _SMALL + 20 + len(lines) * (_WORDS + 10)
        brush.text((_STEM + 16, below), source, font=small, fill=palette.quiet)
        top += height
    made = BytesIO()
    image.quantize(16, Image.Quantize.FASTOCTREE).save(made, "PNG")
    return made.getvalue()


def _wrap(words: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: int) -> Iterator[str]:
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            yield line
            longer = word
        line = longer
    if line:
        yield line
