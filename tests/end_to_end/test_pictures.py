"""Boards and one's own page as pictures, and what can be pressed below them.

Pictures are not drawn here: the file that is sent is the SVG.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from simcord import InteractionResult, MemberActor
from simcord.actors import _visible_message
from simcord.components import walk_components
from simcord.results import ResponseMessage

from bot.ui.pictures.render import NoFonts, NoPicture
from bot.ui.pictures.store import Pictures
from tests.end_to_end.cards import Message, labels_of, parts_of, said, selects_of, text_of
from tests.end_to_end.village import GROUP, Village, open_village


class Drawer:
    """Hands back what it is to draw; raises `fault` where there is one."""

    def __init__(self) -> None:
        self.drawn: list[str] = []
        self.fault: Exception | None = None

    async def png(self, svg: str) -> bytes:
        if self.fault is not None:
            raise self.fault
        self.drawn.append(svg)
        return svg.encode()

    async def close(self) -> None:
        self.fault = NoPicture("closed")


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
async def village(sqlite_url: str, drawer: Drawer) -> AsyncIterator[Village]:
    async with open_village(sqlite_url, pictures=Pictures(drawer)) as village:
        await village.set_up()
        await village.create()
        await village.plan()
        yield village


async def open_board(village: Village, who: MemberActor, **options: object) -> ResponseMessage:
    result = await who.slash(village.channel, "leaderboard", **options)
    assert result.response is not None
    return result.response


async def pick(who: MemberActor, message: Message, part: str, value: str) -> InteractionResult:
    """Pick an option of the select of that part."""
    return await who.select(message, [value], custom_id=id_of(message, f":{part}:"))


def now_at(result: InteractionResult) -> ResponseMessage:
    """The private message as it looks after the press."""
    assert result.response is not None
    return result.response


def id_of(message: Message, part: str) -> str:
    [found] = [one["custom_id"] for one in parts_of(message) if part in one.get("custom_id", "")]
    return found


def alt_of(message: Message) -> str:
    [gallery] = [one for one in parts_of(message) if one["type"] == 12]
    [item] = gallery["items"]
    return item["description"]


def buttons_of(message: Message) -> dict[str, bool]:
    """The labels of a card's buttons, and whether they can be pressed."""
    found = [one for one in parts_of(message) if one["type"] == 2]
    return {one["label"]: not one.get("disabled", False) for one in found}


def options_of(message: Message, part: str) -> list[dict[str, Any]]:
    [found] = [one for one in selects_of(message) if f":{part}:" in one["custom_id"]]
    return found["options"]


# --- The board ---


async def test_a_board_is_a_picture_whose_description_has_every_rank(village: Village) -> None:
    ada, bo = await village.member("Ada", "shown"), await village.member("Bo", "shown")
    await village.walk(ada, "2026-03-02")
    for who in (ada, bo):
        await village.walk(who, "2026-03-03")
    await village.until("2026-03-04", "06:00")
    board = await open_board(village, ada)
    assert alt_of(board) == (
        "Leaderboard of Early birds: Sessions in a row. 1. Ada, 2 in a row; 2. Bo, 1 in a row."
        " All together: 3 sessions, 1 hour."
    )
    assert [one.filename for one in board.attachments] == ["board.png"]
    assert "Your own place: **1**" in text_of(board)


async def test_another_metric_takes_the_place_of_a_private_board(village: Village) -> None:
    ada = await village.member("Ada", "shown")
    await village.walk(ada, "2026-03-02")
    board = await open_board(village, ada)
    result = await pick(ada, board, "metric", "minutes")
    assert now_at(result).id == board.id
    assert "Time on the move · week of 2 March 2026. 1. Ada, 20 minutes." in alt_of(now_at(result))
    assert len(now_at(result).attachments) == 1


async def test_only_what_is_counted_over_a_time_has_times_to_pick(village: Village) -> None:
    ada = await village.member("Ada", "shown")
    board = await open_board(village, ada)
    assert len(selects_of(board)) == 1
    assert list(buttons_of(board)) == ["Whole server", "As text"]
    kept = now_at(await pick(ada, board, "metric", "kept"))
    assert [one["value"] for one in options_of(kept, "period")] == ["week", "month", "all"]
    assert list(buttons_of(kept))[:2] == ["◀ Earlier", "Later ▶"]


