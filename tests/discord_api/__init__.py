"""Checks every REST request the bot makes against what Discord takes.

Two judges sit here. The first is Discord's own OpenAPI 3.1 document: routes, query names and
JSON bodies. The second is our list of rules where that document is more lenient than Discord
(`message_rules`, `component_rules`, `command_rules`), together with two rules of our own house:
every message states `allowed_mentions`, and none of them parses mentions out of its text.

The document is not part of the repository. `find_document` takes its path from the environment
variable DISCORD_OPENAPI, else `../shared/discord-openapi.json` beside the repository. Where
there is none, `load_checker` returns None, nothing is checked, and the one skipped test in
`test_document.py` says so.

SimCord records all of the bot's traffic in `env.http_requests`: what goes through discord.py's
client, and what goes through its webhook adapter (answers to interactions, follow-ups, edits of
`@original`). The list outlives a restart of the bot. A multipart upload is recorded with the JSON
of its `payload_json` part as body; the files themselves are not recorded.

A fixture that starts a simulated server wires the check at its end, once the bot has stopped:
what it sends while stopping counts too. It runs after a failed test as well, since a refused
request is often why. (`simcord.run` cannot stand around the `yield` of a fixture: its context
variables are reset in another context than the one they were set in, a ValueError.) ::

    @pytest.fixture
    async def env() -> AsyncIterator[simcord.Env]:
        env = simcord.Env(bot)
        await env.start()
        yield env
        await env.shutdown()
        checker = load_checker()
        if checker is not None:
            violations = checker.check_all(env.http_requests)
            assert not violations, "\\n".join(map(str, violations))
        env.raise_errors()
"""

from tests.discord_api.checker import Request, RequestChecker, Violation, load_checker
from tests.discord_api.document import find_document

__all__ = ["Request", "RequestChecker", "Violation", "find_document", "load_checker"]
