"""Names of countries as programs and people write them, as codes (ISO 3166)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from babel import Locale

_LANGUAGES = (
    *("en", "de", "fr", "it", "es", "nl", "sv", "pl"),
    *("ro", "pt", "da", "nb", "fi", "cs", "hu"),
)
_ALSO: Mapping[str, str] = {
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "el": "GR",
    "usa": "US",
    "u.s.a.": "US",
    "u.s.": "US",
    "united states of america": "US",
    "holland": "NL",
    "republic of ireland": "IE",
    "brd": "DE",
    "czech republic": "CZ",
    "türkei": "TR",
    "turkey": "TR",
}
_LETTERS = 2


def country_code(text: str) -> str:
    """The code of a country by its name in several languages; any other text as it is."""
    bare = " ".join(text.casefold().split())
    if bare in _ALSO:
        return _ALSO[bare]
    return text if len(bare) == _LETTERS else _names().get(bare, text)


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    """Names of countries in several languages; a name that is two countries is none."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == _LETTERS and code.isalpha():
                plain = name.casefold()
                twice |= {plain} if found.setdefault(plain, code) != code else set()
    return {name: code for name, code in found.items() if name not in twice}
