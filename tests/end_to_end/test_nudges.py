"""The same-day nudge: for those who have not answered, once a day, outside quiet hours."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.end_to_end.cards import labels_of, text_of
from tests.end_to_end.village import Village


@pytest.fixture
async def walkers(village: Village) -> Village:
    """Ada may be pinged, Bo may not."""
    await village.member("Ada", "named", "pinged")
    await village.member("Bo", "named")
    return village


async def test_a_nudge_comes_three_hours_after_the_start(walkers: Village) -> None:
    await walkers.until("2026-03-02", "10:29")
    assert walkers.nudges() == []
    await walkers.wait(minutes=1)
    assert len(walkers.nudges()) == 1


async def test_a_nudge_pings_only_those_who_asked_for_it(walkers: Village) -> None:
    await walkers.until("2026-03-02", "10:30")
    assert [one.display_name for one in walkers.nudges()[0].mentions] == ["Ada"]
    assert "Bo" not in text_of(walkers.nudges()[0])


async def test_a_nudge_pings_nobody_who_has_answered(walkers: Village) -> None:
    ada = await walkers.member("Cy", "named", "pinged")
    await walkers.walk(ada, "2026-03-02", label="Can't today")
    await walkers.until("2026-03-02", "10:30")
    assert [one.display_name for one in walkers.nudges()[0].mentions] == ["Ada"]


async def test_where_everybody_answered_there_is_no_nudge(village: Village) -> None:
    ada = await village.member("Ada", "named", "pinged")
    await village.walk(ada, "2026-03-02", label="My back hurts")
    await village.until("2026-03-02", "12:00")
    assert village.nudges() == []


async def test_the_nudges_buttons_answer_the_session(walkers: Village) -> None:
    bo = await walkers.member("Cy", "named")
    await walkers.until("2026-03-02", "10:30")
    nudge = walkers.nudges()[0]
    assert labels_of(nudge)[-1] == "My page"
    assert "1 session in a row" in await walkers.answer(bo, message=nudge)
    await walkers.wait(minutes=1)
    assert "Cy" in text_of(walkers.prompt())


async def test_a_nudge_opens_ones_own_page(walkers: Village) -> None:
    cy = await walkers.member("Cy")
    await walkers.until("2026-03-02", "10:30")
    assert "This week" in await walkers.answer(cy, "My page", walkers.nudges()[0])


async def test_an_evening_session_is_nudged_before_quiet_hours(bare: Village) -> None:
    await bare.set_up()
    await bare.create()
    await bare.plan("daily", "19:30")
    await bare.member("Ada")
    await bare.until("2026-03-02", "21:14")
    assert bare.nudges() == []
    await bare.until("2026-03-02", "21:15")
    assert len(bare.nudges()) == 1


@pytest.mark.parametrize("at", ["20:45", "22:00", "05:00"])
async def test_where_quiet_hours_leave_no_room_there_is_no_nudge_in_them(
    bare: Village, at: str
) -> None:
    await bare.set_up()
    await bare.create()
    await bare.plan("tue", at)
    await bare.member("Ada")
    await bare.until("2026-03-04", "12:00")
    assert len(bare.prompts()) == 1
    in_quiet = [one for one in bare.nudges() if not "07:00" <= bare.clock_of(one) < "21:30"]
    assert in_quiet == []


async def test_a_day_of_two_sessions_has_one_nudge_for_both(village: Village) -> None:
    await village.plan("mon", "12:00")
    ada = await village.member("Ada", "named", "pinged")
    await village.walk(ada, "2026-03-02")
    await village.until("2026-03-02", "23:00")
    assert [village.clock_of(one) for one in village.nudges()] == ["15:00"]
    assert len(village.nudges()[0].mentions) == 1


async def test_a_pause_spares_one_the_nudge(village: Village) -> None:
    ada = await village.member("Ada", "named", "pinged")
    await village.command(ada, "pause start")
    await village.until("2026-03-02", "12:00")
    assert village.nudges() == []


async def test_who_asked_for_direct_messages_is_nudged_there_alone(village: Village) -> None:
    ada = await village.member("Ada", "named", "pinged", reach="dm")
    await village.until("2026-03-02", "12:00")
    assert village.nudges() == []
    assert len(village.letters(ada)) == 1
    assert labels_of(village.letters(ada)[0])[0] == "Done"


async def test_a_direct_nudge_is_answered_where_it_stands(village: Village) -> None:
    ada = await village.member("Ada", "named", reach="dm")
    await village.until("2026-03-02", "12:00")
    result = await ada.user.click(village.letters(ada)[0], label="Done")
    assert result.response is not None
    assert "1 session in a row" in text_of(result.response)
    await village.wait(minutes=1)
    assert "Ada" in text_of(village.prompt())


async def test_who_wants_silence_is_nudged_nowhere(village: Village) -> None:
    ada = await village.member("Ada", reach="silent")
    await village.until("2026-03-02", "12:00")
    assert village.nudges() == []
    assert village.letters(ada) == []


async def test_direct_messages_come_one_after_another(village: Village) -> None:
    friends = [await village.member(f"Friend {n}", reach="dm") for n in range(3)]
    await village.until("2026-03-02", "12:00")
    times = sorted(village.letters(one)[0].created_at for one in friends)
    assert times[1] - times[0] >= timedelta(seconds=10)
    assert times[2] - times[1] >= timedelta(seconds=10)


async def test_closed_direct_messages_are_left_alone_until_asked_for_again(
    village: Village,
) -> None:
    ada = await village.member("Ada", "named", reach="dm")
    village.close_letters(ada)
    await village.until("2026-03-05", "06:00")
    tried = village.requests("POST", f"/channels/{ada.user.dm_channel.id}/messages")
    assert len(tried) == 1
    assert village.nudges() == []
    village.open_letters()
    await village.join(ada, "named", reach="dm")
    await village.until("2026-03-05", "09:30")
    assert len(village.letters(ada)) == 1


async def test_a_nudge_names_nobody_silent_for_two_weeks(walkers: Village) -> None:
    await walkers.until("2026-03-16", "10:30")
    assert len(walkers.nudges()) == 14
    assert walkers.nudges()[-1].created_at.day == 15


async def test_nudges_do_not_repeat_their_words_before_all_were_used(walkers: Village) -> None:
    await walkers.until("2026-03-08", "12:00")
    words = [text_of(one).splitlines()[2] for one in walkers.nudges()]
    assert len(words) == 7
    assert len(set(words)) == 7
