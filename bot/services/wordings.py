"""Drawing words for a group, so that none repeats before all others were used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import Connection

from bot.domain import wording
from bot.domain.ids import MembershipId
from bot.domain.moment import Moment
from bot.storage import bags, moments

Families = Mapping[str, Sequence[str]]
"""Keys of the catalogue's wordings by family, such as `nudge` or `encourage.first_miss`."""

OWN = "own"
"""The bag of a group's own words, whatever they are for."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a group's organisers wrote for a situation, by the keys that wordings have."""

    keys: tuple[str, ...] = ()
    alone: bool = False
    """Whether they are said in place of the catalogue's, not beside them."""


NONE_OWN = OwnWords()


def draw(
    conn: Connection,
    moment: Moment,
    family: str,
    families: Families,
    now: datetime,
    *,
    leading: str | None = None,
    own: OwnWords = NONE_OWN,
) -> str:
    """Draw a wording for a moment and keep it with it; a moment that has one keeps it."""
    if moment.wording is not None:
        return moment.wording
    used = bags.drawn(conn, moment.guild_id, moment.group_id, family, OWN)
    offered = own.keys if own.alone and own.keys else (*own.keys, *families[family])
    # The moment's own id is the chance: the same world draws the same words.
    drawn = wording.draw(offered, used, Random(moment.id))
    # What organisers wrote for any day would else come again in each situation.
    bag = OWN if drawn in own.keys else family
    bags.add(conn, moment.guild_id, moment.group_id, bag, drawn, now)
    moments.remember_words(conn, moment, wording=drawn, leading=leading)
    return drawn


def draw_for_one(
    conn: Connection,
    moment: Moment,
    membership_id: MembershipId,
    family: str,
    families: Families,
    now: datetime,
) -> str:
    """Draw a wording for one member's direct message, from a bag of their own."""
    bag = f"{family}:{membership_id}"
    used = bags.drawn(conn, moment.guild_id, moment.group_id, bag)
    drawn = wording.draw(families[family], used, Random(moment.id ^ membership_id))
    bags.add(conn, moment.guild_id, moment.group_id, bag, drawn, now)
    return drawn
