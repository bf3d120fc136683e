"""Putting one SQLite file in the place of another: old or new, never half, whatever breaks."""

import json
import os
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage import replacing
from bot.storage.errors import InUse
from bot.storage.files import side

ROOT = Path(__file__).parents[2]


def write(path: Path, said: str, *, wal: bool = False) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        if wal:
            connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE words (said TEXT)")
        connection.execute("INSERT INTO words VALUES (?)", (said,))


def read(path: Path) -> list[str]:
    with closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [row[0] for row in connection.execute("SELECT said FROM words")]


def crashed_in_wal(path: Path, said: str) -> None:
    """Leave a database whose last words stand only in its log, as a killed process does."""
    write(path, "first", wal=True)
    script = """
        import os, sqlite3, sys
        connection = sqlite3.connect(sys.argv[1], isolation_level=None)
        connection.execute("UPDATE words SET said = ?", (sys.argv[2],))
        os.kill(os.getpid(), 9)
    """
    command = [sys.executable, "-c", textwrap.dedent(script), str(path), said]
    subprocess.run(command, check=False)
    assert side(path, "-wal").stat().st_size > 0


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return tmp_path / "amble.db"


@pytest.fixture
def new(tmp_path: Path) -> Path:
    path = tmp_path / "amble.db.partial"
    write(path, "new")
    return path


def test_the_new_file_stands_there_and_the_old_one_is_kept(old: Path, new: Path) -> None:
    crashed_in_wal(old, "old")
    kept = replacing.replace(old, new, "now")
    assert kept is not None
    assert (read(old), read(kept)) == (["new"], ["old"])


def test_nothing_is_left_beside_them(old: Path, new: Path) -> None:
    crashed_in_wal(old, "old")
    replacing.replace(old, new, "now")
    assert {path.name for path in old.parent.iterdir()} == {"amble.db", "amble.db.replaced-now"}


def test_where_there_was_none_none_is_kept(old: Path, new: Path) -> None:
    assert replacing.replace(old, new, "now") is None
    assert read(old) == ["new"]


def test_a_log_without_its_database_is_not_replayed_into_the_new_one(old: Path, new: Path) -> None:
    crashed_in_wal(old, "old")
    old.unlink()
    replacing.replace(old, new, "now")
    assert read(old) == ["new"]


def test_a_damaged_one_is_kept_with_its_log(old: Path, new: Path) -> None:
    crashed_in_wal(old, "old")
    log = side(old, "-wal").read_bytes()
    old.write_bytes(b"not a database at all" * 400)
    kept = replacing.replace(old, new, "now")
    assert kept is not None
    assert side(kept, "-wal").read_bytes() == log
    assert read(old) == ["new"]


def test_the_new_file_has_the_rights_of_the_old_one(old: Path, new: Path) -> None:
    write(old, "old")
    old.chmod(0o640)
    new.chmod(0o600)
    replacing.replace(old, new, "now")
    assert old.stat().st_mode & 0o777 == 0o640


def test_one_that_something_else_reads_is_left_alone(
    old: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.files.BUSY_AFTER", 0.1)
    write(old, "old", wal=True)
    with closing(sqlite3.connect(old, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM words").fetchall()
        with pytest.raises(InUse):
            replacing.replace(old, new, "now")
    assert read(old) == ["old"]


def test_one_that_was_open_cannot_write_beside_the_new_one(old: Path, new: Path) -> None:
    write(old, "old")
    with closing(sqlite3.connect(old, isolation_level=None)) as stranger:
        replacing.replace(old, new, "now")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            stranger.execute("PRAGMA journal_mode=WAL")
    assert not side(old, "-wal").exists()


def test_without_second_names_the_old_one_is_copied(
    old: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    write(old, "old")
    kept = replacing.replace(old, new, "now")
    assert kept is not None
    assert (read(old), read(kept)) == (["new"], ["old"])


# Runs a replacement again and again in children of its own, each killed one step further on; every
# step that changes a file or a directory goes through these functions.
LABORATORY = """
import json, os, shutil, sys
from pathlib import Path

from bot.storage import replacing

STEPS = ["link", "rename", "replace", "unlink", "fsync", "chmod"]
case, place = Path(sys.argv[1]), Path(sys.argv[2])


def stop_before(step):
    count = 0

    def counting(do):
        def counted(*arguments, **named):
            nonlocal count
            count += 1
            if count == step:
                os.kill(os.getpid(), 9)
            return do(*arguments, **named)

        return counted

    for name in STEPS:
        setattr(os, name, counting(getattr(os, name)))


def killed_before(step):
    child = os.fork()
    if child == 0:
        stop_before(step)
        replacing.replace(place / "amble.db", place / "amble.db.partial", "now")
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


for step in range(1, 100):
    shutil.copytree(case, place)
    killed = killed_before(step)
    # Not copied: a file with two names must stay one.
    place.rename(f"{place}-{step}")
    if not killed:
        break
print(step)
"""


def crashes(case: Path, scratch: Path) -> Iterator[Path]:
    """Yield the directory as each crash left it, and at last as no crash left it."""
    done = subprocess.run(
        [sys.executable, "-c", LABORATORY, str(case), str(scratch)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for step in range(1, json.loads(done.stdout) + 1):
        yield scratch.with_name(f"{scratch.name}-{step}")


@pytest.mark.parametrize("damaged", [False, True])
def test_killed_at_any_step_leaves_the_old_or_the_new(tmp_path: Path, damaged: bool) -> None:
    case = tmp_path / "case"
    case.mkdir()
    crashed_in_wal(case / "amble.db", "old")
    write(case / "amble.db.partial", "new")
    if damaged:
        (case / "amble.db").write_bytes(b"not a database at all" * 400)
    before = {suffix: side(case / "amble.db", suffix).read_bytes() for suffix in ("", "-wal")}
    seen: list[str] = []
    for left in crashes(case, tmp_path / "left"):
        database = left / "amble.db"
        # Nobody, at any instant, finds no database and makes an empty one.
        assert database.exists()
        replacing.finish(database)
        kept = left / "amble.db.replaced-now"
        if damaged and database.read_bytes() == before[""]:
            assert side(database, "-wal").read_bytes() == before["-wal"]
            seen.append("old")
            assert not kept.exists()
            continue
        seen.append(read(database)[0])
        if seen[-1] == "new":
            kept_bytes = {suffix: side(kept, suffix) for suffix in ("", "-wal")}
            if damaged:
                assert {key: path.read_bytes() for key, path in kept_bytes.items()} == before
            else:
                assert read(kept) == ["old"]
        else:
            assert not kept.exists()
    assert seen == sorted(seen, reverse=True)
    assert set(seen) == {"old", "new"}
    assert len(seen) > 5
