"""Reading JSON bodies that may be wrong in any way.

The rules run on bodies that the document has refused as well, so that one run names every fault.
What is of the wrong type reads as empty here: saying that it is wrong is the document's part.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

Step = str | int
JsonObject = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the keys and indexes that lead to it in the body, and what is wrong there."""

    where: tuple[Step, ...]
    text: str

    @property
    def place(self) -> str:
        """The path as one reads it: `data.components[0].label`, or `body` for the whole."""
        path = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in self.where)
        return path.removeprefix(".") or "body"


def below(problems: Iterable[Problem], *where: Step) -> Iterator[Problem]:
    """The same problems, seen from further out: `where` leads to the part they were found in."""
    for problem in problems:
        yield replace(problem, where=(*where, *problem.where))


def object_at(body: JsonObject, key: str) -> JsonObject:
    value = body.get(key)
    return cast("JsonObject", value) if isinstance(value, Mapping) else {}


def items_at(body: JsonObject, key: str) -> list[Any]:
    value = body.get(key)
    return cast("list[Any]", value) if isinstance(value, list) else []


def objects_at(body: JsonObject, key: str) -> list[JsonObject]:
    """The objects of a list, each at its own index: anything else in it reads as empty."""
    return [
        cast("JsonObject", item) if isinstance(item, Mapping) else {}
        for item in items_at(body, key)
    ]


def text_at(body: JsonObject, key: str) -> str:
    value = body.get(key)
    return value if isinstance(value, str) else ""


def number_at(body: JsonObject, key: str) -> int:
    value = body.get(key)
    return value if isinstance(value, int) else 0
