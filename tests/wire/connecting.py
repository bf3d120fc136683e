"""A connector that leads every name to the wire's Discord, and nowhere else."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from typing_extensions import override

from tests.wire.doors import LOOPBACK


@dataclass(frozen=True, slots=True)
class Way:
    """Where the two doors are, whom to trust (PEM), and from which address to come."""

    rest_port: int
    gateway_port: int
    authority: str
    origin: str | None = None

    def connector(self) -> aiohttp.TCPConnector:
        """Make a connector; needs a running event loop, as discord.py's own does."""
        context = ssl.create_default_context(cadata=self.authority)
        return aiohttp.TCPConnector(
            limit=0,
            resolver=_Resolver(self),
            ssl=context,
            use_dns_cache=False,
            local_addr=None if self.origin is None else (self.origin, 0),
        )


class _Resolver(AbstractResolver):
    def __init__(self, way: Way) -> None:
        self._way = way

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        gateway = host.startswith("gateway")
        return [
            ResolveResult(
                hostname=host,
                host=LOOPBACK,
                port=self._way.gateway_port if gateway else self._way.rest_port,
                family=socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    @override
    async def close(self) -> None:
        pass
