"""Finds the form that a country's law asks of a last demand, where the creditor switched it on.

What is not known stays a plain demand: no letter claims an effect in law that nobody vouched for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from activities.ports.letter_data import LetterData
from adapters.letters.asked import asked_sum
from adapters.letters.stated import statement_in
from adapters.letters.text.locale import LetterLocale, clean
from domain.charges.dutch_costs import dutch_collection_costs
from domain.money import Money

_LAST = "final"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The form of a last demand in one country, for one kind of debtor.

    Attributes:
        country: ISO 3166 alpha-2, of the debtor.
        kind: business, consumer, or any.
        source: where it was found, an address or a paragraph.
        basis: ``source`` if it was looked up, else ``general knowledge``.
        days: the least that the deadline must leave.
        costs: whose scale of collection costs the sentence names; empty if it names none.
        words: subject and sentence by language, and the sentence for a consumer where it is
            another one.
    """

    country: str
    kind: str
    law: str
    source: str
    basis: str
    checked: date
    days: int = 0
    costs: str = ""
    words: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class NoticeText:
    """The words of a notice in a letter's language."""

    subject: str
    sentence: str


@cache
def notices() -> tuple[Notice, ...]:
    """Read all known notices."""
    text = files("adapters.letters").joinpath("notices.toml").read_text("utf-8")
    return tuple(_notice(entry) for entry in tomllib.loads(text)["notice"])


def notice_of(
    data: LetterData, switches: Collection[str], locale: LetterLocale
) -> NoticeText | None:
    """Word the notice of a letter; None leaves the plain demand."""
    if data.tone != _LAST or data.days_late < 1 or data.lines:
        return None
    fitting = (one for one in notices() if _fits(one, data, switches))
    for notice in fitting:
        words = notice.words.get(locale.locale.language)
        if words:
            values = _values(notice, data, locale)
            sentence = words["sentence"]
            if data.debtor.consumer:
                sentence = words.get("consumer", sentence)
            return NoticeText(words["subject"] % values, sentence % values)
    return None


def _fits(notice: Notice, data: LetterData, switches: Collection[str]) -> bool:
    """Whether a notice is for this debtor, is wanted, and the deadline leaves its days."""
    kind = data.debtor.kind
    mine = notice.country == data.debtor.country and notice.kind in ("any", kind)
    wanted = mine and _wanted(notice, kind, switches)
    return wanted and _days(data) >= notice.days and not _lacks_costs(notice, data)


def _lacks_costs(notice: Notice, data: LetterData) -> bool:
    """Whether a notice has to name costs of which its law has no scale in the currency."""
    return bool(notice.costs) and not dutch_collection_costs(statement_in(data).principal).minor


def _wanted(notice: Notice, kind: str, switches: Collection[str]) -> bool:
    if notice.country in switches:
        return True
    return bool(kind) and f"{notice.country} {kind}" in switches


def _days(data: LetterData) -> int:
    """Days that the letter's deadline leaves; without a deadline it is no notice."""
    if not data.deadline:
        return -1
    return (date.fromisoformat(data.deadline) - date.fromisoformat(data.today)).days


def _values(notice: Notice, data: LetterData, locale: LetterLocale) -> dict[str, str]:
    principal = statement_in(data).principal
    costs = Money(0, principal.currency)
    if notice.costs:
        costs = dutch_collection_costs(principal)
    return {
        "number": clean(data.case.invoice.number),
        "owed": locale.listed([locale.money(one) for one in asked_sum(data).sums]),
        "deadline": locale.day(data.deadline),
        "costs": locale.money(costs),
    }


def _notice(entry: Mapping[str, Any]) -> Notice:
    plain = {name: value for name, value in entry.items() if not isinstance(value, dict)}
    return Notice(**plain, words=dict(_tables(entry)))


def _tables(entry: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, str]]]:
    return ((name, value) for name, value in entry.items() if isinstance(value, dict))
