"""The tables. Every one that grows is keyed by `guild_id` first, to be spread by server.

`_at` columns are UTC instants, `_on` local dates of the group; times of day are the group's wall
clock. What is stamped on a session (zone, `due_on`, week, rest budget) stays as it was planned.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    false,
    text,
    true,
)

from bot.storage.columns import Instant
from bot.storage.ids import new_id

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _guild_id() -> Column[int]:
    return Column("guild_id", BigInteger, nullable=False)


def _id() -> Column[int]:
    return Column("id", BigInteger, nullable=False, default=new_id)


def _belongs_to(table: str, column: str, name: str | None = None) -> ForeignKeyConstraint:
    """Tie a row to one of another table; a second tie to the same table needs a name."""
    return ForeignKeyConstraint(
        ["guild_id", column], [f"{table}.guild_id", f"{table}.id"], name=name, ondelete="CASCADE"
    )


guilds = Table(
    "guilds",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("zone", String(64), nullable=False),
    Column("channel_id", BigInteger),
    Column("anyone_creates", Boolean, nullable=False, server_default=false()),
    Column("set_up_at", Instant),
    Column("left_at", Instant),
)

groups = Table(
    "groups",
    metadata,
    _guild_id(),
    _id(),
    Column("name", String(60), nullable=False),
    Column("name_key", String(240), nullable=False),  # casefolded
    Column("channel_id", BigInteger, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("capacity", SmallInteger, nullable=False),
    Column("created_by", BigInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("archived_at", Instant),
    Column("care", String(64)),  # a catalogue code while the bot cannot post for it
    Column("prompt_lead_minutes", SmallInteger, nullable=False, server_default="0"),
    Column("nudge_after_minutes", SmallInteger),  # null: off
    Column("settle_at", Time, nullable=False),
    Column("encourage_at", Time),  # null: off
    Column("quiet_from", Time, nullable=False),
    Column("quiet_until", Time, nullable=False),
    Column("free_rests", SmallInteger, nullable=False, server_default="1"),
    Column("ahead_at", Time),  # the word on the day before; null: off
    Column("recap_on", SmallInteger),  # weekday, Monday 0; null: off
    Column("recap_at", Time, nullable=False, server_default="09:00:00"),
    Column("tone", String(8), nullable=False, server_default="gentle"),  # of its kind words
    Column("own_words_only", Boolean, nullable=False, server_default=false()),
    Column("rotates_buddies", Boolean, nullable=False, server_default=false()),  # monthly
    PrimaryKeyConstraint("guild_id", "id"),
    Index(
        "uq_groups_live_name",
        "guild_id",
        "name_key",
        unique=True,
        sqlite_where=text("archived_at IS NULL"),
        postgresql_where=text("archived_at IS NULL"),
    ),
    sqlite_with_rowid=False,
)

organisers = Table(
    "organisers",
    metadata,
    _guild_id(),
    Column("group_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    PrimaryKeyConstraint("guild_id", "group_id", "user_id"),
    _belongs_to("groups", "group_id"),
    sqlite_with_rowid=False,
)

slots = Table(
    "slots",
    metadata,
    _guild_id(),
    _id(),
    Column("group_id", BigInteger, nullable=False),
    Column("weekdays", SmallInteger, nullable=False),  # bit n is weekday n, Monday 0
    Column("at", Time, nullable=False),
    Column("activity", String(16), nullable=False),
    Column("minutes", SmallInteger, nullable=False),
    Column("every_weeks", SmallInteger, nullable=False, server_default="1"),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date),
    Column("added_at", Instant, nullable=False),
    Column("removed_at", Instant),
    Column("planned_through_on", Date, nullable=False),  # the planner has dealt with days up to it
    PrimaryKeyConstraint("guild_id", "id"),
    _belongs_to("groups", "group_id"),
    Index("ix_slots_group", "guild_id", "group_id"),
    sqlite_with_rowid=False,
)

skips = Table(
    "skips",
    metadata,
    _guild_id(),
    Column("group_id", BigInteger, nullable=False),
    Column("skip_on", Date, nullable=False),
    PrimaryKeyConstraint("guild_id", "group_id", "skip_on"),
    _belongs_to("groups", "group_id"),
    sqlite_with_rowid=False,
)

memberships = Table(
    "memberships",
    metadata,
    _guild_id(),
    _id(),
    Column("group_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("name", String(64), nullable=False),  # the display name last seen
    Column("joined_at", Instant, nullable=False),  # of this stay; a return within 30 days keeps it
    Column("left_at", Instant),
    Column("back_at", Instant),  # the latest return within 30 days
    Column("note_read_at", Instant, nullable=False),  # the doctor's note
    Column("reach", String(8), nullable=False),
    Column("named", Boolean, nullable=False, server_default=false()),
    Column("pinged", Boolean, nullable=False, server_default=false()),
    Column("shown", Boolean, nullable=False, server_default=false()),
    Column("goal", SmallInteger, nullable=False),
    Column("last_sign_at", Instant, nullable=False),  # the last answer, or joining
    Column("dm_refused_at", Instant),
    Column("seen_at", Instant),  # when Discord last said they are still in the server
    # The fold's result, kept up to date (bot.domain.streak.Streak); `folded_*` is where it stands.
    Column("streak", Integer, nullable=False, server_default="0"),
    Column("best", Integer, nullable=False, server_default="0"),
    Column("tokens", SmallInteger, nullable=False, server_default="0"),
    Column("kept", Integer, nullable=False, server_default="0"),
    Column("misses", Integer, nullable=False, server_default="0"),
    Column("free_rests_on", Text, nullable=False, server_default=""),  # ISO dates, comma between
    Column("counted", Integer, nullable=False, server_default="0"),
    Column("minutes", Integer, nullable=False, server_default="0"),
    Column("folded_at", Instant),
    Column("folded_slot", BigInteger),
    Column("weeks", Integer, nullable=False, server_default="0"),
    Column("weeks_through_on", Date),  # Monday of the last week in `weeks`
    Column("asked_at", Instant),  # when Discord was last asked about them, and did not say
    Column("warned", Boolean, nullable=False, server_default=false()),  # of a streak's last day
    Column("cheered", Boolean, nullable=False, server_default=true()),
    Column("buddying", Boolean, nullable=False, server_default=false()),  # wants a buddy
    Column("tells_buddy", Boolean, nullable=False, server_default=false()),  # of a miss
    Column("way_back_at", Instant),  # when they were last offered a way back
    PrimaryKeyConstraint("guild_id", "id"),
    UniqueConstraint("guild_id", "group_id", "user_id"),
    _belongs_to("groups", "group_id"),
    Index("ix_memberships_user", "guild_id", "user_id"),
    Index("ix_memberships_person", "user_id"),  # in a direct message there is no server
    sqlite_with_rowid=False,
)

pauses = Table(
    "pauses",
    metadata,
    _guild_id(),
    _id(),
    Column("membership_id", BigInteger, nullable=False),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date),  # null: until they are back
    Column("made_at", Instant, nullable=False),
    Column("made_by", BigInteger, nullable=False),
    PrimaryKeyConstraint("guild_id", "id"),
    _belongs_to("memberships", "membership_id"),
    Index("ix_pauses_membership", "guild_id", "membership_id"),
    sqlite_with_rowid=False,
)

sessions = Table(
    "sessions",
    metadata,
    _guild_id(),
    _id(),
    Column("group_id", BigInteger, nullable=False),
    Column("slot_id", BigInteger, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("week_on", Date, nullable=False),  # Monday
    Column("zone", String(64), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("prompt_at", Instant, nullable=False),
    Column("settles_at", Instant, nullable=False),  # as planned; downtime may put it off
    Column("activity", String(16), nullable=False),
    Column("minutes", SmallInteger, nullable=False),
    Column("free_rests", SmallInteger, nullable=False),
    Column("state", String(12), nullable=False),
    Column("settled_at", Instant),
    Column("channel_id", BigInteger),  # where its prompt stands
    Column("message_id", BigInteger),
    Column("posted_at", Instant),
    PrimaryKeyConstraint("guild_id", "id"),
    UniqueConstraint("guild_id", "slot_id", "due_on"),
    _belongs_to("groups", "group_id"),
    _belongs_to("slots", "slot_id"),
    Index("ix_sessions_group", "guild_id", "group_id", "starts_at"),
    Index("ix_sessions_start", "starts_at"),  # everywhere, for what changed lately
    sqlite_with_rowid=False,
)

attendances = Table(
    "attendances",
    metadata,
    _guild_id(),
    Column("membership_id", BigInteger, nullable=False),
    Column("session_id", BigInteger, nullable=False),
    # Copied from the session, so that a member's fold and boards read one index.
    Column("starts_at", Instant, nullable=False),
    Column("slot_id", BigInteger, nullable=False),
    Column("week_on", Date, nullable=False),
    Column("answer", String(8)),  # null: none was given, or it was withdrawn
    Column("minutes", SmallInteger),
    Column("answered_at", Instant),
    # What it came to; null until the session settles.
    Column("outcome", String(8)),
    Column("counted", Boolean, nullable=False, server_default=false()),
    Column("covered", Boolean, nullable=False, server_default=false()),
    Column("excused", Boolean, nullable=False, server_default=false()),  # paused or left
    Column("joined_late", Boolean, nullable=False, server_default=false()),
    # What else was said with the answer (bot.domain.checkin.Details).
    Column("metres", Integer),
    Column("activity", String(16)),  # null: the session's own
    Column("effort", SmallInteger),
    Column("pain", SmallInteger),
    Column("note", Text),
    Column("corrected_at", Instant),  # an organiser's word, over which no member writes
    # What their own ladder asked for when it was first done; null: the session's own minutes.
    Column("own_minutes", SmallInteger),
    PrimaryKeyConstraint("guild_id", "membership_id", "session_id"),
    _belongs_to("memberships", "membership_id"),
    _belongs_to("sessions", "session_id"),
    Index("ix_attendances_session", "guild_id", "session_id"),
    Index("ix_attendances_fold", "guild_id", "membership_id", "starts_at", "slot_id"),
    sqlite_with_rowid=False,
)

answer_history = Table(
    "answer_history",
    metadata,
    _guild_id(),
    _id(),
    Column("membership_id", BigInteger, nullable=False),
    Column("session_id", BigInteger, nullable=False),
    Column("answer", String(8)),
    Column("minutes", SmallInteger),
    Column("at", Instant, nullable=False),
    Column("by_user_id", BigInteger, nullable=False),
    Column("undoes", Boolean, nullable=False, server_default=false()),
    Column("metres", Integer),
    Column("activity", String(16)),
    Column("effort", SmallInteger),
    Column("pain", SmallInteger),
    Column("note", Text),
    Column("reason", Text),  # why an organiser corrected it
    PrimaryKeyConstraint("guild_id", "id"),
    _belongs_to("memberships", "membership_id"),
    Index("ix_answer_history_checkin", "guild_id", "membership_id", "session_id"),
    sqlite_with_rowid=False,
)

# Walks of one's own outside any session: they add minutes, never a streak.
extras = Table(
    "extras",
    metadata,
    _guild_id(),
    _id(),
    Column("membership_id", BigInteger, nullable=False),
    Column("done_on", Date, nullable=False),
    Column("activity", String(16), nullable=False),
    Column("minutes", SmallInteger, nullable=False),
    Column("metres", Integer),
    Column("at", Instant, nullable=False),  # when it was logged
    PrimaryKeyConstraint("guild_id", "id"),
    _belongs_to("memberships", "membership_id"),
    Index("ix_extras_membership", "guild_id", "membership_id", "done_on"),
    sqlite_with_rowid=False,
)

# Granted once, whatever is undone afterwards.
milestones = Table(
    "milestones",
    metadata,
    _guild_id(),
    Column("group_id", BigInteger, nullable=False),
    Column("membership_id", BigInteger, nullable=False, server_default="0"),  # 0: the group's
    Column("milestone", String(16), nullable=False),
    Column("subject", BigInteger, nullable=False, server_default="0"),  # told apart where repeated
    Column("session_id", BigInteger, nullable=False),  # with whose prompt it is told
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("guild_id", "group_id", "membership_id", "milestone", "subject"),
    _belongs_to("groups", "group_id"),
    Index("ix_milestones_session", "guild_id", "session_id"),
    sqlite_with_rowid=False,
)

# Private words that nobody asked for by direct message: they wait for the next private answer.
notices = Table(
    "notices",
    metadata,
    _guild_id(),
    _id(),
    Column("membership_id", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("session_id", BigInteger),
    Column("detail", Text, nullable=False, server_default=""),
    Column("at", Instant, nullable=False),
    Column("told_at", Instant),
    PrimaryKeyConstraint("guild_id", "id"),
    _belongs_to("memberships", "membership_id"),
    Index("ix_notices_membership", "guild_id", "membership_id"),
    sqlite_with_rowid=False,
)

# Messages with a member's picture: Amble keeps none, but can take the message away.
shared_pictures = Table(
    "shared_pictures",
    metadata,
    _guild_id(),
    Column("message_id", BigInteger, nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("membership_id", BigInteger, nullable=False),
    Column("session_id", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("guild_id", "message_id"),
    _belongs_to("memberships", "membership_id"),
    Index("ix_shared_pictures_membership", "guild_id", "membership_id"),
    sqlite_with_rowid=False,
)

weeks = Table(
    "weeks",
    metadata,
    _guild_id(),
    Column("membership_id", BigInteger, nullable=False),
    Column("week_on", Date, nullable=False),
    Column("goal", SmallInteger, nullable=False),  # the member's own as the week began
    Column("kept", SmallInteger, nullable=False, server_default="0"),
    Column("counted", SmallInteger, nullable=False, server_default="0"),
    Column("covered", SmallInteger, nullable=False, server_default="0"),
    PrimaryKeyConstraint("guild_id", "membership_id", "week_on"),
    _belongs_to("memberships", "membership_id"),
    sqlite_with_rowid=False,
)

# One ladder for each member of a server, whatever groups they are in (bot.domain.programme).
programmes = Table(
    "programmes",
    metadata,
    _guild_id(),
    Column("user_id", BigInteger, nullable=False),
    Column("rung", SmallInteger, nullable=False),
    Column("pace", String(8), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("stopped_at", Instant),
    Column("note_read_at", Instant, nullable=False),  # the doctor's note, the last time
    Column("returned_on", Date),  # when they last came back after two weeks, and it went down
    PrimaryKeyConstraint("guild_id", "user_id"),
    sqlite_with_rowid=False,
)

# What each week came to on the ladder.
reviews = Table(
    "reviews",
    metadata,
    _guild_id(),
    Column("user_id", BigInteger, nullable=False),
    Column("week_on", Date, nullable=False),
    Column("rule", String(16), nullable=False),
    Column("rung_before", SmallInteger, nullable=False),
    Column("rung_after", SmallInteger, nullable=False),
    Column("kept", SmallInteger, nullable=False),
    Column("counted", SmallInteger, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("guild_id", "user_id", "week_on"),
    ForeignKeyConstraint(
        ["guild_id", "user_id"],
        ["programmes.guild_id", "programmes.user_id"],
        ondelete="CASCADE",
    ),
    sqlite_with_rowid=False,
)

moments = Table(
    "moments",
    metadata,
    _guild_id(),
    _id(),
    Column("group_id", BigInteger, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("subject", BigInteger, nullable=False),  # a session's id, or a date's ordinal
    Column("membership_id", BigInteger, nullable=False, server_default="0"),  # 0: the whole group
    Column("due_at", Instant, nullable=False),
    Column("state", String(8), nullable=False),
    Column("claimed_by", String(40)),
    Column("claimed_until", Instant),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("done_at", Instant),
    Column("channel_id", BigInteger),
    Column("message_id", BigInteger),
    Column("reason", String(64)),
    # What was said, so that it is not said again soon (bot.domain.wording).
    Column("leading", String(16)),
    Column("wording", String(64)),
    # When and where a message was last about to be sent: after a crash it may stand there.
    Column("tried_at", Instant),
    Column("tried_channel_id", BigInteger),
    PrimaryKeyConstraint("guild_id", "id"),
    UniqueConstraint("guild_id", "group_id", "kind", "subject", "membership_id"),
    _belongs_to("groups", "group_id"),
    Index(
        "ix_moments_waiting",
        "due_at",
        sqlite_where=text("state IN ('due', 'claimed', 'sending')"),
        postgresql_where=text("state IN ('due', 'claimed', 'sending')"),
    ),
    sqlite_with_rowid=False,
)

mentions = Table(
    "mentions",
    metadata,
    _guild_id(),
    Column("moment_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("membership_id", BigInteger, nullable=False),
    Column("how", String(8), nullable=False),  # named or pinged
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("guild_id", "moment_id", "user_id", "how"),
    _belongs_to("moments", "moment_id"),
    Index("ix_mentions_user", "guild_id", "user_id", "at"),
    sqlite_with_rowid=False,
)

bags = Table(
    "bags",
    metadata,
    _guild_id(),
    Column("group_id", BigInteger, nullable=False),
    Column("bag", String(64), nullable=False),  # a family of wordings, or one member's own of it
    Column("wording", String(64), nullable=False),
    Column("drawn_at", Instant, nullable=False),
    PrimaryKeyConstraint("guild_id", "group_id", "bag", "wording"),
    _belongs_to("groups", "group_id"),
    sqlite_with_rowid=False,
)

# An organiser's own kind words, beside or instead of Amble's.
own_wordings = Table(
    "own_wordings",
    metadata,
    _guild_id(),
    _id(),
    Column("group_id", BigInteger, nullable=False),
    Column("situation", String(16), nullable=False),  # empty: any
    Column("text", Text, nullable=False),
    Column("added_by", BigInteger, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("removed_at", Instant),  # a message that says it may still have to be edited
    PrimaryKeyConstraint("guild_id", "id"),
    _belongs_to("groups", "group_id"),
    Index("ix_own_wordings_group", "guild_id", "group_id"),
    sqlite_with_rowid=False,
)

# Two members who keep an eye on each other, three where the number is odd.
pairs = Table(
    "pairs",
    metadata,
    _guild_id(),
    _id(),
    Column("group_id", BigInteger, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("swapped_by", BigInteger),  # the member who wanted another buddy
    PrimaryKeyConstraint("guild_id", "id"),
    _belongs_to("groups", "group_id"),
    Index("ix_pairs_group", "guild_id", "group_id", "ended_at"),
    sqlite_with_rowid=False,
)

pair_members = Table(
    "pair_members",
    metadata,
    _guild_id(),
    Column("pair_id", BigInteger, nullable=False),
    Column("membership_id", BigInteger, nullable=False),
    PrimaryKeyConstraint("guild_id", "pair_id", "membership_id"),
    _belongs_to("pairs", "pair_id"),
    _belongs_to("memberships", "membership_id"),
    Index("ix_pair_members_membership", "guild_id", "membership_id"),
    sqlite_with_rowid=False,
)

# Who asked whom to be buddies; one who was told no does not ask the same again.
buddy_requests = Table(
    "buddy_requests",
    metadata,
    _guild_id(),
    Column("membership_id", BigInteger, nullable=False),  # who asks
    Column("asked_id", BigInteger, nullable=False),  # whose membership is asked
    Column("at", Instant, nullable=False),
    Column("declined_at", Instant),
    PrimaryKeyConstraint("guild_id", "membership_id", "asked_id"),
    _belongs_to("memberships", "membership_id"),
    _belongs_to("memberships", "asked_id", "fk_buddy_requests_asked"),
    Index("ix_buddy_requests_asked", "guild_id", "asked_id"),
    sqlite_with_rowid=False,
)

# One a day from one person to another.
cheers = Table(
    "cheers",
    metadata,
    _guild_id(),
    Column("user_id", BigInteger, nullable=False),  # who is cheered
    Column("by_user_id", BigInteger, nullable=False),
    Column("cheer_on", Date, nullable=False),  # in the server's zone
    Column("membership_id", BigInteger, nullable=False),  # who is cheered, in that group
    Column("by_membership_id", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("guild_id", "user_id", "by_user_id", "cheer_on"),
    _belongs_to("memberships", "membership_id"),
    _belongs_to("memberships", "by_membership_id", "fk_cheers_giver"),
    Index("ix_cheers_membership", "guild_id", "membership_id", "at"),
    Index("ix_cheers_giver", "guild_id", "by_membership_id"),
    sqlite_with_rowid=False,
)

audit_log = Table(
    "audit_log",
    metadata,
    _guild_id(),
    _id(),
    Column("group_id", BigInteger),
    Column("actor_id", BigInteger, nullable=False),
    Column("action", String(32), nullable=False),
    Column("detail", Text, nullable=False, server_default=""),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("guild_id", "id"),
    sqlite_with_rowid=False,
)

# By (shards in all, shard): another number of shards changes nothing about the past.
heartbeats = Table(
    "heartbeats",
    metadata,
    Column("shard_count", Integer, nullable=False),
    Column("shard_id", Integer, nullable=False),
    Column("there_at", Instant, nullable=False),  # when people could last reach the bot
    Column("there_until", Instant, nullable=False),  # how long that is taken to hold
    Column("alive_until", Instant, nullable=False),  # how long the process is taken to run
    PrimaryKeyConstraint("shard_count", "shard_id"),
)

downtimes = Table(
    "downtimes",
    metadata,
    Column("shard_count", Integer, nullable=False),
    Column("shard_id", Integer, nullable=False),
    Column("start_at", Instant, nullable=False),
    Column("end_at", Instant, nullable=False),
    Column("cause", String(16), nullable=False),  # stopped, gateway, refused
    PrimaryKeyConstraint("shard_count", "shard_id", "start_at"),
)
