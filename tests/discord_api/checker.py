"""The request checker: what a suite asks whether its requests would have passed at Discord."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from tests.discord_api.bodies import Problem
from tests.discord_api.document import Document, find_document
from tests.discord_api.rules import broken_rules


class Request(Protocol):
    """A request as SimCord records it (`env.http_requests`); `path` is without `/api/v10`."""

    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def params(self) -> Mapping[str, Any]: ...
    @property
    def json(self) -> object: ...


@dataclass(frozen=True, slots=True)
class Violation:
    """One fault of one request; `where` reads like `data.components[0].label`."""

    method: str
    path: str
    where: str
    problem: str

    def __str__(self) -> str:
        return f"{self.method} {self.path} at {self.where}: {self.problem}"


class RequestChecker:
    """Checks requests against the OpenAPI document at `document_path` and the rules beyond it.

    Build one per process (`load_checker`): it reads a megabyte and keeps what it compiled.
    """

    def __init__(self, document_path: Path) -> None:
        self._document = Document(document_path)

    def check_all(self, requests: Iterable[Request]) -> list[Violation]:
        """Every violation, in the order of the requests; one that repeats stands once."""
        found = (violation for request in requests for violation in self.check(request))
        return list(dict.fromkeys(found))

    def check(self, request: Request) -> list[Violation]:
        """The violations of one request, those of the document first."""
        return [
            Violation(request.method, request.path, problem.place, problem.text)
            for problem in self._problems(request)
        ]

    def _problems(self, request: Request) -> Iterator[Problem]:
        operation = self._document.find_operation(request.method, request.path)
        if operation is None:
            yield Problem((), "no such route in Discord's document")
            return
        # Through text and back: what stands on the wire is judged, not tuples and enums.
        body = json.loads(json.dumps(request.json))
        yield from operation.check_query(request.params)
        yield from operation.check_body(body)
        yield from broken_rules(request.method, request.path, body)


@cache
def _checker_of(document_path: Path) -> RequestChecker:
    return RequestChecker(document_path)


def load_checker() -> RequestChecker | None:
    """The process's checker, or None where Discord's document is absent."""
    path = find_document()
    return None if path is None else _checker_of(path)
