"""Cites a law within a sentence: a phrase for each law and language, never a glued-in name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from adapters.letters.text.locale import LetterLocale

NO_BREAK = "\N{NO-BREAK SPACE}"
_SIGN = r"§|\b(?:[Aa]rt|Abs|cpv|alin|pkt|ust|nr)\.|\b(?:pkt|lid|[Aa]rtikel|articles?|sections?)"
_BEFORE = re.compile(rf"({_SIGN}) (?=[\d(LD])")
_AFTER = re.compile(r"(\d) (?=§|a §|r\.|lid\b|alin\.|Abs\.|cpv\.|pkt\b)")
"""Blanks between a number of a law and what says of what it is the number."""


def cited(law: str, letter_locale: LetterLocale) -> str:
    """Cite a law in the letter's language; empty if the cost rests on none.

    A law that has no phrase in this language stands in brackets behind a phrase that fits any.
    """
    if not law:
        return ""
    phrase = laws().get(law, {}).get(letter_locale.locale.language)
    return unbroken_law(phrase or letter_locale.gettext("by law (%(law)s)") % {"law": law})


def unbroken_law(phrase: str) -> str:
    """Keep a number of a law with the word or the sign that it belongs to, on one line."""
    return _AFTER.sub(rf"\1{NO_BREAK}", _BEFORE.sub(rf"\1{NO_BREAK}", phrase))


@cache
def laws() -> Mapping[str, Mapping[str, str]]:
    """Read how each law is cited, by the law as its own country writes it."""
    text = files("adapters.letters").joinpath("laws.toml").read_text("utf-8")
    found: Mapping[str, Mapping[str, str]] = tomllib.loads(text)
    return found
