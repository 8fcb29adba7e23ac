"""Gathers what was agreed on for several invoices, for the letter that confirms all of it (P50)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from activities.ports.letter_data import LetterData
from adapters.letters.agreed import AgreementText, agreement_for, mistaken_day
from adapters.letters.asked import asked_sum
from adapters.letters.stated import alone
from adapters.letters.text.locale import LetterLocale
from adapters.letters.text.parts import name_of
from domain.case.promised import part_promise, still_promised
from domain.money import Money

MOST_IN_SHORT = 3
"""So many agreements a text message lists; of more it tells the sum."""

_OFFERS = ("settlement", "costs")


@dataclass(frozen=True, slots=True)
class _Agreed:
    """What was agreed on for one of the invoices, and the letter that would say so alone."""

    data: LetterData
    text: AgreementText


def together_values(data: LetterData, locale: LetterLocale) -> dict[str, Any]:
    """Make the values of the letter about several agreements; those of others are empty."""
    sums = asked_sum(data).together
    ones = [alone(data, line) for line in data.lines] if sums else []
    each = [_Agreed(one, agreement_for(one)) for one in ones]
    promises = [one for one in each if one.text.kind == "promise"]
    plans = [one for one in each if one.text.kind == "plan"]
    offers = [one for one in each if one.text.kind in _OFFERS]
    days = [one.until for one in sums if one.until]
    cures = [one.text.cure_days for one in plans]
    return {
        "promises": [_sum_of(one, locale) for one in promises],
        "plans": [part for one in plans for part in _parts_of(one, locale)],
        "offers": [_sum_of(one, locale) for one in offers],
        "first_day": locale.day(min(days)) if days else "",
        "in_short": [_sum_of(one, locale) for one in each] if len(each) <= MOST_IN_SHORT else [],
        "mistakes": list(_mistakes(each, locale)),
        "besides": list(_besides(promises, locale)),
        "reminders_go_on": any(not one.text.goes_on for one in promises),
        "plan_cure_days": min(cures, default=0),
        "handed_on": [
            {"number": name_of(one.data.case, locale), "to": one.text.goes_on}
            for one in each
            if one.text.goes_on
        ],
    }


def _sum_of(one: _Agreed, locale: LetterLocale) -> dict[str, str]:
    return {
        "number": name_of(one.data.case, locale),
        "amount": locale.money(one.text.amount),
        "day": locale.day(one.text.day),
    }


def _parts_of(one: _Agreed, locale: LetterLocale) -> Iterator[dict[str, str]]:
    for part in one.text.parts:
        yield {
            "number": name_of(one.data.case, locale),
            "amount": locale.money(part.amount),
            "day": locale.day(part.day),
        }


def _mistakes(each: list[_Agreed], locale: LetterLocale) -> Iterator[dict[str, str]]:
    """What had been confirmed by mistake, and is put right by the same letter."""
    for one in each:
        day = mistaken_day(one.data)
        if day:
            yield {"number": name_of(one.data.case, locale), "day": locale.day(day)}


def _besides(promises: list[_Agreed], locale: LetterLocale) -> Iterator[dict[str, str]]:
    """What a promise of part leaves to be paid now."""
    for one in promises:
        left = beside_promise(one.data, locale)
        if left:
            yield {"number": name_of(one.data.case, locale), "amount": left}


def beside_promise(data: LetterData, locale: LetterLocale) -> str:
    """What a promise of part leaves to be paid now; empty if it is of all that is open."""
    promise = part_promise(data.case)
    if promise is None:
        return ""
    left = data.case.undisputed - still_promised(data.case, promise)
    return locale.money(Money(left, data.case.invoice.amount.currency))
