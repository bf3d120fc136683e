"""The words of a language: message catalogues reached by key, and the names of things.

Catalogues are gettext's .po files under bot/locale, read as they are when first asked for. Their
msgids are keys such as ``prompt.late``; an entry with plural forms repeats its key as msgid_plural.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any, cast

import discord
from babel import Locale
from babel.dates import (
    format_date,
    format_interval,
    format_skeleton,
    format_time,
    get_day_names,
)
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.units import format_unit

from bot.ui.escaping import NAME_WIDTH, Safe, escaped, plain, timestamp

LOCALES = Path(__file__).parent.parent / "locale"
FALLBACK = "en"
LABEL_WIDTH = 80
"""Discord's limit for the label of a button."""
MILE = 1609.344
"""Metres in an international mile."""
_HUNDREDTHS = "#,##0.##"


class Words:
    """Everything Amble can say in one language.

    Values that are put into a sentence are escaped (text), written as the language does (numbers,
    dates, durations, lists), or as each reader's own time (instants); `Safe` text stays as it is.
    """

    def __init__(self, language: str, catalogue: Catalog, fallback: Words | None = None) -> None:
        """Take the texts of `catalogue`; what it lacks is said in `fallback`."""
        self.language = language
        self.locale = catalogue.locale or Locale.parse(language)
        self._fallback = fallback
        self._texts = _translations(catalogue)
        self._keys = frozenset(_key_of(message.id) for message in catalogue if message.id)

    def has(self, key: str) -> bool:
        """Say whether there are words for `key`, here or in the fallback."""
        return key in self._keys or (self._fallback is not None and self._fallback.has(key))

    def keys(self, prefix: str) -> tuple[str, ...]:
        """Return the keys that begin with `prefix`, the numbered ones in the order of numbers."""
        mine = [key for key in self._keys if key.startswith(prefix)]
        if not mine and self._fallback is not None:
            return self._fallback.keys(prefix)
        return tuple(sorted(mine, key=_numeric))

    def families(self) -> dict[str, tuple[str, ...]]:
        """Return the wordings to draw from, by family: ``nudge`` holds ``nudge.1`` and so on."""
        # A family's name may also begin other keys: "nudge.until" is no wording of "nudge".
        numbered = sorted((key for key in self._keys if _is_numbered(key)), key=_numeric)
        own: dict[str, tuple[str, ...]] = {}
        for key in numbered:
            family = key.rpartition(".")[0]
            own[family] = (*own.get(family, ()), key)
        return own if self._fallback is None else {**self._fallback.families(), **own}

    def say(self, key: str, **values: object) -> Safe:
        """Return the text of `key` with its values; raises KeyError without a key or a value."""
        if key not in self._keys and self._fallback is not None:
            return self._fallback.say(key, **values)
        return Safe(self._text(key).format_map(self._shown(values)))

    def count(self, key: str, n: int, **values: object) -> Safe:
        """Return the text of `key` in the form that `n` asks for, with ``{n}`` filled in."""
        if key not in self._keys:
            if self._fallback is None:
                raise KeyError(key)
            return self._fallback.count(key, n, **values)
        text = self._texts.ngettext(key, key, n)
        return Safe(text.format_map(self._shown({"n": n, **values})))

    def label(self, key: str, width: int = LABEL_WIDTH, **values: str) -> str:
        """Return the text of `key` for a place that knows no markdown, cut to `width` columns."""
        inside = {name: Safe(plain(value, width)) for name, value in values.items()}
        return plain(self.say(key, **inside), width)

    def pick(self, prefix: str, seed: int) -> Safe:
        """Return one text of a family, always the same for the same `seed`."""
        return self.say(Random(seed).choice(self.keys(prefix)))

    def turn(self, family: str, turn: int) -> str:
        """Return the key of a family's wording whose turn it is: none again before all others."""
        keys = self.families()[family]
        return keys[turn % len(keys)]

    def name(self, name: str, width: int = NAME_WIDTH) -> Safe:
        """Return a person's name, escaped; a stand-in for one that shows nothing."""
        return escaped(name, width) or self.say("name.blank")

    def names(self, names: Iterable[str]) -> Safe:
        """Return names as a list in words: "Ada, Bo and Cy"."""
        shown = [name if isinstance(name, Safe) else self.name(name) for name in names]
        return Safe(format_list(shown, locale=self.locale))

    def weekdays(self, weekdays: Iterable[int]) -> Safe:
        """Return weekdays (0 is Monday) in the order of the week: "Monday and Thursday"."""
        names = get_day_names("wide", locale=self.locale)
        return self.names(Safe(names[day]) for day in sorted(weekdays))

    def number(self, value: float) -> Safe:
        """Return a number as the language writes it."""
        return Safe(format_decimal(value, locale=self.locale))

    def clock(self, at: time) -> Safe:
        """Return a wall-clock time, hours to 24, which is the same for everybody who reads it."""
        return Safe(format_time(at, "HH:mm", locale=self.locale))

    def date(self, on: date) -> Safe:
        """Return a date with its weekday."""
        return Safe(format_date(on, "full", locale=self.locale))

    def dates(self, first: date, last: date) -> Safe:
        """Return a range of days, both included: "24 Dec – 2 Jan"; one day as a date."""
        if first == last:
            return self.date(first)
        return Safe(format_interval(first, last, skeleton="MMMd", locale=self.locale))

    def day(self, on: date) -> Safe:
        """Return a date without its weekday."""
        return Safe(format_date(on, "long", locale=self.locale))

    def month(self, on: date) -> Safe:
        """Return a date's month and year."""
        return Safe(format_skeleton("yMMMM", on, locale=self.locale))

    def country(self, code: str) -> str:
        """Return what the language calls a country (ISO 3166); the code where it has no name."""
        names = cast("Mapping[str, str]", Locale.parse(self.locale).territories)
        return names.get(code, code)

    def duration(self, minutes: int) -> Safe:
        """Return a duration in hours and minutes, in words."""
        hours, rest = divmod(minutes, 60)
        parts = [(hours, "hour"), (rest, "minute")]
        said = [
            format_unit(amount, unit, length="long", locale=self.locale)
            for amount, unit in parts
            if amount
        ]
        return Safe(" ".join(said) or format_unit(0, "minute", length="long", locale=self.locale))

    def distance(self, metres: int) -> Safe:
        """Return a distance in kilometres and miles, in short: it was said in one of them."""
        kilometres, miles = (
            format_unit(
                metres / length, unit, length="short", format=_HUNDREDTHS, locale=self.locale
            )
            for unit, length in (("kilometer", 1000), ("mile", MILE))
        )
        return self.say("distance", kilometres=Safe(kilometres), miles=Safe(miles))

    def seconds(self, seconds: int) -> Safe:
        """Return a short wait in words."""
        return Safe(format_unit(seconds, "second", length="long", locale=self.locale))

    def _text(self, key: str) -> str:
        if key not in self._keys:
            raise KeyError(key)
        return self._texts.gettext(key)

    def _shown(self, values: dict[str, object]) -> dict[str, Safe]:
        return {name: self._value(value) for name, value in values.items()}

    def _value(self, value: object) -> Safe:
        match value:
            case Safe():
                return value
            case str():
                return escaped(value)
            case int() | float():
                return self.number(value)
            case datetime():
                return timestamp(value)
            case date():
                return self.date(value)
            case timedelta():
                return self.duration(round(value / timedelta(minutes=1)))
            case list() | tuple():
                return self.names(str(one) for one in cast("Sequence[object]", value))
            case _:
                raise TypeError(f"no words for {value!r}")


