"""Text from strangers, before it reaches a terminal: what that would obey is spelt out."""

from __future__ import annotations

import re
import unicodedata

_KEPT = "\n\t\u200c\u200d"
_OBEYED = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
"""Control characters, invisible ones that turn the order of signs, and halves of characters."""

_BEYOND_ASCII = re.compile("[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def harmless(text: str) -> str:
    """A text whose control characters are spelt out; line breaks and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_spelt(sign) for sign in text)


def escaped_for_json(text: str) -> str:
    """JSON in which no sign is left that a terminal obeys; it means the same."""
    return _BEYOND_ASCII.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _spelt(sign: str) -> str:
    if sign in _KEPT or unicodedata.category(sign) not in _OBEYED:
        return sign
    return sign.encode("unicode_escape").decode("ascii")
