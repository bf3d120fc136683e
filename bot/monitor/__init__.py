"""What operators ask a running Amble: is it alive, is it ready, and how is it doing."""

from bot.monitor.readiness import Check, database_answers
from bot.monitor.requests import count_requests
from bot.monitor.server import NotServed, serve

__all__ = ["Check", "NotServed", "count_requests", "database_answers", "serve"]
