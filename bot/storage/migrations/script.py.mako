"""${message}.

Revision ${up_revision}${f", after {down_revision}" if down_revision else ""}. The way back is a backup.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage import columns
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
