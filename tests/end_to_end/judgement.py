"""What the bot must never do, whatever a test is about."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Sequence

from discord import app_commands
from simcord import Env
from simcord.backend.models import Interaction
from simcord.backend.models.interaction import ResponseKind

from bot.domain.errors import AmbleError
from tests.discord_api import Request, load_checker
from tests.discord_api.rules import broken_rules

_JUDGED: dict[str, tuple[str, ...]] = {}


def faults(
    env: Env,
    interactions: Sequence[Interaction],
    public_answers: int,
    *,
    by_document: bool = True,
) -> Iterable[str]:
    """Everything the bot did that it should never do, whatever the test is about.

    Without `by_document` requests are held against our own rules alone: Discord's take 15 ms each,
    which is minutes where nearly every request is a new one.
    """
    yield from (f"bot raised {error!r}" for error in env.errors if not _refusal(error))
    for request in env.http_requests:
        yield from _violations(request) if by_document else _broken_rules(request)
    unanswered = [one for one in interactions if not one.responded]
    yield from (f"interaction {one.command_name or one.type} got no answer" for one in unanswered)
    public = [one for one in interactions if _is_public(one)]
    if len(public) != public_answers:
        yield f"{len(public)} answers were public: {[one.command_name for one in public]}"


def _violations(request: Request) -> tuple[str, ...]:
    """Judge a request, each shape only once: most tests send the same ones.

    Without Discord's document, of which `tests/discord_api` tells with a skipped test, only the
    rules beyond it are looked at.
    """
    shape = _shape(request)
    if shape not in _JUDGED:
        checker = load_checker()
        _JUDGED[shape] = tuple(
            map(str, checker.check(request)) if checker is not None else _broken_rules(request)
        )
    return _JUDGED[shape]


def _broken_rules(request: Request) -> Iterable[str]:
    return map(str, broken_rules(request.method, request.path, request.json))


def _shape(request: Request) -> str:
    """Return a request with its ids and instants numbered: what differs there is judged alike."""
    text = json.dumps([request.method, request.path, request.params, request.json], default=str)
    numbers: dict[str, str] = {}
    return re.sub(r"\d{10,}", lambda found: numbers.setdefault(found[0], f"#{len(numbers)}"), text)


def _is_public(interaction: Interaction) -> bool:
    return interaction.response_kind is ResponseKind.MESSAGE and not interaction.ephemeral


def _refusal(error: BaseException) -> bool:
    """Say whether an error is one of ours, which its reader was told in words."""
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    return isinstance(error, AmbleError)


class _Keeper(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.kept: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(f"logged {record.name}: {record.getMessage()} {record.exc_info}")


class ErrorsLogged:
    """Gives a list, in which every error that is logged meanwhile comes to stand."""

    def __enter__(self) -> list[str]:
        self._keeper = _Keeper()
        logging.getLogger().addHandler(self._keeper)
        return self._keeper.kept

    def __exit__(self, *exc_info: object) -> None:
        logging.getLogger().removeHandler(self._keeper)
