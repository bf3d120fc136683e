"""Downtimes by number of shards, and what was tried to be sent.

Revision 0002. The way back is a backup.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage import columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("moments", sa.Column("tried_at", columns.Instant(), nullable=True))
    op.add_column("moments", sa.Column("tried_channel_id", sa.BigInteger(), nullable=True))
    op.execute(
        "UPDATE moments SET tried_at = due_at"
        " WHERE attempts > 0 AND state IN ('due', 'claimed', 'sending')"
    )
    _rebuild_heartbeats()
    _rebuild_downtimes()


def _rebuild_heartbeats() -> None:
    before = sa.table("heartbeats", sa.column("shard_id"), sa.column("beat_at", columns.Instant()))
    rows = op.get_bind().execute(sa.select(before)).all()
    op.drop_table("heartbeats")
    table = op.create_table(
        "heartbeats",
        sa.Column("shard_count", sa.Integer(), nullable=False),
        sa.Column("shard_id", sa.Integer(), nullable=False),
        sa.Column("there_at", columns.Instant(), nullable=False),
        sa.Column("there_until", columns.Instant(), nullable=False),
        sa.Column("alive_until", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("shard_count", "shard_id", name=op.f("pk_heartbeats")),
    )
    # How many shards there were was not kept: as many as there are rows.
    op.bulk_insert(
        table,
        [
            {
                "shard_count": len(rows),
                "shard_id": row.shard_id,
                "there_at": row.beat_at,
                "there_until": row.beat_at,
                "alive_until": row.beat_at,
            }
            for row in rows
        ],
    )


def _rebuild_downtimes() -> None:
    before = sa.table(
        "downtimes",
        sa.column("shard_id"),
        sa.column("start_at", columns.Instant()),
        sa.column("end_at", columns.Instant()),
        sa.column("cause"),
    )
    rows = op.get_bind().execute(sa.select(before)).mappings().all()
    op.drop_table("downtimes")
    table = op.create_table(
        "downtimes",
        sa.Column("shard_count", sa.Integer(), nullable=False),
        sa.Column("shard_id", sa.Integer(), nullable=False),
        sa.Column("start_at", columns.Instant(), nullable=False),
        sa.Column("end_at", columns.Instant(), nullable=False),
        sa.Column("cause", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("shard_count", "shard_id", "start_at", name=op.f("pk_downtimes")),
    )
    count = max((row["shard_id"] for row in rows), default=0) + 1
    # One that went on shows in its heartbeat, which was not renewed meanwhile.
    over = [row for row in rows if row["end_at"] is not None]
    op.bulk_insert(table, [{"shard_count": count, **row} for row in over])
