"""Wall-clock arithmetic of the account's checker, written anew from the rules."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.end_to_end.account_shape import Slot

QUIET_FROM = time(21, 30)
QUIET_UNTIL = time(7, 0)
_DAY = timedelta(days=1)


def instant_of(on: date, clock: time, tz: ZoneInfo) -> datetime:
    """Return the instant of a wall-clock time: the first of two, else the offset before the gap.

    No zone shifts twice within two days, so the offsets a day before and a day after are all
    there are to try.
    """
    naive = datetime.combine(on, clock)
    before, after = (_offset(naive.replace(tzinfo=UTC) + step, tz) for step in (-_DAY, _DAY))
    tries = sorted((naive - offset).replace(tzinfo=UTC) for offset in {before, after})
    fitting = [at for at in tries if at.astimezone(tz).replace(tzinfo=None) == naive]
    return fitting[0] if fitting else (naive - before).replace(tzinfo=UTC)


def _offset(at: datetime, tz: ZoneInfo) -> timedelta:
    offset = at.astimezone(tz).utcoffset()
    assert offset is not None
    return offset


def local_day(at: datetime, tz: ZoneInfo) -> date:
    return at.astimezone(tz).date()


def minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def is_quiet(at: datetime, tz: ZoneInfo) -> bool:
    clock = at.astimezone(tz).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def occurrences(slot: Slot, first: date, last: date) -> Iterator[date]:
    """Yield the dates from first to last on which the slot has a session.

    Weeks run from Monday; of a slot every n weeks the first is the week of its first day.
    """
    on = max(first, slot.first_on)
    end = last if slot.last_on is None else min(last, slot.last_on)
    while on <= end:
        weeks = (monday(on) - monday(slot.first_on)).days // 7
        if on.weekday() in slot.weekdays and weeks % slot.every_weeks == 0:
            yield on
        on += _DAY
