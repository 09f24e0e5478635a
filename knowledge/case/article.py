"""An article's text as paragraphs."""

from __future__ import annotations

QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})


def plain(text: str) -> str:
    """Fold quote marks and white space, which differ between a page and its copies."""
    return " ".join(text.translate(QUOTES).split())


def paragraphs(text: str) -> list[str]:
    """Return the non-empty lines, folded; the first is paragraph 1."""
    return [plain(line) for line in text.splitlines() if line.strip()]
