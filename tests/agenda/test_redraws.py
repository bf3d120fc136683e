"""Redrawing prompts: many clicks one edit, no click lost, and Discord's patience kept."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event

from bot.agenda.redraws import BACK_OFF, OLD_EVERY, Redraws
from bot.agenda.sender import Failure
from bot.domain.checkin import Answer, SessionState
from bot.domain.ids import SessionId
from bot.services.views import Person, Wishes
from bot.storage import sessions
from bot.storage.database import Database, open_database
from bot.storage.sessions import Session
from tests.agenda.fake_discord import FakeDiscord, Hands, Process, until
from tests.services.town import DAY, GUILD, HOUR, MONDAY, Town, found_town, wall

START = wall(MONDAY, "07:30")
SHORT = timedelta(seconds=0.02)
TURN = timedelta(seconds=0.2)
NAMED = Wishes(named=True)


async def posted(
    db: Database, discord: FakeDiscord, hands: Hands, *, lead_minutes: int = 0
) -> tuple[Town, list[Person], Session, Process]:
    """A town of five whose prompt was just posted."""
    town = await found_town(db)
    crowd = await town.crowd(5, NAMED)
    await town.set_rhythm(prompt_lead_minutes=lead_minutes)
    await town.add_slot("07:30")
    session = await town.session(MONDAY + (DAY if lead_minutes else 0 * DAY))
    hands.move_to(session.prompt_at)
    process = Process(db, discord, gather=SHORT)
    await process.work()
    town.now = session.starts_at
    return town, crowd, session, process


@pytest.fixture
async def db(sqlite_url: str) -> AsyncIterator[Database]:
    """One database is enough: what is drawn is read by services that are tested on both."""
    async with await open_database(sqlite_url) as database:
        yield database


async def rest() -> None:
    """Let everything happen that does not have to wait long."""
    await asyncio.sleep(10 * SHORT.total_seconds())


async def test_many_requests_make_one_edit(
    db: Database, discord: FakeDiscord, hands: Hands
) -> None:
    _, crowd, session, process = await posted(db, discord, hands)
    for _ in crowd:
        process.redraws.ask(GUILD, session.id)
    await rest()
    assert len(discord.edits) == 1


async def test_it_shows_who_came(db: Database, discord: FakeDiscord, hands: Hands) -> None:
    town, (ada, *_), session, process = await posted(db, discord, hands)
    await town.answer(ada, session.id, Answer.DONE)
    process.redraws.ask(GUILD, session.id)
    await rest()
    assert "Member 100" in _text(discord)


async def test_a_click_during_the_edit_is_drawn_too(
    db: Database, discord: FakeDiscord, hands: Hands
) -> None:
    town, (ada, bea, *_), session, process = await posted(db, discord, hands)
    discord.slow = 0.1
    await town.answer(ada, session.id, Answer.DONE)
    process.redraws.ask(GUILD, session.id)
    await until(lambda: "edit" in discord.calls)
    await town.answer(bea, session.id, Answer.DONE)
    process.redraws.ask(GUILD, session.id)
    await until(lambda: len(discord.edits) == 2)
    assert "Member 101" in _text(discord)


async def test_an_old_message_is_edited_once_a_minute(
    db: Database, discord: FakeDiscord, hands: Hands
) -> None:
    _, _, session, process = await posted(db, discord, hands)
    hands.move_to(START + 2 * HOUR)
    process.redraws.ask(GUILD, session.id)
    await rest()
    process.redraws.ask(GUILD, session.id)
    await rest()
    assert len(discord.edits) == 1
    await process.redraws.stop()


async def test_after_a_minute_it_is_edited_again(
    db: Database, discord: FakeDiscord, hands: Hands
) -> None:
    _, _, session, process = await posted(db, discord, hands)
    hands.move_to(START + 2 * HOUR)
    process.redraws.ask(GUILD, session.id)
    await rest()
    hands.move_by(OLD_EVERY)
    process.redraws.ask(GUILD, session.id)
    await rest()
    assert len(discord.edits) == 2


async def test_a_clock_that_was_set_back_holds_up_no_edit_for_long(
    db: Database, discord: FakeDiscord, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, session, process = await posted(db, discord, hands)
    monkeypatch.setattr("bot.agenda.redraws.BACK_OFF", 2 * SHORT)
    hands.move_to(START + 5 * HOUR)
    process.redraws.ask(GUILD, session.id)
    await rest()
    hands.move_by(-2 * HOUR)
    process.redraws.ask(GUILD, session.id)
    await until(lambda: len(discord.edits) == 2)


async def test_a_message_is_as_old_as_its_posting_not_as_its_session(
    db: Database, discord: FakeDiscord, hands: Hands
) -> None:
    _, _, session, process = await posted(db, discord, hands, lead_minutes=24 * 60)
    hands.move_to(session.starts_at)
    process.redraws.ask(GUILD, session.id)
    await rest()
    process.redraws.ask(GUILD, session.id)
    await rest()
    assert len(discord.edits) == 1
    await process.redraws.stop()


@pytest.mark.parametrize("after", [timedelta(0), 2 * HOUR])
async def test_it_backs_off_when_discord_has_had_enough(
    db: Database, discord: FakeDiscord, hands: Hands, after: timedelta
) -> None:
    _, _, session, process = await posted(db, discord, hands)
    hands.move_to(START + after)
    discord.fail("edit", Failure.TOO_OFTEN, times=9)
    process.redraws.ask(GUILD, session.id)
    await rest()
    assert discord.calls.count("edit") == 1
    await process.redraws.stop()


@pytest.mark.parametrize(
    ("failure", "level"),
    [(Failure.TOO_OFTEN, logging.INFO), (Failure.FORBIDDEN, logging.WARNING)],
)
async def test_only_what_was_to_be_expected_is_no_warning(
    db: Database,
    discord: FakeDiscord,
    hands: Hands,
    caplog: pytest.LogCaptureFixture,
    failure: Failure,
    level: int,
) -> None:
    caplog.set_level(logging.INFO, "bot.agenda.redraws")
    _, _, session, process = await posted(db, discord, hands)
    discord.fail("edit", failure)
    process.redraws.ask(GUILD, session.id)
    await rest()
    told = [one for one in caplog.records if "not redrawn" in one.getMessage()]
    assert [one.levelno for one in told] == [level]
    await process.redraws.stop()


async def test_it_is_drawn_once_discord_has_calmed_down(
    db: Database, discord: FakeDiscord, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, session, process = await posted(db, discord, hands)
    monkeypatch.setattr("bot.agenda.redraws.BACK_OFF", SHORT)
    monkeypatch.setattr("bot.agenda.redraws.OLD_EVERY", SHORT)
    discord.fail("edit", Failure.TOO_OFTEN)
    process.redraws.ask(GUILD, session.id)
    await until(lambda: len(discord.edits) == 1)


class TestCatchingUp:
    @pytest.fixture
    async def answered(self, db: Database, discord: FakeDiscord, hands: Hands) -> list[SessionId]:
        """Three prompts of a channel that were answered before the process was killed."""
        town = await found_town(db)
        [person] = await town.crowd(1, NAMED)
        for at in ("07:30", "07:40", "07:50"):
            await town.add_slot(at)
        hands.move_to(wall(MONDAY, "07:50"))
        await Process(db, discord, "first", gather=HOUR).work()
        town.now = wall(MONDAY, "07:55")
        today = await db.read(sessions.of_day, GUILD, town.group_id, MONDAY)
        for session in today:
            await town.answer(person, session.id, Answer.DONE)
        return [session.id for session in today]

    @pytest.fixture
    async def second(
        self,
        db: Database,
        discord: FakeDiscord,
        answered: list[SessionId],
        monkeypatch: pytest.MonkeyPatch,
    ) -> AsyncIterator[Redraws]:
        """The next process, some time after its start, in which a turn takes no time."""
        monkeypatch.setattr("bot.agenda.redraws.CATCH_UP_AFTER", TURN)
        monkeypatch.setattr("bot.agenda.redraws.CATCH_UP_EVERY", TURN)
        redraws = Process(db, discord, "second", gather=0 * SHORT).redraws
        await redraws.catch_up(START)
        assert len(answered) == 3
        yield redraws
        await redraws.stop()

    async def test_comes_one_prompt_after_another_the_latest_first(
        self, second: Redraws, discord: FakeDiscord, answered: list[SessionId]
    ) -> None:
        began = asyncio.get_running_loop().time()
        took: list[float] = []
        for count in (1, 2, 3):
            await until(lambda count=count: len(discord.edits) == count)
            took.append(asyncio.get_running_loop().time() - began)
        turns = [TURN.total_seconds() * count for count in (1, 2, 3)]
        assert all(late >= turn for late, turn in zip(took, turns, strict=True))
        assert [message_id for _, message_id, _ in discord.edits] == [
            one.id for one in reversed(discord.messages)
        ]

    async def test_does_not_keep_who_presses_now_waiting(
        self, second: Redraws, discord: FakeDiscord, answered: list[SessionId]
    ) -> None:
        await asyncio.sleep(0)
        second.ask(GUILD, answered[0])
        await until(lambda: bool(discord.edits))
        assert discord.edits[0][1] == discord.messages[0].id
        await until(lambda: len(discord.edits) == 3)
        assert len({message_id for _, message_id, _ in discord.edits}) == 3

    async def test_is_done_at_once_when_the_process_stops(
        self, second: Redraws, discord: FakeDiscord
    ) -> None:
        await second.stop()
        assert len(discord.edits) == 3


async def test_what_was_waiting_is_drawn_before_it_stops(
    db: Database, discord: FakeDiscord, hands: Hands
) -> None:
    _, _, session, process = await posted(db, discord, hands)
    process.redraws.ask(GUILD, session.id)
    await process.redraws.stop()
    assert len(discord.edits) == 1


async def test_an_edit_in_hand_is_finished_before_it_stops(
    db: Database, discord: FakeDiscord, hands: Hands
) -> None:
    _, _, session, process = await posted(db, discord, hands)
    discord.slow = 0.1
    process.redraws.ask(GUILD, session.id)
    await until(lambda: "edit" in discord.calls)
    await process.redraws.stop()
    assert len(discord.edits) == 1


async def test_stopping_leaves_no_task_behind(
    db: Database, discord: FakeDiscord, hands: Hands
) -> None:
    _, _, session, process = await posted(db, discord, hands)
    discord.fail("edit", Failure.TOO_OFTEN, times=9)
    process.redraws.ask(GUILD, session.id)
    await process.redraws.stop()
    process.redraws.ask(GUILD, session.id)
    names = [task.get_name() for task in asyncio.all_tasks()]
    assert "redraw" not in names


async def test_an_error_does_not_keep_a_prompt_from_being_drawn_later(
    db: Database,
    discord: FakeDiscord,
    hands: Hands,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    _, _, session, process = await posted(db, discord, hands)

    async def broken(*_args: object) -> None:
        raise RuntimeError("a bug of ours")

    with monkeypatch.context() as patch:
        patch.setattr("bot.services.prompts.facts", broken)
        process.redraws.ask(GUILD, session.id)
        await rest()
    process.redraws.ask(GUILD, session.id)
    await rest()
    assert len(discord.edits) == 1
    assert "a bug of ours" in caplog.text


async def test_a_start_draws_a_prompt_that_settled_just_before_the_end(
    db: Database, discord: FakeDiscord, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.agenda.redraws.CATCH_UP_AFTER", TURN)
    town, _, session, process = await posted(db, discord, hands)
    await process.redraws.stop()
    await town.live_until(session.settles_at)
    assert (await town.session(MONDAY)).state is SessionState.SETTLED
    hands.move_to(town.now + HOUR)
    second = Process(db, discord, "second", gather=SHORT)
    await second.redraws.catch_up(town.now - HOUR)
    await until(lambda: len(discord.edits) == 1)


async def test_a_start_draws_a_prompt_whose_answer_was_put_right_after_it_settled(
    db: Database, discord: FakeDiscord, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.agenda.redraws.CATCH_UP_AFTER", TURN)
    town, (ada, *_), session, process = await posted(db, discord, hands)
    await process.redraws.stop()
    await town.live_until(session.settles_at + 2 * HOUR)
    await town.answer(ada, session.id, Answer.DONE)
    hands.move_to(town.now + HOUR)
    second = Process(db, discord, "second", gather=SHORT)
    await second.redraws.catch_up(town.now - HOUR)
    await until(lambda: len(discord.edits) == 1)
    assert "Member 100" in _text(discord)


async def test_a_start_draws_nothing_that_stood_as_it_should(
    db: Database, discord: FakeDiscord, hands: Hands
) -> None:
    town, (ada, *_), session, process = await posted(db, discord, hands)
    await process.redraws.stop()
    await town.answer(ada, session.id, Answer.DONE)
    await town.live_until(session.settles_at)
    hands.move_to(town.now + HOUR)
    second = Process(db, discord, "second", gather=SHORT)
    await second.redraws.catch_up(town.now)
    await rest()
    assert discord.edits == []


async def test_what_to_draw_at_a_start_is_found_by_an_index(db: Database) -> None:
    await found_town(db)
    asked: list[str] = []

    def look(conn: Connection) -> list[str]:
        def note(*args: Any) -> None:  # noqa: ANN401 - as the event passes them
            asked.append(str(args[2]))

        event.listen(conn, "before_cursor_execute", note)
        sessions.changed_since(conn, START)
        event.remove(conn, "before_cursor_execute", note)
        plan = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[0]}", (0,) * asked[0].count("?"))
        return [str(row[3]) for row in plan]

    steps = await db.read(look)
    assert any("ix_sessions_start (starts_at>?)" in step for step in steps)
    assert not any("SCAN sessions" in step or "SCAN attendances" in step for step in steps)


async def test_a_session_without_a_message_is_left_alone(
    db: Database, discord: FakeDiscord, hands: Hands
) -> None:
    town, _, _, process = await posted(db, discord, hands)
    process.redraws.ask(GUILD, (await town.session(MONDAY + DAY)).id)
    await rest()
    assert discord.calls.count("edit") == 0


async def test_it_remembers_no_more_than_it_needs(
    db: Database, discord: FakeDiscord, hands: Hands
) -> None:
    town, _, _, process = await posted(db, discord, hands)
    for day in range(6):
        await town.live_until(wall(MONDAY + day * DAY, "08:00"))
        hands.move_to(town.now)
        process.redraws.ask(GUILD, (await town.session(MONDAY + day * DAY)).id)
        await rest()
    assert len(process.redraws._drawn_at) == 1


def test_backing_off_is_longer_than_the_usual_wait() -> None:
    assert BACK_OFF > OLD_EVERY


def _text(discord: FakeDiscord) -> str:
    _, message_id, card = discord.edits[-1]
    original = next(one for one in discord.messages if one.id == message_id)
    return type(original)(message_id, original.channel_id, original.at, "", card).text
