"""`amble sandbox`: a page in the browser, on a server where a group has lived for two weeks."""

import asyncio
import signal
import socket
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import Context
from datetime import date, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from simcord import MemberActor, Preview

from bot.domain.schedule import instant_of, midnight_of
from bot.domain.shards import Shards
from bot.sandbox.driver import Clock, Wishes, fulfil
from bot.sandbox.life import Life, beginning
from bot.sandbox.schedule import DAY
from bot.sandbox.stage import Stage
from bot.sandbox.time_cog import TimeCog
from bot.sandbox.world import World
from bot.services import claims
from bot.storage.database import Database
from bot.ui.pictures.fonts import (
    font_files_for_pictures,
    simcord_font_directories,
    system_font_directories,
)
from bot.ui.pictures.store import Pictures

_LOOPBACK = "127.0.0.1"
_ZONE = ZoneInfo("Europe/Berlin")
_FIRST_DAY = date(2026, 3, 2)
_DAYS = 14
# A Monday: the board of Sunday evening and the new prompt stand last in the channel, and the
# first have answered.
_OPENS_AT = time(9, 20)
_TO_TRY = """
You are "You", who may manage the server. The others go on by themselves as the clock moves.
  1. Type /group join (Enter picks it, the arrow sends it), then answer today's walk.
  2. Type /me, /leaderboard or /help; look as Rosa, who organises, or as a member.
  3. Type /time next to move the clock to what comes next, or /time tomorrow, or /time week.
Ctrl-C ends it; nothing is kept."""


def serve(port: int | None, seed: int) -> int:
    """Serve the page until Ctrl-C or SIGTERM; return the exit code.

    `port` None takes a free one. `seed` decides on the members' days.
    """
    console = Console(highlight=False)
    if port is not None and (fault := _fault_of(port)):
        console.print(f"The page cannot be served on port {port}: {fault}.")
        return 1
    asyncio.run(_serve(port, seed, console))
    return 0


async def show(
    world: World,
    *,
    viewers: Sequence[MemberActor],
    wishes: Wishes,
    clock: Clock,
    zone: str,
    port: int | None,
    announce: Callable[[str], None],
) -> None:
    """Show the world's channel until the page is closed or the process is asked to end.

    The page looks through the eyes of the first of `viewers` and can change to the others. Dates
    stand in `zone`; `port` None takes a free one. `announce` gets the page's address, which holds
    the key to it, once it can be opened.
    """
    preview = world.env.preview(
        world.channel, viewers=viewers, layout="channel", timezone=zone, port=port
    )
    turn = asyncio.Lock()
    let_actions_wait(preview, turn)
    async with _asked_to_end() as asked, preview:
        announce(preview.url)
        await _first(
            asked.wait(),
            preview.wait_closed(),
            fulfil(wishes, clock, turn=turn, show=preview.refresh),
        )


def let_actions_wait(preview: Preview, turn: asyncio.Lock) -> None:
    """Have each action of the page wait for `turn`, and hold it.

    SimCord refuses an action while the clock moves, and the page takes that refusal for a lost
    answer: from then on its buttons are dead until it is loaded anew.
    """
    act = preview._action  # pyright: ignore[reportPrivateUsage] - there is no public way in

    async def act_in_turn(context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        async with turn:
            return await act(context_id, body)

    preview._action = act_in_turn  # pyright: ignore[reportPrivateUsage] - as above


async def _serve(port: int | None, seed: int, console: Console) -> None:
    wishes = Wishes()
    fonts = (*system_font_directories(), *simcord_font_directories())
    opening = partial(Stage.open, beginning(_FIRST_DAY, _ZONE), partial(_time_cog, wishes))
    async with (
        Pictures.with_fonts(font_files_for_pictures(fonts)) as pictures,
        opening(pictures=pictures) as stage,
    ):
        life = Life(stage, zone=_ZONE, start=_FIRST_DAY, seed=seed)
        await _live_two_weeks(life, console)
        await show(
            stage.world,
            viewers=[stage.world.you, *life.people],
            wishes=wishes,
            clock=life,
            zone=_ZONE.key,
            port=port,
            announce=lambda url: console.print(f"\nOpen [bold]{url}[/]\n{_TO_TRY}", soft_wrap=True),
        )
    console.print("The sandbox is closed.")


def _fault_of(port: int) -> str | None:
    """Say why a port cannot be had, before two weeks are lived for it."""
    try:
        socket.create_server((_LOOPBACK, port)).close()
    except OSError as error:
        return error.strerror
    return None


def _time_cog(wishes: Wishes, db: Database) -> TimeCog:
    return TimeCog(wishes, lambda: claims.next_due_at(db, Shards.of(1)))


async def _live_two_weeks(life: Life, console: Console) -> None:
    with console.status("A group founds itself ...") as status:
        await life.found()
        for number in range(1, _DAYS + 1):
            status.update(f"A group lives through its first two weeks: day {number} of {_DAYS} ...")
            await life.move_to(midnight_of(_FIRST_DAY + number * DAY, _ZONE))
        await life.move_to(instant_of(_FIRST_DAY + timedelta(days=_DAYS), _OPENS_AT, _ZONE))


@asynccontextmanager
async def _asked_to_end() -> AsyncGenerator[asyncio.Event]:
    """Give an event that Ctrl-C and SIGTERM set, instead of breaking off what is under way."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked.set)
    try:
        yield asked
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


async def _first(*waits: Coroutine[None, None, object]) -> None:
    """Wait for the first to end, cancel the others, and raise what it raised."""
    # An empty context: SimCord knows by a context variable what belongs to the bot.
    tasks = [asyncio.create_task(wait, context=Context()) for wait in waits]
    done, left = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    for task in done:
        task.result()
