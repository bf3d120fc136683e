"""How a group is spoken to after a miss, as its organisers see and set it."""

from __future__ import annotations

from bot.domain.encouragement import Kind, Tone, family_in
from bot.services.voice import OwnWordingView, VoiceView
from bot.ui.card import Accent, Buttons, Card, button, choice, fitting, lines
from bot.ui.custom_ids import VoiceId, VoicePart
from bot.ui.escaping import CHOICE_WIDTH, Safe, escaped, plain
from bot.ui.words import Words

ROOM = 2400
"""Characters for the organisers' own words."""


def voice(facts: VoiceView, words: Words) -> Card:
    """Show how a group is spoken to, with an example, and let it be changed."""
    at = (
        words.say("voice.off")
        if facts.at is None
        else words.say("voice.at", at=words.clock(facts.at))
    )
    example = words.families()[family_in(facts.tone, f"encourage.{Kind.FIRST_MISS}")][0]
    tones = [(words.label(f"tone.{tone}"), tone.value) for tone in Tone]
    tone_id = VoiceId(VoicePart.TONE, facts.guild_id, facts.group_id)
    return Card(
        Accent.PLAIN,
        lines(words.say("voice.head", group=facts.group_name), at),
        words.say("voice.example", text=words.say(example)),
        choice(tones, facts.tone.value, tone_id),
        _own(facts, words),
        _switch(facts, words),
    )


def own_label(one: OwnWordingView, words: Words) -> str:
    """Return own words as a picker shows them."""
    return plain(f"{situation(one.situation, words)}: {one.text}", CHOICE_WIDTH)


def situation(kind: Kind | None, words: Words) -> Safe:
    """Return the name of a situation; None is any."""
    return words.say(f"situation.{kind or 'any'}")


def _own(facts: VoiceView, words: Words) -> str | None:
    if not facts.own:
        return words.say("voice.no_own")
    shown, more = fitting((_line(one, words) for one in facts.own), ROOM)
    left_out = words.count("list.more", more) if more else None
    head = words.say("voice.own_only" if facts.own_only else "voice.own_beside")
    return lines(head, *shown, left_out)


def _line(one: OwnWordingView, words: Words) -> Safe:
    name = situation(one.situation, words)
    return words.say("voice.own_line", situation=name, text=escaped(one.text, 2 * len(one.text)))


def _switch(facts: VoiceView, words: Words) -> Buttons | None:
    if not facts.own:
        return None
    part = VoicePart.BOTH if facts.own_only else VoicePart.OWN
    custom_id = VoiceId(part, facts.guild_id, facts.group_id)
    return [button(words.label(f"button.voice_{part}"), custom_id)]
