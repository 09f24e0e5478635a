"""`casebook add-source`: an article's paragraphs numbered, and the file of its source, of which the text is no part."""

from __future__ import annotations

import calendar
import re
import shutil
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bot.curator import articles
from bot.operator import BAD_USAGE, FAILED, tell
from knowledge.case.load import load_case, paragraphs
from knowledge.case.model import Case

HEAD_LINES = 5
"""The paragraphs in which publisher, headline and date are looked for."""
LONGEST_HEADLINE = 25
"""The most words of a headline."""
LONGEST_NAME = 5
"""The most words of a publisher's name."""
NO_NAMES = frozenset(("date", "published", "updated"))
"""What stands before a date and is no name."""
ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join(_MONTHS)
DATE = re.compile(
    rf"(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH}),? (?P<year>\d{{4}})"
    rf"|(?P<month_first>{_MONTH}) (?P<day_second>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year_last>\d{{4}})"
)
BYLINE = re.compile(r"(?i)by [A-Z]")
DATED = re.compile(rf"(?i)^\W*(?:date|published|updated)?\W*(?:{DATE.pattern})\W*")
"""A date at the head of a line, with what says that it is one."""


class Head(NamedTuple):
    """What the first lines of an article show; None where they don't. `at` is the paragraph of the headline, 0 for none."""

    publisher: str | None
    headline: str | None
    published: date | None
    at: int


def run(folder: Path | None, article: Path, id_: str) -> int:
    """Number the paragraphs on the screen and write the source file, or propose it. Returns 2 for a bad id, 1 for a bad file.

    It is written into the case that is named, where it has no such source yet; else it is shown.
    """
    if not ID.fullmatch(id_):
        tell(f"casebook: --id: {id_!r} is no id; use small letters, digits and hyphens, as in herald-flood")
        return BAD_USAGE
    text = paragraphs(articles.text(article))
    if not text:
        tell(f"casebook: {article}: the article is empty; save its text, a paragraph a line")
        return FAILED
    case = load_case(folder)
    for line in numbered(text):
        print(line)
    proposal = proposed(head(text, case), text)
    file = (folder or Path()) / "seeds" / f"{id_}.yaml"
    print()
    if folder is not None and not file.exists():
        try:
            file.write_text(proposal, encoding="utf-8")
        except OSError as error:
            tell(f"casebook: add-source: {file} can't be written ({error.strerror}); look after its folder")
            return FAILED
        print(f"{file} is written:")
    else:
        why = "is there already and left as it is" if folder is not None else "is where this may go"
        print(f"{file} {why}:")
    print()
    print(textwrap.indent(proposal, "    "), end="")
    print()
    print("Say under `about` what it is about, and fill in what is null where you know it. Then find its passages:")
    of_case = f" --case {folder}" if folder is not None else ""
    print(f'  casebook cite "WORDS" --articles {article.parent}{of_case}')
    if article.stem != id_:
        print(f"The article has to be called {id_}.txt there.")
    return 0


def numbered(text: Sequence[str]) -> Iterator[str]:
    """Yield the paragraphs as lines of the screen's width, each under its number."""
    width = max(40, min(100, shutil.get_terminal_size((80, 24)).columns))
    margin = len(str(len(text)))
    for number, paragraph in enumerate(text, 1):
        yield textwrap.fill(
            paragraph,
            width,
            initial_indent=f"{number:{margin}}  ",
            subsequent_indent=" " * (margin + 2),
            break_on_hyphens=False,
        )


def head(text: Sequence[str], case: Case) -> Head:
    """Return what the first paragraphs show of publisher, headline and date."""
    first = text[:HEAD_LINES]
    published = next((day for line in first if (day := _date(line))), None)
    at, headline = next(_headlines(first), (0, None))
    known = {name for source in case.sources.values() for name in (source.publisher, source.counts_as) if name}
    publisher = next((name for line in first for name in sorted(known) if name in line), None)
    publisher = publisher or next(_names(first, headline), None)
    return Head(publisher, headline, published, at)


def _date(line: str) -> date | None:
    found = DATE.search(line)
    if not found:
        return None
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        month = _MONTHS[found["month"] or found["month_first"]]
        return date(int(found["year"] or found["year_last"]), month, int(found["day"] or found["day_second"]))
    except ValueError:
        return None


def _headlines(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The first line that is short, ends in no full stop and is neither a date, a byline nor a publisher's name."""
    for number, line in enumerate(lines, 1):
        bare = DATED.sub("", line)
        is_name = number > 1 and _date(line) is not None
        if bare and not is_name and not BYLINE.match(bare) and not bare.endswith((".", '."')):
            if len(bare.split()) <= LONGEST_HEADLINE:
                yield number, bare
            return


def _names(lines: Sequence[str], headline: str | None) -> Iterator[str]:
    """Lines, or what stands before a date on one, that are a name: short, each longer word with a capital."""
    for line in lines:
        found = DATE.search(line)
        name = (line[: found.start()] if found else line).strip(" ,|-–—:")
        words = name.split()
        is_name = all(word[0].isupper() for word in words if len(word) > len("the"))
        is_short = name != headline and 0 < len(words) <= LONGEST_NAME and not name.endswith(".")
        if is_short and is_name and not BYLINE.match(name) and words[-1].lower() not in NO_NAMES:
            yield name


def proposed(found: Head, text: Sequence[str]) -> str:
    """Return the source file: what is known of the article, and nothing of its text but the headline."""
    published = found.published.isoformat() if found.published else "null"
    lines = [
        f"publisher: {articles.in_yaml(found.publisher)}",
        f"headline: {articles.in_yaml(found.headline)}",
        f"published: {published}",
        "# about: the night of the flood    # needed: a few words for the page of sources",
        "# given: [publisher]    # those of the three above that came with the article and aren't in its text",
        "passages:",
        f'  # name: {{paragraph: {min(found.at + 1, len(text))}, quote: "words of the article"}}',
    ]
    if found.at:
        lines += ["left_out:", f"  {found.at}: The headline."]
    return "\n".join([*lines, ""])
