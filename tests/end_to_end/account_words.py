"""The catalogue as the account's checker reads it, and what any public text must keep to."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from tests.end_to_end.account_shape import Account, Nudge

_CATALOGUE = Path(__file__).parents[2] / "bot" / "locale" / "en" / "LC_MESSAGES" / "amble.po"
_SLOT = re.compile(r"\\\{\w+\\\}")
_USER = re.compile(r"<@!?(\d+)>")
_EVERYBODY = re.compile(r"@everyone|@here|<@&\d+>")
_SHAMING = re.compile(
    r"\b(miss|misses|missed|missing|fail|fails|failed|failing|failure|lose|loses|lost|losing|"
    r"broke|broken|break|breaks|lazy|laziness|slack|slacker|slacking|skipped|forgot|forgotten|"
    r"neglect|neglected|disappoint|disappointed|disappointing|shame|ashamed|guilty|blame|"
    r"ruin|ruined|quitter|pathetic|weak|worst|punish|punished)\b",
    re.IGNORECASE,
)


@cache
def catalogue() -> dict[str, list[str]]:
    """Return each key's texts: one, or one for each plural form."""
    with _CATALOGUE.open("rb") as file:
        found = read_po(file)
    texts: dict[str, list[str]] = {}
    for message in found:
        key = message.id if isinstance(message.id, str) else message.id[0]
        said = [message.string] if isinstance(message.string, str) else [*(message.string or ())]
        if key:
            texts[key] = [str(text) for text in said]
    return texts


def wordings_of(kind: str) -> set[str]:
    """Return the keys of a kind: those that end in its name and a number."""
    return {key for key in catalogue() if re.fullmatch(rf"{re.escape(kind)}\.\d+", key)}


def pattern_of(key: str) -> re.Pattern[str]:
    """Return what finds a text of the catalogue, whatever was put into its places."""
    forms = [_SLOT.sub(r"(\\S.*?)", re.escape(" ".join(text.split()))) for text in catalogue()[key]]
    return re.compile("|".join(forms))


def plain(text: str) -> str:
    """Return the text on one line and without the backslashes that escape names."""
    return " ".join(text.replace("\\", "").split())


def spoken(account: Account, post: Nudge, kind: str, where: str) -> Iterator[str]:
    """The text is the wording it claims to be, and of its kind."""
    if post.wording not in catalogue():
        yield f"wording: {where}: {post.wording} is not in the catalogue"
    elif post.wording not in wordings_of(kind):
        yield f"wording: {where}: {post.wording} is not one of {kind}"
    elif not pattern_of(post.wording).search(plain(post.text)):
        yield f"wording: {where}: the text is not that of {post.wording}"
    yield from _hygiene(account, post, where)


def _hygiene(account: Account, post: Nudge, where: str) -> Iterator[str]:
    if found := _EVERYBODY.search(post.text):
        yield f"text: {where}: it holds {found[0]}"
    mentioned = set(_USER.findall(post.text))
    # The account has names and no ids, so mentions are counted against those who were pinged.
    if len(mentioned) != len(post.pinged):
        yield f"text: {where}: {len(mentioned)} mentions for {len(post.pinged)} pinged"
    rest = plain(post.text).replace(plain(account.group.name), "")
    for member in account.members:
        named = re.search(rf"(?<!\w){re.escape(plain(member.name))}(?!\w)", _own(post, rest))
        if named and member.name not in {*post.named, *post.pinged}:
            yield f"text: {where}: {member.name} stands in it without being told as named"
        if not named and member.name in post.named and member.name not in post.pinged:
            yield f"text: {where}: {member.name} is told as named and does not stand in it"
    for member in account.members:
        rest = rest.replace(plain(member.name), "")
    if found := _SHAMING.search(rest):
        yield f"text: {where}: it says {found[0]!r}"


def _own(post: Nudge, text: str) -> str:
    # A wording may hold a word that is also somebody's name (May, Rose, Will).
    return pattern_of(post.wording).sub("", text) if post.wording in catalogue() else text


def repeats(posts: list[Nudge], kinds: list[str], what: str) -> Iterator[str]:
    """A wording comes back only after all others of its kind were used since; posts are by time.

    Read strictly, with "since": a bag that is shuffled anew whenever it is empty would let a
    wording come back after one other.
    """
    since: dict[str, dict[str, set[str]]] = {}
    for post, kind in zip(posts, kinds, strict=True):
        used = since.setdefault(kind, {})
        others = wordings_of(kind) - {post.wording}
        if post.wording in used and not others <= used[post.wording]:
            yield f"wording: {what} at {post.posted_at}: {post.wording} comes back too soon"
        for later in used.values():
            later.add(post.wording)
        used[post.wording] = set()
