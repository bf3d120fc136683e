"""The real bot, run as ``python -m tests.wire.bot_process PLAN.json`` by `BotProcess`.

Nothing of the bot is changed but the way to Discord, and where a test asks for it the day.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot import app, logs
from bot.config import load
from tests.wire.connecting import Way

KILL_AT = "AMBLE_TEST_KILL_AT"
HASTE = "AMBLE_TEST_HASTE"


def main(path: Path) -> None:
    """Run the bot as the plan at `path` says."""
    plan = json.loads(path.read_text(encoding="utf-8"))
    if wanted := os.environ.pop(KILL_AT, None):
        importlib.import_module("tests.faults.steps").install(wanted)
    if haste := os.environ.pop(HASTE, None):
        importlib.import_module("tests.faults.storms_haste").install(haste)
    if plan["clock_offset"]:
        import time_machine  # noqa: PLC0415 - it patches the clock as soon as it is there

        moved = datetime.now(UTC) + timedelta(seconds=plan["clock_offset"])
        time_machine.travel(moved, tick=True).start()
    settings = load(Path(plan["settings"]))
    # The tests' PostgreSQL listens at a socket in a directory, which no operator's address names.
    database = settings.database.model_copy(update={"url": SecretStr(plan["database_url"])})
    settings = settings.model_copy(update={"database": database})
    logs.set_up(settings.log, settings.secrets())
    app.run(settings, connector=Way(**plan["way"]).connector)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
