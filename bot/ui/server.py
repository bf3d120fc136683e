"""A server's settings."""

from __future__ import annotations

from bot.services.views import ServerView
from bot.ui.card import Accent, Card, lines
from bot.ui.escaping import Safe, channel
from bot.ui.words import Words


def setup(server: ServerView, words: Words) -> Card:
    """Show the settings, and how to change them."""
    key = "setup.first" if server.set_up_at is None else "setup.again"
    return Card(Accent.PLAIN, words.say(key), _settings(server, words), words.say("setup.how"))


def setup_saved(server: ServerView, words: Words) -> Card:
    """Confirm the settings and say what comes next."""
    return Card(
        Accent.THANKS, words.say("setup.saved"), _settings(server, words), words.say("setup.next")
    )


def _settings(server: ServerView, words: Words) -> str | None:
    return lines(
        words.say("setup.zone", zone=server.zone.key),
        _channel(server, words),
        words.say("setup.everyone" if server.anyone_creates else "setup.managers"),
    )


def _channel(server: ServerView, words: Words) -> Safe:
    if server.channel_id is None:
        return words.say("setup.channel_none")
    return words.say("setup.channel", channel=channel(server.channel_id))
