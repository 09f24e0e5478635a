"""A case of which one file at a time is changed in memory, and checked each time. What isn't touched is read once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bot.conversation import Conversation
from bot.loading import index_of
from bot.reply import NOTHING
from knowledge import checks
from knowledge.case import load as loading
from knowledge.case.load import Loaded
from knowledge.case.problems import BrokenCaseError, Problem
from knowledge.matching.learning import digest
from tests.mutations.kept import Kept
from tests.mutations.kinds import Mutation

TODAY = datetime.now(UTC).date()
QUESTIONS = (
    "hello",
    "what car was it",
    "who was she",
    "how old was he",
    "when was it",
    "how long was it from the warrant to the killing",
    "was he arrested",
    "did he have a knife",
    "where do the reports differ",
    "who said that",
    "topics",
    "people",
    "timeline",
    "sources",
    "helplines",
    "privacy",
    "about",
    "start",
    "help",
    "he hit me",
    "i want to die",
    "is my phone safe from him",
    "i am deaf and he hurts me",
    "my friend is in danger now",
    "mă bate",
    "tell me a joke",
    "who do you think did it",
    "what happened to the moon",
    "thanks",
    "bye",
)
"""What is asked before and after, beside the questions of the facts that have changed."""
MOST_ASKED = 5


class Verdict(NamedTuple):
    """What became of a mutation: `told` at its line, `elsewhere`, `harmless`, `silent` or `raised`; and what was told."""

    outcome: str
    told: tuple[Problem, ...] = ()
    why: str = ""

    @property
    def is_well(self) -> bool:
        return self.outcome in {"told", "harmless"}


class Bench:
    """The shipped case, to be broken."""

    def __init__(self, articles: Path | None) -> None:
        self._kept = Kept()
        self._articles = (
            {file.stem: file.read_text(encoding="utf-8") for file in sorted(articles.glob("*.txt"))}
            if articles and articles.is_dir()
            else None
        )
        self._base: set[tuple[str, str, str]] = set()
        with self._kept.quickly({}):
            self.loaded = loading.load()
            self._base = {_plain(problem) for problem in self._problems(self.loaded, checks.structure(self.loaded))}
        self.texts = dict(self.loaded.texts)
        self._index = index_of(self.loaded.case, os.environ)
        self._digest = digest(self.loaded.case)

    @property
    def has_articles(self) -> bool:
        return self._articles is not None

    def verdict(self, mutation: Mutation, *, wholly: bool = False, asks: bool = True) -> Verdict:
        """Say what becomes of a mutation.

        Questions are asked where nothing was told, if it `asks`, and `wholly` also where the bot starts all the same.
        """
        loaded = None
        try:
            with self._kept.quickly({mutation.file: mutation.data}):
                loaded = loading.load()
                structure = checks.structure(loaded)
                problems = self._problems(loaded, structure)
        except BrokenCaseError as error:
            structure = problems = list(error.problems)
        except Exception as error:  # noqa: BLE001 - a traceback is what is looked for
            return Verdict("raised", why=f"check: {error!r}")
        fresh = tuple(problem for problem in problems if _plain(problem) not in self._base)
        near = [one for one in fresh if one.mark.file == mutation.file and one.mark.line in mutation.lines]
        if asks and loaded is not None and not structure and (wholly or not fresh) and loaded.case != self.loaded.case:
            asked = self._asked(loaded)
            if isinstance(asked, Verdict):
                return asked
            if not fresh:
                before = _replies(Conversation(self.loaded.case, self._index), [one for one, _ in asked])
                return Verdict("harmless" if asked == before else "silent")
        if near:
            return Verdict("told", tuple(near))
        return Verdict("elsewhere", fresh) if fresh else Verdict("harmless")

    def _asked(self, loaded: Loaded) -> list[tuple[str, str]] | Verdict:
        """The replies to a fixed list of questions, or that one raises, or that the case would have to be learned anew."""
        if digest(loaded.case) != self._digest:
            return Verdict("silent", why="other words are learned")
        try:
            facts = loaded.case.facts.values()
            changed = [fact.question for fact in facts if self.loaded.case.facts.get(fact.id) != fact]
            return _replies(Conversation(loaded.case, self._index), changed[:MOST_ASKED])
        except Exception as error:  # noqa: BLE001
            return Verdict("raised", why=f"reply: {error!r}")

    def _problems(self, loaded: Loaded, structure: list[Problem]) -> list[Problem]:
        found = [*structure, *checks.rest(loaded, self._articles, TODAY)]
        return checks.ordered(found)


def _replies(conversation: Conversation, questions: Sequence[str]) -> list[tuple[str, str]]:
    """What is replied to some questions, and to the fixed ones."""
    context, found = NOTHING, []
    for question in dict.fromkeys((*questions, *QUESTIONS)):
        reply, context = conversation.reply(question, context)
        found.append((question, repr(reply)))
    return found


def _plain(problem: Problem) -> tuple[str, str, str]:
    return problem.mark.file, problem.rule, problem.message
