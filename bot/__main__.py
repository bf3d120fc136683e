"""The command line: what ``amble`` can be asked to do, from ``run`` to ``audit``.

Exit codes: 0 all is well, 1 a fault was found, 2 the command was used wrongly. Each command
imports what it needs itself, so that ``amble --help`` answers at once.
"""

import asyncio
import importlib.metadata
import importlib.util
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from bot.checkup import Finding
    from bot.config import Settings
    from bot.services.auditing import Difference

SANDBOX_PACKAGES = ("simcord", "time_machine")
# SimCord's clock cannot stand before this day.
FIRST_DEMO_DAY = date(2026, 1, 1)
LONGEST_DEMO = 366

app = typer.Typer(
    name="amble",
    help="A Discord bot for walking-buddy groups.",
    no_args_is_help=True,
    add_completion=False,
    # Typer's own tracebacks show local variables, and so would show secrets.
    pretty_exceptions_enable=False,
)


@dataclass(frozen=True, slots=True)
class Globals:
    """What was given before the command's name."""

    config: Path | None


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer hands the flag over like this
    if wanted:
        typer.echo(f"amble {importlib.metadata.version('amble')}")
        raise typer.Exit


@app.callback()
def before(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(help="The TOML file to read (else AMBLE_CONFIG, amble.toml, config.toml)."),
    ] = None,
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Keep what holds for every command."""
    context.obj = Globals(config)


@app.command()
def run(context: typer.Context) -> None:
    """Run the bot: connect to Discord and stay."""
    settings = _settings(context)
    if settings.discord.token is None:
        _stop(
            "There is no Discord token. Put it into a file and name that in "
            "AMBLE_DISCORD_TOKEN_FILE, or try Amble without one: amble sandbox"
        )
    from bot import app as amble
    from bot import logs

    logs.set_up(settings.log, settings.secrets())
    with _storage_faults_told():
        amble.run(settings)


@app.command()
def sandbox(
    context: typer.Context,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Where the page is served.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Other seeds, other members.")] = 1,
) -> None:
    """Try Amble without Discord: a simulated server on a page in the browser."""
    _need_sandbox(context)
    from bot.sandbox import page

    raise typer.Exit(page.serve(port, seed))


@app.command()
def demo(  # noqa: PLR0913 - a command's options are its parameters
    context: typer.Context,
    *,
    days: Annotated[int, typer.Option(min=1, max=LONGEST_DEMO, help="How many days pass.")] = 28,
    seed: Annotated[int, typer.Option(help="Other seeds, other members.")] = 1,
    zone: Annotated[str, typer.Option(help="The group's time zone.")] = "Europe/Berlin",
    start: Annotated[str, typer.Option(help="The first day, YYYY-MM-DD.")] = "2026-03-02",
    json: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write an account of everything here.")
    ] = None,
    pictures: Annotated[
        Path | None, typer.Option(file_okay=False, help="Write boards and cards here, as PNG.")
    ] = None,
    database: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Keep the SQLite database here.")
    ] = None,
) -> None:
    """Let a walking group live through four weeks in seconds."""
    first, place = _first_day(start), _zone(zone)
    for option, file in (("--json", json), ("--database", database)):
        if file is not None and not file.absolute().parent.is_dir():
            raise typer.BadParameter(f"there is no directory {file.parent}", param_hint=option)
    _need_sandbox(context)
    from bot.sandbox import demo as month
    from bot.sandbox.options import DemoOptions

    options = DemoOptions(
        days=days,
        seed=seed,
        zone=place,
        start=first,
        json=json,
        pictures=pictures,
        database=database,
    )
    raise typer.Exit(month.run(options))


@app.command()
def check(
    context: typer.Context,
    *,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say only what is wrong.")] = False,
    alive: Annotated[
        bool, typer.Option("--alive", help="Ask as well whether a running Amble is at work.")
    ] = False,
) -> None:
    """See whether configuration, database, fonts and token would do, without Discord."""
    from bot import checkup

    findings = checkup.examine(_config_path(context), alive=alive)
    faults = [each for each in findings if each.verdict is checkup.Verdict.FAULT]
    if quiet:
        for fault in faults:
            typer.echo(f"{fault.what}: {fault.words}", err=True)
    else:
        _print_findings(findings)
    raise typer.Exit(1 if faults else 0)


@app.command()
def migrate(context: typer.Context) -> None:
    """Bring the database's tables up to date."""
    settings = _settings(context)
    from bot.storage import migrate as migrations

    with _storage_faults_told():
        before_it, after_it = migrations.upgrade(settings.database.plain_url)
    if before_it == after_it:
        typer.echo(f"Nothing to do: the database stands at {after_it}.")
    else:
        typer.echo(f"The database went from {before_it or 'empty'} to {after_it}.")


