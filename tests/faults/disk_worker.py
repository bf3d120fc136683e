"""A process whose disk fails: it answers for members, over and over, like the bot.

    python -m tests.faults.disk_worker URL SESSION...

Prints a line for each answer once it is saved, and one for each that is refused, which it tries
again as a member would. Ends when its standard input does.
"""

import asyncio
import itertools
import logging
import sys
import threading

from bot.domain.checkin import Answer, Details
from bot.domain.ids import SessionId
from bot.services import checkins
from bot.services.views import Person
from bot.storage.database import Database, open_database
from bot.storage.errors import StorageError
from tests.services.town import MONDAY, somebody, wall

PEOPLE = 12
TRY_AGAIN_AFTER = 0.02
NOW = wall(MONDAY.replace(day=3), "08:00")
"""Tuesday morning: Monday's session has settled and can still be logged, today's is open."""


def people() -> list[Person]:
    return [somebody(100 + number) for number in range(PEOPLE)]


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


async def answer_until_saved(
    db: Database, person: Person, session_id: SessionId, minutes: int, stopped: threading.Event
) -> None:
    while not stopped.is_set():
        try:
            await checkins.answer(
                db, person, session_id, Answer.DONE, NOW, Details(minutes=minutes)
            )
        except StorageError as error:
            say("refused", type(error).__name__, error)
            await look(db, person)
            await asyncio.sleep(TRY_AGAIN_AFTER)
        else:
            say("saved", person.user_id, session_id, minutes)
            if db.trouble:
                await look(db, person)
            return


async def look(db: Database, person: Person) -> None:
    """Try to read, as a board would."""
    try:
        await checkins.answerable(db, person, NOW)
    except StorageError as error:
        say("unread", type(error).__name__, error)
    else:
        say("read")


async def main(url: str, sessions: list[SessionId]) -> None:
    stopped = threading.Event()

    def wait_for_the_end() -> None:
        sys.stdin.read()
        stopped.set()

    threading.Thread(target=wait_for_the_end, daemon=True).start()
    async with await open_database(url) as db:
        everybody = list(itertools.product(people(), sessions))
        for minutes in range(1, checkins.MINUTES.stop):
            for person, session_id in everybody:
                if stopped.is_set():
                    break
                await answer_until_saved(db, person, session_id, minutes, stopped)
        say("trouble" if db.trouble else "well")


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="log %(name)s %(message)s")
    asyncio.run(main(sys.argv[1], [SessionId(int(each)) for each in sys.argv[2:]]))
