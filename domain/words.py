"""Words that somebody gave and nobody knows: refused with the one that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_NEAR = 80
"""Per cent: a word that is less alike was hardly meant."""


def nearest_word(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like a given one; empty if none is near."""
    by_plain = {_plain(one): one for one in known}
    found = difflib.get_close_matches(_plain(word), by_plain, n=1, cutoff=_NEAR / 100)
    return by_plain[found[0]] if found else ""


def unknown_word(word: str, what: str, known: Iterable[str]) -> str:
    """That a word is no such thing, which one was probably meant, and which there are.

    For example: ``'promissed' is no result; did you mean promised? There are busy, …``.
    """
    words = tuple(known)
    near = nearest_word(word, words)
    meant = f"did you mean {near}? There are" if near else "write one of"
    return f"{word!r} is no {what}; {meant} {', '.join(words)}"


def misspelt_word(word: str, known: Iterable[str]) -> str:
    """The known word that a given one misspells; empty if it is one itself, or like none."""
    words = tuple(known)
    if _plain(word) in {_plain(one) for one in words}:
        return ""
    return nearest_word(word, words)


def _plain(word: str) -> str:
    return "_".join(word.strip().casefold().replace("-", " ").replace("_", " ").split())
