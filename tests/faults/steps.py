"""The steps between claim and record, and between a click and its answer: where to die.

``AMBLE_TEST_KILL_AT="posted.prompt:2"`` ends the process by SIGKILL as that step is reached for the
second time; ``"trace:FILE"`` kills nothing and writes down each step that is reached. The product
stays as it is: `install` wraps functions of the running process.

A step ``….KIND`` is reached for moments of one kind; its name alone means any of them.
"""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import os
import signal
from collections import Counter
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

import aiohttp

from bot.agenda.occasions import Occasions
from bot.agenda.redraws import Redraws
from bot.agenda.sender import Sender
from bot.agenda.watch import Watch
from bot.agenda.worker import Worker
from bot.domain.moment import Moment, MomentKind
from bot.services import (
    care,
    checkins,
    claims,
    direct,
    encouraging,
    nudging,
    outages,
    planning,
    prompts,
    recapping,
    settling,
)
from bot.storage import moments
from bot.ui.answering import Pending

POSTED = ("prompt", "nudge", "encourage", "nudge_dm", "encourage_dm", "care", "recap")
"""The kinds of moments that come to a message."""
SETTLING = ("settle", "week")

STEPS: tuple[str, ...] = (
    "start.taken_over",  # SQLite only
    "start.planned",
    "start.back",
    "plan.inside",
    "claim.inside",
    "claim.done",
    *(f"prepared.{kind}" for kind in POSTED),
    "channel_opened.nudge_dm",
    "channel_opened.encourage_dm",
    "channel_opened.care",
    "search.before",
    "search.done",
    *(f"{step}.{kind}" for step in ("sending", "posting", "posted") for kind in POSTED),
    *(f"record.inside.{kind}" for kind in POSTED),
    *(f"recorded.{kind}" for kind in POSTED),
    *(f"{kind}.{step}" for kind in SETTLING for step in ("before", "inside", "done")),
    "answer.inside",
    "answer.committed",
    "answer.acknowledged",
    "undo.inside",
    "undo.committed",
    "undo.acknowledged",
    "redraw.before",
    "redraw.done",
    "stop.worker",
    "stop.redraws",
    "stop.watch",
)
WHILE_STOPPING = ("stop.worker", "stop.redraws", "stop.watch")
"""Reached only by a process that was asked to stop."""

Function = Callable[..., Any]
Reach = Callable[[str], None]

_moment: contextvars.ContextVar[Moment | None] = contextvars.ContextVar("moment", default=None)
_posting = contextvars.ContextVar("posting", default=False)
_act = contextvars.ContextVar("act", default="")
_claimed: dict[int, MomentKind] = {}
"""The kinds of the moments that this process has claimed: recording knows only ids."""


def install(value: str) -> None:
    """Have this process die at a step, or write down which it reaches."""
    wanted, _, rest = value.partition(":")
    reach = _tracer(rest) if wanted == "trace" else _killer(wanted, int(rest or 1))
    _wrap_start_and_stop(reach)
    _wrap_claims(reach)
    _wrap_sending(reach)
    _wrap_recording(reach)
    _wrap_settling(reach)
    _wrap_answers(reach)


def _killer(wanted: str, times: int) -> Reach:
    counts: Counter[str] = Counter()

    def reach(step: str) -> None:
        for name in (step, step.rpartition(".")[0]):
            counts[name] += 1
        if counts[wanted] >= times:
            os.kill(os.getpid(), signal.SIGKILL)

    return reach


def _tracer(path: str) -> Reach:
    seen: set[str] = set()

    def reach(step: str) -> None:
        if step not in seen:
            seen.add(step)
            with open(path, "a", encoding="utf-8") as file:  # noqa: PTH123 - a line, at once
                file.write(f"{step}\n")

    return reach


def _wrap_start_and_stop(reach: Reach) -> None:
    _wrap(claims, "take_over", after=_reaching(reach, "start.taken_over"))
    _wrap(planning, "plan_everything", after=_reaching(reach, "start.planned"))
    # In a group's transaction: its sessions are there, their moments are not.
    _wrap(planning, "_plan_moments", before=_reaching(reach, "plan.inside"))
    _wrap(outages, "back", after=_reaching(reach, "start.back"))
    for owner, step in ((Worker, "worker"), (Redraws, "redraws"), (Watch, "watch")):
        _wrap(owner, "stop", after=_reaching(reach, f"stop.{step}"))


