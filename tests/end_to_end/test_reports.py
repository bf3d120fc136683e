"""Organisers correct an answer: the member is told, the prompt is redrawn, the log keeps it."""

from __future__ import annotations

import pytest
from simcord import MemberActor, SetupError
from sqlalchemy import delete, select

from bot.services import StorageError, notices
from bot.storage.tables import groups, organisers
from tests.end_to_end.cards import labels_of, said, text_of
from tests.end_to_end.test_buttons import press
from tests.end_to_end.village import Village

WHY = "We walked together"
HOSTILE = "@everyone <@1> **loud** https://evil.example/x `x` <t:1:R>"


async def session_of(village: Village, place: int = 0) -> str:
    """The id of a session as the picker offers it to Rosa, latest first."""
    offered = await village.rosa.autocomplete(village.channel, "report correct", "session", "")
    return offered[place]["value"]


async def correct(
    village: Village,
    member: MemberActor,
    answer: str = "done",
    *,
    by: MemberActor | None = None,
    session: str | None = None,
    reason: str = WHY,
    **options: object,
) -> str:
    return await village.command(
        by or village.rosa,
        "report correct",
        member=member,
        session=session or await session_of(village),
        answer=answer,
        reason=reason,
        **options,
    )


async def test_a_correction_is_told_once_with_the_next_private_answer(village: Village) -> None:
    ada = await village.member("Ada", "named")
    await village.until("2026-03-02", "08:00")
    text = await correct(village, ada, minutes=35)
    assert "From no answer to ✅ Done (35 minutes)" in text
    assert "They are told" in text
    await village.wait(minutes=1)
    assert "Ada" in text_of(village.prompt())
    page = await village.command(ada, "me")
    assert "An organiser corrected your answer for Early birds" in page
    assert f"Why: {WHY}" in page
    assert "corrected" not in await village.command(ada, "me")
    assert "corrected" not in await village.command(village.rosa, "me")


@pytest.mark.parametrize("way", ["button", "checkin", "undo"])
async def test_it_is_told_with_whatever_comes_first(village: Village, way: str) -> None:
    ada = await village.member("Ada")
    await village.walk(ada, "2026-03-02")
    await village.until("2026-03-03", "08:00")
    first = await ada.click(village.prompts()[1], label="Done")
    await correct(village, ada, "none", session=await session_of(village, 1))
    match way:
        case "button":
            told = await village.answer(ada, "Part of it")
        case "checkin":
            told = await village.command(ada, "checkin")
        case _:
            assert first.response is not None
            await ada.click(first.response, label="Undo")
            told = text_of(first.response)
    assert "from ✅ Done to no answer" in told
    assert "corrected" not in await village.command(ada, "me")


