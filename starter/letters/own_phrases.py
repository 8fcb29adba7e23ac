"""Checks a creditor's own translations: values, plural forms, language, and whether they count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError, read_po

from adapters.letters.text.catalogue import LANGUAGES, SOURCE, catalogue, translations
from adapters.letters.text.collect import phrases_of
from starter.letters.left_out import LetterProblem

HOLE = re.compile(r"%\((\w+)\)[sd]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAMELESS = ("Dear %(name)s,",)
"""Phrases that a language may say without their value."""

_FEWEST_WORDS = 4
_MUCH = 0.5
_LITTLE = 0.3
"""How much of a text has to be words of a language, to read like it, and not to."""


def phrase_problems(folder: Path) -> Iterator[LetterProblem]:
    """List the faults of a folder's catalogues, and what they do not translate."""
    for code in LANGUAGES:
        path = folder / f"{code}.po"
        if path.is_file():
            broken = list(_catalogue(folder, path, code))
            yield from broken or (() if code == SOURCE else _untranslated(folder, code))


def _own_phrases(folder: Path) -> Iterator[tuple[str, str]]:
    """List the phrases of own words, each with its file."""
    for path in sorted((folder / "words").glob("*.txt")):
        for phrase in sorted(set(phrases_of(path))):
            yield phrase, f"words/{path.name}"


def _untranslated(folder: Path, code: str) -> Iterator[LetterProblem]:
    """Own phrases that a letter in this language would show in English, among its own."""
    known = translations(code, folder)
    for phrase, file in _own_phrases(folder):
        if known.gettext(phrase) == phrase:
            yield LetterProblem(f"{code}.po", 0, f"{phrase!r} of {file} has no translation here")


def _catalogue(folder: Path, path: Path, code: str) -> Iterator[LetterProblem]:
    try:
        with path.open("rb") as file:
            catalog: Catalog = read_po(file, locale=code, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        yield LetterProblem(path.name, getattr(error, "lineno", 0) or 0, str(error))
        return
    if catalog.num_plurals != get_plural(code).num_plurals:
        reason = f"Plural-Forms: {code} has {get_plural(code).num_plurals} forms"
        yield LetterProblem(path.name, 0, reason)
    said = {_first(one) for one in catalogue("de")} | {phrase for phrase, _ in _own_phrases(folder)}
    for message in catalog:
        if message.id and any(_forms(message)):
            yield from (
                LetterProblem(path.name, message.lineno or 0, f"{_first(message)!r} {reason}")
                for reason in (*_unused(message, said), *_holes(message), *_strange(message, code))
            )


def _unused(message: Message, said: set[str]) -> Iterator[str]:
    """A translation that counts for nothing: nobody would see that it is never said."""
    if _first(message) not in said:
        yield "is no phrase of any letter; a sign that differs is enough"
    if message.fuzzy:
        yield "is marked fuzzy, and is not said"


def _holes(message: Message) -> Iterator[str]:
    """A value that nobody gives stops the letter; one that is left out is lost."""
    wanted = set(HOLE.findall(" ".join(_ids(message))))
    for text in _forms(message):
        given = set(HOLE.findall(text))
        strange, lost = sorted(given - wanted), sorted(wanted - given - {"n"})
        if strange:
            yield f"has no value {', '.join(strange)}"
        elif "%(" in HOLE.sub("", text):
            yield "has a value without its end; write %(owed)s"
        elif lost and _first(message) not in _NAMELESS:
            yield f"leaves out {', '.join(lost)}"


def _strange(message: Message, code: str) -> Iterator[str]:
    """A number of forms that the language has not, or words of another language."""
    forms = _forms(message)
    if isinstance(message.id, list | tuple) and len(forms) != get_plural(code).num_plurals:
        yield f"has {len(forms)} forms; {code} has {get_plural(code).num_plurals}"
    for text in forms:
        other = _language_like(text, code)
        if other:
            yield f"is said in {other}, not in {code}"


def _language_like(text: str, code: str) -> str:
    """Find the language that a text reads like, if it is not the one it is for; empty if none."""
    words = [word.casefold() for word in _words(text)]
    if len(words) < _FEWEST_WORDS:
        return ""
    like = {one: sum(word in _vocabulary(one) for word in words) / len(words) for one in LANGUAGES}
    nearest = max(like, key=like.__getitem__)
    return nearest if like[nearest] > _MUCH and like[nearest] - like[code] > _LITTLE else ""


@lru_cache(maxsize=len(LANGUAGES))
def _vocabulary(code: str) -> frozenset[str]:
    """Every word of the shipped letters in a language."""
    messages = [one for one in catalogue("de" if code == SOURCE else code) if one.id]
    texts = (_ids(one) if code == SOURCE else _forms(one) for one in messages)
    return frozenset(word.casefold() for said in texts for text in said for word in _words(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(HOLE.sub(" ", text))


def _ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, list | tuple) else (message.id,)


def _first(message: Message) -> str:
    return _ids(message)[0]


def _forms(message: Message) -> tuple[str, ...]:
    given = message.string or ""
    # Forms that the file leaves out come as empty ones.
    return tuple(filter(None, given if isinstance(given, list | tuple) else (given,)))
