"""The timeline drawn: dark words on a light card, so that it reads the same in light and dark mode."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH = 1080
"""Pixels across: what a phone shows without blurring."""

_EDGE, _STEM, _GAP = 56, 84, 44
_SMALL, _WORDS = 34, 44
_PAPER, _INK, _QUIET, _LINE = "#fbfaf7", "#1c1b1a", "#5a4a3a", "#b08d57"


def draw(moments: Sequence[tuple[str, str, str]]) -> bytes:
    """Return a PNG of the moments, each a day, a few words and their source, in the order given."""
    small, font = ImageFont.load_default(_SMALL), ImageFont.load_default(_WORDS)
    cards = [(day, list(_wrap(words, font)), source) for day, words, source in moments]
    heights = [2 * (_SMALL + 14) + len(lines) * (_WORDS + 10) + _GAP for _, lines, _ in cards]
    image = Image.new("RGB", (WIDTH, sum(heights) + 2 * _EDGE - _GAP), _PAPER)
    brush = ImageDraw.Draw(image)
    top = _EDGE
    for (day, lines, source), height in zip(cards, heights, strict=True):
        middle = top + _SMALL // 2 + 4
        brush.line((_EDGE, middle, _EDGE, min(middle + height, image.height - _EDGE)), fill=_LINE, width=4)
        brush.ellipse((_EDGE - 11, middle - 11, _EDGE + 11, middle + 11), fill=_LINE)
        brush.text((_STEM + 16, top), day, font=small, fill=_QUIET)
        for number, line in enumerate(lines):
            brush.text((_STEM + 16, top + _SMALL + 14 + number * (_WORDS + 10)), line, font=font, fill=_INK)
        below = top + _SMALL + 20 + len(lines) * (_WORDS + 10)
        brush.text((_STEM + 16, below), source, font=small, fill=_QUIET)
        top += height
    made = BytesIO()
    image.quantize(16, Image.Quantize.FASTOCTREE).save(made, "PNG")
    return made.getvalue()


def _wrap(words: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> Iterator[str]:
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > WIDTH - _STEM - 16 - _EDGE:
            yield line
            longer = word
        line = longer
    if line:
        yield line
