"""Discord's OpenAPI document: where it is, which operation a request means, what that takes."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.discord_api.bodies import Problem

VARIABLE = "DISCORD_OPENAPI"
_BESIDE_THE_REPOSITORY = Path(__file__).parents[3] / "shared" / "discord-openapi.json"
_BASE = "urn:discord"
_SNOWFLAKE = "#/components/schemas/SnowflakeType"
_LONGEST_MESSAGE = 300


def document_path() -> Path:
    """Where the document is looked for: what the environment says, else beside the repository."""
    return Path(os.environ.get(VARIABLE) or _BESIDE_THE_REPOSITORY)


def find_document() -> Path | None:
    """The path of Discord's OpenAPI document, or None where it is absent."""
    path = document_path()
    return path if path.is_file() else None


class _Validator(Protocol):
    """The part of jsonschema that is used, with the types that it leaves out."""

    def iter_errors(self, instance: object) -> Iterator[ValidationError]: ...


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one route: its query names, and what checks its body (None: takes none)."""

    query_names: frozenset[str]
    body_required: bool
    validator: _Validator | None

    def check_query(self, params: Mapping[str, Any]) -> Iterator[Problem]:
        """Only the names: discord.py hands over values in several shapes that read the same."""
        for name in params.keys() - self.query_names:
            yield Problem((), f"unknown query parameter {name!r}")

    def check_body(self, body: object) -> Iterator[Problem]:
        if self.validator is None:
            if body:
                yield Problem((), "this route takes no body")
        elif body is not None:
            for error in self.validator.iter_errors(body):
                yield from _explain(error)
        elif self.body_required:
            yield Problem((), "the body is missing")


@dataclass(frozen=True, slots=True)
class _Route:
    pattern: re.Pattern[str]
    template: str
    methods: frozenset[str]

    @property
    def parameters(self) -> int:
        return self.template.count("{")


class Document:
    """The document, ready for look-ups. Operations are compiled when they are first asked for."""

    def __init__(self, path: Path) -> None:
        self._tree: dict[str, Any] = json.loads(path.read_bytes())
        _let_snowflakes_be_integers(self._tree)
        _list_enumerations(self._tree)
        resource = Resource(contents=self._tree, specification=DRAFT202012)
        self._registry: Registry[Any] = Registry[Any]().with_resource(_BASE, resource)
        routes = [self._route(template) for template in self._tree["paths"]]
        # The most literal template first: `messages/bulk-delete` is no message's id.
        self._routes = sorted(routes, key=lambda route: route.parameters)
        self._operations: dict[tuple[str, str], Operation] = {}

    def find_operation(self, method: str, path: str) -> Operation | None:
        """The operation a request means, or None: no such route, or not with that method."""
        for route in self._routes:
            if method.lower() in route.methods and route.pattern.fullmatch(path):
                key = (method.lower(), route.template)
                if key not in self._operations:
                    self._operations[key] = self._compile(*key)
                return self._operations[key]
        return None

    def _route(self, template: str) -> _Route:
        item = self._tree["paths"][template]
        parameters = cast("list[dict[str, Any]]", item.get("parameters") or [])
        ids = {p["name"] for p in parameters if p["schema"].get("$ref") == _SNOWFLAKE}

        def pattern_for(match: re.Match[str]) -> str:
            # A path with `None` where an id belongs is a fault that only shows here.
            return "[0-9]+" if match[1] in ids else "[^/]+"

        # No template holds a character that means something else in a pattern, but for braces.
        pattern = re.compile(re.sub(r"\{(\w+)\}", pattern_for, template))
        return _Route(pattern, template, frozenset(item))

    def _compile(self, method: str, template: str) -> Operation:
        item = self._tree["paths"][template]
        parameters = cast("list[dict[str, Any]]", item[method].get("parameters") or [])
        query = frozenset(str(p["name"]) for p in parameters if p["in"] == "query")
        request = item[method].get("requestBody")
        if request is None:
            return Operation(query, body_required=False, validator=None)
        # Uploads are recorded as the JSON of their `payload_json`, which is of the same schema.
        media = next(iter(request["content"]))
        steps = ("paths", template, method, "requestBody", "content", media, "schema")
        pointer = "/".join(step.replace("~", "~0").replace("/", "~1") for step in steps)
        validator = Draft202012Validator({"$ref": f"{_BASE}#/{pointer}"}, registry=self._registry)
        required = bool(request.get("required"))
        return Operation(query, required, cast("_Validator", validator))


def _let_snowflakes_be_integers(tree: dict[str, Any]) -> None:
    """discord.py sends ids as integers in places (allowed mentions, replies); Discord takes both.

    The one place where the document is stricter than Discord, so the one definition that is
    loosened, and only to integers that fit an id.
    """
    schemas = tree["components"]["schemas"]
    integer = {"type": "integer", "minimum": 0, "maximum": 2**63 - 1}
    schemas["SnowflakeType"] = {"anyOf": [schemas["SnowflakeType"], integer]}


def _list_enumerations(tree: dict[str, Any]) -> None:
    """Say "one of these constants" as `enum`, which means the same in less than half the time.

    The document writes every enumeration as a choice of schemas with one constant each, and
    each component refers to one of 24 such schemas for its type.
    """
    for schema in tree["components"]["schemas"].values():
        branches = cast("list[dict[str, Any]]", schema.get("oneOf") or [{}])
        if all(branch.keys() <= {"const", "title", "description"} for branch in branches):
            constants = [branch["const"] for branch in branches if "const" in branch]
            if len(constants) == len(branches):
                del schema["oneOf"]
                schema["enum"] = constants


def _explain(error: ValidationError) -> Iterator[Problem]:
    """The faults behind an error, down to the part that is wrong.

    A choice between schemas fails as a whole ("not valid under any of the given schemas").
    Discord's choices are told apart by `type`, so the branch that was meant can be named.
    """
    branches: dict[int, list[ValidationError]] = {}
    if error.validator in {"oneOf", "anyOf"}:
        for inner in error.context or ():
            branches.setdefault(cast("int", inner.relative_schema_path[0]), []).append(inner)
    meant = [errors for errors in branches.values() if not any(map(_is_another_type, errors))]
    if len(meant) == 1:
        for inner in meant[0]:
            yield from _explain(inner)
        return
    message = error.message
    if len(message) > _LONGEST_MESSAGE:
        message = f"… {message[-_LONGEST_MESSAGE:]}"
    yield Problem(tuple(error.absolute_path), message)


def _is_another_type(error: ValidationError) -> bool:
    """Whether an error only says that this branch is for something else."""
    if error.validator == "type":
        return not error.relative_path
    return error.validator == "enum" and list(error.relative_path) == ["type"]
