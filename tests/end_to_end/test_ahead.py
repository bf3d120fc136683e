"""Saying beforehand that one cannot come: from the word on the day before, and the schedule."""

from __future__ import annotations

from datetime import timedelta

import pytest
from simcord import MemberActor
from simcord.actors import _visible_message
from simcord.components import walk_components
from simcord.results import ResponseMessage

from tests.end_to_end.cards import said, selects_of, text_of
from tests.end_to_end.village import Village

EVE = "2026-03-02"


@pytest.fixture
async def ada(village: Village) -> MemberActor:
    """A member of a group that hears at six in the evening of the session of the next morning."""
    ada = await village.member("Ada", "named")
    shown = await village.command(village.rosa, "group edit", ahead="6 pm")
    assert "Reminder on the day before, at 18:00" in shown
    return ada


async def test_the_word_comes_on_the_day_before_at_its_minute(
    village: Village, ada: MemberActor
) -> None:
    await village.until(EVE, "17:59")
    assert village.words_ahead() == []
    await village.until(EVE, "18:00")
    [word] = village.words_ahead()
    assert "Early birds: tomorrow" in text_of(word)
    assert "Walk, 20 minutes" in text_of(word)
    assert word.mentions == []
    assert not word.mention_everyone
    await village.until("2026-03-03", "18:01")
    assert len(village.words_ahead()) == 2


async def test_one_tap_says_that_one_cannot_come(village: Village, ada: MemberActor) -> None:
    await village.walk(ada, EVE)
    await village.until(EVE, "18:00")
    told = await village.answer(ada, "Can't make it", village.words_ahead()[0])
    assert "Can't today" in told
    assert "free rest" in told
    await village.until("2026-03-03", "07:31")
    assert "**Resting:** 1 person" in text_of(village.prompt())
    await village.until("2026-03-03", "12:00")
    assert village.nudges() == []


async def test_nothing_comes_unasked_for(village: Village) -> None:
    await village.member("Ada")
    await village.until("2026-03-04", "00:00")
    assert village.words_ahead() == []


async def test_turned_off_it_comes_no_more(village: Village, ada: MemberActor) -> None:
    await village.command(village.rosa, "group edit", ahead="off")
    await village.until("2026-03-04", "00:00")
    assert village.words_ahead() == []


async def test_set_to_a_time_that_is_over_it_comes_at_once_and_once(
    village: Village, ada: MemberActor
) -> None:
    await village.until(EVE, "17:00")
    await village.command(village.rosa, "group edit", ahead="16:00")
    await village.until(EVE, "17:01")
    assert len(village.words_ahead()) == 1
    await village.until(EVE, "18:01")
    assert len(village.words_ahead()) == 1


async def test_a_day_that_is_called_off_has_none(village: Village, ada: MemberActor) -> None:
    await village.command(village.rosa, "schedule skip", first="2026-03-03")
    await village.until("2026-03-03", "12:00")
    assert village.words_ahead() == []


async def test_a_day_that_takes_place_after_all_has_one(village: Village, ada: MemberActor) -> None:
    await village.command(village.rosa, "schedule skip", first="2026-03-03")
    await village.command(village.rosa, "schedule resume", first="2026-03-03")
    await village.until(EVE, "18:00")
    assert len(village.words_ahead()) == 1


async def test_where_everybody_has_answered_there_is_none(
    village: Village, ada: MemberActor
) -> None:
    await village.walk(ada, EVE)
    [select] = selects_of(await show(village, ada))
    picked = await ada.select(await show(village, ada), [select["options"][0]["value"]])
    assert "Can't today" in said(picked)
    await village.until(EVE, "19:00")
    assert village.words_ahead() == []


@pytest.mark.parametrize(("away", "count"), [(30, 1), (5 * 60, 0), (13 * 60, 0)])
async def test_after_downtime_it_comes_once_if_there_is_still_a_point(
    village: Village, ada: MemberActor, away: int, count: int
) -> None:
    await village.until(EVE, "17:50")
    await village.restart(timedelta(minutes=away))
    await village.wait(minutes=10)
    assert len(village.words_ahead()) == count
    await village.restart(timedelta(minutes=1))
    await village.wait(minutes=2)
    assert len(village.words_ahead()) == count


@pytest.mark.parametrize("given", ["", "noon", "25:00", "18:00 Monday"])
async def test_what_is_no_time_of_day_is_refused(
    village: Village, ada: MemberActor, given: str
) -> None:
    if given:
        shown = await village.command(village.rosa, "group edit", ahead=given)
        assert 'Write it like "18:00"' in shown
    assert "at 18:00" in await village.command(village.rosa, "group show")


async def test_a_time_at_which_it_would_never_come_is_refused(
    village: Village, ada: MemberActor
) -> None:
    for late in ("21:30", "11:59 pm"):
        shown = await village.command(village.rosa, "group edit", ahead=late)
        assert "would never come: from 21:30 to 07:00" in shown
    assert "at 18:00" in await village.command(village.rosa, "group show")
    assert "at 21:29" in await village.command(village.rosa, "group edit", ahead="21:29")
    await village.until(EVE, "21:29")
    assert len(village.words_ahead()) == 1


async def test_only_an_organiser_sets_it(village: Village, ada: MemberActor) -> None:
    assert "Organisers of the group can do this" in await village.command(
        ada, "group edit", ahead="off"
    )
    await village.until(EVE, "18:00")
    assert len(village.words_ahead()) == 1


async def test_the_schedule_offers_members_what_they_can_still_call_off(
    village: Village, ada: MemberActor
) -> None:
    await village.until(EVE, "08:00")
    shown = await show(village, ada)
    [select] = selects_of(shown)
    days = [one["label"] for one in select["options"]]
    assert days[0].startswith("Tue 3 Mar, 07:30")
    await ada.select(shown, [select["options"][0]["value"]])
    again = await show(village, ada)
    [left] = selects_of(again)
    assert [one["label"] for one in left["options"]] == days[1:]
    assert "Can't today" in text_of(again)


@pytest.mark.parametrize("forged", ["x", "7", "-1", f"-{10**30}", str(10**30), "9" * 90])
async def test_a_session_that_was_never_offered_is_not_found(
    village: Village, ada: MemberActor, forged: str
) -> None:
    shown = await show(village, ada)
    stored = _visible_message(ada, shown)
    select = next(one for one in walk_components(stored.components) if one["type"] == 3)
    select["options"][0]["value"] = forged
    assert "cannot find that session" in said(await ada.select(shown, [forged]))


async def test_the_schedule_offers_strangers_nothing(village: Village, ada: MemberActor) -> None:
    assert selects_of(await show(village, village.newcomer("Zoe"))) == []


async def show(village: Village, who: MemberActor) -> ResponseMessage:
    result = await who.slash(village.channel, "schedule show")
    assert result.response is not None
    return result.response
