"""What a log line is about, and what it must never show."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterator

import pytest

from bot import logs
from bot.config import LogSettings

INTERACTION = "aW50ZXJhY3Rpb246MTIz-never_to_be_seen"
Lines = Callable[[], list[str]]


@pytest.fixture
def set_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[[str], Lines]]:
    """Logging as the bot has it, in a format; returns what has been written so far."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level

    def begin(shape: str) -> Lines:
        # Taken away first, so that they are not closed.
        root.handlers[:] = []
        logs.set_up(LogSettings.model_validate({"format": shape, "level": "DEBUG"}), ["s3cret"])

        def lines() -> list[str]:
            return capsys.readouterr().err.splitlines()

        return lines

    monkeypatch.setattr("sys.excepthook", None)
    yield begin
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_line_of_text_ends_with_its_ids(set_up: Callable[[str], Lines]) -> None:
    lines = set_up("text")
    with logs.about(moment_id=7, guild_id=5):
        logging.getLogger("bot.x").info("sent")
    [line] = lines()
    assert line.endswith("Z INFO bot.x: sent [moment=7 guild=5]")


def test_a_traceback_stands_below_the_ids(set_up: Callable[[str], Lines]) -> None:
    lines = set_up("text")
    with logs.about(moment_id=7):
        logging.getLogger("bot.x").error("failed", exc_info=OSError("no way"))
    first, *_, last = lines()
    assert first.endswith("ERROR bot.x: failed [moment=7]")
    assert last == "OSError: no way"


def test_a_line_of_json_has_ids_as_fields_and_every_digit_of_them(
    set_up: Callable[[str], Lines],
) -> None:
    lines = set_up("json")
    snowflake = 1420070400000000001
    with logs.about(guild_id=snowflake, shard_id=0):
        logging.getLogger("discord.http").info("a library's line")
    [entry] = map(json.loads, lines())
    assert (entry["guild_id"], entry["shard_id"]) == (str(snowflake), "0")
    assert entry["message"] == "a library's line"


def test_a_line_about_nothing_has_no_ids(set_up: Callable[[str], Lines]) -> None:
    lines = set_up("text")
    logging.getLogger("bot.x").info("started")
    assert lines()[0].endswith("bot.x: started")


def test_inner_ids_are_added_and_taken_away_again(set_up: Callable[[str], Lines]) -> None:
    lines = set_up("text")
    log = logging.getLogger("bot.x")
    with logs.about(guild_id=5, user_id=1):
        with logs.about(user_id=2, session_id=None, group_id=3):
            log.info("inside")
        log.info("outside")
    log.info("after")
    told = [line.partition("bot.x: ")[2] for line in lines()]
    assert told == ["inside [guild=5 user=2 group=3]", "outside [guild=5 user=1]", "after"]


def test_ids_are_taken_away_when_the_work_fails(set_up: Callable[[str], Lines]) -> None:
    lines = set_up("text")
    with pytest.raises(OSError, match="no way"), logs.about(guild_id=5):
        raise OSError("no way")
    logging.getLogger("bot.x").info("after")
    assert lines()[0].endswith("after")


async def test_tasks_side_by_side_keep_their_own_ids(set_up: Callable[[str], Lines]) -> None:
    lines = set_up("text")

    async def work(number: int) -> None:
        with logs.about(moment_id=number):
            await asyncio.sleep(0)
            logging.getLogger("bot.x").info("done")

    await asyncio.gather(work(1), work(2))
    assert sorted(line.partition("done ")[2] for line in lines()) == ["[moment=1]", "[moment=2]"]


@pytest.mark.parametrize("shape", ["text", "json"])
@pytest.mark.parametrize(
    "said",
    [
        f"POST https://discord.com/api/v10/interactions/12/{INTERACTION}/callback with 429",
        f"PATCH https://discord.com/api/v10/webhooks/12/{INTERACTION}?wait=true",
        f"url='https://discord.com/api/v10/webhooks/12/{INTERACTION}'",
        f'received {{"id":"12","token":"{INTERACTION}","type":3}}',
        f"received {{'id': '12', 'token': '{INTERACTION}', 'type': 3}}",
    ],
)
def test_no_line_shows_an_interactions_token(
    set_up: Callable[[str], Lines], shape: str, said: str
) -> None:
    lines = set_up(shape)
    logging.getLogger("discord.http").debug("%s", said, exc_info=OSError(said))
    text = "\n".join(lines())
    assert INTERACTION not in text
    assert text.count(logs.HIDDEN) == 2


class Unspeakable:
    """What raises when somebody wants it as text."""

    def __str__(self) -> str:
        raise RuntimeError("no words")


@pytest.mark.parametrize("shape", ["text", "json"])
@pytest.mark.parametrize(
    ("said", "arguments"),
    [("%s of %s s3cret", ("one",)), ("%d", ("s3cret",)), ("%s", (Unspeakable(),))],
)
def test_a_librarys_wrong_arguments_raise_nowhere_and_hide_no_message(
    set_up: Callable[[str], Lines], shape: str, said: str, arguments: tuple[object, ...]
) -> None:
    lines = set_up(shape)
    logging.getLogger("discord.http").info(said, *arguments)
    [line] = lines()
    assert said.removesuffix("s3cret") in line
    assert "s3cret" not in line


def test_what_is_no_text_and_cannot_become_any_raises_nowhere(
    set_up: Callable[[str], Lines],
) -> None:
    lines = set_up("text")
    logging.getLogger("discord.http").info(Unspeakable())
    [line] = lines()
    assert "Unspeakable" in line


@pytest.mark.parametrize("shape", ["text", "json"])
def test_secrets_are_hidden_where_there_are_ids_too(
    set_up: Callable[[str], Lines], shape: str
) -> None:
    lines = set_up(shape)
    with logs.about(guild_id=5):
        logging.getLogger("bot.x").info("it is %s", "s3cret")
    [line] = lines()
    assert "it is [hidden]" in line
    assert "s3cret" not in line
