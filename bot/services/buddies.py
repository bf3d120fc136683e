"""Buddies: wanting one, asking somebody, swapping, and how the week goes for both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.domain.checkin import Answer, SessionState, minutes_of
from bot.domain.day import DAY
from bot.domain.errors import NotFound, Refused
from bot.domain.ids import LARGEST_ID, GroupId, GuildId, MembershipId, UserId
from bot.domain.schedule import local_date, monday_of
from bot.domain.streak import Outcome
from bot.services import access, notices, pairing
from bot.services.notices import NoticeKind
from bot.services.views import Person
from bot.storage import attendances, audit_log, groups, memberships, pairs, sessions
from bot.storage import notices as stored_notices
from bot.storage.attendances import Attendance
from bot.storage.database import Database
from bot.storage.groups import Group
from bot.storage.memberships import Member

SWAPS = 3
"""How often somebody swaps in a week at most: each time it changes the pairs of others too."""
SWAPS_SPAN = timedelta(days=7)
ASKED_FOR = timedelta(days=14)
"""How long whoever asked somebody is reminded of it."""
ASKED_AGAIN = timedelta(days=7)
"""How soon somebody is told again that the same one asks, who took it back meanwhile."""


@dataclass(frozen=True, slots=True)
class BuddyWeek:
    """The running week of one of a pair, as the others see it: no pain, no notes."""

    membership_id: MembershipId
    user_id: UserId
    name: str
    days: tuple[Answer | Outcome | None, ...]
    """What came of each day from Monday on: done, partly, rest (a sore back is one), missed only
    where both agreed to hear of that, else None. Of two sessions in a day the better one."""
    kept: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who would like to be one's buddy."""

    membership_id: MembershipId
    name: str


@dataclass(frozen=True, slots=True)
class BuddyView:
    """How a member stands with buddies in a group."""

    guild_id: GuildId
    group_id: GroupId
    group_name: str
    wants: bool
    tells: bool
    """The buddies may hear of a miss, and the member of theirs where they agreed too."""
    mine: BuddyWeek
    buddies: tuple[BuddyWeek, ...]
    asking: tuple[Asking, ...]
    asked: str | None
    """Whom the member asked lately; a no looks like no answer yet."""
    today: date


async def show(db: Database, person: Person, group_id: GroupId, now: datetime) -> BuddyView:
    """Return how the person stands with buddies; what they were to be told of it is told so.

    Raises NotAllowed `not_member`, `left_group`.
    """

    def collect(conn: Connection) -> BuddyView:
        group = access.group_of(conn, person, group_id)
        member = access.member_of(conn, person, group_id)
        shown = (NoticeKind.PAIRED, NoticeKind.ALONE, NoticeKind.BUDDY_ASKED)
        stored_notices.withdraw(conn, group.guild_id, [member.id], shown)
        return _view(conn, group, member, now)

    return await db.write(collect)


async def join(db: Database, person: Person, group_id: GroupId, now: datetime) -> BuddyView:
    """Give the person a buddy, now or as soon as somebody is free; raises what `show` raises."""

    def begin(conn: Connection) -> BuddyView:
        group, member = access.held_member(conn, person, group_id)
        # Wanting one is a sign: who is silent for long gets none.
        memberships.change(conn, group.guild_id, member.id, buddying=True, last_sign_at=now)
        pairing.re_pair(conn, group, now, knows=member.id)
        return _view(conn, group, _again(conn, member), now)

    return await db.write(begin)


async def set_telling(
    db: Database, person: Person, group_id: GroupId, now: datetime, *, tells: bool
) -> BuddyView:
    """Let the person's buddies hear of a miss, or not; raises what `show` raises."""

    def change(conn: Connection) -> BuddyView:
        group = access.group_of(conn, person, group_id)
        member = access.member_of(conn, person, group_id)
        memberships.change(conn, group.guild_id, member.id, tells_buddy=tells)
        return _view(conn, group, _again(conn, member), now)

    return await db.write(change)


