"""The wire's REST interface keeps Discord's rules."""

from __future__ import annotations

import asyncio
import math
from datetime import timedelta

import pytest

from tests.wire import limits
from tests.wire.server import CDN_HOST, WireDiscord
from tests.wire.visitor import API, SILENT, Visitor
from tests.wire.world import Channel, Guild


async def test_a_channel_takes_five_messages_in_five_seconds(
    discord: WireDiscord, visitor: Visitor, channel: Channel
) -> None:
    answers = [await visitor.post(channel) for _ in range(6)]
    assert [one.status for one in answers] == [200] * 5 + [429]
    assert [one.headers["X-RateLimit-Remaining"] for one in answers[:5]] == list("43210")
    refused = answers[5]
    assert 0 < refused.body["retry_after"] <= 5
    assert refused.body["global"] is False
    assert int(refused.headers["Retry-After"]) == math.ceil(refused.body["retry_after"])
    assert refused.headers["X-RateLimit-Scope"] == "user"
    assert refused.headers["Via"]
    assert len(discord.messages(channel)) == 5


async def test_each_channel_has_its_own_bucket_of_one_name(
    discord: WireDiscord, visitor: Visitor, guild: Guild, channel: Channel
) -> None:
    first = [await visitor.post(channel) for _ in range(5)][-1]
    other = await visitor.post(discord.world.channel(guild, "runs"))
    assert other.headers["X-RateLimit-Remaining"] == "4"
    assert other.headers["X-RateLimit-Bucket"] == first.headers["X-RateLimit-Bucket"]


async def test_a_bucket_is_full_again_once_it_was_reset(
    discord: WireDiscord, visitor: Visitor, channel: Channel
) -> None:
    discord.limits.channel_seconds = 0.2
    last = [await visitor.post(channel) for _ in range(5)][-1]
    await asyncio.sleep(float(last.headers["X-RateLimit-Reset-After"]) + 0.01)
    assert (await visitor.post(channel)).status == 200


async def test_only_so_many_requests_a_second_are_taken_in_all(
    discord: WireDiscord, visitor: Visitor
) -> None:
    assert discord.limits.per_second == 50
    discord.limits.per_second = 5
    answers = [await visitor.ask("GET", "/users/@me") for _ in range(6)]
    assert [one.status for one in answers] == [200] * 5 + [429]
    refused = answers[5]
    assert refused.body["global"] is True
    assert refused.headers["X-RateLimit-Scope"] == "global"
    assert [one.scope for one in discord.records.earned()] == ["global"]
    await asyncio.sleep(refused.body["retry_after"] + 0.01)
    assert (await visitor.ask("GET", "/users/@me")).status == 200


async def test_answers_to_interactions_count_for_no_limit(
    discord: WireDiscord, visitor: Visitor, guild: Guild, channel: Channel
) -> None:
    discord.limits.per_second = 1
    message_id = await _card_with_a_button(visitor, channel)
    async with visitor.identified() as (line, _):
        acts = [discord.people.click(guild.owner, message_id, "press") for _ in range(3)]
        for _ in acts:
            event = await line.hear_event("INTERACTION_CREATE")
            assert (await visitor.acknowledge(event["d"])).status == 200
    assert discord.records.earned() == []


async def test_limits_can_be_switched_off(
    discord: WireDiscord, visitor: Visitor, channel: Channel
) -> None:
    discord.limits.on = False
    answers = [await visitor.post(channel) for _ in range(8)]
    assert {one.status for one in answers} == {200}


async def test_a_nonce_that_is_enforced_makes_one_message(
    discord: WireDiscord, visitor: Visitor, channel: Channel
) -> None:
    first = await visitor.post(channel, nonce="7", enforce_nonce=True)
    again = await visitor.post(channel, "other words", nonce="7", enforce_nonce=True)
    assert again.body["id"] == first.body["id"]
    assert [one.text for one in discord.messages(channel)] == ["hello"]
    assert discord.messages(channel)[0].nonce == "7"
    assert len(discord.records.postings) == len(discord.records.repeats) == 1


async def test_a_nonce_is_forgotten_after_a_while_and_never_reaches_another_channel(
    discord: WireDiscord, visitor: Visitor, guild: Guild, channel: Channel
) -> None:
    await visitor.post(channel, nonce="7", enforce_nonce=True)
    await visitor.post(discord.world.channel(guild, "runs"), nonce="7", enforce_nonce=True)
    discord.limits.nonce_seconds = 0.0
    await visitor.post(channel, nonce="7", enforce_nonce=True)
    assert len(discord.messages(channel)) == 2
    assert len(discord.every_message()) == 3


async def test_a_nonce_that_is_not_enforced_makes_a_second_message(
    discord: WireDiscord, visitor: Visitor, channel: Channel
) -> None:
    for _ in range(2):
        await visitor.post(channel, nonce="7")
    assert len(discord.messages(channel)) == 2


