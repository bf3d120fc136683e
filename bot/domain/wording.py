"""Drawing words: none comes again before all the others have been used since."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random


def draw(wordings: Sequence[str], used: Sequence[str], chance: Random) -> str:
    """Draw one of `wordings`, at least one, that is not in `used`; else the one used longest ago.

    `used` are the wordings used so far, each once, by its last use, oldest first. So chance orders
    the first round, and the rounds after it follow: any other order would bring a wording back
    before all the others had been heard since.
    """
    left = [wording for wording in wordings if wording not in used]
    if left:
        return chance.choice(left)
    return next(wording for wording in used if wording in wordings)
