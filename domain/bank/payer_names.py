"""Compares names of payers and customers: legal forms, accents and cut ends do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_WORDS = (
    # Legal forms of the countries whose banks we read, then words that tell nobody apart.
    "ab ag aps as asbl bv bvba co company corp corporation cv doo eg ek ei eurl ev gbr gesmbh gmbh "
    "inc incorporated kft kg kgaa limited llc llp lp ltd mbh nv ohg oy oyj plc pte pty pvt sa sarl "
    "sas sc sca scs sci se sia sl slu snc sncf sp spa spol spzoo srl sro ug vof zoo zrt "
    "and und et y e i the die der das de la le les herr frau mr mrs ms"
)
_LEGAL_FORMS = frozenset(_WORD.findall(_WORDS))
_CUT = 4
"""A last word that a bank cut off is recognised by so many letters."""

_TELLING = 4
_COMMON = 200


@lru_cache(maxsize=1 << 17)
def words_of_name(name: str) -> frozenset[str]:
    """List the words that tell who is meant: without accents, legal forms and single letters.

    A single digit tells two houses of one street apart.
    """
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace(".", "")
    words = (word for word in _WORD.findall(plain) if word not in _LEGAL_FORMS)
    return frozenset(word for word in words if len(word) > 1 or word.isdecimal())


def is_same_name(one: str, other: str) -> bool:
    """Tell whether two names mean the same party: all words of the shorter stand in the longer.

    The last word may have been cut by a bank; at least one word must be telling.
    """
    mine, theirs = sorted((words_of_name(one), words_of_name(other)), key=len)
    if not mine or max(map(len, mine)) < _TELLING:
        return False
    missing = mine - theirs
    if not missing:
        return len(mine) == len(theirs) or len(mine) > 1 or max(map(len, mine)) > _TELLING
    return len(missing) == 1 and len(mine) > 1 and _is_cut(missing, theirs - mine)


def _is_cut(missing: Iterable[str], others: Iterable[str]) -> bool:
    return any(
        min(len(word), len(other)) >= _CUT and (other.startswith(word) or word.startswith(other))
        for word in missing
        for other in others
    )


class NameIndex:
    """Names of customers, found by those of payers."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Take in customers with their names; one may have several."""
        self._by_word: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        self._of_length: dict[int, set[str]] = defaultdict(set)
        for customer, name in names:
            self.add(customer, name)

    def add(self, customer: str, name: str) -> None:
        """Take in one more name of a customer."""
        words = words_of_name(name)
        for word in words:
            self._by_word[word].add(customer)
            self._by_word[_beginning(word)].add(customer)
        self._of_length[len(words)].add(customer)
        self._names[customer].add(name)

    def named(self, payer: str) -> frozenset[str]:
        """List the customers whom a payer's name may mean.

        Those of exactly that name go before those whose name is only a part of it, or it of theirs:
        a group and its companies share their first word.
        """
        found: set[str] = set()
        words = words_of_name(payer)
        for word in words:
            starting = self._by_word.get(word) or self._starting(word)
            if len(starting) <= _COMMON:  # a word that many share tells nobody apart
                found |= starting
        meant = frozenset(
            customer
            for customer in self._able(found, words)
            if any(is_same_name(payer, name) for name in self._names[customer])
        )
        exactly = (
            customer
            for customer in meant
            if any(words_of_name(name) == words for name in self._names[customer])
        )
        return frozenset(exactly) or meant

    def _able(self, found: set[str], words: frozenset[str]) -> set[str]:
        """Those who have a name with a beginning of each word in it, or one of fewer words.

        The rarest word leaves few of the many who share another one.
        """
        if not found:
            return found
        able = found & min(map(self._starting, words), key=len)
        for length in range(len(words)):
            if length in self._of_length:
                able |= found & self._of_length[length]
        return able

    def _starting(self, word: str) -> set[str]:
        return self._by_word.get(_beginning(word), set())


def _beginning(word: str) -> str:
    """The key of all words that may be one word which was cut."""
    return f"{word[:_CUT]}*"