async def test_another_time_is_picked(village: Village) -> None:
    ada = await village.member("Ada", "shown")
    await village.walk(ada, "2026-03-02", "2026-03-09")
    board = await open_board(village, ada, metric="kept")
    month = now_at(await pick(ada, board, "period", "month"))
    assert "Sessions kept · March 2026. 1. Ada, 2 sessions." in alt_of(month)
    always = now_at(await pick(ada, month, "period", "all"))
    assert "Sessions kept · all time. 1. Ada, 2 sessions." in alt_of(always)
    assert list(buttons_of(always)) == ["Whole server", "As text"]


async def test_one_turns_back_to_past_weeks_and_forward_again(village: Village) -> None:
    ada = await village.member("Ada", "shown")
    await village.walk(ada, "2026-03-02", "2026-03-09", "2026-03-10")
    board = await open_board(village, ada, metric="kept")
    assert buttons_of(board) == {
        "◀ Earlier": True,
        "Later ▶": False,
        "Whole server": True,
        "As text": True,
    }
    past = now_at(await ada.click(board, label="◀ Earlier"))
    assert "week of 2 March 2026. 1. Ada, 1 session." in alt_of(past)
    assert buttons_of(past)["◀ Earlier"] is False
    today = now_at(await ada.click(past, label="Later ▶"))
    assert "week of 9 March 2026. 1. Ada, 2 sessions." in alt_of(today)
    back = now_at(await pick(ada, past, "period", "week"))
    assert alt_of(back) == alt_of(today)


async def test_a_board_is_told_in_words_to_who_asks(village: Village) -> None:
    ada = await village.member("Ada", "shown")
    await village.walk(ada, "2026-03-02")
    board = await open_board(village, ada, metric="kept")
    result = await ada.click(board, label="As text")
    assert result.ephemeral
    assert now_at(result).id != board.id
    assert text_of(now_at(result)) == (
        "## Early birds\nSessions kept · week of 2 March 2026\n` 1` **Ada** · 1 session\n"
        "**All together:** 1 session, 20 minutes\n"
        "Your own place: **1**, with 1 session. Only you can see this."
    )


async def test_a_press_on_a_shared_board_is_answered_privately(village: Village) -> None:
    ada, bo = await village.member("Ada", "shown"), await village.member("Bo", "shown")
    await village.walk(ada, "2026-03-02")
    village.public_answers = 1
    board = await open_board(village, ada, metric="kept", share=True)
    before = alt_of(board)
    result = await pick(bo, board, "metric", "minutes")
    assert result.ephemeral
    assert now_at(result).id != board.id
    assert "Time on the move" in alt_of(now_at(result))
    assert alt_of(board) == before
    assert "Your own place" not in text_of(board)
    again = await pick(bo, now_at(result), "metric", "kept")
    assert now_at(again).id == now_at(result).id


async def test_a_board_is_worked_after_a_restart(village: Village) -> None:
    ada = await village.member("Ada", "shown")
    await village.walk(ada, "2026-03-02")
    board = await open_board(village, ada, metric="kept")
    await village.restart()
    assert "Best streak" in alt_of(now_at(await pick(ada, board, "metric", "best")))


async def test_a_board_follows_its_facts(village: Village, drawer: Drawer) -> None:
    ada = await village.member("Ada", "shown")
    await village.walk(ada, "2026-03-02")
    for _ in range(2):
        await open_board(village, ada, metric="kept")
    assert len(drawer.drawn) == 1
    await village.walk(ada, "2026-03-03")
    await open_board(village, ada, metric="kept")
    assert len(drawer.drawn) == 2


@pytest.mark.parametrize("fault", [NoFonts("none"), NoPicture("broken")])
async def test_without_a_picture_the_text_stands_there(
    village: Village, drawer: Drawer, fault: Exception
) -> None:
    drawer.fault = fault
    ada = await village.member("Ada", "shown")
    await village.walk(ada, "2026-03-02")
    board = await open_board(village, ada, metric="kept")
    assert "` 1` **Ada** · 1 session" in text_of(board)
    assert board.attachments == []
    assert "As text" not in labels_of(board)
    assert "` 1` **Ada** · 20 minutes" in said(await pick(ada, board, "metric", "minutes"))


