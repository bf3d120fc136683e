"""A small account written by hand: six days of eight people, in which every rule is kept.

Ada lets the first three walks go by, Ben and Cleo the first, Dai the second; on Saturday everyone
comes. Ben says on Tuesday that he did walk on Monday, and his name goes.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from tests.end_to_end.account_words import catalogue
from tests.year.account import CHANNEL, Posted, Version, Year
from tests.year.almanac import DAY, GROUP, START, ZONE, clock
from tests.year.deeds import Answered, Deed, Joined, Wishes

WISHES = {
    "Rosa": Wishes(pinged=True),
    "Ada": Wishes(pinged=True),
    "Ben": Wishes(),
    "Cleo": Wishes(named=False),
    "Dai": Wishes(reach="dm"),
    "Eve": Wishes(reach="silent"),
    "Finn": Wishes(),
    "Gus": Wishes(),
}
MONDAY, WEDNESDAY, FRIDAY, SATURDAY = (START + n * DAY for n in (0, 2, 4, 5))
SILENT = {MONDAY: ("Ada", "Ben", "Cleo"), WEDNESDAY: ("Ada", "Dai"), FRIDAY: ("Ada",), SATURDAY: ()}
CORRECTED_AT = clock(MONDAY + DAY, time(10))


def example() -> Year:
    """Return the account."""
    deeds: list[Deed] = [
        Joined(clock(START, time(5)), name, "Welcome", wishes) for name, wishes in WISHES.items()
    ]
    messages: list[Posted] = []
    for on, silent in SILENT.items():
        starts_at = clock(on, time(7, 30))
        answered_at = starts_at + timedelta(minutes=30)
        came = [name for name in WISHES if name not in silent]
        deeds += [Answered(answered_at, who, "", starts_at, "done", who) for who in came]
        messages.append(prompt(starts_at, answered_at, [who for who in came if WISHES[who].named]))
    deeds.append(
        Answered(CORRECTED_AT, "Ben", "", clock(MONDAY, time(7, 30)), "done", "Ben"),
    )
    messages += [
        post(clock(WEDNESDAY, time(10, 30)), "nudge.1", pings=("Ada",)),
        post(clock(WEDNESDAY, time(10, 30, 20)), "dm.nudge.1", place="Dai"),
        words_for_monday(),
        post(clock(WEDNESDAY + DAY, time(9)), "encourage.second_miss.1", "Thinking of Ada."),
        post(clock(WEDNESDAY + DAY, time(9, 0, 20)), "dm.encourage.first_miss.1", place="Dai"),
        post(clock(FRIDAY + DAY, time(9)), "encourage.several_misses.1"),
    ]
    return Year(
        zone=ZONE,
        start=START,
        days=6,
        group=GROUP,
        people={name: number for number, name in enumerate(WISHES, start=1)},
        messages=tuple(sorted(messages, key=lambda one: one.at)),
        deeds=tuple(sorted(deeds, key=lambda one: one.at)),
    )


def words_for_monday() -> Posted:
    """Return what was said after Monday, and what it looks like since Ben spoke up."""
    key, at = "encourage.first_miss.1", clock(MONDAY + DAY, time(9))
    first = version(at, key, "Thinking of Ada, Ben and 1 more.")
    return Posted(
        1000,
        CHANNEL,
        (first, version(CORRECTED_AT + timedelta(seconds=5), key, "Thinking of Ada.")),
    )


def post(
    at: datetime,
    key: str,
    *lines: str,
    place: str = CHANNEL,
    pings: tuple[str, ...] = (),
) -> Posted:
    """Return a message that says a wording of the catalogue."""
    return Posted(int(at.timestamp()), place, (version(at, key, *lines, pings=pings),))


def version(at: datetime, key: str, *lines: str, pings: tuple[str, ...] = ()) -> Version:
    text = "\n".join((f"### {GROUP}", catalogue()[key][0], *lines))
    return Version(at, (text,), pings, ())


def prompt(starts_at: datetime, answered_at: datetime, names: list[str]) -> Posted:
    """Return a prompt: as it was posted, with everyone's answers, and closed at three at night."""
    epoch = int(starts_at.timestamp())
    head = f"## {GROUP}\nWalk, 20 minutes · <t:{epoch}:t> (<t:{epoch}:R>)"
    came = f"**Out walking:** {', '.join(names)}"
    closed = catalogue()["prompt.settled"][0].replace("{until}", f"<t:{epoch}:F>")
    settled_at = clock(starts_at.astimezone(ZONE).date() + DAY, time(3))
    versions = (
        Version(starts_at, (head,), (), ()),
        Version(answered_at, (head, came), (), ()),
        Version(settled_at, (head, came, closed), (), ()),
    )
    return Posted(epoch, CHANNEL, versions)
