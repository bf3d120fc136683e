"""What ``amble check`` looks at: configuration, token's form, database, backups, fonts, heartbeat.

Nothing here connects to Discord, and nothing is written anywhere.
"""

import asyncio
import base64
import binascii
import importlib.util
import os
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.util import greenlet_spawn

from bot import clock
from bot.config import ConfigError, Settings, find_file, load
from bot.logs import Redaction
from bot.services import backups
from bot.storage import copying, downtimes, integrity, migrate
from bot.storage.errors import Corrupt, StorageError
from bot.ui.pictures.fonts import font_files, system_font_directories

# A script is covered by a file whose name begins so: Noto's own names for its families.
SCRIPTS = {
    "Latin": ("NotoSans-Regular", "NotoSans["),
    "Cyrillic": ("NotoSans-Regular", "NotoSans["),
    "Greek": ("NotoSans-Regular", "NotoSans["),
    "Arabic": ("NotoSansArabic", "NotoNaskhArabic"),
    "Hebrew": ("NotoSansHebrew",),
    "Devanagari": ("NotoSansDevanagari",),
    "CJK": ("NotoSansCJK", "NotoSansSC", "NotoSansJP", "NotoSansKR"),
    "emoji": ("NotoColorEmoji", "NotoEmoji"),
}
STALE = 2
"""So many times the wanted age, and the newest backup is too old."""
DAYS_FROM = 48
"""Hours from which an age is told in days."""
TOKEN_FORM = re.compile(r"(?P<id>[\w-]+)\.[\w-]+\.[\w-]+", re.ASCII)