@app.command()
def backup(
    context: typer.Context,
    to: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="Where to put it (else [backup] directory)."),
    ] = None,
    keep: Annotated[
        int | None,
        typer.Option(min=1, help="How many backups to keep there (else [backup] keep)."),
    ] = None,
) -> None:
    """Copy the database into one checked file, while Amble runs or not."""
    settings = _settings(context)
    from bot import backup_commands

    directory = to or settings.backup.directory
    with _storage_faults_told():
        asyncio.run(backup_commands.back_up(settings, directory, keep or settings.backup.keep))


@app.command()
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A backup.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a backup in place of the database, which is kept."""
    settings = _settings(context)
    from bot import backup_commands

    with _storage_faults_told():
        asyncio.run(backup_commands.restore(settings, file, sure=yes))


@app.command()
def audit(context: typer.Context) -> None:
    """Fold every streak anew and compare it with what is stored."""
    url = _settings(context).database.plain_url
    with _storage_faults_told():
        _need_current(url)
        differences = asyncio.run(_differences(url))
    for each in differences:
        typer.echo(
            f"{each.group_name}, member {each.member}: {each.field} "
            f"is stored as {each.stored}, folds to {each.folded}"
        )
    typer.echo(f"{len(differences)} difference{'' if len(differences) == 1 else 's'}")
    raise typer.Exit(1 if differences else 0)


def _need_current(url: str) -> None:
    from bot.storage.migrate import SchemaState, state

    found = state(url)
    if found is not SchemaState.CURRENT:
        _stop(f"The database is {found}, not at this Amble's version; see: amble check")


async def _differences(url: str) -> "list[Difference]":
    from bot.services import auditing
    from bot.storage.database import open_database

    async with await open_database(url) as database:
        return await auditing.audit(database)


@contextmanager
def _storage_faults_told() -> Generator[None]:
    """End with the sentence of a StorageError (which holds no secret) in place of its traceback."""
    from bot.storage.errors import StorageError

    try:
        yield
    except StorageError as error:
        _stop(str(error))


def _config_path(context: typer.Context) -> Path | None:
    given = context.obj
    return given.config if isinstance(given, Globals) else None


def _settings(context: typer.Context) -> "Settings":
    from bot.config import ConfigError, load

    try:
        return load(_config_path(context))
    except ConfigError as error:
        count = len(error.faults)
        _stop(f"The configuration has {count} fault{'' if count == 1 else 's'}:\n{error}")


def _stop(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(1)


def _need_sandbox(context: typer.Context) -> None:
    """Refuse where the simulated Discord is not installed, or a real token is in reach."""
    if any(importlib.util.find_spec(package) is None for package in SANDBOX_PACKAGES):
        _stop(
            "The sandbox needs packages that are not installed: "
            "pip install 'amble[sandbox]' (in a checkout: make setup)"
        )
    from bot.config import token_in_reach

    if place := token_in_reach(_config_path(context)):
        _stop(
            f"The sandbox never starts with a real token in reach, and there is one in {place}. "
            "Take it away for this run, or work in another directory."
        )


def _first_day(text: str) -> date:
    try:
        first = date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is not a date like 2026-03-02", param_hint="--start"
        ) from None
    if first < FIRST_DEMO_DAY:
        raise typer.BadParameter(
            f"the demo begins on {FIRST_DEMO_DAY} or later, not on {first}", param_hint="--start"
        )
    return first


def _zone(text: str) -> str:
    from bot.domain.errors import Refused
    from bot.domain.zones import zone_named

    try:
        return zone_named(text).key
    except Refused as refusal:
        suggestion = refusal.values.get("suggestion")
        hint = f"; did you mean {suggestion}?" if suggestion else ", such as Europe/Berlin"
        raise typer.BadParameter(
            f"{text!r} is not a time zone named by its place{hint}", param_hint="--zone"
        ) from None


def _print_findings(findings: "list[Finding]") -> None:
    from rich.console import Console
    from rich.table import Table

    colours = {"ok": "green", "warn": "yellow", "fault": "red"}
    table = Table("What", "", "In words", box=None)
    for each in findings:
        table.add_row(each.what, f"[{colours[each.verdict]}]{each.verdict}[/]", each.words)
    Console().print(table)


def main() -> None:
    """Run the command line; the entry point of the ``amble`` script."""
    app()


if __name__ == "__main__":
    main()
