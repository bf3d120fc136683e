"""After three misses in a row: a lighter way, a pause, another time, or out; and who sees it."""

from __future__ import annotations

from simcord import MemberActor

from tests.end_to_end.cards import kind_of, labels_of, said, text_of
from tests.end_to_end.village import Village

WAYS = ["Easier walks", "Pause", "Another time", "Leave quietly"]


async def opened(village: Village, who: MemberActor) -> list[str]:
    """Press the button under the latest kind words; return what is offered."""
    result = await who.click(village.encouragements()[-1], label="Change my plan")
    assert result.ephemeral
    assert result.response is not None
    return labels_of(result.response)


async def go(village: Village, who: MemberActor, *labels: str) -> str:
    """Press one button after the other, from the latest kind words on."""
    result = await who.click(village.encouragements()[-1], label="Change my plan")
    for label in labels:
        assert result.response is not None
        result = await who.click(result.response, label=label)
    return said(result)


async def test_it_is_offered_with_the_next_private_answer_after_three(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-04", "12:00")
    assert "Leave quietly" not in await labels(village, ada)
    await village.until("2026-03-05", "12:00")
    assert set(WAYS) <= set(await labels(village, ada))
    assert "Leave quietly" not in await labels(village, ada)


async def labels(village: Village, who: MemberActor) -> list[str]:
    result = await who.slash(village.channel, "me")
    assert result.response is not None
    return labels_of(result.response)


async def test_who_wants_letters_gets_it_as_the_days_only_one(village: Village) -> None:
    ada = await village.member("Ada", reach="dm")
    await village.until("2026-03-05", "09:10")
    today = [one for one in village.letters(ada) if village.clock_of(one) >= "00:00"]
    of_today = [one for one in today if one.created_at.day == 5]
    (letter,) = [one for one in of_today if kind_of(one) != "nudge"]
    assert labels_of(letter) == [*WAYS, "My page"]
    assert "Early birds" in text_of(letter)


async def test_it_stands_under_the_kind_words_for_whoever_wants_it(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-03", "09:05")
    assert await opened(village, ada) == WAYS
    stranger = village.newcomer("Stranger")
    result = await stranger.click(village.encouragements()[-1], label="Change my plan")
    assert "You are not in this group yet" in said(result)


async def test_a_pause_is_two_presses_away(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-03", "09:05")
    for label, days in (
        ("A week", "from Tuesday, 3 March 2026 to Monday, 9 March 2026"),
        ("Two weeks", "to Monday, 16 March 2026"),
        ("Until I am back", "3 March 2026"),
    ):
        told = await go(village, ada, "Pause", label)
        assert days in told
    await village.until("2026-03-06", "12:00")
    assert len(village.encouragements()) == 1


async def test_times_are_compared(village: Village) -> None:
    await village.plan("sat", "10:00")
    ada = await village.member("Ada")
    for saturday in ("2026-03-07", "2026-03-14"):
        await village.until(saturday, "10:05")
        await village.answer(ada)
    await village.until("2026-03-17", "09:05")
    told = await go(village, ada, "Another time")
    assert "Saturday 10:00: 2 of 2" in told
    assert "Monday 07:30: 0 of 3" in told
    assert "**Saturday 10:00** seems to suit you best" in told


async def test_leaving_is_quiet_and_can_be_taken_back(village: Village) -> None:
    ada = await village.member("Ada", "named")
    await village.until("2026-03-03", "09:05")
    posted = len(village.posted())
    told = await go(village, ada, "Leave quietly")
    assert "You have left Early birds, quietly" in told
    await village.wait(minutes=2)
    assert len(village.posted()) == posted
    assert "You have left this group" in await go(village, ada)


async def test_organisers_see_who_may_be_glad_of_a_word(village: Village) -> None:
    ada, bo = [await village.member(name, "named") for name in ("Ada", "Bo")]
    for day in ("2026-03-02", "2026-03-03", "2026-03-04"):
        await village.walk(bo, day, label="My back hurts")
    await village.until("2026-03-05", "12:00")
    told = await village.command(village.rosa, "report people")
    assert ada.mention in told
    assert "3 in a row without an answer" in told
    assert bo.mention not in told
    assert "Organisers of the group can do this" in await village.command(ada, "report people")


async def test_the_voice_of_a_group_is_set_and_heard(village: Village) -> None:
    ada = await village.member("Ada")
    assert "Organisers of the group can do this" in await village.command(ada, "encouragement show")
    shown = await village.command(
        village.rosa, "encouragement add", text="**One** step @everyone", situation="first_week"
    )
    assert "A first week" in shown
    result = await village.rosa.slash(
        village.channel, "encouragement edit", tone="plain", at="10:00"
    )
    assert "at 10:00 at the earliest" in said(result)
    assert result.response is not None
    await village.rosa.click(result.response, label="Only our words")
    assert "in place of mine" in text_of(result.response)
    await village.until("2026-03-03", "09:59")
    assert village.encouragements() == []
    await village.until("2026-03-03", "10:01")
    (message,) = village.encouragements()
    assert "\\*\\*One\\*\\* step @\u200beveryone" in text_of(message)
    assert message.mentions == []
    assert not message.mention_everyone


async def test_settings_open_the_form_with_ones_wishes(village: Village) -> None:
    ada = await village.member("Ada")
    shown = await ada.slash(village.channel, "settings")
    saved = await village.send_form(ada, shown, "named", "warned", reach="silent")
    assert "You do not hear from me" in said(saved)
    assert "On days that carry your streak on you get a private word" in said(saved)
    assert "You take no cheers" in said(saved)


async def test_easier_walks_lead_to_ones_own_programme(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-03", "09:05")
    offered = await ada.click(village.encouragements()[-1], label="Change my plan")
    assert offered.response is not None
    shown = await ada.click(offered.response, label="Easier walks")
    assert "It begins with two walks of five minutes" in said(shown)
    assert shown.ephemeral
