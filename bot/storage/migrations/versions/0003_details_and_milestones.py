"""Details of answers, walks of one's own, milestones, notices, pictures, the recap's time.

Revision 0003. The way back is a backup.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage import columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_details()
    _add_times()
    op.create_index("ix_memberships_person", "memberships", ["user_id"])
    _create_extras()
    _create_milestones()
    _create_notices()
    _create_shared_pictures()


def _add_details() -> None:
    for table in ("attendances", "answer_history"):
        op.add_column(table, sa.Column("metres", sa.Integer(), nullable=True))
        op.add_column(table, sa.Column("activity", sa.String(length=16), nullable=True))
        op.add_column(table, sa.Column("effort", sa.SmallInteger(), nullable=True))
        op.add_column(table, sa.Column("pain", sa.SmallInteger(), nullable=True))
        op.add_column(table, sa.Column("note", sa.Text(), nullable=True))
    op.add_column("attendances", sa.Column("corrected_at", columns.Instant(), nullable=True))
    op.add_column("answer_history", sa.Column("reason", sa.Text(), nullable=True))


def _add_times() -> None:
    op.add_column("groups", sa.Column("ahead_at", sa.Time(), nullable=True))
    op.add_column("groups", sa.Column("recap_on", sa.SmallInteger(), nullable=True))
    op.add_column(
        "groups",
        sa.Column("recap_at", sa.Time(), server_default=sa.text("'09:00:00'"), nullable=False),
    )
    # Monday.
    op.execute("UPDATE groups SET recap_on = 0")


def _create_extras() -> None:
    op.create_table(
        "extras",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("activity", sa.String(length=16), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("metres", sa.Integer(), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_extras")),
        _belongs_to("extras", "memberships", "membership_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_extras_membership", "extras", ["guild_id", "membership_id", "done_on"])


def _create_milestones() -> None:
    op.create_table(
        "milestones",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), server_default=sa.text("'0'"), nullable=False),
        sa.Column("milestone", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.BigInteger(), server_default=sa.text("'0'"), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint(
            "guild_id",
            "group_id",
            "membership_id",
            "milestone",
            "subject",
            name=op.f("pk_milestones"),
        ),
        _belongs_to("milestones", "groups", "group_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_milestones_session", "milestones", ["guild_id", "session_id"])


def _create_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=True),
        sa.Column("detail", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("told_at", columns.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_notices")),
        _belongs_to("notices", "memberships", "membership_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_notices_membership", "notices", ["guild_id", "membership_id"])


def _create_shared_pictures() -> None:
    op.create_table(
        "shared_pictures",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "message_id", name=op.f("pk_shared_pictures")),
        _belongs_to("shared_pictures", "memberships", "membership_id"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_shared_pictures_membership", "shared_pictures", ["guild_id", "membership_id"]
    )


def _belongs_to(table: str, other: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["guild_id", column],
        [f"{other}.guild_id", f"{other}.id"],
        name=op.f(f"fk_{table}_{other}"),
        ondelete="CASCADE",
    )
