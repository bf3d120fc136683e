"""Giving everybody who wants a buddy one, and changing as few pairs as can be.

Whoever calls holds the group (`groups.lock`): one pairing at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from itertools import combinations

from sqlalchemy import Connection

from bot.domain import pairing as rules
from bot.domain.encouragement import is_let_be
from bot.domain.ids import MembershipId, SlotId
from bot.domain.pairing import History, Together, Walker
from bot.domain.schedule import local_date
from bot.services import notices
from bot.services.notices import NoticeKind
from bot.storage import memberships, pairs
from bot.storage import notices as stored_notices
from bot.storage.groups import Group
from bot.storage.memberships import Member
from bot.storage.pairs import Pair

LONG_PAUSE = timedelta(days=7)
"""Whose pause lasts longer than this from today on needs no buddy until they are back."""
HABITS_OF = timedelta(weeks=8)
"""How far back it is looked for when members walk."""
SETTLED_IN = timedelta(days=14)
"""A pair that is younger than this stays together when the month changes."""
THREE = 3


def re_pair(
    conn: Connection, group: Group, now: datetime, *, knows: MembershipId | None = None
) -> None:
    """Pair who wants a buddy and has none, and mend the pairs that somebody has left.

    Everybody concerned is told, but the one who `knows`, having just asked for it.
    """
    circle = _Circle(conn, group, now, knows)
    standing = pairs.current(conn, group.guild_id, group.id)
    whole = [
        pair
        for pair in standing
        if len(pair.members) > 1 and set(pair.members) <= circle.willing.keys()
    ]
    broken = [pair for pair in standing if pair not in whole]
    left = [tuple(one for one in pair.members if one in circle.willing) for pair in broken]
    still_together = [together for together in left if len(together) > 1]
    paired = {one for together in still_together for one in together}
    paired.update(one for pair in whole for one in pair.members)
    free = [one for one in circle.willing if one not in paired]
    opened, found = circle.company_for(free, whole) if free else ([], [])
    circle.change([*broken, *opened], [*still_together, *found])
    with_company = {one for together in found for one in together}
    for together in left:
        if len(together) == 1 and together[0] not in with_company:
            circle.tell(together[0], NoticeKind.ALONE)


def rotate(conn: Connection, group: Group, now: datetime) -> None:
    """Pair everybody anew, but those who are together for a short time only."""
    every = pairs.current(conn, group.guild_id, group.id)
    _Circle(conn, group, now).mix([pair for pair in every if pair.made_at <= now - SETTLED_IN])


def swap(conn: Connection, group: Group, member: Member, now: datetime) -> bool:
    """Give a member another buddy; False where they have none, or there is no other.

    One other pair is mixed with theirs, the one with which everybody fits best. Of three, the
    member goes to another pair and the other two stay.
    """
    re_pair(conn, group, now)
    pair = pairs.of_member(conn, group.guild_id, member.id)
    every = pairs.current(conn, group.guild_id, group.id)
    others = [one for one in every if pair is not None and one.id != pair.id]
    if pair is None or not others:
        return False
    circle = _Circle(conn, group, now, member.id)
    if len(pair.members) == THREE:
        stay = tuple(one for one in pair.members if one != member.id)
        joined = circle.best_as_third(member.id, others)
        made = [stay, (*joined.members, member.id)]
        circle.change([pair, joined], made, swapped_by=member.id)
    else:
        best = max(others, key=lambda other: circle.worth_of_mixing((pair, other)))
        circle.mix([pair, best], swapped_by=member.id)
    return True


class _Circle:
    """The members of a group who want a buddy, with what it takes to find them one."""

    def __init__(
        self, conn: Connection, group: Group, now: datetime, knows: MembershipId | None = None
    ) -> None:
        self._conn = conn
        self._group = group
        self._now = now
        self._knows = knows
        self.willing = _willing(conn, group, now)

    @cached_property
    def walkers(self) -> dict[MembershipId, Walker]:
        """What is known of how they walk."""
        kept: dict[MembershipId, dict[SlotId, int]] = defaultdict(dict)
        since = self._now - HABITS_OF
        for visits in pairs.visits(self._conn, self._group.guild_id, list(self.willing), since):
            kept[visits.membership_id][visits.slot_id] = visits.kept
        return {one: Walker(one, _usual(member), kept[one]) for one, member in self.willing.items()}

    @cached_property
    def history(self) -> History:
        """How many pairings ago two were together, counted for whoever had fewer since."""
        history: dict[Together, int] = {}
        later: dict[MembershipId, int] = defaultdict(int)
        for pair in reversed(pairs.of_group(self._conn, self._group.guild_id, self._group.id)):
            for a, b in combinations(pair.members, 2):
                history.setdefault(frozenset({a, b}), min(later[a], later[b]))
            for one in pair.members:
                later[one] += 1
        return history

    def company_for(
        self, free: Sequence[MembershipId], whole: Sequence[Pair]
    ) -> tuple[list[Pair], list[tuple[MembershipId, ...]]]:
        """Return the pairs to open for those who are free, and who is together afterwards."""
        opened: list[Pair] = []
        if len(free) % 2:
            # Threes are for odd numbers: with one more there is no need of it any more.
            opened = [pair for pair in whole if len(pair.members) == THREE][:1]
            if not opened and len(free) == 1 and whole:
                joined = self.best_as_third(free[0], whole)
                return [joined], [(*joined.members, free[0])]
        among = [*free, *(one for pair in opened for one in pair.members)]
        return opened, self._paired(among)

    def best_as_third(self, third: MembershipId, whole: Sequence[Pair]) -> Pair:
        """Return the pair that somebody fits best as a third, if it can be not their latest one."""
        twos = [pair for pair in whole if len(pair.members) < THREE] or whole
        return max(twos, key=lambda pair: self._worth((one, third) for one in pair.members))

    def worth_of_mixing(self, mixed: Iterable[Pair]) -> tuple[int, int]:
        """Return how well the members of some pairs could be together."""
        return self._worth(self._paired(one for pair in mixed for one in pair.members))

    def mix(self, mixed: Sequence[Pair], *, swapped_by: MembershipId | None = None) -> None:
        """Pair the members of some pairs anew; who comes together again stays together."""
        found = self._paired(one for pair in mixed for one in pair.members)
        stay = {pair.members for pair in mixed} & set(found)
        self.change(
            [pair for pair in mixed if pair.members not in stay],
            [together for together in found if together not in stay],
            swapped_by=swapped_by,
        )

    def change(
        self,
        ended: Iterable[Pair],
        made: Iterable[tuple[MembershipId, ...]],
        *,
        swapped_by: MembershipId | None = None,
    ) -> None:
        """End pairs and make others, and tell those concerned."""
        conn, group, now = self._conn, self._group, self._now
        made = list(made)
        pairs.end(conn, group.guild_id, [pair.id for pair in ended], now)
        self._forget_news(one for together in made for one in together)
        for together in made:
            pair_id = pairs.make(
                conn, group.guild_id, group.id, together, now, swapped_by=swapped_by
            )
            for one in together:
                self.tell(one, NoticeKind.PAIRED, str(pair_id))

    def tell(self, one: MembershipId, kind: NoticeKind, detail: str = "") -> None:
        """Tell a member about their company, unless it is they who changed it."""
        if one != self._knows:
            notices.add(self._conn, self._group, self.willing[one], kind, detail, self._now)

    def _forget_news(self, members: Iterable[MembershipId]) -> None:
        """Drop what members are still to be told of their company: it is no news any more."""
        kinds = (NoticeKind.PAIRED, NoticeKind.ALONE)
        stored_notices.withdraw(self._conn, self._group.guild_id, members, kinds)

    def _paired(self, among: Iterable[MembershipId]) -> list[tuple[MembershipId, ...]]:
        return rules.pair_up(
            [self.walkers[one] for one in among if one in self.walkers], self.history
        )

    def _worth(self, way: Iterable[tuple[MembershipId, ...]]) -> tuple[int, int]:
        """Return how good a way is: few of the latest pairs again, then how well they fit."""
        twos = [two for together in way for two in combinations(together, 2)]
        again = sum(self.history.get(frozenset(two)) == 0 for two in twos)
        places, table = self._worths
        return -again, sum(int(table[places[a], places[b]]) for a, b in twos)

    @cached_property
    def _worths(self) -> tuple[dict[MembershipId, int], rules.Table]:
        """How well every two fit, by their places in it."""
        places = {one: place for place, one in enumerate(self.walkers)}
        return places, rules.worths(list(self.walkers.values()), self.history)


def _willing(conn: Connection, group: Group, now: datetime) -> dict[MembershipId, Member]:
    """Return the members who want a buddy and are neither away for long nor silent for long."""
    members = memberships.of_group(conn, group.guild_id, group.id)
    wanting = {
        member.id: member
        for member in members
        if member.buddying and not is_let_be(member.last_sign_at, now)
    }
    today = local_date(now, group.zone)
    away = {
        pause.membership_id
        for pause in memberships.pauses_of(conn, group.guild_id, wanting, today)
        if pause.covers(today) and (pause.last_on is None or pause.last_on >= today + LONG_PAUSE)
    }
    return {one: member for one, member in wanting.items() if one not in away}


def _usual(member: Member) -> float | None:
    """Return how many minutes a member walks as a rule; None for one who never did."""
    return member.streak.minutes / member.streak.kept if member.streak.kept else None
