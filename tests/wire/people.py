"""What members do: press, type a command, send in a form; and what they are told or offered."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from simcord import interactions
from simcord._modal import _modal_submit_nodes
from simcord.backend import Backend, serializers
from simcord.backend.command_access import command_access
from simcord.backend.models import Interaction, Message
from simcord.components import walk_components
from simcord.enums import InteractionType

from tests.wire.gateway import Gateway
from tests.wire.limits import FILE_BYTES
from tests.wire.options import options_of
from tests.wire.records import Request
from tests.wire.world import Channel, Person, Posted, texts_of

_Command = dict[str, Any]
GRACE = timedelta(seconds=3)
"""How long the first answer may take."""


class Act:
    """Something that a member did, and how it went on."""

    def __init__(
        self, backend: Backend, person: Person, interaction: Interaction, custom_id: str | None
    ) -> None:
        self._backend = backend
        self.interaction = interaction
        self.id = interaction.id
        self.person = person
        self.custom_id = custom_id
        self.emitted_at: datetime = backend.clock.now()
        self.delivered = False
        self.acknowledged_at: datetime | None = None
        self.process: str | None = None
        self.codes: list[int] = []
        self.requests: list[Request] = []
        """What the bot asked by this interaction's token, refused or not."""
        self._moved = asyncio.Event()

    def __repr__(self) -> str:
        return f"<Act of {self.person.name}: {self.interaction.command_name or self.custom_id}>"

    @property
    def acknowledged(self) -> bool:
        return self.acknowledged_at is not None

    @property
    def kind(self) -> str | None:
        """How the bot answered; None as long as it did not."""
        kind = self.interaction.response_kind
        return None if kind is None else kind.value

    @property
    def form(self) -> dict[str, Any] | None:
        return self.interaction.modal

    @property
    def choices(self) -> list[str] | None:
        """The names that are offered to who types; None as long as there was no answer."""
        offered = self.interaction.autocomplete_choices
        return None if offered is None else [str(one["name"]) for one in offered]

    @property
    def ephemeral(self) -> bool:
        return self.interaction.ephemeral

    @property
    def finished(self) -> bool:
        """Say whether the person sees more than that the bot is thinking."""
        thinking = self.kind == "deferred"
        hidden = self.kind == "deferred_update" and not self.interaction.followup_ids
        return self.acknowledged and not thinking and not hidden

    @property
    def receipt_id(self) -> int | None:
        """The message that answers it: a new one, or the pressed one where that was replaced."""
        own, pressed = self.interaction.message_id, self.interaction.source_message_id
        return None if own == pressed and self.kind != "update" else own

    @property
    def said(self) -> str:
        """What the answer and what followed it say, as they stand."""
        own = self.receipt_id
        ids = [*([] if own is None else [own]), *self.interaction.followup_ids]
        kept = self._backend.messages.get(self.interaction.channel_id, {})
        return "\n".join(text for one in ids if one in kept for text in texts_of(kept[one]))

    async def answered(self, timeout: float = 10.0) -> str:  # noqa: ASYNC109 - told so in its name
        """Wait for the final answer and return its words; raises TimeoutError."""
        async with asyncio.timeout(timeout):
            while not self.finished:
                self._moved.clear()
                await self._moved.wait()
        return self.said

    async def settled(self, timeout: float | None = None) -> bool:  # noqa: ASYNC109 - as above
        """Wait until it is acknowledged, or (by default) cannot be any more; say which."""
        late = (self.emitted_at + GRACE - self._backend.clock.now()).total_seconds()
        try:
            async with asyncio.timeout(max(late, 0.0) if timeout is None else timeout):
                while not self.acknowledged:
                    self._moved.clear()
                    await self._moved.wait()
        except TimeoutError:
            return False
        return True

    def note(self, request: Request) -> None:
        """Take notice of a request of the bot by this interaction's token."""
        self.requests.append(request)
        if not request.effect:
            self.codes.append(request.code)
        elif self.acknowledged_at is None:
            self.acknowledged_at, self.process = request.at, request.process
        self._moved.set()


