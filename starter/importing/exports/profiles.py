"""The exports of accounting programs as data: columns, words and ways of writing of each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

from domain.errors import DomainError
from domain.words import unknown_word

ANY, NONE = "any", "none"
"""What most programs share; and the word by which somebody says that no program is meant."""

_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of one program's export.

    Attributes:
        name: by which it is asked for.
        fits: headers by which it is recognised: all of any one of these lists.
        columns: our field name to the headers it may have, the best first.
        ignored: headers that mean nothing here.
        constants: our field name to the value of every line that has none.
        statuses: the program's word to what it means.
        kinds: the program's word for a document to what it is.
        totals: how lines begin that are sums.
        lines: whether a line item repeats the totals of its invoice (``total``) or has its own
            part of them (``sum``); empty if that has to be found out.
        dates: the order of day, month and year; empty if it has to be found out.
        decimals: the sign before the decimals; empty if it has to be found out.
    """

    name: str
    title: str = ""
    fits: tuple[tuple[str, ...], ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    constants: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    totals: tuple[str, ...] = ()
    lines: str = ""
    dates: str = ""
    decimals: str = ""

    def is_fitting(self, headers: Iterable[str]) -> bool:
        """Whether a header is that of this program's export."""
        known = {plain_header(name) for name in headers}
        return any(known >= {plain_header(name) for name in one} for one in self.fits)


def plain_header(name: str) -> str:
    """A header without case, spaces and punctuation: ``Invoice-No.`` is ``invoice_no``."""
    return _NO_LETTERS.sub("_", name.casefold()).strip("_")


def plain_word(word: str) -> str:
    """A word of a program without case and punctuation: ``PART_PAID`` is ``part paid``."""
    return " ".join(_NO_LETTERS.sub(" ", word.casefold()).split())


@lru_cache(maxsize=1)
def every_profile() -> Mapping[str, Profile]:
    """All profiles by name, ``any`` among them."""
    folder = resources.files("starter.importing.profiles")
    found = (one for one in folder.iterdir() if one.name.endswith(".toml"))
    texts = {one.name.removesuffix(".toml"): one.read_text(encoding="utf-8") for one in found}
    return {name: _profile(name, tomllib.loads(text)) for name, text in sorted(texts.items())}


def profile_names() -> tuple[str, ...]:
    """The programs that can be asked for."""
    return tuple(name for name in every_profile() if name != ANY)


def choose_profile(asked: str, headers: Sequence[str]) -> Profile:
    """The profile that was asked for, else the only one that fits; an empty one if none does.

    Raises:
        DomainError: if there is none of that name, or several fit.
    """
    if asked == NONE:
        return Profile(name="")
    if asked:
        known = profile_names()
        if asked.lower() not in known:
            raise DomainError(unknown_word(asked, "profile", (*known, NONE)))
        return every_profile()[asked.lower()]
    fitting = [one for one in every_profile().values() if one.is_fitting(headers)]
    if len(fitting) > 1:
        names = " and ".join(one.name for one in fitting)
        told = f"the header fits several programs, {names}; say which profile, or {NONE}"
        raise DomainError(told)
    return fitting[0] if fitting else Profile(name="")


def _profile(name: str, told: Mapping[str, Any]) -> Profile:
    statuses, kinds = told.get("status", {}), told.get("kind", {})
    return Profile(
        name=name,
        title=told.get("title", ""),
        fits=tuple(tuple(one) for one in told.get("fits", ())),
        columns={field: tuple(names) for field, names in told.get("columns", {}).items()},
        ignored=frozenset(plain_header(one) for one in told.get("ignore", {}).get("columns", ())),
        constants=told.get("constants", {}),
        statuses=_words(statuses),
        kinds=_words(kinds),
        totals=tuple(told.get("totals", {}).get("words", ())),
        lines=told.get("lines", ""),
        dates=told.get("dates", ""),
        decimals=told.get("decimals", ""),
    )


def _words(told: Mapping[str, Any]) -> dict[str, str]:
    """Words by what they mean: written as ``word = meaning``, or as ``meaning = [words]``."""
    found: dict[str, str] = {}
    for name, value in told.items():
        words = {name: value} if isinstance(value, str) else dict.fromkeys(value, name)
        found |= {plain_word(word): meaning for word, meaning in words.items()}
    return found
