"""Answers in plain words: under the prompt, to the bot by name, and in direct messages."""

from __future__ import annotations

import asyncio

import aiohttp
import discord
import pytest
from simcord import MemberActor

from bot.ui.hearing import ANSWERS, SPAN
from tests.end_to_end.cards import kind_of, labels_of, said, selects_of, text_of
from tests.end_to_end.village import Village


@pytest.fixture
async def ada(village: Village) -> MemberActor:
    """A named member, with Monday's prompt just posted."""
    ada = await village.member("Ada", "named")
    await village.until("2026-03-02", "08:00")
    return ada


def to_bot(village: Village, text: str) -> str:
    """Write with the reply's ping on, which Discord puts into the message as a mention."""
    me = village.env.bot.user
    assert me is not None
    return f"<@{me.id}> {text}"


async def reply(village: Village, who: MemberActor, text: str) -> None:
    await who.send(village.channel, to_bot(village, text), reply_to=village.prompt())


def last(village: Village) -> discord.Message:
    return village.posted()[-1]


async def test_a_reply_is_taken_and_shown_back_to_its_writer_alone(
    village: Village, ada: MemberActor
) -> None:
    await reply(village, ada, "35 min")
    line = last(village)
    assert text_of(line) == "Noted, thank you."
    assert "Ada" in text_of(village.prompt())
    shown = await ada.click(line, label="Just for me")
    assert shown.ephemeral
    assert "35 minutes" in said(shown)
    assert shown.response is not None
    assert {"Undo", "Say more", "Done", "Can't today"} <= set(labels_of(shown.response))


async def test_the_public_line_says_nothing_of_what_was_said_and_pings_nobody(
    village: Village, ada: MemberActor
) -> None:
    await reply(village, ada, "back hurts 6/10")
    line = last(village)
    assert "6" not in text_of(line)
    assert "hurt" not in text_of(line)
    assert line.mentions == []


async def test_somebody_elses_line_shows_ones_own_answer(
    village: Village, ada: MemberActor
) -> None:
    bo = await village.member("Bo")
    await reply(village, ada, "35 min")
    shown = said(await bo.click(last(village), label="Just for me"))
    assert "35" not in shown
    assert "not answered" in shown


@pytest.mark.parametrize("text", ["maybe", "tomorrow", "200 hours", "-5 min", "blah @everyone"])
async def test_what_is_not_understood_gets_the_buttons(
    village: Village, ada: MemberActor, text: str
) -> None:
    await reply(village, ada, text)
    line = last(village)
    assert kind_of(line) == "prompt"
    assert "Ada" not in text_of(village.prompts()[0])
    assert "everyone" not in text_of(line)
    await ada.click(line, label="Done")
    assert "Ada" in text_of(village.prompts()[0])


async def test_a_reply_without_its_ping_arrives_empty_and_gets_the_buttons(
    village: Village, ada: MemberActor
) -> None:
    # SimCord's replies always ping; without it Discord gives the bot no text, like here.
    await ada.send(village.channel, "done")
    heard, prompt = last(village), village.prompt()
    heard.content = ""
    heard.reference = discord.MessageReference.from_message(prompt)
    heard.reference.resolved = prompt
    village.env.bot.dispatch("message", heard)
    await village.env.settle()
    assert "ping" in text_of(last(village))


async def test_a_reply_with_nothing_but_a_picture_is_not_told_of_pings(
    village: Village, ada: MemberActor
) -> None:
    await ada.send(village.channel, reply_to=village.prompt(), attachments=[("a.png", b"png")])
    assert "ping" not in text_of(last(village))
    assert "Done" in labels_of(last(village))


async def test_what_is_said_under_another_message_of_the_bot_is_no_answer(
    village: Village, ada: MemberActor
) -> None:
    await village.answer(ada, "Can't today")
    await village.command(village.rosa, "group show", share=True)
    village.public_answers = 1
    shared = last(village)
    await ada.send(village.channel, to_bot(village, "thanks, yes!"), reply_to=shared)
    assert last(village).author.id == ada.id
    assert "Can't today" in await village.command(ada, "checkin")


async def test_who_just_chats_is_asked_once_and_then_left_in_peace(
    village: Village, ada: MemberActor
) -> None:
    for _ in range(3):
        await reply(village, ada, "what a morning, did you see the heron?")
    asked = [one for one in village.posted() if "Done" in labels_of(one)]
    assert len(asked) == 2  # the prompt, and one question
    await village.wait(minutes=11)
    await reply(village, ada, "and the ducks?")
    assert "Done" in labels_of(last(village))
    await reply(village, ada, "35 min")
    assert text_of(last(village)) == "Noted, thank you."