@cache
def words_in(language: str = FALLBACK) -> Words:
    """Return the words of a language, English for one that has no catalogue.

    `language` is a Discord or BCP 47 tag such as ``pt-BR``: without a catalogue of its own it is
    tried without its region. Raises OSError, or Babel's PoFileError where a
    catalogue cannot be read.
    """
    for tag in (language.replace("-", "_"), re.split("[-_]", language)[0]):
        file = LOCALES / tag / "LC_MESSAGES" / "amble.po"
        if re.fullmatch("[A-Za-z_]+", tag) and file.is_file():
            with file.open("rb") as opened:
                catalogue = read_po(opened, locale=None, abort_invalid=True)
            return Words(tag, catalogue, None if tag == FALLBACK else words_in(FALLBACK))
    return words_in(FALLBACK)


def words_for(interaction: discord.Interaction[Any]) -> Words:
    """Return the words of the person who acts, in the language their Discord is set to."""
    return words_in(str(interaction.locale))


def _translations(catalogue: Catalog) -> GNUTranslations:
    """Compile in memory: gettext then knows which plural form a number asks for."""
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _key_of(msgid: str | Sequence[str]) -> str:
    return msgid if isinstance(msgid, str) else msgid[0]


def _is_numbered(key: str) -> bool:
    return key.rpartition(".")[2].isdigit()


def _numeric(key: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in key.split("."))
