"""The programme: everybody's ladder, its weekly reviews, and their own minutes of an answer.

Revision 0007. The way back is a backup.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage import columns

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attendances", sa.Column("own_minutes", sa.SmallInteger(), nullable=True))
    op.create_table(
        "programmes",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("rung", sa.SmallInteger(), nullable=False),
        sa.Column("pace", sa.String(length=8), nullable=False),
        sa.Column("started_at", columns.Instant(), nullable=False),
        sa.Column("stopped_at", columns.Instant(), nullable=True),
        sa.Column("note_read_at", columns.Instant(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("guild_id", "user_id", name=op.f("pk_programmes")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reviews",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.Column("rule", sa.String(length=16), nullable=False),
        sa.Column("rung_before", sa.SmallInteger(), nullable=False),
        sa.Column("rung_after", sa.SmallInteger(), nullable=False),
        sa.Column("kept", sa.SmallInteger(), nullable=False),
        sa.Column("counted", sa.SmallInteger(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "user_id", "week_on", name=op.f("pk_reviews")),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["programmes.guild_id", "programmes.user_id"],
            name=op.f("fk_reviews_programmes"),
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )
