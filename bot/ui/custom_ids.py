"""Custom ids: ``amble:<verb>:<id>[:<id>…]``, built and read here and nowhere else.

Ids in a custom id are claims, not rights: whoever handles a click asks the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Generic, Self, TypeVar, cast

from bot.domain.checkin import Answer
from bot.domain.guide import Guide
from bot.domain.ids import GroupId, GuildId, MembershipId, MomentId, SessionId
from bot.domain.ranking import Metric, Period
from bot.services.views import BoardQuestion

PREFIX = "amble:"
FORM_PREFIX = f"{PREFIX}form:"
"""What the custom id of every form begins with."""

_ID = r"[0-8]?[0-9]{1,18}"
"""A snowflake that fits a column of 64 bits with a sign; Discord reaches 9 × 10^18 in 2083."""


@dataclass(frozen=True, slots=True)
class AnswerId:
    """Answers a session."""

    TEMPLATE: ClassVar[str] = (
        rf"amble:answer:(?P<guild>{_ID}):(?P<session>{_ID})"
        rf":(?P<answer>{'|'.join(answer.value for answer in Answer)})"
    )

    guild_id: GuildId
    session_id: SessionId
    answer: Answer

    def __str__(self) -> str:
        """Return the custom id."""
        return f"{self.marker(self.guild_id, self.session_id)}{self.answer}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        guild, session = int(match["guild"]), int(match["session"])
        return cls(GuildId(guild), SessionId(session), Answer(match["answer"]))

    @staticmethod
    def marker(guild_id: GuildId, session_id: SessionId) -> str:
        """Return what the custom ids that answer this session begin with, and no others."""
        return f"{PREFIX}answer:{guild_id}:{session_id}:"


@dataclass(frozen=True, slots=True)
class UndoId:
    """Puts back what stood before the last answer."""

    TEMPLATE: ClassVar[str] = (
        rf"amble:undo:(?P<guild>{_ID}):(?P<session>{_ID}):(?P<changes>\d{{1,5}})(?P<sure>:sure)?"
    )

    guild_id: GuildId
    session_id: SessionId
    changes: int
    """How often the answer had been changed when the button was shown."""
    sure: bool = False
    """Asked for again, knowing that it makes a miss."""

    def __str__(self) -> str:
        """Return the custom id."""
        sure = ":sure" if self.sure else ""
        return f"{PREFIX}undo:{self.guild_id}:{self.session_id}:{self.changes}{sure}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        guild, session = int(match["guild"]), int(match["session"])
        changes, sure = int(match["changes"]), match["sure"] is not None
        return cls(GuildId(guild), SessionId(session), changes, sure=sure)


@dataclass(frozen=True, slots=True)
class _OfSession:
    """What knows nothing but the session it is for."""

    VERB: ClassVar[str]
    TEMPLATE: ClassVar[str]

    guild_id: GuildId
    session_id: SessionId

    def __str__(self) -> str:
        """Return the custom id."""
        return f"{PREFIX}{self.VERB}:{self.guild_id}:{self.session_id}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        return cls(GuildId(int(match["guild"])), SessionId(int(match["session"])))


Step = TypeVar("Step", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class _StepInGroup(Generic[Step]):
    """One of several things that can be done about a group."""

    VERB: ClassVar[str]
    STEPS: ClassVar[type[StrEnum]]
    TEMPLATE: ClassVar[str]

    step: Step
    guild_id: GuildId
    group_id: GroupId

    def __str__(self) -> str:
        """Return the custom id."""
        return f"{PREFIX}{self.VERB}:{self.step}:{self.guild_id}:{self.group_id}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        guild, group = GuildId(int(match["guild"])), GroupId(int(match["group"]))
        return cls(cast("Step", cls.STEPS(match["step"])), guild, group)


def _step_template(verb: str, steps: type[StrEnum]) -> str:
    return rf"amble:{verb}:(?P<step>{'|'.join(steps)}):(?P<guild>{_ID}):(?P<group>{_ID})"


class DetailsId(_OfSession):
    """Opens the form in which one says more about a session."""

    __slots__ = ()
    VERB = "details"
    TEMPLATE = rf"amble:details:(?P<guild>{_ID}):(?P<session>{_ID})"


class LaterId(_OfSession):
    """Has a session asked about again in an hour, by direct message."""

    __slots__ = ()
    VERB = "later"
    TEMPLATE = rf"amble:later:(?P<guild>{_ID}):(?P<session>{_ID})"


class CantId(_OfSession):
    """Says beforehand that one cannot make a session.

    Not the prompt's own button, by whose id a prompt is looked for.
    """

    __slots__ = ()
    VERB = "cant"
    TEMPLATE = rf"amble:cant:(?P<guild>{_ID}):(?P<session>{_ID})"


class PainId(_OfSession):
    """The select in which one says how strong the pain is."""

    __slots__ = ()
    VERB = "pain"
    TEMPLATE = rf"amble:pain:(?P<guild>{_ID}):(?P<session>{_ID})"


@dataclass(frozen=True, slots=True)
class MineId:
    """Shows whoever presses it their own answer to a session, privately."""

    TEMPLATE: ClassVar[str] = rf"amble:mine:(?P<guild>{_ID}):(?P<session>{_ID})(?P<sore>:sore)?"

    guild_id: GuildId
    session_id: SessionId
    sore: bool = False
    """Whether the words that it stands under told of pain: then it is asked how strong that is."""

    def __str__(self) -> str:
        """Return the custom id."""
        return f"{PREFIX}mine:{self.guild_id}:{self.session_id}{':sore' if self.sore else ''}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        sore = match["sore"] is not None
        return cls(GuildId(int(match["guild"])), SessionId(int(match["session"])), sore)


@dataclass(frozen=True, slots=True)
class AgainId:
    """Adds another walk of one's own rung to a session."""

    TEMPLATE: ClassVar[str] = (
        rf"amble:again:(?P<guild>{_ID}):(?P<session>{_ID}):(?P<changes>\d{{1,5}})"
    )

    guild_id: GuildId
    session_id: SessionId
    changes: int
    """How often the answer had been changed when the button was shown."""

    def __str__(self) -> str:
        """Return the custom id."""
        return f"{PREFIX}again:{self.guild_id}:{self.session_id}:{self.changes}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        guild, session = int(match["guild"]), int(match["session"])
        return cls(GuildId(guild), SessionId(session), int(match["changes"]))


class ProgrammePart(StrEnum):
    """What of a programme is pressed."""

    SHOW = "show"
    START = "start"
    FIRST = "first"
    """To begin on the first rung, without being asked anything but to read the doctor's note."""
    HOLD = "hold"
    GROW = "grow"
    NOTE = "note"
    """The doctor's note was read again."""


@dataclass(frozen=True, slots=True)
class ProgrammeId:
    """Opens one's own programme, begins it, or says how it is to go on."""

    TEMPLATE: ClassVar[str] = (
        rf"amble:programme:(?P<part>{'|'.join(ProgrammePart)}):(?P<guild>{_ID})"
    )

    part: ProgrammePart
    guild_id: GuildId

    def __str__(self) -> str:
        """Return the custom id."""
        return f"{PREFIX}programme:{self.part}:{self.guild_id}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        return cls(ProgrammePart(match["part"]), GuildId(int(match["guild"])))


@dataclass(frozen=True, slots=True)
class EasierId:
    """Makes one's own programme a rung easier."""

    TEMPLATE: ClassVar[str] = rf"amble:easier:(?P<guild>{_ID}):(?P<rung>\d{{1,2}})"

    guild_id: GuildId
    rung: int
    """The one that was shown."""

    def __str__(self) -> str:
        """Return the custom id."""
        return f"{PREFIX}easier:{self.guild_id}:{self.rung}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        return cls(GuildId(int(match["guild"])), int(match["rung"]))


@dataclass(frozen=True, slots=True)
class JoinId:
    """Opens the form with which one joins a group, or changes one's wishes in it."""

    TEMPLATE: ClassVar[str] = rf"amble:join:(?P<guild>{_ID}):(?P<group>{_ID})"

    guild_id: GuildId
    group_id: GroupId

    def __str__(self) -> str:
        """Return the custom id."""
        return f"{PREFIX}join:{self.guild_id}:{self.group_id}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        return cls(GuildId(int(match["guild"])), GroupId(int(match["group"])))


@dataclass(frozen=True, slots=True)
class MeId:
    """Opens one's own page, from a message that was posted for a moment.

    By the moment's id the message is found again where it is not sure that it was posted.
    """

    TEMPLATE: ClassVar[str] = rf"amble:me:(?P<moment>{_ID}):(?P<guild>{_ID})"

    guild_id: GuildId
    moment_id: MomentId

    def __str__(self) -> str:
        """Return the custom id."""
        return f"{self.marker(self.moment_id)}{self.guild_id}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        return cls(GuildId(int(match["guild"])), MomentId(int(match["moment"])))

    @staticmethod
    def marker(moment_id: MomentId) -> str:
        """Return what the custom ids of that moment's message contain, and no other's."""
        return f"{PREFIX}me:{moment_id}:"


@dataclass(frozen=True, slots=True)
class CheerId:
    """Cheers a member."""

    TEMPLATE: ClassVar[str] = rf"amble:cheer:(?P<guild>{_ID}):(?P<member>{_ID})"

    guild_id: GuildId
    membership_id: MembershipId

    def __str__(self) -> str:
        """Return the custom id."""
        return f"{PREFIX}cheer:{self.guild_id}:{self.membership_id}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        return cls(GuildId(int(match["guild"])), MembershipId(int(match["member"])))


@dataclass(frozen=True, slots=True)
class CheerNamedId:
    """Cheers everybody who is named in the message of a moment."""

    TEMPLATE: ClassVar[str] = rf"amble:cheers:(?P<guild>{_ID}):(?P<moment>{_ID})"

    guild_id: GuildId
    moment_id: MomentId

    def __str__(self) -> str:
        """Return the custom id."""
        return f"{PREFIX}cheers:{self.guild_id}:{self.moment_id}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        return cls(GuildId(int(match["guild"])), MomentId(int(match["moment"])))


class BuddyStep(StrEnum):
    """What is done about buddies."""

    SHOW = "show"
    JOIN = "join"
    TELL = "tell"
    """Buddies may hear of a miss."""
    HUSH = "hush"
    """They may not."""
    SWAP = "swap"
    STOP = "stop"


class BuddyId(_StepInGroup[BuddyStep]):
    """Does something about one's buddies in a group."""

    __slots__ = ()
    VERB = "buddy"
    STEPS = BuddyStep
    TEMPLATE = _step_template("buddy", BuddyStep)


@dataclass(frozen=True, slots=True)
class BuddyReplyId:
    """Answers somebody who wants to be one's buddy."""

    TEMPLATE: ClassVar[str] = rf"amble:buddies:(?P<said>yes|no):(?P<guild>{_ID}):(?P<member>{_ID})"

    guild_id: GuildId
    membership_id: MembershipId
    """Of whoever asks."""
    agrees: bool

    def __str__(self) -> str:
        """Return the custom id."""
        said = "yes" if self.agrees else "no"
        return f"{PREFIX}buddies:{said}:{self.guild_id}:{self.membership_id}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        guild, member = GuildId(int(match["guild"])), MembershipId(int(match["member"]))
        return cls(guild, member, agrees=match["said"] == "yes")


class Way(StrEnum):
    """What a member who has fallen silent can do."""

    ALL = "all"
    """Shows the others."""
    EASIER = "easier"
    PAUSE = "pause"
    """Asks for how long."""
    WEEK = "week"
    FORTNIGHT = "fortnight"
    OPEN = "open"
    """Until they are back."""
    TIMES = "times"
    LEAVE = "leave"


class WayId(_StepInGroup[Way]):
    """A way back into a group, or out of it."""

    __slots__ = ()
    VERB = "way"
    STEPS = Way
    TEMPLATE = _step_template("way", Way)


class VoicePart(StrEnum):
    """What is changed about how a group is spoken to."""

    TONE = "tone"
    """A select: what is picked is a tone."""
    OWN = "own"
    """The organisers' words alone."""
    BOTH = "both"
    """Beside Amble's."""


class VoiceId(_StepInGroup[VoicePart]):
    """Changes how a group is spoken to after a miss."""

    __slots__ = ()
    VERB = "voice"
    STEPS = VoicePart
    TEMPLATE = _step_template("voice", VoicePart)


class BoardPart(StrEnum):
    """What of a board is pressed."""

    METRIC = "metric"
    """A select: what is picked takes the place of the metric."""
    PERIOD = "period"
    """A select: what is picked takes the place of the period, from today."""
    EARLIER = "earlier"
    LATER = "later"
    SCOPE = "scope"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class BoardId:
    """Opens a board, the one that a button leads to or a select begins from."""

    TEMPLATE: ClassVar[str] = (
        rf"amble:board:(?P<part>{'|'.join(BoardPart)}):(?P<guild>{_ID}):(?P<group>{_ID})"
        rf":(?P<scope>group|server):(?P<metric>{'|'.join(Metric)}):(?P<period>{'|'.join(Period)})"
        r":(?P<on>0|\d{4}-\d{2}-\d{2})"
    )

    part: BoardPart
    guild_id: GuildId
    asked: BoardQuestion

    def __str__(self) -> str:
        """Return the custom id."""
        asked = self.asked
        return (
            f"{PREFIX}board:{self.part}:{self.guild_id}:{asked.group_id or 0}"
            f":{'server' if asked.whole_server else 'group'}:{asked.metric}:{asked.period}"
            f":{asked.on or 0}"
        )

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched; a day that no calendar has is read as none."""
        asked = BoardQuestion(
            group_id=GroupId(int(match["group"])) or None,
            whole_server=match["scope"] == "server",
            metric=Metric(match["metric"]),
            period=Period(match["period"]),
            on=_day(match["on"]),
        )
        return cls(BoardPart(match["part"]), GuildId(int(match["guild"])), asked)


class PagePart(StrEnum):
    """What of one's own page is pressed."""

    GROUP = "group"
    """A select of one's groups: what is picked is a group's id."""
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class PageId:
    """Opens one's own page in another group, or in words."""

    TEMPLATE: ClassVar[str] = rf"amble:page:(?P<part>{'|'.join(PagePart)}):(?P<guild>{_ID})"

    part: PagePart
    guild_id: GuildId

    def __str__(self) -> str:
        """Return the custom id."""
        return f"{PREFIX}page:{self.part}:{self.guild_id}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        return cls(PagePart(match["part"]), GuildId(int(match["guild"])))


