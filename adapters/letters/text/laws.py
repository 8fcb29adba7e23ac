"""Cites a law within a sentence: a phrase for each law and language, never a glued-in name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from adapters.letters.text.locale import LetterLocale


def cited(law: str, letter_locale: LetterLocale) -> str:
    """Cite a law in the letter's language; empty if the cost rests on none.

    A law that has no phrase in this language stands in brackets behind a phrase that fits any.
    """
    if not law:
        return ""
    phrase = laws().get(law, {}).get(letter_locale.locale.language)
    return phrase or letter_locale.gettext("by law (%(law)s)") % {"law": law}


@cache
def laws() -> Mapping[str, Mapping[str, str]]:
    """Read how each law is cited, by the law as its own country writes it."""
    text = files("adapters.letters").joinpath("laws.toml").read_text("utf-8")
    found: Mapping[str, Mapping[str, str]] = tomllib.loads(text)
    return found
