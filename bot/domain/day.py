"""The moments of a session's life and of a group's day, and what downtime does to them.

Every function takes and gives aware UTC instants; the organiser's settings are wall-clock times of
the group's zone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.schedule import MONDAY, instant_of, local_date

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
SECOND = timedelta(seconds=1)
NO_TIME = timedelta(0)
NUDGE_BEFORE_QUIET = timedelta(minutes=15)
"""How long before quiet hours an early nudge comes."""
NUDGE_AFTER_START = timedelta(minutes=45)
"""An early nudge that is nearer to the start than this is left out."""
FAIR_CHANCE = timedelta(hours=3)
"""What members get at most to answer, outside quiet hours, when the bot was away in between."""
UNFORESEEN = datetime.max.replace(tzinfo=UTC)
"""The instant of what waits for the end of a downtime that goes on."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the night in wall-clock time; `start` equal to `end` means none."""

    start: time = time(21, 30)
    end: time = time(7, 0)


@dataclass(frozen=True, slots=True)
class WeeklyTime:
    """A wall-clock time on one day of every week."""

    weekday: int = MONDAY
    at: time = time(9)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What an organiser can set about a group's day."""

    prompt_lead: timedelta = timedelta(0)
    """How long before the start the prompt comes, 0–24 h."""
    nudge_after: timedelta | None = timedelta(hours=3)
    """1–12 h after the day's last start; None is off."""
    settle_at: time = time(3)
    """00:00–12:00 on the day after."""
    encourage_at: time | None = time(9)
    """None is off."""
    quiet: Quiet = Quiet()
    free_rests: int = 1
    """Rests that are free in seven days, 0–7."""
    ahead_at: time | None = None
    """When the group hears on the day before that there is a session; None is off."""
    recap: WeeklyTime | None = WeeklyTime()
    """When a week that is over is told of; None is off."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, `start` included and `end` not; None for one that goes on."""

    start: datetime
    end: datetime | None


def prompt_at(starts_at: datetime, rhythm: Rhythm) -> datetime:
    """Return when the prompt of a session that starts at `starts_at` is due."""
    return starts_at - rhythm.prompt_lead


def settles_at(due_on: date, rhythm: Rhythm, zone: ZoneInfo) -> datetime:
    """Return when a session of `due_on` settles if nothing comes in between."""
    return instant_of(due_on + DAY, rhythm.settle_at, zone)


def nudge_at(
    starts: Sequence[datetime], due_on: date, rhythm: Rhythm, zone: ZoneInfo
) -> datetime | None:
    """Return when those who have not answered are nudged; None when the day has no room for it.

    `starts` are the starts of all the group's sessions of `due_on`, at least one. The nudge comes
    a while after the last of them, or shortly before quiet hours if that is earlier and not too
    near the start; never after the local day is over.
    """
    if rhythm.nudge_after is None:
        return None
    last = max(starts)
    wanted = first_minute_outside(last + rhythm.nudge_after, rhythm.quiet, zone)
    quiet_at = next_quiet(last, rhythm.quiet, zone)
    if quiet_at is not None and quiet_at - NUDGE_BEFORE_QUIET < last + rhythm.nudge_after:
        wanted = quiet_at - NUDGE_BEFORE_QUIET
        if wanted - last < NUDGE_AFTER_START or in_quiet(wanted, rhythm.quiet, zone):
            return None
    return wanted if local_date(wanted, zone) == due_on else None


def encourage_at(settled_at: datetime, rhythm: Rhythm, zone: ZoneInfo) -> datetime | None:
    """Return when those who missed hear from the bot; None for not at all.

    The later of the set time and the settlement, at the first minute outside quiet hours, and only
    on the day of the settlement.
    """
    if rhythm.encourage_at is None:
        return None
    day = local_date(settled_at, zone)
    wanted = max(instant_of(day, rhythm.encourage_at, zone), _next_minute(settled_at))
    wanted = first_minute_outside(wanted, rhythm.quiet, zone)
    return wanted if local_date(wanted, zone) == day else None


def ahead_at(due_on: date, rhythm: Rhythm, zone: ZoneInfo) -> datetime | None:
    """Return when the word ahead of a day's sessions comes, on the day before; None for none.

    At the first minute outside quiet hours, and not at all where that is on the day itself.
    """
    if rhythm.ahead_at is None:
        return None
    eve = due_on - DAY
    wanted = first_minute_outside(instant_of(eve, rhythm.ahead_at, zone), rhythm.quiet, zone)
    return wanted if local_date(wanted, zone) == eve else None


def never_ahead(at: time, quiet: Quiet) -> bool:
    """Say whether a word ahead that is set to `at` would always be held back until the day itself.

    In the quiet hours of the evening, that is: those of the morning end on the day before as well.
    """
    return quiet.start > quiet.end and at >= quiet.start


