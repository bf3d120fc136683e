"""Custom ids are read as they were built, and nothing else is read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checkin import Answer
from bot.domain.guide import Guide
from bot.domain.ids import GroupId, GuildId, MembershipId, MomentId, SessionId
from bot.domain.ranking import Metric, Period
from bot.services.views import BoardQuestion
from bot.ui.custom_ids import (
    AgainId,
    AnswerId,
    BoardId,
    BoardPart,
    BuddyId,
    BuddyReplyId,
    BuddyStep,
    CantId,
    CantPickId,
    CareId,
    CheerId,
    CheerNamedId,
    EasierId,
    GuideId,
    GuidePickId,
    JoinId,
    LogId,
    MeId,
    PageId,
    PagePart,
    PainId,
    PictureId,
    ProgrammeId,
    ProgrammePart,
    UndoId,
    VoiceId,
    VoicePart,
    Way,
    WayId,
)

SNOWFLAKES = st.integers(0, 9 * 10**18 - 1)
GUILDS, SESSIONS = SNOWFLAKES.map(GuildId), SNOWFLAKES.map(SessionId)
QUESTIONS = st.builds(
    BoardQuestion,
    st.none() | st.integers(1, 9 * 10**18 - 1).map(GroupId),
    st.booleans(),
    st.sampled_from(Metric),
    st.sampled_from(Period),
    st.none() | st.dates(),
)
IDS = st.one_of(
    st.builds(AnswerId, GUILDS, SESSIONS, st.sampled_from(Answer)),
    st.builds(UndoId, GUILDS, SESSIONS, st.integers(0, 99_999), st.booleans()),
    st.builds(JoinId, GUILDS, SNOWFLAKES.map(GroupId)),
    st.builds(MeId, GUILDS, SNOWFLAKES.map(MomentId)),
    st.builds(CareId, GUILDS, SNOWFLAKES.map(GroupId), SNOWFLAKES.map(MomentId)),
    st.builds(BoardId, st.sampled_from(BoardPart), GUILDS, QUESTIONS),
    st.builds(PageId, st.sampled_from(PagePart), GUILDS),
    st.builds(CantId, GUILDS, SESSIONS),
    st.builds(CantPickId, GUILDS),
    st.builds(PainId, GUILDS, SESSIONS),
    st.builds(PictureId, GUILDS, SNOWFLAKES.map(MembershipId)),
    st.builds(LogId, GUILDS, SNOWFLAKES.map(GroupId), st.integers(0, 999_999)),
    st.builds(AgainId, GUILDS, SESSIONS, st.integers(0, 99_999)),
    st.builds(ProgrammeId, st.sampled_from(ProgrammePart), GUILDS),
    st.builds(EasierId, GUILDS, st.integers(0, 99)),
    st.builds(CheerId, GUILDS, SNOWFLAKES.map(MembershipId)),
    st.builds(CheerNamedId, GUILDS, SNOWFLAKES.map(MomentId)),
    st.builds(BuddyReplyId, GUILDS, SNOWFLAKES.map(MembershipId), st.booleans()),
    st.builds(BuddyId, st.sampled_from(BuddyStep), GUILDS, SNOWFLAKES.map(GroupId)),
    st.builds(WayId, st.sampled_from(Way), GUILDS, SNOWFLAKES.map(GroupId)),
    st.builds(VoiceId, st.sampled_from(VoicePart), GUILDS, SNOWFLAKES.map(GroupId)),
    st.builds(GuideId, st.sampled_from(Guide)),
    st.builds(GuidePickId, in_place=st.booleans()),
)
KINDS = (
    AnswerId,
    UndoId,
    JoinId,
    MeId,
    CareId,
    BoardId,
    PageId,
    LogId,
    CantId,
    CantPickId,
    PainId,
    PictureId,
    AgainId,
    ProgrammeId,
    EasierId,
    CheerId,
    CheerNamedId,
    BuddyReplyId,
    BuddyId,
    WayId,
    VoiceId,
    GuideId,
    GuidePickId,
)
AnyId = (
    AnswerId
    | UndoId
    | JoinId
    | MeId
    | CareId
    | BoardId
    | PageId
    | LogId
    | CantId
    | CantPickId
    | PainId
    | PictureId
    | AgainId
    | ProgrammeId
    | EasierId
    | CheerId
    | CheerNamedId
    | BuddyReplyId
    | BuddyId
    | WayId
    | VoiceId
    | GuideId
    | GuidePickId
)


@given(IDS)
def test_what_is_built_is_read_the_same(custom_id: AnyId) -> None:
    match = re.fullmatch(custom_id.TEMPLATE, str(custom_id))
    assert match is not None
    assert custom_id.of(match) == custom_id


@given(IDS)
def test_one_kind_alone_reads_an_id(custom_id: AnyId) -> None:
    readers = [kind for kind in KINDS if re.fullmatch(kind.TEMPLATE, str(custom_id))]
    assert readers == [type(custom_id)]


@given(IDS)
def test_an_id_fits_into_discords_hundred_characters(custom_id: AnyId) -> None:
    assert len(str(custom_id)) <= 100


@pytest.mark.parametrize(
    "foreign",
    [
        "amble:answer:1:2:perhaps",
        "amble:answer:1:2",
        "amble:answer:1:-2:done",
        "amble:answer:1:2:done:more",
        "amble:undo:1:2:3:sure:sure",
        "amble:join:1",
        "amble:log:1:2:-1",
        "amble:log:1:2:1000000",
        f"amble:join:1:{9 * 10**18}",
        f"amble:join:1:{10**20}",
        "other:join:1:2",
        "amble:board:text:1:2:group:kept:week:today",
        "amble:board:text:1:2:world:kept:week:0",
        "amble:board:fly:1:2:group:kept:week:0",
        "amble:board:text:1:2:group:steps:week:0",
        "amble:page:text:1:2",
        "amble:programme:stop:1",
        "amble:programme:show:1:2",
        "amble:easier:1:-1",
        "amble:easier:1:100",
        "amble:again:1:2",
        "amble:cheer:1",
        "amble:cheer:1:2:3",
        "amble:buddy:marry:1:2",
        "amble:buddies:maybe:1:2",
        "amble:way:out:1:2",
        f"amble:way:leave:1:{9 * 10**18}",
        "amble:voice:loud:1:2",
        "amble:guide:",
        "amble:guide:fly",
        "amble:guide:walk:1",
        "amble:guide:WALK",
        "amble:guides",
        "amble:guides:there",
    ],
)
def test_nothing_else_is_read(foreign: str) -> None:
    assert not any(re.fullmatch(kind.TEMPLATE, foreign) for kind in KINDS)


@given(SNOWFLAKES.map(MomentId), SNOWFLAKES.map(MomentId))
def test_a_marker_finds_its_own_moment_alone(one: MomentId, other: MomentId) -> None:
    custom_id = str(MeId(GuildId(1), one))
    assert MeId.marker(one) in custom_id
    assert (MeId.marker(other) in custom_id) is (one == other)


def test_a_day_that_no_calendar_has_is_read_as_none() -> None:
    match = re.fullmatch(BoardId.TEMPLATE, "amble:board:text:1:2:group:kept:week:2026-02-31")
    assert match is not None
    assert BoardId.of(match).asked.on is None


@given(SNOWFLAKES.map(SessionId), SNOWFLAKES.map(SessionId), st.sampled_from(Answer))
def test_a_marker_finds_its_own_session_alone(
    one: SessionId, other: SessionId, answer: Answer
) -> None:
    custom_id = str(AnswerId(GuildId(1), one, answer))
    assert AnswerId.marker(GuildId(1), one) in custom_id
    assert (AnswerId.marker(GuildId(1), other) in custom_id) is (one == other)
