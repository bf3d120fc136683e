"""Whether everything is as it should be after a storm: each fault of it in a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, select

from bot.domain.ids import GuildId, SessionId
from bot.domain.moment import MomentKind, MomentState
from bot.services import auditing
from bot.storage.database import Database
from bot.storage.tables import answer_history, attendances, memberships, moments
from tests.faults.storms_town import Answered, Town
from tests.wire.records import RateLimited, Records
from tests.wire.server import WireDiscord

IN_HAND = (MomentState.CLAIMED, MomentState.SENDING)
KEPT = ("done", "partly")
ENTRY = re.compile(r"^(?=\d{4}-\d\d-\d\dT)", re.MULTILINE)
ERROR = re.compile(r"^\S+ (ERROR|CRITICAL) |^Traceback", re.MULTILINE)
HANDLED = re.compile(r"^\S+ \w+ discord\b(?!.*(Ignoring exception|Unhandled))")
"""discord.py tells of lost connections with a traceback; of what our handlers raise, too."""

BUCKET = timedelta(seconds=5)
"""How long a channel's bucket lasts."""

Answers = dict[tuple[int, SessionId], tuple[str | None, int]]
"""By (user, session): the answer that stands, and how often it was changed."""


async def waiting(db: Database, towns: Iterable[Town], now: datetime | None = None) -> int:
    """Count what is due and not done yet, or still in somebody's hands."""
    at = now or datetime.now(UTC)
    guild_ids = [town.guild.id for town in towns]

    def count(conn: Connection) -> int:
        # What was tried and put off is due later by seconds, and not done.
        begun = (moments.c.due_at <= at) | (moments.c.attempts > 0)
        ready = (moments.c.state == MomentState.DUE) & begun
        query = select(func.count()).where(
            moments.c.guild_id.in_(guild_ids), ready | moments.c.state.in_(IN_HAND)
        )
        return conn.execute(query).scalar_one()

    return await db.read(count)


async def in_hand(db: Database) -> int:
    """Count what some process has claimed and not given back."""

    def count(conn: Connection) -> int:
        query = select(func.count()).where(moments.c.state.in_(IN_HAND))
        return conn.execute(query).scalar_one()

    return await db.read(count)


async def answers(db: Database, town: Town) -> Answers:
    """Return every answer of a server."""
    return await db.read(_answers, GuildId(town.guild.id))


def _answers(conn: Connection, guild_id: GuildId) -> Answers:
    query = (
        select(
            memberships.c.user_id,
            attendances.c.session_id,
            attendances.c.answer,
            select(func.count())
            .where(
                answer_history.c.guild_id == guild_id,
                answer_history.c.membership_id == attendances.c.membership_id,
                answer_history.c.session_id == attendances.c.session_id,
            )
            .scalar_subquery(),
        )
        .join(memberships, memberships.c.id == attendances.c.membership_id)
        .where(attendances.c.guild_id == guild_id)
    )
    return {(row[0], SessionId(row[1])): (row[2], row[3]) for row in conn.execute(query)}


async def states(db: Database, town: Town, kind: MomentKind) -> dict[int, tuple[str, str | None]]:
    """Return how a server's moments of a kind stand, by subject: (state, reason)."""
    query = select(moments.c.subject, moments.c.state, moments.c.reason).where(
        moments.c.guild_id == town.guild.id, moments.c.kind == kind
    )
    rows = await db.read(lambda conn: conn.execute(query).all())
    return {row[0]: (row[1], row[2]) for row in rows}


def undrawn(
    discord: WireDiscord, town: Town, known: Answers, hindered: Collection[int] = ()
) -> list[str]:
    """Return which prompts do not name everyone who came, but for those in `hindered` channels."""
    found: list[str] = []
    prompts = town.prompts(discord)
    for session_id, walk in town.sessions.items():
        came = {
            who.name for who in walk.members if known.get((who.id, session_id), ("",))[0] in KEPT
        }
        for posted in prompts[session_id]:
            missing = [name for name in sorted(came) if name not in posted.text]
            if missing and walk.channel.id not in hindered:
                found.append(f"the prompt of session {session_id} does not name {missing}")
    return found


async def judge(
    discord: WireDiscord, db: Database, town: Town, hindered: Collection[int] = ()
) -> list[str]:
    """Return everything that is wrong with one server; `hindered`: channels that were closed."""
    known = await answers(db, town)
    found = [*await _prompts(discord, db, town, hindered), *_answers_lost(town.answered, known)]
    found += undrawn(discord, town, known, hindered)
    found += [f"stored and folded differ: {one}" for one in await auditing.audit(db)]
    found += _answered_twice(town.answered)
    left = await waiting(db, [town])
    return [*found, *([f"{left} moments are left undone"] if left else [])]


async def _prompts(
    discord: WireDiscord, db: Database, town: Town, hindered: Collection[int]
) -> list[str]:
    found: list[str] = []
    made = Counter(one.nonce for one in discord.records.postings)
    found += [f"moment {nonce} was posted {n} times" for nonce, n in made.items() if n > 1]
    told = await states(db, town, MomentKind.PROMPT)
    stand = town.prompts(discord)
    for session_id, walk in town.sessions.items():
        number, (state, reason) = len(stand[session_id]), told[session_id]
        closed = walk.channel.id in hindered
        if closed and state == MomentState.FAILED and number <= 1:
            continue
        gone = walk.channel.id not in discord.world.channel_ids()
        if state != MomentState.SENT or number != (0 if gone else 1):
            found.append(f"session {session_id}: {number} prompts, {state} ({reason})")
    return found


def _answers_lost(pressed: Iterable[Answered], known: Answers) -> Iterator[str]:
    for one in pressed:
        answer, changes = known.get((one.person.id, one.session_id), (None, 0))
        where = f"{one.person.name}'s answer to session {one.session_id}"
        if one.act.acknowledged and answer is None:
            yield f"{where} was acknowledged ({one.act.said!r}) and is lost"
        if answer is not None and not changes:
            yield f"{where} has no history"


def _answered_twice(pressed: Iterable[Answered]) -> Iterator[str]:
    for one in pressed:
        follow_ups = len(one.act.interaction.followup_ids)
        if follow_ups > (0 if one.act.kind == "message" else 1):
            yield f"{one.act} was answered more than once: {one.act.said!r}"


def judge_all(discord: WireDiscord, log: str) -> list[str]:
    """Return what is wrong with a Discord as a whole, and with what the bot logged."""
    found = [f"a 429 of its own making: {one}" for one in _foreseeable(discord.records)]
    found += discord.violations()
    found += discord.records.gateway_faults
    return [*found, *troubles(log)]


def _foreseeable(records: Records) -> list[RateLimited]:
    """Return the 429s that a bot can foresee.

    A send whose answer was lost, or was an error of Discord's, may have taken a place in the bucket
    or not. At its usual pace the bot tries again when the bucket is free in any case; here it is in
    haste.
    """
    unsure = [one for one in records.requests if one.injected or not one.answered]
    return [
        limited
        for limited in records.earned()
        if not any(
            one.path == limited.path
            and one.at <= limited.at <= one.at + timedelta(seconds=one.seconds) + BUCKET
            for one in unsure
        )
    ]


def troubles(log: str) -> list[str]:
    """Return what the bot logged where it did not know what happened to it."""
    entries = ENTRY.split(log)
    return [
        f"logged: {each.strip()}"
        for each in entries
        if ERROR.search(each) and not HANDLED.match(each)
    ]
