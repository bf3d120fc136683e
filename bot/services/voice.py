"""How a group is spoken to after a miss: tone, time, and its organisers' own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import Connection

from bot.domain.encouragement import Kind, Tone
from bot.domain.errors import NotFound, Refused
from bot.domain.ids import GroupId, GuildId, OwnWordingId, id_in
from bot.domain.naming import can_be_seen
from bot.domain.reading import read_daily
from bot.services import access
from bot.services.views import Person, storable
from bot.services.wordings import OwnWords
from bot.storage import audit_log, groups, own_wordings
from bot.storage.database import Database
from bot.storage.groups import Group

LONGEST = 300
"""Characters of an organiser's own words."""
MOST = 50
"""Own wordings of a group."""
_OWN = "own."
"""What the key of an own wording begins with, before its id."""


@dataclass(frozen=True, slots=True)
class OwnWordingView:
    """Kind words of a group's own."""

    id: OwnWordingId
    situation: Kind | None
    """None: in any."""
    text: str


@dataclass(frozen=True, slots=True)
class VoiceView:
    """How a group is spoken to."""

    guild_id: GuildId
    group_id: GroupId
    group_name: str
    tone: Tone
    at: time | None
    """When it hears after a miss; None is never."""
    own_only: bool
    own: tuple[OwnWordingView, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """What is to be different, None stays."""

    tone: Tone | None = None
    at: str | None = None
    """As it was typed: a time of day, or `off`."""
    own_only: bool | None = None


async def show(db: Database, person: Person, group_id: GroupId) -> VoiceView:
    """Return how a group is spoken to.

    Raises NotFound `group_not_found`, Refused `group_archived`, NotAllowed `not_organiser`.
    """

    def collect(conn: Connection) -> VoiceView:
        group = access.group_of(conn, person, group_id)
        access.check_organiser(conn, person, group_id)
        return _view(conn, group)

    return await db.read(collect)


async def change(
    db: Database, person: Person, group_id: GroupId, wanted: Voice, now: datetime
) -> VoiceView:
    """Change how a group is spoken to, from the next message on.

    Raises NotAllowed `not_organiser`, Refused `ahead_invalid`, `own_words_missing`, NotFound
    `group_not_found`.
    """
    columns: dict[str, object] = {}
    if wanted.tone is not None:
        columns["tone"] = wanted.tone
    if wanted.at is not None:
        columns["encourage_at"] = read_daily(wanted.at)
    if wanted.own_only is not None:
        columns["own_words_only"] = wanted.own_only

    def write(conn: Connection) -> VoiceView:
        group = access.organised_group(conn, person, group_id)
        if wanted.own_only and not own_wordings.of_group(conn, group.guild_id, group.id):
            raise Refused("own_words_missing")
        if columns:
            groups.set_voice(conn, group.guild_id, group.id, **columns)
            detail = ", ".join(f"{name}={value}" for name, value in columns.items())
            audit_log.add(conn, group.guild_id, group.id, person.user_id, "voice", detail, now)
        return _view(conn, access.group_of(conn, person, group_id))

    return await db.write(write)


async def add(
    db: Database,
    person: Person,
    group_id: GroupId,
    text: str,
    situation: Kind | None,
    now: datetime,
) -> VoiceView:
    """Add kind words of the organisers' own.

    Raises Refused `own_words_empty`, `own_words_too_long`, `own_words_too_many`, `own_words_known`,
    and what `change` raises.
    """
    clean = " ".join(storable(text).split())
    if not can_be_seen(clean):
        raise Refused("own_words_empty")
    if len(clean) > LONGEST:
        raise Refused("own_words_too_long", limit=LONGEST)

    def insert(conn: Connection) -> VoiceView:
        group = access.organised_group(conn, person, group_id)
        known = own_wordings.of_group(conn, group.guild_id, group.id)
        if len(known) >= MOST:
            raise Refused("own_words_too_many", limit=MOST)
        if any((one.text, one.situation) == (clean, situation) for one in known):
            raise Refused("own_words_known")
        by = person.user_id
        own_wordings.add(conn, group.guild_id, group.id, situation, clean, by, now)
        audit_log.add(conn, group.guild_id, group.id, by, "add_words", clean, now)
        return _view(conn, group)

    return await db.write(insert)


async def remove(
    db: Database, person: Person, group_id: GroupId, wording_id: OwnWordingId, now: datetime
) -> VoiceView:
    """Have words of the organisers' own said no more; the last one brings Amble's back.

    Raises NotFound `own_words_not_found`, and what `change` raises.
    """

    def end(conn: Connection) -> VoiceView:
        group = access.organised_group(conn, person, group_id)
        known = {one.id: one for one in own_wordings.of_group(conn, group.guild_id, group.id)}
        if wording_id not in known:
            raise NotFound("own_words_not_found")
        own_wordings.remove(conn, group.guild_id, wording_id, now)
        if len(known) == 1:
            groups.set_voice(conn, group.guild_id, group.id, own_words_only=False)
        text = known[wording_id].text
        audit_log.add(conn, group.guild_id, group.id, person.user_id, "remove_words", text, now)
        return _view(conn, access.group_of(conn, person, group_id))

    return await db.write(end)


def own_words(conn: Connection, group: Group, kind: Kind) -> OwnWords:
    """Return what a group's organisers wrote for a situation, or for any."""
    fitting = [
        one
        for one in own_wordings.of_group(conn, group.guild_id, group.id)
        if one.situation in (kind, None)
    ]
    return OwnWords(tuple(f"{_OWN}{one.id}" for one in fitting), alone=group.own_words_only)


def own_text(conn: Connection, group: Group, wording: str) -> str | None:
    """Return what an organiser wrote; None for a wording of the catalogue's."""
    wording_id = id_in(wording.removeprefix(_OWN)) if wording.startswith(_OWN) else None
    if wording_id is None:
        return None
    found = own_wordings.find(conn, group.guild_id, OwnWordingId(wording_id))
    return None if found is None else found.text


def _view(conn: Connection, group: Group) -> VoiceView:
    own = own_wordings.of_group(conn, group.guild_id, group.id)
    return VoiceView(
        group.guild_id,
        group.id,
        group.name,
        group.tone,
        group.rhythm.encourage_at,
        group.own_words_only,
        tuple(OwnWordingView(one.id, one.situation, one.text) for one in own),
    )
