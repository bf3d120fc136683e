"""Names that people give: whether there is anything to see in one."""

from __future__ import annotations

import unicodedata

BLANKS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and symbols that are drawn as nothing."""
_SEEN = "LNPS"
"""Unicode's categories of what is drawn: letters, numbers, punctuation, symbols."""


def can_be_seen(name: str) -> bool:
    """Say whether at least one character of a name is drawn."""
    return any(unicodedata.category(char)[0] in _SEEN and char not in BLANKS for char in name)
