"""A pause that an organiser set for a member, and the text as which it is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from bot.domain.ids import UserId


@dataclass(frozen=True, slots=True)
class Absence:
    """On which days who is excused, and why."""

    user_id: UserId
    first_on: date
    last_on: date | None
    """None: until they are back."""
    why: str

    def __str__(self) -> str:
        """Return the text as which it is kept, which `read` reads."""
        facts = {
            # Ids are larger than what JSON's readers elsewhere take for a number.
            "member": str(self.user_id),
            "first": self.first_on.isoformat(),
            "last": None if self.last_on is None else self.last_on.isoformat(),
            "why": self.why,
        }
        return json.dumps(facts, ensure_ascii=False)


def read(text: str) -> Absence | None:
    """Read an absence as it was kept; None for any other text."""
    try:
        facts = json.loads(text)
        last = facts["last"]
        return Absence(
            user_id=UserId(int(facts["member"])),
            first_on=date.fromisoformat(facts["first"]),
            last_on=None if last is None else date.fromisoformat(last),
            why=str(facts["why"]),
        )
    except (ValueError, KeyError, TypeError):
        return None
