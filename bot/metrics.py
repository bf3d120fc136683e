"""Figures for operators, as Prometheus reads them from the monitor's ``/metrics``.

Every function here takes microseconds, never raises and may be called from any thread, so that
what is measured need not know whether somebody looks. Labels are small, fixed sets: never the id
of a person, a server or a message. docs/operating.md tells what each figure means.

Series whose labels are known stand at 0 from the start: to Prometheus a series that begins at 1
has not grown, and an alarm on the first fault would stay silent.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import product

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)

from bot import clock
from bot.domain.moment import MomentKind

# A second series for each figure, which nobody reads: Prometheus sees a restart by itself.
disable_created_metrics()

registry = CollectorRegistry()
ProcessCollector(registry=registry)
PlatformCollector(registry=registry)
GCCollector(registry=registry)

UNREACHED = "unreached"
"""The status of a request that Discord did not answer."""

# Seconds. A prompt on time is a second or two late; behind them stand one minute, an hour, a day.
LATENESS = (0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 21600, 86400)
# Discord drops a click after 3 s without an acknowledgement.
ANSWERING = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10)
REQUESTING = (0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30)
TRANSACTING = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
LAGGING = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10)

_moments = Counter(
    "amble_moments_total",
    "Moments (prompts, nudges, settlements, ...) by how their turn ended",
    ("kind", "outcome"),
    registry=registry,
)
_lateness = Histogram(
    "amble_moment_lateness_seconds",
    "Time between when a moment was due and when it was sent or done",
    ("kind",),
    buckets=LATENESS,
    registry=registry,
)
_due = Gauge("amble_moments_due", "Moments that are due and not done yet", registry=registry)
_late = Gauge("amble_moments_late", "Moments overdue by more than a minute", registry=registry)
_requests = Counter(
    "amble_discord_requests_total",
    "HTTP requests to Discord by method, route and status",
    ("method", "route", "status"),
    registry=registry,
)
_requesting = Histogram(
    "amble_discord_request_duration_seconds",
    "Time until Discord answered an HTTP request, or it was given up",
    ("method", "route"),
    buckets=REQUESTING,
    registry=registry,
)
_limited = Counter(
    "amble_discord_rate_limited_total",
    "Answers 429 by the scope of the limit that was hit",
    ("scope",),
    registry=registry,
)
_interactions = Counter(
    "amble_interactions_total",
    "Commands, clicks and forms by how they ended",
    ("kind", "outcome"),
    registry=registry,
)
_answering = Histogram(
    "amble_interaction_duration_seconds",
    "Time from the arrival of a command, click or form until it was dealt with",
    ("kind",),
    buckets=ANSWERING,
    registry=registry,
)
_ready = Gauge(
    "amble_shard_ready",
    "1 while a shard of this process is connected and ready, else 0",
    ("shard",),
    registry=registry,
)
_gateway = Counter(
    "amble_gateway_events_total",
    "Connections to Discord's gateway made, lost and resumed",
    ("event",),
    registry=registry,
)
_transacting = Histogram(
    "amble_database_duration_seconds",
    "Time that units of work took, with their wait for a connection",
    ("operation", "outcome"),
    buckets=TRANSACTING,
    registry=registry,
)
_lag = Histogram(
    "amble_event_loop_lag_seconds",
    "How much later than asked the event loop woke a task that sleeps",
    buckets=LAGGING,
    registry=registry,
)
_backups = Counter(
    "amble_backups_total", "Backups made by the running bot", ("outcome",), registry=registry
)
_newest_backup = Gauge(
    "amble_backup_last_success_timestamp_seconds",
    "When the newest backup that this process knows of was made; 0: it knows of none",
    registry=registry,
)
_redraws = Counter(
    "amble_redraws_total", "Tallies redrawn under prompts", ("outcome",), registry=registry
)
_build = Info("amble_build", "Which Amble runs", registry=registry)


def moment_ended(kind: str, outcome: str, late_seconds: float | None = None) -> None:
    """Count a turn of a moment: sent, skipped, failed, retried, put_off or lost.

    `late_seconds` is how long after its due time it was sent; None for what was not.
    """
    _moments.labels(kind, outcome).inc()
    if late_seconds is not None:
        _lateness.labels(kind).observe(max(0.0, late_seconds))


def moments_waiting(due: int, late: int) -> None:
    """Say how many moments are due now, and how many of those should be done long since."""
    _due.set(due)
    _late.set(late)


def request_ended(method: str, route: str, status: int | None, seconds: float) -> None:
    """Count a request to Discord; `route` is a template, `status` None: there was no answer."""
    _requests.labels(method, route, UNREACHED if status is None else str(status)).inc()
    _requesting.labels(method, route).observe(seconds)


def rate_limited(scope: str) -> None:
    """Count an answer 429 by X-RateLimit-Scope: user, shared, global, or unknown."""
    _limited.labels(scope).inc()


def interaction_ended(kind: str, outcome: str, seconds: float) -> None:
    """Count a command, button, form or autocomplete.

    Outcomes: answered, refused (the member was told why not), not_saved (the database failed,
    the member was told), failed (a fault of Amble's), lost (Discord no longer took the answer),
    repeated (answered before).
    """
    _interactions.labels(kind, outcome).inc()
    _answering.labels(kind).observe(seconds)


def shard_state(shard_id: int, ready: bool) -> None:  # noqa: FBT001 - it is the state itself
    """Note whether a shard of this process is ready."""
    _ready.labels(str(shard_id)).set(ready)


def gateway_event(event: str) -> None:
    """Count what happened to a shard's connection: connected, disconnected, resumed."""
    _gateway.labels(event).inc()


def database_ended(operation: str, outcome: str, seconds: float) -> None:
    """Note a unit of work: read or write; ok, or error where the database failed."""
    _transacting.labels(operation, outcome).observe(seconds)


def loop_lagged(seconds: float) -> None:
    """Note by how much the event loop overslept."""
    _lag.observe(seconds)


def backup_ended(outcome: str) -> None:
    """Count a backup: ok or failed."""
    _backups.labels(outcome).inc()
    if outcome == "ok":
        backup_found(clock.now())


def backup_found(made_at: datetime) -> None:
    """Note when the newest backup was made, also one of an earlier process."""
    _newest_backup.set(made_at.timestamp())


def redraw_ended(outcome: str) -> None:
    """Count a message drawn anew: ok, put_off or failed."""
    _redraws.labels(outcome).inc()


def _begin(counter: Counter | Histogram, *labels: Iterable[str]) -> None:
    for values in product(*labels):
        counter.labels(*values)


def _version() -> str:
    try:
        return version("amble")
    except PackageNotFoundError:
        return "unknown"


_KINDS = ("command", "button", "form", "autocomplete")
_begin(_moments, MomentKind, ("sent", "skipped", "failed", "retried", "put_off", "lost"))
_begin(_lateness, MomentKind)
_begin(_limited, ("user", "shared", "global", "unknown"))
_begin(
    _interactions,
    _KINDS,
    ("answered", "refused", "not_saved", "failed", "lost", "repeated"),
)
_begin(_answering, _KINDS)
_begin(_gateway, ("connected", "disconnected", "resumed"))
_begin(_transacting, ("read", "write"), ("ok", "error"))
_begin(_backups, ("ok", "failed"))
_begin(_redraws, ("ok", "put_off", "failed"))
_build.info({"version": _version()})
