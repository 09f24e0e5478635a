"""Rules for the bot's own words (the care page's rules 1 to 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.case.load import Loaded
from knowledge.case.problems import Problem

QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")


def avoided(loaded: Loaded) -> Iterator[Problem]:
    """No sentence of the bot's own uses a phrase that hides who did it, blames, or thrills.

    The phrases stand in `voice/avoid.yaml`, each with what to write. Words between quote marks are somebody's own and
    pass. Passes: `He attacked her.` Fails: `The tragedy unfolded.`
    """
    phrases = {
        key.removeprefix("avoid."): mend
        for key, mend in loaded.case.voice.sentences.items()
        if key.startswith("avoid.")
    }
    if not phrases:
        return
    pattern = re.compile(r"\b(" + "|".join(re.escape(phrase) for phrase in phrases) + r")\b|!", re.IGNORECASE)
    for name, text in _sentences(loaded):
        for found in pattern.finditer(QUOTED.sub(" ", text)):
            word = found.group(0)
            mend = phrases.get(word.lower(), "end the sentence with a full stop")
            yield Problem(loaded.marks[name], "wording", f"{word!r} is not a word for the bot's own voice", mend)


def _sentences(loaded: Loaded) -> Iterator[tuple[str, str]]:
    for fact in loaded.case.facts.values():
        for key in ("title", "answer", "short", "moment"):
            if f"fact:{fact.id}.{key}" in loaded.marks:
                yield f"fact:{fact.id}.{key}", getattr(fact, key)
    for name, sentence in loaded.case.voice.sentences.items():
        if not name.startswith("avoid."):
            yield f"sentence:{name}", sentence
    for concern in loaded.case.care.concerns.values():
        yield f"concern:{concern.id}", f"{concern.first} {concern.then}"
