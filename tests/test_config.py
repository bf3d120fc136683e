"""Settings: where they come from, what wins, and how faults are told."""

import logging
import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.config import ConfigError, Fault, Settings, find_file, load, token_in_reach
from bot.logs import JsonFormatter, Redaction, TextFormatter

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"
TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAx.GmadeU.p-not-a-real-token-at-all-0123456789"
PASSWORD = "s3cret/word"
QUOTED = "s3cret%2Fword"

Write = Callable[[str], Path]


@pytest.fixture(autouse=True)
def _bare_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.upper().startswith("AMBLE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def writer(text: str) -> Path:
        path = tmp_path / "amble.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return writer


def faults_of(path: Path | None = None) -> dict[str, Fault]:
    with pytest.raises(ConfigError) as caught:
        load(path)
    return {fault.key: fault for fault in caught.value.faults}


def test_the_example_file_holds_the_defaults() -> None:
    assert load(EXAMPLE) == Settings.model_construct()


def test_the_example_file_holds_every_setting() -> None:
    written = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    known = {
        section: set(getattr(load(), section).__class__.model_fields)
        for section in Settings.model_fields
    }
    assert {section: set(keys) for section, keys in written.items()} == known


def test_no_file_at_all_gives_the_defaults() -> None:
    assert load().database.plain_url == "sqlite:///amble.db"


def test_a_variable_wins_over_the_file(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("[limits]\ngroups_per_server = 3\nslots_per_group = 4")
    monkeypatch.setenv("AMBLE_LIMITS_GROUPS_PER_SERVER", "7")
    limits = load(path).limits
    assert (limits.groups_per_server, limits.slots_per_group) == (7, 4)


def test_an_empty_variable_counts_as_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMBLE_LOG_LEVEL", "")
    assert load().log.level == "INFO"


@pytest.mark.parametrize("given", ["0,2", "[0, 2]", " 0 , 2 "])
def test_a_variable_holds_a_list_with_commas(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("AMBLE_DISCORD_SHARD_COUNT", "4")
    monkeypatch.setenv("AMBLE_DISCORD_SHARD_IDS", given)
    assert load().discord.shard_ids == (0, 2)


def test_the_named_file_wins_over_the_variable_and_the_usual_ones(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("")
    monkeypatch.setenv("AMBLE_CONFIG", "elsewhere.toml")
    assert find_file(Path("named.toml")) == Path("named.toml")
    assert find_file() == Path("elsewhere.toml")


def test_amble_toml_is_found_before_config_toml(write: Write) -> None:
    Path("config.toml").touch()
    assert find_file() == Path("config.toml")
    write("")
    assert find_file() == Path("amble.toml")


def test_secrets_come_from_files_without_their_line_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n", encoding="utf-8")
    monkeypatch.setenv("AMBLE_DISCORD_TOKEN_FILE", str(tmp_path / "token"))
    token = load().discord.token
    assert token is not None
    assert token.get_secret_value() == TOKEN


def test_a_secret_given_twice_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text(TOKEN, encoding="utf-8")
    monkeypatch.setenv("AMBLE_DISCORD_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("AMBLE_DISCORD_TOKEN", TOKEN)
    assert "both given" in faults_of()["discord.token"].problem


@pytest.mark.parametrize(("content", "words"), [(None, "cannot be read"), (" \n", "is empty")])
def test_a_secret_file_that_gives_nothing_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None, words: str
) -> None:
    path = tmp_path / "secret"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    monkeypatch.setenv("AMBLE_DATABASE_URL_FILE", str(path))
    assert words in faults_of()["database.url"].problem


def test_all_faults_are_told_at_once(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMBLE_LOG_FORMAT", "xml")
    monkeypatch.setenv("AMBLE_DISCORD_TOKEN_FILE", "nowhere")
    path = write('[agenda]\nsweep = 1\nrequests_per_second = "many"\n[limit]\nx = 1\n')
    assert set(faults_of(path)) == {
        "discord.token",
        "log.format",
        "agenda.sweep",
        "agenda.requests_per_second",
        "limit",
    }


def test_every_fault_has_an_example(write: Write) -> None:
    path = write('discord = "x"\n[agenda]\nrequests_per_second = 0\n[nonsense]\n')
    assert all(fault.example for fault in faults_of(path).values())


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("[agenda]\nsweep_second = 9", "agenda.sweep_second", "did you mean sweep_seconds?"),
        ("[databse]\n", "databse", "did you mean database?"),
        ("[log]\nzzz = 1", "log.zzz", "there is no such setting"),
        (
            "[agenda]\nrequests_per_second = 51",
            "agenda.requests_per_second",
            "less than or equal to 50",
        ),
        ("log = 3", "log", "should be a section"),
        ("[discord]\nshard_ids = [0]", "discord.shard_ids", "needs shard_count"),
        ("[discord]\nshard_count = 2\nshard_ids = [2]", "discord.shard_ids", "from 0 to 1"),
        ("[discord]\nshard_count = 2\nshard_ids = [1, 1]", "discord.shard_ids", "each once"),
        ("[discord]\nshard_count = -1", "discord.shard_count", "greater than or equal to 1"),
    ],
)
def test_a_fault_says_what_is_wrong(write: Write, text: str, key: str, words: str) -> None:
    assert words in faults_of(write(text))[key].problem


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"a = ", "is not TOML"), (b"\xff\xfe", "is not UTF-8"), (None, "cannot be read")],
)
def test_a_file_that_cannot_be_used_is_a_fault(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    path = tmp_path / "given.toml"
    if content is not None:
        path.write_bytes(content)
    assert words in faults_of(path)[str(path)].problem


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("sqlite:///walks.db", "sqlite:///walks.db"),
        ("sqlite+aiosqlite:////var/lib/walks.db", "sqlite:////var/lib/walks.db"),
        ("postgres://a:b@host/amble", "postgresql://a:b@host/amble"),
        ("postgresql://a@/amble?host=/run/pg", "postgresql://a@/amble?host=/run/pg"),
        ("postgresql+asyncpg://host:5433/amble", "postgresql://host:5433/amble"),
    ],
)
def test_a_database_address_is_told_plainly(
    monkeypatch: pytest.MonkeyPatch, given: str, plain: str
) -> None:
    monkeypatch.setenv("AMBLE_DATABASE_URL", given)
    assert load().database.plain_url == plain


