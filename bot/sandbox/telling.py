"""The demo's transcript: what each day brought, in a few short lines."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape

from bot.domain.checkin import SessionState
from bot.domain.moment import MomentKind
from bot.domain.schedule import SUNDAY
from bot.sandbox.messages import Message
from bot.sandbox.reading import Gathering, Reader, Recap

_BOARD_LINES = 5
_SIX_DAYS = timedelta(days=6)
_INDENT = " " * 12
_KEPT = ("done", "partly")
_OTHERWISE = {
    "rest": "rested",
    "sore": "had a sore back",
    "missed": "missed it",
    "excused": "excused",
}


class Teller:
    """Prints a day once all of it has happened, which is the morning after."""

    def __init__(self, console: Console, reader: Reader, zone: ZoneInfo) -> None:
        self._console = console
        self._reader = reader
        self._zone = zone

    async def tell(self, on: date) -> None:
        """Tell a day that is over, and after a Sunday how the streaks stand."""
        first, *others = await self._lines(on) or ["[dim]no walk[/]"]
        self._print(f"[bold]{on:%a} {on.day:2} {on:%b}[/]  {first}")
        for line in others:
            self._print(_INDENT + line)
        if on.weekday() == SUNDAY:
            self._print(_INDENT + await self._board())

    async def _lines(self, on: date) -> list[str]:
        walks = await self._reader.gatherings(on)
        nudges = await self._reader.messages(MomentKind.NUDGE)
        encouragements = await self._reader.messages(MomentKind.ENCOURAGE)
        recaps = await self._reader.recaps()
        direct = [(to, one) for to, one in await self._reader.direct_messages() if one.on == on]
        told = [(one.posted_at, self._nudge(one)) for one in nudges if one.on == on]
        told += [(one.posted_at, self._words(one)) for one in encouragements if one.on == on]
        told += [(one.posted_at, self._direct(to, one)) for to, one in direct]
        for one in recaps:
            if one.message.on + _SIX_DAYS == on:
                told += self._week(one)
        return [*(self._walk(walk) for walk in walks), *(line for _, line in sorted(told))]

    def _walk(self, walk: Gathering) -> str:
        at = f"{self._clock(walk.session.starts_at)} walk"
        if walk.session.state is SessionState.CALLED_OFF:
            return f"{at} called off"
        came = [name for name, outcome in walk.at_settlement.items() if outcome in _KEPT]
        names = f" ({_listed(came)})" if came else ""
        return " · ".join((f"{at}: [green]{len(came)} came[/]{names}", *_others(walk)))

    def _nudge(self, nudge: Message) -> str:
        whom = f", pinging {_listed(nudge.pinged)}" if nudge.pinged else ""
        return f"[blue]{self._clock(nudge.posted_at)} nudge[/]{whom}"

    def _words(self, one: Message) -> str:
        naming = f" [dim](naming {_listed(one.named)})[/]" if one.named else ""
        return f"[magenta]{self._clock(one.posted_at)} {one.kind}[/] {_quoted(one)}{naming}"

    def _week(self, recap: Recap) -> Iterator[tuple[datetime, str]]:
        """Return a recap's words, and those of the encouragement that stands in it."""
        at = recap.message.posted_at
        yield at, f"[green]{self._clock(at)} recap[/] {_quoted(recap.message)}"
        along = recap.encouragement
        if along is not None:
            yield at, f"[magenta]{self._clock(at)} with it: {along.kind}[/] {_quoted(along, 0)}"

    def _direct(self, to: str, one: Message) -> str:
        return f"[dim]{self._clock(one.posted_at)} to {escape(to)}: {_quoted(one)}[/]"

    async def _board(self) -> str:
        board = await self._reader.board()
        ranks = [f"{rank.rank}. {rank.name} ({rank.value})" for rank in board.ranks[:_BOARD_LINES]]
        total = f"all together {board.total_kept} walks, {board.total_minutes} minutes"
        return f"[yellow]In a row:[/] {_listed(ranks) or 'nobody yet'}; {total}"

    def _clock(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%H:%M}"

    def _print(self, line: str) -> None:
        self._console.print(line, soft_wrap=True, highlight=False)


def _others(walk: Gathering) -> Iterator[str]:
    outcomes = list(walk.at_settlement.values())
    for outcome, words in _OTHERWISE.items():
        if count := outcomes.count(outcome):
            yield f"{count} {words}"


def _listed(names: list[str] | tuple[str, ...]) -> str:
    return escape(", ".join(names))


def _quoted(one: Message, line: int = 1) -> str:
    """Return what was said, below the line that names the group."""
    return f"“{escape(one.text.splitlines()[line])}”"
