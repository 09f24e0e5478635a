"""A conversation made ready: the case read, and its index found or learned. What touches the outside at the start."""

from __future__ import annotations

import gc
import os

# One thread is enough for products this small, and starting more takes longer than all else; set before numpy is read.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

from collections.abc import Mapping
from pathlib import Path

from bot.conversation import Conversation
from bot.operator import tell
from knowledge.case.layers import Files
from knowledge.case.model import Case
from knowledge.matching import ready, store
from knowledge.matching.index import Index
from knowledge.matching.learning import digest, learned, wordings_of
from knowledge.matching.ready import Ready

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
    found = _ready(folder)
    contact = " ".join(os.environ.get(CONTACT, "").split())
    if len(contact) > MOST_CONTACT:
        tell(f"casebook: {CONTACT}: is longer than {MOST_CONTACT} characters; what comes after them isn't shown")
    case = found.case._replace(contact=contact[:MOST_CONTACT])
    return Conversation(case, index_of(case, os.environ, found.learned_from), claims=found.claims)


def _ready(folder: Path | None) -> Ready:
    """Take up a case as it was read before, or read it and look whether it is sound."""
    digest = ready.digest(Files(folder))
    found = store.find_ready(digest, os.environ)
    if found is None:
        from knowledge.checks import load_sound  # noqa: PLC0415 - a case that is ready is read by nobody

        found = Ready.of(load_sound(folder).case)
        store.keep_ready(found, digest, os.environ)
    return found


def index_of(case: Case, env: Mapping[str, str], learned_from: str = "") -> Index:
    """Return what was learned from a case's wordings: kept from before where it is fresh, else learned now and kept.

    `learned_from` is the digest of those wordings, where it is known.
    """
    fresh = learned_from or digest(case)
    index = store.find(fresh, env)
    if index is None:
        count = len(wordings_of(case))
        named = env.get(store.SETTING, "") not in {"", store.NOWHERE}
        stale = f"{store.SETTING} names no index made from this case as it is; " if named else ""
        tell(f"casebook: {stale}learning {count:,} wordings, less than a minute, once")
        index = learned(case)
        store.keep(index, fresh, env)
    return index
