"""What came of a run: the book against what Discord and the members saw."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, select

from bot.domain.checkin import Answer, SessionState
from bot.domain.ids import UserId
from bot.domain.moment import MomentKind, MomentState
from bot.domain.streak import Outcome
from bot.services import auditing
from bot.services.encouraging import WITH_RECAP
from bot.storage import attendances, memberships, tables
from bot.storage.attendances import Change
from bot.storage.database import Database
from tests.faults.clickers import BUTTON, Clickers, Fate, Key, Press, custom_ids_in
from tests.faults.lost import Lost, faults_of_care, letters_of_care
from tests.faults.seed import Town
from tests.wire.bodies import object_of
from tests.wire.records import Posting, Records
from tests.wire.world import Posted

OF_A_RUN = (MomentKind.NUDGE, MomentKind.ENCOURAGE, MomentKind.RECAP)
"""What a group hears at most once in a run."""
LETTERS = (MomentKind.NUDGE_DM, MomentKind.ENCOURAGE_DM)
WAITING = (MomentState.DUE, MomentState.CLAIMED, MomentState.SENDING)
TOLERANCE = timedelta(milliseconds=50)
"""How much later than the bot the tests may see a connection."""
LINE = (
    "kills {kills} (random {random}, steps {steps}, stopping {stopping})"
    " prompts {prompts} missing {missing} doubled {doubled}"
    " answers {answers} lost {lost} repeated {repeated} refused {refused}"
    " streaks {streaks} wrong {wrong}"
    " letters of care {care} wrong {care_wrong}"
    " nudges {nudge} encouragements {encourage} recaps {recap} letters {letters}"
    " doubled {messages_doubled}"
    " 429s {earned} sends too fast {too_fast}"
    " settled {settled} void {void} unfair {unfair} undone {undone} other {other}"
)

LOGIN = "/users/@me"
"""What each life asks for first."""
TOO_MANY = 429

Moments = dict[int, Row[Any]]
Sent = dict[int, list[Posting]]
"""What was really posted, by the moment it was for."""
Lives = list[tuple[datetime, datetime]]
"""When a gateway was there, from and until."""


@dataclass
class Verdict:
    """Counts, and in words what is wrong."""

    counts: Counter[str] = field(default_factory=Counter[str])
    problems: list[str] = field(default_factory=list[str])

    def blame(self, count: str, words: str) -> None:
        self.counts[count] += 1
        self.problems.append(f"{count}: {words}")

    def add(self, other: Verdict) -> None:
        self.counts.update(other.counts)
        self.problems += other.problems

    def line(self) -> str:
        """Everything in one line."""
        return LINE.format_map(self.counts)


async def judge(
    db: Database, records: Records, town: Town, clickers: Clickers, until: datetime
) -> Verdict:
    """Compare everything that is in the book, or was seen, up to `until`."""
    verdict = Verdict()
    sent = _by_moment(records.postings)
    lives = _lives(records, until)

    def compare(conn: Connection) -> None:
        moments = {row.id: row for row in conn.execute(select(tables.moments))}
        _judge_sessions(conn, verdict, town, moments, sent, lives)
        _judge_messages(verdict, moments, sent)
        _judge_care(conn, verdict, town.lost, letters_of_care(clickers.discord, town.lost))
        _judge_bodies(verdict, records, moments)
        _judge_undone(verdict, moments, until)
        for key, presses in clickers.presses.items():
            _judge_presses(conn, verdict, town, key, presses)
        _judge_soundness(conn, verdict)

    _judge_pace(verdict, records)
    await db.read(compare)
    for difference in await auditing.audit(db):
        verdict.blame("wrong", str(difference))
    return verdict


def _judge_sessions(
    conn: Connection, verdict: Verdict, town: Town, moments: Moments, sent: Sent, lives: Lives
) -> None:
    of_session = {(row.kind, row.subject): row for row in moments.values()}
    missed = _missed(conn)
    for session in conn.execute(select(tables.sessions)):
        prompt = of_session.get((MomentKind.PROMPT, session.id))
        if prompt is None or (MomentKind.SETTLE, session.id) not in of_session:
            verdict.blame("missing", f"session {session.id} was planned without its moments")
            continue
        if session.group_id in town.lost.groups and prompt.state == MomentState.FAILED:
            _judge_refused_prompt(verdict, session, sent.get(prompt.id, []))
            continue
        _judge_prompt(verdict, session, prompt, sent.get(prompt.id, []), session.id in town.short)
        if session.state == SessionState.SETTLED:
            verdict.counts["settled"] += 1
        window = town.short.get(session.id)
        if window is None or session.id not in missed:
            continue
        there = _time_there(lives, session.prompt_at, session.settled_at)
        if there < window - TOLERANCE:
            words = f"members of session {session.id} had {there} of {window} and missed it"
            verdict.blame("unfair", words)


def _judge_prompt(
    verdict: Verdict, session: Row[Any], prompt: Row[Any], postings: list[Posting], short: bool
) -> None:
    """Exactly one; none where the session was over before the bot was back."""
    what = f"session {session.id} ({session.state}; prompt {prompt.state}, {prompt.reason})"
    places = [(one.channel_id, one.message_id) for one in postings]
    if len(postings) > 1:
        verdict.blame("doubled", f"{what}: posted {postings}")
    match session.state:
        case SessionState.PLANNED:
            if postings:
                verdict.blame("other", f"{what}: posted before its time")
        case SessionState.VOID:
            verdict.counts["void"] += 1
            if not short or session.settled_at < session.settles_at:
                verdict.blame("missing", what)
        case _:
            verdict.counts["prompts"] += 1
            if not postings:
                verdict.blame("missing", what)
            elif (session.channel_id, session.message_id) not in places:
                verdict.blame("other", f"{what}: recorded {session.message_id}, posted {places}")


def _judge_refused_prompt(verdict: Verdict, session: Row[Any], postings: list[Posting]) -> None:
    """One that the bot was not allowed to post is nowhere, and its session holds nobody to it."""
    verdict.counts["forbidden"] += 1
    if postings or session.state not in (SessionState.PLANNED, SessionState.VOID):
        what = f"session {session.id} ({session.state}) is recorded as refused"
        verdict.blame("other", f"{what}: posted {postings}")


def _judge_messages(verdict: Verdict, moments: Moments, sent: Sent) -> None:
    """A group hears one nudge and one encouragement of a day (a run lies in one), a member each.

    Of a week it hears once, and an encouragement that went out with that is none by itself.
    """
    heard: dict[tuple[str, int, int, int], list[Posting]] = defaultdict(list)
    for row in moments.values():
        postings = sent.get(row.id, [])
        if row.kind in OF_A_RUN:
            heard[row.kind, row.group_id, 0, 0] += postings
            if row.reason == WITH_RECAP and postings:
                verdict.blame("messages_doubled", f"{row.kind} {row.id} also went with a recap")
        elif row.kind in LETTERS:
            heard[row.kind, row.group_id, row.subject, row.membership_id] += postings
        ids = [one.message_id for one in postings]
        if row.state == MomentState.SENT and row.message_id not in [*ids, None]:
            verdict.blame("other", f"{row.kind} {row.id} is recorded as {row.message_id}: {ids}")
    for (kind, *whom), postings in heard.items():
        verdict.counts["letters" if kind in LETTERS else kind] += bool(postings)
        if len(postings) > 1:
            verdict.blame("messages_doubled", f"{kind} for {whom}: {postings}")


def _judge_care(conn: Connection, verdict: Verdict, lost: Lost, letters: list[Posted]) -> None:
    """Organisers hear of a trouble once each."""
    verdict.counts["care"] += len(letters)
    for fault in faults_of_care(conn, lost, letters):
        verdict.blame("care_wrong", fault)


def _judge_bodies(verdict: Verdict, records: Records, moments: Moments) -> None:
    """Each prompt that was sent carries its own session's buttons."""
    for asked in records.requests:
        if asked.method != "POST" or not asked.effect:
            continue
        nonce = object_of(asked.body).get("nonce")
        row = moments.get(int(nonce)) if nonce else None
        if row is None or row.kind != MomentKind.PROMPT:
            continue
        found = [BUTTON.fullmatch(custom_id) for custom_id in custom_ids_in(asked.body)]
        if [int(one[2]) for one in found if one] != [row.subject]:
            verdict.blame("other", f"the prompt of session {row.subject} carries another's buttons")