class Verdict(StrEnum):
    """How bad it is; only a fault keeps Amble from running."""

    OK = "ok"
    WARN = "warn"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, the verdict, and in words what it means and what to do."""

    what: str
    verdict: Verdict
    words: str


def examine(config: Path | None = None, *, alive: bool = False) -> list[Finding]:
    """Look at everything; where the configuration cannot be read, at the fonts only.

    `alive` asks as well whether a running Amble has written its heartbeat lately; as that is asked
    often, the database is not read whole then.
    """
    try:
        settings = load(config)
    except ConfigError as error:
        wrong = [Finding("configuration", Verdict.FAULT, str(fault)) for fault in error.faults]
        return [*wrong, _fonts()]
    looked_at = [_configuration(config), _token(settings), _database(settings, read=not alive)]
    looked_at += [_backups(settings), _fonts()]
    return [*looked_at, _heartbeat(settings)] if alive else looked_at


def _configuration(config: Path | None) -> Finding:
    found = find_file(config)
    source = f"read from {found}" if found else "no file; defaults and the environment"
    return Finding("configuration", Verdict.OK, source)


def _token(settings: Settings) -> Finding:
    if settings.discord.token is None:
        words = "none given; put it into AMBLE_DISCORD_TOKEN_FILE (`amble sandbox` needs none)"
        return Finding("token", Verdict.FAULT, words)
    if not looks_like_token(settings.discord.token.get_secret_value()):
        words = (
            "does not look like a bot's token; copy it again from the developer portal, "
            "page Bot (not the client secret, not the public key)"
        )
        return Finding("token", Verdict.FAULT, words)
    return Finding("token", Verdict.OK, "has the form of a bot's token")


def looks_like_token(token: str) -> bool:
    """Tell whether it has three base64url parts of which the first holds an id's digits.

    Source: Discord's documentation (reference, "Authentication") shows tokens of this form.
    """
    form = TOKEN_FORM.fullmatch(token)
    if form is None:
        return False
    first = form["id"]
    try:
        decoded = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4))
    except binascii.Error:
        return False
    return decoded.isdigit()


def _database(settings: Settings, *, read: bool) -> Finding:
    """Look at the database; with `read` also whether its file is sound, which reads it whole."""
    url = settings.database.plain_url
    if obstacle := _obstacle(url):
        return Finding("database", Verdict.FAULT, obstacle)
    try:
        if read:
            asyncio.run(integrity.check(url, settings.backup.directory))
        state = migrate.state(url)
    except Corrupt as error:
        # Its words tell what to do.
        return Finding("database", Verdict.FAULT, str(error))
    except Exception as error:  # noqa: BLE001 - an outermost edge
        said = Redaction(settings.secrets()).hide(f"{type(error).__name__}: {error}")
        words = f"cannot be reached; see that it runs and that the address is right ({said})"
        return Finding("database", Verdict.FAULT, words)
    verdict, words = _schema(state, migrates=settings.database.migrate_at_start)
    return Finding("database", verdict, words)


def _backups(settings: Settings) -> Finding:
    directory, hours = settings.backup.directory, settings.backup.every_hours
    now = clock.now()
    newest = backups.newest(directory, now)
    if newest is None:
        words = f"none in {directory}; make one with `amble backup`, or set backup.every_hours"
        return Finding("backups", Verdict.WARN if hours else Verdict.OK, words)
    age = now - newest.made_at
    words = f"the newest in {directory} is {newest.path.name}, {_told(age)} old"
    if hours and age > timedelta(hours=hours) * STALE:
        words += f", and there should be one every {hours} h; see the log of the running Amble"
        return Finding("backups", Verdict.WARN, words)
    return Finding("backups", Verdict.OK, words)


def _told(age: timedelta) -> str:
    hours = max(age, timedelta(0)) // timedelta(hours=1)
    return f"{hours} h" if hours < DAYS_FROM else f"{hours // 24} days"


def _obstacle(url: str) -> str | None:
    """Say what stands in the way before the database is even asked; None if nothing does."""
    if url.startswith("postgresql"):
        if importlib.util.find_spec("asyncpg") is None:
            return "PostgreSQL needs one more package: pip install 'amble[postgres]'"
        return None
    directory = Path(urlsplit(url).path.removeprefix("/")).absolute().parent
    if not directory.is_dir():
        return f"{directory} is not a directory; make it, or set database.url"
    if not os.access(directory, os.W_OK):
        return f"{directory} cannot be written to; give this user the right, or set database.url"
    return None


def _schema(state: migrate.SchemaState, *, migrates: bool) -> tuple[Verdict, str]:
    match state:
        case migrate.SchemaState.CURRENT:
            return Verdict.OK, "reachable, tables up to date"
        case migrate.SchemaState.EMPTY:
            return Verdict.OK, "nothing in it yet; its tables are made at the first start"
        case migrate.SchemaState.OLDER if migrates:
            return Verdict.OK, "from an older Amble; brought up to date at the next start"
        case migrate.SchemaState.OLDER:
            return Verdict.FAULT, "from an older Amble; run `amble backup`, then `amble migrate`"
        case migrate.SchemaState.NEWER:
            return (
                Verdict.FAULT,
                "made by a newer Amble; install that version, or `amble restore` a backup",
            )
        case migrate.SchemaState.UNKNOWN:
            return Verdict.FAULT, "holds tables that Amble does not know; set another database.url"


def _heartbeat(settings: Settings) -> Finding:
    url = settings.database.plain_url
    if _obstacle(url):
        return Finding("heartbeat", Verdict.FAULT, "the database cannot be asked for it")
    try:
        until = _alive_until(url)
    except StorageError as error:
        return Finding("heartbeat", Verdict.FAULT, str(error))
    if until is None:
        return Finding("heartbeat", Verdict.FAULT, "there has been none; start it: amble run")
    if until < clock.now():
        words = f"the last one held until {until:%Y-%m-%d %H:%M:%S} UTC; start Amble again"
        return Finding("heartbeat", Verdict.FAULT, words)
    return Finding("heartbeat", Verdict.OK, "a running Amble wrote one just now")


def _alive_until(url: str) -> datetime | None:
    """Return until when an Amble is known to run; None where none of this version ever ran."""
    if migrate.state(url) is not migrate.SchemaState.CURRENT:
        return None
    return asyncio.run(_read_alive_until(url))


async def _read_alive_until(url: str) -> datetime | None:
    # Not by `open_database`, which would put a second writer on the running Amble's file.
    async with copying.reading(url) as conn:
        return await greenlet_spawn(downtimes.alive_until, conn)


def _fonts() -> Finding:
    names = {path.name for path in font_files(system_font_directories())}
    missing = [
        script
        for script, beginnings in SCRIPTS.items()
        if not any(name.startswith(beginnings) for name in names)
    ]
    if not missing:
        return Finding("fonts", Verdict.OK, f"all covered: {', '.join(SCRIPTS)}")
    covered = [script for script in SCRIPTS if script not in missing]
    words = (
        f"covered: {', '.join(covered) or 'nothing'}; not covered: {', '.join(missing)}. "
        "Pictures leave such names to their text; to have them, install Noto fonts (Debian: "
        "fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji)"
    )
    return Finding("fonts", Verdict.WARN, words)
