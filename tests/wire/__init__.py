"""Discord over real sockets, and the real bot in a process of its own.

The server keeps its world in SimCord's backend and answers over SimCord's routes. The bot is not
changed for it: it gets a connector whose resolver leads every name to this machine, so it can never
reach the real Discord. Where the wire differs from SimCord it follows Discord's pages (below
https://docs.discord.com/developers):

- `enforce_nonce` gives the first message back (resources/message, Create Message); SimCord takes
  the key and makes a second message. The answer to a POST carries its nonce.
- Requests are limited, with headers, scopes and 429s (topics/rate-limits); SimCord has no limits.
- Edits of messages older than an hour end in 30046 (topics/opcodes-and-status-codes), likewise.
- READY lists the shard's servers as unavailable, and each comes by GUILD_CREATE afterwards
  (events/gateway-events, Ready); SimCord's READY lists none.
- Sessions outlive connections, keep what was missed, and are resumed or declared invalid
  (events/gateway, Resuming); SimCord identifies anew. Heartbeats and close codes are only here.
- GET /gateway and /gateway/bot are answered (events/gateway, Get Gateway Bot); SimCord knows no
  such routes.
- A shard hears events of its own servers alone, by the count it identified with (events/gateway,
  Sharding); SimCord knows one bot with one count.
- A token that is not the bot's is answered by 401 (topics/opcodes-and-status-codes, HTTP) and at
  the gateway by 4004; SimCord takes any. What is not JSON, or no route, ends loudly.
- Privileged intents are refused by 4014 (events/gateway, Privileged Intents), whoever asks: so
  GUILD_CREATE lists the bot as its only member (events/gateway-events, Guild Create), and others'
  words are empty in events and in the history over REST (events/gateway, Message Content Intent).
  SimCord goes by the intents that a test approves; with Amble's own it does the same.
- Deadlines (3 seconds, 15 minutes) pass in real time; in SimCord only when its clock is moved.
- Time passes for the bot and for Discord alike; in SimCord a day passes at once, while on the wire
  another day is another life of the bot, begun with another clock.
- Direct messages that somebody closed end in 50007; SimCord knows only injected errors.

On everything else the two agree: `test_road` walks the same roads in both and compares the words.
"""
