"""Hearing a message: by its language, by signals, by what the labelled messages make likely, by who does what to whom.

It is heard whole, without its politeness, and clause by clause, and the gravest counts. Who does what to whom decides
before likeness does whether it is the writer who is hurt or the one who hurts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import pairwise

from knowledge.care.cries import ACUTE, ASSERTING, CONTACTS, GRAVE, TOLD, Cry, gravest
from knowledge.care.figures import Figures
from knowledge.care.fitting import Fitting
from knowledge.care.likeness import Likeness, LikenessReader
from knowledge.care.pieces import Manners, Piece, Supposing, as_spoken, readings, typed_of, windows
from knowledge.care.roles import RoleReader, Roles
from knowledge.care.ruling import (
    BEREAVED,
    CHILD,
    CLOSE,
    DANGER,
    GUILT,
    LONG_AGO,
    PAST,
    RULED,
    SPARED,
    Ruling,
    RulingReader,
    ruled,
    turned,
)
from knowledge.care.signals import Signals
from knowledge.case.model import Case
from knowledge.language.english import Language
from knowledge.language.languages import Ear
from knowledge.language.questions import Splitter, Words
from knowledge.language.reading import Reader, Reading, texts
from knowledge.language.text import Phrases, tokenise
from knowledge.matching.search import Query, Row, Search
from knowledge.matching.verdict import Tuning

PLAIN = frozenset({"harm", "family", "witness", "contacts"})
"""Concerns that are asked or told in words like those about a case: likeness says nothing against a sign of them."""

MANNERS = ("hello", "thanks", "okay", "bye")
"""The moves that are nothing but politeness."""
NO = "no"
"""The courtesy that is none before other words: "no hope"."""
FEW = 2
"""The most words, as typed, of a message of which likeness says nothing: so few are a cry only by a signal, and only as
written, for a word alone says nothing of what it was meant to be ("hiking" is not "hiding")."""
FAMILY = "family"
OVER = frozenset({"abuse", CHILD, CLOSE})
"""What is told to somebody to whom it still happens."""
ABOUT_ME = "about-me"
"""The rejoinder of somebody who tells of themselves."""


class Hearing:
    """Hears distress. Holds nothing of what people write."""

    def __init__(  # noqa: PLR0913 - what it hears by
        self, case: Case, signals: Signals, reader: Reader, splitter: Splitter, search: Search, tuning: Tuning
    ) -> None:
        self._case = case
        self._reader = reader
        self._splitter = splitter
        self._tuning = tuning
        self._language: Language = reader.language
        self._signals = signals
        lists, patterns = case.care.lists, signals.reader
        self._fitting = Fitting(case, patterns)
        self._figures = Figures(case, patterns, tuning)
        self._long_ago = patterns.read(lists[LONG_AGO])
        self._rulings = RulingReader(lists, patterns)
        self._sought = patterns.vocabulary
        self._names = names_of(case)
        self._roles = RoleReader(signals.lists, patterns)
        moves = (wording for wording, move in case.moves if move in MANNERS and tokenise(wording) != (NO,))
        polite = [*lists["polite"], *moves]
        self.manners = Manners(map(self._language.wording, polite))
        self._supposing = Supposing(lists)
        self._mine, self._own = frozenset(lists["mine"]), frozenset(lists["own"])
        self._asking = Phrases.of(lists["asking"])
        self._ear = Ear(case.languages)
        self.likeness = LikenessReader(search.place, tuning)

    def language(self, reading: Reading) -> Cry | None:
        """Return what is said to somebody who writes in another language, None for English."""
        language = self._ear.hear(reading.tokens, self._reader.knows)
        return Cry("language", why=language.name, line=language.line) if language else None

    def pieces(self, reading: Reading) -> tuple[Piece, ...]:
        """Return what is to be heard by itself: the clauses of a message and then the whole, or the windows of a long one.

        What it tells beside its questions comes last, as it might have been written without them.
        """
        whole = windows(reading.words)
        clauses = self.manners.clauses(reading.words) if len(whole) == 1 else []
        told = self._splitter.told_beside(reading.words) if clauses else ()
        apart = self.manners.clauses(told) if told else []
        unasked = self._splitter.told_in(reading.words) if clauses else ()
        cut = [clause for clause in (*apart, unasked) if len(clause) > FEW and clause not in clauses]
        supposed = filter(None, map(self._supposing.meant, clauses))
        return (
            *map(self._piece, (*supposed, *(clauses or whole))),
            *(self._piece(clause)._replace(joined=True) for clause in cut),
        )

    def _piece(self, words: Words) -> Piece:
        """A piece as read. A name of the case's people is anybody's where it is the writer to whom that person does it."""
        said = texts(words)
        typed = typed_of(words, self._language)
        if not self._names.isdisjoint((*typed, *said)):
            claims = any(first in self._mine and second in self._names for first, second in pairwise(said))
            if claims or self._roles.read(said).to_writer:
                said = tuple("someone" if word in self._names else word for word in said)
        mended = any(word in self._sought for word in {*said}.difference(typed))
        return Piece(words, said, typed, mended)

    def hear(self, pieces: Sequence[Piece], rows: Mapping[Query, Row], *, following: bool = False) -> Cry | None:
        """Return the gravest of what is heard, None where nothing is. `following`: after an answer about the case.

        What is only a little like a concern that says much of whoever writes is told as one that says little, and is
        none where it names somebody of the case and says nothing of the writer.
        """
        ruling = cache(partial(self._ruling, pieces, rows))
        in_play = cache(partial(self._in_play, pieces, rows))
        whole = _whole(pieces)
        cries = [
            cry
            for piece in pieces
            for cry in self._heard(piece, rows[piece.query], rows[whole.query], ruling, in_play, following=following)
            if not piece.joined or cry.sureness >= self._tuning.beside or cry.concern in ACUTE
        ]
        if cries and all(cry.sureness != TOLD for cry in cries):
            cries += self._as_a_whole(whole, rows[whole.query], ruling)
        cry = gravest(cries, partial(self.likeness.of, rows[whole.query]), self._tuning)
        if cry is None:
            return None
        if cry.sureness < self._tuning.soft and cry.concern in ASSERTING:
            if self._is_of_the_case(pieces):
                return None
            cry = cry._replace(concern=CLOSE, contacts=())
        cry = self.fitted(cry, pieces)
        if not self._is_near_danger(cry, pieces, rows):
            return cry
        return cry._replace(line=self._case.care.concerns[DANGER].opening(of_others=cry.of_others))

    def _is_near_danger(self, cry: Cry, pieces: Sequence[Piece], rows: Mapping[Query, Row]) -> bool:
        """Whether a part of what is told as something else is likest danger, and not little, nor of what goes on over time."""
        if cry.concern in {*ACUTE, *PLAIN, PAST, BEREAVED}:
            return False
        near = (rows[piece.query] for piece in pieces if self.likeness.behind(rows[piece.query], DANGER) == 0.0)
        if not any(self.likeness.of(row, DANGER) >= self._tuning.acute for row in near):
            return False
        likely = self.likeness.likely(rows[_whole(pieces).query])
        return DANGER not in self._rulings.read(readings(pieces), likely, elsewhere=False).out

    def _ruling(self, pieces: Sequence[Piece], rows: Mapping[Query, Row]) -> Ruling:
        """What a message rules out for likeness."""
        row = rows[_whole(pieces).query]
        elsewhere = self.likeness.behind(row, DANGER) >= self._tuning.elsewhere
        return self._rulings.read(readings(pieces), self.likeness.likely(row), elsewhere=elsewhere)

    def _in_play(self, pieces: Sequence[Piece], rows: Mapping[Query, Row]) -> bool:
        """Whether a message is one of play, beasts or a story."""
        return self._figures.in_play(pieces, self.likeness.read(rows[_whole(pieces).query]))

    def _is_of_the_case(self, pieces: Sequence[Piece]) -> bool:
        """Whether a message names somebody of the case and says nothing of the writer."""
        named = any(not self._names.isdisjoint(piece.typed) for piece in pieces)
        return named and not any(self._speaks_of_self(piece.words) for piece in pieces)

    def fitted(self, cry: Cry, pieces: Sequence[Piece]) -> Cry:
        """Return a cry with the contacts for what the message tells of whoever writes beside it."""
        fit = self._fitting.told(as_spoken(pieces), cry.concern)
        if fit is None:
            return cry
        contacts = self._fitting.before_row(fit, cry.concern)
        if cry.contacts:
            contacts = tuple(dict.fromkeys([*self._fitting.named(readings(pieces)), *fit.contacts, *cry.contacts]))
        return cry._replace(contacts=contacts, beside=fit.beside, written=fit.written, abroad=fit.abroad)

    def told_beside(self, pieces: Sequence[Piece], concern: str) -> Cry | None:
        """Return a standing concern with the contacts for what a message tells of the writer, None where it tells nothing."""
        fit = self._fitting.told(as_spoken(pieces), concern)
        if fit is None:
            return None
        return Cry(concern, fit.contacts, "what somebody tells of themselves", beside=fit.beside, abroad=fit.abroad)

    def is_only_told(self, cry: Cry, pieces: Sequence[Piece]) -> bool:
        """Whether what sounds like a cry, once one was heard, may well be no more than what somebody tells of themselves.

        A faint likeness is, and a "her dad" where nobody of the case is named: they were spoken of before.
        """
        return cry.sureness < self._tuning.soft or (
            cry.concern == FAMILY and all(self._names.isdisjoint(piece.typed) for piece in pieces)
        )

    def is_done_to_writer(self, pieces: Sequence[Piece]) -> bool:
        """Tell whether a message says that something is done to whoever writes."""
        return any(self._roles.read(piece.said).to_writer for piece in pieces)

    def _heard(  # noqa: PLR0913 - a piece, and what the message makes of it
        self,
        piece: Piece,
        row: Row,
        whole: Row,
        ruling: Callable[[], Ruling],
        in_play: Callable[[], bool],
        *,
        following: bool,
    ) -> Iterator[Cry]:
        """Hear one piece of a message. What few words say by a sign counts as far as the message as a whole bears it."""
        few = len(piece.words) <= FEW
        said = tuple(word.written for word in piece.words) if few else piece.readings[-1]
        signals = list(self._signals.heard(piece.typed, said))
        if few and not signals:
            return
        like = self.likeness.read(row)
        if not few or row is not whole:
            bears = self.likeness.read(whole) if few else like
            signals = [signal for signal in signals if self._counts(signal.concern, bears)]
        # Where nothing is done and likeness says nothing, there is nothing to hear: most pieces are so.
        if not signals and not (like.lead >= self._tuning.sure or self._roles.may_act(piece.said)):
            return
        figure = not few and self._figures.explain(piece, like, in_play)
        if figure:
            signals = [signal for signal in signals if signal.concern in PLAIN]
        roles = self._roles.read(piece.said)
        signed = [(ruled(signal.concern, {CHILD}, ruling), f"the signal {signal.id}") for signal in signals]
        signs = [self._cry(concern, piece, roles, row, ruling, why) for concern, why in signed]
        yield from signs
        if not few:
            likely = self._like(piece, roles, row, like, ruling, following=following)
            guilty = any(cry.concern in GUILT for cry in signs)
            meant = (cry for cry in likely if not figure or cry.concern == CONTACTS)
            yield from (cry for cry in meant if not (guilty and cry.concern in SPARED))

    def _counts(self, concern: str, like: Likeness) -> bool:
        """Whether a sign counts in what is as like a cry as that: what is asked or said of oneself always does."""
        return concern in PLAIN or like.lead >= (self._tuning.idle if concern in GRAVE else self._tuning.everyday)

    def _like(  # noqa: PLR0913 - what is weighed, and what speaks against it
        self,
        piece: Piece,
        roles: Roles,
        row: Row,
        like: Likeness,
        ruling: Callable[[], Ruling],
        *,
        following: bool,
    ) -> Iterator[Cry]:
        """Hear what the labelled messages make likely of a piece, as far as the message doesn't rule it out."""
        likely = self.likeness.likely(row)
        if not likely:
            return
        likely[0] = ruled(likely[0], RULED, ruling)
        guilty = roles.by_writer and likely[0] in GUILT
        told = roles.to_writer or (guilty and like.concern >= self._tuning.beside)
        near = roles.to_writer or self._speaks_of_self(piece.words)
        acute = likely[0] in ACUTE and like.concern >= self._tuning.soft
        least = self._tuning.close if acute else self._tuning.sure
        if like.lead < (self._tuning.done if told else least) or (acute and like.calm >= like.concern):
            return
        asks = self._splitter.question_in(piece.words)
        if not near and (
            (asks and following and not acute)
            or ((asks or following) and like.concern - like.calm < self._tuning.aside)
        ):
            return  # "was he never locked up for it?" leans on what was told, and speaks of nobody else
        why = f"scores {like.concern:.2f}, all cries {like.cry:.2f}, anything else {like.calm:.2f}"
        cry = self._cry(likely[0], piece, roles, row, ruling, why, sure=like.concern >= like.calm)
        yield cry if told else cry._replace(sureness=like.concern)

    def _as_a_whole(self, piece: Piece, row: Row, ruling: Callable[[], Ruling]) -> Iterator[Cry]:
        """Hear what a message in which something was heard is likest as a whole, however little.

        Not where that can't wait, nor where who does what to whom speaks against it.
        """
        likely = self.likeness.likely(row)
        concern = ruled(likely[0], RULED, ruling)
        sureness = self.likeness.of(row, concern)
        is_guilt = concern in GUILT
        if len(piece.words) <= FEW or concern in {*ACUTE, CONTACTS} or (is_guilt and sureness < self._tuning.soft):
            return
        roles = self._roles.read(piece.said)
        if not (is_guilt or roles.by_writer) or turned(concern, roles, likely) == concern:
            of_others = roles.only_among_others
            yield Cry(concern, why="the message as a whole", sureness=sureness, of_others=of_others)

    def _cry(  # noqa: PLR0913 - what was heard, and what it was heard by
        self,
        concern: str,
        piece: Piece,
        roles: Roles,
        row: Row,
        ruling: Callable[[], Ruling],
        why: str,
        *,
        sure: bool = True,
    ) -> Cry:
        """What was heard, in the row of the one who does it or the one to whom it is done."""
        concern = turned(concern, roles, self.likeness.likely(row), sure=sure)
        is_over = concern in OVER and not roles.by_writer and any(map(self._long_ago.found, piece.readings))
        if is_over and PAST not in ruling().out:
            concern = PAST
        contacts = self._fitting.asked(piece.readings) if concern == CONTACTS else ()
        return Cry(concern, contacts, why, of_others=roles.only_among_others)

    def _speaks_of_self(self, words: Words) -> bool:
        """Whether a message speaks of the writer, beyond the "I'd like to know" with which people ask."""
        return not self._own.isdisjoint(self._asking.left(texts(words)))


def _whole(pieces: Sequence[Piece]) -> Piece:
    """The piece that is the message itself, or the last of a long one."""
    return next(piece for piece in reversed(pieces) if not piece.joined)


def names_of(case: Case) -> frozenset[str]:
    """Return the words by which the case's people are named, no other words of the language among them."""
    people = [entity for entity in case.entities.values() if entity.kind == "person" and entity.is_named]
    return frozenset(word for person in people for word in tokenise(person.name)) - case.english.common
