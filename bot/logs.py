"""Logging: lines for people or JSON for machines, in UTC, and never with a secret in them."""

import json
import logging
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from types import TracebackType

from typing_extensions import override

from bot.config import LogSettings

HIDDEN = "[hidden]"
# Libraries that tell every request or every run of a job at INFO.
TALKATIVE = ("aiohttp.access", "alembic", "apscheduler", "discord.gateway")

log = logging.getLogger(__name__)


class Redaction(logging.Filter):
    """Takes secrets out of a record's message, its traceback and its stack."""

    def __init__(self, secrets: Iterable[str]) -> None:
        """Hide each of `secrets`, the longest first, so that none leaves a rest of another."""
        super().__init__()
        self._secrets = sorted({each for each in secrets if each}, key=len, reverse=True)

    def hide(self, text: str) -> str:
        """Return `text` with every secret replaced."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return text

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        # The message is put together here: a secret may stand in its arguments.
        record.msg = self.hide(record.getMessage())
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.hide(record.exc_text)
        if record.stack_info:
            record.stack_info = self.hide(record.stack_info)
        return True


class TextFormatter(logging.Formatter):
    """``2026-03-02T06:30:00.000Z INFO bot.agenda.bell: …``, tracebacks below."""

    def __init__(self) -> None:
        """Fix the line's shape."""
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    @override
    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return _utc(record)


class JsonFormatter(logging.Formatter):
    """One object a line: at, level, logger, message, and traceback where there is one."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": _utc(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
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


def _utc(record: logging.LogRecord) -> str:
    at = datetime.fromtimestamp(record.created, UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