@pytest.mark.parametrize(("taken", "code"), [("send_messages", 50013), ("view_channel", 50001)])
async def test_without_a_permission_nothing_is_sent_until_it_is_given_back(
    discord: WireDiscord, visitor: Visitor, channel: Channel, taken: str, code: int
) -> None:
    discord.world.deny(channel, taken)
    refused = await visitor.post(channel)
    assert (refused.status, refused.code) == (403, code)
    discord.world.allow_again(channel)
    assert (await visitor.post(channel)).status == 200


async def test_what_is_gone_is_unknown(
    discord: WireDiscord, visitor: Visitor, channel: Channel
) -> None:
    path = f"/channels/{channel.id}/messages"
    message = await visitor.ask("GET", f"{path}/{channel.id}")
    assert (message.status, message.code) == (404, 10008)
    discord.world.delete_channel(channel)
    assert (await visitor.post(channel)).code == 10003


async def test_a_message_older_than_its_channel_s_end_stays_in_the_records(
    discord: WireDiscord, visitor: Visitor, channel: Channel
) -> None:
    posted = await visitor.post(channel, nonce="7")
    discord.world.delete_channel(channel)
    assert discord.every_message() == []
    [posting] = discord.records.postings
    assert (str(posting.message_id), posting.nonce, posting.process) == (
        posted.body["id"],
        "7",
        "visitor",
    )


async def test_closed_direct_messages_are_refused(
    discord: WireDiscord, visitor: Visitor, guild: Guild
) -> None:
    anna = discord.world.person(guild, "Anna")
    discord.world.close_letters(anna)
    letters = Channel(discord.world.letters_of(anna), 0, "")
    refused = await visitor.post(letters)
    assert (refused.status, refused.code) == (403, 50007)
    discord.world.open_letters(anna)
    assert (await visitor.post(letters)).status == 200


async def test_only_the_token_s_holder_is_heard(visitor: Visitor, channel: Channel) -> None:
    visitor.token = "another"
    assert (await visitor.post(channel)).status == 401


async def test_too_many_invalid_requests_bring_a_ban(
    discord: WireDiscord, visitor: Visitor, channel: Channel
) -> None:
    assert discord.limits.invalid_requests == 10_000
    discord.limits.invalid_requests = 4
    discord.world.deny(channel, "send_messages")
    assert [(await visitor.post(channel)).status for _ in range(2)] == [403, 403]
    discord.faults.limit("shared", retry_after=0.1)
    discord.faults.refuse(404, 10003)
    assert [(await visitor.post(channel)).status for _ in range(2)] == [429, 404]
    discord.faults.limit("user", retry_after=0.1)
    assert (await visitor.post(channel)).status == 429
    assert discord.violations() == []
    visitor.token = "another"
    assert (await visitor.ask("GET", "/users/@me")).status == 401
    assert any("in ten minutes" in one for one in discord.violations())
    discord.forgive("in ten minutes")


async def test_invalid_requests_are_forgotten_after_a_while(
    discord: WireDiscord, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "INVALID_SECONDS", 0.1)
    discord.limits.invalid_requests = 2
    visitor.token = "another"
    for _ in range(3):
        assert (await visitor.ask("GET", "/users/@me")).status == 401
        await asyncio.sleep(0.11)
    assert discord.violations() == []


@pytest.mark.parametrize(
    ("megabytes", "status"), [((10,), 200), ((9, 9, 6), 200), ((10.1,), 413), ((9, 9, 9), 413)]
)
async def test_a_file_or_a_request_can_be_too_large(
    discord: WireDiscord,
    visitor: Visitor,
    channel: Channel,
    megabytes: tuple[float, ...],
    status: int,
) -> None:
    sizes = [int(one * 1024**2) for one in megabytes]
    answer = await visitor.upload(f"/channels/{channel.id}/messages", *sizes)
    assert answer.status == status
    assert len(discord.messages(channel)) == (1 if status == 200 else 0)
    if status == 413:
        assert answer.code == 40005


async def test_an_unknown_route_is_told_loudly(discord: WireDiscord, visitor: Visitor) -> None:
    assert (await visitor.ask("POST", "/channels/1/telepathy", {})).status == 501
    told = discord.violations()
    assert any("/channels/1/telepathy" in one for one in told)
    discord.forgive("telepathy")
    assert discord.violations() == []


@pytest.mark.parametrize(
    ("base", "path"),
    [
        ("https://discord.com", "/developers"),
        ("https://discord.com", "/attachments/1/2/walk.png"),
        (API, "/gateway/bot/more"),
        (API, "/gateways"),
    ],
)
async def test_a_path_that_nothing_answers_is_told_loudly(
    discord: WireDiscord, visitor: Visitor, base: str, path: str
) -> None:
    assert (await visitor.ask("GET", path, base=base)).status == 501
    assert any(path in one for one in discord.violations())
    discord.forgive(path)


