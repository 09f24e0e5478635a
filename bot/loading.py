"""A conversation made ready: the case read, and its index found or learned. What touches the outside at the start."""

from __future__ import annotations

import gc
import os

# One thread is enough for products this small, and starting more takes longer than all else; set before numpy is read.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot import soundness
from bot.conversation import Conversation
from bot.operator import tell
from knowledge import checks
from knowledge.case.load import load
from knowledge.case.model import Case
from knowledge.case.nodes import BrokenCaseError, Level, Problem
from knowledge.matching import store
from knowledge.matching.index import Index
from knowledge.matching.learning import digest, learned, wordings_of

CONTACT = "CASEBOOK_CONTACT"
"""The setting that says how to reach whoever runs the bot: an address, or a name and an address."""
MOST_CONTACT = 200
"""The most characters of it that are told."""


def conversation_of(folder: Path | None) -> Conversation:
    """Return the conversation about the case in a folder, or the shipped one.

    Raises BrokenCaseError where it can't be read, or where a reply would raise or say a wrong number.
    """
    gc.disable()  # what is made here stays: nothing of it is rubbish
    try:
        return _made(folder)
    finally:
        gc.freeze()  # and no message pays for looking through it
        gc.enable()


def _made(folder: Path | None) -> Conversation:
    loaded = load(folder)
    if not soundness.is_sound(loaded, os.environ):
        _refuse(checks.structure(loaded))
    case = loaded.case
    contact = " ".join(os.environ.get(CONTACT, "").split())
    if len(contact) > MOST_CONTACT:
        tell(f"casebook: {CONTACT}: is longer than {MOST_CONTACT} characters; what comes after them isn't shown")
    case = case._replace(contact=contact[:MOST_CONTACT])
    return Conversation(case, index_of(case, os.environ))


def index_of(case: Case, env: Mapping[str, str]) -> Index:
    """Return what was learned from a case's wordings: kept from before where it is fresh, else learned now and kept."""
    fresh = digest(case)
    index = store.find(fresh, env)
    if index is None:
        count = len(wordings_of(case))
        named = env.get(store.SETTING, "") not in {"", store.NOWHERE}
        stale = f"{store.SETTING} names no index made from this case as it is; " if named else ""
        tell(f"casebook: {stale}learning {count:,} wordings, a few seconds, once")
        index = learned(case)
        store.keep(index, fresh, env)
    return index


def _refuse(errors: Sequence[Problem]) -> None:
    if errors:
        raise BrokenCaseError(tuple(errors))


def build(folder: Path | None, to: Path | None) -> int:
    """Learn a case's index ahead: into a file, or where the next start looks for it, and tell what is wrong with the case.

    Returns 0, or 1 where it can't be written. Raises BrokenCaseError where a reply would raise or say a wrong number.
    """
    loaded = load(folder)
    _refuse(checks.structure(loaded))
    for problem in checks.ordered(checks.rest(loaded, None, datetime.now(UTC).date())):
        if problem.level is Level.ERROR:
            tell(str(problem))
    case = loaded.case
    try:
        if to is None:
            index_of(case, os.environ)
        else:
            store.write(learned(case), digest(case), to)
    except OSError as error:
        tell(f"casebook: {to} can't be written ({error.strerror}); give a file in a folder that can be")
        return 1
    soundness.note(loaded, os.environ, to)
    return 0
