"""Discord over real sockets, and the real bot in a process of its own.

The server keeps its world in SimCord's backend and answers over SimCord's routes. The bot is not
changed for it: it gets a connector whose resolver leads every name to this machine, so it can never
reach the real Discord. Where the wire differs from SimCord it follows Discord's pages (below
https://docs.discord.com/developers):

- `enforce_nonce` gives the first message back (resources/message, Create Message); SimCord takes
  the key and makes a second message. The answer to a POST carries its nonce.
- Requests are limited, with headers, scopes and 429s (topics/rate-limits); SimCord has no limits.
- 10,000 requests within ten minutes that are answered by 401, 403 or 429 (but those of a shared
  limit) are a violation (the same page, Invalid Request Limit); SimCord does not count.
- A file beyond 10 MiB, and a request beyond 25 (resources/message, Create Message), end in 413 and
  40005, whether they answer an interaction or not; in SimCord nothing is too large, and its
  interactions allow 25 MiB a file.
- An IDENTIFY within five seconds of the last one of its bucket is answered by op 9 (events/gateway,
  Identifying, and Sharding Max Concurrency) where a test sets `limits.identify_seconds`: a start
  soon after another one would else take five seconds more, in every test that kills.
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

Left out of both, for Amble asks for none of it, or no test could tell:

- The ban itself: that it would come fails a test already, and what it answers is Cloudflare's.
- 1,000 IDENTIFYs a day, and 200 new commands a day and server: what a test asks is far below, and
  `remaining` in Get Gateway Bot always says 1,000.
- 4011, more than 2,500 servers a shard: shards here have a handful.
- The true figures of buckets: Discord does not publish them. Those in `limits` are plausible.
- Limits of their own for names of channels, reactions and the like, slow mode, and boosts, which
  raise the size of files.
- Other versions of the interface, ETF, presence, voice, and lists of members.
"""
