"""The message after a day with misses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.domain import encouragement as rules
from bot.domain.checkin import SessionState
from bot.domain.day import DAY, in_quiet
from bot.domain.encouragement import Concerned, Encouragement, Reach
from bot.domain.ids import ChannelId, GuildId, MembershipId, MessageId, SessionId
from bot.domain.moment import Moment, MomentKind, MomentState
from bot.domain.schedule import local_date, midnight_of
from bot.domain.streak import Outcome
from bot.services import access, claims, privately, schedules, voice, wordings
from bot.services.views import EncouragementPost
from bot.storage import (
    attendances,
    groups,
    memberships,
    mentions,
    moments,
    sessions,
)
from bot.storage.attendances import Attendance
from bot.storage.database import Database
from bot.storage.groups import Group
from bot.storage.memberships import Member
from bot.storage.mentions import Mention
from bot.storage.sessions import Session

WITH_RECAP = "with_recap"
"""Why an encouragement was not posted by itself: a recap and it are one message."""
ASK_AGAIN = timedelta(minutes=1)
"""How soon an encouragement looks again for a recap that is overdue."""


async def prepare(
    db: Database, moment: Moment, families: wordings.Families, now: datetime
) -> EncouragementPost | str:
    """Return the encouragement of a due moment, or the reason why there is none.

    Draws its words and keeps who is named, so that a repeat after a crash says the same.
    """

    def draw_up(conn: Connection) -> EncouragementPost | str:
        group = access.group_to_post_for(conn, moment.guild_id, moment.group_id)
        if group is None:
            return "no_group"
        if moments.has_ended(conn, moment):
            return WITH_RECAP
        if _waits_for_recap(conn, group, moment, now):
            return claims.PUT_OFF
        if _waits_for_another(conn, group, moment, now):
            return claims.PUT_OFF
        return _draw_up(conn, group, moment, families, now)

    return await db.write(draw_up)


def take_along(
    conn: Connection, group: Group, families: wordings.Families, now: datetime
) -> EncouragementPost | None:
    """Return today's encouragement, which goes out with a recap and no more by itself, if any.

    It names nobody: a recap is not edited when somebody answers later. A repeat of the recap after
    a crash finds the same one again. One that may stand in the channel already, as it was about to
    be sent, is left to itself.
    """
    today = local_date(now, group.zone)
    kind, midnight = MomentKind.ENCOURAGE, midnight_of(today, group.zone)
    tomorrow = midnight_of(today + DAY, group.zone)
    taken = moments.ended_for(conn, group.guild_id, group.id, kind, WITH_RECAP, midnight)
    waiting = moments.waiting_before(conn, group.guild_id, group.id, kind, tomorrow)
    for moment in (*taken, *(one for one in waiting if one.tried_at is None)):
        post = _draw_up(conn, group, moment, families, now, in_recap=True)
        if not isinstance(post, str):
            state = MomentState.SKIPPED
            moments.finish(conn, group.guild_id, moment.id, state, now, reason=WITH_RECAP)
            return post
    return None


@dataclass(frozen=True, slots=True)
class Outdated:
    """An encouragement that names somebody who did walk, or wants to be named no more."""

    moment: Moment
    channel_id: ChannelId
    message_id: MessageId
    post: EncouragementPost
    """How it should look."""
    taken_out: tuple[MembershipId, ...]


async def outdated(
    db: Database, guild_id: GuildId, session_id: SessionId, now: datetime
) -> Outdated | None:
    """Return what was said after a session's day, where it should name fewer people now."""

    def collect(conn: Connection) -> Outdated | None:
        session = sessions.find(conn, guild_id, session_id)
        group = None if session is None else groups.find(conn, guild_id, session.group_id)
        if session is None or group is None or session.state is not SessionState.SETTLED:
            return None
        stands = moments.posted_of_day(
            conn, guild_id, group.id, MomentKind.ENCOURAGE, session.due_on
        )
        if stands is None:
            return None
        moment, channel_id, message_id = stands
        members = memberships.of_group(conn, guild_id, group.id)
        day = [one.id for one in _settled(conn, moment)]
        rows = attendances.of_sessions(conn, guild_id, day)
        concerned = _concerned(conn, moment, rows, members, now)
        still = {one.membership_id: one for one in concerned if one.named}
        named = mentions.named_in(conn, moment)
        taken_out = tuple(one for one in named if one not in still)
        if not taken_out:
            return None
        stay = tuple(still[one] for one in named if one in still)
        chosen = rules.choose(concerned, len(members), now)
        kind = rules.Kind(moment.leading or "")
        shown = Encouragement(kind, stay, None if chosen is None else chosen.count)
        next_at = schedules.next_start(conn, group, now)
        post = _post(conn, moment, group, shown, moment.wording or "", next_at)
        return Outdated(moment, channel_id, message_id, post, taken_out)

    return await db.read(collect)


async def updated(db: Database, what: Outdated) -> None:
    """Note that a message does not name some people any more."""
    await db.write(mentions.take_out, what.moment, what.taken_out)


def _waits_for_recap(conn: Connection, group: Group, moment: Moment, now: datetime) -> bool:
    """Put an encouragement off where the recap is still to come today: it takes it along."""
    if moment.tried_at is not None:
        return False
    tomorrow = midnight_of(local_date(now, group.zone) + DAY, group.zone)
    coming = moments.waiting_before(conn, group.guild_id, group.id, MomentKind.RECAP, tomorrow)
    if not coming:
        return False
    due_at = coming[0].due_at
    again = due_at if due_at > now else now + ASK_AGAIN
    moments.put_off(conn, group.guild_id, moment.id, again)
    return True


