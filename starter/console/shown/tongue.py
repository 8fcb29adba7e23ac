"""One language of the console: its words, and how it writes days and sums."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from babel.core import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.support import NullTranslations
from markupsafe import Markup, escape

from adapters.letters.text.catalogue import LANGUAGES, SOURCE, compiled, parse_tag
from domain.harmless import harmless

LONGEST_ACCEPTED = 200
"""Signs of what a browser says of its languages that are read."""

_REGIONS = {SOURCE: "en_GB"}
"""English writes sums as in Britain; each other language as its own region does."""


@dataclass(frozen=True)
class Tongue:
    """A language in which the console is read; two of one language are the same."""

    language: str
    translations: NullTranslations = field(compare=False, repr=False)

    @property
    def locale(self) -> str:
        """How figures are written."""
        return _REGIONS.get(self.language, self.language)

    @property
    def is_source(self) -> bool:
        """Whether it is the one in which phrases are written."""
        return self.language == SOURCE

    def gettext(self, words: str) -> str:
        """Translate a phrase; one that is in no catalogue stays as it is."""
        return self.translations.gettext(words) if words else ""

    def ngettext(self, one: str, many: str, n: int) -> str:
        """Translate a phrase about a number of things, in the form that the number needs."""
        return self.translations.ngettext(one, many, n)

    def phrase(self, words: str, /, **values: object) -> str:
        """Write a phrase into a page, with its values: both are text, never markup."""
        said = self.gettext(words)
        return escape(said) % _shown(values) if values else said

    def phrase_of(self, one: str, many: str, n: int, /, **values: object) -> Markup:
        """Write a phrase about a number of things into a page."""
        return escape(self.ngettext(one, many, n)) % _shown({"n": n} | values)

    def marked_up(self, words: str, /, **values: object) -> Markup:
        """Write a phrase with markup of our own in it; its values are text."""
        return Markup(self.gettext(words)) % _shown(values)  # noqa: S704 - our own catalogues

    def english(self, text: str) -> str:
        """Write what the rules say: translated where the phrase is known, else said to be English.

        A reader's browser, or a screen reader, then knows which language it is.
        """
        if self.is_source or not text:
            return text
        known = self.gettext(text)
        if known != text:
            return known
        return Markup('<span lang="{}">{}</span>').format(SOURCE, _plain(text))

    def day(self, day: date, *, with_year: bool) -> str:
        """Write a day with its name, such as Tue 3 Dec."""
        if self.is_source:
            return f"{day:%a} {day.day} {day:%b}" + (f" {day.year}" if with_year else "")
        return _written(day, "yMMMEd" if with_year else "MMMEd", self.locale)

    def weekday(self, day: date) -> str:
        """Write the short name of a day of the week."""
        return f"{day:%a}" if self.is_source else str(format_date(day, "EEE", locale=self.locale))


def noted(words: str) -> str:
    """Note a phrase for translators where it stands; it is translated where it is shown."""
    return words


def choose_tongue(wanted: str, accepted: str = "") -> Tongue:
    """Choose a language: the person's own, else the first that the browser accepts, else English.

    Args:
        wanted: the tag of the person's own language; empty if none was chosen.
        accepted: what the browser says of its languages (``Accept-Language``).
    """
    for told in (wanted, *accepted[:LONGEST_ACCEPTED].split(",")):
        locale = parse_tag(told.split(";")[0])
        if locale and locale.language in LANGUAGES:
            return tongue_of(locale.language)
    return ENGLISH


@cache
def tongue_of(language: str) -> Tongue:
    """Load one of the ten languages."""
    if language == SOURCE:
        return Tongue(SOURCE, NullTranslations())
    return Tongue(language, compiled(console_catalogue(language)))


@cache
def console_catalogue(language: str) -> Catalog:
    """Read the console's shipped catalogue of a language."""
    path = files("starter.console").joinpath("locales", f"{language}.po")
    with path.open("rb") as file:
        return read_po(file, locale=language)


@lru_cache(maxsize=4096)
def _written(day: date, skeleton: str, locale: str) -> str:
    return str(format_skeleton(skeleton, day, locale=Locale.parse(locale)))


def _shown(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    return harmless(value) if type(value) is str else value


ENGLISH = tongue_of(SOURCE)
"""The language in which phrases are written."""
