"""Logging: lines for people or JSON for machines, in UTC, and never with a secret in them.

What a line is about is told once, by `about`, and stands on every line written inside, those of
libraries too.
"""

import json
import logging
import re
import sys
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import MappingProxyType, TracebackType
from typing import TypedDict, cast

from typing_extensions import Unpack, override

from bot.config import LogSettings

HIDDEN = "[hidden]"
# Libraries that tell every request or every run of a job at INFO.
TALKATIVE = ("aiohttp.access", "alembic", "apscheduler", "discord.gateway")

# An interaction's token lets whoever knows it answer in Amble's name for 15 minutes. discord.py
# logs addresses, and at DEBUG all that it receives: it stands behind its holder's id, or its name.
TOKENS = re.compile(r"""(/(?:webhooks|interactions)/\d+/|["']token["']: ?["'])[^/\s?"']+""")

log = logging.getLogger(__name__)


class Ids(TypedDict, total=False):
    """What a log line may be about: ids alone, never a name or a word that somebody wrote."""

    shard_id: int | None
    guild_id: int | None
    channel_id: int | None
    group_id: int | None
    slot_id: int | None
    session_id: int | None
    moment_id: int | None
    membership_id: int | None
    message_id: int | None
    user_id: int | None
    interaction_id: int | None


_ids: ContextVar[Mapping[str, int]] = ContextVar("_ids", default=MappingProxyType({}))


@contextmanager
def about(**ids: Unpack[Ids]) -> Generator[None]:
    """Put `ids` on every log line that is written inside, also by tasks that are started there.

    Adds to what the lines around are about; an id that is None is left as it was.
    """
    given = cast("Mapping[str, int | None]", ids)
    known = {name: value for name, value in given.items() if value is not None}
    token = _ids.set({**_ids.get(), **known})
    try:
        yield
    finally:
        _ids.reset(token)


class About(logging.Filter):
    """Notes on a record what it is about; the formatters write it down."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        record.about = _ids.get()
        return True


class Redaction(logging.Filter):
    """Takes secrets out of a record's message, its traceback and its stack."""

    def __init__(self, secrets: Iterable[str]) -> None:
        """Hide each of `secrets`, the longest first, so that none leaves a rest of another."""
        super().__init__()
        self._secrets = sorted({each for each in secrets if each}, key=len, reverse=True)

    def hide(self, text: str) -> str:
        """Return `text` with every secret and every interaction's token replaced."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return TOKENS.sub(rf"\g<1>{HIDDEN}", text)

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        # The message is put together here: a secret may stand in its arguments.
        record.msg = self.hide(_message(record))
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.hide(record.exc_text)
        if record.stack_info:
            record.stack_info = self.hide(record.stack_info)
        return True


def _message(record: logging.LogRecord) -> str:
    """Return a record's message, whatever a library has handed over.

    A filter runs outside of what keeps logging from raising into the code that logs.
    """
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - whatever is wrong with it
        said = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        return f"{said} (its arguments could not be put in)"


class TextFormatter(logging.Formatter):
    """``2026-03-02T06:30:00.000Z INFO bot.agenda.bell: … [moment=7 guild=5]``, tracebacks below."""

    def __init__(self) -> None:
        """Fix the line's shape."""
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    @override
    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return _utc(record)

    @override
    def formatMessage(self, record: logging.LogRecord) -> str:
        line = super().formatMessage(record)
        ids = _about(record)
        if not ids:
            return line
        told = " ".join(f"{name.removesuffix('_id')}={value}" for name, value in ids.items())
        return f"{line} [{told}]"


class JsonFormatter(logging.Formatter):
    """One object a line: at, level, logger, message, ids, and traceback where there is one.

    Ids are texts: many a reader of JSON rounds numbers above 2**53, and Discord's are above.
    """

    @override
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": _utc(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **{name: str(value) for name, value in _about(record).items()},
        }
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            entry["traceback"] = record.exc_text
        return json.dumps(entry, ensure_ascii=False)


def set_up(settings: LogSettings, secrets: Iterable[str] = ()) -> None:
    """Send all logging to standard error as `settings` say, with `secrets` hidden.

    Also what nothing caught goes through the log, so that a traceback is redacted like the rest.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if settings.format == "json" else TextFormatter())
    handler.addFilter(Redaction(secrets))
    handler.addFilter(About())
    logging.basicConfig(level=settings.level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    if settings.level != "DEBUG":
        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _log_uncaught


def _log_uncaught(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, traceback)
        return
    log.critical("Amble stopped on a fault of its own", exc_info=(kind, error, traceback))


def _about(record: logging.LogRecord) -> Mapping[str, int]:
    return cast("Mapping[str, int]", record.__dict__.get("about", {}))


def _utc(record: logging.LogRecord) -> str:
    at = datetime.fromtimestamp(record.created, UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
