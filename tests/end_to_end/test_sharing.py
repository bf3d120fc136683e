"""A picture for the group: shown without what its file tells, taken down by whoever may."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from io import BytesIO

import discord
import pytest
from PIL import Image
from simcord import MemberActor
from simcord.results import InteractionResult
from sqlalchemy import delete

from bot.photos import MOST_BYTES, Darkroom
from bot.storage.tables import shared_pictures
from tests.end_to_end.cards import labels_of, parts_of, said, text_of
from tests.end_to_end.village import Village


@pytest.fixture
async def ada(village: Village) -> MemberActor:
    ada = await village.member("Ada", "named")
    await village.until("2026-03-02", "08:00")
    return ada


def telling_jpeg() -> bytes:
    """A picture whose file tells where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "PixelPhone"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    file = BytesIO()
    Image.new("RGB", (80, 60), "green").save(file, "JPEG", exif=exif)
    return file.getvalue()


async def share(
    village: Village, who: MemberActor, data: bytes, name: str = "IMG_1.jpg", **filled: object
) -> InteractionResult:
    shown = await who.click(village.prompt(), label="Say more")
    assert shown.modal is not None, said(shown)
    filled = {"picture": (name, data), "activity": ["walk"], **filled}
    result = await who.submit_modal(shown, filled)
    # The answer does not wait for the picture, which a process of its own works on.
    await village.eventually(lambda: bool(result.followups))
    return result


def pictures(village: Village) -> list[discord.Message]:
    return [one for one in village.posted() if "Take down" in labels_of(one)]


async def test_a_picture_is_shown_to_the_group_without_what_its_file_tells(
    village: Village, ada: MemberActor
) -> None:
    result = await share(village, ada, telling_jpeg(), how_much="30 min", note="Saw a heron")
    assert "30 minutes" in said(result)
    assert "Your picture is in <#" in said(result)
    [post] = pictures(village)
    assert "A picture from Ada" in text_of(post)
    assert "heron" not in text_of(post)
    assert post.mentions == []
    [attachment] = post.attachments
    assert attachment.filename == "walk.jpg"
    data = await attachment.read()
    assert b"PixelPhone" not in data
    assert b"Exif" not in data
    assert Image.open(BytesIO(data)).size == (80, 60)
    assert any(one.get("description") for part in parts_of(post) for one in part.get("items", []))


async def test_a_picture_alone_says_that_it_was_done(village: Village, ada: MemberActor) -> None:
    assert "Done" in said(await share(village, ada, telling_jpeg()))
    await village.wait(minutes=1)
    assert "Ada" in text_of(village.prompt())


async def test_who_is_not_named_is_not_named_with_it(village: Village) -> None:
    bo = await village.member("Bo")
    await village.until("2026-03-02", "08:00")
    await share(village, bo, telling_jpeg())
    [post] = pictures(village)
    assert "A picture from the walk" in text_of(post)
    assert "Bo" not in text_of(post)


async def test_its_member_takes_it_down(village: Village, ada: MemberActor) -> None:
    await share(village, ada, telling_jpeg())
    [post] = pictures(village)
    assert "gone" in said(await ada.click(post, label="Take down"))
    assert pictures(village) == []


async def test_an_organiser_takes_it_down_and_others_do_not(
    village: Village, ada: MemberActor
) -> None:
    bo = await village.member("Bo")
    await share(village, ada, telling_jpeg())
    [post] = pictures(village)
    assert "Only the one whose picture it is" in said(await bo.click(post, label="Take down"))
    assert pictures(village) != []
    await village.restart()
    assert "gone" in said(await village.rosa.click(post, label="Take down"))
    assert pictures(village) == []
    assert "picture" in await village.command(village.rosa, "report log")


