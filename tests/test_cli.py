"""The command line: what it prints, how it ends, and that no secret gets out."""

import asyncio
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import checkup
from bot.__main__ import app
from bot.services import outages
from bot.storage.database import open_database
from bot.storage.exclusive import only_process

ROOT = Path(__file__).parent.parent
TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAx.GmadeU.p-not-a-real-token-at-all-0123456789"


@pytest.fixture(autouse=True)
def _bare_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.upper().startswith("AMBLE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)


def amble(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def words_of(result: Result) -> str:
    """Everything printed, without the frame and the line breaks that typer puts round it."""
    return re.sub(r"[\s│╭╮╰╯─]+", " ", result.output)


def test_help_names_every_command() -> None:
    output = amble("--help").output
    assert all(
        name in output
        for name in ("run", "sandbox", "demo", "check", "migrate", "backup", "restore", "audit")
    )


def test_help_needs_neither_discord_nor_the_database() -> None:
    script = (
        "import sys; from bot.__main__ import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'discord', 'sqlalchemy', 'simcord'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("[]\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("fly",),
        ("check", "--loudly"),
        ("sandbox", "--port", "0"),
        ("demo", "--days", "0"),
        ("demo", "--start", "yesterday"),
        ("demo", "--start", "2025-12-31"),
        ("demo", "--zone", "Nowhere/Land"),
        ("demo", "--json", "no-such-directory/account.json"),
        ("backup", "--keep", "0"),
        ("restore",),
        ("restore", "no-such-file.db"),
    ],
)
def test_wrong_usage_ends_with_two(arguments: tuple[str, ...]) -> None:
    assert amble(*arguments).exit_code == 2


@pytest.mark.parametrize(
    ("option", "given", "words"),
    [
        ("--start", "yesterday", "'yesterday' is not a date like 2026-03-02"),
        ("--start", "2025-12-31", "2026-01-01 or later, not on 2025-12-31"),
        ("--zone", "EST", "did you mean America/New_York?"),
        ("--json", "no-such-directory/a.json", "there is no directory no-such-directory"),
    ],
)
def test_the_demo_says_plainly_what_it_cannot_use(option: str, given: str, words: str) -> None:
    assert words in words_of(amble("demo", option, given))


@pytest.mark.parametrize("command", ["sandbox", "demo"])
def test_the_sandbox_refuses_with_a_real_token_in_reach(
    monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("AMBLE_DISCORD_TOKEN", TOKEN)
    result = amble(command)
    assert result.exit_code == 1
    assert "the environment variable AMBLE_DISCORD_TOKEN" in result.output
    assert TOKEN not in result.output


@pytest.mark.parametrize("command", ["sandbox", "demo"])
def test_the_sandbox_says_what_to_install(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setattr("bot.__main__.SANDBOX_PACKAGES", ("a_package_that_nobody_has",))
    result = amble(command)
    assert result.exit_code == 1
    assert "pip install 'amble[sandbox]'" in result.output


def test_run_without_a_token_says_what_to_do() -> None:
    result = amble("run")
    assert result.exit_code == 1
    assert "AMBLE_DISCORD_TOKEN_FILE" in result.output


@pytest.mark.parametrize("command", ["run", "migrate", "backup", "audit"])
def test_a_faulty_configuration_is_told_fault_by_fault(tmp_path: Path, command: str) -> None:
    path = tmp_path / "given.toml"
    path.write_text('[log]\nlevel = "LOUD"\nfromat = "text"\n', encoding="utf-8")
    result = amble("--config", str(path), command)
    assert result.exit_code == 1
    assert "has 2 faults" in result.output
    assert "did you mean format?" in result.output


def test_migrate_makes_the_tables_and_then_has_nothing_to_do() -> None:
    assert "went from empty to" in amble("migrate").output
    assert "Nothing to do" in amble("migrate").output


def test_audit_of_an_empty_database_finds_nothing() -> None:
    amble("migrate")
    result = amble("audit")
    assert result.output == "0 differences\n"
    assert result.exit_code == 0


def backup_in(directory: Path) -> Path:
    [path] = directory.glob("amble-*.db")
    return path


def test_backup_says_where_it_is_how_big_and_how_many_rows(tmp_path: Path) -> None:
    amble("migrate")
    result = amble("backup")
    assert result.exit_code == 0
    name = backup_in(tmp_path / "backups").name
    assert re.fullmatch(rf"backups/{name}: [0-9.]+ kB, 0 rows, checked\n", result.output)


def test_backup_goes_where_it_is_told_and_keeps_so_many(tmp_path: Path) -> None:
    amble("migrate")
    for _ in range(2):
        assert amble("backup", "--to", "elsewhere", "--keep", "1").exit_code == 0
    assert backup_in(tmp_path / "elsewhere")


def test_backup_of_nothing_is_a_fault() -> None:
    result = amble("backup")
    assert (result.exit_code, result.output) == (
        1,
        "There is nothing in the database yet, so nothing to back up.\n",
    )


def test_restore_tells_what_it_would_do_and_does_nothing_unasked(tmp_path: Path) -> None:
    amble("migrate")
    amble("backup")
    before = (tmp_path / "amble.db").read_bytes()
    result = CliRunner().invoke(app, ["restore", str(backup_in(tmp_path / "backups"))], input="n\n")
    assert result.exit_code == 1
    assert "holds 0 servers, 0 groups, 0 members, no answer yet" in result.output
    assert (tmp_path / "amble.db").read_bytes() == before


def test_restore_puts_it_back_and_keeps_what_was_there(tmp_path: Path) -> None:
    amble("migrate")
    amble("backup")
    (tmp_path / "amble.db").write_text("not a database, " * 100, encoding="utf-8")
    result = amble("restore", "--yes", str(backup_in(tmp_path / "backups")))
    assert result.exit_code == 0
    assert "There is now: nothing, or nothing that can be read." in result.output
    [kept] = tmp_path.glob("amble.db.replaced-*")
    assert str(kept) in result.output
    assert kept.read_text(encoding="utf-8").startswith("not a database")
    assert amble("audit").output == "0 differences\n"


def test_restore_refuses_while_amble_runs(tmp_path: Path) -> None:
    amble("migrate")
    amble("backup")
    with only_process("sqlite:///amble.db"):
        result = amble("restore", "--yes", str(backup_in(tmp_path / "backups")))
    assert result.exit_code == 1
    assert "Another Amble (process " in result.output


def test_restore_refuses_what_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("dear reader", encoding="utf-8")
    result = amble("restore", "--yes", "letter")
    assert (result.exit_code, result.output) == (
        1,
        "letter is damaged, or no database at all. Nothing was changed; try another.\n",
    )


def verdicts() -> dict[str, checkup.Verdict]:
    return {finding.what: finding.verdict for finding in checkup.examine()}


def test_check_ends_with_zero_when_nothing_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMBLE_DISCORD_TOKEN", TOKEN)
    result = amble("check")
    assert result.exit_code == 0
    assert TOKEN not in result.output


def test_check_ends_with_one_on_a_fault() -> None:
    result = amble("check")
    assert result.exit_code == 1
    assert "none given" in words_of(result)


def test_a_quiet_check_says_nothing_when_nothing_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMBLE_DISCORD_TOKEN", TOKEN)
    assert amble("check", "--quiet").output == ""


def test_check_tells_each_fault_of_the_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMBLE_LOG_LEVEL", "LOUD")
    monkeypatch.setenv("AMBLE_LOG_FORMAT", "xml")
    findings = [each for each in checkup.examine() if each.what == "configuration"]
    assert [each.verdict for each in findings] == [checkup.Verdict.FAULT] * 2


def test_check_leaves_no_database_behind(tmp_path: Path) -> None:
    amble("check")
    assert not list(tmp_path.iterdir())


def test_a_migrated_database_is_fine() -> None:
    amble("migrate")
    assert verdicts()["database"] is checkup.Verdict.OK


def test_a_database_in_a_missing_directory_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMBLE_DATABASE_URL", "sqlite:///missing/walks.db")
    assert verdicts()["database"] is checkup.Verdict.FAULT


def test_a_file_that_is_no_database_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "amble.db").write_text("not a database, " * 100, encoding="utf-8")
    assert verdicts()["database"] is checkup.Verdict.FAULT


def test_a_database_that_cannot_be_reached_is_a_fault_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AMBLE_DATABASE_URL", "postgresql://amble:s3cretword@127.0.0.1:1/amble")
    [finding] = [each for each in checkup.examine() if each.what == "database"]
    assert finding.verdict is checkup.Verdict.FAULT
    assert "cannot be reached" in finding.words
    assert "s3cretword" not in finding.words


def test_a_damaged_database_is_a_fault_that_names_the_newest_backup(tmp_path: Path) -> None:
    amble("migrate")
    amble("backup")
    content = (tmp_path / "amble.db").read_bytes()
    (tmp_path / "amble.db").write_bytes(content[:8192] + bytes(8192) + content[16384:])
    [finding] = [each for each in checkup.examine() if each.what == "database"]
    assert finding.verdict is checkup.Verdict.FAULT
    assert f"amble restore backups/{backup_in(tmp_path / 'backups').name}" in finding.words


@pytest.mark.parametrize(
    ("hours", "age", "verdict"),
    [
        (0, None, checkup.Verdict.OK),
        (24, None, checkup.Verdict.WARN),
        (0, timedelta(days=9), checkup.Verdict.OK),
        (24, timedelta(hours=25), checkup.Verdict.OK),
        (24, timedelta(hours=49), checkup.Verdict.WARN),
    ],
)
def test_backups_that_should_be_there_and_are_not_are_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    hours: int,
    age: timedelta | None,
    verdict: checkup.Verdict,
) -> None:
    monkeypatch.setenv("AMBLE_BACKUP_EVERY_HOURS", str(hours))
    if age is not None:
        (tmp_path / "backups").mkdir()
        made_at = datetime.now(UTC) - age
        (tmp_path / "backups" / f"amble-{made_at:%Y%m%dT%H%M%SZ}.db").touch()
    assert verdicts()["backups"] is verdict


@pytest.mark.parametrize(
    ("token", "good"),
    [
        (TOKEN, True),
        ("", False),
        ("MTAw.x", False),
        ("MTAw.x.y.z", False),
        ("bm90IGRpZ2l0cw.x.y", False),
        ("MTAw.x.y z", False),
        ("A.x.y", False),
        ("MTAw..y", False),
    ],
)
def test_a_token_is_known_by_its_form(token: str, *, good: bool) -> None:
    assert checkup.looks_like_token(token) is good


async def _beat(url: str, at: datetime, there: list[int], away: list[int]) -> None:
    async with await open_database(url) as db:
        await outages.beat(db, 1, there, away, at, timedelta(minutes=1))


@pytest.mark.parametrize(
    ("age", "verdict"),
    [
        (timedelta(seconds=10), checkup.Verdict.OK),
        (timedelta(minutes=10), checkup.Verdict.FAULT),
        (None, checkup.Verdict.FAULT),
    ],
)
def test_a_bot_without_a_heartbeat_is_not_alive(
    sqlite_url: str,
    monkeypatch: pytest.MonkeyPatch,
    age: timedelta | None,
    verdict: checkup.Verdict,
) -> None:
    monkeypatch.setenv("AMBLE_DATABASE_URL", sqlite_url)
    if age is not None:
        asyncio.run(_beat(sqlite_url, datetime.now(UTC) - age, [0], []))
    [finding] = [each for each in checkup.examine(alive=True) if each.what == "heartbeat"]
    assert finding.verdict is verdict


@pytest.mark.parametrize("there", [False, True])
def test_a_database_without_tables_has_had_no_heartbeat_and_stays_as_it_is(
    tmp_path: Path, *, there: bool
) -> None:
    if there:
        (tmp_path / "amble.db").touch()
    [finding] = [each for each in checkup.examine(alive=True) if each.what == "heartbeat"]
    assert finding.words.startswith("there has been none")
    assert [(path.name, path.stat().st_size) for path in tmp_path.iterdir()] == (
        [("amble.db", 0)] if there else []
    )


def test_a_heartbeat_that_nothing_can_be_asked_for_is_a_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AMBLE_DATABASE_URL", "postgresql://amble:s3cretword@127.0.0.1:1/amble")
    [finding] = [each for each in checkup.examine(alive=True) if each.what == "heartbeat"]
    assert finding.verdict is checkup.Verdict.FAULT
    assert "s3cretword" not in finding.words


def test_a_bot_that_has_never_reached_discord_is_alive(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMBLE_DATABASE_URL", sqlite_url)
    asyncio.run(_beat(sqlite_url, datetime.now(UTC), [], [0]))
    [finding] = [each for each in checkup.examine(alive=True) if each.what == "heartbeat"]
    assert finding.verdict is checkup.Verdict.OK


def test_fonts_are_found_by_their_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = tmp_path / "fonts" / "noto"
    fonts.mkdir(parents=True)
    for name in ("NotoSans-Regular.ttf", "NotoColorEmoji.ttf", "NotoSansHebrew.txt"):
        (fonts / name).touch()
    monkeypatch.setattr(checkup, "system_font_directories", lambda: (tmp_path / "fonts",))
    [finding] = [each for each in checkup.examine() if each.what == "fonts"]
    assert finding.verdict is checkup.Verdict.WARN
    assert "covered: Latin, Cyrillic, Greek, emoji; not covered: Arabic, Hebrew," in finding.words
