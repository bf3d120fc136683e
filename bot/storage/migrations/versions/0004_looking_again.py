"""Sessions by when they start, and when Discord was last asked about a member.

Revision 0004. The way back is a backup.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage import columns

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_sessions_start", "sessions", ["starts_at"])
    op.add_column("memberships", sa.Column("asked_at", columns.Instant(), nullable=True))
