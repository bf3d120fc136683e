"""Whatever is written into a form or to the bot: no fault, and nothing that pings.

Each example lives in a village of its own, whose log, requests and database are judged at its end.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from simcord import MemberActor

from bot.domain.checkin import NOTE
from bot.ui.details import HOW_MUCH
from bot.ui.hearing import ANSWERS, SPAN
from tests.end_to_end.cards import said, text_of
from tests.end_to_end.village import Village, open_village

T = TypeVar("T")

NASTY = st.sampled_from(
    [
        "@everyone",
        "@here",
        "<@1>",
        "<@&2>",
        "<#3>",
        "</setup:4>",
        "||hidden||",
        "**bold** __under__ ~~gone~~ `code` > quote",
        "```\nblock\n```",
        "[text](https://example.com)",
        "<t:1772427600:R>",
        "\u202eright to left\u202c",
        "\u0000\u0007\u001b[31m",
        "Z\u0351\u036b\u0343a\u036bl\u0351g\u0343o",
        "9" * 400,
        "-5 min",
        "1e309 km",
        "\u0665\u0660 min",
        "½ mile",
        "30 min",
        "done",
        "back hurts 6/10",
    ]
)
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | NASTY
LONG = st.lists(ANYTHING, max_size=8).map("".join)


@dataclass(frozen=True)
class Filled:
    """What somebody types and chooses in the form for details."""

    how_much: str
    note: str
    activity: str
    effort: str | None


FORMS = st.builds(
    Filled,
    LONG.map(lambda text: text[:HOW_MUCH]),
    LONG.map(lambda text: text[:NOTE]),
    st.sampled_from(["walk", "water", "bike", "elliptical", "other"]),
    st.none() | st.integers(1, 10).map(str),
)
MANY = settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@MANY
@given(st.lists(FORMS, min_size=15, max_size=20))
def test_whatever_is_put_into_the_form(sqlite_template: Path, forms: list[Filled]) -> None:
    asyncio.run(_in_a_village(sqlite_template, _fill_in, forms))


@MANY
@given(st.lists(LONG.map(lambda text: text[:1900]), min_size=15, max_size=20))
def test_whatever_is_written_to_the_bot(sqlite_template: Path, texts: list[str]) -> None:
    asyncio.run(_in_a_village(sqlite_template, _write, texts))


async def _in_a_village(
    template: Path,
    act: Callable[[Village, MemberActor, T], Awaitable[None]],
    examples: Sequence[T],
) -> None:
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "amble.db"
        shutil.copyfile(template, file)
        async with open_village(f"sqlite:///{file}") as village:
            await village.set_up()
            await village.create()
            await village.plan()
            ada = await village.member("Ada", "named")
            await village.until("2026-03-02", "08:00")
            for one in examples:
                await act(village, ada, one)
            await village.wait(minutes=1)
            _judge_public(village)


async def _fill_in(village: Village, ada: MemberActor, form: Filled) -> None:
    shown = await ada.click(village.prompt(), label="Say more")
    assert shown.modal is not None, said(shown)
    filled = {"how_much": form.how_much, "note": form.note, "activity": [form.activity]}
    if form.effort is not None:
        filled["effort"] = [form.effort]
    result = await ada.submit_modal(shown, filled)
    assert result.ephemeral
    assert result.response is not None
    assert "went wrong" not in said(result)


async def _write(village: Village, ada: MemberActor, text: str) -> None:
    me = village.env.bot.user
    assert me is not None
    await village.wait(seconds=2 * SPAN / ANSWERS + 1)
    await ada.send(village.channel, f"<@{me.id}> {text}", reply_to=village.prompt())
    if text.strip():
        await ada.send_dm(text[:2000])


def _judge_public(village: Village) -> None:
    """What everybody reads is the bot's own words and Ada's name, and pings nobody."""
    me = village.env.bot.user
    assert me is not None
    ours = [one for one in village.posted() if one.author.id == me.id]
    for one in ours:
        assert not one.mention_everyone
        assert one.role_mentions == []
        assert one.mentions == []
    answers = {text_of(one) for one in ours if "buttons" in text_of(one) or "Noted" in text_of(one)}
    assert len(answers) <= 4, answers
