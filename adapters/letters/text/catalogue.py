"""Loads the languages of letters: gettext catalogues, read from their PO files as is."""

from __future__ import annotations

import io
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

LANGUAGES = ("en", "de", "fr", "it", "ro", "sv", "es", "pl", "nl", "ru")
"""Every shipped letter can be read in each of these."""

CONSUMER = "consumer"
"""The context of a phrase that is said to consumers in another way than to businesses."""

SOURCE = "en"
"""The language that templates are written in; it needs no catalogue."""


def parse_tag(tag: str) -> Locale | None:
    """Find the locale of an IETF tag such as ``de-CH``; None if there is none."""
    try:
        return Locale.parse(tag.strip().replace("_", "-"), sep="-") if tag.strip() else None
    except (ValueError, UnknownLocaleError, TypeError):
        return None


def choose_language(wanted: str, accepted: str = "") -> Locale:
    """Choose a letter's locale: the customer's language, else the first accepted one.

    Args:
        wanted: IETF tag of the customer's language; empty if unknown.
        accepted: the creditor's languages in their order, separated by commas.
    """
    for tag in (wanted, *accepted.split(","), SOURCE):
        locale = _known_locale(tag)
        if locale:
            return locale
    return Locale(SOURCE)


def is_spoken(tag: str) -> bool:
    """Tell whether letters are written in the language of an IETF tag."""
    return _known_locale(tag) is not None


def _known_locale(tag: str) -> Locale | None:
    # "de-XX" is still German: an unknown region must not cost anybody the language.
    locale = parse_tag(tag) or parse_tag(tag.strip()[:2])
    return locale if locale and locale.language in LANGUAGES else None


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str) -> Catalog:
    """Read the shipped catalogue of a language, as translators wrote it."""
    path = files("adapters.letters").joinpath("locales", f"{language}.po")
    with path.open("rb") as file:
        return read_po(file, locale=language)


class ConsumerTranslations(NullTranslations):
    """Translations as they are said to a consumer, where a catalogue tells them apart.

    Whoever comes first has the word, whether the phrase is meant for consumers alone or for all.
    """

    def __init__(self, catalogues: tuple[NullTranslations, ...]) -> None:
        super().__init__()
        self._catalogues = catalogues

    def gettext(self, message: str) -> str:
        """Translate a phrase."""
        for one in self._catalogues:
            for said in (str(one.pgettext(CONSUMER, message)), one.gettext(message)):
                if said != message:
                    return said
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Translate a phrase about a number of things."""
        for one in self._catalogues:
            known = one.npgettext(CONSUMER, msgid1, msgid2, n), one.ngettext(msgid1, msgid2, n)
            for said in known:
                if said not in (msgid1, msgid2):
                    return said
        return super().ngettext(msgid1, msgid2, n)


def translations(
    language: str, own: Path | None = None, *, consumer: bool = False
) -> NullTranslations:
    """Load the translations of a language; a creditor's own PO file goes first."""
    mine = own / f"{language}.po" if own else None
    version = version_of(mine)
    file = mine if version else None
    if consumer:
        return _for_consumers(language, file, version)
    return _own(language, file, version) if file else _shipped(language)


def version_of(file: Path | None) -> tuple[int, int] | None:
    """Read a file's time and size, which change when it does; None if there is no such file."""
    try:
        found = file.stat() if file else None
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size) if found else None


@lru_cache(maxsize=len(LANGUAGES))
def _shipped(language: str) -> NullTranslations:
    return NullTranslations() if language == SOURCE else compiled(catalogue(language))


@lru_cache(maxsize=64)
def _own(language: str, file: Path, version: tuple[int, int] | None) -> NullTranslations:
    # The version is never read: with another one, the file is read again.
    found = _in_file(language, file)
    found.add_fallback(_shipped(language))
    return found


@lru_cache(maxsize=64)
def _for_consumers(
    language: str, file: Path | None, version: tuple[int, int] | None
) -> ConsumerTranslations:
    mine = (_in_file(language, file),) if file else ()
    return ConsumerTranslations((*mine, _shipped(language)))


def _in_file(language: str, file: Path) -> Translations:
    with file.open("rb") as opened:
        return compiled(read_po(opened, locale=language))


def compiled(catalog: Catalog) -> Translations:
    """Compile a catalogue for gettext."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    buffer.seek(0)
    return Translations(buffer, domain="letters")