async def leave(db: Database, person: Person, group_id: GroupId, now: datetime) -> BuddyView:
    """Leave the person without a buddy; the others get another one. Raises what `show` raises."""

    def end(conn: Connection) -> BuddyView:
        group, member = access.held_member(conn, person, group_id)
        memberships.change(conn, group.guild_id, member.id, buddying=False)
        pairs.forget_requests(conn, group.guild_id, [member.id])
        pairing.re_pair(conn, group, now, knows=member.id)
        return _view(conn, group, _again(conn, member), now)

    return await db.write(end)


async def swap(db: Database, person: Person, group_id: GroupId, now: datetime) -> BuddyView:
    """Give the person another buddy.

    Raises Refused `buddy_none`, `buddy_nobody_else`, `buddy_swap_soon`, and what `show` raises.
    """

    def change(conn: Connection) -> BuddyView:
        group, member = access.held_member(conn, person, group_id)
        if pairs.of_member(conn, group.guild_id, member.id) is None:
            raise Refused("buddy_none")
        since = now - SWAPS_SPAN
        if pairs.swaps_since(conn, group.guild_id, member.id, since) >= SWAPS:
            raise Refused("buddy_swap_soon")
        if not pairing.swap(conn, group, member, now):
            raise Refused("buddy_nobody_else")
        return _view(conn, group, member, now)

    return await db.write(change)


async def ask(
    db: Database, person: Person, group_id: GroupId, user_id: UserId, now: datetime
) -> BuddyView:
    """Ask a member to be the person's buddy; who was asked by them before says yes with it.

    Raises Refused `buddy_self`, `buddy_already`, `buddy_asked_already`, NotFound `not_in_group`,
    and what `show` raises.
    """

    def propose(conn: Connection) -> BuddyView:
        group, member = access.held_member(conn, person, group_id)
        other = memberships.find(conn, group.guild_id, group.id, user_id)
        if other is None or other.left_at is not None:
            raise NotFound("not_in_group")
        if other.id == member.id:
            raise Refused("buddy_self")
        pair = pairs.of_member(conn, group.guild_id, member.id)
        if pair is not None and set(pair.members) == {member.id, other.id}:
            raise Refused("buddy_already", name=other.name)
        if pairs.asked_by(conn, group.guild_id, other.id) == member.id:
            _bring_together(conn, group, member, other, now)
        elif pairs.ask(conn, group.guild_id, member.id, other.id, now):
            _tell_of_asking(conn, group, member, other, now)
        else:
            raise Refused("buddy_asked_already", name=other.name)
        return _view(conn, group, _again(conn, member), now)

    return await db.write(propose)


async def reply(
    db: Database, person: Person, asking_id: MembershipId, now: datetime, *, agrees: bool
) -> BuddyView:
    """Take the person's answer to somebody who wants to be their buddy.

    Raises Refused `buddy_ask_over` where nobody asks (any more), and what `show` raises.
    """

    def settle(conn: Connection) -> BuddyView:
        other = _asking(conn, person, asking_id)
        group, member = access.held_member(conn, person, other.group_id)
        if pairs.asked_by(conn, group.guild_id, other.id) != member.id:
            raise Refused("buddy_ask_over")
        if agrees:
            _bring_together(conn, group, member, other, now)
        else:
            pairs.decline(conn, group.guild_id, other.id, member.id, now)
        asked = [NoticeKind.BUDDY_ASKED]
        stored_notices.withdraw(conn, group.guild_id, [member.id], asked)
        return _view(conn, group, _again(conn, member), now)

    return await db.write(settle)


async def set_rotation(
    db: Database, person: Person, group_id: GroupId, now: datetime, *, monthly: bool
) -> str:
    """Have a group's buddies change every month, or stay; return the group's name.

    Raises NotAllowed `not_organiser`, NotFound `group_not_found`, Refused `group_archived`.
    """

    def change(conn: Connection) -> str:
        group = access.organised_group(conn, person, group_id)
        groups.set_rotation(conn, group.guild_id, group.id, monthly=monthly)
        detail = "monthly" if monthly else "stay"
        audit_log.add(conn, group.guild_id, group.id, person.user_id, "rotate", detail, now)
        return group.name

    return await db.write(change)


def _again(conn: Connection, member: Member) -> Member:
    return memberships.fetch(conn, member.guild_id, member.id)


