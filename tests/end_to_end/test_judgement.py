"""A village that closes tells of what the bot must never do."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

import pytest
from simcord.types import HttpLogEntry

from tests.end_to_end.village import Village, open_village


async def log_an_error(_: Village) -> None:
    logging.getLogger("bot").error("broken")


async def ping_everyone(village: Village) -> None:
    body = {"content": "Hello", "allowed_mentions": {"parse": ["everyone"]}}
    path = f"/channels/{village.channel.id}/messages"
    village.env.backend.http_requests.append(HttpLogEntry("POST", path, {}, body, None))


async def answer_in_public(village: Village) -> None:
    await village.command(village.rosa, "help")
    village.interactions[-1].ephemeral = False


async def leave_somebody_without_an_answer(village: Village) -> None:
    await village.command(village.rosa, "help")
    village.interactions[-1].responded = False


@pytest.mark.parametrize(
    ("misdeed", "told"),
    [
        (log_an_error, "broken"),
        (ping_everyone, "parse"),
        (answer_in_public, "1 answers were public"),
        (leave_somebody_without_an_answer, "got no answer"),
    ],
)
async def test_a_misdeed_is_told_when_the_village_closes(
    sqlite_url: str, misdeed: Callable[[Village], Awaitable[None]], told: str
) -> None:
    with pytest.raises(AssertionError, match=told):
        async with open_village(sqlite_url) as village:
            await misdeed(village)


async def test_a_village_in_which_all_is_well_closes_quietly(sqlite_url: str) -> None:
    async with open_village(sqlite_url) as village:
        await village.command(village.rosa, "help")
