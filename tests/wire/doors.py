"""Where connections come in: a listening socket that can be shut, or resets who comes."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import Coroutine
from typing import Any, cast
from weakref import WeakSet

from aiohttp import web

LOOPBACK = "127.0.0.1"


class Door:
    """One port; who gets in speaks TLS with `server`."""

    def __init__(self, server: web.Server, context: ssl.SSLContext) -> None:
        self._server = server
        self._context = context
        self._listener: socket.socket | None = None
        self._accepting: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._inside: WeakSet[asyncio.BaseTransport] = WeakSet()
        self._refusing = 0
        self.port = 0
        self.refused = 0
        self.arrivals = 0

    def open(self) -> None:
        """Listen, at the same port as before if there was one."""
        if self._listener is not None:
            return
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, self.port))
        listener.listen(1024)
        listener.setblocking(False)
        self._listener, self.port = listener, cast("int", listener.getsockname()[1])
        self._accepting = self._do(self._accept(listener))

    def shut(self) -> None:
        """Listen no more: connections are refused. Those inside stay."""
        if self._listener is not None and self._accepting is not None:
            # First the reader: the number of a closed socket may be another's a moment later.
            asyncio.get_running_loop().remove_reader(self._listener)
            self._accepting.cancel()
            self._listener.close()
            self._listener = None

    def refuse(self, times: int) -> None:
        """Reset so many of the connections that come next."""
        self._refusing += times

    def cut(self) -> int:
        """Break every open connection off; return how many."""
        inside = [one for one in self._inside if not one.is_closing()]
        for transport in inside:
            cast("asyncio.Transport", transport).abort()
        return len(inside)

    async def close(self) -> None:
        """Shut, and break everything off."""
        self.shut()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.cut()

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            arrived, _ = await loop.sock_accept(listener)
            self.arrivals += 1
            if self._refusing > 0:
                self._refusing -= 1
                self.refused += 1
                _reset(arrived)
            else:
                self._do(self._let_in(arrived))

    async def _let_in(self, arrived: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        try:
            transport, _ = await loop.connect_accepted_socket(
                self._server, arrived, ssl=self._context
            )
        except (OSError, ssl.SSLError, asyncio.CancelledError):
            # Who was killed in the middle of the handshake; or the test is over.
            arrived.close()
        else:
            self._inside.add(transport)

    def _do(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _reset(arrived: socket.socket) -> None:
    # Without lingering, closing sends RST instead of FIN.
    arrived.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    arrived.close()
