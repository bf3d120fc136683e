"""No answer is lost: events that come twice, a database that is locked, answers that come late."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any

import pytest
from simcord import InteractionResult, MemberActor
from simcord import interactions as simcord_interactions
from simcord._runtime import _BOT_SCOPE
from simcord.actors import _visible_message
from simcord.backend import serializers
from simcord.enums import InteractionType
from sqlalchemy import Connection, Table, func, select

from bot.storage.database import parse_url
from bot.storage.tables import answer_history, memberships
from bot.ui.answering import Pending
from tests.end_to_end.cards import Message, custom_ids_of, said
from tests.end_to_end.village import Village, open_village

IN_TIME = 3.0
"""Seconds that Discord waits for an acknowledgement."""


@pytest.fixture
async def hasty(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Village]:
    """A village on SQLite with Monday's prompt posted, where an answer is due in real seconds.

    SimCord lets no timer of the bot ring while the bot waits for a thread, as it does here for the
    database; so this timer, and no other, is kept from it.
    """
    begin = Pending.begin

    def begin_outside(pending: Pending) -> None:
        context = copy_context()
        context.run(_BOT_SCOPE.set, None)
        context.run(begin, pending)

    monkeypatch.setattr(Pending, "begin", begin_outside)
    async with open_village(sqlite_url) as village:
        await village.set_up()
        await village.create()
        await village.plan()
        await village.until("2026-03-02", "07:30")
        yield village


@contextmanager
def locked(url: str) -> Generator[Callable[[], None]]:
    """Hold the lock of the database as another process would; gives what lets it go earlier."""
    path = parse_url(url).database
    assert path is not None
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield other.close
    finally:
        other.close()


async def test_a_click_that_comes_twice_is_one_answer_and_one_change(hasty: Village) -> None:
    ada = await hasty.member("Ada")
    result = press(hasty, ada, times=3)
    await hasty.eventually(lambda: result.response is not None)
    await hasty.env.settle()
    assert "1 session in a row" in said(result)
    assert result.followups == []
    assert len(hasty.requests("POST", f"/{result._interaction.token}/callback")) == 1
    assert await hasty.db.read(count, answer_history) == 1


async def test_a_command_that_comes_twice_runs_once(hasty: Village) -> None:
    record, payload = event(
        hasty, hasty.rosa, InteractionType.APPLICATION_COMMAND, creation("Night owls")
    )
    for _ in range(2):
        hasty.env.backend.emit("INTERACTION_CREATE", payload)
    result = InteractionResult(hasty.env, record)
    await hasty.eventually(lambda: result.response is not None)
    await hasty.env.settle()
    assert "Night owls" in said(result)
    assert len(hasty.requests("POST", f"/{record.token}/callback")) == 1


async def test_a_locked_database_is_announced_in_time_and_answered_when_it_is_free(
    hasty: Village, sqlite_url: str
) -> None:
    ada = await hasty.member("Ada")
    with locked(sqlite_url) as let_go:
        pressed = time.perf_counter()
        result = press(hasty, ada)
        await until(lambda: result.acknowledged)
        assert time.perf_counter() - pressed < IN_TIME
        assert result.deferred
        assert result.ephemeral
        let_go()
        await until(lambda: not result.deferred)
    assert "1 session in a row" in said(result)
    assert await hasty.db.read(count, answer_history) == 1


async def test_a_database_that_stays_locked_is_said_kindly_and_nothing_is_saved(
    hasty: Village, sqlite_url: str
) -> None:
    ada = await hasty.member("Ada")
    with locked(sqlite_url):
        pressed = time.perf_counter()
        result = press(hasty, ada)
        await until(lambda: result.acknowledged)
        assert time.perf_counter() - pressed < IN_TIME
        await until(lambda: not result.deferred)
    assert "not saved. Try again in a minute" in said(result)
    assert result.ephemeral
    assert await hasty.db.read(count, answer_history) == 0
    assert "1 session in a row" in await hasty.answer(ada)


async def test_a_form_sent_into_a_locked_database_can_be_sent_again(
    hasty: Village, sqlite_url: str
) -> None:
    bo = hasty.newcomer("Bo")
    with locked(sqlite_url):
        shown = await bo.slash(hasty.channel, "group join")
        refused = await hasty.send_form(bo, shown)
    assert "not saved. Try again in a minute" in said(refused)
    assert await hasty.db.read(count, memberships) == 0
    await hasty.join(bo)
    assert await hasty.db.read(count, memberships) == 1


async def test_walks_every_other_week_that_are_added_again_are_there_once(hasty: Village) -> None:
    assert "already" not in await hasty.plan("sat", "10:00", every_weeks=2)
    assert "is in the schedule already" in await hasty.plan("sat", "10:00", every_weeks=2)


async def test_the_weeks_in_between_can_have_walks_of_their_own(hasty: Village) -> None:
    await hasty.plan("sat", "10:00", every_weeks=2)
    added = await hasty.plan("sat", "10:00", every_weeks=2, first="2026-03-09")
    assert "already" not in added


async def until(met: Callable[[], bool]) -> None:
    """Wait in real time: SimCord would wait for the database before it looked again."""
    async with asyncio.timeout(20):
        while not met():  # noqa: ASYNC110 - what SimCord notes sets no event
            await asyncio.sleep(0.01)


def press(village: Village, who: MemberActor, *, times: int = 1) -> InteractionResult:
    """Have one click on Done delivered so often, without waiting for its answer."""
    prompt = village.prompt()
    done = next(one for one in custom_ids_of(prompt) if one.endswith(":done"))
    data = {"custom_id": done, "component_type": 2}
    record, payload = event(village, who, InteractionType.MESSAGE_COMPONENT, data, prompt)
    for _ in range(times):
        village.env.backend.emit("INTERACTION_CREATE", payload)
    return InteractionResult(village.env, record)


def event(
    village: Village,
    who: MemberActor,
    kind: InteractionType,
    data: dict[str, Any],
    message: Message | None = None,
) -> tuple[Any, dict[str, Any]]:
    """What Discord notes of an interaction, and the event it sends."""
    env = village.env
    record, payload = simcord_interactions.base_payload(
        env.backend,
        type=kind,
        channel_id=village.channel.id,
        guild_id=village.world.guild.id,
        user_id=who.id,
        data=data,
    )
    if message is not None:
        stored = _visible_message(who, message)
        payload["message"] = dict(serializers.message_payload(env.backend, stored))
        record.source_message_id = stored.id
    env._notify_dispatch_observers(record)
    return record, payload


def creation(name: str) -> dict[str, Any]:
    """The command `/group create`, as Discord sends it."""
    option = {"type": 3, "name": "name", "value": name}
    return {
        "id": "1",
        "name": "group",
        "type": 1,
        "options": [{"type": 1, "name": "create", "options": [option]}],
    }


def count(conn: Connection, table: Table) -> int:
    return conn.execute(select(func.count()).select_from(table)).scalar_one()
