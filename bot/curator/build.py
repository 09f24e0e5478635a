"""`casebook build`: what a start needs, made ahead."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from bot.loading import index_of
from bot.operator import FAILED, tell
from knowledge import checks
from knowledge.case.layers import Files
from knowledge.case.problems import Level
from knowledge.checks import load_sound
from knowledge.matching import ready, store
from knowledge.matching.learning import digest, learned
from knowledge.matching.ready import Ready


def run(folder: Path | None, to: Path | None) -> int:
    """Learn a case's index ahead: into a file, or where the next start looks for it, and tell what is wrong with the case.

    Returns 0, or 1 where it can't be written. Raises BrokenCaseError where a reply would raise or say a wrong number.
    """
    loaded = load_sound(folder)
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
        return FAILED
    store.keep_ready(Ready.of(case), ready.digest(Files(folder)), os.environ, to)
    return 0