async def test_a_picture_gives_way_to_text_when_drawing_fails(
    village: Village, drawer: Drawer
) -> None:
    ada = await village.member("Ada", "shown")
    await village.walk(ada, "2026-03-02")
    board = await open_board(village, ada)
    drawer.fault = NoPicture("broken")
    told = now_at(await pick(ada, board, "metric", "kept"))
    assert "**Ada** · 1 session" in text_of(told)
    assert told.attachments == []


async def test_a_board_of_another_server_is_not_shown(village: Village) -> None:
    ada = await village.member("Ada", "shown")
    board = await open_board(village, ada)
    elsewhere = village.env.create_guild("Elsewhere")
    claimed = id_of(board, ":text:").replace(str(village.world.guild.id), str(elsewhere.id))
    assert "belongs to another server" in said(await press(ada, board, claimed))


@pytest.mark.parametrize(
    ("forged", "answer"),
    [
        ("amble:board:earlier:{guild}:77:group:kept:week:2026-03-02", "cannot find that group"),
        ("amble:board:text:{guild}:0:group:kept:week:0", "The whole server"),
        ("amble:board:text:{guild}:{big}:server:kept:month:9999-12-31", "March 2026"),
        ("amble:board:text:{guild}:{big}:server:kept:week:0001-01-01", "2 March 2026"),
        ("amble:board:text:{guild}:{big}:server:kept:week:2026-02-31", "2 March 2026"),
        ("amble:board:metric:{guild}:{big}:server:kept:week:0", "from another time"),
        ("amble:page:group:{guild}", "from another time"),
    ],
)
async def test_what_an_id_claims_is_looked_up(village: Village, forged: str, answer: str) -> None:
    ada = await village.member("Ada", "shown")
    await village.walk(ada, "2026-03-02")
    board = await open_board(village, ada)
    claimed = forged.format(guild=village.world.guild.id, big=9 * 10**18 - 1)
    result = await press(ada, board, claimed)
    assert answer in said(result) + str(now_at(result).components)


async def test_a_pick_that_was_never_offered_does_nothing(village: Village) -> None:
    ada = await village.member("Ada", "shown")
    board = await open_board(village, ada)
    stored = _visible_message(ada, board)
    select = next(one for one in walk_components(stored.components) if one["type"] == 3)
    select["options"][1]["value"] = "steps"
    assert "from another time" in said(await pick(ada, board, "metric", "steps"))


# --- The whole server ---


async def test_the_whole_server_stands_on_one_board(village: Village) -> None:
    ada, bo = await village.member("Ada", "shown"), village.newcomer("Bo")
    await village.create("Night owls")
    await village.join(bo, "shown", group="Night owls")
    await village.walk(ada, "2026-03-02")
    board = await open_board(village, ada, metric="kept", group=GROUP)
    server = now_at(await ada.click(board, label="Whole server"))
    assert alt_of(server).startswith("Leaderboard of The whole server: Sessions kept")
    assert "1. Ada, 1 session" in alt_of(server)
    assert GROUP not in alt_of(server)
    group = now_at(await ada.click(server, label="Group only"))
    assert alt_of(group) == alt_of(board)


async def test_the_whole_server_can_be_asked_for_without_a_group(village: Village) -> None:
    await village.create("Night owls")
    who = village.newcomer("Ada")
    assert "several groups" in await village.command(who, "leaderboard")
    board = await open_board(village, who, server=True)
    assert "The whole server" in alt_of(board)
    assert list(buttons_of(board)) == ["As text"]


# --- One's own page ---


async def open_page(village: Village, who: MemberActor) -> ResponseMessage:
    result = await who.slash(village.channel, "me")
    assert result.response is not None
    return result.response


async def test_ones_page_is_a_picture_with_the_year_in_its_description(village: Village) -> None:
    ada = await village.member("Ada", goal=5)
    await village.walk(ada, "2026-03-02", "2026-03-03")
    await village.walk(ada, "2026-03-04", label="Part of it")
    await village.until("2026-03-05", "06:00")
    page = await open_page(village, ada)
    assert alt_of(page) == (
        "Ada in Early birds: 3 sessions in a row, best 3; 0 weeks in a row; 0 rest tokens; this"
        " week 3 kept of 5. The past year: 2 days done, 1 in part."
    )
    assert "**Coming up**" in text_of(page)
    assert labels_of(page) == ["As text"]