@pytest.mark.parametrize(
    "given",
    [
        "amble.db",
        "sqlite://?mode=memory",
        "sqlite:///:memory:",
        "sqlite://amble.db",
        "mysql://a:b@host/amble",
        "postgresql://host",
        "postgresql:///amble",
        f"postgresql://amble:{PASSWORD}@host/amble",
        f"postgresql://amble:{QUOTED}@host:99999/amble",
    ],
)
def test_another_database_address_is_a_fault_that_does_not_repeat_it(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("AMBLE_DATABASE_URL", given)
    fault = faults_of()["database.url"]
    assert given not in str(fault)
    assert "s3cret" not in str(fault)


@pytest.fixture
def secretive(monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("AMBLE_DISCORD_TOKEN", TOKEN)
    monkeypatch.setenv("AMBLE_DATABASE_URL", f"postgresql://amble:{QUOTED}@host/amble")
    return load()


def test_settings_never_show_a_secret(secretive: Settings) -> None:
    shown = f"{secretive!r} {secretive} {secretive.model_dump_json()}"
    assert TOKEN not in shown
    assert QUOTED not in shown


def test_a_token_behind_the_wrong_key_is_not_repeated(write: Write) -> None:
    path = write(f'discord = "{TOKEN}"\n[log]\nlevel = "{TOKEN}"\n[database]\nurl = "{TOKEN}"\n')
    assert all(TOKEN not in str(fault) for fault in faults_of(path).values())


def test_the_secrets_are_the_token_and_the_password_in_each_spelling(secretive: Settings) -> None:
    assert set(secretive.secrets()) == {TOKEN, QUOTED, PASSWORD}


def test_settings_cannot_be_changed(secretive: Settings) -> None:
    with pytest.raises(ValueError, match="frozen"):
        secretive.log = load().log
    with pytest.raises(ValueError, match="frozen"):
        secretive.log.level = "DEBUG"


@pytest.mark.parametrize("variable", ["AMBLE_DISCORD_TOKEN", "AMBLE_DISCORD_TOKEN_FILE"])
def test_a_token_in_the_environment_is_in_reach(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "anything")
    assert token_in_reach() == f"the environment variable {variable}"


@pytest.mark.parametrize(
    "text", [f'[discord]\ntoken = "{TOKEN}"', f'discord = "{TOKEN}"', f"[discord]\ntoken = {TOKEN}"]
)
def test_a_token_in_the_found_file_is_in_reach(write: Write, text: str) -> None:
    write(text)
    place = token_in_reach()
    assert place is not None
    assert place.startswith("amble.toml")
    assert TOKEN not in place


def test_no_token_is_in_reach_without_one(write: Write) -> None:
    write('[discord]\ntoken = ""\n')
    assert token_in_reach() is None


def record_of(error: Exception, *arguments: object) -> logging.LogRecord:
    try:
        raise error
    except type(error) as caught:
        trace = (type(caught), caught, caught.__traceback__)
    return logging.LogRecord("bot", logging.ERROR, "x.py", 1, "said %s", arguments, trace)


@pytest.mark.parametrize("formatter", [TextFormatter(), JsonFormatter()])
def test_no_log_line_or_traceback_shows_a_secret(
    secretive: Settings, formatter: logging.Formatter
) -> None:
    record = record_of(OSError(f"no way to amble:{PASSWORD}@host"), f"Bot {TOKEN}")
    Redaction(secretive.secrets()).filter(record)
    line = formatter.format(record)
    assert TOKEN not in line
    assert PASSWORD not in line
    assert "said Bot [hidden]" in line
    assert "no way to amble:[hidden]@host" in line


def test_a_log_line_tells_its_instant_in_utc() -> None:
    record = record_of(OSError("x"), "that")
    record.created = 1772433000.5
    assert TextFormatter().format(record).startswith("2026-03-02T06:30:00.500Z ERROR bot: said")


def test_a_misspelt_variable_is_told_and_others_are_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AMBLE_DATABSE_URL", "sqlite:///elsewhere.db")
    monkeypatch.setenv("AMBLE_SERVICE_HOST", "10.0.0.1")
    with pytest.raises(ConfigError) as caught:
        load()
    [fault] = caught.value.faults
    assert (fault.key, "AMBLE_DATABASE_URL" in fault.problem) == ("AMBLE_DATABSE_URL", True)


def test_a_choice_that_is_none_is_told_with_all_that_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMBLE_LOG_LEVEL", "loud")
    with pytest.raises(ConfigError) as caught:
        load()
    [fault] = caught.value.faults
    assert all(level in fault.problem for level in ("DEBUG", "INFO", "WARNING", "ERROR"))
