"""The first tables.

Revision 0001. The way back is a backup.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage import columns

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_log",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_audit_log")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "downtimes",
        sa.Column("shard_id", sa.Integer(), nullable=False),
        sa.Column("start_at", columns.Instant(), nullable=False),
        sa.Column("end_at", columns.Instant(), nullable=True),
        sa.Column("cause", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("shard_id", "start_at", name=op.f("pk_downtimes")),
    )
    op.create_table(
        "groups",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("name_key", sa.String(length=240), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("capacity", sa.SmallInteger(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.Column("archived_at", columns.Instant(), nullable=True),
        sa.Column("care", sa.String(length=64), nullable=True),
        sa.Column("prompt_lead_minutes", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("nudge_after_minutes", sa.SmallInteger(), nullable=True),
        sa.Column("settle_at", sa.Time(), nullable=False),
        sa.Column("encourage_at", sa.Time(), nullable=True),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_until", sa.Time(), nullable=False),
        sa.Column("free_rests", sa.SmallInteger(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_groups")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.create_index(
            "uq_groups_live_name",
            ["guild_id", "name_key"],
            unique=True,
            sqlite_where=sa.text("archived_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL"),
        )

    op.create_table(
        "guilds",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("anyone_creates", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("set_up_at", columns.Instant(), nullable=True),
        sa.Column("left_at", columns.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_guilds")),
    )
    op.create_table(
        "heartbeats",
        sa.Column("shard_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("beat_at", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("shard_id", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "bags",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("bag", sa.String(length=64), nullable=False),
        sa.Column("wording", sa.String(length=64), nullable=False),
        sa.Column("drawn_at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "group_id"],
            ["groups.guild_id", "groups.id"],
            name=op.f("fk_bags_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "group_id", "bag", "wording", name=op.f("pk_bags")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "memberships",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("joined_at", columns.Instant(), nullable=False),
        sa.Column("left_at", columns.Instant(), nullable=True),
        sa.Column("back_at", columns.Instant(), nullable=True),
        sa.Column("note_read_at", columns.Instant(), nullable=False),
        sa.Column("reach", sa.String(length=8), nullable=False),
        sa.Column("named", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("pinged", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("shown", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("goal", sa.SmallInteger(), nullable=False),
        sa.Column("last_sign_at", columns.Instant(), nullable=False),
        sa.Column("dm_refused_at", columns.Instant(), nullable=True),
        sa.Column("seen_at", columns.Instant(), nullable=True),
        sa.Column("streak", sa.Integer(), server_default="0", nullable=False),
        sa.Column("best", sa.Integer(), server_default="0", nullable=False),
        sa.Column("tokens", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("kept", sa.Integer(), server_default="0", nullable=False),
        sa.Column("misses", sa.Integer(), server_default="0", nullable=False),
        sa.Column("free_rests_on", sa.Text(), server_default="", nullable=False),
        sa.Column("folded_at", columns.Instant(), nullable=True),
        sa.Column("folded_slot", sa.BigInteger(), nullable=True),
        sa.Column("weeks", sa.Integer(), server_default="0", nullable=False),
        sa.Column("weeks_through_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["guild_id", "group_id"],
            ["groups.guild_id", "groups.id"],
            name=op.f("fk_memberships_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_memberships")),
        sa.UniqueConstraint(
            "guild_id", "group_id", "user_id", name=op.f("uq_memberships_guild_id_group_id_user_id")
        ),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index("ix_memberships_user", ["guild_id", "user_id"], unique=False)

    op.create_table(
        "moments",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("due_at", columns.Instant(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("claimed_by", sa.String(length=40), nullable=True),
        sa.Column("claimed_until", columns.Instant(), nullable=True),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("done_at", columns.Instant(), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("leading", sa.String(length=16), nullable=True),
        sa.Column("wording", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["guild_id", "group_id"],
            ["groups.guild_id", "groups.id"],
            name=op.f("fk_moments_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_moments")),
        sa.UniqueConstraint(
            "guild_id",
            "group_id",
            "kind",
            "subject",
            "membership_id",
            name=op.f("uq_moments_guild_id_group_id_kind_subject_membership_id"),
        ),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("moments", schema=None) as batch_op:
        batch_op.create_index(
            "ix_moments_waiting",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("state IN ('due', 'claimed', 'sending')"),
            postgresql_where=sa.text("state IN ('due', 'claimed', 'sending')"),
        )

    op.create_table(
        "organisers",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "group_id"],
            ["groups.guild_id", "groups.id"],
            name=op.f("fk_organisers_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "group_id", "user_id", name=op.f("pk_organisers")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "skips",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("skip_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "group_id"],
            ["groups.guild_id", "groups.id"],
            name=op.f("fk_skips_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "group_id", "skip_on", name=op.f("pk_skips")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "slots",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("weekdays", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("activity", sa.String(length=16), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("every_weeks", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("added_at", columns.Instant(), nullable=False),
        sa.Column("removed_at", columns.Instant(), nullable=True),
        sa.Column("planned_through_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "group_id"],
            ["groups.guild_id", "groups.id"],
            name=op.f("fk_slots_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_slots")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("slots", schema=None) as batch_op:
        batch_op.create_index("ix_slots_group", ["guild_id", "group_id"], unique=False)

    op.create_table(
        "answer_history",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=True),
        sa.Column("minutes", sa.SmallInteger(), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by_user_id", sa.BigInteger(), nullable=False),
        sa.Column("undoes", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "membership_id"],
            ["memberships.guild_id", "memberships.id"],
            name=op.f("fk_answer_history_memberships"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_answer_history")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("answer_history", schema=None) as batch_op:
        batch_op.create_index(
            "ix_answer_history_checkin", ["guild_id", "membership_id", "session_id"], unique=False
        )

    op.create_table(
        "mentions",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("moment_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.Column("how", sa.String(length=8), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "moment_id"],
            ["moments.guild_id", "moments.id"],
            name=op.f("fk_mentions_moments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "guild_id", "moment_id", "user_id", "how", name=op.f("pk_mentions")
        ),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.create_index("ix_mentions_user", ["guild_id", "user_id", "at"], unique=False)

    op.create_table(
        "pauses",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("made_at", columns.Instant(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "membership_id"],
            ["memberships.guild_id", "memberships.id"],
            name=op.f("fk_pauses_memberships"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_pauses")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("pauses", schema=None) as batch_op:
        batch_op.create_index("ix_pauses_membership", ["guild_id", "membership_id"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("slot_id", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("starts_at", columns.Instant(), nullable=False),
        sa.Column("prompt_at", columns.Instant(), nullable=False),
        sa.Column("settles_at", columns.Instant(), nullable=False),
        sa.Column("activity", sa.String(length=16), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("free_rests", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("settled_at", columns.Instant(), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("posted_at", columns.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["guild_id", "group_id"],
            ["groups.guild_id", "groups.id"],
            name=op.f("fk_sessions_groups"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "slot_id"],
            ["slots.guild_id", "slots.id"],
            name=op.f("fk_sessions_slots"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_sessions")),
        sa.UniqueConstraint(
            "guild_id", "slot_id", "due_on", name=op.f("uq_sessions_guild_id_slot_id_due_on")
        ),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sessions_group", ["guild_id", "group_id", "starts_at"], unique=False
        )

    op.create_table(
        "weeks",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.Column("goal", sa.SmallInteger(), nullable=False),
        sa.Column("kept", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("counted", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("covered", sa.SmallInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "membership_id"],
            ["memberships.guild_id", "memberships.id"],
            name=op.f("fk_weeks_memberships"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "membership_id", "week_on", name=op.f("pk_weeks")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attendances",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", columns.Instant(), nullable=False),
        sa.Column("slot_id", sa.BigInteger(), nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=True),
        sa.Column("minutes", sa.SmallInteger(), nullable=True),
        sa.Column("answered_at", columns.Instant(), nullable=True),
        sa.Column("outcome", sa.String(length=8), nullable=True),
        sa.Column("counted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("covered", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("excused", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("joined_late", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "membership_id"],
            ["memberships.guild_id", "memberships.id"],
            name=op.f("fk_attendances_memberships"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "session_id"],
            ["sessions.guild_id", "sessions.id"],
            name=op.f("fk_attendances_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "guild_id", "membership_id", "session_id", name=op.f("pk_attendances")
        ),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.create_index(
            "ix_attendances_fold",
            ["guild_id", "membership_id", "starts_at", "slot_id"],
            unique=False,
        )
        batch_op.create_index("ix_attendances_session", ["guild_id", "session_id"], unique=False)
