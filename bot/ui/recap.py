"""The recap: a week in words, and nobody held up against anybody."""

from __future__ import annotations

from bot.domain.milestones import Milestone
from bot.services.views import Honour, RecapPost
from bot.ui.answers import me_button
from bot.ui.board import as_text, picture_of
from bot.ui.buddies import cheer_named_button
from bot.ui.card import Accent, Buttons, Card, Picture, lines
from bot.ui.encouragement import coming_up, kind_words, thinking_of
from bot.ui.escaping import Safe
from bot.ui.milestones import honours, together
from bot.ui.people import people
from bot.ui.words import Words

NAMES = 10
"""Names on one line at most."""


def recap(facts: RecapPost, words: Words, png: bytes | None = None) -> Card:
    """Tell a group of its week; the day's encouragement is a part of it.

    `png` is its board as a picture. Without one the words say enough, and stand alone.
    """
    head = words.say("recap.head", group=facts.group_name, week=facts.week_on)
    shown, as_words = _board(facts, words, png)
    return Card(
        Accent.THANKS,
        lines(head, words.say(facts.wording)),
        lines(_figures(facts, words), _everyone(facts, words)),
        lines(*_names(facts, words)),
        shown,
        _encouragement(facts, words),
        coming_up(facts.next_starts_at, words),
        [me_button(facts.guild_id, facts.moment_id, words), *as_words, *_cheer(facts, words)],
    )


def _board(facts: RecapPost, words: Words, png: bytes | None) -> tuple[Picture | None, Buttons]:
    """Return the board's picture and the button for its text, where there is a picture."""
    if facts.board is None or png is None:
        return None, []
    return picture_of(facts.board, words, png), as_text(facts.board, words, png)


def _figures(facts: RecapPost, words: Words) -> Safe | None:
    """Return what was done, in numbers; a week in which nobody came has none to show."""
    if not facts.came:
        return None
    parts = [
        words.count("recap.sessions", facts.sessions),
        words.count("recap.came", facts.came),
        words.say("recap.minutes", length=words.duration(facts.minutes)) if facts.minutes else None,
    ]
    return Safe(" · ".join(part for part in parts if part))


def _everyone(facts: RecapPost, words: Words) -> Safe | None:
    days = {on.weekday() for on in facts.everyone_on}
    return words.say("recap.everyone", days=words.weekdays(days)) if days else None


def _names(facts: RecapPost, words: Words) -> list[str | None]:
    """Return the lines with names, each of those who chose to be named and of nobody else."""
    back = [one.name for one in facts.honours if _is_return(one)]
    reached = [one for one in facts.honours if not _is_return(one)]
    return [
        _who("recap.goals", facts.met_goal, words),
        honours(reached, words, NAMES),
        _who("recap.back", back, words),
        None if facts.together is None else together(facts.together, words),
    ]


def _who(key: str, names: tuple[str, ...] | list[str], words: Words) -> Safe | None:
    return words.say(key, who=people(names[:NAMES], len(names), words)) if names else None


def _is_return(one: Honour) -> bool:
    return one.reached.milestone is Milestone.BACK


def _encouragement(facts: RecapPost, words: Words) -> str | None:
    post = facts.encouragement
    return post and lines(kind_words(post, words), thinking_of(post, words))


def _cheer(facts: RecapPost, words: Words) -> Buttons:
    post = facts.encouragement
    if post is None or not post.names:
        return []
    return [cheer_named_button(post.guild_id, post.moment_id, words)]