class People:
    """Members who act; their acts overlap as one likes, and each is emitted at once."""

    def __init__(
        self,
        backend: Backend,
        gateway: Gateway,
        until: Callable[[Callable[[], bool], float], Awaitable[None]],
    ) -> None:
        self._backend = backend
        self._gateway = gateway
        self._until = until
        self._acts: dict[str, Act] = {}

    @property
    def acts(self) -> list[Act]:
        """Everything that was done, oldest first."""
        return list(self._acts.values())

    def click(self, who: Person, message: Posted | int, button: str) -> Act:
        """Press a button: its custom id, that id's last part, or its label."""
        stored = self._stored(message.id if isinstance(message, Posted) else message)
        custom_id = _button(stored, button)
        return self._act(
            who,
            stored.channel_id,
            InteractionType.MESSAGE_COMPONENT,
            {"custom_id": custom_id, "component_type": 2},
            source=stored,
        )

    def command(self, who: Person, channel: Channel | int, name: str, /, **options: object) -> Act:
        """Run a slash command that the bot has told Discord of, with its options by name."""
        channel_id = channel.id if isinstance(channel, Channel) else channel
        root, leaf, between = self._offered(who, channel_id, name)
        filled, resolved = options_of(self._backend, who, leaf, options)
        data = _command_data(root, between, filled)
        if resolved:
            data["resolved"] = resolved
        return self._act(who, channel_id, InteractionType.APPLICATION_COMMAND, data)

    def type_in(
        self, who: Person, channel: Channel, name: str, option: str, typed: str, /, **filled: object
    ) -> Act:
        """Type into an option of a command, and be offered choices; `filled` are other options."""
        root, leaf, between = self._offered(who, channel.id, name)
        offered: list[_Command] = leaf.get("options") or []
        declared = {str(one["name"]): one for one in offered}
        if not declared.get(option, {}).get("autocomplete"):
            raise LookupError(f"/{name} offers no choices for {option!r}")
        sent, _ = options_of(self._backend, who, leaf, filled, partial=True)
        kind = declared[option]["type"]
        sent.append({"name": option, "type": kind, "value": typed, "focused": True})
        data = _command_data(root, between, sent)
        return self._act(who, channel.id, InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE, data)

    def submit(self, shown: Act, values: dict[str, Any]) -> Act:
        """Send in the form that an act has opened; `values` by the custom ids of its fields."""
        form = shown.form
        if form is None:
            raise LookupError(f"{shown} opened no form, but said: {shown.said!r}")
        resolved: dict[str, Any] = {}
        uploads: list[tuple[dict[str, Any], str, bytes]] = []
        channel_id = shown.interaction.channel_id
        # Nobody's actor: forms here pick no people or channels.
        parts = _modal_submit_nodes(form["components"], None, values, resolved, channel_id, uploads)
        for field, name, content in uploads:
            field["values"].append(
                interactions.store_interaction_attachment(
                    self._backend, channel_id, name, content, resolved
                )
            )
        data: dict[str, Any] = {"custom_id": form["custom_id"], "components": parts}
        if resolved:
            data["resolved"] = resolved
        source_id = shown.interaction.source_message_id
        source = None if source_id is None else self._stored(source_id)
        return self._act(shown.person, channel_id, InteractionType.MODAL_SUBMIT, data, source)

    def note(self, token: str, request: Request) -> None:
        """Tell the act behind an interaction's token of a request of the bot."""
        if token in self._acts:
            self._acts[token].note(request)

    def _offered(
        self, who: Person, channel_id: int, name: str
    ) -> tuple[_Command, _Command, list[str]]:
        """Find a command as a client does: its root, itself, and the names between the two."""
        root_name, *path = name.split()
        root = self._backend.find_command(root_name, who.guild_id)
        if root is None:
            raise LookupError(f"the bot has told of no command /{root_name}")
        access = command_access(self._backend, root, user_id=who.id, channel_id=channel_id)
        if not access.allowed:
            raise PermissionError(f"{who.name} is not offered /{root_name}: {access.reason}")
        return root, *interactions.walk_to_subcommand(root, path)

    def _stored(self, message_id: int) -> Message:
        for kept in self._backend.messages.values():
            if message_id in kept:
                return kept[message_id]
        raise LookupError(f"there is no message {message_id}")

    def _act(
        self,
        who: Person,
        channel_id: int,
        kind: InteractionType,
        data: dict[str, Any],
        source: Message | None = None,
    ) -> Act:
        interaction, payload = interactions.base_payload(
            self._backend,
            type=kind,
            channel_id=channel_id,
            guild_id=self._backend.get_channel(channel_id).guild_id,
            user_id=who.id,
            data=data,
        )
        payload["attachment_size_limit"] = FILE_BYTES
        if source is not None:
            payload["message"] = dict(serializers.message_payload(self._backend, source))
            interaction.source_message_id = source.id
        act = Act(self._backend, who, interaction, data.get("custom_id"))
        self._acts[interaction.token] = act
        self._backend.emit("INTERACTION_CREATE", payload)
        act.delivered = self._gateway.reached > 0
        return act


def _command_data(root: _Command, between: list[str], filled: list[_Command]) -> _Command:
    return {
        "id": root["id"],
        "name": root["name"],
        "type": 1,
        "options": interactions.nest_options(root, between, filled),
    }


def _button(message: Message, wanted: str) -> str:
    buttons = [one for one in walk_components(message.components) if one.get("type") == 2]
    for one in buttons:
        custom_id = str(one.get("custom_id", ""))
        if wanted in (custom_id, one.get("label"), custom_id.rpartition(":")[2]):
            if one.get("disabled"):
                raise LookupError(f"the button {wanted!r} is disabled")
            return custom_id
    raise LookupError(f"no button {wanted!r} among {[one.get('label') for one in buttons]}")
