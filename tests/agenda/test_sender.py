"""What Discord's refusals mean: for good only where it says so with a code of its own."""

from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot.agenda.sender import Failure, _why

KINDS = {403: discord.Forbidden, 404: discord.NotFound, 503: discord.DiscordServerError}
PAGE = "<html><title>Attention Required!</title></html>"


def refused(status: int, code: int | None) -> discord.HTTPException:
    """Return what discord.py raises; without a code for a page of who stands before Discord."""
    answer = cast("Any", SimpleNamespace(status=status, reason="no"))
    told = PAGE if code is None else {"code": code, "message": "no"}
    return KINDS.get(status, discord.HTTPException)(answer, told)


@pytest.mark.parametrize(
    ("status", "code", "failure"),
    [
        (404, 10003, Failure.GONE),
        (404, 10004, Failure.GONE),
        (404, 10008, Failure.GONE),
        (403, 50001, Failure.FORBIDDEN),
        (403, 50013, Failure.FORBIDDEN),
        (403, 50007, Failure.CLOSED),
        (404, 10013, Failure.CLOSED),
        (400, 50035, Failure.REJECTED),
        (400, 50083, Failure.REJECTED),
        (403, 160005, Failure.REJECTED),
        (429, 30046, Failure.TOO_OFTEN),
        (400, 40003, Failure.HELD_BACK),
        (403, 20026, Failure.HELD_BACK),
        (429, 0, Failure.UNAVAILABLE),
        (503, 0, Failure.UNAVAILABLE),
    ],
)
def test_a_code_of_discords_says_why(status: int, code: int, failure: Failure) -> None:
    assert _why(refused(status, code)) is failure


@pytest.mark.parametrize("status", [403, 404])
@pytest.mark.parametrize("code", [None, 0, 40333])
def test_a_page_of_who_stands_before_discord_is_an_outage(status: int, code: int | None) -> None:
    assert _why(refused(status, code)) is Failure.UNAVAILABLE


def test_a_discord_that_is_not_reached_is_an_outage() -> None:
    assert _why(TimeoutError()) is Failure.UNAVAILABLE
