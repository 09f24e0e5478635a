"""What only sounds violent: figures of speech, and messages of play, of what a beast does, or of a story."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from knowledge.care.likeness import Likeness
from knowledge.care.pieces import Piece, readings
from knowledge.case.model import Case
from knowledge.language.patterns import PatternReader
from knowledge.matching.verdict import Tuning

IN_PLAY = "in-play"
"""The list of the patterns that tell of all that is said in a message, not of the clause alone in which they stand."""


class Figures:
    """Reads them by the patterns of a case. What is very like a cry is one all the same."""

    def __init__(self, case: Case, patterns: PatternReader, tuning: Tuning) -> None:
        self._tuning = tuning
        self._figurative = patterns.read(case.care.figurative)
        self._play = patterns.read(case.care.lists[IN_PLAY])

    def in_play(self, pieces: Iterable[Piece], whole: Likeness) -> bool:
        """Tell whether a message, as like a cry as `whole`, is one of play, beasts or a story."""
        return whole.lead < self._tuning.plain and any(map(self._play.found, readings(pieces)))

    def explain(self, piece: Piece, like: Likeness, in_play: Callable[[], bool]) -> bool:
        """Tell whether a piece is no more than a figure of speech, or of a message that is `in_play`, asked only then."""
        return (like.lead < self._tuning.plain and any(map(self._figurative.found, piece.readings))) or in_play()
