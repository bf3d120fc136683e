"""Tables, statements and migrations; one set for SQLite and PostgreSQL.

Units of work are plain functions ``fn(conn, …)``; `database.Database` runs them.
"""
