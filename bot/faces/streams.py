"""The standard streams, whatever their encoding: what can't be written is replaced, what can't be read as well."""

from __future__ import annotations

import codecs
import io
import sys
import unicodedata

PLAINER = str.maketrans("“”„‘’‚–—‹›«»", '"""\'\'\'--<>""')
"""Typography, and what stood for it on a typewriter."""


def open_for_words() -> None:
    """Let the streams bring and take any text: letters that a terminal can't show lose their accents, or become `?`."""
    _open(sys.stdin, "replace")
    _open(sys.stdout, "casebook.plainer")


def open_for_json() -> None:
    """Let standard output take any JSON: what its encoding can't hold is escaped."""
    _open(sys.stdout, "casebook.escaped")


def _open(stream: object, errors: str) -> None:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors=errors)


def _plainer(error: UnicodeError) -> tuple[str, int]:
    """Replace what can't be written by what looks like it.

    >>> "“café”".encode("ascii", "casebook.plainer")
    b'"cafe"'
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(PLAINER)
    return "".join(map(_letter, text)), error.end


def _letter(sign: str) -> str:
    return unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode() or "?"


def _escaped(error: UnicodeError) -> tuple[str, int]:
    r"""Replace what can't be written as JSON escapes it, in UTF-16 units.

    >>> "é\N{GRINNING FACE}\ud800".encode("ascii", "casebook.escaped")
    b'\\u00e9\\ud83d\\ude00\\ud800'
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)), error.end


codecs.register_error("casebook.plainer", _plainer)
codecs.register_error("casebook.escaped", _escaped)
