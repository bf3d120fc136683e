"""The English catalogue as it stands in its file, with places for values still open."""

from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.ui.words import LOCALES


def catalogue() -> Catalog:
    with (LOCALES / "en" / "LC_MESSAGES" / "amble.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def texts() -> dict[str, tuple[str, ...]]:
    """Every key with its text, or its texts by plural form."""
    found: dict[str, tuple[str, ...]] = {}
    for message in catalogue():
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            said = message.string or ""
            found[key] = (said,) if isinstance(said, str) else tuple(said)
    return found


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


TEXTS = texts()
