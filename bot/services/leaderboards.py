"""Boards: who keeps at it in a group or on the whole server, and what all did together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.domain.ids import GroupId, GuildId, MembershipId, UserId
from bot.domain.ranking import SHARE_FROM, Entry, Metric, Period, board, own_place
from bot.domain.schedule import local_date
from bot.domain.walks import Walk, once, overlapping
from bot.services import access, servers
from bot.services.views import Board, BoardQuestion, Person
from bot.storage import boards, extras, groups
from bot.storage.boards import Days, Standing, Sums
from bot.storage.database import Database
from bot.storage.groups import Group

PER_CENT = 100


@dataclass(frozen=True, slots=True)
class _Scope:
    """Whose board it is."""

    guild_id: GuildId
    name: str | None
    zone: ZoneInfo
    group_ids: tuple[GroupId, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    """The period looked at, with what lies beside it."""

    days: Days
    over: bool = False
    earlier_on: date | None = None
    later_on: date | None = None


async def show(db: Database, person: Person, asked: BoardQuestion, now: datetime) -> Board:
    """Return a board as the person sees it.

    What lies in the future is shown as the running period, what lies before the first session as
    the one that holds it. Raises NotFound `group_not_found`, Refused `group_archived`.
    """
    return await db.read(collect, person, asked, now)


def collect(conn: Connection, person: Person, asked: BoardQuestion, now: datetime) -> Board:
    """Return a board inside a transaction; raises what `show` raises."""
    return _board(conn, _scope(conn, person, asked), asked, now, person.user_id)


def of_week(conn: Connection, group: Group, week_on: date, now: datetime) -> Board:
    """Return who kept how many of a week's sessions, as a group may see it: nobody's own place."""
    asked = BoardQuestion(group.id, metric=Metric.KEPT, period=Period.WEEK, on=week_on)
    return _board(conn, _scope_of(group), asked, now)


def _board(
    conn: Connection,
    scope: _Scope,
    asked: BoardQuestion,
    now: datetime,
    reader: UserId | None = None,
) -> Board:
    span = _span(conn, scope, asked, now)
    people = _people(conn, scope, span.days)
    entries = [one.entry(asked.metric) for one in people]
    own = next((one for one in people if one.user_id == reader), None)
    return Board(
        guild_id=scope.guild_id,
        asked=replace(asked, on=span.days.first_on),
        group_name=scope.name,
        ranks=tuple(board(entries)),
        own=own_place(entries, own.id) if own else None,
        own_shown=own.shown if own else False,
        total_kept=sum(one.all.kept for one in people),
        total_minutes=sum(one.all.minutes for one in people),
        over=span.over,
        earlier_on=span.earlier_on,
        later_on=span.later_on,
    )


@dataclass(frozen=True, slots=True)
class _Someone:
    """A person of the scope, who may be a member of several of its groups."""

    id: MembershipId
    """One of theirs, by which they are known on the board."""
    user_id: UserId
    name: str
    shown: bool
    streaks: Mapping[Metric, int]
    public: Sums
    """Of the groups in which they chose to be shown, or of all where in none."""
    all: Sums

    def entry(self, metric: Metric) -> Entry:
        values = {
            **self.streaks,
            Metric.KEPT: self.public.kept,
            Metric.MINUTES: self.public.minutes,
            Metric.SHARE: _share(self.public),
        }
        return Entry(self.id, self.name, values[metric], self.shown)


def _scope(conn: Connection, person: Person, asked: BoardQuestion) -> _Scope:
    if asked.whole_server or asked.group_id is None:
        zone = servers.settings_of(conn, person.guild_id).zone
        living = groups.living(conn, person.guild_id)
        return _Scope(person.guild_id, None, zone, tuple(group.id for group in living))
    return _scope_of(access.group_of(conn, person, asked.group_id))


def _scope_of(group: Group) -> _Scope:
    return _Scope(group.guild_id, group.name, group.zone, (group.id,))


def _span(conn: Connection, scope: _Scope, asked: BoardQuestion, now: datetime) -> _Span:
    today = local_date(now, scope.zone)
    period = asked.period
    running = period.begin(today)
    if not asked.metric.has_period or running is None:
        return _Span(Days())
    started_at = boards.first_start(conn, scope.guild_id, scope.group_ids)
    oldest = period.begin(local_date(started_at, scope.zone)) if started_at else None
    first = period.begin(asked.on or today) or running
    first = min(max(first, oldest or running), running)
    later = period.after(first)
    before = period.before(first)
    return _Span(
        Days(first, later and later - timedelta(days=1)),
        over=first < running,
        earlier_on=before if before and oldest and before >= oldest else None,
        later_on=later if first < running else None,
    )


def _people(conn: Connection, scope: _Scope, days: Days) -> list[_Someone]:
    """Return everybody of the scope; a walk that somebody did in two groups counts once."""
    memberships_by_user: dict[UserId, list[Standing]] = defaultdict(list)
    for one in boards.standings(conn, scope.guild_id, scope.group_ids):
        memberships_by_user[one.user_id].append(one)
    sums = boards.sums(conn, scope.guild_id, scope.group_ids, days)
    for membership_id, more in extras.minutes(conn, scope.guild_id, scope.group_ids, days).items():
        known = sums.get(membership_id, Sums())
        sums[membership_id] = replace(known, minutes=known.minutes + more)
    several = [one for mine in memberships_by_user.values() if len(mine) > 1 for one in mine]
    doubtful = _doubtful(conn, scope.guild_id, several, days)
    return [_someone(mine, sums, doubtful) for mine in memberships_by_user.values()]


def _doubtful(
    conn: Connection, guild_id: GuildId, several: Sequence[Standing], days: Days
) -> dict[MembershipId, list[Walk]]:
    """Return what may be one walk in two groups: only there single rows have to be looked at."""
    walks: dict[MembershipId, list[Walk]] = defaultdict(list)
    group_ids = {one.group_id for one in several}
    if len(group_ids) > 1:
        together = overlapping(boards.plans(conn, guild_id, group_ids, days))
        ids = [one.membership_id for one in several]
        for walk in boards.walks(conn, guild_id, sorted(together), ids):
            walks[walk.membership_id].append(walk)
    return walks


def _someone(
    mine: Sequence[Standing],
    sums: Mapping[MembershipId, Sums],
    doubtful: Mapping[MembershipId, Sequence[Walk]],
) -> _Someone:
    public = [one for one in mine if one.shown] or mine
    everything = _together(mine, sums, doubtful)
    return _Someone(
        id=public[0].membership_id,
        user_id=public[0].user_id,
        name=public[-1].name,
        shown=public[0].shown,
        streaks={
            Metric.STREAK: max(one.streak for one in public),
            Metric.BEST: max(one.best for one in public),
            Metric.WEEKS: max(one.weeks for one in public),
        },
        public=everything if len(public) == len(mine) else _together(public, sums, doubtful),
        all=everything,
    )


def _together(
    mine: Sequence[Standing],
    sums: Mapping[MembershipId, Sums],
    doubtful: Mapping[MembershipId, Sequence[Walk]],
) -> Sums:
    """Add up somebody's memberships, what they did in two groups at a time once."""
    walks = [walk for one in mine for walk in doubtful.get(one.membership_id, ())]
    twice, single = _summed(walks), _summed(once(walks))
    every = [sums.get(one.membership_id, Sums()) for one in mine]
    return Sums(
        kept=sum(one.kept for one in every) - twice.kept + single.kept,
        minutes=sum(one.minutes for one in every) - twice.minutes + single.minutes,
        counted=sum(one.counted for one in every) - twice.counted + single.counted,
    )


def _summed(walks: Sequence[Walk]) -> Sums:
    return Sums(
        kept=sum(one.kept for one in walks),
        minutes=sum(one.minutes for one in walks),
        counted=sum(one.counted for one in walks),
    )


def _share(sums: Sums) -> int:
    """Return kept of counted in per cent; 0, and so not on the board, while there is too little."""
    if sums.counted < SHARE_FROM:
        return 0
    return round(PER_CENT * sums.kept / sums.counted)