@pytest.mark.parametrize("who", ["its member", "an organiser"])
async def test_after_a_fresh_start_of_its_member_it_is_taken_down_as_before(
    bare: Village, who: str
) -> None:
    await bare.set_up()
    bo = bare.newcomer("Bo")
    await bare.create(who=bo)
    await bare.command(bo, "schedule add", days="daily", at="07:30")
    ada = await bare.member("Ada", "named")
    await bare.until("2026-03-02", "08:00")
    await share(bare, ada, telling_jpeg())
    [post] = pictures(bare)
    await bare.command(ada, "group leave")
    await bare.restart(away=timedelta(days=31))
    await bare.join(ada, "named")
    presses = ada if who == "its member" else bo
    assert "gone" in said(await presses.click(post, label="Take down"))
    assert pictures(bare) == []


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"MZ not a picture", "walk.exe", "no picture I can show"),
        (b"", "empty.jpg", "no picture I can show"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "no picture I can show"),
        (b"0" * (MOST_BYTES + 1), "huge.jpg", "larger than 10 MB"),
    ],
)
async def test_what_cannot_be_shown_loses_nothing_of_the_answer(
    village: Village, ada: MemberActor, data: bytes, name: str, told: str
) -> None:
    text = said(await share(village, ada, data, name, how_much="25 min"))
    assert "25 minutes" in text
    assert told in text
    assert pictures(village) == []


async def test_where_the_bot_may_not_attach_files_it_says_so(
    village: Village, ada: MemberActor
) -> None:
    # SimCord takes files whatever the bot may do.
    path = f"/channels/{village.channel.id}/messages"
    village.env.inject_error("POST", path, status=403, code=50013, times=1)
    text = said(await share(village, ada, telling_jpeg(), how_much="25 min"))
    assert "25 minutes" in text
    assert "may not post pictures in <#" in text


async def test_five_a_day_are_enough(village: Village, ada: MemberActor) -> None:
    for _ in range(5):
        await share(village, ada, telling_jpeg())
    assert "5 pictures in 24 hours" in said(await share(village, ada, telling_jpeg()))
    assert len(pictures(village)) == 5


async def test_five_a_day_are_enough_however_fast_they_are_sent(
    village: Village, ada: MemberActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_again = asyncio.Event()

    async def closed(_: Darkroom, data: bytes) -> bytes:
        await open_again.wait()
        return data

    monkeypatch.setattr(Darkroom, "harmless", closed)
    sent: list[InteractionResult] = []
    for _ in range(7):
        shown = await ada.click(village.prompt(), label="Say more")
        filled = {"picture": ("walk.jpg", telling_jpeg()), "activity": ["walk"]}
        sent.append(await ada.submit_modal(shown, filled))
    assert pictures(village) == []
    open_again.set()
    await village.eventually(lambda: all(one.followups for one in sent))
    assert len(pictures(village)) == 5
    assert ["5 pictures in 24 hours" in said(one) for one in sent] == [False] * 5 + [True] * 2


async def test_a_form_with_nothing_in_it_changes_nothing(
    village: Village, ada: MemberActor
) -> None:
    shown = await ada.click(village.prompt(), label="Say more")
    assert "Nothing was filled in" in said(await ada.submit_modal(shown, {"activity": ["walk"]}))
    assert "Ada" not in text_of(village.prompt())


async def test_a_note_beside_a_rest_leaves_it_a_rest(village: Village, ada: MemberActor) -> None:
    await village.answer(ada, "Can't today")
    shown = await ada.click(village.prompt(), label="Say more")
    text = said(await ada.submit_modal(shown, {"activity": ["walk"], "note": "The child is ill"}))
    assert "Can't today" in text
    assert "The child is ill" in text


async def test_what_is_cleared_in_the_form_is_gone(village: Village, ada: MemberActor) -> None:
    shown = await ada.click(village.prompt(), label="Say more")
    filled = {"activity": ["walk"], "how_much": "30 min", "note": "By the river"}
    await ada.submit_modal(shown, filled)
    shown = await ada.click(village.prompt(), label="Say more")
    text = said(
        await ada.submit_modal(shown, {"activity": ["walk"], "how_much": "30 min", "note": ""})
    )
    assert "river" not in text


async def test_one_that_a_crash_left_unrecorded_is_still_its_members(
    village: Village, ada: MemberActor
) -> None:
    bo = await village.member("Bo")
    await share(village, ada, telling_jpeg())
    await village.db.write(lambda conn: conn.execute(delete(shared_pictures)).rowcount)
    [post] = pictures(village)
    assert "Only the one whose picture it is" in said(await bo.click(post, label="Take down"))
    assert "gone" in said(await ada.click(post, label="Take down"))
    assert pictures(village) == []