@dataclass(frozen=True, slots=True)
class CantPickId:
    """The select in which one says which coming session one cannot make."""

    TEMPLATE: ClassVar[str] = rf"amble:cants:(?P<guild>{_ID})"

    guild_id: GuildId

    def __str__(self) -> str:
        """Return the custom id."""
        return f"{PREFIX}cants:{self.guild_id}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        return cls(GuildId(int(match["guild"])))


@dataclass(frozen=True, slots=True)
class PictureId:
    """Takes a member's picture down: the message that it stands on."""

    TEMPLATE: ClassVar[str] = rf"amble:picture:(?P<guild>{_ID}):(?P<member>{_ID})"

    guild_id: GuildId
    membership_id: MembershipId

    def __str__(self) -> str:
        """Return the custom id."""
        return f"{PREFIX}picture:{self.guild_id}:{self.membership_id}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        return cls(GuildId(int(match["guild"])), MembershipId(int(match["member"])))


@dataclass(frozen=True, slots=True)
class LogId:
    """Turns to a page of a group's log."""

    TEMPLATE: ClassVar[str] = rf"amble:log:(?P<guild>{_ID}):(?P<group>{_ID}):(?P<page>\d{{1,6}})"

    guild_id: GuildId
    group_id: GroupId
    page: int

    def __str__(self) -> str:
        """Return the custom id."""
        return f"{PREFIX}log:{self.guild_id}:{self.group_id}:{self.page}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        guild, group = GuildId(int(match["guild"])), GroupId(int(match["group"]))
        return cls(guild, group, int(match["page"]))


@dataclass(frozen=True, slots=True)
class CareId:
    """Opens a group, from the message that it needs its organiser's care.

    By the moment's id the message is found again, as with `MeId`.
    """

    TEMPLATE: ClassVar[str] = rf"amble:care:(?P<moment>{_ID}):(?P<guild>{_ID}):(?P<group>{_ID})"

    guild_id: GuildId
    group_id: GroupId
    moment_id: MomentId

    def __str__(self) -> str:
        """Return the custom id."""
        return f"{self.marker(self.moment_id)}{self.guild_id}:{self.group_id}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        guild, group, moment = int(match["guild"]), int(match["group"]), int(match["moment"])
        return cls(GuildId(guild), GroupId(group), MomentId(moment))

    @staticmethod
    def marker(moment_id: MomentId) -> str:
        """Return what the custom id of that moment's message contains, and no other's."""
        return f"{PREFIX}care:{moment_id}:"


@dataclass(frozen=True, slots=True)
class GuideId:
    """Opens a guide."""

    TEMPLATE: ClassVar[str] = rf"amble:guide:(?P<guide>{'|'.join(Guide)})"

    guide: Guide

    def __str__(self) -> str:
        """Return the custom id."""
        return f"{PREFIX}guide:{self.guide}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        return cls(Guide(match["guide"]))


@dataclass(frozen=True, slots=True)
class GuidePickId:
    """The select in which one picks a guide."""

    TEMPLATE: ClassVar[str] = r"amble:guides:(?P<way>here|new)"

    in_place: bool
    """Whether the guide replaces the message that it is picked on."""

    def __str__(self) -> str:
        """Return the custom id."""
        return f"{PREFIX}guides:{'here' if self.in_place else 'new'}"

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Read what `TEMPLATE` matched."""
        return cls(in_place=match["way"] == "here")


def sessions_in(custom_ids: Iterable[str]) -> set[tuple[GuildId, SessionId]]:
    """Return the sessions that a message with these custom ids asks about, as (server, session)."""
    kinds = (AnswerId, MineId, DetailsId, LaterId, CantId)
    matches = (
        (kind, re.fullmatch(kind.TEMPLATE, custom_id)) for custom_id in custom_ids for kind in kinds
    )
    found = (kind.of(match) for kind, match in matches if match)
    return {(one.guild_id, one.session_id) for one in found}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
