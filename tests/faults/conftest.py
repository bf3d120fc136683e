"""What the tests of faults share."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.faults.nursery import Nursery


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """The process that lives of the bot are forked from, one at a time."""
    nursery = Nursery()
    asyncio.run(nursery.__aenter__())
    yield nursery
    asyncio.run(nursery.__aexit__(None, None, None))
