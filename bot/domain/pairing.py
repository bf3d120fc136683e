"""Who is whose buddy: a group's willing members two by two, and three where one is left over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import numpy.typing as npt
import rustworkx

from bot.domain.ids import MembershipId, SlotId

Together = frozenset[MembershipId]
"""Two members, in no order."""
History = Mapping[Together, int]
"""How many pairings ago two were last together, 0 for the latest of either of them."""

Table = npt.NDArray[np.int64]
"""A number for each two of some walkers, by their places."""

PACE, TIMES, VARIETY = 400, 400, 200
"""What a like pace, the same times, and not having been together lately are worth."""
MOST = PACE + TIMES + VARIETY
UNKNOWN_PACE, UNKNOWN_TIMES = PACE // 2, TIMES // 2
"""What they are worth where a member is too new to tell."""
EXACT = 9
"""Up to so many members an odd number is paired in the best way there is; beyond, nearly so."""
EVERY_TWO = 300
"""Up to so many members every two are weighed, beyond only those that fit each one best."""
BEST_FITS = 24
"""How many of those are weighed for each member: the whole is worth hardly less (measured in
`tests.benchmarks.pairing`, 0.1 %), and found 29 times as fast."""


@dataclass(frozen=True, slots=True)
class Walker:
    """A member who wants a buddy, and what is known of their walks."""

    membership_id: MembershipId
    minutes: float | None = None
    """How long their walks usually are; None while nobody knows."""
    kept: Mapping[SlotId, int] = field(default_factory=dict[SlotId, int])
    """How often they came lately, by line of the schedule."""


def pair_up(walkers: Sequence[Walker], history: History) -> list[tuple[MembershipId, ...]]:
    """Pair all of them, by ids in order; the best way that repeats the fewest latest pairs.

    A way is worth what every two who are together in it are worth to each other (`worths`). One
    alone stays alone, and is in none.
    """
    ordered = sorted(walkers, key=lambda one: one.membership_id)
    table = worths(ordered, history) + _freshness(ordered, history)
    if len(ordered) % 2 == 0:
        together = _matched(table, range(len(ordered)))
    elif len(ordered) <= EXACT:
        together = _best_with_three(table)
    else:
        together = _with_three(table)
    return sorted(tuple(ordered[one].membership_id for one in sorted(two)) for two in together)


def worths(walkers: Sequence[Walker], history: History) -> Table:
    """Return how well each two fit, 0 to `MOST`: like pace, same times, a change of company."""
    return _pace(walkers) + _times(walkers) + _variety(walkers, history)


def _pace(walkers: Sequence[Walker]) -> Table:
    minutes = np.array([one.minutes or 0 for one in walkers], dtype=float)
    shorter, longer = np.minimum.outer(minutes, minutes), np.maximum.outer(minutes, minutes)
    like = np.divide(shorter, longer, out=np.zeros_like(longer), where=longer > 0)
    return np.where(shorter > 0, np.rint(PACE * like), UNKNOWN_PACE).astype(np.int64)


def _times(walkers: Sequence[Walker]) -> Table:
    common = np.zeros((len(walkers), len(walkers)))
    every = np.zeros_like(common)
    for slot in sorted({slot for one in walkers for slot in one.kept}):
        kept = np.array([one.kept.get(slot, 0) for one in walkers], dtype=float)
        common += np.minimum.outer(kept, kept)
        every += np.maximum.outer(kept, kept)
    came = np.array([sum(one.kept.values()) > 0 for one in walkers], dtype=bool)
    same = np.divide(common, every, out=np.zeros_like(common), where=every > 0)
    known = np.logical_and.outer(came, came)
    return np.where(known, np.rint(TIMES * same), UNKNOWN_TIMES).astype(np.int64)


def _variety(walkers: Sequence[Walker], history: History) -> Table:
    worth = np.full((len(walkers), len(walkers)), VARIETY, dtype=np.int64)
    for a, b, ago in _met(walkers, history):
        worth[a, b] = worth[b, a] = VARIETY - VARIETY // (ago + 1)
    return worth


def _freshness(walkers: Sequence[Walker], history: History) -> Table:
    """Return what not being the latest pair again is worth: more than all else together."""
    fresh = np.full((len(walkers), len(walkers)), MOST * (len(walkers) + 1), dtype=np.int64)
    for a, b, ago in _met(walkers, history):
        if ago == 0:
            fresh[a, b] = fresh[b, a] = 0
    return fresh


def _met(walkers: Sequence[Walker], history: History) -> Iterator[tuple[int, int, int]]:
    places = {one.membership_id: place for place, one in enumerate(walkers)}
    for two, ago in history.items():
        met = [places[one] for one in two if one in places]
        if len(met) == 2:  # noqa: PLR2004 - both are still here
            yield met[0], met[1], ago


def _matched(table: Table, places: Sequence[int]) -> list[tuple[int, ...]]:
    """Pair an even number of places in the way that is worth most."""
    found = _matching(_edges(table, places))
    left = sorted(set(places) - {place for two in found for place in two})
    # Those who fit nobody's best are few, so every two of them are weighed.
    return found + (_matching(_every_two(table, left)) if left else [])


def _edges(table: Table, places: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    if len(places) <= EVERY_TWO:
        yield from _every_two(table, places)
        return
    near = {tuple(sorted((a, b))) for a in places for b in _best_for(table, a, places)}
    for a, b in sorted(near):
        yield a, b, int(table[a, b])


def _best_for(table: Table, place: int, others: Sequence[int]) -> list[int]:
    worth = table[place, others].copy()
    worth[list(others).index(place)] = -1
    # Stable, so that of equals the first ones stay: the same members are paired the same way.
    return [others[one] for one in np.argsort(-worth, kind="stable")[:BEST_FITS]]


def _every_two(table: Table, places: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    for a, b in combinations(places, 2):
        yield a, b, int(table[a, b])


def _matching(edges: Iterator[tuple[int, int, int]]) -> list[tuple[int, ...]]:
    graph: rustworkx.PyGraph[int | None, int] = rustworkx.PyGraph(multigraph=False)
    graph.extend_from_weighted_edge_list(list(edges))
    matching = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return sorted(tuple(sorted(two)) for two in matching)


def _best_with_three(table: Table) -> list[tuple[int, ...]]:
    """Try each three; for the rest the best pairs are found."""
    if len(table) < 3:  # noqa: PLR2004 - three are needed for three
        return []

    def with_three(three: tuple[int, ...]) -> list[tuple[int, ...]]:
        rest = [place for place in range(len(table)) if place not in three]
        return [three, *_matched(table, rest)]

    ways = map(with_three, combinations(range(len(table)), 3))
    return max(ways, key=lambda way: _total(table, way))


def _with_three(table: Table) -> list[tuple[int, ...]]:
    """Leave out whoever the others can best do without, and add them to the pair they fit best."""
    places = range(len(table))
    nobody = len(table)
    edges = [*_edges(table, places)]
    best = dict.fromkeys(places, 0)
    for a, b, value in edges:
        best[a], best[b] = max(best[a], value), max(best[b], value)
    # To be paired with nobody is worth what the third is worth to one of the pair they join.
    found = _matching(iter([*edges, *((place, nobody, best[place]) for place in places)]))
    pairs = [two for two in found if nobody not in two]
    left = sorted(set(places) - {place for two in pairs for place in two})
    third, rest = left[0], left[1:]
    pairs += _matched(table, rest)
    joined = max(pairs, key=lambda two: sum(int(table[third, one]) for one in two))
    return [two for two in pairs if two != joined] + [(*joined, third)]


def _total(table: Table, way: Sequence[tuple[int, ...]]) -> int:
    return sum(int(table[a, b]) for group in way for a, b in combinations(group, 2))
