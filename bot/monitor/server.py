"""Serves ``/healthz``, ``/readyz`` and ``/metrics`` to whoever watches over Amble.

It begins before Discord is reached and ends after, whatever becomes of the connection between.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

from aiohttp import web
from prometheus_client.exposition import choose_encoder

from bot import metrics
from bot.config import MonitorSettings
from bot.monitor.lag import LoopLag
from bot.monitor.readiness import Check, Readiness

# Seconds that a request in hand has when Amble stops, of the ten it has for all.
GRACE = 1.0

log = logging.getLogger(__name__)


class NotServed(Exception):
    """The monitor cannot listen where it should; `str(error)` is a sentence for the operator."""


@asynccontextmanager
async def serve(settings: MonitorSettings, checks: Mapping[str, Check]) -> AsyncGenerator[None]:
    """Serve while inside, and watch the event loop's lag (that also with port 0: not serving).

    `/readyz` asks each of `checks` and names those that are not ready. Raises NotServed.
    """
    lag, readiness = LoopLag(), Readiness(checks)
    async with AsyncExitStack() as stack:
        watching = asyncio.create_task(lag.watch(), name="loop-lag")
        stack.push_async_callback(_end, watching)
        if settings.port:
            stack.push_async_callback((await _listen(settings, Pages(lag, readiness))).cleanup)
        # Before the server, which waits for the answers in hand.
        stack.push_async_callback(readiness.close)
        yield


class Pages:
    """What is answered to whom asks."""

    def __init__(self, lag: LoopLag, readiness: Readiness) -> None:
        """Show what `lag` and `readiness` know."""
        self._lag = lag
        self._readiness = readiness

    def app(self) -> web.Application:
        """Return the pages under their addresses."""
        app = web.Application()
        app.router.add_get("/healthz", self.health)
        app.router.add_get("/readyz", self.readiness)
        app.router.add_get("/metrics", self.metrics)
        return app

    async def health(self, _request: web.Request) -> web.Response:
        """200 while the event loop keeps up; one that hangs does not get here at all."""
        if self._lag.is_lasting:
            return web.Response(status=503, text="the event loop cannot keep up\n")
        return web.Response(text="ok\n")

    async def readiness(self, _request: web.Request) -> web.Response:
        """200 where every part is ready, else 503; what each part says as JSON."""
        reasons = await self._readiness.ask()
        ready = not any(reasons.values())
        parts = {name: reason or "ready" for name, reason in reasons.items()}
        return web.json_response({"ready": ready, "parts": parts}, status=200 if ready else 503)

    async def metrics(self, request: web.Request) -> web.Response:
        """Return every figure in the format that the reader asks for."""
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return web.Response(body=encode(metrics.registry), headers={"Content-Type": content_type})


async def _listen(settings: MonitorSettings, pages: Pages) -> web.AppRunner:
    runner = web.AppRunner(pages.app(), access_log=None, shutdown_timeout=GRACE)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
    except (OSError, UnicodeError) as error:
        await runner.cleanup()
        raise NotServed(_why(settings, error)) from error
    log.info("health and metrics are served on %s port %d", settings.host, settings.port)
    return runner


def _why(settings: MonitorSettings, error: OSError | UnicodeError) -> str:
    where = f"{settings.host} port {settings.port}"
    code = error.errno if isinstance(error, OSError) else None
    if code == errno.EADDRINUSE:
        return (
            f"Another program listens on {where} already, perhaps another Amble."
            " Set another port in [monitor] (AMBLE_MONITOR_PORT), or 0 for none."
        )
    if code == errno.EACCES:
        return f"Amble may not listen on {where}. Set a port above 1023 in [monitor]."
    reason = os.strerror(code) if code is not None and code > 0 else "no such address"
    return f"Amble cannot listen on {where} ({reason}). Set host in [monitor] to 127.0.0.1."


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})
