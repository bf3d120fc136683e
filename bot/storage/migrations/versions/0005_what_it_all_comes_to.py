"""What a membership's settled sessions come to, so that boards need not read them all.

Revision 0005. The way back is a backup.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_memberships = sa.table("memberships", *map(sa.column, ("guild_id", "id", "counted", "minutes")))
_attendances = sa.table(
    "attendances",
    *map(sa.column, ("guild_id", "membership_id", "session_id", "answer", "minutes")),
    sa.column("counted", sa.Boolean()),
)
_sessions = sa.table("sessions", *map(sa.column, ("guild_id", "id", "state", "minutes")))


def upgrade() -> None:
    for name in ("counted", "minutes"):
        op.add_column(
            "memberships",
            sa.Column(name, sa.Integer(), server_default=sa.text("'0'"), nullable=False),
        )
    op.execute(filling())


def filling() -> sa.Update:
    """Return what writes to every membership what folding its history gives."""
    a, planned = _attendances.c, _sessions.c.minutes
    kept = a.answer.in_(["done", "partly"])
    stated_or_planned = sa.func.coalesce(a.minutes, sa.case((a.answer == "done", planned), else_=0))
    return _memberships.update().values(
        counted=_summed(sa.case((a.counted, 1), else_=0)),
        minutes=_summed(sa.case((kept, stated_or_planned), else_=0)),
    )


def _summed(what: sa.ColumnElement[int]) -> sa.ScalarSelect[int]:
    m, a, s = _memberships.c, _attendances.c, _sessions.c
    return (
        sa.select(sa.func.coalesce(sa.func.sum(what), 0))
        .join_from(
            _attendances,
            _sessions,
            sa.and_(s.guild_id == a.guild_id, s.id == a.session_id),
        )
        .where(
            a.guild_id == m.guild_id,
            a.membership_id == m.id,
            s.state.in_(["settled", "void"]),
        )
        .scalar_subquery()
    )