def _judge_pace(verdict: Verdict, records: Records) -> None:
    """Count the 429s; none may be for something of which that life knew what Discord takes.

    A life that was killed may have used a bucket up, and the next one learns that from the 429.
    Redraws are held back after a start and are only counted: a click may ask for one at once.
    """
    known: set[str] = set()
    """What the life at work has sent to, as Discord told the state of its bucket."""
    for asked in records.requests:
        if asked.path == LOGIN:
            known.clear()
        limited = asked.status == TOO_MANY and not asked.injected
        verdict.counts["earned"] += limited
        if asked.method != "POST" or asked.path.startswith("/interactions/"):
            continue
        if limited and asked.path in known:
            verdict.blame("too_fast", f"{asked.path} at {asked.at}: {asked.scope}")
        elif asked.answered and not limited:
            known.add(asked.path)


def _judge_undone(verdict: Verdict, moments: Moments, until: datetime) -> None:
    for row in moments.values():
        if row.state in WAITING and (row.due_at <= until or row.state != MomentState.DUE):
            words = f"{row.kind} {row.id} of {row.subject} is {row.state}, due at {row.due_at}"
            verdict.blame("undone", words)


def _judge_presses(
    conn: Connection, verdict: Verdict, town: Town, key: Key, presses: list[Press]
) -> None:
    """Try everything that can have happened, as nobody knows of presses without an answer."""
    user_id, session_id = key
    group_id = town.groups_of[session_id]
    guild_id = town.guild_of[group_id]
    member = memberships.find(conn, guild_id, group_id, UserId(user_id))
    assert member is not None
    changes = attendances.history(conn, guild_id, member.id, session_id)
    row = attendances.find(conn, guild_id, member.id, session_id)
    pressed = ", ".join(map(str, presses))
    what = f"{member.name}, session {session_id}: pressed {pressed}; kept {_told(changes)}"
    stands = changes[-1].answer if changes else None
    if (row.answer if row else None) != stands:
        verdict.blame("lost", f"{row} does not say what came last: {what}")
    verdict.counts["answers"] += sum(press.fate is Fate.TAKEN for press in presses)
    for press in presses:
        if press.answer is not None and press.fate is Fate.REFUSED:
            verdict.blame("refused", f"{press}: {press.said!r} of {what}")
    kept = {0}
    """How many of the changes may be accounted for."""
    for press in presses:
        kept = {after for before in kept for after in _after(press, changes, before)}
        if not kept:
            verdict.blame("lost", f"{press}: {press.said!r} of {what}")
            return
    if len(changes) not in kept:
        verdict.blame("repeated", what)


