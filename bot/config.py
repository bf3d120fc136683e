"""Settings: one TOML file, environment variables over it, secrets also from files.

The file is the one named on the command line, else by AMBLE_CONFIG, else ``amble.toml`` or
``config.toml`` in the working directory; none at all is fine. A variable is named after its
section and key: ``AMBLE_DATABASE_URL`` is ``url`` of ``[database]``; a secret may also stand in
the file that ``AMBLE_DATABASE_URL_FILE`` names. All faults are reported at once, each with its
key, what is wrong and an example; no fault ever repeats a secret.
"""

import difflib
import json
import os
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, cast
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from typing_extensions import override

PREFIX = "AMBLE_"
FILE_SUFFIX = "_FILE"
SECRETS = (("discord", "token"), ("database", "url"))
USUAL_FILES = (Path("amble.toml"), Path("config.toml"))
# Longer values stay out of a fault: a token pasted behind the wrong key is longer than this.
NEAR = 0.85
"""How like a setting's variable another must be to be taken for a typo of it."""
LONGEST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: ``section.key`` (or a file), what is wrong, and a line that would do."""

    key: str
    problem: str
    example: str

    def __str__(self) -> str:
        """One line for the operator."""
        stop = "" if self.problem.endswith(("?", ".")) else "."
        return f"{self.key}: {self.problem}{stop} Example: {self.example}"


class ConfigError(Exception):
    """The configuration cannot be used; `faults` holds everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults in the order in which they were found."""
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def _none_if_empty(value: object) -> object:
    """TOML has no null: an empty text, an empty list and 0 stand for "not set"."""
    return None if value in ("", [], ()) or (value == 0 and value is not False) else value


def _listed(value: object) -> object:
    """Split a variable's ``a,b``; what comes from the file is a list already."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _plain_url(url: str) -> str:
    """Drop a driver's name and the old spelling of PostgreSQL's scheme."""
    scheme, colon, rest = url.strip().partition(":")
    scheme = scheme.partition("+")[0]
    return ("postgresql" if scheme == "postgres" else scheme) + colon + rest


def _names_a_database(url: str) -> bool:
    try:
        parts = urlsplit(_plain_url(url))
        name = parts.path.removeprefix("/")
        if parts.scheme == "sqlite":
            # What is kept in memory would be forgotten at the next start.
            return not parts.netloc and name not in ("", ":memory:")
        # ?host=/run/postgresql names a directory with the server's socket.
        host = parts.hostname or parse_qs(parts.query).get("host")
        return parts.scheme == "postgresql" and bool(host and name) and parts.port != 0
    except ValueError:
        # urllib's own words repeat parts of the address, the password perhaps among them.
        return False


def _known_url(url: SecretStr) -> SecretStr:
    if not _names_a_database(url.get_secret_value()):
        raise ValueError("should be sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE")
    return url


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class DiscordSettings(_Section):
    """How to reach Discord. `shard_count` None: Discord decides; `shard_ids` None: all of them."""

    token: Annotated[SecretStr | None, BeforeValidator(_none_if_empty)] = Field(
        default=None, examples=['token = "the token from the developer portal"']
    )
    shard_count: Annotated[Annotated[int, Field(ge=1)] | None, BeforeValidator(_none_if_empty)] = (
        Field(default=None, examples=["shard_count = 4"])
    )
    shard_ids: Annotated[
        tuple[Annotated[int, Field(ge=0)], ...] | None,
        BeforeValidator(_none_if_empty),
        BeforeValidator(_listed),
    ] = Field(default=None, examples=["shard_ids = [0, 1]"])

    @field_validator("shard_ids")
    @classmethod
    def _shards_exist(
        cls, ids: tuple[int, ...] | None, info: ValidationInfo
    ) -> tuple[int, ...] | None:
        if ids is None or "shard_count" not in info.data:
            return ids
        count = cast("int | None", info.data["shard_count"])
        if count is None:
            raise ValueError("needs shard_count, which says how many shards there are in all")
        if len(set(ids)) < len(ids) or max(ids) >= count:
            raise ValueError(f"should name shards from 0 to {count - 1}, each once")
        return ids


class DatabaseSettings(_Section):
    """Where everything is kept. The address may hold a password, so it is a secret as a whole."""

    url: Annotated[SecretStr, AfterValidator(_known_url)] = Field(
        default=SecretStr("sqlite:///amble.db"),
        examples=['url = "postgresql://amble:PASSWORD@localhost/amble"'],
    )
    migrate_at_start: bool = Field(default=True, examples=["migrate_at_start = true"])
    check_at_start: bool = Field(default=True, examples=["check_at_start = true"])

    @property
    def plain_url(self) -> str:
        """``sqlite:///FILE`` or ``postgresql://…`` without a driver's name, password and all."""
        return _plain_url(self.url.get_secret_value())


