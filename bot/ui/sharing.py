"""A member's picture, as the group sees it."""

from __future__ import annotations

import discord

from bot.services.views import SharedPost
from bot.ui.card import Accent, Card, Picture, button
from bot.ui.custom_ids import PictureId
from bot.ui.escaping import channel
from bot.ui.words import Words

FILE = "walk.jpg"


def shared_picture(post: SharedPost, jpeg: bytes, words: Words) -> Card:
    """Show a picture with whose it is, if they chose to be named, and the way to take it down."""
    told = (
        words.say("picture.from_somebody", group=post.group_name, at=post.starts_at)
        if post.name is None
        else words.say(
            "picture.from", who=words.name(post.name), group=post.group_name, at=post.starts_at
        )
    )
    take_down = button(
        words.label("button.take_down"),
        PictureId(post.guild_id, post.membership_id),
        discord.ButtonStyle.secondary,
    )
    picture = Picture(FILE, jpeg, words.label("picture.alt"))
    return Card(Accent.THANKS, told, picture, [take_down])


def picture_stands(post: SharedPost, words: Words) -> Card:
    """Tell the member that their picture is there."""
    return Card(Accent.THANKS, words.say("picture.stands", channel=channel(post.channel_id)))


def picture_gone(words: Words) -> Card:
    """Confirm that a picture was taken down."""
    return Card(Accent.PLAIN, words.say("picture.gone"))
