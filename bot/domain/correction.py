"""An organiser's correction of an answer, and the text as which it is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from bot.domain.checkin import Answer
from bot.domain.ids import SessionId, UserId

REASON = 200
"""Characters of the reason that an organiser gives."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as a correction speaks of it; None for none."""

    answer: Answer | None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What an organiser changed of whose answer, and why."""

    user_id: UserId
    session_id: SessionId
    starts_at: datetime
    before: Said
    after: Said
    why: str

    def __str__(self) -> str:
        """Return the text as which it is kept, which `read` reads."""
        facts = {
            # Ids are larger than what JSON's readers elsewhere take for a number.
            "member": str(self.user_id),
            "session": str(self.session_id),
            "at": self.starts_at.isoformat(),
            "from": [self.before.answer, self.before.minutes],
            "to": [self.after.answer, self.after.minutes],
            "why": self.why,
        }
        return json.dumps(facts, ensure_ascii=False)


def read(text: str) -> Correction | None:
    """Read a correction as it was kept; None for any other text."""
    try:
        facts = json.loads(text)
        return Correction(
            user_id=UserId(int(facts["member"])),
            session_id=SessionId(int(facts["session"])),
            starts_at=datetime.fromisoformat(facts["at"]),
            before=_said(*facts["from"]),
            after=_said(*facts["to"]),
            why=str(facts["why"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _said(answer: str | None, minutes: int | None) -> Said:
    return Said(None if answer is None else Answer(answer), minutes)
