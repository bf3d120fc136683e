"""Plain private answers: a note, and what went wrong."""

from __future__ import annotations

import logging
from typing import cast

from bot.domain.errors import AmbleError
from bot.domain.ids import ChannelId
from bot.domain.places import Place
from bot.ui.card import Accent, Card
from bot.ui.escaping import Safe, channel, escaped
from bot.ui.words import Words
from bot.ui.zones import place_name

log = logging.getLogger(__name__)


def note(text: Safe) -> Card:
    return Card(Accent.PLAIN, text)


def error_card(error: AmbleError, words: Words) -> Card:
    """Say what went wrong and what to do; words that are missing are no reason to say nothing."""
    try:
        said = words.say(_key(error, words), **_values(error, words))
    except (KeyError, TypeError):
        log.exception("No words for %s", error)
        said = words.say("error.unknown", reference=error.code)
    return Card(Accent.CARE, said)


def unknown_card(reference: str, words: Words) -> Card:
    return Card(Accent.CARE, words.say("error.unknown", reference=reference))


def _key(error: AmbleError, words: Words) -> str:
    """Choose the sentence without a suggestion where there is none to make."""
    bare = f"error.{error.code}.bare"
    return (
        bare if error.values.get("suggestion") == "" and words.has(bare) else f"error.{error.code}"
    )


def _values(error: AmbleError, words: Words) -> dict[str, object]:
    values = dict(error.values)
    if isinstance(at := values.get("channel_id"), int):
        values["channel_id"] = channel(ChannelId(at))
    if isinstance(seconds := values.get("seconds"), int):
        values["seconds"] = words.seconds(seconds)
    if isinstance(missing := values.get("missing"), (tuple, list)):
        flags = [str(flag) for flag in cast("tuple[object, ...]", missing)]
        values["missing"] = words.names(_permission(flag, words) for flag in flags)
    if isinstance(places := values.get("places"), tuple):
        named = [place_name(place, words) for place in cast("tuple[Place, ...]", places)]
        values["places"] = Safe("\n".join(f"• {escaped(each)}" for each in named))
    return values


def _permission(flag: str, words: Words) -> Safe:
    key = f"permission.{flag}"
    return words.say(key) if words.has(key) else words.name(flag.replace("_", " "))
