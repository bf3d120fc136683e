"""What Alembic runs to bring a database up to date; `bot.storage.migrate` calls it.

The connection comes in ``config.attributes``, inside a transaction that `migrate` began and ends:
a migration happens whole or not at all, on both databases.

To write the next revision, change `bot.storage.tables`, then autogenerate against an empty
PostgreSQL that stands at the last revision (SQLite spells booleans as numbers, which PostgreSQL
refuses), and read what came out. Batch mode turns changes of columns into what SQLite can do.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from bot.storage.tables import metadata

connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    compare_server_default=True,
    user_module_prefix="columns.",
)
with context.begin_transaction():
    context.run_migrations()
