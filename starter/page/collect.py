"""Collects the page's phrases into its catalogues, for translators (`make words`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog

from adapters.letters.text.catalogue import catalogue
from adapters.letters.text.collect import (
    Phrase,
    begun_anew,
    bring_up_to_date,
    phrases_in,
    read_catalogue,
    take_over,
)

PAGE_FOLDER = Path(__file__).parent


def page_phrases() -> Iterator[Phrase]:
    """List every phrase of the page in English; a pair where it depends on a number."""
    for path in sorted(PAGE_FOLDER.rglob("*.py")):
        yield from phrases_in(path, "python")
    for path in sorted((PAGE_FOLDER / "templates").glob("*.html")):
        yield from phrases_in(path, "jinja2")


def updated_page(language: str) -> Catalog:
    """Update a language's catalogue; what letters say as well is translated there, once."""
    known, letters = read_catalogue(PAGE_FOLDER, language), catalogue(language)
    fresh = begun_anew(
        known,
        version="page",
        header_comment="# The words of the customer's page; see docs/customer-page.md.",
        last_translator="Amicable <letters@amicable.invalid>",
    )
    said = (phrase for phrase in page_phrases() if letters.get(_first(phrase)) is None)
    take_over(fresh, known, said)
    return fresh


def _first(phrase: Phrase) -> str:
    return phrase if isinstance(phrase, str) else phrase[0]


if __name__ == "__main__":
    bring_up_to_date(PAGE_FOLDER, updated_page)
