"""Several people on one line: some by name, the others as a number."""

from __future__ import annotations

from collections.abc import Sequence

from bot.ui.escaping import Safe
from bot.ui.words import Words

NAMED = 20
"""Names on one line at most."""


def people(names: Sequence[str], total: int, words: Words) -> Safe:
    """Return "Ada, Bo and 3 more" for `total` people, of whom `names` may be named."""
    shown = names[:NAMED]
    more = total - len(shown)
    if not shown:
        return words.count("people.all", more)
    others = [words.count("people.more", more)] if more > 0 else []
    return words.names([*shown, *others])
