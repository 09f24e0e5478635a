"""The numbers that decide, together: `casebook evaluate FILE --sweep NAME=FROM:TO` shows what each is worth."""

from __future__ import annotations

from typing import NamedTuple


class Tuning(NamedTuple):
    """Scores are 0.0 to 1.0, higher is likelier; every number may be swept.

    `threshold` is the least score that is answered, `denial` the least at which the bot says that something isn't
    reported (a denial spreads what nobody may have asked), `doubt` the least at which it asks back rather than saying
    that it doesn't find it, `margin` the least lead over the next fact that says something else, under which it asks
    back. `fuzzy` is the share of the score that the likest wording makes, `story` what the score of the sentence beside a
    question counts.

    `sure` is the least score at which the labelled messages alone say that something is going on with the person who
    writes, where nothing else scores more; `close` the least lead over anything else at which a statement about the
    writer's own life that nothing explains is heard as one that weighs on them: below zero, for a miss does more harm.
    """

    threshold: float = 0.22
    denial: float = 0.33
    doubt: float = 0.16
    margin: float = 0.01
    fuzzy: float = 0.2
    story: float = 0.5
    sure: float = 0.15
    close: float = -0.15
