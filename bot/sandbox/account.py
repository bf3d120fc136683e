"""The account of a demo: everything that happened, as one JSON object.

Read back from the simulated server's channels and from the database, not from what the demo meant
to do. Instants are UTC ISO 8601 (`…Z`), weekdays 0–6 from Monday, ids are texts, as a JavaScript
reader would round numbers of that size.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.domain.checkin import SessionState
from bot.domain.moment import MomentKind
from bot.sandbox.messages import Message
from bot.sandbox.options import DemoOptions
from bot.sandbox.reading import Gathering, Reached, Reader, Recap
from bot.sandbox.stage import Stage
from bot.storage.memberships import Member
from bot.storage.slots import StoredSlot

Json = dict[str, Any]


async def account(options: DemoOptions, stage: Stage, reader: Reader) -> Json:
    """Read back how the days of `options` went."""
    group = await reader.group()
    members = await reader.members()
    last_on = options.start + timedelta(days=options.days - 1)
    board = await reader.board()
    return {
        "zone": options.zone,
        "start": options.start.isoformat(),
        "days": options.days,
        "seed": options.seed,
        "ended_at": _instant(stage.world.clock.now()),
        "group": {
            "id": str(group.id),
            "name": group.name,
            "slots": [_slot(stored) for stored in await reader.slots()],
            "skipped": [on.isoformat() for on in await reader.skipped()],
        },
        "members": [_member(member) for member in members],
        "sessions": [_session(one) for one in await reader.gatherings() if _belongs(one, last_on)],
        "nudges": [_nudge(one) for one in await reader.messages(MomentKind.NUDGE)],
        "encouragements": [
            _encouragement(one) for one in await reader.messages(MomentKind.ENCOURAGE)
        ],
        "recaps": [_recap(one) for one in await reader.recaps()],
        "milestones": [_milestone(one) for one in await reader.milestones()],
        "streaks": {member.name: _streak(member) for member in members},
        "board": [
            {"rank": rank.rank, "member": rank.name, "value": rank.value} for rank in board.ranks
        ],
        "http_requests": len(stage.world.env.http_requests),
    }


def _belongs(one: Gathering, last_on: date) -> bool:
    """Say whether a session is part of the story: not one that lies ahead untouched."""
    untouched = one.session.state is SessionState.PLANNED and not one.answered_at
    return one.session.due_on <= last_on or not untouched


def _slot(stored: StoredSlot) -> Json:
    slot = stored.slot
    return {
        "id": str(slot.id),
        "weekdays": sorted(slot.weekdays),
        "time": slot.at.isoformat("minutes"),
        "from": slot.first_on.isoformat(),
        "until": None if slot.last_on is None else slot.last_on.isoformat(),
        "every_weeks": slot.every_weeks,
    }


def _member(member: Member) -> Json:
    return {
        "name": member.name,
        "joined_at": _instant(member.joined_at),
        "left_at": _instant(member.left_at),
        "named": member.named,
        "pinged": member.pinged,
        "shown": member.shown,
        "reach": member.reach.value,
        "goal": member.goal,
    }


def _session(one: Gathering) -> Json:
    session = one.session
    return {
        "id": str(session.id),
        "slot": str(session.slot_id),
        "due_on": session.due_on.isoformat(),
        "starts_at": _instant(session.starts_at),
        "settled_at": _instant(session.settled_at),
        "state": session.state.value,
        "prompts": [
            {"message_id": str(post.stored.id), "posted_at": _instant(post.posted_at)}
            for post in one.prompts
        ],
        "outcomes": one.outcomes,
        "outcomes_at_settlement": one.at_settlement,
        "answered_at": {name: _instant(at) for name, at in one.answered_at.items()},
    }


def _nudge(one: Message) -> Json:
    return {
        "posted_at": _instant(one.posted_at),
        "named": list(one.named),
        "pinged": list(one.pinged),
        "text": one.text,
        "wording": one.wording,
    }


def _encouragement(one: Message) -> Json:
    nudge = _nudge(one)
    return {"posted_at": nudge.pop("posted_at"), "kind": one.kind, **nudge}


def _recap(one: Recap) -> Json:
    """Write a recap; the encouragement in it is told as one by itself is, with its own text."""
    nudge, along = _nudge(one.message), one.encouragement
    return {
        "posted_at": nudge.pop("posted_at"),
        "week_on": one.message.on.isoformat(),
        "kind": one.message.kind,
        **nudge,
        "encouragement": None if along is None else _encouragement(along),
    }


def _milestone(one: Reached) -> Json:
    """Write a milestone; its subject is a number of sessions or minutes, or a session's id."""
    return {
        "member": one.name,
        "milestone": one.milestone,
        "subject": str(one.subject),
        "session": str(one.session_id),
        "at": _instant(one.at),
    }


def _streak(member: Member) -> Json:
    streak = member.streak
    return {
        "current": streak.current,
        "best": streak.best,
        "tokens": streak.tokens,
        "weeks": member.weeks,
    }


def _instant(at: datetime | None) -> str | None:
    """Write an instant; one of whole seconds without a fraction."""
    return None if at is None else at.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"
