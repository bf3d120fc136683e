"""Buddies and cheers, a group's tone and its own words, streaks' last day, ways back.

Revision 0006. The way back is a backup.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage import columns

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_settings()
    _create_own_wordings()
    _create_pairs()
    _create_buddy_requests()
    _create_cheers()


def _add_settings() -> None:
    op.add_column(
        "groups",
        sa.Column("tone", sa.String(length=8), server_default=sa.text("'gentle'"), nullable=False),
    )
    for name in ("own_words_only", "rotates_buddies"):
        op.add_column("groups", _flag(name, given=False))
    op.add_column("memberships", _flag("warned", given=False))
    op.add_column("memberships", _flag("cheered", given=True))
    for name in ("buddying", "tells_buddy"):
        op.add_column("memberships", _flag(name, given=False))
    op.add_column("memberships", sa.Column("way_back_at", columns.Instant(), nullable=True))


def _create_own_wordings() -> None:
    op.create_table(
        "own_wordings",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("situation", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", columns.Instant(), nullable=False),
        sa.Column("removed_at", columns.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_own_wordings")),
        _belongs_to("groups", "group_id", "fk_own_wordings_groups"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_own_wordings_group", "own_wordings", ["guild_id", "group_id"])


def _create_pairs() -> None:
    op.create_table(
        "pairs",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", columns.Instant(), nullable=False),
        sa.Column("ended_at", columns.Instant(), nullable=True),
        sa.Column("swapped_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_pairs")),
        _belongs_to("groups", "group_id", "fk_pairs_groups"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pairs_group", "pairs", ["guild_id", "group_id", "ended_at"])
    op.create_table(
        "pair_members",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("pair_id", sa.BigInteger(), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "guild_id", "pair_id", "membership_id", name=op.f("pk_pair_members")
        ),
        _belongs_to("pairs", "pair_id", "fk_pair_members_pairs"),
        _belongs_to("memberships", "membership_id", "fk_pair_members_memberships"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pair_members_membership", "pair_members", ["guild_id", "membership_id"])


def _create_buddy_requests() -> None:
    op.create_table(
        "buddy_requests",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_id", sa.BigInteger(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("declined_at", columns.Instant(), nullable=True),
        sa.PrimaryKeyConstraint(
            "guild_id", "membership_id", "asked_id", name=op.f("pk_buddy_requests")
        ),
        _belongs_to("memberships", "membership_id", "fk_buddy_requests_memberships"),
        _belongs_to("memberships", "asked_id", "fk_buddy_requests_asked"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_buddy_requests_asked", "buddy_requests", ["guild_id", "asked_id"])


def _create_cheers() -> None:
    op.create_table(
        "cheers",
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("by_user_id", sa.BigInteger(), nullable=False),
        sa.Column("cheer_on", sa.Date(), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.Column("by_membership_id", sa.BigInteger(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint(
            "guild_id", "user_id", "by_user_id", "cheer_on", name=op.f("pk_cheers")
        ),
        _belongs_to("memberships", "membership_id", "fk_cheers_memberships"),
        _belongs_to("memberships", "by_membership_id", "fk_cheers_giver"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_cheers_membership", "cheers", ["guild_id", "membership_id", "at"])
    op.create_index("ix_cheers_giver", "cheers", ["guild_id", "by_membership_id"])


def _flag(name: str, *, given: bool) -> sa.Column[bool]:
    default = sa.true() if given else sa.false()
    return sa.Column(name, sa.Boolean(), server_default=default, nullable=False)


def _belongs_to(other: str, column: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["guild_id", column],
        [f"{other}.guild_id", f"{other}.id"],
        name=op.f(name),
        ondelete="CASCADE",
    )
