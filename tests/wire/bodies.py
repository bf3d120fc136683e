"""Reading what a request carries: JSON, or a form with files."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any, cast

from aiohttp import BodyPartReader, web

from tests.wire.limits import REQUEST_BYTES


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a request, with the names under which SimCord asks for its parts."""

    filename: str
    fp: io.BytesIO
    description: str | None = None

    @property
    def size(self) -> int:
        return self.fp.getbuffer().nbytes


async def read_body(request: web.BaseRequest) -> tuple[Any, list[Upload]]:
    """Return a request's JSON (None: it has none) and its files, larger than Discord's as well."""
    request = request.clone(client_max_size=4 * REQUEST_BYTES)
    if not request.content_type.startswith("multipart/"):
        text = await request.read()
        return (json.loads(text) if text else None), []
    body: Any = None
    uploads: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read())
        if part.filename is None:
            body = json.loads(content) if part.name == "payload_json" else body
        else:
            uploads.append(Upload(part.filename, io.BytesIO(content)))
    return body, uploads


def object_of(body: object) -> dict[str, Any]:
    """Return a body that is an object; anything else reads as empty."""
    return cast("dict[str, Any]", body) if isinstance(body, dict) else {}
