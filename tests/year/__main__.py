"""Live a year, judge it, and print it as a page: ``python -m tests.year > docs/a-year.md``."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bot.storage import migrate
from tests.year.account import Year
from tests.year.almanac import YEAR
from tests.year.judge import missing, violations
from tests.year.living import Options, live
from tests.year.page import page


def main() -> int:
    """Print the page to the standard output; return how many rules were broken, 1 at most."""
    options = _options()
    year = asyncio.run(_lived(options))
    broken = [*violations(year), *(missing(year) if options.days == YEAR else [])]
    sys.stderr.writelines(f"{one}\n" for one in broken)
    sys.stdout.write(page(year))
    return 1 if broken else 0


async def _lived(options: Options) -> Year:
    with tempfile.TemporaryDirectory(prefix="amble-year-") as directory:
        url = f"sqlite:///{Path(directory) / 'amble.db'}"
        await migrate.ensure(url, migrate_at_start=True)
        days = track(range(options.days), "Days", console=Console(stderr=True), transient=True)
        passing = iter(days)
        return await live(url, options, lambda: next(passing, None))


def _options() -> Options:
    parser = argparse.ArgumentParser(prog="python -m tests.year", description=__doc__)
    given = Options()
    parser.add_argument("--days", type=int, default=given.days)
    parser.add_argument("--seed", type=int, default=given.seed)
    parser.add_argument("--restart-every", type=int, default=given.restart_every, metavar="DAYS")
    return Options(**vars(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