def _after(press: Press, changes: list[Change], before: int) -> set[int]:
    """Return how many changes may be accounted for once `before` were and `press` came."""
    without = {before} if press.fate is not Fate.TAKEN else set[int]()
    if press.fate is Fate.REFUSED:
        return without
    standing = _standing(changes[:before])
    if press.answer is not None:
        if standing and standing[-1] == press.answer:
            return {before}
        expected = (press.answer, False)
    else:
        if not standing or press.seen != before:
            return without
        expected = (standing[-2] if len(standing) > 1 else None, True)
    come = before < len(changes) and (changes[before].answer, changes[before].undoes) == expected
    return without | ({before + 1} if come else set[int]())


def _standing(changes: list[Change]) -> list[Answer | None]:
    """Return the answers that no undo has taken back."""
    standing: list[Answer | None] = []
    for change in changes:
        if change.undoes:
            standing.pop()
        else:
            standing.append(change.answer)
    return standing


def _told(changes: list[Change]) -> str:
    return ", ".join(f"{one.answer}{' by undo' if one.undoes else ''}" for one in changes)


def _judge_soundness(conn: Connection, verdict: Verdict) -> None:
    everyone = conn.execute(select(func.count()).select_from(tables.memberships)).scalar_one()
    verdict.counts["streaks"] += everyone
    if conn.dialect.name == "sqlite":
        sound = conn.exec_driver_sql("PRAGMA integrity_check").scalar_one()
        if sound != "ok":
            verdict.blame("other", f"the file is not sound: {sound}")


def _missed(conn: Connection) -> set[int]:
    """Return the sessions that somebody missed."""
    table = tables.attendances
    query = select(table.c.session_id).where(
        table.c.outcome == Outcome.MISSED, table.c.answer.is_(None)
    )
    return set(conn.execute(query).scalars())


def _by_moment(postings: list[Posting]) -> Sent:
    sent: Sent = defaultdict(list)
    for posting in postings:
        if posting.nonce is not None:
            sent[int(posting.nonce)].append(posting)
    return sent


def _lives(records: Records, until: datetime) -> Lives:
    ends = [one.at for one in records.closes]
    return [
        (one.at, min((end for end in ends if end > one.at), default=until))
        for one in records.identifies
        if one.accepted
    ]


def _time_there(lives: Lives, since: datetime, until: datetime) -> timedelta:
    spans = (min(end, until) - max(start, since) for start, end in lives)
    return sum((span for span in spans if span > timedelta(0)), timedelta(0))
