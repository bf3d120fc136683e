"""Requests that are right, for tables that spoil one thing at a time."""

from typing import Any

from simcord import HttpLogEntry

Json = dict[str, Any]

SILENT: Json = {"parse": []}
IS_V2 = 1 << 15


def request(method: str, path: str, json: object = None, **params: object) -> HttpLogEntry:
    return HttpLogEntry(method, path, params, json, None)


def button(custom_id: str | None = "done", **changes: object) -> Json:
    return {"type": 2, "style": 1, "label": "Done", "custom_id": custom_id} | changes


def link(**changes: object) -> Json:
    return {"type": 2, "style": 5, "label": "Guide", "url": "https://example.org/"} | changes


def select(custom_id: str = "time", count: int = 2, **changes: object) -> Json:
    options = [{"label": f"Option {n}", "value": str(n)} for n in range(count)]
    return {"type": 3, "custom_id": custom_id, "options": options} | changes


def row(*components: Json) -> Json:
    return {"type": 1, "components": list(components)}


def text(content: str = "A short walk") -> Json:
    return {"type": 10, "content": content}


def container(*components: Json) -> Json:
    return {"type": 17, "components": list(components)}


def section(accessory: Json) -> Json:
    return {"type": 9, "components": [text()], "accessory": accessory}


def message(**changes: object) -> Json:
    return {"content": "Time to walk", "allowed_mentions": SILENT} | changes


def classic(*components: Json, **changes: object) -> Json:
    return message(components=list(components)) | changes


def v2(*components: Json, **changes: object) -> Json:
    base = {"components": list(components), "flags": IS_V2, "allowed_mentions": SILENT}
    return base | changes


def text_input(custom_id: str = "note", **changes: object) -> Json:
    return {"type": 4, "custom_id": custom_id, "style": 1} | changes


def label(component: Json, **changes: object) -> Json:
    return {"type": 18, "label": "How far", "component": component} | changes


def modal(*components: Json, **changes: object) -> Json:
    return {"custom_id": "log", "title": "Log a walk", "components": list(components)} | changes


def option(name: str = "zone", **changes: object) -> Json:
    return {"type": 3, "name": name, "description": "Where you live"} | changes


def command(name: str = "setup", *options: Json, **changes: object) -> Json:
    base = {"type": 1, "name": name, "description": "Set Amble up", "options": list(options)}
    return base | changes


def sent(body: Json) -> HttpLogEntry:
    return request("POST", "/channels/1/messages", body)


def edited(body: Json) -> HttpLogEntry:
    return request("PATCH", "/channels/1/messages/2", body)


def answered(kind: int, data: Json | None = None) -> HttpLogEntry:
    body: Json = {"type": kind} if data is None else {"type": kind, "data": data}
    return request("POST", "/interactions/1/token/callback", body, with_response=1)


def followed_up(body: Json) -> HttpLogEntry:
    return request("POST", "/webhooks/1/token", body, wait="true")


def original_edited(body: Json) -> HttpLogEntry:
    return request("PATCH", "/webhooks/1/token/messages/@original", body)


def synced(*commands: Json) -> HttpLogEntry:
    return request("PUT", "/applications/1/commands", list(commands))