async def test_ones_page_has_the_buttons_of_what_is_open(village: Village) -> None:
    ada = await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    page = await open_page(village, ada)
    assert labels_of(page)[:4] == ["Done", "Part of it", "Can't today", "My back hurts"]
    assert "1 session in a row" in said(await ada.click(page, label="Done"))


async def test_a_page_of_several_groups_begins_where_one_answered_last(village: Village) -> None:
    await village.create("Night owls")
    ada = village.newcomer("Ada")
    for group in (GROUP, "Night owls"):
        await village.join(ada, group=group)
    await village.walk(ada, "2026-03-02")
    page = await open_page(village, ada)
    assert alt_of(page).startswith("Ada in Early birds")
    [select] = selects_of(page)
    assert [one["label"] for one in select["options"]] == ["Early birds", "Night owls"]
    result = await ada.select(page, [select["options"][1]["value"]])
    assert now_at(result).id == page.id
    assert alt_of(now_at(result)).startswith("Ada in Night owls")


async def test_ones_page_is_told_in_words_of_every_group(village: Village) -> None:
    await village.create("Night owls")
    ada = village.newcomer("Ada")
    for group in (GROUP, "Night owls"):
        await village.join(ada, group=group)
    result = await ada.click(await open_page(village, ada), label="As text")
    assert result.ephemeral
    assert "## Early birds" in said(result)
    assert "## Night owls" in said(result)


async def test_without_a_picture_ones_page_is_text(village: Village, drawer: Drawer) -> None:
    drawer.fault = NoFonts("none")
    ada = await village.member("Ada")
    assert "## Early birds" in text_of(await open_page(village, ada))


async def test_a_page_is_worked_after_a_restart(village: Village) -> None:
    ada = await village.member("Ada")
    page = await open_page(village, ada)
    await village.restart()
    assert "## Early birds" in said(await ada.click(page, label="As text"))


async def press(who: MemberActor, message: Message, custom_id: str) -> InteractionResult:
    """Press the board's button for the text as if it carried that custom id."""
    stored = _visible_message(who, message)
    button = next(
        one for one in walk_components(stored.components) if one.get("label") == "As text"
    )
    button["custom_id"] = custom_id
    return await who.click(message, custom_id=custom_id)


# --- The recap ---


async def a_week(village: Village) -> MemberActor:
    """Return Ada, who is shown and kept some days; it is Monday at nine."""
    ada = await village.member("Ada", "shown")
    await village.walk(ada, "2026-03-02", "2026-03-04", "2026-03-08")
    await village.until("2026-03-09", "09:00")
    return ada


async def test_a_recap_shows_the_board_of_its_week(village: Village) -> None:
    await a_week(village)
    [recap] = village.recaps()
    assert alt_of(recap) == (
        "Leaderboard of Early birds: Sessions kept · week of 2 March 2026. 1. Ada, 3 sessions."
        " All together: 3 sessions, 1 hour."
    )
    assert [one.filename for one in recap.attachments] == ["board.png"]
    assert recap.mentions == []
    assert labels_of(recap) == ["My page", "As text"]
    [sent] = [
        one.json
        for one in village.env.http_requests
        if one.method == "POST" and one.json and one.json.get("attachments")
    ]
    assert (sent["enforce_nonce"], bool(sent["nonce"])) == (True, True)


async def test_the_text_below_a_recap_is_for_its_reader_alone(village: Village) -> None:
    ada = await a_week(village)
    result = await ada.click(village.recaps()[0], label="As text")
    assert result.ephemeral
    assert "Ada** · 3 sessions" in said(result)
    assert "Your own place: **1**" in said(result)


async def test_a_recap_whose_picture_fails_is_words(village: Village, drawer: Drawer) -> None:
    drawer.fault = NoPicture("broken")
    await a_week(village)
    [recap] = village.recaps()
    assert recap.attachments == []
    assert labels_of(recap) == ["My page"]


async def test_a_recap_comes_without_its_picture_where_files_are_not_taken(
    village: Village,
) -> None:
    path = f"/channels/{village.channel.id}/messages"
    ada = await village.member("Ada", "shown")
    await village.walk(ada, "2026-03-02", "2026-03-08")
    await village.until("2026-03-09", "08:59")
    village.env.inject_error("POST", path, status=403, code=50013, times=1)
    await village.until("2026-03-09", "09:01")
    [recap] = village.recaps()
    assert recap.attachments == []
    assert "the week of Monday, 2 March 2026" in text_of(recap)
