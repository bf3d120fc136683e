"""Twelve lives on the ladder, through the real bot: each ends where the rules say.

All twelve live in one village that walks on Mondays, Wednesdays and Fridays. Of a week there is a
word for each of its sessions, and of a word a letter for each thing that is done at noon.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from simcord import InteractionResult, MemberActor
from sqlalchemy import Connection, select

from bot.storage.tables import programmes, reviews
from tests.end_to_end.cards import labels_of, said
from tests.end_to_end.village import Village

WEEKS = 13
GOOD, SILENT = "d d d", ". . ."
DAYS = (0, 2, 4)


@dataclass(frozen=True)
class Life:
    """How long somebody walks at a time to begin with, their weeks, and what each came to."""

    name: str
    minutes: int
    weeks: tuple[str, ...]
    rungs: tuple[int, ...]
    """After each review, from 0."""
    rules: str


LIVES = (
    Life(
        "a beginner who comes every time",
        5,
        (GOOD,) * 13,
        (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10),
        "up up up up up up up up up up top top top",
    ),
    Life(
        "back after a flu that nobody was told of",
        20,
        (GOOD, GOOD, SILENT, SILENT, SILENT, *[GOOD] * 8),
        (7, 8, 7, 7, 7, 6, 7, 8, 9, 10, 10, 10, 10),
        "up up little away away back up up up up top top top",
    ),
    Life(
        "back after a flu that was a pause",
        20,
        (GOOD, GOOD, "P . .", SILENT, SILENT, "Rd d d", *[GOOD] * 7),
        (7, 8, 8, 8, 8, 6, 7, 8, 9, 10, 10, 10, 10),
        "up up nothing nothing nothing back up up up up top top top",
    ),
    Life(
        "flares in week three",
        15,
        (GOOD, GOOD, "s6 s5 d", "s3 d d", "s4 d d", *[GOOD] * 8),
        (5, 6, 5, 6, 6, 7, 8, 9, 10, 10, 10, 10, 10),
        "up up sore up pain up up up up top top top top",
    ),
    Life(
        "a sore spell, and the note unread for a while",
        25,
        (GOOD, "s8 r .", GOOD, GOOD, "Nd d d", *[GOOD] * 8),
        (9, 8, 8, 8, 9, 10, 10, 10, 10, 10, 10, 10, 10),
        "up sore note note up up top top top top top top top",
    ),
    Life(
        "over-keen: begins anew again and again, as if walking half an hour",
        5,
        ("dAA dAA dAA",) * 13,
        (0,) * 13,
        " ".join(["begun"] * 13),
    ),
    Life(
        "Fridays only",
        10,
        (". . d",) * 13,
        (0,) * 13,
        " ".join(["some"] * 13),
    ),
    Life(
        "swims only",
        10,
        ("w w w",) * 13,
        (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10),
        "up up up up up up up up up up top top top",
    ),
    Life(
        "wants to stay for a while",
        15,
        (GOOD, "Hd d d", GOOD, GOOD, ". . d", SILENT, "Gd d d", *[GOOD] * 6),
        (5, 5, 5, 5, 5, 4, 5, 6, 7, 8, 9, 10, 10),
        "up chosen chosen chosen some little up up up up up up top",
    ),
    Life(
        "takes it down a rung twice",
        20,
        (GOOD, "Ed d d", GOOD, "d d dE", *[GOOD] * 9),
        (7, 7, 8, 8, 9, 10, 10, 10, 10, 10, 10, 10, 10),
        "up up up up up up top top top top top top top",
    ),
    Life(
        "part of it, and both walks of the day",
        5,
        ("p dm dm",) * 13,
        (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10),
        "up up up up up up up up up up top top top",
    ),
    Life(
        "came twice and was not seen again",
        30,
        ("d d .", *[SILENT] * 12),
        (10, 9, *[9] * 11),
        "some little " + " ".join(["away"] * 11),
    ),
)
LABELS = {"d": "Done", "p": "Part of it", "r": "Can't today"}
BUTTONS = {"E": "One rung gentler", "H": "Stay here", "G": "Let it grow", "N": "I have read it"}


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)
def test_a_life_is_written_in_full(life: Life) -> None:
    assert len(life.weeks) == len(life.rungs) == len(life.rules.split()) == WEEKS


async def test_twelve_lives_end_where_the_rules_say(bare: Village) -> None:
    await bare.set_up()
    await bare.create()
    await bare.plan("mon wed fri")
    people = [(await bare.member(f"Walker {place}"), life) for place, life in enumerate(LIVES)]
    for who, life in people:
        await begin(bare, who, life.minutes)
    for week in range(WEEKS):
        for place, day in enumerate(DAYS):
            on = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(weeks=week, days=day)
            await bare.until(f"{on:%Y-%m-%d}", "12:00")
            for who, life in people:
                await live(bare, who, life.weeks[week].split()[place])
    await bare.until("2026-06-01", "12:00")
    found = await bare.db.read(reviewed)
    for who, life in people:
        assert found[who.user.id] == list(zip(life.rules.split(), life.rungs, strict=True)), life


async def live(village: Village, who: MemberActor, word: str) -> None:
    """Do everything that a word says."""
    receipt: InteractionResult | None = None
    for place, letter in enumerate(word):
        if letter in LABELS:
            receipt = await who.click(village.prompt(), label=LABELS[letter])
        elif letter in BUTTONS:
            await press_own(village, who, BUTTONS[letter])
        elif letter == "s":
            sore = await who.click(village.prompt(), label="My back hurts")
            assert sore.response is not None
            await who.select(sore.response, [word[place + 1]])
        elif letter == "w":
            await village.command(who, "checkin", answer="done", how_much="swim 20")
        elif letter == "P":
            await village.command(who, "pause start")
        elif letter == "R":
            await village.command(who, "pause end")
        elif letter == "A":
            await village.command(who, "programme stop")
            await begin(village, who, 30)
        elif letter == "m":
            await walk_on(who, receipt)


async def begin(village: Village, who: MemberActor, minutes: int) -> None:
    form = await who.slash(village.channel, "programme start")
    answers = {"walking": "often", "minutes": [str(minutes)], "pain": ["0"], "note_read": ["yes"]}
    await who.submit_modal(form, answers)


async def press_own(village: Village, who: MemberActor, label: str) -> None:
    """Press a button of one's own programme."""
    shown = await who.slash(village.channel, "programme show")
    assert shown.response is not None, said(shown)
    (meant,) = [one for one in labels_of(shown.response) if one.startswith(label)]
    await who.click(shown.response, label=meant)


async def walk_on(who: MemberActor, receipt: InteractionResult | None) -> None:
    """Add the day's other walks, as long as they are offered."""
    assert receipt is not None
    while receipt.response is not None:
        again = [one for one in labels_of(receipt.response) if one.startswith("Another")]
        if not again:
            return
        receipt = await who.click(receipt.response, label=again[0])


def reviewed(conn: Connection) -> dict[int, list[tuple[str, int]]]:
    """What each review came to, as (rule, rung), by member; the last is where they stand."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for row in conn.execute(select(reviews).order_by(reviews.c.week_on)):
        found[row.user_id].append((row.rule, row.rung_after))
    standing = {row.user_id: row.rung for row in conn.execute(select(programmes))}
    assert all(standing[user_id] == weeks[-1][1] for user_id, weeks in found.items())
    return found