async def test_where_several_are_open_a_mention_is_asked_which(
    village: Village, ada: MemberActor
) -> None:
    await village.plan(at="08:30")
    await village.until("2026-03-02", "09:00")
    await ada.send(village.channel, to_bot(village, "done"))
    assert "More than one session is open" in text_of(last(village))
    await ada.send(village.channel, to_bot(village, "done"), reply_to=village.prompt())
    assert text_of(last(village)) == "Noted, thank you."


async def test_who_walked_though_it_hurt_is_asked_how_strong_it_is(
    village: Village, ada: MemberActor
) -> None:
    await reply(village, ada, "walked 30 min, back hurts")
    shown = await ada.click(last(village), label="Just for me")
    assert shown.response is not None
    [select] = [one for one in selects_of(shown.response) if len(one["options"]) == 11]
    assert "Pain: 3 of 10" in said(
        await ada.select(shown.response, ["3"], custom_id=select["custom_id"])
    )
    assert "Done" in await village.command(ada, "checkin")


async def test_what_is_reached_by_a_reply_is_told_to_its_writer(
    village: Village, ada: MemberActor
) -> None:
    await reply(village, ada, "35 min")
    assert "first session here" in said(await ada.click(last(village), label="Just for me"))


async def test_less_said_later_loses_nothing_said_before(
    village: Village, ada: MemberActor
) -> None:
    shown = await ada.click(village.prompt(), label="Say more")
    filled = {"how_much": "35 min", "activity": ["walk"], "note": "By the river"}
    await ada.submit_modal(shown, filled)
    await reply(village, ada, "2 miles")
    text = said(await ada.click(last(village), label="Just for me"))
    assert "35 minutes" in text
    assert "By the river" in text


async def test_a_message_that_names_the_bot_is_about_the_latest_session(
    village: Village, ada: MemberActor
) -> None:
    await ada.send(village.channel, to_bot(village, "done"))
    assert text_of(last(village)) == "Noted, thank you."
    assert "Ada" in text_of(village.prompt())


async def test_what_people_say_to_each_other_is_left_alone(
    village: Village, ada: MemberActor
) -> None:
    await ada.send(village.channel, "done")
    bo = await village.member("Bo")
    await bo.send(village.channel, f"<@{ada.id}> done?")
    assert len(village.posted()) == len(village.prompts()) + 2


async def test_a_stranger_who_names_the_bot_gets_no_answer_in_public(village: Village) -> None:
    zoe = village.newcomer("Zoe")
    await village.until("2026-03-02", "08:00")
    before = len(village.posted())
    await zoe.send(village.channel, to_bot(village, "done"))
    assert len(village.posted()) == before + 1


async def test_a_strangers_reply_to_the_prompt_is_not_taken(village: Village) -> None:
    await village.member("Ada")
    await village.until("2026-03-02", "08:00")
    zoe = village.newcomer("Zoe")
    await reply(village, zoe, "done")
    line = last(village)
    assert "could not take" in text_of(line)
    assert "/group" in said(await zoe.click(line, label="Just for me"))


async def test_a_direct_message_is_answered_in_full(village: Village, ada: MemberActor) -> None:
    await ada.send_dm("35 min")
    [letter] = village.letters(ada)[-1:]
    assert "35 minutes" in text_of(letter)
    assert "1 session in a row" in text_of(letter)
    assert "Ada" in text_of(village.prompt())


async def test_with_several_sessions_open_a_direct_message_asks_which(
    village: Village, ada: MemberActor
) -> None:
    await village.plan(at="08:30")
    await village.until("2026-03-02", "09:00")
    await ada.send_dm("done")
    letter = village.letters(ada)[-1]
    assert labels_of(letter).count("Done") == 2
    assert "Ada" not in text_of(village.prompt())


async def test_before_the_prompt_a_direct_message_is_not_taken_for_yesterday(
    village: Village, ada: MemberActor
) -> None:
    await village.until("2026-03-03", "06:50")
    await ada.send_dm("done")
    assert "Which one do you mean?" in text_of(village.letters(ada)[-1])
    await village.answer(ada, message=village.prompt())
    await ada.send_dm("done")
    assert "<t:1772519400:F>" in text_of(village.letters(ada)[-1])


