"""Writes amounts, dates and counts in a language; cleans typed values of what hides in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.core import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from babel.support import NullTranslations

from domain.money import Money

_LONGEST = 300
"""Characters of a name or a number that anybody typed; more is no name."""

NARROW = str.maketrans({"\u202f": "\u00a0"})
_WHOLE = str.maketrans({"\u202f": "\u00a0", " ": "\u00a0"})
"""A date stays on one line of a page."""

BLANKS = str.maketrans({"\u202f": " ", "\u00a0": " "})

_HIDING = (0x00AD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF)
_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xFFF9, 0xFFFC))
_INVISIBLE = frozenset(map(chr, (*_HIDING, *_TURNING)))
"""Marks that turn the direction of a line or hide in it: what a name never needs."""

_DATES = {"en": "d MMMM y", "pl": "d MMMM y 'roku'", "ru": "d MMMM y 'года'"}
"""Where CLDR's long form would be American, or end in a dot that looks like the sentence's."""


@dataclass(frozen=True, slots=True)
class LetterLocale:
    """One language with its region's way of writing figures and dates."""

    locale: Locale
    translations: NullTranslations

    @property
    def tag(self) -> str:
        """Its IETF tag."""
        return str(self.locale).replace("_", "-")

    @property
    def colon(self) -> str:
        """What stands between a label and its value: French has a blank before it."""
        return "\N{NO-BREAK SPACE}: " if self.locale.language == "fr" else ": "

    def gettext(self, words: str) -> str:
        """Translate a phrase."""
        return self.written(self.translations.gettext(words))

    def written(self, words: str) -> str:
        """Write a phrase as the language and its region do: no ß in Switzerland, l'8 in Italy."""
        if self.locale.language == "it":
            return _Elided(words)
        return words.replace("ß", "ss") if str(self.locale) == "de_CH" else words

    def ngettext(self, one: str, many: str, n: int) -> str:
        """Translate a phrase about a number of things, in the form that the number needs."""
        return self.written(self.translations.ngettext(one, many, n)) % {"n": n}

    def money(self, money: Money) -> str:
        """Write an amount with its currency's code, such as ``EUR 1,190.00``."""
        words: str = format_currency(
            money.decimal, money.currency, format=_money_pattern(self.locale), locale=self.locale
        )
        return words.translate(NARROW)

    def less(self, money: Money) -> str:
        """Write what is taken away, with its sign before it."""
        return f"\N{MINUS SIGN}\N{NO-BREAK SPACE}{self.money(money)}"

    def more(self, money: Money) -> str:
        """Write what is added, with its sign before it."""
        return f"+\N{NO-BREAK SPACE}{self.money(money)}"

    def day(self, day: date | str) -> str:
        """Write a date in full, such as ``3 February 2026``; empty stays empty."""
        if day == "":
            return ""
        day = date.fromisoformat(day) if isinstance(day, str) else day
        form = "long" if self.locale.territory == "US" else _DATES.get(self.locale.language, "long")
        words = format_date(day, form, locale=self.locale)
        if self.locale.language == "it" and day.day == 1:
            words = words.replace("1", "1º", 1)
        if self.locale.language == "fr" and day.day == 1:
            words = words.replace("1", "1er", 1)
        return words.translate(_WHOLE)

    def lateness(self, days: int) -> str:
        """Write how a due date lies to the date of the letter."""
        if days == 0:
            return self.gettext("today")
        if days > 0:
            return self.ngettext("%(n)d day ago", "%(n)d days ago", days)
        return self.ngettext("in %(n)d day", "in %(n)d days", -days)

    def number(self, plain: str) -> str:
        """Write a decimal such as a percentage, with this language's point."""
        return str(format_decimal(plain, format="#,##0.######", locale=self.locale))

    def listed(self, parts: Sequence[str]) -> str:
        """Write several things in one phrase: a, b and c."""
        return str(format_list(list(parts), style="standard", locale=self.locale))


class _Elided(str):
    """An Italian phrase: its article gives way before a day that begins with a vowel."""

    __slots__ = ()

    def __mod__(self, values: object) -> str:
        said = super().__mod__(values)
        return _ARTICLE.sub(lambda hit: _SHORTENED[hit[1]] + _APOSTROPHE + hit[2], said)


_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
_SHORTENED = {"il": "l", "al": "all", "dal": "dall", "del": "dell"}
_ARTICLE = re.compile(r"\b(il|al|dal|del) (8|11)(?=\u00a0)")


@lru_cache(maxsize=64)
def _money_pattern(locale: Locale) -> str:
    """The locale's own pattern, with the code in the place of the sign and a blank beside it."""
    pattern = str(locale.currency_formats["standard"].pattern).split(";")[0]
    plain = re.sub(r"\s*¤\s*", "¤", pattern)
    return re.sub(r"^¤", "¤¤\u00a0", plain) if plain[0] == "¤" else plain.replace("¤", "\u00a0¤¤")


def clean(text: str, length: int = _LONGEST) -> str:
    """Clean what somebody typed for a line: nothing breaks it, turns it, or hides in it."""
    plain = unicodedata.normalize("NFC", text)
    shown = (" " if _breaks(char) else char for char in plain if char not in _INVISIBLE)
    return clip("".join(shown).strip(), length)


def whole_number(phone: str) -> str:
    """Write a telephone number so that it stays on one line."""
    return clean(phone, 24).replace(" ", "\N{NO-BREAK SPACE}")


def clean_lines(text: str, most: int = 60) -> tuple[str, ...]:
    """Clean the lines of an address or of terms, without empty ones."""
    found = (clean(line, 1000) for line in text.splitlines())
    return tuple(line for line in found if line)[:most]


def clip(text: str, length: int) -> str:
    """Shorten a name for its place."""
    return text if len(text) <= length else f"{text[: length - 3].rstrip()}..."


def _breaks(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
