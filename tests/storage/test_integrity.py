"""A damaged file is known before anything is built on it, and the operator is told what to do."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage import integrity
from bot.storage.errors import Corrupt


def flip(path: Path, at: int, count: int = 64) -> None:
    """Turn round every bit of some bytes of a file."""
    with path.open("r+b") as file:
        file.seek(at)
        turned = bytes(255 - byte for byte in file.read(count))
        file.seek(at)
        file.write(turned)


@pytest.fixture
def file(sqlite_url: str) -> Path:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            "INSERT INTO guilds (guild_id, zone) VALUES (?, ?)",
            [(number, "Europe/Berlin " * 20) for number in range(500)],
        )
    return path


def page_of(path: Path, table: str) -> int:
    """Return where the root page of a table begins."""
    with closing(sqlite3.connect(path)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        root = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
        ).fetchone()[0]
    return (root - 1) * size


async def test_a_sound_file_is_fine(sqlite_url: str, file: Path, tmp_path: Path) -> None:
    await integrity.check(sqlite_url, tmp_path)


async def test_a_file_that_is_not_there_is_fine_and_not_made(tmp_path: Path) -> None:
    await integrity.check(f"sqlite:///{tmp_path}/amble.db", tmp_path)
    assert not list(tmp_path.iterdir())


async def test_postgresql_looks_after_itself(tmp_path: Path) -> None:
    await integrity.check("postgresql://amble@nowhere.invalid/amble", tmp_path)


async def test_damage_in_the_middle_is_told(sqlite_url: str, file: Path, tmp_path: Path) -> None:
    flip(file, page_of(file, "guilds"))
    with pytest.raises(Corrupt, match=r"The database amble\.db is damaged"):
        await integrity.check(sqlite_url, tmp_path)


async def test_damage_at_the_very_beginning_is_told(
    sqlite_url: str, file: Path, tmp_path: Path
) -> None:
    flip(file, 0)
    with pytest.raises(Corrupt, match="file is not a database"):
        await integrity.check(sqlite_url, tmp_path)


async def test_a_file_cut_short_is_told(sqlite_url: str, file: Path, tmp_path: Path) -> None:
    file.write_bytes(file.read_bytes()[:-8192])
    with pytest.raises(Corrupt):
        await integrity.check(sqlite_url, tmp_path)


async def test_the_newest_backup_is_named(sqlite_url: str, file: Path, tmp_path: Path) -> None:
    for stamp in ("20260301T050000Z", "20260302T050000Z"):
        (tmp_path / f"amble-{stamp}.db").touch()
    flip(file, 0)
    with pytest.raises(Corrupt) as told:
        await integrity.check(sqlite_url, tmp_path)
    newest = tmp_path / "amble-20260302T050000Z.db"
    assert f"(of 2026-03-02 05:00 UTC): amble restore {newest}" in str(told.value)


async def test_without_a_backup_another_way_is_named(
    sqlite_url: str, file: Path, tmp_path: Path
) -> None:
    flip(file, 0)
    with pytest.raises(Corrupt, match="There is no backup in"):
        await integrity.check(sqlite_url, tmp_path / "backups")


async def test_looking_changes_nothing(sqlite_url: str, file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    await integrity.check(sqlite_url, tmp_path)
    assert (file.read_bytes(), [path.name for path in tmp_path.iterdir()]) == (before, [file.name])