def _wrap_claims(reach: Reach) -> None:
    def inside(claimed: list[Moment], *_: Any) -> None:  # noqa: ANN401 - whatever is passed
        _claimed.update({moment.id: moment.kind for moment in claimed})
        if claimed:
            reach("claim.inside")

    def done(claimed: list[Moment], *_: Any) -> None:  # noqa: ANN401 - as above
        if claimed:
            reach("claim.done")

    _wrap(moments, "claim", after=inside)
    _wrap(claims, "take", after=done)
    _wrap(Occasions, "handle", before=_note_moment)


def _wrap_sending(reach: Reach) -> None:
    def prepared(found: object, *_: Any) -> None:  # noqa: ANN401 - whatever is passed
        if not isinstance(found, str):
            reach(f"prepared.{_kind()}")

    for service in (prompts, nudging, encouraging, recapping, direct, care):
        _wrap(service, "prepare", after=prepared)
    _wrap(Sender, "direct_channel", after=_reaching(reach, "channel_opened", of_kind=True))
    _wrap(
        Sender,
        "find",
        before=_reaching(reach, "search.before"),
        after=_reaching(reach, "search.done"),
    )
    _wrap(claims, "begin_sending", after=_reaching(reach, "sending", of_kind=True))
    _wrap(
        Sender,
        "post",
        before=lambda *_: _posting.set(True),
        after=lambda *_: (_posting.set(False), reach(f"posted.{_kind()}")),
    )
    _wrap_requests(reach)
    _wrap(
        Sender,
        "edit",
        before=_reaching(reach, "redraw.before"),
        after=_reaching(reach, "redraw.done"),
    )


def _wrap_requests(reach: Reach) -> None:
    """Reach `posting` once the request is on its way and its answer was not read."""
    start = aiohttp.ClientResponse.start

    async def slow_start(
        response: aiohttp.ClientResponse,
        connection: Any,  # noqa: ANN401 - aiohttp's own
    ) -> aiohttp.ClientResponse:
        if _posting.get() and response.method == "POST":
            await asyncio.sleep(0.005)
            reach(f"posting.{_kind()}")
        return await start(response, connection)

    setattr(aiohttp.ClientResponse, "start", slow_start)  # noqa: B010 - it has slots of its own type


def _wrap_recording(reach: Reach) -> None:
    def inside(_: None, *args: Any) -> None:  # noqa: ANN401 - as `moments.finish` takes them
        kind = _claimed.get(args[2])
        if kind is not None and kind.value in POSTED and args[3].value == "sent":
            reach(f"record.inside.{kind}")

    _wrap(moments, "finish", after=inside)
    for service, name in ((prompts, "posted"), (claims, "sent")):
        _wrap(service, name, after=_reaching(reach, "recorded", of_kind=True))


def _wrap_settling(reach: Reach) -> None:
    for kind, name in (("settle", "settle"), ("week", "close_week")):
        _wrap(
            settling,
            name,
            before=_reaching(reach, f"{kind}.before"),
            after=_reaching(reach, f"{kind}.done"),
        )
        _wrap(settling, f"_{name}", after=_reaching(reach, f"{kind}.inside"))


def _wrap_answers(reach: Reach) -> None:
    for act in ("answer", "undo"):
        _wrap(checkins, f"_{act}", after=_reaching(reach, f"{act}.inside"))
        _wrap(
            checkins,
            act,
            before=partial(_note_act, act),
            after=_reaching(reach, f"{act}.committed"),
        )
    for name in ("say", "put_in_place"):
        _wrap(Pending, name, after=lambda *_: reach(f"{_act.get() or 'other'}.acknowledged"))


def _reaching(reach: Reach, step: str, *, of_kind: bool = False) -> Function:
    """Return what reaches a step, whatever it is called with; of the moment's kind if wanted."""

    def reached(*_: object) -> None:
        reach(f"{step}.{_kind()}" if of_kind else step)

    return reached


def _note_moment(_: Occasions, moment: Moment) -> None:
    _moment.set(moment)


def _note_act(act: str, *_: object) -> None:
    _act.set(act)


def _kind() -> str:
    moment = _moment.get()
    return "none" if moment is None else moment.kind.value


def _wrap(
    owner: object, name: str, before: Function | None = None, after: Function | None = None
) -> None:
    """Call `before` with a function's arguments, and `after` with its result before them."""
    function: Function = getattr(owner, name)
    start, end = before or _nothing, after or _nothing

    @wraps(function)
    async def later(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - any function's
        start(*args)
        result = await function(*args, **kwargs)
        end(result, *args)
        return result

    @wraps(function)
    def at_once(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as above
        start(*args)
        result = function(*args, **kwargs)
        end(result, *args)
        return result

    setattr(owner, name, later if inspect.iscoroutinefunction(function) else at_once)


def _nothing(*_: object) -> None:
    """Nothing is to be done there."""
