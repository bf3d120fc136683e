"""Each function of the figures moves its own series, and nothing makes one raise."""

from __future__ import annotations

import timeit
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot import metrics
from bot.domain.moment import MomentKind
from bot.storage.database import Database
from bot.storage.errors import Busy
from tests.monitor.figures import figure, growth_of

Labels = dict[str, str]


@pytest.mark.parametrize(
    ("note", "name", "labels"),
    [
        (
            lambda: metrics.moment_ended("nudge", "skipped"),
            "amble_moments_total",
            {"kind": "nudge", "outcome": "skipped"},
        ),
        (
            lambda: metrics.moment_ended("prompt", "sent", 3.0),
            "amble_moment_lateness_seconds_count",
            {"kind": "prompt"},
        ),
        (
            lambda: metrics.request_ended("GET", "/gateway/bot", None, 0.1),
            "amble_discord_requests_total",
            {"method": "GET", "route": "/gateway/bot", "status": "unreached"},
        ),
        (
            lambda: metrics.rate_limited("global"),
            "amble_discord_rate_limited_total",
            {"scope": "global"},
        ),
        (
            lambda: metrics.interaction_ended("form", "refused", 0.1),
            "amble_interactions_total",
            {"kind": "form", "outcome": "refused"},
        ),
        (
            lambda: metrics.interaction_ended("form", "refused", 0.1),
            "amble_interaction_duration_seconds_count",
            {"kind": "form"},
        ),
        (
            lambda: metrics.gateway_event("resumed"),
            "amble_gateway_events_total",
            {"event": "resumed"},
        ),
        (
            lambda: metrics.database_ended("write", "error", 0.1),
            "amble_database_duration_seconds_count",
            {"operation": "write", "outcome": "error"},
        ),
        (lambda: metrics.loop_lagged(0.1), "amble_event_loop_lag_seconds_count", {}),
        (
            lambda: metrics.backup_ended("failed"),
            "amble_backups_total",
            {"outcome": "failed"},
        ),
        (
            lambda: metrics.redraw_ended("put_off"),
            "amble_redraws_total",
            {"outcome": "put_off"},
        ),
    ],
)
def test_what_is_noted_is_counted_once(note: Callable[[], None], name: str, labels: Labels) -> None:
    with growth_of(name, **labels) as growth:
        note()
    assert growth.amount == 1


def test_what_waits_is_told_as_it_is_now() -> None:
    metrics.moments_waiting(7, 2)
    metrics.moments_waiting(3, 1)
    assert (figure("amble_moments_due"), figure("amble_moments_late")) == (3, 1)


def test_a_shard_is_ready_or_not() -> None:
    metrics.shard_state(41, ready=True)
    assert figure("amble_shard_ready", shard="41") == 1
    metrics.shard_state(41, ready=False)
    assert metrics.registry.get_sample_value("amble_shard_ready", {"shard": "41"}) == 0


def test_a_good_backup_renews_the_newest_ones_age() -> None:
    metrics.backup_found(datetime(2020, 1, 1, tzinfo=UTC))
    assert figure("amble_backup_last_success_timestamp_seconds") == 1577836800
    metrics.backup_ended("failed")
    assert figure("amble_backup_last_success_timestamp_seconds") == 1577836800
    metrics.backup_ended("ok")
    assert figure("amble_backup_last_success_timestamp_seconds") > 1577836800


@pytest.mark.parametrize("kind", MomentKind)
@pytest.mark.parametrize("outcome", ["sent", "skipped", "failed", "retried", "put_off", "lost"])
def test_the_first_fault_of_a_kind_can_be_seen_to_grow(kind: MomentKind, outcome: str) -> None:
    labels = {"kind": kind.value, "outcome": outcome}
    assert metrics.registry.get_sample_value("amble_moments_total", labels) is not None


@pytest.mark.parametrize("seconds", [-5.0, 0.0, 1e9])
def test_an_odd_duration_raises_nothing(seconds: float) -> None:
    metrics.moment_ended("week", "sent", seconds)
    metrics.request_ended("GET", "/odd", 200, seconds)


def test_a_figure_costs_next_to_nothing() -> None:
    runs = 2000
    took = timeit.timeit(lambda: metrics.interaction_ended("button", "answered", 0.1), number=runs)
    # Measured: 4 microseconds.
    assert took / runs < 0.0005


async def test_units_of_work_are_timed_by_what_they_do(db: Database) -> None:
    with (
        growth_of("amble_database_duration_seconds_count", operation="read", outcome="ok") as read,
        growth_of(
            "amble_database_duration_seconds_count", operation="write", outcome="ok"
        ) as wrote,
    ):
        await db.read(lambda conn: None)
        await db.write(lambda conn: None)
        await db.write(lambda conn: None)
    assert (read.amount, wrote.amount) == (1, 2)


@pytest.mark.parametrize(("error", "amount"), [(Busy("locked"), 1), (LookupError("none"), 0)])
async def test_only_the_databases_own_failures_count_as_such(
    db: Database, error: Exception, amount: int
) -> None:
    def fail(conn: object) -> None:
        raise error

    with (
        growth_of(
            "amble_database_duration_seconds_count", operation="write", outcome="error"
        ) as failed,
        pytest.raises(type(error)),
    ):
        await db.write(fail)
    assert failed.amount == amount