class LogSettings(_Section):
    """What is logged, and as lines for people or as one JSON object a line."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", examples=['level = "INFO"']
    )
    format: Literal["text", "json"] = Field(default="text", examples=['format = "json"'])

    @field_validator("level", mode="before")
    @classmethod
    def _in_capitals(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value


class AgendaSettings(_Section):
    """Pace and punctuality; units are in the names."""

    # Discord allows a bot 50 requests a second over all (its documentation, topics/rate-limits).
    requests_per_second: int = Field(default=49, ge=1, le=50, examples=["requests_per_second = 49"])
    sweep_seconds: int = Field(default=60, ge=5, le=600, examples=["sweep_seconds = 60"])
    claim_seconds: int = Field(default=60, ge=2, le=600, examples=["claim_seconds = 60"])
    horizon_hours: int = Field(default=48, ge=25, le=336, examples=["horizon_hours = 48"])
    redraw_seconds: float = Field(default=2.0, ge=0, le=60, examples=["redraw_seconds = 2.0"])
    heartbeat_seconds: int = Field(default=30, ge=1, le=300, examples=["heartbeat_seconds = 30"])


class BackupSettings(_Section):
    """Copies of the database made by the running bot; `every_hours` 0: none."""

    directory: Path = Field(default=Path("backups"), examples=['directory = "backups"'])
    every_hours: int = Field(default=0, ge=0, le=720, examples=["every_hours = 24"])
    keep: int = Field(default=7, ge=1, le=1000, examples=["keep = 7"])


class MonitorSettings(_Section):
    """Where health and metrics are served; `port` 0: nowhere."""

    host: str = Field(default="127.0.0.1", min_length=1, examples=['host = "127.0.0.1"'])
    port: int = Field(default=0, ge=0, le=65535, examples=["port = 9464"])


class LimitSettings(_Section):
    """How much one server may ask for."""

    groups_per_server: int = Field(default=50, ge=1, examples=["groups_per_server = 50"])
    members_per_group: int = Field(default=100, ge=2, le=1000, examples=["members_per_group = 100"])
    slots_per_group: int = Field(default=14, ge=1, examples=["slots_per_group = 14"])


class _Variables(EnvSettingsSource):
    """Environment variables, of which a list need not be JSON and ``…_FILE`` is read elsewhere."""

    @override
    def decode_complex_value(self, field_name: str, field: FieldInfo, value: object) -> object:
        try:
            return super().decode_complex_value(field_name, field, value)
        except json.JSONDecodeError:
            return value

    @override
    def __call__(self) -> dict[str, Any]:
        values = super().__call__()
        for section, key in SECRETS:
            held: object = values.get(section)
            if isinstance(held, dict):
                cast("dict[str, object]", held).pop(f"{key}{FILE_SUFFIX}".lower(), None)
        return values


class Settings(BaseSettings):
    """Everything that can be set, checked and frozen; `load` makes it."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="_",
        env_nested_max_split=1,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    discord: DiscordSettings = DiscordSettings()
    database: DatabaseSettings = DatabaseSettings()
    log: LogSettings = LogSettings()
    agenda: AgendaSettings = AgendaSettings()
    limits: LimitSettings = LimitSettings()
    backup: BackupSettings = BackupSettings()
    monitor: MonitorSettings = MonitorSettings()

    @override
    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over what `load` passes from files."""
        return _Variables(settings_cls), init_settings

    def secrets(self) -> tuple[str, ...]:
        """Return what must never be shown: the token, the database's password in each spelling."""
        token = self.discord.token.get_secret_value() if self.discord.token else ""
        password = urlsplit(self.database.plain_url).password or ""
        return tuple(sorted({token, password, unquote(password)} - {""}, key=len, reverse=True))


def load(path: Path | None = None) -> Settings:
    """Read the settings from `path` (else from where the module's docstring says).

    Raises `ConfigError` with everything that is wrong.
    """
    found = find_file(path)
    values, faults = _read_file(found) if found else ({}, [])
    faults += [*_add_secret_files(values), *_misspelt_variables()]
    try:
        settings = Settings(**values)
    except ValidationError as error:
        faults += [_fault_of(details) for details in error.errors(include_url=False)]
    else:
        if not faults:
            return settings
    # Without its cause: a traceback must not show what was read.
    raise ConfigError(faults) from None


def find_file(path: Path | None = None) -> Path | None:
    """Return the configuration file in force: `path`, AMBLE_CONFIG's, a usual one, or None."""
    if path is not None:
        return path
    if named := os.environ.get(f"{PREFIX}CONFIG"):
        return Path(named)
    return next((usual for usual in USUAL_FILES if usual.is_file()), None)