def recap_at(week_on: date, rhythm: Rhythm, zone: ZoneInfo) -> datetime | None:
    """Return when the week that begins on the Monday `week_on` is told of; None for not at all.

    In the week after it, at the first minute outside quiet hours.
    """
    if rhythm.recap is None:
        return None
    on = week_on + WEEK + rhythm.recap.weekday * DAY
    return first_minute_outside(instant_of(on, rhythm.recap.at, zone), rhythm.quiet, zone)


def fair_settlement(
    prompt_due_at: datetime,
    posted_at: datetime,
    planned_at: datetime,
    downtimes: Iterable[Span],
    quiet: Quiet,
    zone: ZoneInfo,
) -> datetime:
    """Return when a session whose prompt was posted at `posted_at` may settle.

    That is `planned_at`, unless downtime took any of the time between prompt and settlement. Then
    members get the lesser of `FAIR_CHANCE` and the planned window, counted only while the bot was
    there and outside quiet hours. A `downtimes` span that goes on counts as lasting for ever, so
    ask again once it is over; the answer is then `UNFORESEEN`.

    Where a gap shifted the start past the planned settlement there is no planned window at all;
    members then get `FAIR_CHANCE`, as nobody can answer what has not begun.
    """
    window = planned_at - prompt_due_at
    spans = [span for span in downtimes if span.end is None or span.end > span.start]
    if window > NO_TIME and not any(_touches(span, prompt_due_at, planned_at) for span in spans):
        return planned_at
    needed = min(FAIR_CHANCE, window) if window > NO_TIME else FAIR_CHANCE
    return max(planned_at, _when_gathered(needed, posted_at, spans, quiet, zone))


def in_quiet(instant: datetime, quiet: Quiet, zone: ZoneInfo) -> bool:
    """Say whether the wall clock of `zone` shows quiet hours at `instant`.

    The wall clock decides, also where it is put forward or back: an hour of quiet that exists twice
    is quiet both times.
    """
    at = instant.astimezone(zone).time()
    if quiet.start <= quiet.end:
        return quiet.start <= at < quiet.end
    return at >= quiet.start or at < quiet.end


def off_through(days_off: Collection[date], today: date) -> date | None:
    """Return the last of the days off in a row that begin today or tomorrow; None without any."""
    last_on = today if today in days_off else today + DAY
    if last_on not in days_off:
        return None
    while last_on + DAY in days_off:
        last_on += DAY
    return last_on


def first_minute_outside(instant: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """Return `instant`, or the end of the quiet hours it lies in."""
    return _next_change(instant, quiet, zone) if in_quiet(instant, quiet, zone) else instant


def next_quiet(instant: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime | None:
    """Return the first start of quiet hours after `instant`; None where there are none."""
    if quiet.start == quiet.end:
        return None
    return _next_change(first_minute_outside(instant, quiet, zone), quiet, zone)


def _next_change(instant: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """Return when the wall clock next enters or leaves quiet hours; `quiet` is not empty.

    A clock change on the way moves the edge, or is itself the edge.
    """
    inside = in_quiet(instant, quiet, zone)
    local = instant.astimezone(zone)
    edge = quiet.end if inside else quiet.start
    at = instant + (datetime.combine(local, edge) - local.replace(tzinfo=None)) % DAY
    if at.astimezone(zone).utcoffset() == local.utcoffset():
        return at
    turn = _clock_change(instant, at, zone)
    if in_quiet(turn, quiet, zone) is not inside:
        return turn
    return _next_change(turn, quiet, zone)


def _clock_change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant between the two at which the zone's offset changes, to the second."""
    old = before.astimezone(zone).utcoffset()
    while after - before > SECOND:
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def _next_minute(instant: datetime) -> datetime:
    """Round up to a whole minute: what Amble posts by itself comes on the minute."""
    whole = instant.replace(second=0, microsecond=0)
    return whole if whole == instant else whole + timedelta(minutes=1)


def _touches(span: Span, start: datetime, end: datetime) -> bool:
    return span.start < end and (span.end is None or span.end > start)


def _when_gathered(
    needed: timedelta, since: datetime, downtimes: list[Span], quiet: Quiet, zone: ZoneInfo
) -> datetime:
    """Return when `needed` of time outside downtime and quiet hours has gone by after `since`."""
    at = since
    while True:
        at = first_minute_outside(at, quiet, zone)
        inside = next(
            (s for s in downtimes if s.start <= at and (s.end is None or s.end > at)), None
        )
        if inside is not None:
            if inside.end is None:
                return UNFORESEEN
            at = inside.end
            continue
        stops = [span.start for span in downtimes if span.start > at]
        night = next_quiet(at, quiet, zone)
        if night is not None:
            stops.append(night)
        free = min(min(stops, default=at + needed) - at, needed)
        needed -= free
        at += free
        if needed <= NO_TIME:
            return at