def _waits_for_another(conn: Connection, group: Group, moment: Moment, now: datetime) -> bool:
    """Put an encouragement off while today's may stand in the channel, and nobody has recorded it.

    A process that was killed in between leaves it so; it is looked for when its claim has run out.
    """
    if moment.tried_at is not None:
        return False
    midnight = midnight_of(local_date(now, group.zone), group.zone)
    tomorrow = midnight_of(local_date(now, group.zone) + DAY, group.zone)
    kind = MomentKind.ENCOURAGE
    others = moments.waiting_before(conn, group.guild_id, group.id, kind, tomorrow)
    if not any(one.tried_at is not None and one.tried_at >= midnight for one in others):
        return False
    moments.put_off(conn, group.guild_id, moment.id, now + ASK_AGAIN)
    return True


def _draw_up(
    conn: Connection,
    group: Group,
    moment: Moment,
    families: wordings.Families,
    now: datetime,
    *,
    in_recap: bool = False,
) -> EncouragementPost | str:
    settled = _settled(conn, moment)
    reason = _untimely(conn, group, moment, settled, now)
    if reason is not None:
        return reason
    members = memberships.of_group(conn, group.guild_id, group.id)
    rows = attendances.of_sessions(conn, moment.guild_id, [one.id for one in settled])
    concerned = _concerned(conn, moment, rows, members, now)
    chosen = rules.choose(concerned, len(members), now, _expected(rows, members, now))
    if chosen is None:
        return "nobody"
    present = rules.still_with_us(concerned, now)
    privately.tell(conn, group, moment, present, members, families, now)
    if all(one.reach is not Reach.CHANNEL for one in present):
        return "nobody_in_channel"
    if in_recap:
        chosen = replace(chosen, named=())
    family = rules.family_in(group.tone, f"encourage.{chosen.kind}")
    own = voice.own_words(conn, group, chosen.kind)
    wording = wordings.draw(conn, moment, family, families, now, leading=chosen.kind, own=own)
    people = [(one.membership_id, one.user_id) for one in chosen.named]
    mentions.add(conn, moment, Mention.NAMED, people, now)
    next_at = schedules.next_start(conn, group, now)
    return _post(conn, moment, group, chosen, wording, next_at)


def _settled(conn: Connection, moment: Moment) -> list[Session]:
    return [
        session
        for session in sessions.of_day(conn, moment.guild_id, moment.group_id, moment.on)
        if session.state is SessionState.SETTLED
    ]


def _untimely(
    conn: Connection, group: Group, moment: Moment, settled: Sequence[Session], now: datetime
) -> str | None:
    kind = MomentKind.ENCOURAGE
    newest = moments.overdue_of_group(conn, group.guild_id, group.id, kind, now)
    if newest and newest[0] != moment.id:
        return "newer_one"
    today = local_date(now, group.zone)
    days = {local_date(one.settled_at, group.zone) for one in settled if one.settled_at}
    if today not in days:
        return "day_over"
    # A settlement that was put off can bring a second one on the same day: one is enough.
    since = midnight_of(today, group.zone)
    taken = moments.ended_for(conn, group.guild_id, group.id, kind, WITH_RECAP, since)
    if moments.sent_since(conn, group.guild_id, group.id, kind, since) or any(
        one.id != moment.id for one in taken
    ):
        return "one_a_day"
    return "quiet" if in_quiet(now, group.rhythm.quiet, group.zone) else None


def _concerned(
    conn: Connection,
    moment: Moment,
    rows: Sequence[Attendance],
    members: Sequence[Member],
    now: datetime,
) -> list[Concerned]:
    """Return the present members who missed a session of the day and answered none of it.

    `rows` are the day's attendances.
    """
    answered = {row.membership_id for row in rows if row.answer is not None}
    missed = {
        row.membership_id: row.covered
        for row in rows
        if row.outcome is Outcome.MISSED and row.membership_id not in answered
    }
    ids = [member.user_id for member in members if member.id in missed]
    since = now - rules.NAMED_SPAN
    lately = mentions.named_since(conn, moment.guild_id, ids, since, besides=moment.id)
    return [
        Concerned(
            membership_id=member.id,
            user_id=member.user_id,
            name=member.name,
            named=member.named,
            reach=member.reach,
            misses=member.streak.misses,
            covered=missed[member.id],
            joined_at=member.joined_at,
            last_sign_at=member.last_sign_at,
            named_lately=lately.get(member.user_id, 0),
        )
        for member in members
        if member.id in missed
    ]


def _expected(rows: Sequence[Attendance], members: Sequence[Member], now: datetime) -> int:
    """Return how many could have come: neither excused nor let be."""
    asked = {row.membership_id for row in rows if row.outcome is not Outcome.EXCUSED}
    return sum(one.id in asked and not rules.is_let_be(one.last_sign_at, now) for one in members)


def _post(
    conn: Connection,
    moment: Moment,
    group: Group,
    chosen: Encouragement,
    wording: str,
    next_starts_at: datetime | None,
) -> EncouragementPost:
    return EncouragementPost(
        moment_id=moment.id,
        guild_id=group.guild_id,
        group_id=group.id,
        channel_id=group.channel_id,
        group_name=group.name,
        kind=chosen.kind,
        wording=wording,
        names=tuple(one.name for one in chosen.named),
        count=chosen.count,
        next_starts_at=next_starts_at,
        own_text=voice.own_text(conn, group, wording),
    )
