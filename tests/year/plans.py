"""What the organiser has in mind: holidays, the sick, the group's voice, and who cheers whom."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial

from tests.year.organiser import Organiser

SOUP = "There is soup on Saturdays. Walk as far as the pot."
SEALS = "The seals say hello. Five minutes along the quay, and you can say it back."
BOLLARD = "The harbour had a quiet morning, and so had we. Next time, as far as the first bollard."
TIDE = "The tide rests twice a day. Come down for five minutes and see what it is up to."

Plan = Callable[[Organiser], Awaitable[object]]


def _words(text: str, situation: str | None = None) -> Plan:
    return partial(Organiser.add_words, text=text, situation=situation)


def _tone(tone: str) -> Plan:
    return partial(Organiser.tone, tone=tone)


PLANS: tuple[tuple[date, Plan], ...] = (
    (date(2026, 3, 5), _words(SOUP)),
    (date(2026, 3, 9), _words(SEALS, "first_miss")),
    (date(2026, 3, 17), _tone("cheerful")),
    (date(2026, 3, 24), _words(BOLLARD, "most_missed")),
    (date(2026, 4, 1), Organiser.rotate_buddies),
    (date(2026, 6, 1), _tone("gentle")),
    (date(2026, 9, 1), _tone("plain")),
    (date(2026, 10, 1), partial(Organiser.remove_words, text=SOUP, situation=None)),
    (date(2026, 11, 8), _words(TIDE, "token_used")),
    (date(2026, 11, 9), partial(Organiser.own_words, alone=True)),
    (date(2026, 11, 22), partial(Organiser.own_words, alone=False)),
    (date(2026, 12, 1), _tone("gentle")),
)
"""What the organiser does, by day."""

ILLNESSES = (
    ("Ruth", date(2026, 3, 16), date(2026, 3, 21), date(2026, 3, 20)),
    ("Ruth", date(2027, 1, 11), date(2027, 1, 23), date(2027, 1, 22)),
)
"""Whom the organiser excuses, from when to when, and on which day she hears of it."""

PROPOSALS = (("Rosa", "Ruth", date(2026, 3, 6)), ("Will", "Inês", date(2026, 10, 20)))
"""Who asks whom to be their buddy, and when."""

FANS = {"Ada Lindqvist": 0.6, "Nils & Co.": 0.4, "Rosa": 0.2}
"""How often somebody cheers on whoever is named in the morning."""

SATURDAY_CHEERS = (("Łukasz Wójcik", "Ada Lindqvist"), ("Petra", "Hugo"))
"""Who cheers whom on Saturdays; Hugo would rather they did not."""
