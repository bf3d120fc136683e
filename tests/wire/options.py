"""The options of a slash command, as Discord sends them."""

from __future__ import annotations

from typing import Any

from simcord.backend import Backend, serializers
from simcord.enums import OptionType
from simcord.interactions import validate_option_value

from tests.wire.world import Channel, Person

Resolved = dict[str, dict[str, Any]]


def options_of(
    backend: Backend,
    who: Person,
    command: dict[str, Any],
    given: dict[str, Any],
    *,
    partial: bool = False,
) -> tuple[list[dict[str, Any]], Resolved]:
    """Return the options of a command filled in, and what their ids stand for.

    `partial` says that somebody is still typing: what is required may be missing.

    Raises LookupError for an option that there is not, or that is missing, and SimCord's errors
    for values that Discord's client would not let one send.
    """
    offered: list[dict[str, Any]] = command.get("options") or []
    declared: dict[str, dict[str, Any]] = {one["name"]: one for one in offered}
    required = {name for name, one in declared.items() if one.get("required")}
    if unknown := given.keys() - declared:
        raise LookupError(f"/{command['name']} has no option {unknown}, but {set(declared)}")
    if (missing := required - given.keys()) and not partial:
        raise LookupError(f"/{command['name']} needs {missing}")
    resolved: Resolved = {}
    filled: list[dict[str, Any]] = []
    for name, value in given.items():
        option = declared[name]
        if isinstance(value, Channel):
            value = _channel(backend, who, value, resolved)  # noqa: PLW2901 - as it is sent
        elif isinstance(value, Person):
            value = _person(backend, value, resolved)  # noqa: PLW2901 - as it is sent
        else:
            validate_option_value(command["name"], option, value)
        filled.append({"name": name, "type": int(OptionType(option["type"])), "value": value})
    return filled, resolved


def _channel(backend: Backend, who: Person, channel: Channel, resolved: Resolved) -> str:
    payload = dict(serializers.channel_payload(backend, backend.get_channel(channel.id)))
    allowed = backend.compute_permissions(channel.guild_id, who.id, channel.id)
    resolved.setdefault("channels", {})[str(channel.id)] = {**payload, "permissions": str(allowed)}
    return str(channel.id)


def _person(backend: Backend, person: Person, resolved: Resolved) -> str:
    guild, name = backend.get_guild(person.guild_id), str(person.id)
    member = guild.members[person.id]
    resolved.setdefault("users", {})[name] = dict(
        serializers.user_payload(backend.get_user(person.id))
    )
    resolved.setdefault("members", {})[name] = dict(
        serializers.member_payload(backend, guild, member, with_user=False)
    )
    return name
