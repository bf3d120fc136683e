"""Random faults of Discord in combination: the short form of `tests.faults.storms`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.storms import weather

SEEDS = (3, 14, 15)


@pytest.mark.slow
async def test_after_a_storm_the_bot_is_connected_and_complete(
    sqlite_url: str, tmp_path: Path
) -> None:
    assert sqlite_url == f"sqlite:///{tmp_path / 'amble.db'}"
    season = await weather(SEEDS, tmp_path)
    assert [(one.seed, one.blows, one.problems) for one in season.outcomes if one.problems] == []
    assert season.problems == []
    assert [one.seed for one in season.outcomes] == list(SEEDS)