async def test_with_nothing_open_a_direct_message_says_so(village: Village) -> None:
    zoe = village.newcomer("Zoe")
    await zoe.send_dm("hello")
    assert "nothing to answer" in text_of(village.letters(zoe)[-1])


async def test_a_reply_after_the_answer_was_closed_is_not_taken(
    village: Village, ada: MemberActor
) -> None:
    prompt = village.prompt()
    await village.until("2026-03-06", "08:00")
    await ada.send(village.channel, to_bot(village, "done"), reply_to=prompt)
    assert "could not take" in text_of(last(village))


async def test_replies_are_read_after_a_restart(village: Village, ada: MemberActor) -> None:
    await village.restart()
    await reply(village, ada, "done")
    assert text_of(last(village)) == "Noted, thank you."


async def test_more_of_a_session_that_is_answered_is_not_taken_for_one_that_was_missed(
    village: Village, ada: MemberActor
) -> None:
    await village.until("2026-03-03", "08:00")
    await village.answer(ada)
    missed, answered = village.prompts()
    await ada.send(village.channel, to_bot(village, "35 min"))
    assert "More than one session is open" in text_of(last(village))
    await ada.send_dm("35 min")
    assert labels_of(village.letters(ada)[-1]).count("Done") == 2
    await village.wait(minutes=1)
    assert "Ada" not in text_of(missed)
    await ada.send(village.channel, to_bot(village, "35 min"), reply_to=answered)
    assert text_of(last(village)) == "Noted, thank you."


async def heard_as(village: Village, ada: MemberActor, text: str) -> discord.Message:
    """A message under the prompt, as the bot gets it, to be made into another one."""
    await ada.send(village.channel, text)
    heard = last(village)
    heard.reference = discord.MessageReference.from_message(village.prompt())
    heard.reference.resolved = village.prompt()
    return heard


async def deliver(village: Village, heard: discord.Message) -> None:
    """Hand a message to the bot, and let it do with it what it does."""
    village.env.bot.dispatch("message", heard)
    for _ in range(30):
        await village.env.settle()
        await asyncio.sleep(0.005)


async def test_a_thread_that_is_begun_under_the_prompt_is_no_reply(
    village: Village, ada: MemberActor
) -> None:
    heard = await heard_as(village, ada, "done")
    heard.type = discord.MessageType.thread_starter_message
    await deliver(village, heard)
    assert last(village).id == heard.id
    assert "Ada" not in text_of(village.prompt())


async def test_what_a_webhook_writes_is_no_reply(village: Village, ada: MemberActor) -> None:
    heard = await heard_as(village, ada, "done")
    heard.webhook_id = 5
    await deliver(village, heard)
    assert last(village).id == heard.id


async def test_in_a_server_that_is_not_known_yet_nothing_is_told_in_full(
    village: Village, ada: MemberActor
) -> None:
    heard = await heard_as(village, ada, "back hurts 6/10")
    heard.guild = None
    heard.channel = village.env.bot.get_partial_messageable(village.channel.id)
    await deliver(village, heard)
    assert last(village).id == heard.id


async def test_a_flood_is_heard_and_not_answered_with_another(
    village: Village, ada: MemberActor
) -> None:
    bo = await village.member("Bo", "named")
    await village.until("2026-03-02", "08:10")
    for more in range(ANSWERS + 5):
        await reply(village, ada, f"{20 + more} min")
    assert last(village).author.id == ada.id
    assert len([one for one in village.posted() if one.author.bot]) == 1 + ANSWERS
    assert "Ada" in text_of(village.prompts()[0])
    await village.env.advance_time(1)
    await ada.send_dm("done")
    assert village.letters(ada)[-1].author.id == ada.id
    await bo.send(village.channel, to_bot(village, "done"))
    assert text_of(last(village)) == "Noted, thank you."
    await village.wait(seconds=SPAN)
    await ada.send(village.channel, to_bot(village, "25 min"))
    assert text_of(last(village)) == "Noted, thank you."


async def test_where_discord_is_not_reached_the_reply_is_taken_all_the_same(
    village: Village, ada: MemberActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*_: object, **__: object) -> None:
        raise aiohttp.ClientOSError(104, "reset by peer")

    with monkeypatch.context() as patched:
        patched.setattr(discord.abc.Messageable, "send", lost)
        await reply(village, ada, "35 min")
    assert "Ada" in text_of(village.prompt())
