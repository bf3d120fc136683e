"""Boards and pages to draw: an everyday one of each kind, and names that are hard to draw."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from bot.domain.ids import GroupId, GuildId, MembershipId
from bot.domain.ranking import Metric, Period, Rank
from bot.domain.streak import Outcome, Streak
from bot.services.views import Board, BoardQuestion, Membership, Page, Wishes

TODAY = date(2026, 11, 22)
HARD_NAMES = (
    "Ada Lovelace",
    "山" * 32,
    "W" * 32,
    "👩‍👩‍👧‍👦" * 8,
    "﷽" * 5,
    "Z" + "\u0301" * 40,
    "<b>&\"'</b>\x00\x1b]]>",
    "مرحبا بالعالم! هذا اسم طويل جدا حقا",
    "שלום, Ada!",
    "\u202eturned",
    "Сергей 🏃‍♀️ 7",
    "\u3164",
)


def board(
    names: Sequence[str] = ("Ada", "Bo", "Cy"),
    *,
    group: str | None = "Morning walkers",
    values: Sequence[int] = (12, 9, 3, 2, 1, 1, 1, 1, 1, 1),
    metric: Metric = Metric.STREAK,
    period: Period = Period.ALL,
    kept: int = 31,
    minutes: int = 860,
    over: bool = False,
) -> Board:
    ranks = tuple(
        Rank(place, MembershipId(place), name, value)
        for place, (name, value) in enumerate(zip(names, values, strict=False), start=1)
    )
    since = period.begin(TODAY) if metric.has_period else None
    asked = BoardQuestion(GroupId(2), group is None, metric, period, since)
    return Board(GuildId(1), asked, group, ranks, None, True, kept, minutes, over)


def page(
    name: str = "Ada",
    days: Mapping[date, Outcome] | None = None,
    *,
    group: str = "Morning walkers",
    streak: int = 12,
    paused: date | None = None,
    today: date = TODAY,
) -> Page:
    membership = Membership(
        GroupId(2),
        group,
        MembershipId(1),
        datetime(2026, 3, 2, 6, 30, tzinfo=UTC),
        Wishes(goal=3),
        Streak(current=streak, best=streak, tokens=2),
        5,
        2,
        paused,
        (),
    )
    return Page(name, membership, membership.joined_at.date(), today, days or {})


def year(weeks: int) -> dict[date, Outcome]:
    """Outcomes of every kind in turn, three a week."""
    days = [TODAY - timedelta(days=back) for back in range(weeks * 7)]
    planned = [on for on in days if on.weekday() in (0, 2, 4)]
    kinds = list(Outcome)
    return {on: kinds[place % len(kinds)] for place, on in enumerate(planned)}
