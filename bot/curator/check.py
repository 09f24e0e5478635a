"""`casebook check`: every problem of a fact base, with its place and its mend; with `--links`, of the pages that it names."""

from __future__ import annotations

import html
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from bot.loading import index_of
from knowledge import checks
from knowledge.case.load import Loaded, load, paragraphs
from knowledge.case.model import Case
from knowledge.case.nodes import Level, Mark, Problem
from knowledge.checks.passages import room_in
from knowledge.checks.wordings import Learned
from knowledge.language.text import tokenise


def run(folder: Path | None, articles: Path | None, form: str, *, links: bool) -> int:
    """Print the problems as text, JSON or GitHub annotations. Returns 1 where one is an error, 2 for a missing folder."""
    if articles is not None and not articles.is_dir():
        print(f"casebook: --articles: there is no folder {articles}; give the folder that holds the articles' texts")
        return 2
    loaded = load(folder)
    texts = None if articles is None else read_articles(articles)
    today = datetime.now(UTC).date()
    learned = Learned.of(loaded.case, index_of(loaded.case, os.environ))
    problems = sorted(checks.check(loaded, learned, texts, today))
    if links:
        problems += sorted(visit(loaded))
    _print(problems, form, f"{len(loaded.case.facts)} facts, {len(loaded.case.sources)} sources")
    if form == "text" and texts:
        print("\n".join(_rooms(loaded.case, texts)))
    return int(any(problem.level is Level.ERROR for problem in problems))


def read_articles(folder: Path) -> dict[str, str]:
    """Return the articles' texts by source id."""
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt"))}


def _rooms(case: Case, texts: Mapping[str, str]) -> Iterator[str]:
    """How much of each article is quoted, and how much more may be."""
    for id_, source in case.sources.items():
        if id_ in texts:
            room = room_in(case, source, paragraphs(texts[id_]))
            yield f"{id_}: {room.quoted} of {room.words} words quoted, {room.left} left"


def _print(problems: Sequence[Problem], form: str, what: str) -> None:
    if form == "json":
        print(json.dumps([_fields(problem) for problem in problems], indent=1))
        return
    for problem in problems:
        print(_annotation(problem) if form == "github" else problem)
    if form == "text":
        count = Counter(problem.level for problem in problems)
        print(f"{what}: {count[Level.ERROR]} errors, {count[Level.WARNING]} warnings")


def _fields(problem: Problem) -> dict[str, object]:
    mark = problem.mark
    return {
        "file": mark.file,
        "line": mark.line,
        "column": mark.column,
        "level": problem.level,
        "rule": problem.rule,
        "message": problem.message,
        "mend": problem.mend,
    }


def _annotation(problem: Problem) -> str:
    mark = problem.mark
    place = f"file={mark.file},line={mark.line},col={mark.column},title={problem.rule}"
    return f"::{problem.level} {place}::{problem.message}; {problem.mend}"


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
