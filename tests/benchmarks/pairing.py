"""How long pairing a large group takes, against weighing every two of its members.

    python -m tests.benchmarks.pairing [--members 1000] [--times 5]

Medians, all of one run; what is paired is worth less by as much as is printed.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterable
from itertools import combinations
from random import Random
from unittest import mock

from bot.domain import pairing
from bot.domain.ids import MembershipId, SlotId
from bot.domain.pairing import Walker, pair_up, worths


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=1000)
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    walkers = _walkers(given.members)
    took, way = _timed(walkers, given.times)
    with mock.patch.object(pairing, "EVERY_TWO", given.members):
        baseline, best = _timed(walkers, 1)
    less = 1 - _worth(walkers, way) / _worth(walkers, best)
    print(f"{given.members} members, the {pairing.BEST_FITS} best fits of each")
    print(f"paired in {took:.2f} s (median of {given.times})")
    print(f"every two weighed: {baseline:.2f} s, {baseline / took:.0f} times as long")
    print(f"worth less by {less:.3%}")


def _walkers(count: int) -> list[Walker]:
    chance = Random(7)
    return [
        Walker(
            MembershipId(n),
            chance.choice([None, *range(5, 40)]),
            {SlotId(slot): chance.randrange(9) for slot in range(6)},
        )
        for n in range(count)
    ]


def _timed(walkers: list[Walker], times: int) -> tuple[float, list[tuple[MembershipId, ...]]]:
    took: list[float] = []
    way: list[tuple[MembershipId, ...]] = []
    for _ in range(times):
        began = time.perf_counter()
        way = pair_up(walkers, {})
        took.append(time.perf_counter() - began)
    return statistics.median(took), way


def _worth(walkers: list[Walker], way: Iterable[tuple[MembershipId, ...]]) -> int:
    table = worths(walkers, {})
    return sum(int(table[a, b]) for together in way for a, b in combinations(together, 2))


if __name__ == "__main__":
    main()
