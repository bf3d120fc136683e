"""The programme: beginning it, its pace, making it easier, and stopping it.

A member has one in a server, whatever groups they are in.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.domain import programme as rules
from bot.domain.checkin import PAIN
from bot.domain.day import DAY, WEEK
from bot.domain.errors import NotAllowed, NotFound, Refused
from bot.domain.programme import FIRST, Answers, Pace
from bot.domain.schedule import local_date, monday_of
from bot.services import own_minutes
from bot.services.notices import NoticeKind
from bot.services.reviewing import note_due
from bot.services.views import Ease, Eased, Person, ProgrammeView
from bot.storage import groups, memberships, notices, past_days, programmes
from bot.storage.database import Database
from bot.storage.memberships import Member
from bot.storage.programmes import Programme


async def show(db: Database, person: Person, now: datetime) -> ProgrammeView | None:
    """Return the person's programme, None without one under way; a review it shows is told then.

    Raises NotAllowed `programme_members_only`.
    """

    def collect(conn: Connection) -> ProgrammeView | None:
        mine = _memberships(conn, person)
        found = _running(conn, person)
        if found is None:
            return None
        _take_back(conn, person)
        return _view(conn, found, mine, now)

    return await db.write(collect)


async def check_may_begin(db: Database, person: Person) -> None:
    """Raise NotAllowed `programme_members_only`, Refused `programme_running`."""

    def check(conn: Connection) -> None:
        _memberships(conn, person)
        found = programmes.find(conn, person.guild_id, person.user_id)
        if found is not None and found.stopped_at is None:
            raise Refused("programme_running")

    await db.read(check)


async def begin(
    db: Database, person: Person, answers: Answers | None, now: datetime, *, note_read: bool
) -> ProgrammeView:
    """Begin where the answers lead to, without any on the first rung.

    Raises NotAllowed `programme_members_only`, Refused `programme_note_unread`,
    `programme_running`, `programme_hurts`, `pain_invalid`.
    """
    if answers is not None and answers.pain not in PAIN:
        raise Refused("pain_invalid", low=PAIN.start, high=PAIN.stop - 1)
    if answers is not None and answers.pain >= rules.DOCTOR:
        raise Refused("programme_hurts")
    if not note_read:
        raise Refused("programme_note_unread")
    rung = FIRST if answers is None else rules.start_rung(answers)
    return await db.write(_begin, person, rung, now)


async def choose(db: Database, person: Person, pace: Pace, now: datetime) -> ProgrammeView:
    """Have the ladder grow, or stay until its member says otherwise.

    Raises NotAllowed `programme_members_only`, NotFound `programme_none`.
    """
    return await db.write(_change, person, now, {"pace": pace})


async def read_note(db: Database, person: Person, now: datetime) -> ProgrammeView:
    """Note that the person has read the doctor's note again.

    Raises NotAllowed `programme_members_only`, NotFound `programme_none`.
    """
    return await db.write(_change, person, now, {"note_read_at": now})


async def gentler(db: Database, person: Person, now: datetime, seen: int | None = None) -> Eased:
    """Take the person's programme one rung down; see `easier`."""
    return await db.write(easier, person, now, seen)


def easier(conn: Connection, person: Person, now: datetime, seen: int | None = None) -> Eased:
    """Take the person's programme one rung down, where there is one, and a rung below it.

    `seen` is the rung that they were shown (None for whatever it is): a second press of the same
    button takes nothing more. Raises NotAllowed `programme_members_only`.
    """
    mine = _memberships(conn, person)
    found = _running(conn, person)
    if found is None:
        return Eased(person.guild_id, Ease.NONE, None)
    ease = Ease.EASIER
    if seen is not None and seen != found.rung:
        ease = Ease.STANDS
    elif found.rung == FIRST:
        ease = Ease.LOWEST
    else:
        programmes.change(conn, found, rung=rules.easier(found.rung))
        _take_back(conn, person)
        found = programmes.fetch(conn, person.guild_id, person.user_id)
    return Eased(person.guild_id, ease, _view(conn, found, mine, now))


async def stop(db: Database, person: Person, now: datetime) -> None:
    """End the person's programme; what it came to is kept. Raises NotFound `programme_none`."""

    def end(conn: Connection) -> None:
        found = _running(conn, person)
        if found is None:
            raise NotFound("programme_none")
        programmes.change(conn, found, stopped_at=now)
        _take_back(conn, person)

    await db.write(end)


def _begin(conn: Connection, person: Person, rung: int, now: datetime) -> ProgrammeView:
    mine = _memberships(conn, person)
    before = programmes.find(conn, person.guild_id, person.user_id, lock=True)
    if before is not None:
        if before.stopped_at is None:
            raise Refused("programme_running")
        rung = rules.begin_again(rung, before.rung, now - before.stopped_at)
    programmes.begin(conn, person.guild_id, person.user_id, rung, now)
    found = programmes.fetch(conn, person.guild_id, person.user_id)
    return _view(conn, found, mine, now)


def _change(
    conn: Connection, person: Person, now: datetime, values: dict[str, object]
) -> ProgrammeView:
    mine = _memberships(conn, person)
    found = _running(conn, person)
    if found is None:
        raise NotFound("programme_none")
    programmes.change(conn, found, **values)
    changed = programmes.fetch(conn, person.guild_id, person.user_id)
    return _view(conn, changed, mine, now)


def _memberships(conn: Connection, person: Person) -> list[Member]:
    """Return the person's memberships; raises NotAllowed `programme_members_only` without any."""
    found = memberships.of_user(conn, person.guild_id, person.user_id)
    if not found:
        raise NotAllowed("programme_members_only")
    return found


def _running(conn: Connection, person: Person) -> Programme | None:
    return next(iter(programmes.running(conn, person.guild_id, [person.user_id])), None)


def _take_back(conn: Connection, person: Person) -> None:
    """Take back what waits to be told of a review: the card says it, or it is over."""
    mine = memberships.ids_of(conn, person.guild_id, person.user_id)
    notices.withdraw(conn, person.guild_id, mine, [NoticeKind.REVIEWED])


def _view(conn: Connection, found: Programme, mine: list[Member], now: datetime) -> ProgrammeView:
    zones = [groups.fetch(conn, one.guild_id, one.group_id).zone for one in mine]
    # The last to close the week is the one that reviews it.
    week_on = min(monday_of(local_date(now, zone)) for zone in zones)
    group_ids = [one.group_id for one in mine]
    unsettled = past_days.unsettled_in_week(conn, found.guild_id, group_ids, week_on - WEEK)
    reviews = programmes.reviews_of(conn, found)
    last = next((one.review for one in reviews if one.at >= found.started_at), None)
    return ProgrammeView(
        guild_id=found.guild_id,
        rung=found.rung,
        pace=found.pace,
        week_minutes=own_minutes.minutes_of_days(conn, mine, week_on, week_on + WEEK - DAY),
        review_on=None if unsettled else week_on + WEEK,
        last=last,
        note_due=note_due(conn, found),
    )
