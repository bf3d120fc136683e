"""A name has something to see in it."""

import pytest

from bot.domain.naming import can_be_seen


@pytest.mark.parametrize("name", ["Early birds", "朝", "7", "☀", "é", "!"])
def test_what_is_drawn_can_be_seen(name: str) -> None:
    assert can_be_seen(name)


@pytest.mark.parametrize("name", ["", " ", "\u200b", "\u2800", "\u3164", "\u202e", "\u0301", "\n"])
def test_what_is_drawn_as_nothing_cannot(name: str) -> None:
    assert not can_be_seen(name)