def token_in_reach(path: Path | None = None) -> str | None:
    """Say where a Discord token could be read from; None if nowhere. The sandbox asks this."""
    variable = f"{PREFIX}DISCORD_TOKEN"
    for name, value in os.environ.items():
        if value and name.upper() in (variable, variable + FILE_SUFFIX):
            return f"the environment variable {name}"
    found = find_file(path)
    if found is None or not found.is_file():
        return None
    values, faults = _read_file(found)
    if faults:
        return f"{found} (it cannot be read, so it may hold one)"
    section: object = values.get("discord")
    held = cast("dict[str, object]", section).get("token") if isinstance(section, dict) else section
    return f"{found}, [discord]" if held else None


def _read_file(path: Path) -> tuple[dict[str, Any], list[Fault]]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")), []
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
    except UnicodeDecodeError:
        problem = "is not UTF-8 text"
    except tomllib.TOMLDecodeError as error:
        problem = f"is not TOML: {error}"
    return {}, [Fault(str(path), problem, "see config.example.toml")]


def _add_secret_files(values: dict[str, Any]) -> list[Fault]:
    """Put secrets from ``…_FILE`` variables into `values`; return what was wrong with them."""
    faults: list[Fault] = []
    for section, key in SECRETS:
        variable = f"{PREFIX}{section}_{key}".upper()
        name = os.environ.get(variable + FILE_SUFFIX)
        if not name:
            continue
        example = f"{variable}{FILE_SUFFIX}=/run/secrets/{section}_{key}"
        if os.environ.get(variable):
            problem = f"{variable} and {variable}{FILE_SUFFIX} are both given; keep one"
            faults.append(Fault(f"{section}.{key}", problem, example))
            continue
        secret, problem = _read_secret(Path(name))
        if problem:
            said = f"the file that {variable}{FILE_SUFFIX} names {problem}"
            faults.append(Fault(f"{section}.{key}", said, example))
        elif isinstance(held := values.setdefault(section, {}), dict):
            held[key] = secret
    return faults


def _misspelt_variables() -> list[Fault]:
    """Tell of variables that look like a setting's but are none: a typo must not go unheard.

    Others that begin with AMBLE_ are left alone: orchestrators make some of a service's name.
    """
    known = [
        f"{PREFIX}{section}_{key}".upper() + suffix
        for section, field in Settings.model_fields.items()
        for key in cast("type[BaseModel]", field.annotation).model_fields
        for suffix in ("", FILE_SUFFIX if (section, key) in SECRETS else "")
    ]
    sections = tuple(f"{PREFIX}{section}_".upper() for section in Settings.model_fields)
    faults: list[Fault] = []
    for name in sorted(os.environ):
        strange = name.upper().startswith(PREFIX) and not name.upper().startswith(sections)
        near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=NEAR) if strange else []
        if near:
            faults.append(Fault(name, f"is no setting; did you mean {near[0]}?", f"{near[0]}=…"))
    return faults


def _read_secret(path: Path) -> tuple[str, str]:
    """Return the secret and an empty text, or an empty text and what is wrong."""
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        return "", f"cannot be read ({error.strerror})"
    except UnicodeDecodeError:
        return "", "is not UTF-8 text"
    return secret, "" if secret else "is empty"


def _fault_of(details: ErrorDetails) -> Fault:
    section, *keys = (str(part) for part in details["loc"])
    model = Settings.model_fields.get(section)
    if model is None:
        return Fault(section, _unknown(section, Settings), "see config.example.toml")
    fields = cast("type[BaseModel]", model.annotation).model_fields
    if not keys:
        example = f"[{section}] with a line for each setting"
        return Fault(section, "should be a section of settings, not a single value", example)
    name, field = f"{section}.{keys[0]}", fields.get(keys[0])
    if field is None:
        owner = cast("type[BaseModel]", model.annotation)
        return Fault(name, _unknown(keys[0], owner), "see config.example.toml")
    secret = (section, keys[0]) in SECRETS
    return Fault(name, _problem(details, secret=secret), str((field.examples or [""])[0]))


def _unknown(name: str, owner: type[BaseModel]) -> str:
    near = difflib.get_close_matches(name.lower(), owner.model_fields, n=1, cutoff=0.5)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"there is no such {'section' if owner is Settings else 'setting'}{hint}"


def _problem(details: ErrorDetails, *, secret: bool) -> str:
    words = details["msg"].removeprefix("Value error, ").removeprefix("Input ")
    if details["type"] not in ("value_error", "literal_error"):
        # Behind pydantic's first comma stands how it tried, not what is wanted.
        words = words.partition(", ")[0]
    shown = repr(details["input"])
    if secret or len(shown) > LONGEST_SHOWN:
        return words
    return f"{words}, but it is {shown}"
