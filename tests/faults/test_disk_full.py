"""A full, read-only or failing disk under a bot that answers members all the while."""

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.domain.ids import SessionId
from tests.faults.disk import (
    Disk,
    Worker,
    assert_nothing_lost,
    compile_library,
    prepare,
    small_disk,
)

KINDS = {
    "full": "DiskFull",
    "readonly": "ReadOnly",
    "nosync": "Unreachable",
    "broken": "Unreachable",
}

READABLE = pytest.mark.parametrize("course", ["full", "readonly", "nosync"], indirect=True)


@dataclass
class Course:
    """What came of a disk that failed twice and recovered, and failed once more to the end."""

    url: str
    kind: str
    worker: Worker
    told: list[str]
    """What the operator read in the log until the last failure."""


@pytest.fixture(scope="module")
def prepared(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> tuple[Path, list[SessionId]]:
    path = tmp_path_factory.mktemp("prepared") / "amble.db"
    shutil.copy(sqlite_template, path)
    return path, asyncio.run(prepare(f"sqlite:///{path}"))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compile_library(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module", params=list(KINDS))
def course(
    request: pytest.FixtureRequest,
    library: Path,
    prepared: tuple[Path, list[SessionId]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Course:
    source, sessions = prepared
    path = tmp_path_factory.mktemp("disk") / "amble.db"
    shutil.copy(source, path)
    disk, url = Disk(path.parent, library), f"sqlite:///{path}"
    with Worker(url, sessions, disk.environment) as worker:
        for _ in range(2):
            worker.wait_for("saved", 30)
            disk.fail(request.param)
            worker.wait_for("refused", 3)
            disk.heal()
        worker.wait_for("saved", 30)
        told = worker.said("log bot.storage")
        disk.fail(request.param)
        worker.wait_for("refused", 3)
        worker.kill()
    disk.heal()
    return Course(url, KINDS[request.param], worker, told)


async def test_what_was_acknowledged_is_there_after_a_kill_in_the_middle(course: Course) -> None:
    await assert_nothing_lost(course.url, course.worker.saved)


def test_refused_answers_say_what_is_wrong_with_the_disk(course: Course) -> None:
    said = {line.split()[1] for line in course.worker.said("refused")}
    assert said == {course.kind}


@READABLE
def test_the_operator_is_told_once_as_it_begins_and_once_as_it_ends(course: Course) -> None:
    begun = [line for line in course.told if "Trouble" in line and "amble.db" in line]
    ended = [line for line in course.told if "works again" in line]
    assert (len(begun), len(ended), len(course.told)) == (2, 2, 4), course.told


@READABLE
def test_what_can_be_read_is_still_shown(course: Course) -> None:
    assert course.worker.said("unread") == []


async def test_a_disk_that_is_really_full(
    tmp_path: Path, prepared: tuple[Path, list[SessionId]]
) -> None:
    source, sessions = prepared
    with small_disk(tmp_path / "small") as disk:
        shutil.copy(source, disk.seen_from_here / "amble.db")
        url = f"sqlite:///{disk.directory}/amble.db"
        with Worker(url, sessions, enter=disk.enter) as worker:
            for _ in range(2):
                worker.wait_for("saved", 30)
                disk.fill()
                worker.wait_for("refused", 3)
                disk.free()
            worker.wait_for("saved", 30)
            disk.fill()
            worker.wait_for("refused", 3)
            worker.kill()
        for left in disk.seen_from_here.glob("amble.db*"):
            shutil.copy(left, tmp_path)
    assert {line.split()[1] for line in worker.said("refused")} == {"DiskFull"}
    assert worker.said("unread") == []
    await assert_nothing_lost(f"sqlite:///{tmp_path}/amble.db", worker.saved)
