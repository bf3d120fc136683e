"""Zones, nights, instants and the plain reckonings that the rules are held against."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st

from bot.domain.day import Quiet, Span

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
NUUK = ZoneInfo("America/Nuuk")
"""Its clocks go forward at 23:00: an evening's session starts after midnight there."""

unhurried = settings(deadline=None)
"""No deadline for one example: a busy machine is not a fault of the rules."""


def wall(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    """Return the instant of "YYYY-MM-DD HH:MM" on the wall clock of `zone`."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def clock(text: str) -> time:
    return time.fromisoformat(text)


def night(start: str, end: str) -> Quiet:
    return Quiet(clock(start), clock(end))


NIGHTS = {
    "the default": Quiet(),
    "none": night("00:00", "00:00"),
    "none at another hour": night("22:00", "22:00"),
    "after midnight": night("00:00", "05:00"),
    "at noon": night("12:00", "13:00"),
    "until the hour that clocks change": night("22:00", "02:30"),
    "from the hour that clocks change": night("02:15", "07:00"),
    "the very hour that clocks change": night("02:00", "03:00"),
    "all but an evening": night("20:00", "16:00"),
}

CHANGES = {
    "Berlin, forward": (BERLIN, date(2026, 3, 29)),
    "Berlin, back": (BERLIN, date(2026, 10, 25)),
    "New York, forward": (NEW_YORK, date(2026, 3, 8)),
    "New York, back": (NEW_YORK, date(2026, 11, 1)),
    "Lord Howe, forward by half an hour": (ZoneInfo("Australia/Lord_Howe"), date(2026, 10, 4)),
    "Lord Howe, back by half an hour": (ZoneInfo("Australia/Lord_Howe"), date(2026, 4, 5)),
    "Cairo, forward at midnight": (ZoneInfo("Africa/Cairo"), date(2026, 4, 24)),
    "Cairo, back at midnight": (ZoneInfo("Africa/Cairo"), date(2026, 10, 29)),
    "Troll, forward by two hours": (ZoneInfo("Antarctica/Troll"), date(2026, 3, 29)),
    "Troll, back by two hours": (ZoneInfo("Antarctica/Troll"), date(2026, 10, 25)),
    "Nuuk, forward before midnight": (NUUK, date(2026, 3, 28)),
    "Nuuk, back at midnight": (NUUK, date(2026, 10, 24)),
    "Kathmandu, never": (ZoneInfo("Asia/Kathmandu"), date(2026, 6, 1)),
}


def is_quiet(instant: datetime, quiet: Quiet, zone: ZoneInfo) -> bool:
    """Reckon quiet hours anew: by the minutes from their start to what the wall clock shows."""
    local = instant.astimezone(zone)
    shown = local.hour * 60 + local.minute
    start = quiet.start.hour * 60 + quiet.start.minute
    length = (quiet.end.hour * 60 + quiet.end.minute - start) % (24 * 60)
    return (shown - start) % (24 * 60) < length


def is_down(instant: datetime, downtimes: list[Span]) -> bool:
    for span in downtimes:
        if span.start <= instant and (span.end is None or instant < span.end):
            return True
    return False


def quiet_hours() -> st.SearchStrategy[Quiet]:
    """Named nights and any others that leave six hours of the day."""

    def lasting(start: int, length: int) -> Quiet:
        end = (start + length) % (24 * 60)
        return Quiet(time(*divmod(start, 60)), time(*divmod(end, 60)))

    anything = st.builds(lasting, st.integers(0, 24 * 60 - 1), st.integers(0, 18 * 60))
    return st.sampled_from(list(NIGHTS.values())) | anything


def local_times() -> st.SearchStrategy[time]:
    return st.builds(time, st.integers(0, 23), st.integers(0, 59))


def days_near_changes() -> st.SearchStrategy[tuple[ZoneInfo, date]]:
    """A zone and a local date no more than two days from a change of its clocks."""

    def near(change: tuple[ZoneInfo, date], offset: int) -> tuple[ZoneInfo, date]:
        zone, on = change
        return zone, on + DAY * offset

    return st.builds(near, st.sampled_from(list(CHANGES.values())), st.integers(-2, 2))
