"""A member of the group: what they can do, all of it through Discord as a person would."""

from datetime import date

from simcord import InteractionResult, MemberActor
from simcord.results import ResponseMessage, to_discord_message

from bot.domain.checkin import Answer
from bot.sandbox.noticeboard import Noticeboard, Post
from bot.sandbox.schedule import Walk
from bot.sandbox.world import World
from bot.services.views import Wishes
from bot.ui.joining import CONSENTS


class Unheard(Exception):
    """The bot did not answer somebody."""


class Neighbour:
    """Acts in the channel as one person."""

    def __init__(
        self, world: World, noticeboard: Noticeboard, actor: MemberActor, wishes: Wishes
    ) -> None:
        self._world = world
        self._noticeboard = noticeboard
        self._actor = actor
        self._wishes = wishes
        self._receipt: ResponseMessage | None = None

    async def join(self) -> None:
        """Join the group with one's own wishes."""
        form = await self.type("group join")
        wishes = self._wishes
        consents = [one for one in CONSENTS if getattr(wishes, one)]
        values = {
            "reach": wishes.reach.value,
            "consents": consents,
            "goal": [str(wishes.goal)],
            "note_read": ["yes"],
        }
        _heard(await self._actor.submit_modal(form, values), "group join")

    async def leave(self) -> None:
        await self.type("group leave")

    async def pause(self, first: date, last: date) -> None:
        """Ask for a pause, both days included."""
        await self.type("pause start", first=first.isoformat(), last=last.isoformat())

    async def press(self, walk: Walk, answer: Answer) -> None:
        """Answer with the prompt's button; a walk that was called off has none."""
        await self._press(self._noticeboard.prompt_at(walk.starts_at), answer)

    async def press_nudge(self, walk: Walk, answer: Answer) -> None:
        """Answer with a button of the nudge, or of the prompt where there is none."""
        nudge = self._noticeboard.nudge_after(walk.starts_at)
        await self._press(nudge or self._noticeboard.prompt_at(walk.starts_at), answer)

    async def log(self, walk: Walk, minutes: int) -> None:
        """Log a walk by command, with how long it took."""
        prompt = self._noticeboard.prompt_at(walk.starts_at)
        if prompt is not None:
            session = str(prompt.session_ids[0])
            await self.type(
                "checkin", answer=Answer.DONE.value, session=session, how_much=f"{minutes} min"
            )

    async def decline(self) -> None:
        """Say that one cannot come to the session that is offered last: one before its start."""
        choices = await self._actor.autocomplete(self._world.channel, "checkin", "session", "")
        if choices:
            session = str(choices[0]["value"])
            await self.type("checkin", answer=Answer.REST.value, session=session)

    async def undo(self) -> None:
        """Take the last answer back, also when asked whether that is meant."""
        if self._receipt is None:
            return
        self._receipt = await self._click(self._receipt, "amble:undo:")
        if self._receipt is not None and _custom_id(self._receipt, ":sure") is not None:
            self._receipt = await self._click(self._receipt, ":sure")

    async def look_at_me(self) -> None:
        await self.type("me")

    async def type(self, command: str, **options: object) -> InteractionResult:
        """Run a command in the group's channel."""
        return _heard(await self._actor.slash(self._world.channel, command, **options), command)

    async def _press(self, post: Post | None, answer: Answer) -> None:
        if post is None:
            return
        custom_id = next(one for one in post.custom_ids if one.endswith(f":{answer}"))
        message = to_discord_message(self._world.env, post.stored)
        result = _heard(await self._actor.click(message, custom_id=custom_id), custom_id)
        self._receipt = result.response

    async def _click(self, shown: ResponseMessage, part: str) -> ResponseMessage | None:
        custom_id = _custom_id(shown, part)
        if custom_id is None:
            return None
        result = await self._actor.click(shown.message, custom_id=custom_id)
        return _heard(result, custom_id).response


def _heard(result: InteractionResult, what: str) -> InteractionResult:
    if not result.acknowledged:
        raise Unheard(what)
    return result


def _custom_id(shown: ResponseMessage, part: str) -> str | None:
    for block in shown.components:
        for row in block.get("components", []):
            for one in row.get("components", []):
                if part in str(one.get("custom_id", "")):
                    return str(one["custom_id"])
    return None
