"""Reads figures as Prometheus would, and how much they grew."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from bot import metrics


@dataclass
class Growth:
    amount: float = 0.0


def figure(name: str, **labels: str) -> float:
    """What one series stands at; 0 where there is none."""
    return metrics.registry.get_sample_value(name, labels) or 0.0


@contextmanager
def growth_of(name: str, **labels: str) -> Generator[Growth]:
    """By how much a series grows inside; known once it is left."""
    before, growth = figure(name, **labels), Growth()
    yield growth
    growth.amount = figure(name, **labels) - before