@pytest.mark.parametrize("failing", ["waiting", "told"])
async def test_where_the_database_fails_over_it_the_answer_stands_and_it_is_told_later(
    village: Village, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    async def fail(*_: object) -> None:
        raise StorageError("the disk is full")

    ada = await village.member("Ada")
    await village.walk(ada, "2026-03-02")
    await correct(village, ada, "none", session=await session_of(village, 0))
    await village.until("2026-03-03", "08:00")
    with monkeypatch.context() as patched:
        patched.setattr(notices, failing, fail)
        assert "1 session in a row" in await village.answer(ada)
    assert "corrected" in await village.command(ada, "me")
    assert "corrected" not in await village.command(ada, "me")


async def test_a_member_cannot_write_over_it(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    await correct(village, ada, "partly")
    assert "An organiser has set this answer" in await village.answer(ada)


async def test_the_same_twice_changes_nothing_the_second_time(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    await correct(village, ada)
    assert "stands as ✅ Done already" in await correct(village, ada)
    assert (await village.command(village.rosa, "report log")).count("corrected") == 1


async def test_who_asked_for_direct_messages_gets_one_at_once(village: Village) -> None:
    ada = await village.member("Ada", reach="dm")
    await village.until("2026-03-02", "08:00")
    await correct(village, ada, reason=HOSTILE)
    await village.wait(seconds=1)
    (letter,) = village.letters(ada)
    text = text_of(letter)
    assert "An organiser corrected your answer" in text
    assert "@everyone" not in text
    assert "https://" not in text
    assert letter.mentions == []
    assert labels_of(letter) == ["My page"]
    assert "corrected" not in await village.command(ada, "me")
    await village.until("2026-03-02", "10:00")
    assert len(village.letters(ada)) == 1


async def test_a_restart_neither_loses_nor_doubles_it(village: Village) -> None:
    ada = await village.member("Ada")
    bo = await village.member("Bo", reach="dm")
    await village.until("2026-03-02", "08:00")
    await correct(village, ada)
    await correct(village, bo)
    await village.restart()
    await village.wait(minutes=2)
    assert len(village.letters(bo)) == 1
    assert "corrected your answer" in await village.command(ada, "me")
    await village.restart()
    assert "corrected" not in await village.command(ada, "me")


async def test_closed_direct_messages_leave_it_for_the_next_answer(village: Village) -> None:
    ada = await village.member("Ada", reach="dm")
    await village.until("2026-03-02", "08:00")
    village.close_letters(ada)
    await correct(village, ada)
    await village.wait(minutes=5)
    village.open_letters()
    assert "corrected your answer" in await village.command(ada, "me")
    tried = village.requests("POST", f"/channels/{ada.user.dm_channel.id}/messages")
    assert len(tried) == 1


async def test_many_notices_wait_their_turn(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    for number in range(6):
        await correct(village, ada, ("done", "partly")[number % 2], reason="*" * 190 + str(number))
    told = [await village.command(ada, "me") for _ in range(7)]
    assert sum(one.count("corrected your answer") for one in told) == 6
    assert "corrected" not in told[-1]


async def pause(village: Village, by: MemberActor, member: MemberActor, **options: str) -> str:
    return await village.command(
        by, "report pause", member=member, **{"first": "2026-03-03", "reason": WHY, **options}
    )


async def test_an_organiser_excuses_a_member_who_was_away(village: Village) -> None:
    ada = await village.member("Ada")
    await village.walk(ada, "2026-03-02")
    await village.until("2026-03-10", "08:00")
    assert "**1** in a row" not in await village.command(ada, "me")
    text = await pause(village, village.rosa, ada, last="2026-03-09", reason=HOSTILE)
    assert "A pause for Ada" in text
    assert "7 sessions without an answer are excused by it. Counted anew, the streak is 1." in text
    told = await village.command(ada, "me")
    assert "**1** in a row" in told
    assert "An organiser set a pause for you in Early birds: 3–9" in told
    assert "@everyone" not in told
    assert "An organiser set" not in await village.command(ada, "me")
    log = await village.command(village.rosa, "report log")
    assert f"set a pause for <@{ada.id}>: 3–9" in log
    assert "@everyone" not in log


async def test_the_same_pause_a_second_time_is_told_to_nobody(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-03", "10:00")
    assert "They are told" in await pause(village, village.rosa, ada, last="2026-03-09")
    assert "stood already" in await pause(village, village.rosa, ada, last="2026-03-09")
    assert (await village.command(ada, "me")).count("An organiser set a pause") == 1
    assert (await village.command(village.rosa, "report log")).count("set a pause") == 1


async def test_a_pause_set_by_an_organiser_comes_by_letter_to_who_wants_those(
    village: Village,
) -> None:
    ada = await village.member("Ada", reach="dm")
    await village.until("2026-03-03", "10:00")
    await pause(village, village.rosa, ada)
    await village.wait(minutes=1)
    letter = text_of(village.letters(ada)[-1])
    assert "An organiser set a pause for you: from Tuesday, 3 March 2026 on." in letter
    assert WHY in letter


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ({"first": "2026-02-15"}, "at most 14 days back"),
        ({"first": "2026-03-03", "last": "2026-03-02"}, "on or before its last day"),
        ({"first": "soon"}, "as a date"),
        ({"reason": "\u200b"}, "Say why"),
    ],
)
async def test_a_pause_that_cannot_be_is_told_with_the_way_out(
    village: Village, days: dict[str, str], told: str
) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-03", "10:00")
    assert told in await pause(village, village.rosa, ada, **days)
    assert "on a pause" not in await village.command(ada, "me")


async def test_only_organisers_excuse_and_only_members(village: Village) -> None:
    ada, bo = await village.member("Ada"), await village.member("Bo")
    await village.until("2026-03-03", "10:00")
    assert "Organisers of the group can do this" in await pause(village, bo, ada)
    assert "not in that group" in await pause(village, village.rosa, village.newcomer("Cy"))
    assert "on a pause" not in await village.command(ada, "me")


async def test_members_may_not(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    session = await session_of(village)
    text = await correct(village, ada, by=ada, session=session)
    assert "Organisers of the group can do this" in text
    assert "Organisers of the group can do this" in await village.command(ada, "report log")
    assert await ada.autocomplete(village.channel, "report correct", "session", "") == []


async def test_an_organiser_without_manage_server_may_until_they_are_none(bare: Village) -> None:
    await bare.set_up()
    cy = bare.newcomer("Cy")
    await bare.create(who=cy)
    await bare.command(cy, "schedule add", days="daily", at="07:30")
    ada = await bare.member("Ada")
    await bare.until("2026-03-02", "08:00")
    session = await session_of(bare)
    assert "Corrected" in await correct(bare, ada, by=cy, session=session)
    log = await cy.slash(bare.channel, "report log")
    assert "corrected" in said(log)
    await bare.db.write(lambda conn: conn.execute(delete(organisers)))
    assert "Organisers of" in await correct(bare, ada, "rest", by=cy, session=session)
    assert "Organisers of" in await bare.command(cy, "report log")


@pytest.mark.parametrize("session", ["", "1", "yesterday", "9" * 30, "-1", "²"])
async def test_a_session_that_is_none_is_refused(village: Village, session: str) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    text = await village.command(
        village.rosa, "report correct", member=ada, session=session, answer="done", reason=WHY
    )
    assert "cannot find that session" in text


async def test_wrong_input_is_told_with_the_way_out(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    stranger = village.newcomer("Bo")
    assert "not in that group" in await correct(village, stranger)
    assert "Say why" in await correct(village, ada, reason="\u200b")
    assert "Minutes go with Done" in await correct(village, ada, "rest", minutes=5)
    with pytest.raises(SetupError):
        await correct(village, ada, reason="x" * 201)


async def test_the_log_tells_everything_in_words(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    await correct(village, ada, reason=HOSTILE)
    await village.command(village.rosa, "group edit", name="**Larks** @here")
    text = await village.command(village.rosa, "report log")
    rosa = f"<@{village.rosa.id}>"
    assert f"{rosa} corrected <@{ada.id}>" in text
    assert f"{rosa} added to the schedule: Monday" in text
    assert f"{rosa} created the group as Early birds" in text
    assert "renamed the group: \\*\\*Larks\\*\\*" in text
    assert "@everyone" not in text
    assert "@here" not in text


async def test_the_log_is_turned_page_by_page_also_after_a_restart(village: Village) -> None:
    for hour in range(8, 20):
        await village.plan("mon", f"{hour}:00")
    shown = await village.rosa.slash(village.channel, "report log")
    assert shown.ephemeral
    assert shown.response is not None
    assert labels_of(shown.response) == ["Older"]
    await village.restart()
    await village.rosa.click(shown.response, label="Older")
    assert "created the group" in text_of(shown.response)
    assert labels_of(shown.response) == ["Newer"]


@pytest.mark.parametrize(
    ("server", "group", "refused"),
    [
        (0, 0, "Organisers of the group can do this"),
        (0, 1, "cannot find that group"),
        (1, 0, "belongs to another server"),
    ],
)
async def test_a_page_is_turned_by_organisers_alone_and_in_their_own_server(
    village: Village, server: int, group: int, refused: str
) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    known = await village.db.read(lambda conn: conn.execute(select(groups.c.id)).scalar_one())
    custom_id = f"amble:log:{village.world.guild.id + server}:{known + group}:0"
    assert refused in said(await press(village, ada, custom_id))
