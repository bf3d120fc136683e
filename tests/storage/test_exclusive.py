"""One Amble on an SQLite file at a time, in real processes."""

import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.storage.errors import InUse, Unreachable
from bot.storage.exclusive import held, only_process

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from bot.storage.exclusive import only_process

with only_process(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_process(url: str) -> Generator[subprocess.Popen[str]]:
    """Have another process hold the database."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, url],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'amble.db'}"


def test_a_second_process_is_refused_and_told_who_is_there(url: str) -> None:
    with another_process(url) as other, pytest.raises(InUse) as refusal, only_process(url):
        pass
    assert f"Another Amble (process {other.pid}, since 20" in str(refusal.value)
    assert "is running on amble.db. Stop it first" in str(refusal.value)


def test_a_process_that_was_killed_is_not_in_the_way(url: str) -> None:
    with another_process(url) as other:
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
        with only_process(url):
            pass


def test_the_same_process_is_refused_as_well(url: str) -> None:
    with only_process(url), pytest.raises(InUse), only_process(url):
        pass


def test_it_is_free_after_an_error(url: str) -> None:
    def fail() -> None:
        with only_process(url):
            raise ValueError

    with pytest.raises(ValueError):
        fail()
    with only_process(url):
        pass


@pytest.mark.parametrize("text", ["", "{", "[]", '{"process": 1}'])
def test_what_an_earlier_process_left_is_no_lock(url: str, tmp_path: Path, text: str) -> None:
    (tmp_path / "amble.db.lock").write_text(text, encoding="utf-8")
    with only_process(url):
        pass


@pytest.mark.parametrize("spelling", ["link.db", "inner/../amble.db", "linked/amble.db"])
def test_the_same_file_is_the_same_however_it_is_spelt(
    url: str, tmp_path: Path, spelling: str
) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path)
    (tmp_path / "link.db").symlink_to(tmp_path / "amble.db")
    other = f"sqlite:///{tmp_path}/{spelling}"
    with only_process(url), pytest.raises(InUse), only_process(other):
        pass


def test_a_relative_name_is_the_same_file(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with only_process(url), pytest.raises(InUse), only_process("sqlite:///amble.db"):
        pass


def test_postgresql_serves_several() -> None:
    url = "postgresql://amble@nowhere.invalid/amble"
    with only_process(url), only_process(url):
        pass


def test_a_directory_that_is_not_there_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(Unreachable, match="does not exist"),
        only_process(f"sqlite:///{tmp_path}/missing/amble.db"),
    ):
        pass


def test_a_lock_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "amble.db.lock").mkdir()
    with (
        pytest.raises(Unreachable, match=r"amble\.db\.lock cannot be locked"),
        only_process(f"sqlite:///{tmp_path}/amble.db"),
    ):
        pass


def test_a_holder_that_has_not_signed_yet_is_told_of(tmp_path: Path) -> None:
    lock_file = tmp_path / "some.lock"
    with held(lock_file, str):
        lock_file.write_text("", encoding="utf-8")
        with pytest.raises(InUse, match="which has just started"), held(lock_file, str):
            pytest.fail("it is held twice")
