import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from bot.sandbox import demo
from bot.sandbox.demo import ends_at
from bot.sandbox.life import Life, beginning
from bot.sandbox.options import DemoOptions
from bot.sandbox.people import CAST
from bot.sandbox.stage import Stage
from tests.discord_api import load_checker

MONDAY = date(2026, 3, 2)
BERLIN = "Europe/Berlin"


@dataclass
class Told:
    code: int
    words: str
    account: dict[str, Any]

    def sessions(self, state: str = "settled") -> list[dict[str, Any]]:
        return [one for one in self.account["sessions"] if one["state"] == state]


def lived(
    directory: Path,
    days: int,
    seed: int = 1,
    zone: str = BERLIN,
    start: date = MONDAY,
    pictures: Path | None = None,
) -> Told:
    directory.mkdir(exist_ok=True)
    file = directory / "account.json"
    options = DemoOptions(days, seed, zone, start, json=file, pictures=pictures)
    console = Console(file=StringIO(), width=400)
    code = demo.run(options, console)
    assert isinstance(console.file, StringIO)
    return Told(code, console.file.getvalue(), json.loads(file.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def fortnight(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return lived(tmp_path_factory.mktemp("fortnight"), days=14)


async def test_every_request_of_a_lived_week_is_valid() -> None:
    checker = load_checker()
    if checker is None:
        pytest.skip("no request is checked: Discord's OpenAPI document is absent")
    zone = ZoneInfo(BERLIN)
    async with Stage.open(beginning(MONDAY, zone)) as stage:
        life = Life(stage, zone=zone, start=MONDAY, seed=1)
        await life.found()
        await life.move_to(datetime(2026, 3, 9, 12, tzinfo=zone))
        violations = checker.check_all(stage.world.env.http_requests)
    assert not violations, "\n".join(map(str, violations))


def test_the_database_can_be_kept_and_audited(tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    options = DemoOptions(days=3, seed=1, zone=BERLIN, start=MONDAY, database=kept)
    assert demo.run(options, Console(file=StringIO())) == 0
    environment = {**os.environ, "AMBLE_DATABASE_URL": f"sqlite:///{kept}"}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "audit"],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "0 differences\n")


def test_every_streak_holds_at_the_end(fortnight: Told) -> None:
    assert (fortnight.code, "0 differences" in fortnight.words) == (0, True)


def test_every_outcome_occurs_in_two_weeks(fortnight: Told) -> None:
    outcomes = {outcome for one in fortnight.sessions() for outcome in one["outcomes"].values()}
    assert outcomes == {"done", "partly", "rest", "sore", "excused", "missed"}


def test_every_session_that_was_not_called_off_has_one_prompt(fortnight: Told) -> None:
    assert [len(one["prompts"]) for one in fortnight.sessions()] == [1] * 7


def test_one_day_is_called_off(fortnight: Told) -> None:
    called_off = [one["due_on"] for one in fortnight.sessions("called_off")]
    assert called_off == fortnight.account["group"]["skipped"] == ["2026-03-09"]


def test_everybody_has_joined_as_they_wished(fortnight: Told) -> None:
    told = ("named", "pinged", "shown", "goal")
    joined = {m["name"]: tuple(m[one] for one in told) for m in fortnight.account["members"]}
    assert joined == {c.name: tuple(getattr(c.wishes, one) for one in told) for c in CAST}


def test_somebody_joins_in_the_second_week(fortnight: Told) -> None:
    late = [m["joined_at"] for m in fortnight.account["members"] if m["joined_at"] > "2026-03-09"]
    assert len(late) == 1


def test_answers_given_after_the_settlement_show(fortnight: Told) -> None:
    changed = [
        one for one in fortnight.sessions() if one["outcomes"] != one["outcomes_at_settlement"]
    ]
    assert changed


def test_answers_after_midnight_count_for_the_day_before(fortnight: Told) -> None:
    assert any(
        at > f"{one['due_on']}T23:59:59Z"
        for one in fortnight.sessions()
        for at in one["answered_at"].values()
    )


def test_names_are_found_in_the_words_that_were_posted(fortnight: Told) -> None:
    named = [
        (name, one["text"]) for one in fortnight.account["encouragements"] for name in one["named"]
    ]
    assert named
    assert all(name in text for name, text in named)


def test_the_transcript_tells_what_was_said(fortnight: Told) -> None:
    said = [one["text"].splitlines()[1] for one in fortnight.account["encouragements"]]
    assert all(words in fortnight.words for words in said)


def test_the_transcript_tells_a_week_that_is_over(fortnight: Told) -> None:
    (first,) = (one["text"].splitlines()[1] for one in fortnight.account["recaps"][:1])
    assert f"recap “{first}”" in fortnight.words


def test_a_recap_names_only_who_agreed(fortnight: Told) -> None:
    willing = {one["name"] for one in fortnight.account["members"] if one["named"]}
    named = [name for one in fortnight.account["recaps"] for name in one["named"]]
    assert named
    assert {*named} <= willing


def test_first_sessions_are_milestones(fortnight: Told) -> None:
    first = [
        one["member"]
        for one in fortnight.account["milestones"]
        if (one["milestone"], one["subject"]) == ("kept", "1")
    ]
    assert len(first) == len(set(first)) > 1


def test_the_transcript_tells_direct_messages(fortnight: Told) -> None:
    assert "to Марія Коваленко: “" in fortnight.words


def test_the_same_arguments_give_the_same_file(tmp_path: Path) -> None:
    accounts = [lived(tmp_path / which, days=2).account for which in ("one", "two")]
    assert accounts[0] == accounts[1]


def test_another_seed_gives_other_days(tmp_path: Path) -> None:
    sessions = [lived(tmp_path / str(seed), 2, seed).account["sessions"] for seed in (1, 2)]
    assert sessions[0] != sessions[1]


def test_a_first_day_that_began_before_the_simulated_clock_is_lived(tmp_path: Path) -> None:
    told = lived(tmp_path, days=2, zone="Pacific/Kiritimati", start=date(2026, 1, 1))
    assert [one["starts_at"] for one in told.sessions()] == ["2026-01-01T17:30:00Z"]


@pytest.mark.parametrize(
    ("days", "end"),
    [
        pytest.param(1, datetime(2026, 3, 3, 8, 45, tzinfo=UTC), id="a day without a walk"),
        pytest.param(2, datetime(2026, 3, 4, 6, 15, tzinfo=UTC), id="an early walk"),
        pytest.param(5, datetime(2026, 3, 7, 8, 45, tzinfo=UTC), id="a late walk"),
        pytest.param(28, datetime(2026, 3, 30, 5, 15, tzinfo=UTC), id="after the clocks went on"),
    ],
)
def test_the_end_comes_before_the_next_walk(days: int, end: datetime) -> None:
    assert ends_at(DemoOptions(days=days, seed=1, zone=BERLIN, start=MONDAY)) == end


def test_boards_and_cards_are_drawn(tmp_path: Path) -> None:
    lived(tmp_path, days=7, pictures=tmp_path / "album")
    names = {file.name for file in (tmp_path / "album").iterdir()}
    assert {"board-2026-03-08.png", "me-01.png", "me-13.png"} <= names
