"""Sessions by when they start, for what a start of the bot has to draw again.

Revision 0004. The way back is a backup.
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_sessions_start", "sessions", ["starts_at"])
