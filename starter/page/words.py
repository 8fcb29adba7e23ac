"""Speaks the page's words in the ten languages of the letters; figures are written as there."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.support import NullTranslations

from adapters.letters.text.catalogue import (
    LANGUAGES,
    SOURCE,
    ConsumerTranslations,
    choose_language,
    compiled,
    translations,
)
from adapters.letters.text.locale import LetterLocale

NAMES = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "it": "Italiano",
    "ro": "Română",
    "sv": "Svenska",
    "es": "Español",
    "pl": "Polski",
    "nl": "Nederlands",
    "ru": "Русский",
}
"""Each language as its readers call it."""


@lru_cache(maxsize=len(LANGUAGES))
def page_catalogue(language: str) -> Catalog:
    """Read the page's shipped catalogue of a language."""
    path = files("starter.page").joinpath("locales", f"{language}.po")
    with path.open("rb") as file:
        return read_po(file, locale=language)


@lru_cache(maxsize=64)
def page_locale(wanted: str, accepted: str = "", *, consumer: bool = False) -> LetterLocale:
    """Choose the page's language: the one asked for, else the first of a list that it has.

    A consumer is addressed as the letters address one.
    """
    locale: Locale = choose_language(wanted, accepted)
    return LetterLocale(locale, _words(locale.language, consumer=consumer))


@lru_cache(maxsize=2 * len(LANGUAGES))
def _words(language: str, *, consumer: bool) -> NullTranslations:
    if language == SOURCE:
        return translations(SOURCE)
    own = compiled(page_catalogue(language))
    if consumer:
        return ConsumerTranslations((own, translations(language)))
    own.add_fallback(translations(language))
    return own