async def test_a_file_that_is_gone_is_no_path_that_nothing_answers(
    discord: WireDiscord, visitor: Visitor
) -> None:
    gone = await visitor.ask("GET", "/attachments/1/2/walk.png", base=f"https://{CDN_HOST}")
    assert (gone.status, discord.violations()) == (404, [])


async def test_where_the_gateway_is_anybody_may_ask_but_how_many_shards_only_a_bot(
    visitor: Visitor,
) -> None:
    told = await visitor.ask("GET", "/gateway/bot")
    assert (told.body["shards"], told.body["session_start_limit"]["max_concurrency"]) == (1, 1)
    visitor.token = "another"
    assert (await visitor.ask("GET", "/gateway")).body == {"url": told.body["url"]}
    assert (await visitor.ask("GET", "/gateway/bot")).status == 401


async def test_a_body_that_discord_would_refuse_is_told(
    discord: WireDiscord, visitor: Visitor, channel: Channel
) -> None:
    await visitor.ask("POST", f"/channels/{channel.id}/messages", {"content": "hello"})
    assert any("allowed_mentions" in one for one in discord.violations())
    discord.forgive("allowed_mentions")


async def test_others_words_are_hidden_from_the_bot(
    discord: WireDiscord, visitor: Visitor, guild: Guild, channel: Channel
) -> None:
    discord.backend.create_message(channel.id, guild.owner.id, "a secret of ours")
    await visitor.post(channel, "my own")
    heard = (await visitor.ask("GET", f"/channels/{channel.id}/messages")).body
    assert [one["content"] for one in heard] == ["", ""]
    assert heard[0]["components"][0]["content"] == "my own"


async def test_an_interaction_is_acknowledged_once(
    discord: WireDiscord, visitor: Visitor, guild: Guild, channel: Channel
) -> None:
    message_id = await _card_with_a_button(visitor, channel)
    async with visitor.identified() as (line, _):
        act = discord.people.click(guild.owner, message_id, "press")
        interaction = (await line.hear_event("INTERACTION_CREATE"))["d"]
        assert (await visitor.acknowledge(interaction)).status == 200
        again = await visitor.acknowledge(interaction)
    assert (again.status, again.code) == (400, 40060)
    assert act.delivered
    assert act.acknowledged
    assert (act.codes, act.process) == ([40060], "visitor")


async def test_an_interaction_is_gone_after_three_seconds(
    discord: WireDiscord, visitor: Visitor, guild: Guild, channel: Channel
) -> None:
    message_id = await _card_with_a_button(visitor, channel)
    async with visitor.identified() as (line, _):
        act = discord.people.click(guild.owner, message_id, "press")
        interaction = (await line.hear_event("INTERACTION_CREATE"))["d"]
        discord.clock.offset = timedelta(seconds=3)
        late = await visitor.acknowledge(interaction)
    assert (late.status, late.code) == (404, 10062)
    assert not act.acknowledged
    assert not await act.settled()


async def test_an_interaction_s_token_ends_after_fifteen_minutes(
    discord: WireDiscord, visitor: Visitor, guild: Guild, channel: Channel
) -> None:
    message_id = await _card_with_a_button(visitor, channel)
    async with visitor.identified() as (line, _):
        act = discord.people.click(guild.owner, message_id, "press")
        interaction = (await line.hear_event("INTERACTION_CREATE"))["d"]
        await visitor.acknowledge(interaction)
        path = f"/webhooks/{interaction['application_id']}/{interaction['token']}"
        words = {"content": "just for you", "flags": 64, "allowed_mentions": SILENT}
        assert (await visitor.ask("POST", path, words)).status == 200
        discord.clock.offset = timedelta(minutes=15)
        assert (await visitor.ask("POST", path, words)).code == 10015
    assert await act.answered() == "just for you"
    assert [one.text for one in discord.messages(channel)] == [""]


async def test_an_old_message_can_be_edited_only_so_often(
    discord: WireDiscord, visitor: Visitor, channel: Channel
) -> None:
    posted = await visitor.post(channel)
    path = f"/channels/{channel.id}/messages/{posted.body['id']}"
    same = {one: posted.body[one] for one in ("components", "flags")}
    again = {**same, "allowed_mentions": SILENT}
    assert {(await visitor.ask("PATCH", path, again)).status for _ in range(3)} == {200}
    discord.clock.offset = timedelta(minutes=61)
    old = [await visitor.ask("PATCH", path, again) for _ in range(2)]
    assert [one.status for one in old] == [200, 429]
    assert old[1].code == 30046
    assert discord.messages(channel)[0].edits == 4


async def _card_with_a_button(visitor: Visitor, channel: Channel) -> int:
    button = {"type": 2, "style": 1, "label": "Press", "custom_id": "amble:test:press"}
    row = {"type": 1, "components": [button]}
    return int((await visitor.post(channel, components=[row])).body["id"])
