"""Texts of a creditor in several languages: which one a letter may use, and never another."""

from __future__ import annotations

import re
from collections.abc import Mapping

BY_LANGUAGE = ("terms", "signature", "contact", "register")
"""What a creditor may word for each language by itself."""

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_HEAD = re.compile(r"^\[([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)\]\s*$", re.MULTILINE)


def in_language(text: str, tag: str) -> str | None:
    """Choose the text of a language, such as ``de-CH`` or else ``de``; empty if there is none.

    None where the text is not divided by language: whose it is has to be known otherwise.
    """
    parts = _HEAD.split(text)
    if len(parts) == 1:
        return None
    found = {parts[at].lower(): parts[at + 1].strip() for at in range(1, len(parts), 2)}
    return found.get(tag.lower(), found.get(tag.partition("-")[0].lower(), ""))


def wrong_languages(told: Mapping[str, object]) -> str:
    """Describe what is wrong with texts by language; empty if nothing is."""
    for tag, words in told.items():
        if not LANGUAGE_TAG.fullmatch(tag):
            return f'{tag} is no language; write a table like de = "…", en = "…"'
        if not isinstance(words, str):
            return f"{tag} must be a text in quotes"
    return ""
