"""`casebook check --links`: the pages that the helplines' cards name, visited."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from knowledge.case.load import Loaded
from knowledge.case.problems import Level, Mark, Problem
from knowledge.language.text import tokenise

SECONDS = 10.0
"""How long one page may take."""

READ = 65_536
"""How many bytes of a page are read to find its title."""

TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: where a page has moved to is what an editor wants to know."""

    def redirect_request(  # noqa: PLR0913 - the library's own signature
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        del req, fp, code, msg, headers, newurl


def visit(loaded: Loaded) -> Iterator[Problem]:
    """Yield a warning for each address that redirects, fails, or shows a title without the helpline's name."""
    for card in loaded.case.helplines.values():
        names = set(tokenise(f"{card.short} {card.name}"))
        for address in dict.fromkeys(filter(None, (card.web, card.chat))):
            wrong = _wrong(address, names)
            if wrong:
                yield _problem(loaded.marks[f"helpline:{card.id}"], address, wrong)


def _wrong(address: str, names: set[str]) -> str:
    if urlsplit(address).scheme not in {"http", "https"}:
        return "is no web address"
    request = Request(address, headers={"User-Agent": "casebook check"})  # noqa: S310 - the scheme is looked at above
    try:
        with build_opener(_Stay).open(request, timeout=SECONDS) as page:
            text = page.read(READ).decode("utf-8", "replace")
    except HTTPError as error:
        moved = error.headers.get("Location")
        return f"redirects to {moved}" if moved else f"answers {error.code}"
    except (URLError, HTTPException, OSError) as error:
        return f"fails ({type(error).__name__})"
    found = TITLE.search(text)
    title = " ".join(html.unescape(found.group(1)).split()) if found else ""
    return "" if names & set(tokenise(title)) else f"shows the title {title!r}"


def _problem(mark: Mark, address: str, wrong: str) -> Problem:
    return Problem(
        mark, "link", f"{address} {wrong}", "read the page, and change the card if it has changed", Level.WARNING
    )
