"""Counts the HTTP requests that discord.py makes, without a secret and without anybody's id.

Paths hold both: an interaction's token lets whoever knows it answer in Amble's name for 15
minutes. So only words known to be Discord's stay of a path, and few different labels come out.
"""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace

import aiohttp
from yarl import URL

from bot import metrics

SCOPES = ("user", "shared", "global")
"""https://docs.discord.com/developers/topics/rate-limits#header-format"""

WORDS = frozenset(
    {
        *("@me", "@original", "applications", "bot", "bulk-delete", "callback", "channels"),
        *("commands", "emojis", "gateway", "guilds", "interactions", "members", "messages"),
        *("oauth2", "permissions", "pins", "reactions", "roles", "scheduled-events", "search"),
        *("skus", "stickers", "threads", "typing", "users", "webhooks"),
    }
)
"""What of Discord's paths is kept as it is."""

HOLDERS_OF_TOKENS = ("interactions", "webhooks")
DEEPEST = 8
"""No path of Discord's has more parts; what lies deeper is not counted apart."""


def count_requests(trace: aiohttp.TraceConfig) -> None:
    """Count what `trace` is told of, which discord.py takes as `http_trace`."""
    trace.on_request_start.append(_began)
    trace.on_request_end.append(_answered)
    trace.on_request_exception.append(_failed)


def route_of(url: URL) -> str:
    """Return the template of a request's path, such as ``/channels/{id}/messages/{id}``.

    ``gateway`` is the websocket, ``elsewhere`` what is not Discord's API (its files).
    """
    if url.scheme in ("ws", "wss"):
        return "gateway"
    match url.path.split("/"):
        case ["", "api", version, *parts] if version.removeprefix("v").isdigit():
            return "".join(f"/{_part(parts, place)}" for place in range(len(parts[:DEEPEST])))
        case _:
            return "elsewhere"


def _part(parts: list[str], place: int) -> str:
    if place == 2 and parts[0] in HOLDERS_OF_TOKENS:  # noqa: PLR2004 - holder, id, token
        return "{token}"
    part = parts[place]
    if part in WORDS:
        return part
    return "{id}" if part.isdigit() else "{other}"


async def _began(
    _session: aiohttp.ClientSession,
    context: SimpleNamespace,
    _request: aiohttp.TraceRequestStartParams,
) -> None:
    context.began = time.monotonic()


async def _answered(
    _session: aiohttp.ClientSession,
    context: SimpleNamespace,
    request: aiohttp.TraceRequestEndParams,
) -> None:
    status = request.response.status
    metrics.request_ended(request.method, route_of(request.url), status, _seconds(context))
    if status == 429:  # noqa: PLR2004 - Too Many Requests
        scope = request.response.headers.get("X-RateLimit-Scope", "")
        metrics.rate_limited(scope if scope in SCOPES else "unknown")


async def _failed(
    _session: aiohttp.ClientSession,
    context: SimpleNamespace,
    request: aiohttp.TraceRequestExceptionParams,
) -> None:
    if isinstance(request.exception, asyncio.CancelledError):
        # Given up by Amble, as when it stops: says nothing about Discord.
        return
    metrics.request_ended(request.method, route_of(request.url), None, _seconds(context))


def _seconds(context: SimpleNamespace) -> float:
    began: float = context.began
    return time.monotonic() - began
