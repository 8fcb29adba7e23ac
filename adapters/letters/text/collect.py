"""Collects every phrase of the letters into the catalogues, for translators (`make words`)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from adapters.letters.text.catalogue import CONSUMER, LANGUAGES, SOURCE

HERE = Path(__file__).parents[1]
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
"""Catalogues carry no times: a new one every day would hide what changed."""

OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true"}
Phrase = str | tuple[str, ...]
"""English words; one and many where they depend on a number."""

KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "noted": None, "marked_up": None}


def phrases() -> Iterator[Phrase]:
    """List every phrase of the shipped letters in English; a pair where it depends on a number."""
    for path in sorted(HERE.rglob("*.py")):
        yield from phrases_in(path, "python")
    for path in sorted((HERE / "templates" / "words").glob("*.txt")):
        yield from phrases_in(path, "jinja2")


def phrases_of(path: Path) -> Iterator[str]:
    """List the phrases of one template of words in English, each of its forms by itself."""
    for phrase in phrases_in(path, "jinja2"):
        yield from (phrase,) if isinstance(phrase, str) else phrase[:1]


def updated(language: str) -> Catalog:
    """Update a language's catalogue to today's phrases; what was translated stays so."""
    known = read_catalogue(HERE, language)
    fresh = begun_anew(
        known,
        version="letters",
        header_comment="# The words of the letters; see docs/letters.md before changing any.",
        last_translator=known.last_translator,
    )
    take_over(fresh, known, phrases())
    return fresh


def begun_anew(known: Catalog, **head: Any) -> Catalog:
    """Begin a catalogue without phrases in the place of one that is known."""
    return Catalog(
        locale=known.locale,
        project="Amicable",
        creation_date=LONG_AGO,
        revision_date=LONG_AGO,
        fuzzy=False,
        language_team=known.language_team,
        msgid_bugs_address="letters@amicable.invalid",
        **head,
    )


def take_over(fresh: Catalog, known: Catalog, wanted: Iterable[Phrase]) -> None:
    """Add phrases to a catalogue, each with its translation as far as one is known."""
    for phrase in wanted:
        first = phrase[0] if isinstance(phrase, tuple) else phrase
        old, apart = known.get(first), known.get(first, context=CONSUMER)
        fresh.add(phrase, old.string if old and isinstance(old.id, type(phrase)) else None)
        if apart and isinstance(apart.id, type(phrase)):
            fresh.add(phrase, apart.string, context=CONSUMER)


def read_catalogue(folder: Path, language: str) -> Catalog:
    """Read a language's catalogue as it stands; empty if there is none yet."""
    path = _file(folder, language)
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def bring_up_to_date(folder: Path, update: Callable[[str], Catalog]) -> None:
    """Write the catalogues of all languages anew, and say what is missing."""
    for language in LANGUAGES:
        if language == SOURCE:
            continue
        fresh = update(language)
        with _file(folder, language).open("wb") as file:
            write_po(file, fresh, width=0, no_location=True)
        missing = [message for message in fresh if message.id and not filled(message.string)]
        sys.stdout.write(f"{language}: {len(fresh)} phrases, {len(missing)} not translated\n")


def _file(folder: Path, language: str) -> Path:
    return folder / "locales" / f"{language}.po"


def filled(string: str | Sequence[str] | None) -> bool:
    """Tell whether a phrase is translated, in each of its forms."""
    forms = string if isinstance(string, list | tuple) else (string,)
    return bool(forms) and all(forms)


def phrases_in(path: Path, method: str) -> Iterator[Phrase]:
    """List the phrases of one file; ``method`` is python or jinja2."""
    options = OPTIONS if method == "jinja2" else None
    for found in extract_from_file(method, str(path), keywords=KEYWORDS, options=options):
        yield found[1]


if __name__ == "__main__":
    bring_up_to_date(HERE, updated)