def _asking(conn: Connection, person: Person, asking_id: MembershipId) -> Member:
    known = max(person.guild_id, asking_id) <= LARGEST_ID
    other = memberships.find_by_id(conn, person.guild_id, asking_id) if known else None
    if other is None or other.left_at is not None:
        raise Refused("buddy_ask_over")
    return other


def _tell_of_asking(
    conn: Connection, group: Group, member: Member, other: Member, now: datetime
) -> None:
    kind, detail = NoticeKind.BUDDY_ASKED, str(member.id)
    since = now - ASKED_AGAIN
    if not stored_notices.added_since(conn, group.guild_id, other.id, kind, detail, since):
        notices.add(conn, group, other, kind, detail, now)


def _bring_together(
    conn: Connection, group: Group, member: Member, other: Member, now: datetime
) -> None:
    """Make two buddies who chose each other; those they leave get other ones."""
    for one in (member, other):
        memberships.change(conn, group.guild_id, one.id, buddying=True, last_sign_at=now)
    pairs.forget_requests(conn, group.guild_id, [member.id, other.id])
    before = [pairs.of_member(conn, group.guild_id, one.id) for one in (member, other)]
    pairs.end(conn, group.guild_id, [pair.id for pair in before if pair is not None], now)
    pair_id = pairs.make(conn, group.guild_id, group.id, [member.id, other.id], now)
    notices.add(conn, group, other, NoticeKind.PAIRED, str(pair_id), now)
    pairing.re_pair(conn, group, now, knows=member.id)


def _view(conn: Connection, group: Group, member: Member, now: datetime) -> BuddyView:
    pair = pairs.of_member(conn, group.guild_id, member.id)
    ids = () if pair is None else pair.members
    others = [_fetch(conn, group, one) for one in ids if one != member.id]
    # With a no as well: who said it is told to nobody.
    asked_id = pairs.asked_since(conn, group.guild_id, member.id, now - ASKED_FOR)
    asking = [_fetch(conn, group, one) for one in pairs.asking(conn, group.guild_id, member.id)]
    today = local_date(now, group.zone)
    return BuddyView(
        guild_id=group.guild_id,
        group_id=group.id,
        group_name=group.name,
        wants=member.buddying,
        tells=member.tells_buddy,
        mine=_week(conn, group, member, today, misses=True),
        buddies=tuple(
            _week(conn, group, one, today, misses=member.tells_buddy and one.tells_buddy)
            for one in others
            if one.left_at is None
        ),
        asking=tuple(Asking(one.id, one.name) for one in asking if one.left_at is None),
        asked=None if asked_id is None else _fetch(conn, group, asked_id).name,
        today=today,
    )


def _fetch(conn: Connection, group: Group, membership_id: MembershipId) -> Member:
    found = memberships.find_by_id(conn, group.guild_id, membership_id)
    if found is None:
        raise LookupError(membership_id)
    return found


def _week(
    conn: Connection, group: Group, member: Member, today: date, *, misses: bool
) -> BuddyWeek:
    """Return a member's running week; `misses` says whether it may show them."""
    monday = monday_of(today)
    listed = {
        one.id: one
        for one in sessions.of_week(conn, group.guild_id, group.id, monday)
        if one.state is not SessionState.CALLED_OFF
    }
    days: list[Answer | Outcome | None] = [None] * 7
    kept = minutes = 0
    for row in attendances.of_sessions(conn, group.guild_id, list(listed)):
        if row.membership_id != member.id:
            continue
        session = listed[row.session_id]
        place = (session.due_on - monday) // DAY
        days[place] = min(days[place], _shown(row, misses=misses), key=_GLADLY.index)
        if row.answer is not None and row.answer.kept:
            kept += 1
            minutes += minutes_of(row.answer, row.minutes, session.minutes)
    return BuddyWeek(member.id, member.user_id, member.name, tuple(days), kept, minutes)


def _shown(row: Attendance, *, misses: bool) -> Answer | Outcome | None:
    if row.answer is Answer.SORE:
        return Answer.REST
    if row.answer is None and row.outcome is Outcome.MISSED and misses:
        return Outcome.MISSED
    return row.answer


_GLADLY = (Answer.DONE, Answer.PARTLY, Answer.REST, Outcome.MISSED, None)
"""Which of a day's answers stands for it."""
