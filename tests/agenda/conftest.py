from collections.abc import Iterator

import pytest
import time_machine

from tests.agenda.fake_discord import FakeDiscord, Hands
from tests.services.town import MONDAY, wall


@pytest.fixture
def hands() -> Iterator[Hands]:
    """A clock that stands still, early on a Monday, until it is moved."""
    with time_machine.travel(wall(MONDAY, "05:00"), tick=False) as traveller:
        yield Hands(traveller)


@pytest.fixture
def discord() -> FakeDiscord:
    return FakeDiscord()
