"""Discord's REST interface: what is asked is limited, hit by faults, carried out, and recorded."""

from __future__ import annotations

import asyncio
import json
import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import web
from simcord.backend import Backend
from simcord.backend.errors import BackendError
from simcord.http import RouteNotImplemented, UnsupportedField
from simcord.http.router import dispatch

from tests.wire.bodies import Upload, object_of, read_body
from tests.wire.faults import Fault, Faults, Kind
from tests.wire.limits import (
    FILE_BYTES,
    MAX_CONCURRENCY,
    REQUEST_BYTES,
    TOO_LARGE,
    Bucket,
    Limits,
)
from tests.wire.nonces import Nonces
from tests.wire.old_edits import OLD_MESSAGE, OldEdits
from tests.wire.records import Posting, RateLimited, Records, Request
from tests.wire.world import World

API = re.compile(r"^/api/v\d+")
SENT = re.compile(r"/channels/(\d+)/messages")
EDITED = re.compile(r"/channels/(\d+)/messages/(\d+)")
BY_TOKEN = ("/interactions/", "/webhooks/")
"""Routes that are authorised by a token in their path."""
OPEN = "/gateway"
"""The one route that anybody may ask."""
GATEWAYS = (OPEN, "/gateway/bot")
CLOSED_LETTERS = 50007
GATEWAY = "wss://gateway.discord.gg"


