"""Rules for what is learned: it is of these very wordings, and it finds them."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.load import BUILT, Loaded
from knowledge.lookup import Lookup
from knowledge.problems import Mark, Problem


def fresh(loaded: Loaded) -> Iterator[Problem]:
    """The built files were made from the files as they are.

    Passes: nothing has changed since `casebook build`. Fails: a wording was added after it.
    """
    if not loaded.fresh:
        message = "the files have changed since the case was built"
        yield Problem(Mark(BUILT), "stale-build", message, "run `casebook build`")


def wordings_find_their_fact(loaded: Loaded) -> Iterator[Problem]:
    """Asking a fact's own wording finds that fact first. Not tried while the built files are stale.

    Passes: "How old was she?" finds the fact under which it stands. Fails: it finds another one.
    """
    if not loaded.fresh:
        return
    lookup = Lookup(loaded.case)
    for fact in loaded.case.facts.values():
        for wording in fact.wordings:
            ranking = lookup.find(wording).ranking
            first = ranking.candidates[0].fact if ranking.candidates else "nothing"
            if first != fact.id:
                keys = (f"fact:{fact.id}.{key}.{wording}" for key in ("ask", "yes", "no"))
                mark = next(loaded.marks[key] for key in keys if key in loaded.marks)
                message = f"{wording!r} finds {first} before {fact.id}"
                yield Problem(mark, "self-find", message, "say it more plainly, or move it to that fact")
