"""Collects the page's phrases into its catalogues, for translators (`make words`)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from adapters.letters.text.catalogue import LANGUAGES, SOURCE, catalogue
from adapters.letters.text.collect import LONG_AGO, Phrase, filled, phrases_in

PAGE_FOLDER = Path(__file__).parent


def page_phrases() -> Iterator[Phrase]:
    """List every phrase of the page in English; a pair where it depends on a number."""
    for path in sorted(PAGE_FOLDER.rglob("*.py")):
        yield from phrases_in(path, "python")
    for path in sorted((PAGE_FOLDER / "templates").glob("*.html")):
        yield from phrases_in(path, "jinja2")


def updated_page(language: str) -> Catalog:
    """Update a language's catalogue; what letters say as well is translated there, once."""
    path = PAGE_FOLDER / "locales" / f"{language}.po"
    known, letters = Catalog(locale=language), catalogue(language)
    if path.is_file():
        with path.open("rb") as file:
            known = read_po(file, locale=language)
    fresh = Catalog(
        locale=language,
        project="Amicable",
        version="page",
        header_comment="# The words of the customer's page; see docs/customer-page.md.",
        creation_date=LONG_AGO,
        revision_date=LONG_AGO,
        fuzzy=False,
        last_translator="Amicable <letters@amicable.invalid>",
        language_team=known.language_team,
        msgid_bugs_address="letters@amicable.invalid",
    )
    for phrase in page_phrases():
        name = phrase[0] if isinstance(phrase, tuple) else phrase
        if letters.get(name) is not None:
            continue
        old = known.get(name)
        fresh.add(phrase, old.string if old and isinstance(old.id, type(phrase)) else None)
    return fresh


def _main() -> None:
    """Bring all catalogues up to date, and say what is missing."""
    for language in LANGUAGES:
        if language == SOURCE:
            continue
        fresh = updated_page(language)
        with (PAGE_FOLDER / "locales" / f"{language}.po").open("wb") as file:
            write_po(file, fresh, width=0, no_location=True)
        missing = [message for message in fresh if message.id and not filled(message.string)]
        sys.stdout.write(f"{language}: {len(fresh)} phrases, {len(missing)} not translated\n")


if __name__ == "__main__":
    _main()
