"""`casebook cite`: words found in the articles, and the passage that quotes them, ready to paste."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.curator.articles import in_yaml
from bot.operator import BAD_USAGE, FAILED, tell
from knowledge.case.load import load_case, paragraphs, plain
from knowledge.case.model import Case, Passage, Source
from knowledge.checks.passages import MOST_WORDS, WORD, Room, room_in
from knowledge.language.english import Language
from knowledge.language.text import tokenise

ALIKE = 75
"""How like the words that were given a span of an article is that is taken for them, 0 to 100."""
NEAR = 55
"""How like one is that is worth showing as what may have been meant."""
SHOWN = 3
"""The most places that are shown."""
SPARE = 6
"""How many words longer than those that were given a span may be."""
NAME_WORDS = 2
LONG_WORD = 4
OPENING, CLOSING = "\"'([", "\"')],.;:?!"


class Place(NamedTuple):
    """A span of an article. `likeness` is 0 to 100, `spoken` whether it stands within quote marks."""

    source: str
    paragraph: int
    quote: str
    likeness: float
    spoken: bool


def run(folder: Path | None, words: str, texts: Mapping[str, str]) -> int:
    """Print the passages that quote the words, the likeliest first. Returns 1 where no article says them, 2 for no words."""
    if not tokenise(words):
        tell('casebook: cite: give the words that you look for, as in casebook cite "nobody was hurt" --articles DIR')
        return BAD_USAGE
    case = load_case(folder)
    places = sorted(places_of(words, texts), key=lambda place: (-place.likeness, len(place.quote), place.source))
    found = [place for place in places if place.likeness >= ALIKE]
    if not found:
        print(f"no article says {words!r}")
        near = places[0] if places and places[0].likeness >= NEAR else None
        if near:
            print(f"nearest is {near.source}, paragraph {near.paragraph}: “{near.quote}”")
        return FAILED
    best = [place for place in found if place.likeness >= found[0].likeness - (100 - ALIKE) / 2][:SHOWN]
    for number, place in enumerate(best):
        if number:
            print()
        for line in shown(case, place, paragraphs(texts[place.source])):
            print(line)
    return 0


def places_of(words: str, texts: Mapping[str, str]) -> Iterator[Place]:
    """Yield the likeliest span of every paragraph: typos, letters and signs aside, the shortest of equally like ones."""
    asked = " ".join(tokenise(words))
    most = len(asked.split()) + SPARE
    for id_, whole in texts.items():
        for number, paragraph in enumerate(paragraphs(whole), 1):
            spans = [word.span() for word in WORD.finditer(paragraph)]
            said = [" ".join(tokenise(paragraph[start:end])) for start, end in spans]
            likeness, first, last = _likeliest(asked, said, most)
            if likeness > 0:
                start, end = _bare(paragraph, spans[first][0], spans[last][1])
                yield Place(id_, number, paragraph[start:end], likeness, _is_spoken(paragraph, start))


def _likeliest(asked: str, said: Sequence[str], most: int) -> tuple[float, int, int]:
    """How like the likeliest run of words is, 0 to 100, with its first and last."""
    best = (0.0, 0, 0)
    for first in range(len(said)):
        for last in range(first, min(first + most, len(said))):
            likeness = fuzz.ratio(asked, " ".join(said[first : last + 1]), score_cutoff=best[0])
            if likeness > best[0] or (likeness == best[0] > 0 and last - first < best[2] - best[1]):
                best = (likeness, first, last)
    return best


def _bare(paragraph: str, start: int, end: int) -> tuple[int, int]:
    """A span without the signs around it."""
    while start < end and paragraph[start] in OPENING:
        start += 1
    while end > start and paragraph[end - 1] in CLOSING:
        end -= 1
    return start, end


def _is_spoken(paragraph: str, start: int) -> bool:
    return paragraph.count('"', 0, start) % 2 == 1


def shown(case: Case, place: Place, text: list[str]) -> Iterator[str]:
    """Yield the passage as it is pasted, and what to know of it."""
    source = case.sources.get(place.source)
    if source is None:
        yield f"{place.source}, paragraph {place.paragraph}: “{place.quote}”"
        yield f"no source of this case is called {place.source}: casebook add-source {place.source}.txt --id {place.source}"
        return
    same = _holding(source, place)
    if same is not None:
        yield f"{same.id} quotes it already: “{same.quote}”"
        yield room_line(source.id, room_in(case, source, text))
        return
    name = _name(place.quote, source)
    speaker = ", speaker: ID" if place.spoken else ""
    yield f"seeds/{source.id}.yaml, under passages:"
    yield f"  {name}: {{paragraph: {place.paragraph}, quote: {in_yaml(place.quote)}{speaker}}}"
    yield f"in a fact: passages: [{source.id}/{name}]"
    if place.spoken:
        named = Language.of(case).entities(tokenise(text[place.paragraph - 1]))
        people = " or ".join(id_ for id_ in named if case.entities[id_].kind == "person")
        yield f"these are somebody's words: for ID write who said them{people and f', {people}'}"
    count = len(place.quote.split())
    if count > MOST_WORDS:
        yield f"it has {count} words, and a quotation has {MOST_WORDS} at most: leave some out at its ends"
    passage = Passage(f"{source.id}/{name}", source.id, place.paragraph, place.quote)
    quoted = source._replace(passages={**source.passages, passage.id: passage})
    after = room_in(case, quoted, text)
    more = f"{after.left} once this is" if after.left >= 0 else f"this is {-after.left} too many: quote less"
    yield f"{room_line(source.id, room_in(case, source, text))}, {more}"


def room_line(id_: str, room: Room) -> str:
    """Return how much of an article is quoted and how much more may be."""
    return f"{id_}: {room.quoted} of {room.words} words are quoted, {room.left} more may be"


def _holding(source: Source, place: Place) -> Passage | None:
    """The passage that quotes a span already."""
    passages = [one for one in source.passages.values() if one.paragraph == place.paragraph]
    return next((one for one in passages if plain(place.quote).lower() in plain(one.quote).lower()), None)


def _name(quote: str, source: Source) -> str:
    """A name of the source's own: the last words of the quotation that are long enough to say something."""
    words = list(dict.fromkeys(re.findall(r"[a-z0-9]+", quote.lower())))
    name = "-".join([word for word in words if len(word) >= LONG_WORD][-NAME_WORDS:] or words[-NAME_WORDS:]) or "words"
    taken = {id_.partition("/")[2] for id_ in source.passages}
    return next(one for one in (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3))) if one not in taken)
