"""How strong the pain is: a step of its own, seen by the member alone."""

from __future__ import annotations

import pytest
from simcord import MemberActor
from simcord.actors import _visible_message
from simcord.components import walk_components
from simcord.results import ResponseMessage

from tests.end_to_end.cards import said, selects_of, text_of
from tests.end_to_end.village import Village


@pytest.fixture
async def ada(village: Village) -> MemberActor:
    ada = await village.member("Ada", "named")
    await village.until("2026-03-02", "08:00")
    return ada


async def hurts(village: Village, who: MemberActor) -> ResponseMessage:
    result = await who.click(village.prompt(), label="My back hurts")
    assert result.response is not None
    return result.response


async def test_it_is_asked_after_my_back_hurts_and_shown_to_nobody_else(
    village: Village, ada: MemberActor
) -> None:
    shown = await hurts(village, ada)
    [select] = selects_of(shown)
    assert [one["value"] for one in select["options"]] == [str(pain) for pain in range(11)]
    told = said(await ada.select(shown, ["4"]))
    assert "Pain: 4 of 10. Nobody else sees this." in told
    assert "doctor soon" not in told
    await village.wait(minutes=1)
    assert not any("4 of 10" in text_of(one) for one in village.posted())


@pytest.mark.parametrize(("pain", "strong"), [("6", False), ("7", True), ("10", True)])
async def test_strong_pain_is_a_doctors_matter(
    village: Village, ada: MemberActor, pain: str, strong: bool
) -> None:
    shown = await hurts(village, ada)
    told = said(await ada.select(shown, [pain]))
    assert ("Please see a doctor soon" in told) is strong


@pytest.mark.parametrize("forged", ["x", "-1", "11", f"-{10**30}", "9" * 90])
async def test_a_pain_that_was_never_offered_is_not_kept(
    village: Village, ada: MemberActor, forged: str
) -> None:
    shown = await hurts(village, ada)
    stored = _visible_message(ada, shown)
    select = next(one for one in walk_components(stored.components) if one["type"] == 3)
    select["options"][0]["value"] = forged
    told = said(await ada.select(shown, [forged]))
    assert "went wrong" not in told
    assert "Pain:" not in said(await ada.click(village.prompt(), label="My back hurts"))


async def test_it_can_be_said_anew(village: Village, ada: MemberActor) -> None:
    shown = await hurts(village, ada)
    await ada.select(shown, ["8"])
    again = await hurts(village, ada)
    [select] = selects_of(again)
    assert [one["value"] for one in select["options"] if one.get("default")] == ["8"]
    assert "Pain: 2 of 10" in said(await ada.select(again, ["2"]))


async def test_other_answers_are_not_asked(village: Village, ada: MemberActor) -> None:
    for label in ("Done", "Part of it", "Can't today"):
        shown = await ada.click(village.prompt(), label=label)
        assert shown.response is not None
        assert selects_of(shown.response) == []


async def test_a_reply_that_tells_of_pain_is_never_repeated_in_public(
    village: Village, ada: MemberActor
) -> None:
    me = village.env.bot.user
    assert me is not None
    await ada.send(village.channel, f"<@{me.id}> back hurts 8/10", reply_to=village.prompt())
    await village.wait(minutes=1)
    line = village.posted()[-1]
    assert text_of(line) == "Noted, thank you."
    assert not any("8" in text_of(one) for one in (line, village.prompt()))
    assert "Pain: 8 of 10" in said(await ada.click(line, label="Just for me"))
