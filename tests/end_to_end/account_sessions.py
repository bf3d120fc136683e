"""Sessions, prompts, settlement and outcomes of an account, against the rules of time.

Derived strictly: which sessions there are, when they start, are prompted and settle; who must
have an outcome; that an answer and its outcome fit; that a rest is free or not.

Checked for plausibility only, since the account does not say it: who was paused when (`excused`
must simply have no answer), and what was answered or taken back after a settlement (an outcome
may differ from the one at settlement, but may not appear from nowhere or vanish).
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from tests.end_to_end.account_clock import instant_of, local_day, minute, occurrences
from tests.end_to_end.account_shape import Account, Id, Member, Session

SETTLES = time(3, 0)
FREE_RESTS = 1
REST_WINDOW = timedelta(days=7)
KEPT = {"done", "partly"}
ANSWERS = {"done", "partly", "rest", "sore"}


def schedule(account: Account) -> Iterator[str]:
    """Every occurrence has its one session, at its instant; there are no others."""
    due = _due(account)
    skipped = set(account.group.skipped)
    kept = {(session.slot, session.due_on) for session in account.sessions}
    for (slot, on), starts_at in due.items():
        needed = on <= account.last_day or starts_at <= account.ended_at
        if needed and on not in skipped and (slot, on) not in kept:
            yield f"schedule: slot {slot} has no session on {on}"
    for session in account.sessions:
        starts_at = due.get((session.slot, session.due_on))
        if starts_at is None:
            yield f"schedule: session {session.id}: no slot has one on {session.due_on}"
        elif session.starts_at != starts_at:
            yield f"start: session {session.id} starts {session.starts_at}, not {starts_at}"


def _due(account: Account) -> dict[tuple[Id, date], datetime]:
    # Sessions are planned 48 hours ahead, so those just after the last day may stand there too.
    horizon = max(account.last_day, local_day(account.ended_at, account.tz)) + timedelta(days=3)
    return {
        (slot.id, on): instant_of(on, slot.time, account.tz)
        for slot in account.group.slots
        for on in occurrences(slot, account.start, horizon)
    }


def life(account: Account) -> Iterator[str]:
    """Each session is in the state its age asks for, with one prompt on time, settled on time."""
    for session in account.sessions:
        if session.due_on in account.group.skipped:
            if not session.is_called_off:
                yield f"state: session {session.id} of a skipped day is {session.state}"
        elif session.state not in _states(account, session):
            yield f"state: session {session.id} is {session.state}"
        yield from _prompt(session)
        settles_at = settles(account, session)
        if session.state == "settled":
            if session.settled_at is None or minute(session.settled_at) != settles_at:
                yield f"settle: session {session.id}: {session.settled_at}, not {settles_at}"
        elif session.settled_at is not None or session.outcomes_at_settlement:
            yield f"settle: session {session.id} is {session.state}, yet shows a settlement"
        if session.is_called_off and {*session.outcomes.values()} - {"excused"}:
            yield f"outcome: session {session.id} was called off, yet somebody counts"


def settles(account: Account, session: Session) -> datetime:
    """Return the instant at which the session settles when the bot was never away."""
    return instant_of(session.due_on + timedelta(days=1), SETTLES, account.tz)


def _states(account: Account, session: Session) -> set[str]:
    # In the very minute of a change, both sides of it are right.
    found: set[str] = set()
    settles_at = settles(account, session)
    now = minute(account.ended_at)
    if now <= session.starts_at:
        found.add("planned")
    if session.starts_at <= now <= settles_at:
        found.add("open")
    if settles_at <= now:
        found.add("settled")
    return found


def _prompt(session: Session) -> Iterator[str]:
    owed = 1 if session.state in {"open", "settled"} else 0
    if len(session.prompts) != owed:
        yield f"prompt: session {session.id} has {len(session.prompts)} prompts, not {owed}"
    for prompt in session.prompts:
        if minute(prompt.posted_at) != session.starts_at:
            yield f"prompt: session {session.id}: posted {prompt.posted_at}"


def outcomes(account: Account) -> Iterator[str]:
    """Every outcome at settlement is explained by an answer, or by the lack of one."""
    for session in account.in_order:
        for member in account.members:
            yield from _window(account, member, session)
            if session.state == "settled":
                yield from _at_settlement(account, member, session)
                yield from _since(member, session)
            elif session.state == "open":
                yield from _open(member, session)


def _at_settlement(account: Account, member: Member, session: Session) -> Iterator[str]:
    outcome = session.outcomes_at_settlement.get(member.name)
    answered = member.name in session.answered_at
    where = f"{member.name} in session {session.id}"
    if answered and outcome in {None, "excused"}:
        yield f"outcome: {where} answered, yet counts as {outcome}"
    if not answered and outcome in ANSWERS:
        yield f"outcome: {where} did not answer, yet counts as {outcome}"
    if not answered:
        settled_at = session.settled_at or settles(account, session)
        yield from _unanswered(member, session, settled_at, where)


def _unanswered(
    member: Member, session: Session, settled_at: datetime, where: str
) -> Iterator[str]:
    outcome = session.outcomes_at_settlement.get(member.name)
    if member.joined_at > session.starts_at:
        # Joined while it was open, or later: silence does not count, in either way.
        if outcome is not None:
            yield f"outcome: {where} joined after its start, yet counts as {outcome}"
    elif member.left_at is not None and member.left_at <= session.starts_at:
        if outcome == "missed":
            yield f"outcome: {where} had left, yet counts as missed"
    elif member.left_at is not None and member.left_at <= settled_at:
        if outcome != "excused":
            yield f"outcome: {where} left before it settled, yet counts as {outcome}"
    elif outcome is None and member.joined_at < session.starts_at:
        yield f"outcome: {where} has none"


def _since(member: Member, session: Session) -> Iterator[str]:
    then = session.outcomes_at_settlement.get(member.name)
    now = session.outcomes.get(member.name)
    where = f"{member.name} in session {session.id}"
    if then is not None and now is None:
        yield f"outcome: {where} counted as {then} and has none now"
    if then is None and now == "missed":
        yield f"outcome: {where} had none and counts as missed now"
    if then in ANSWERS and now == "excused":
        # A pause cannot undo an answer; an answer that was taken back in a pause can, which the
        # demo does not do.
        yield f"outcome: {where} counted as {then} and as excused now"


def _open(member: Member, session: Session) -> Iterator[str]:
    outcome = session.outcomes.get(member.name)
    answered = member.name in session.answered_at
    where = f"{member.name} in session {session.id}"
    if answered and outcome in {None, "excused"}:
        yield f"outcome: {where} answered, yet counts as {outcome}"
    if not answered and outcome in {*ANSWERS, "missed"}:
        yield f"outcome: {where} has not answered, yet counts as {outcome} before it settles"


def _window(account: Account, member: Member, session: Session) -> Iterator[str]:
    at = session.answered_at.get(member.name)
    if at is None:
        return
    where = f"{member.name} in session {session.id}"
    if session.state not in {"open", "settled", "planned"}:
        yield f"answer: {where} answered a session that is {session.state}"
    if at < member.joined_at or (member.left_at is not None and at > member.left_at):
        yield f"answer: {where} answered while not a member"
    if at > (session.settled_at or account.ended_at):
        yield f"answer: {where} answered after it settled, or after the end"
    outcome = session.outcomes_at_settlement or session.outcomes
    if outcome.get(member.name) in KEPT:
        midnight = instant_of(session.due_on, time(0, 0), account.tz)
        if at < midnight:
            yield f"answer: {where} was there before its day began"


def rests(account: Account) -> Iterator[str]:
    """A rest is free while no other free one lies in the seven days that end with its day.

    "Up to" is read as those seven dates with `due_on` the last; sessions of one day count in
    their order. A late answer may free or use the budget of a later session, so a rest that was
    not free needs another in either view, at settlement or now; one that is free must be so in
    its own view.
    """
    for member in account.members:
        yield from _rests_of(member.name, account.in_order)


def _rests_of(name: str, sessions: list[Session]) -> Iterator[str]:
    free: dict[str, list[date]] = {"then": [], "now": []}
    for session in sessions:
        then = session.outcomes_at_settlement.get(name)
        now = session.outcomes.get(name)
        since = session.due_on - REST_WINDOW
        used = {view: sum(on > since for on in free[view]) for view in free}
        for view, outcome in (("then", then), ("now", now)):
            if outcome == "rest":
                free[view].append(session.due_on)
                if used[view] >= FREE_RESTS:
                    yield f"budget: {name} in session {session.id}: a rest too many is free"
        beyond = "missed" in {then, now} and name in session.answered_at
        if beyond and then in {"missed", None} and max(used.values()) < FREE_RESTS:
            yield f"budget: {name} in session {session.id}: a free rest counts as missed"