@dataclass(slots=True)
class Answer:
    """What goes back; a body of None is 204."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict[str, str])

    def response(self) -> web.Response:
        # discord.py reads JSON only where the type is exactly this, without a charset, and takes
        # a 429 without Via for a ban by Cloudflare.
        if self.body is None and self.status == 200:
            return web.Response(status=204, headers={"Via": "1.1 wire", **self.headers})
        return web.Response(
            status=self.status,
            body=json.dumps(self.body).encode(),
            content_type="application/json",
            headers={"Via": "1.1 wire", **self.headers},
        )


class Rest:
    """Answers requests over SimCord's routes, with what SimCord leaves out."""

    def __init__(
        self,
        backend: Backend,
        world: World,
        records: Records,
        limits: Limits,
        faults: Faults,
        tokens: set[str],
    ) -> None:
        self._backend = backend
        self._world = world
        self._records = records
        self._limits = limits
        self._faults = faults
        self._tokens = tokens
        self._nonces = Nonces(backend, limits)
        self._old_edits = OldEdits()
        self.on_interaction: Callable[[str, Request], None] = lambda token, request: None

    async def serve(self, request: web.BaseRequest, process: str) -> web.StreamResponse:
        """Answer one request, or cut its connection."""
        started = time.monotonic()
        asked = Request(
            method=request.method,
            path=API.sub("", request.path),
            at=self._now(),
            process=process,
            params=dict(request.query),
            size=request.content_length or 0,
        )
        self._records.requests.append(asked)
        asked.body, uploads = await read_body(request)
        answer = await self._answer(asked, request.headers.get("Authorization", ""), uploads)
        transport = request.transport
        if answer is None or transport is None or transport.is_closing():
            if transport is not None:
                transport.abort()
            asked.seconds = time.monotonic() - started
            return web.Response(status=499)
        asked.status, asked.answered = answer.status, True
        if self._limits.banned(answer.status, asked.scope):
            most = self._limits.invalid_requests
            self._records.bans.append(f"{most} requests answered by 401, 403 or 429 in ten minutes")
        asked.seconds = time.monotonic() - started
        return answer.response()

    async def _answer(
        self, asked: Request, authorization: str, uploads: list[Upload]
    ) -> Answer | None:
        bucket, early = self._limited(asked)
        answer = early or await self._hindered(asked)
        if isinstance(answer, Fault):
            return None
        if answer is None:
            answer = self._carried_out(asked, authorization, uploads)
            if fault := self._faults.find(Kind.ANSWER_AFTER, asked.method, asked.path):
                asked.injected = True
                answer = _error(fault.status, 0, "An error after the effect")
        if bucket is not None and early is None:
            answer.headers.update(bucket.headers(time.monotonic(), self._now().timestamp()))
        if fault := self._faults.find(Kind.SLOW_AFTER, asked.method, asked.path):
            await asyncio.sleep(fault.seconds)
        if self._faults.find(Kind.LOST, asked.method, asked.path):
            asked.injected = True
            return None
        return answer

    def _limited(self, asked: Request) -> tuple[Bucket | None, Answer | None]:
        bucket, refusal = self._limits.take(asked.method, asked.path)
        edited = EDITED.fullmatch(asked.path) if asked.method == "PATCH" else None
        if refusal is None and edited and self._limits.on:
            wait = self._old_edits.wait(int(edited[2]), self._now())
            if wait:
                return bucket, self._too_many(asked, "user", wait, OLD_MESSAGE)
        if refusal is None:
            return bucket, None
        answer = self._too_many(asked, refusal.scope, refusal.retry_after)
        if bucket is not None:
            answer.headers.update(bucket.headers(time.monotonic(), self._now().timestamp()))
        return bucket, answer

    async def _hindered(self, asked: Request) -> Answer | Fault | None:
        """Return what a fault answers before anything is done; a fault itself: no answer."""
        if fault := self._faults.find(Kind.SLOW_BEFORE, asked.method, asked.path):
            await asyncio.sleep(fault.seconds)
        if fault := self._faults.find(Kind.CUT, asked.method, asked.path):
            asked.injected = True
            return fault
        fault = self._faults.find(Kind.ANSWER, asked.method, asked.path)
        if fault is None:
            return None
        asked.injected = True
        if fault.status == 429:
            return self._too_many(asked, fault.scope or "user", fault.seconds, fault.code)
        asked.code = fault.code
        return _error(fault.status, fault.code, "An error before the effect")

    def _too_many(self, asked: Request, scope: str, seconds: float, code: int = 0) -> Answer:
        asked.scope, asked.retry_after, asked.code = scope, seconds, code
        self._records.rate_limits.append(
            RateLimited(
                self._now(), asked.method, asked.path, scope, asked.injected, seconds, asked.process
            )
        )
        answer = _error(429, code, "You are being rate limited.")
        answer.body |= {"retry_after": round(seconds, 3), "global": scope == "global"}
        answer.headers = {"Retry-After": str(math.ceil(seconds)), "X-RateLimit-Scope": scope}
        if scope == "global":
            answer.headers["X-RateLimit-Global"] = "true"
        if scope == "cloudflare":
            # Who stands before Discord leaves out what discord.py knows Discord by.
            answer.headers["Via"] = ""
        return answer

    def _carried_out(self, asked: Request, authorization: str, uploads: list[Upload]) -> Answer:
        known = authorization.removeprefix("Bot ") in self._tokens
        if not known and asked.path != OPEN and not asked.path.startswith(BY_TOKEN):
            return _error(401, 0, "401: Unauthorized")
        if asked.size > REQUEST_BYTES or any(one.size > FILE_BYTES for one in uploads):
            asked.code = TOO_LARGE
            return _error(413, TOO_LARGE, "Request entity too large")
        try:
            body = self._effect(asked, uploads)
        except (RouteNotImplemented, UnsupportedField) as error:
            self._records.unknown.append(str(error))
            return _error(501, 0, str(error))
        except BackendError as error:
            asked.code = error.code
            answer = Answer(error.status, error.to_json())
        except Exception as error:  # noqa: BLE001 - the server's own fault must be seen by the test
            self._records.unknown.append(f"{asked.method} {asked.path} raised {error!r}")
            return _error(500, 0, repr(error))
        else:
            asked.effect = True
            answer = Answer(200, body)
        if asked.path.startswith(BY_TOKEN):
            self.on_interaction(asked.path.split("/")[3], asked)
        return answer

    def _effect(self, asked: Request, uploads: list[Upload]) -> Any:  # noqa: ANN401 - JSON
        if asked.method == "GET" and asked.path in GATEWAYS:
            return self._gateway(asked.path)
        if asked.method == "POST" and (sent := SENT.fullmatch(asked.path)):
            return self._send(int(sent[1]), asked, uploads)
        answer = self._dispatch(asked, uploads)
        if asked.method == "PATCH" and (edited := EDITED.fullmatch(asked.path)):
            self._records.edits[int(edited[2])] += 1
            self._old_edits.note(int(edited[2]), self._now())
        if asked.path.startswith("/interactions/") and "with_response" not in asked.params:
            return None
        return answer

    def _dispatch(self, asked: Request, uploads: list[Upload]) -> Any:  # noqa: ANN401 - JSON
        # The bot was not granted the message content intent; over REST that holds as well.
        return dispatch(
            self._backend,
            asked.method,
            asked.path,
            json=asked.body,
            params=dict(asked.params),
            files=list(uploads),
            message_content_access=False,
        )

    def _send(self, channel_id: int, asked: Request, uploads: list[Upload]) -> Any:  # noqa: ANN401 - JSON
        body = object_of(asked.body)
        nonce = str(body["nonce"]) if body.get("nonce") is not None else None
        if not self._world.takes_letters(channel_id):
            raise BackendError(403, CLOSED_LETTERS, "Cannot send messages to this user")
        if nonce is not None and body.get("enforce_nonce"):
            first = self._nonces.find(channel_id, nonce)
            if first is not None:
                self._world.require_sending(channel_id)
                self._post(self._records.repeats, asked, channel_id, first["id"], nonce)
                return first
        message = dict(self._dispatch(asked, uploads), nonce=nonce)
        if nonce is not None:
            self._nonces.keep(channel_id, nonce, int(message["id"]))
        self._post(self._records.postings, asked, channel_id, message["id"], nonce)
        return message

    def _post(
        self, to: list[Posting], asked: Request, channel_id: int, message_id: str, nonce: str | None
    ) -> None:
        to.append(Posting(self._now(), channel_id, int(message_id), nonce, asked.process))

    def _gateway(self, path: str) -> dict[str, Any]:
        if path == OPEN:
            return {"url": GATEWAY}
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0}
        starts = {**limit, "max_concurrency": MAX_CONCURRENCY}
        return {"url": GATEWAY, "shards": self._world.shards, "session_start_limit": starts}

    def _now(self) -> datetime:
        return self._backend.clock.now()


def _error(status: int, code: int, message: str) -> Answer:
    return Answer(status, {"message": message, "code": code})
